//! Why something is as it is, as the rows of a page: a customer, a task, a tier or a stage.

use ratatui::text::{Line as Text, Span};

use crate::model::Id;
use crate::model::query::{BoardLine, Card};
use crate::text::Clean;
use crate::text::say::{board as say, cli, tui};
use crate::text::width;
use crate::tui::look::Look;
use crate::tui::panes::Seen;

/// Why a customer stands where it stands: tier, stage, owner, deadlines, playbooks, pool, and its tiers in the past.
pub(super) fn of_customer(card: &Card, seen: Seen, room: u16) -> Vec<Text<'static>> {
    let (look, why) = (&seen.look, &card.why);
    let (lang, zone, reader) = (look.lang, look.zone, look.reader());
    let mut told = vec![
        (tui::tier(lang), look.tier_why(&why.tier)),
        (tui::stage(lang), since(&look.stage_why(&why.stage), why.stage.since, look)),
    ];
    let owner =
        why.owner.as_ref().map(|(owner, at)| since(&owner.name.line(), at.map(|at| at.day(zone)), look));
    told.extend(owner.map(|owner| (tui::owner(lang), owner)));
    let contact = why.contact_every.map(|(days, by)| match by {
        Some(by) => cli::contact_every_until(lang, days, look.day(by.date())),
        None => cli::contact_every(lang, days),
    });
    told.extend(contact.map(|contact| (say::contacts(lang), contact)));
    let mut label = say::playbooks(lang);
    for (step, beside) in why.runs.iter().flat_map(|run| reader.run_by_id(run)) {
        told.push((std::mem::take(&mut label), format!("{step}{}{beside}", lang.pick(": ", "："))));
    }
    told.extend(reader.begins(why).map(|begins| (say::begins(lang), begins)));
    told.extend(reader.pool(why).map(|pool| (say::pool(lang), pool)));
    let mut label = say::moves(lang);
    for step in seen.book.told.steps(card.line.id) {
        let from = if step.from.is_empty() { String::new() } else { format!("{} -> ", step.from) };
        let text = format!(
            "{} {from}{}{}{}",
            step.at.day(zone).date(),
            step.to,
            lang.pick(": ", "："),
            reader.step(step)
        );
        told.push((std::mem::take(&mut label), text));
    }
    rows(&told, look, room)
}

/// Where a task comes from, who does it and what time brings.
pub(super) fn of_task(id: Id, seen: Seen, room: u16) -> (String, Vec<Text<'static>>) {
    let look = &seen.look;
    let Some(why) = seen.book.told.task(id) else { return (String::new(), asking(look)) };
    (why.task.name.line(), rows(&look.reader().task(why), look, room))
}

/// The rule of a tier or a stage, and how its standard is kept to.
pub(super) fn of_line(id: &Clean, is_stage: bool, seen: Seen, room: u16) -> (String, Vec<Text<'static>>) {
    let look = &seen.look;
    let board = seen.book.told.board.as_ref();
    let lines = board.map(|board| if is_stage { &board.stages } else { &board.tiers });
    let found = lines.and_then(|lines| lines.iter().find(|line| line.line.tier.id == *id));
    let Some(line) = found else { return (id.line(), asking(look)) };
    let told: Vec<_> = look.reader().line(line);
    (title(line, is_stage, look), rows(&told, look, room))
}

fn title(line: &BoardLine, is_stage: bool, look: &Look) -> String {
    let name = &line.line.tier;
    match (name.id.is_empty(), is_stage) {
        (true, _) => say::none(look.lang).to_owned(),
        (false, true) => look.name(name).line(),
        (false, false) => format!("{} {}", name.id, look.name(name)),
    }
}

fn asking(look: &Look) -> Vec<Text<'static>> {
    vec![Text::styled(tui::asking(look.lang), look.theme.dim())]
}

/// A text and since when it is so.
fn since(text: &str, day: Option<crate::model::Day>, look: &Look) -> String {
    day.map_or_else(|| text.to_owned(), |day| say::since(look.lang, text, day.date()))
}

/// Labels in a column of their own, the texts wrapped beside them.
fn rows(told: &[(&str, String)], look: &Look, room: u16) -> Vec<Text<'static>> {
    let labels = told.iter().map(|(label, _)| width::width(label)).max().unwrap_or(0) + 2;
    let beside = usize::from(room).saturating_sub(labels).max(1);
    let of = |(label, text): &(&str, String)| {
        let label = (*label).to_owned();
        let wrapped = width::wrap(text, beside);
        let lines = wrapped.into_iter().enumerate().map(move |(nth, text)| {
            let label = if nth == 0 { label.as_str() } else { "" };
            Text::from(vec![Span::styled(width::pad(label, labels), look.theme.dim()), Span::raw(text)])
        });
        lines.collect::<Vec<_>>()
    };
    told.iter().flat_map(of).collect()
}
