//! What everything is shown by: the theme, the language, the team's clock, and the words that depend on them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;
use ratatui::style::Style;

use super::theme::{Mark, Theme};
use crate::filter::{Reader, why};
use crate::keys::{Act, Keymap, Scope};
use crate::model::query::{Lateness, PolicyName, Session, Standing, TaskLine};
use crate::model::time::END_OF_DAY;
use crate::model::{Instant, Refusal};
use crate::text::say::{board as told, text as words, tui as say};
use crate::text::{Clean, Lang, Money, age};

/// The oldest age that is shown in days.
const OLDEST: i64 = 99;

/// A message without values: what something is called.
pub(super) type Label = fn(Lang) -> &'static str;

/// How a reader sees things.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'a> {
    /// Colours and signs.
    pub(super) theme: Theme,
    /// The language.
    pub(super) lang: Lang,
    /// Who reads, and the names of tiers and stages; none before the server has told.
    pub(super) session: Option<&'a Session>,
    /// The team's zone.
    pub(super) zone: Tz,
    /// The store's clock.
    pub(super) now: Instant,
    /// The keys in force.
    pub(super) keys: &'a Keymap,
}

impl Look<'_> {
    /// The key that does an act in a pane or sheet of this scope; the act's name where no key does.
    pub(super) fn key(&self, scope: Scope, act: Act) -> String {
        let keys = self.keys.keys_of(scope.stack(), act);
        keys.into_iter().next().unwrap_or_else(|| act.name().to_owned())
    }

    /// The team's day.
    pub(super) fn today(&self) -> NaiveDate {
        self.now.local(self.zone).date()
    }

    /// How long ago a contact was: `9d`, beyond 99 days the day or, of another year, the month.
    pub(super) fn age(&self, at: Instant) -> String {
        let (day, today) = (at.local(self.zone).date(), self.today());
        match (today - day).num_days() {
            days if days <= OLDEST || same_year(day, today) => age::age(self.lang, day, today),
            _ => self.month(at),
        }
    }

    /// The month of a moment in another year: `Oct'25`; `25-10`, which is no day of a month.
    pub(super) fn month(&self, at: Instant) -> String {
        at.local(self.zone).format(self.lang.pick("%b'%y", "%y-%m")).to_string()
    }

    /// How long until a moment: `3d`, `5h`.
    pub(super) fn left(&self, at: Instant) -> String {
        age::left(self.lang, at.local(self.zone), self.now.local(self.zone))
    }

    /// When a task is due, or that its clock stands still; empty: neither.
    pub(super) fn task_due(&self, task: &TaskLine) -> String {
        if task.is_paused() {
            return told::paused(self.lang).to_owned();
        }
        task.due.map_or_else(String::new, |due| self.due(due))
    }

    /// When something is due: the hour of today, the days that it is late, the weekday or the day. It changes only when
    /// the day turns, so that an idle screen may stand still and stay true.
    pub(super) fn due(&self, at: Instant) -> String {
        let (due, today) = (at.local(self.zone), self.today());
        match due.date() == today {
            true if (due.hour(), due.minute()) == END_OF_DAY => words::today(self.lang).to_owned(),
            true => due.format("%H:%M").to_string(),
            false => age::due(self.lang, due.date().and_time(NaiveTime::MIN), today.and_time(NaiveTime::MIN)),
        }
    }

    /// The heading of a moment on a timeline.
    pub(super) fn moment(&self, at: Instant, whole_day: bool) -> String {
        let (local, today) = (at.local(self.zone), self.today());
        if whole_day && local.date() == today {
            words::today(self.lang).to_owned()
        } else {
            age::day(self.lang, local, today)
        }
    }

    /// A day, without its year where that is this one.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        let midnight = day.and_time(NaiveTime::MIN);
        self.moment(Instant::at(midnight, self.zone), true)
    }

    /// How a tier's letter is drawn.
    pub(super) fn tier(&self, id: &Clean) -> Style {
        let tiers = self.session.map_or(&[][..], |session| &session.tiers);
        self.theme.tier(tiers.iter().position(|tier| tier.id == *id).unwrap_or(usize::MAX))
    }

    /// What people call a tier.
    pub(super) fn tier_name(&self, id: &Clean) -> Clean {
        self.named(self.session.map_or(&[], |session| &session.names.tiers), id)
    }

    /// A tier by its id and its name, as `A Key`.
    pub(super) fn tier_with_name(&self, id: &Clean) -> Clean {
        let name = self.tier_name(id);
        if name.folded() == id.folded() { name } else { Clean::washed(&format!("{id} {name}")).0 }
    }

    /// What people call a stage.
    pub(super) fn stage_name(&self, id: &Clean) -> Clean {
        self.named(self.stages(), id)
    }

    /// Why a customer came into the open pool, in the reader's language where a rule said it.
    pub(super) fn reason(&self, reason: &Clean) -> Clean {
        self.named(self.session.map_or(&[], |session| &session.names.reasons), reason)
    }

    /// Why a customer is in its tier.
    pub(super) fn tier_why(&self, tier: &Standing) -> String {
        why(tier, self.stages(), self.lang)
    }

    /// Why a customer is in its stage, by the name that people call it.
    pub(super) fn stage_why(&self, stage: &Standing) -> String {
        let named = Standing { id: self.stage_name(&stage.id), ..stage.clone() };
        why(&named, self.stages(), self.lang)
    }

    /// Who reads sentences that the shell says as well.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { lang: self.lang, stages: self.stages(), zone: self.zone, now: self.now }
    }

    fn stages(&self) -> &[PolicyName] {
        self.session.map_or(&[], |session| &session.names.stages)
    }

    fn named(&self, names: &[PolicyName], id: &Clean) -> Clean {
        let found = names.iter().find(|name| name.id == *id);
        found.map_or_else(|| id.clone(), |name| self.name(name))
    }

    /// The name of a tier or stage in the reader's language.
    pub(super) fn name(&self, name: &PolicyName) -> Clean {
        let own = self.lang.pick(&name.en, &name.zh);
        if own.is_empty() { name.id.clone() } else { own.clone() }
    }

    /// The sign of a mark; its word for whoever listens to the screen.
    pub(super) fn sign(&self, mark: Mark) -> &'static str {
        if !self.theme.is_spoken() {
            return mark.sign();
        }
        match mark {
            Mark::Late => say::late(self.lang),
            Mark::Soon => say::soon(self.lang),
            Mark::New => say::new(self.lang),
            Mark::Done => say::done(self.lang),
        }
    }

    /// What stands before a row that is marked, and before one that is not.
    pub(super) fn marked(&self, is_marked: bool) -> &'static str {
        match (is_marked, self.theme.is_spoken()) {
            (true, false) => "*",
            (true, true) => say::is_marked(self.lang),
            (false, _) => " ",
        }
    }

    /// The mark of something late or soon due.
    pub(super) fn late(late: Lateness) -> Option<Mark> {
        match late {
            Lateness::Fine => None,
            Lateness::Soon => Some(Mark::Soon),
            Lateness::Late => Some(Mark::Late),
        }
    }

    /// An amount in a few cells, without its currency.
    pub(super) fn amount(&self, money: Money) -> String {
        money.short(self.lang)
    }

    /// What was not done and why, with what to do about it and, of several, which there are.
    pub(super) fn refusal(&self, refusal: &Refusal) -> String {
        let (message, hint) = refusal.say(self.lang, self.zone);
        let said = hint.map_or(message.clone(), |hint| say::with_hint(self.lang, message, hint));
        let Refusal::Ambiguous(_, _, several) = refusal else { return said };
        let named: Vec<String> =
            several.iter().take(SEVERAL).map(|(id, name)| format!("{id} {name}")).collect();
        said + self.lang.pick(": ", "：") + &named.join(self.lang.pick(", ", "、"))
    }
}

/// So many of the records that words may mean are named.
const SEVERAL: usize = 10;

fn same_year(one: NaiveDate, other: NaiveDate) -> bool {
    one.year() == other.year()
}

/// What one calls a colleague among colleagues: the first name, where the name is written with Latin letters.
pub(super) fn first_name(name: &Clean) -> &str {
    name.as_str().split(' ').next().unwrap_or_default()
}
