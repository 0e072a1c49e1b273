//! How the rows of a policy that is tried look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Page;
use super::rows::{Row, called_id as called, way};
use crate::filter::reasons;
use crate::keys::{Act, Scope};
use crate::model::query::{
    Fate, Load, Move, PolicyFault, PolicyName, PolicyVersion, Preview, Reason, Return, Shift, StepChange,
};
use crate::model::{Instant, Kind, Named};
use crate::text::say::policy::inherits;
use crate::text::say::trial as say;
use crate::text::{Clean, Lang, chart};
use crate::tui::look::Look;
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The widths of columns: a way, a count, a customer's name, a member's, a figure, a bar at most.
const WAY: u16 = 22;
const COUNT: u16 = 5;
const NAME: u16 = 20;
const MEMBER: u16 = 18;
const FIGURE: u16 = 9;
const BAR: u16 = 24;
/// From this width on a way has the name of the first who goes it.
const ROOMY: u16 = 40;
/// From this width on all columns of a load have their full widths.
const LOADS: u16 = 70;
/// Loads are in hundredths of one a week.
const HUNDREDTHS: u64 = 100;

/// Why a page is empty.
pub(super) fn nothing(buffer: &mut Buffer, area: Rect, page: &Page, seen: Seen) {
    let (lang, tried) = (seen.look.lang, &seen.book.tried);
    let text = match page {
        Page::Groups if tried.given_up => say::given_up(lang),
        Page::Groups => say::trying(lang),
        Page::Customers(_) => say::nobody(lang),
        Page::Faults if tried.faults.is_some() => say::reads_well(lang),
        Page::Diff if tried.in_force.is_some() => say::no_difference(lang),
        Page::Version(_) if tried.version.is_some() => say::no_difference(lang),
        _ => crate::text::say::tui::asking(lang),
    };
    Line::of(buffer, area, 0).skip(1).left(text, seen.look.theme.dim());
}

/// Draws a row of a page.
pub(super) fn row(buffer: &mut Buffer, area: Rect, at: u16, (row, selected): (&Row, bool), seen: Seen) {
    let look = &seen.look;
    let mut line = Line::of(buffer, area, at);
    let selected = selected && row.opens().is_some();
    line.left(if selected { look.theme.signs().bar } else { " " }, look.theme.title(false)).skip_right(1);
    let style = look.theme.selected(selected);
    let names = seen.book.tried.preview.as_deref().map_or(&[][..], |preview| &preview.names);
    match row {
        Row::Gap => {}
        Row::Meanwhile(version) => {
            line.left(&say::meanwhile(look.lang, version), look.theme.mark(Mark::Late));
        }
        Row::Warnings(count) => {
            line.left(&say::warnings(look.lang, *count), look.theme.mark(Mark::Soon));
        }
        Row::Tiers(preview) => {
            head(&mut line, say::tiers_head(look.lang), preview, &preview.tiers, look);
            line.skip(2).left(&say::up(look.lang, preview.up), look.theme.dim());
            line.skip(2).left(&say::down(look.lang, preview.down), look.theme.dim());
            let waiting: u64 = preview.tiers.iter().map(|shift| shift.waiting).sum();
            if waiting > 0 {
                line.skip(2).left(&say::waiting(look.lang, waiting), look.theme.dim());
            }
        }
        Row::Stages(preview) => {
            head(&mut line, say::stages_head(look.lang), preview, &preview.stages, look);
        }
        Row::Shift(shift, first, _) => draw_shift(&mut line, (shift, *first), names, style, look),
        Row::Loads(preview) => draw_loads(&mut line, preview, look),
        Row::Load(load, preview) => draw_load(&mut line, load, preview, style, look),
        Row::Returns(preview) => {
            let [before, after] = preview.pooling;
            let now = say::returns_now(look.lang, before.soon, before.later);
            let texts =
                [say::returns, say::returns_briefly].map(|say| say(look.lang, after.soon, after.later));
            fitting(&mut line, &texts, cells(&now) + 2, style);
            line.skip(2).left(&now, look.theme.dim());
        }
        Row::Spared(count) => drop(line.left(&say::spared(look.lang, count), style)),
        Row::Steps(preview) => {
            let say = [say::steps, say::steps_briefly];
            let texts = say.map(|say| say(look.lang, preview.dropped, preview.redated, preview.born));
            fitting(&mut line, &texts, 0, style);
        }
        Row::Planned(preview) => {
            let [more, fewer] = preview.planned;
            let texts = [say::planned, say::planned_briefly].map(|say| say(look.lang, more, fewer));
            fitting(&mut line, &texts, 0, Style::new());
        }
        Row::Step(step) => draw_step(&mut line, step, style, look),
        Row::Move(to, shows_way) => draw_move(&mut line, (to, *shows_way), names, style, look),
        Row::Return(to) => draw_return(&mut line, to, names, style, look),
        Row::More(count) => {
            let key = look.key(Scope::Policy, Act::Export);
            line.left(&say::more(look.lang, count, key), look.theme.dim());
        }
        Row::Fault(fault, is_first, said) => draw_fault(&mut line, (fault, *is_first), said, look),
        Row::Line(text) => {
            let style = match text.as_bytes().first() {
                Some(b'+') => look.theme.mark(Mark::New),
                Some(b'-') => look.theme.mark(Mark::Late),
                Some(b'@') => look.theme.dim(),
                _ => Style::new(),
            };
            line.left(text, style);
        }
        Row::Version(version) => draw_version(&mut line, version, style, look),
    }
}

/// The first of two texts, the longer one in front, that leaves so many cells.
fn fitting(line: &mut Line, [long, brief]: &[String; 2], aside: u16, style: Style) {
    let fits = cells(long) + aside <= line.room();
    line.left(if fits { long } else { brief }, style);
}

/// How wide the column of members is, by the room of the line.
fn whose(room: u16) -> u16 {
    if room < LOADS { MEMBER - 4 } else { MEMBER + 8 }
}

/// The head of a section, with how many of all move, and how many stay under another id.
fn head(line: &mut Line, name: &str, preview: &Preview, shifts: &[Shift], look: &Look) {
    let [moving, renamed] = preview.counts(shifts);
    let of_all = say::of_all(look.lang, moving, preview.customers);
    line.left(name, look.theme.key()).skip(2).left(&of_all, Style::new());
    if renamed > 0 {
        line.skip(2).left(&say::renamed_count(look.lang, renamed), look.theme.dim());
    }
}

/// So many this way, and the first of them with what decides.
fn draw_shift(
    line: &mut Line,
    (shift, first): (&Shift, Option<&Move>),
    names: &[PolicyName],
    style: Style,
    look: &Look,
) {
    column(line, WAY.min(line.room() / 3), &way(names, &shift.from, &shift.to, look.lang), style);
    figure(line, COUNT, &shift.count.to_string(), style);
    if let Some(first) = first {
        if line.room() >= ROOMY {
            column(line, NAME.min(line.room() / 3), &first.customer.name.line(), look.theme.dim());
        }
        line.left(&because(first, names, look), look.theme.dim());
    }
}

/// The conditions that decide on a move with the customer's facts, in words. What does not hold decides alone.
fn because(to: &Move, names: &[PolicyName], look: &Look) -> String {
    if let Some(head) = &to.head {
        return inherits(look.lang, &head.name);
    }
    let mut deciding: Vec<Reason> = to.reasons.iter().filter(|reason| !reason.holds).cloned().collect();
    if deciding.is_empty() {
        deciding.clone_from(&to.reasons);
    }
    reasons(&deciding, names, look.lang)
}

/// A text of so many cells at the left, and what keeps it from the next.
fn column(line: &mut Line, width: u16, text: &str, style: Style) {
    let width = width.min(line.room());
    let before = line.room();
    let text = crate::text::width::cut(text, usize::from(width));
    line.left(&text, style);
    let used = before - line.room();
    line.skip(width.saturating_sub(used) + 2);
}

/// A figure that ends after so many cells, and what keeps it from the next.
fn figure(line: &mut Line, width: u16, text: &str, style: Style) {
    line.skip(width.saturating_sub(cells(text))).left(text, style).skip(2);
}

fn draw_loads(line: &mut Line, preview: &Preview, look: &Look) {
    let lang = look.lang;
    column(line, whose(line.room()), say::loads_head(lang), look.theme.key());
    for name in [say::col_now(lang), say::col_then(lang), say::col_done(lang)] {
        figure(line, FIGURE - 2, name, look.theme.dim());
    }
    if preview.capacity.is_some() {
        figure(line, FIGURE - 1, say::col_capacity(lang), look.theme.dim());
    }
}

/// What is asked of one, now and then, what was done, and a bar of it: up to the capacity, where the policy names one.
fn draw_load(line: &mut Line, load: &Load, preview: &Preview, style: Style, look: &Look) {
    let asks = |load: &Load| [load.now + load.answers[0], load.then + load.answers[1]];
    let [now, then] = asks(load);
    let who = load.who.as_ref().map_or_else(|| say::the_pool(look.lang).to_owned(), |who| who.name.line());
    column(line, whose(line.room()), &who, style);
    let is_member = load.who.as_ref().is_some_and(|who| who.id.kind == Kind::Member);
    let capacity = preview.capacity.filter(|_| is_member);
    let room = capacity.map(|capacity| u64::from(capacity) * HUNDREDTHS);
    // Of whoever lies in the pool nobody is asked.
    let is_over = load.who.is_some() && then > room.unwrap_or(load.done.max(now));
    let then_style = if is_over { look.theme.mark(Mark::Late) } else { style };
    figure(line, FIGURE - 2, &per_week(now), style);
    // The sign stands where the next column has a blank.
    let sign = if is_over { "!" } else { " " };
    figure(line, FIGURE - 1, &format!("{}{sign}", per_week(then)), then_style);
    figure(line, FIGURE - 3, &per_week(load.done), style);
    if preview.capacity.is_some() {
        let text = capacity.map_or_else(String::new, |capacity| capacity.to_string());
        figure(line, FIGURE - 1, &text, look.theme.dim());
    }
    // One scale for all: the capacity, or the most that is asked of one.
    let whole = preview.capacity.map_or(0, |capacity| u64::from(capacity) * HUNDREDTHS);
    let most = preview.load.iter().map(|load| asks(load)[1]).max().unwrap_or(0).max(whole);
    let width = line.room().saturating_sub(2).min(BAR);
    let bar = |number: u64, width: u16| {
        chart::bar(number as i64, most as i64, usize::from(width), look.theme.is_ascii())
    };
    let full = bar(then, width);
    line.left(&full, then_style);
    if let Some(room) = room {
        let free = cells(&bar(room, width)).saturating_sub(cells(&full));
        line.left(&look.theme.signs().dot.repeat(usize::from(free)), look.theme.dim());
    }
}

fn per_week(hundredths: u64) -> String {
    format!("{}.{}", hundredths / HUNDREDTHS, hundredths % HUNDREDTHS / 10)
}

fn draw_move(
    line: &mut Line,
    (to, shows_way): (&Move, bool),
    names: &[PolicyName],
    style: Style,
    look: &Look,
) {
    let lang = look.lang;
    column(line, NAME, &to.customer.name.line(), style);
    let ways = [&to.tier, &to.stage].into_iter().filter(|way| way[0] != way[1]);
    let ways: Vec<String> = ways.map(|ids| way(names, &ids[0], &ids[1], lang)).collect();
    if shows_way {
        column(line, WAY, &ways.join(lang.pick(", ", "，")), style);
    }
    if let Some(day) = to.confirmed {
        let said = say::confirmed(lang, look.day(day.date()));
        if cells(&said) < line.room() / 2 {
            line.right(&said, look.theme.dim()).skip_right(2);
        }
    }
    line.left(&because(to, names, look), look.theme.dim());
}

fn draw_return(line: &mut Line, to: &Return, names: &[PolicyName], style: Style, look: &Look) {
    let lang = look.lang;
    let day = |at: Instant| look.day(at.local(look.zone).date());
    column(line, NAME, &to.customer.name.line(), style);
    let owner = to.owner.as_ref().map(|owner| owner.name.line()).unwrap_or_default();
    column(line, MEMBER.min(line.room() / 4), &owner, look.theme.dim());
    match (to.at[1], to.at[0]) {
        (Some(at), _) => {
            column(line, 12, &day(at), style);
            line.left(&lang.pick(&to.en, &to.zh).line(), look.theme.dim()).skip(2);
            line.aside(&to.rule.line(), look.theme.dim());
        }
        (None, Some(at)) => drop(line.left(&say::way(lang, day(at), say::none(lang)), style)),
        (None, None) => drop(line.left(&pools(names, &to.pool, lang), style)),
    }
}

/// In which open pool a customer would lie, and in which not any more.
fn pools(names: &[PolicyName], pool: &[Clean; 2], lang: Lang) -> String {
    let [from, to] = [&pool[0], &pool[1]].map(|id| called(names, id, lang));
    match (pool[0].is_empty(), pool[1].is_empty()) {
        (false, true) => say::leaves_pool(lang, from),
        (true, false) => say::enters_pool(lang, to),
        _ => say::changes_pool(lang, from, to),
    }
}

fn draw_step(line: &mut Line, step: &StepChange, style: Style, look: &Look) {
    let lang = look.lang;
    let name = |named: &Option<Named>| named.as_ref().map(|named| named.name.line()).unwrap_or_default();
    let due = |at: Option<Instant>| at.map_or_else(|| say::none(lang).to_owned(), |at| look.due(at));
    let becomes = match step.fate {
        Fate::Dropped => say::step_dropped(lang).to_owned(),
        Fate::Born => say::step_born(lang, due(step.due[1])),
        Fate::Moved => say::step_moved(lang, due(step.due[0]), due(step.due[1])),
    };
    column(line, NAME, &name(&step.customer), style);
    line.right(&becomes, style).skip_right(2);
    column(line, MEMBER.min(line.room() / 4), &name(&step.assignee), look.theme.dim());
    line.left(&lang.pick(&step.step.en, &step.step.zh).line(), look.theme.dim());
}

fn draw_fault(line: &mut Line, (fault, is_first): (&PolicyFault, bool), said: &str, look: &Look) {
    let place = if is_first { format!("{}:{}", fault.line, fault.column) } else { String::new() };
    column(line, 8, &place, look.theme.dim());
    line.left(said, look.theme.mark(if fault.warning { Mark::Soon } else { Mark::Late }));
}

fn draw_version(line: &mut Line, version: &PolicyVersion, style: Style, look: &Look) {
    let style = if version.undone_by.is_some() { look.theme.dim() } else { style };
    figure(line, 4, &version.version.to_string(), style);
    column(line, 16, &version.at.say(look.zone), style);
    let by = version.by.as_ref().map(|by| by.name.line()).unwrap_or_default();
    column(line, MEMBER, &by, style);
    let (added, gone) = version.lines;
    column(line, 12, &format!("+{added} -{gone}"), style);
    if let Some(seq) = version.undoes {
        line.left(&say::undoes(look.lang, seq), look.theme.dim());
    }
    if let Some(by) = version.undone_by {
        line.left(&say::undone_by(look.lang, by), look.theme.dim());
    }
}
