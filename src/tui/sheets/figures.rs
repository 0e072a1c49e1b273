//! How playbooks go, as the rows of a page: their steps with how often, how long, how late.

use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};

use crate::model::called::called_trigger;
use crate::model::query::{PlaybookLine, PolicyNames, StepLine};
use crate::text::say::{playbook as say, tui};
use crate::text::{Span as Length, age, width};
use crate::tui::look::Look;
use crate::tui::panes::Seen;
use crate::tui::theme::Mark;

/// The cells of a figure.
const FIGURE: usize = 9;
/// From this width on a page has all figures.
const ROOMY: usize = 64;

/// The rows, in a page of so many cells.
pub(super) fn rows(seen: Seen, room: u16) -> Vec<Text<'static>> {
    let look = &seen.look;
    let dim = |text: &'static str| vec![Text::styled(text, look.theme.dim())];
    match seen.book.work.figures.as_deref() {
        None => dim(tui::asking(look.lang)),
        Some([]) => dim(say::no_playbooks(look.lang)),
        Some(lines) => {
            let names = seen.book.session.as_ref().map(|session| session.names.clone()).unwrap_or_default();
            lines.iter().flat_map(|line| of_playbook(line, &names, look, usize::from(room))).collect()
        }
    }
}

fn of_playbook(line: &PlaybookLine, names: &PolicyNames, look: &Look, room: usize) -> Vec<Text<'static>> {
    let lang = look.lang;
    let on = if line.on.is_empty() {
        say::by_hand(lang).to_owned()
    } else {
        say::begins_on(lang, called_trigger(&line.on, names, lang))
    };
    let counts = say::runs(lang, line.running, line.paused, line.done, line.stopped);
    let mut rows = vec![Text::styled(look.name(&line.name).line(), look.theme.key())];
    let summary = width::wrap(&say::summary(lang, on, counts), room);
    rows.extend(summary.into_iter().map(|row| Text::styled(row, look.theme.dim())));
    let heads = [
        say::col_within(lang),
        say::col_begun(lang),
        say::col_open(lang),
        say::col_median(lang),
        say::col_late(lang),
    ];
    rows.push(Text::styled(row(say::col_step(lang), heads.map(str::to_owned), room), look.theme.dim()));
    rows.extend(line.steps.iter().map(|step| of_step(step, look, room)));
    rows.push(Text::default());
    rows
}

fn of_step(step: &StepLine, look: &Look, room: usize) -> Text<'static> {
    let lang = look.lang;
    let name = format!("{}{}", "  ".repeat(step.depth as usize), look.name(&step.name).line());
    if step.deed.as_str() == "tag" {
        // Tags are given and not counted.
        return Text::raw(row(
            &name,
            [say::is_tag(lang).to_owned(), step.duty.line(), String::new(), String::new(), String::new()],
            room,
        ));
    }
    let within = step.within.as_str().parse::<Length>().map(|span| span.say(lang)).unwrap_or_default();
    let median = step.median.map(|minutes| age::length(lang, minutes)).unwrap_or_default();
    let late = step.late_percent().map(|share| format!("{share}%")).unwrap_or_default();
    let text = row(&name, [within, step.begun.to_string(), step.open.to_string(), median, late], room);
    let style = if step.late > 0 { look.theme.mark(Mark::Late) } else { Style::new() };
    let slowest = if step.slowest { format!(" {}", say::slowest(lang)) } else { String::new() };
    Text::from(vec![Span::styled(text, style), Span::styled(slowest, look.theme.mark(Mark::Soon))])
}

/// A name and its figures at the right, with room behind them for a mark. In a narrow page names matter more than how
/// long a step may take and how often it is open.
fn row(name: &str, [within, begun, open, median, late]: [String; 5], room: usize) -> String {
    let figures =
        if room < ROOMY { vec![begun, median, late] } else { vec![within, begun, open, median, late] };
    let mark = FIGURE;
    let names = room.saturating_sub(figures.len() * FIGURE + mark);
    let figures = figures.iter().map(|text| {
        let text = width::cut(text, FIGURE - 1);
        " ".repeat(FIGURE.saturating_sub(width::width(&text))) + &text
    });
    width::pad(&width::cut(name, names), names) + &figures.collect::<String>()
}
