//! What a press of the pointer does in a form. Where everything is, is noted while a form is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Form;
use super::field::Content;
use crate::keys::Act;
use crate::tui::book::Book;
use crate::tui::frame::Frame;
use crate::tui::panes::Seen;

/// A place that can be pressed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) area: Rect,
    pub(super) hit: Hit,
}

/// What is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Hit {
    /// A field.
    Field(usize),
    /// The text of a field: how wide it is drawn, and the column and the row of it.
    Text {
        /// The field.
        field: usize,
        /// How wide it is drawn.
        width: u16,
        /// The column in it.
        column: u16,
        /// The row of the text.
        row: usize,
    },
    /// A value of a choice.
    Value(usize, usize),
    /// Something that is offered.
    Offer(usize),
    /// What a key does that is named in the form.
    Does(Act),
}

impl Form {
    /// What is at a place.
    pub(in crate::tui) fn hit(&self, at: Position, frame: &Frame, seen: Seen) -> Option<Hit> {
        let (mut spots, mut buffer) = (Vec::new(), Buffer::empty(frame.area));
        self.draw_and_note(&mut buffer, frame, seen, &mut spots);
        // What was drawn later lies above.
        let Spot { area, hit } = spots.into_iter().rev().find(|spot| spot.area.contains(at))?;
        Some(match hit {
            Hit::Text { field, width, row, .. } => {
                Hit::Text { field, width, column: at.x - area.x, row: row + usize::from(at.y - area.y) }
            }
            hit => hit,
        })
    }

    /// Does what a press means inside the form; gives what is to be done as if a key had been pressed.
    pub(in crate::tui) fn pressed(&mut self, hit: Hit, book: &Book) -> Option<Act> {
        if self.saving {
            return None;
        }
        match hit {
            Hit::Does(act) => return Some(act),
            Hit::Offer(row) => {
                self.offers.go_to(row);
                self.pick();
            }
            Hit::Field(field) => self.go(field, book),
            Hit::Value(field, value) => {
                self.go(field, book);
                self.change(field, |field| {
                    if let Content::Pick { at, .. } = &mut field.content {
                        *at = value;
                    }
                });
            }
            Hit::Text { field, width, column, row } => {
                self.go(field, book);
                if let Content::Text(edit) = &mut self.fields[field].content {
                    edit.press(width, column, row);
                }
            }
        }
        None
    }

    /// Goes to a field; the one before is left as by a key.
    fn go(&mut self, field: usize, book: &Book) {
        if field != self.at {
            self.take_meant(book);
            self.at = field;
        }
    }
}
