//! What somebody has read of who mentions them: a place in the journal, kept with the member.
//!
//! It is an event like any other, so that it is the same wherever they work, and a rebuild, a backup or a day that has
//! been knows it. It is no act on the book: nobody's undo takes it back.

use super::{Outcome, Stamp, set};
use crate::model::{Event, Kind, Rows, Value, World};

/// The caller has read what mentions them up to a place. Where nothing does behind the place before, nothing is written.
pub(super) fn read(world: &mut World, until: u64, stamp: &Stamp) -> Outcome {
    // The program itself reads nothing.
    let Some(me) = stamp.by else { return Outcome::changed(world, Vec::new()) };
    let until = until.min(world.head());
    let before = world.member(me).and_then(|member| member.read).unwrap_or(0);
    let mut is_news = false;
    world.mentions(me, &mut |seq| {
        is_news |= seq <= until && before < seq as i64;
        seq > until
    });
    if is_news {
        set(world, me, "read", Value::Number(until as i64));
    }
    Outcome::changed(world, vec![me])
}

/// Whether an event says what somebody has read, and nothing else.
pub(super) fn is_reading(event: &Event) -> bool {
    let Event::Set { record, field, .. } = event else { return false };
    record.kind.info(field.code).is_some_and(|info| record.kind == Kind::Member && info.name == "read")
}
