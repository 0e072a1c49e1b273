//! What was typed before, to be taken again.

use super::edit::Edit;
use crate::text::Clean;

/// Lines that were typed before, and which of them is looked at. One that is changed is not looked at any more: it is
/// what is being typed.
#[derive(Debug)]
pub(super) struct Recall {
    /// The newest last.
    lines: Vec<Clean>,
    /// The line that is looked at; behind the newest, what is being typed.
    at: usize,
    /// What was being typed when one went back.
    typed: Clean,
    /// The line that is looked at, as the field took it.
    shown: Clean,
}

impl Recall {
    /// Nothing is looked at yet. The newest is the last.
    pub(super) fn new(lines: Vec<Clean>) -> Recall {
        Recall { at: lines.len(), lines, typed: Clean::default(), shown: Clean::default() }
    }

    /// Whether a line from before is looked at.
    pub(super) fn is_back(&self, typed: &Edit) -> bool {
        self.at < self.lines.len() && self.shown.as_str() == typed.text()
    }

    /// Takes the line before.
    pub(super) fn back(&mut self, typed: &mut Edit) {
        self.leave_changed(typed);
        if self.at == self.lines.len() {
            self.typed = typed.clean();
        }
        if let Some(before) = self.at.checked_sub(1) {
            self.show(before, typed);
        }
    }

    /// Takes the line after; behind the newest, what was being typed.
    pub(super) fn forth(&mut self, typed: &mut Edit) {
        self.leave_changed(typed);
        if self.at < self.lines.len() {
            self.show(self.at + 1, typed);
        }
    }

    fn leave_changed(&mut self, typed: &Edit) {
        if !self.is_back(typed) {
            self.at = self.lines.len();
        }
    }

    fn show(&mut self, at: usize, typed: &mut Edit) {
        self.at = at;
        typed.put(0..typed.text().len(), self.lines.get(at).unwrap_or(&self.typed).as_str());
        self.shown = typed.clean();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::edit::Lines;

    #[test]
    fn the_newest_comes_first_and_what_was_typed_comes_back() {
        let mut typed = Edit::with(Lines::One, 100, &Clean::known("begun"));
        let mut recall = Recall::new(vec![Clean::known("old"), Clean::known("new")]);
        let mut seen = Vec::new();
        let steps: [fn(&mut Recall, &mut Edit); 6] =
            [Recall::back, Recall::back, Recall::back, Recall::forth, Recall::forth, Recall::forth];
        for step in steps {
            step(&mut recall, &mut typed);
            seen.push((typed.text().to_owned(), recall.is_back(&typed)));
        }
        let seen: Vec<(&str, bool)> = seen.iter().map(|(text, back)| (text.as_str(), *back)).collect();
        let [new, old, begun] = [("new", true), ("old", true), ("begun", false)];
        assert_eq!(seen, [new, old, old, new, begun, begun]);
    }

    #[test]
    fn a_line_that_is_changed_is_what_is_being_typed() {
        let mut typed = Edit::new(Lines::One, 100);
        let mut recall = Recall::new(vec![Clean::known("old"), Clean::known("new")]);
        recall.back(&mut typed);
        recall.back(&mut typed);
        typed.paste("er");
        assert!(!recall.is_back(&typed));
        recall.forth(&mut typed);
        assert_eq!(typed.text(), "older", "nothing is behind it");
        recall.back(&mut typed);
        assert_eq!(typed.text(), "new", "the newest again");
        recall.forth(&mut typed);
        assert_eq!(typed.text(), "older");
    }
}
