//! In ASCII: a terminal that shows nothing else gets nothing else from us, where the book is in ASCII too.

use super::*;
use crate::ipc::client::ClientError;
use crate::model::query::{Beside, Company};
use crate::model::{Named, Refusal};

/// The panes, every sheet, every form, and what is said and asked in the footer.
const KEYS: [&str; 51] = [
    "",
    "1 space j v",
    "2 j enter",
    "3 j space",
    "4 j",
    "1 enter",
    "1 s",
    "1 s s s",
    "g",
    "g g G",
    "?",
    "3 ?",
    "l ?",
    ":",
    ": \"log\"",
    ": \"filter tier\"",
    ": \"as-of \"",
    ": \"sort \"",
    ".",
    "/",
    "/ \"a\"",
    "/ \"zzzz\"",
    "f \"tier\"",
    "f \"tier:A\" enter",
    "f \"tier:A owner<3\"",
    "V",
    "V enter",
    "C",
    "F",
    "i",
    "w",
    "3 w",
    "4 w",
    "B",
    "B j right w",
    "W",
    "W right m",
    "h",
    "h enter",
    "y",
    "E",
    "e",
    "l \"two lots > 30 Feb\"",
    "l \"two lots > +3d call\" enter",
    "t \"call\" enter",
    "a \"hottechi\"",
    "c \"Bo\"",
    "D",
    "P",
    "d",
    "z",
];

/// What is done in a list.
const IN_A_LIST: [&str; 8] =
    ["1 b", "1 A b", "1 T", "1 A T \"A\" tab \"why\" enter", "1 x", "3 b", "3 x", "3 A z \"+1d\" enter"];

fn assert_ascii(desk: &Desk, what: &str, size: (u16, u16)) {
    let text = desk.text(size);
    let strange = text.lines().find(|line| !line.is_ascii());
    assert_eq!(strange, None, "{what} at {size:?}:\n{text}");
}

fn in_ascii(size: (u16, u16)) -> Desk {
    Desk::seen_in(Theme::new(true, true), Lang::En, size).up()
}

#[test]
fn all_that_we_draw_ourselves_is_ascii() {
    for size in [(60, 15), (80, 24), (160, 50)] {
        for keys in KEYS.iter().chain(&IN_A_LIST) {
            let mut desk = in_ascii(size);
            desk.keys(keys);
            assert_ascii(&desk, keys, size);
            desk.wait(400);
            assert_ascii(&desk, keys, size);
        }
    }
}

#[test]
fn what_comes_from_others_and_from_the_link_is_told_in_ascii() {
    let size = (80, 24);
    let mut desk = in_ascii(size);
    let bo = Named { id: Id::new(Kind::Member, 2), name: clean("Bo Lin") };
    desk.server.company = Company { here: 2, beside: vec![Beside { member: bo, writing: true }] };
    desk.wait(150);
    assert!(desk.row(1).contains("- Bo is writing"), "{}", desk.row(1));
    assert_ascii(&desk, "company", size);
    desk.server.stubborn = vec![Id::customer(1)];
    desk.keys("1 space j space b tab \"me\" enter R");
    assert_ascii(&desk, "refused", size);
    desk.server.refusal = Some(Refusal::NoRecord(Id::customer(1)));
    desk.keys("esc l \"two lots\" enter");
    assert_ascii(&desk, "a refusal", size);
    desk.hear(Heard::Down(ClientError::Lost));
    assert_ascii(&desk, "no link", size);
}
