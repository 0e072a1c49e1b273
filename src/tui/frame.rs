//! Where things are, for each size of the window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use crate::keys::{Act, Scope};

/// A part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pane {
    /// The list.
    #[default]
    Customers,
    /// What happened with the customer.
    Timeline,
    /// The queue.
    Tasks,
    /// The book by tier.
    Tiers,
}

impl Pane {
    /// Every pane, in the order in which one goes round.
    pub(super) const ALL: [Pane; 4] = [Pane::Customers, Pane::Timeline, Pane::Tasks, Pane::Tiers];

    /// The pane that has this scope; none where a sheet has it.
    pub(super) fn of(scope: Scope) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| pane.scope() == scope)
    }

    /// Where keys are looked for while it is in focus.
    pub(super) fn scope(self) -> Scope {
        match self {
            Pane::Customers => Scope::Customers,
            Pane::Timeline => Scope::Timeline,
            Pane::Tasks => Scope::Tasks,
            Pane::Tiers => Scope::Tiers,
        }
    }

    /// What goes to it.
    pub(super) fn go(self) -> Act {
        match self {
            Pane::Customers => Act::FocusCustomers,
            Pane::Timeline => Act::FocusTimeline,
            Pane::Tasks => Act::FocusTasks,
            Pane::Tiers => Act::FocusTiers,
        }
    }

    /// The pane so many further on.
    pub(super) fn step(self, by: usize) -> Pane {
        let at = Pane::ALL.iter().position(|pane| *pane == self).unwrap_or(0);
        Pane::ALL[(at + by) % Pane::ALL.len()]
    }
}

/// How the panes are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Too small for anything but a notice.
    Notice,
    /// One pane.
    One,
    /// The timeline, and another pane below it.
    Stacked,
    /// All four, with a cross of rules between them.
    Four,
}

/// The places of everything; a pane that is not seen has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// How the panes are laid out.
    pub(super) shape: Shape,
    /// The whole window.
    pub(super) area: Rect,
    /// One thing is seen at a time: also a sheet has the whole body.
    alone: bool,
    panes: [Option<Rect>; 4],
    /// The column of the card, on wide windows.
    pub(super) card: Option<Rect>,
    /// The rows above the list in which a filter is typed, while one is.
    pub(super) strip: Option<Rect>,
}

/// From this size on all four panes are seen.
const FOUR: (u16, u16) = (80, 20);
/// From this height on the timeline and another pane are seen.
const STACKED: u16 = 12;
/// What the smallest window must have.
pub(super) const SMALLEST: (u16, u16) = (40, 8);
/// What a window must have to work in: two panes, and every form whole.
pub(super) const GOOD: (u16, u16) = (60, 15);
/// From this width on the list has more columns than the name.
const WIDE: u16 = 120;
/// From this width on the card has a column.
const WIDEST: u16 = 160;
/// The width of that column.
const CARD: u16 = 36;
/// The width that the strip above the list wants, and its rows.
const STRIP: (u16, u16) = (60, 6);

impl Frame {
    /// The places in a window; `lower` is the pane below the timeline where only two are seen. With `alone` one pane is
    /// seen at a time, however large the window is.
    pub(super) fn of(area: Rect, focus: Pane, lower: Pane, alone: bool) -> Frame {
        let shape = match Frame::shape(area) {
            Shape::Notice => Shape::Notice,
            _ if alone => Shape::One,
            shape => shape,
        };
        let mut frame = Frame { shape, area, alone, panes: [None; 4], card: None, strip: None };
        match frame.shape {
            Shape::Notice => {}
            Shape::One => frame.set(focus, Rect { height: area.height - 1, ..area }),
            Shape::Stacked => frame.stack(lower),
            Shape::Four => frame.cross(),
        }
        frame
    }

    fn shape(area: Rect) -> Shape {
        let Rect { width, height, .. } = area;
        if width < SMALLEST.0 || height < SMALLEST.1 {
            Shape::Notice
        } else if height < STACKED {
            Shape::One
        } else if width < FOUR.0 || height < FOUR.1 {
            Shape::Stacked
        } else {
            Shape::Four
        }
    }

    fn set(&mut self, pane: Pane, area: Rect) {
        self.panes[pane as usize] = Some(area);
    }

    fn stack(&mut self, lower: Pane) {
        let Rect { x, y, width, height } = self.area;
        let upper = (height - 2) * 9 / 20;
        self.set(Pane::Timeline, Rect::new(x, y, width, upper));
        self.set(lower, Rect::new(x, y + upper + 1, width, height - 2 - upper));
    }

    fn cross(&mut self) {
        let Rect { x, y, width, height } = self.area;
        let panes = if width >= WIDEST { width - CARD - 1 } else { width };
        let left = match width {
            WIDE.. => panes * 13 / 25,
            _ => 30 + (width - FOUR.0) * 2 / 5,
        };
        let body = height - 3;
        let upper = body * 3 / 5 + 1;
        let (top, below, right) = (y + 1, y + 2 + upper, x + left + 1);
        self.set(Pane::Customers, Rect::new(x, top, left, upper));
        self.set(Pane::Timeline, Rect::new(right, top, panes - left - 1, upper));
        self.set(Pane::Tasks, Rect::new(x, below, left, body - upper));
        self.set(Pane::Tiers, Rect::new(right, below, panes - left - 1, body - upper));
        self.card = (panes < width).then(|| Rect::new(x + panes + 1, top, width - panes - 1, height - 2));
    }

    /// The same with a strip above the list. Where the list is narrow, the strip goes over its neighbour as well.
    pub(super) fn with_strip(mut self) -> Frame {
        let Some(list) = self.pane(Pane::Customers) else { return self };
        let height = STRIP.1.min(list.height / 2);
        let lowered = |pane: Rect| Rect { y: pane.y + height, height: pane.height - height, ..pane };
        let beside = self.pane(Pane::Timeline).filter(|pane| list.width < STRIP.0 && pane.y == list.y);
        let right = beside.unwrap_or(list).right();
        if let Some(beside) = beside {
            self.set(Pane::Timeline, lowered(beside));
        }
        self.set(Pane::Customers, lowered(list));
        self.strip = Some(Rect { width: right - list.x, height, ..list });
        self
    }

    /// Where a pane is, if it is seen.
    pub(super) fn pane(&self, pane: Pane) -> Option<Rect> {
        self.panes[pane as usize]
    }

    /// How many rows a pane has below its title.
    pub(super) fn rows(&self, pane: Pane) -> usize {
        self.pane(pane).map_or(0, |area| usize::from(area.height.saturating_sub(1)))
    }

    /// The header; it has a row of its own only beside four panes.
    pub(super) fn header(&self) -> Option<Rect> {
        (self.shape == Shape::Four).then_some(Rect { height: 1, ..self.area })
    }

    /// The footer.
    pub(super) fn footer(&self) -> Rect {
        Rect { y: self.area.bottom() - 1, height: 1, ..self.area }
    }

    /// Where a sheet of this size lies: over the lower right, the footer left free.
    pub(super) fn sheet(&self, width: u16, height: u16) -> Rect {
        let room = Rect { height: self.area.height - 1, ..self.area };
        if self.alone {
            return room;
        }
        let (width, height) = (width.min(room.width), height.min(room.height));
        Rect::new(room.right() - width, room.bottom() - height, width, height)
    }

    /// Draws the rules between the panes.
    pub(super) fn draw(&self, buffer: &mut Buffer, look: &Look) {
        let (signs, dim) = (look.theme.signs(), look.theme.dim());
        let across = |buffer: &mut Buffer, y: u16, width: u16| {
            buffer.set_string(self.area.x, y, signs.horizontal.repeat(usize::from(width)), dim);
        };
        match self.shape {
            Shape::Notice | Shape::One => {}
            Shape::Stacked => {
                let upper = self.pane(Pane::Timeline).map_or(0, ratatui::prelude::Rect::bottom);
                across(buffer, upper, self.area.width);
            }
            Shape::Four => {
                let (left, right) = (self.panes[0].unwrap_or_default(), self.panes[1].unwrap_or_default());
                across(buffer, left.bottom(), right.right() - self.area.x);
                let lower = left.bottom() + 1..self.area.bottom() - 1;
                for y in (left.y..left.bottom()).chain(lower) {
                    buffer.set_string(left.right(), y, signs.vertical, dim);
                }
                buffer.set_string(left.right(), left.bottom(), signs.cross, dim);
                if let Some(card) = self.card {
                    for y in card.y..card.bottom() {
                        buffer.set_string(card.x - 1, y, signs.vertical, dim);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(width: u16, height: u16) -> Frame {
        Frame::of(Rect::new(0, 0, width, height), Pane::Tasks, Pane::Tasks, false)
    }

    #[test]
    fn sizes_have_their_shapes() {
        for ((width, height), shape) in [
            ((80, 24), Shape::Four),
            ((80, 20), Shape::Four),
            ((79, 24), Shape::Stacked),
            ((60, 15), Shape::Stacked),
            ((200, 19), Shape::Stacked),
            ((40, 8), Shape::One),
            ((39, 8), Shape::Notice),
            ((1, 1), Shape::Notice),
        ] {
            assert_eq!(of(width, height).shape, shape, "{width}x{height}");
        }
        assert_eq!(of(80, 24).pane(Pane::Customers), Some(Rect::new(0, 1, 30, 13)));
        assert!(of(159, 40).card.is_none() && of(160, 40).card.is_some());
    }

    proptest! {
        #[test]
        fn nothing_overlaps_or_leaves_the_window(
            width in 1_u16..300,
            height in 1_u16..100,
            strip in proptest::bool::ANY,
        ) {
            let frame = Frame::of(Rect::new(0, 0, width, height), Pane::Customers, Pane::Customers, false);
            let frame = if strip { frame.with_strip() } else { frame };
            let mut places: Vec<Rect> = Pane::ALL.iter().filter_map(|pane| frame.pane(*pane)).collect();
            places.extend(frame.card);
            if frame.shape != Shape::Notice {
                places.extend([frame.footer()]);
                places.extend(frame.header());
                places.extend(frame.strip);
            }
            for (at, place) in places.iter().enumerate() {
                prop_assert_eq!(place.intersection(frame.area), *place);
                prop_assert!(place.area() > 0);
                prop_assert!(places[at + 1..].iter().all(|other| !place.intersects(*other)));
            }
        }
    }
}
