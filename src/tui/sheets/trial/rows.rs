//! The rows of every page of a policy that is tried.

use super::{Group, Page};
use crate::model::Named;
use crate::model::query::{
    Load, Move, PolicyFault, PolicyName, PolicyVersion, Preview, Return, Shift, StepChange,
};
use crate::text::say::trial as say;
use crate::text::{Clean, Lang, lines, width};
use crate::tui::book::Book;

/// A row of a page.
pub(super) enum Row<'a> {
    /// Another policy came into force meanwhile: its version.
    Meanwhile(i64),
    /// What is allowed and hardly meant: so many.
    Warnings(usize),
    /// The head of the moves between tiers.
    Tiers(&'a Preview),
    /// The head of the moves between stages.
    Stages(&'a Preview),
    /// So many go this way, and the first of them; true: from stage to stage.
    Shift(&'a Shift, Option<&'a Move>, bool),
    /// The head of what is asked of whom.
    Loads(&'a Preview),
    /// What is asked of one.
    Load(&'a Load, &'a Preview),
    /// How many would return to the pool.
    Returns(&'a Preview),
    /// How many would not any more.
    Spared(u64),
    /// How many steps of playbooks would change.
    Steps(&'a Preview),
    /// How many plans would come into the queue.
    Planned(&'a Preview),
    /// A step of a playbook that would.
    Step(&'a StepChange),
    /// A blank row.
    Gap,
    /// A customer who would move; true: not all around go the same way.
    Move(&'a Move, bool),
    /// A customer who would return to the pool, or would not any more.
    Return(&'a Return),
    /// There are more of the group than are shown.
    More(u64),
    /// Something that is wrong: its place, before the first row of it, and a row of what is said.
    Fault(&'a PolicyFault, bool, String),
    /// A line of what differs.
    Line(String),
    /// A policy that was adopted.
    Version(&'a PolicyVersion),
}

/// What lies behind a row.
pub(super) enum Opens {
    Group(Group),
    Customer(Named),
    Faults,
    Steps,
    Version(i64),
}

impl Row<'_> {
    /// What lies behind it.
    pub(super) fn opens(&self) -> Option<Opens> {
        Some(match self {
            Row::Warnings(_) => Opens::Faults,
            Row::Shift(shift, _, is_stage) => {
                let way = [shift.from.clone(), shift.to.clone()];
                Opens::Group(if *is_stage { Group::Stage(way) } else { Group::Tier(way) })
            }
            Row::Load(load, _) => Opens::Group(Group::Of(load.who.clone())),
            Row::Returns(_) => Opens::Group(Group::Returns),
            Row::Spared(_) => Opens::Group(Group::Spared),
            Row::Steps(_) => Opens::Steps,
            Row::Step(step) => Opens::Customer(step.customer.clone()?),
            Row::Move(to, _) => Opens::Customer(to.customer.clone()),
            Row::Return(to) => Opens::Customer(to.customer.clone()),
            Row::Version(version) => Opens::Version(version.version),
            _ => return None,
        })
    }
}

/// The rows of a page that has so many cells for words; none before what they tell is known.
pub(super) fn of<'a>(page: &Page, book: &'a Book, (room, lang): (usize, Lang)) -> Vec<Row<'a>> {
    let tried = &book.tried;
    match page {
        Page::Groups => tried.preview.as_deref().map_or_else(Vec::new, |preview| groups(preview, book)),
        Page::Customers(group) => {
            tried.preview.as_deref().map_or_else(Vec::new, |preview| customers(group, preview))
        }
        Page::Steps => tried.preview.iter().flat_map(|preview| &preview.steps).map(Row::Step).collect(),
        Page::Faults => tried.faults.iter().flatten().flat_map(|fault| wrapped(fault, room, lang)).collect(),
        Page::Diff => differing(Some(&tried.text), book),
        Page::Versions => tried.versions.iter().flatten().map(Row::Version).collect(),
        Page::Version(version) => {
            let text = tried.version.as_ref().filter(|text| text.version == *version);
            differing(text.map(|text| &text.text), book)
        }
    }
}

/// A fault on as many rows as it needs.
fn wrapped(fault: &PolicyFault, room: usize, lang: Lang) -> impl Iterator<Item = Row<'_>> {
    let what = lang.pick(&fault.en, &fault.zh).line();
    let said = if fault.warning { say::warning(lang, what) } else { what };
    let rows = width::wrap(&said, room.max(1)).into_iter().enumerate();
    rows.map(move |(at, row)| Row::Fault(fault, at == 0, row))
}

/// What differs between the policy in force and another one.
fn differing<'a>(other: Option<&Clean>, book: &'a Book) -> Vec<Row<'a>> {
    let (Some(in_force), Some(other)) = (&book.tried.in_force, other) else { return Vec::new() };
    let diff = lines::diff(in_force.text.as_str(), other.as_str(), ["", ""]);
    // The names at its head are in the title.
    diff.lines().skip(2).map(|line| Row::Line(line.to_owned())).collect()
}

fn groups<'a>(preview: &'a Preview, book: &'a Book) -> Vec<Row<'a>> {
    let mut rows: Vec<Row> = book.tried.meanwhile.map(Row::Meanwhile).into_iter().collect();
    let warnings = book.tried.faults.as_ref().map_or(0, Vec::len);
    rows.extend((warnings > 0).then_some(Row::Warnings(warnings)));
    rows.push(Row::Tiers(preview));
    let goes = |shift: &Shift, way: &[Clean; 2]| way[0] == shift.from && way[1] == shift.to;
    for shift in &preview.tiers {
        rows.push(Row::Shift(shift, preview.moves.iter().find(|to| goes(shift, &to.tier)), false));
    }
    if !preview.stages.is_empty() {
        rows.extend([Row::Gap, Row::Stages(preview)]);
    }
    for shift in &preview.stages {
        // Of whom moves to another tier as well, that is explained.
        let first = preview.moves.iter().find(|to| to.tier[0] == to.tier[1] && goes(shift, &to.stage));
        rows.push(Row::Shift(shift, first, true));
    }
    if !preview.load.is_empty() {
        rows.extend([Row::Gap, Row::Loads(preview)]);
        rows.extend(preview.load.iter().map(|load| Row::Load(load, preview)));
    }
    let returning = preview.pooling.iter().any(|pooling| pooling.soon + pooling.later > 0);
    if returning {
        rows.extend([Row::Gap, Row::Returns(preview)]);
        rows.extend((preview.spared > 0).then_some(Row::Spared(preview.spared)));
    }
    let (steps, planned) = (!preview.steps.is_empty(), preview.planned != [0; 2]);
    if steps || planned {
        rows.extend((!returning).then_some(Row::Gap));
        rows.extend(steps.then_some(Row::Steps(preview)));
        rows.extend(planned.then_some(Row::Planned(preview)));
    }
    rows
}

fn customers<'a>(group: &Group, preview: &'a Preview) -> Vec<Row<'a>> {
    let (moves, returns) = (preview.moves.iter(), preview.returns.iter());
    let mut rows: Vec<Row> = match group {
        Group::Tier(way) => moves.filter(|to| to.tier == *way).map(|to| Row::Move(to, false)).collect(),
        Group::Stage(way) => moves.filter(|to| to.stage == *way).map(|to| Row::Move(to, false)).collect(),
        Group::Of(who) => moves
            .filter(|to| to.owner == *who)
            .map(|to| Row::Move(to, true))
            .chain(returns.filter(|to| to.owner == *who && to.at[0] != to.at[1]).map(Row::Return))
            .collect(),
        Group::Returns => returns.filter(|to| to.at[1].is_some()).map(Row::Return).collect(),
        Group::Spared => {
            returns.filter(|to| to.at[0].is_some() && to.at[1].is_none()).map(Row::Return).collect()
        }
    };
    let more = size(group, preview).map_or(0, |size| size.saturating_sub(rows.len() as u64));
    rows.extend((more > 0).then_some(Row::More(more)));
    rows
}

/// How many there are in a group, where that is counted.
fn size(group: &Group, preview: &Preview) -> Option<u64> {
    let of = |shifts: &[Shift], way: &[Clean; 2]| {
        let shift = shifts.iter().find(|shift| [&shift.from, &shift.to] == [&way[0], &way[1]]);
        shift.map(|shift| shift.count)
    };
    match group {
        Group::Tier(way) => of(&preview.tiers, way),
        Group::Stage(way) => of(&preview.stages, way),
        Group::Of(_) => None,
        Group::Returns => Some(preview.pooling[1].soon + preview.pooling[1].later),
        Group::Spared => Some(preview.spared),
    }
}

/// What a group is called.
pub(super) fn called(group: &Group, book: &Book, lang: Lang) -> String {
    let names = book.tried.preview.as_deref().map_or(&[][..], |preview| &preview.names);
    match group {
        Group::Tier(way) | Group::Stage(way) => self::way(names, &way[0], &way[1], lang),
        Group::Of(who) => who.as_ref().map_or_else(|| say::the_pool(lang).to_owned(), |who| who.name.line()),
        Group::Returns => say::returns_title(lang).to_owned(),
        Group::Spared => say::spared_title(lang).to_owned(),
    }
}

/// From one tier or stage to another, as people call them.
pub(super) fn way(names: &[PolicyName], from: &Clean, to: &Clean, lang: Lang) -> String {
    let [before, after] = [from, to].map(|id| called_id(names, id, lang));
    if before == after { say::renamed(lang, before, from, to) } else { say::way(lang, before, after) }
}

/// What people call a tier, a stage or a pool.
pub(super) fn called_id(names: &[PolicyName], id: &Clean, lang: Lang) -> String {
    match names.iter().find(|name| name.id == *id) {
        Some(name) => lang.pick(&name.en, &name.zh).line(),
        None if id.is_empty() => say::none(lang).to_owned(),
        None => id.line(),
    }
}
