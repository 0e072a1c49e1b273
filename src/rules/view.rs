//! Saved views: whose they are, and what must be true of them.

use super::fields::remove;
use super::{Outcome, Stamp};
use crate::filter::{self, FilterError, Schema};
use crate::model::{Id, Index, Key, Kind, Refusal, Row, Rows, View, World};
use crate::text::{Clean, Lang};

/// Takes a view away.
pub(super) fn drop(world: &mut World, view: Id) -> Result<Outcome, Refusal> {
    match world.row(view) {
        Some(Row::View(_)) => remove(world, view),
        Some(_) => return Err(Refusal::NotAllowed(Clean::known("view remove"))),
        None => return Err(Refusal::NoRecord(view)),
    }
    Ok(Outcome::changed(world, vec![view]))
}

/// A view's filter reads, and nobody who may use the view knows another one by its name.
pub(super) fn check(world: &World, record: Id, view: &View) -> Result<(), Refusal> {
    filter::parse(view.filter.as_str(), Schema::Customer)
        .map_err(|error| bad_filter(&view.filter, &error))?;
    let same = world.found(&Key::of(Index::Name).kind(Kind::View).text(&view.name.folded()));
    let clashes = |other: &Id| match world.row(*other) {
        Some(Row::View(row)) => {
            *other != record && row.shared == view.shared && (row.shared || row.owner == view.owner)
        }
        _ => false,
    };
    match same.into_iter().find(clashes) {
        Some(other) => Err(Refusal::NameTaken(Kind::View, view.name.clone(), other)),
        None => Ok(()),
    }
}

/// Whether a view is somebody's to make, change and take away: their own, or one that nobody owns.
pub(super) fn is_theirs(row: Option<Row>, stamp: &Stamp) -> bool {
    match row {
        Some(Row::View(view)) => view.owner.is_none() || view.owner == stamp.by,
        _ => true,
    }
}

fn bad_filter(text: &Clean, error: &FilterError) -> Refusal {
    Refusal::BadFilter {
        text: text.clone(),
        at: (error.at.start as u32, error.at.end as u32),
        en: Clean::washed(&error.say(Lang::En)).0,
        zh: Clean::washed(&error.say(Lang::Zh)).0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ADMIN, LEAD, Office, REP, add, edit, undo};
    use super::*;
    use crate::model::Command;

    fn view(name: &str, filter: &str, shared: &str) -> Command {
        add(Kind::View, &[("name", name), ("filter", filter), ("shared", shared)])
    }

    fn names(office: &Office) -> Vec<String> {
        office
            .all(Kind::View)
            .iter()
            .map(|(_, row)| match row {
                Row::View(view) => view.name.to_string(),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn a_view_belongs_to_who_made_it_and_its_filter_reads() {
        let mut office = Office::new();
        office.run(view("mine", "owner:me idle>30d", "no").by(REP)).unwrap();
        let (id, row) = office.all(Kind::View).remove(0);
        assert!(matches!(row, Row::View(view) if view.owner == Some(REP) && !view.shared));
        let refused = office.run(view("wrong", "teir:A", "no")).unwrap_err();
        assert!(matches!(refused, Refusal::BadFilter { at: (0, 4), .. }), "{refused:?}");
        assert!(matches!(office.run(edit(id, "filter", "tier:").by(REP)), Err(Refusal::BadFilter { .. })));
        assert!(matches!(office.run(add(Kind::View, &[("filter", "tier:A")])), Err(Refusal::Missing(..))));
        for command in [edit(id, "name", "ours"), Command::ViewRemove { view: id }] {
            let refused = office.run(command.by(LEAD)).unwrap_err();
            assert!(matches!(refused, Refusal::NotAllowed(_)), "{refused:?}");
        }
    }

    #[test]
    fn a_name_is_taken_among_ones_own_and_among_the_teams() {
        let mut office = Office::new();
        for (by, shared) in [(REP, "no"), (LEAD, "no"), (ADMIN, "yes")] {
            office.run(view("Key", "tier:A", shared).by(by)).unwrap();
        }
        for (by, shared) in [(REP, "no"), (REP, "yes")] {
            let refused = office.run(view("key", "tier:B", shared).by(by)).unwrap_err();
            assert!(matches!(refused, Refusal::NameTaken(Kind::View, ..)), "{refused:?}");
        }
    }

    #[test]
    fn a_removal_is_undone() {
        let mut office = Office::new();
        office.run(view("mine", "tier:A", "no").by(REP)).unwrap();
        let (id, _) = office.all(Kind::View)[0];
        let before = office.all(Kind::View);
        let removed = office.seq(Command::ViewRemove { view: id }.by(REP));
        assert_eq!(names(&office), Vec::<String>::new());
        office.run(undo(removed).by(REP)).unwrap();
        assert_eq!(office.all(Kind::View), before);
        assert_eq!(
            office.run(Command::ViewRemove { view: Id::new(Kind::View, 9) }.by(REP)).unwrap_err(),
            Refusal::NoRecord(Id::new(Kind::View, 9))
        );
        assert!(matches!(
            office.run(Command::ViewRemove { view: REP }.by(ADMIN)),
            Err(Refusal::NotAllowed(_))
        ));
    }
}
