//! `gx inbox`: who mentions me, and where.

use clap::Args;

use super::failure::{Done, Failure};
use super::fields::Dry;
use super::flags::AsOf;
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::shape::Shaper;
use super::tree::Verb;
use crate::model::query::MentionLine;
use crate::model::{Answer, Command, Named, Query};
use crate::text::Lang;
use crate::text::say::cli as say;
use crate::text::say::together;

#[derive(Args, Debug)]
pub(super) struct Inbox {
    /// Those too that I have read
    #[arg(long)]
    all: bool,
    /// From now on what is shown is read
    #[arg(long, conflicts_with_all = ["limit", "as_of"])]
    read: bool,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 1000, hide_default_value = true)]
    limit: u32,
    #[command(flatten)]
    day: AsOf,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Inbox {
    fn run(self, gx: &mut Gx) -> Done {
        gx.look_back(&self.day)?;
        // What is to be read is all shown, however much that is.
        let limit = if self.read { u32::MAX } else { self.limit };
        let (head, answer) = gx.ask_at(Query::Inbox { all: self.all, limit })?;
        let Answer::Inbox(lines, unread) = answer else { return Err(Failure::odd_answer(gx.lang)) };
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let columns = columns(gx.lang);
        gx.out.list(&lines, &columns, |line| row(line, shaper), |line| shaper.mention(line))?;
        if lines.is_empty() {
            gx.note(if self.all { together::no_mentions } else { together::none_unread }(gx.lang));
        }
        let shown = lines.iter().filter(|line| line.unread).count() as u64;
        if self.read && unread > shown {
            gx.note(&together::more_unread(gx.lang, unread - shown));
        } else if self.read && unread > 0 {
            gx.act(Command::InboxRead { until: head }, self.dry.dry_run)?;
            let said = if self.dry.dry_run { together::would_be_read } else { together::now_read };
            gx.note(&said(gx.lang, unread));
        }
        Ok(())
    }
}

fn columns(lang: Lang) -> [Column; 6] {
    [
        Column::left("id"),
        Column::left(""),
        Column::left(say::col_when(lang)),
        Column::left(say::col_by(lang)),
        Column::wide(say::col_customer(lang)),
        Column::wide(say::col_text(lang)),
    ]
}

fn row(line: &MentionLine, shaper: Shaper) -> Vec<Cell> {
    let name = |named: &Option<Named>| named.as_ref().map(|named| named.name.line()).unwrap_or_default();
    vec![
        Cell::new(line.record.to_string()),
        Cell::new(if line.unread { "@" } else { "" }).tone(Tone::Title),
        Cell::new(line.at.say(shaper.zone)).tone(Tone::Dim),
        Cell::new(match &line.team {
            Some(team) => together::to_team(shaper.lang, name(&line.by), &team.name),
            None => name(&line.by),
        }),
        Cell::new(name(&line.customer)),
        Cell::from(&line.text),
    ]
}
