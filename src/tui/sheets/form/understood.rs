//! What is understood of a field that is empty: the next step, or the date, that another text of the form holds.

use chrono::NaiveDateTime;

use super::Form;
use super::field::Heard;
use crate::keys::{Act, Scope};
use crate::text::say::form as say;
use crate::text::{date, width};
use crate::tui::drafts::Deed;
use crate::tui::look::Look;

/// What parts a text from the next step in it.
const STEP: &str = " > ";

impl Form {
    /// A next step written behind ` > ` in a text, as the server will read it, or why it reads as none.
    pub(super) fn behind(&self, look: &Look) -> Option<Heard> {
        if self.held.is_some() && self.held.as_deref() == self.value("text") {
            return Some(Heard::Fault(say::saved_as_text(look.lang, look.key(Scope::Form, Act::Save))));
        }
        let (_, step) = self.value("text")?.rsplit_once(STEP)?;
        let now = look.now.local(look.zone);
        if !date::is_meant_as_step(step.trim(), now) {
            return None;
        }
        let heard = self.step_in(step.trim(), look);
        Some(heard.unwrap_or_else(|| Heard::Fault(say::no_step(look.lang).to_owned())))
    }

    /// The date in the title of a new task, as the server will read it.
    pub(super) fn in_title(&self, look: &Look) -> Option<Heard> {
        let title = self.value("title").filter(|_| self.deed == Deed::Task)?;
        self.step_in(title, look)
    }

    /// The date of a step and what is to be done, or why there is no such day.
    fn step_in(&self, text: &str, look: &Look) -> Option<Heard> {
        let now = look.now.local(look.zone);
        match date::split_step(text, now) {
            Some((when, what)) if !what.trim().is_empty() => {
                let room =
                    usize::from(self.room).saturating_sub(width::width(&date::echo(look.lang, when)) + 5);
                Some(Heard::Step(when, width::cut(what.trim(), room).into_owned()))
            }
            Some(_) => None,
            None => date::impossible_step(text, now).map(|why| Heard::Fault(why.say(look.lang))),
        }
    }

    /// Holds a log once before it is saved: behind ` > ` stands what nobody reads as a next step. Saved again as it is,
    /// it is meant as text.
    pub(in crate::tui) fn holds(&mut self, now: NaiveDateTime) -> bool {
        if self.deed != Deed::Log || !self.is_free("next") {
            return false;
        }
        let Some(text) = self.value("text") else { return false };
        let step = text.rsplit_once(STEP).map(|(_, step)| step.trim());
        let is_lost = step.is_some_and(|step| !step.is_empty() && !date::is_meant_as_step(step, now));
        if !is_lost || self.held.as_deref() == Some(text) {
            return false;
        }
        self.held = Some(text.to_owned());
        true
    }
}
