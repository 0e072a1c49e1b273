//! What was typed before, to be taken again.

use super::edit::Edit;
use crate::text::Clean;

/// Lines that were typed before, and which of them is looked at.
#[derive(Debug)]
pub(super) struct Recall {
    /// The newest last; behind them, once one is looked at, what was being typed.
    lines: Vec<Clean>,
    at: usize,
}

impl Recall {
    /// Nothing is looked at yet. The newest is the last.
    pub(super) fn new(lines: Vec<Clean>) -> Recall {
        Recall { at: lines.len(), lines }
    }

    /// Whether a line from before is looked at.
    pub(super) fn is_back(&self) -> bool {
        self.at + 1 < self.lines.len()
    }

    /// Takes the line before.
    pub(super) fn back(&mut self, typed: &mut Edit) {
        self.go(self.at.checked_sub(1), typed);
    }

    /// Takes the line after; behind the newest, what was being typed.
    pub(super) fn forth(&mut self, typed: &mut Edit) {
        self.go(Some(self.at + 1), typed);
    }

    fn go(&mut self, to: Option<usize>, typed: &mut Edit) {
        if self.at == self.lines.len() {
            self.lines.push(typed.clean());
        } else if self.at + 1 == self.lines.len() {
            self.lines[self.at] = typed.clean();
        }
        if let Some((to, line)) = to.and_then(|to| Some((to, self.lines.get(to)?))) {
            self.at = to;
            typed.put(0..typed.text().len(), line.as_str());
        }
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
            seen.push((typed.text().to_owned(), recall.is_back()));
        }
        let seen: Vec<(&str, bool)> = seen.iter().map(|(text, back)| (text.as_str(), *back)).collect();
        let [new, old, begun] = [("new", true), ("old", true), ("begun", false)];
        assert_eq!(seen, [new, old, old, new, begun, begun]);
    }
}
