//! Without colours: what they tell is told by signs, and the focus by reversing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::*;
use crate::ipc::client::{Changed, News};

/// A screen in an environment that wants no colours.
fn without_colours(lang: Lang, size: (u16, u16)) -> Desk {
    let env = |name: &str| match name {
        "NO_COLOR" => Some("1".to_owned()),
        "LANG" => Some("C.UTF-8".to_owned()),
        "TERM" | "COLORTERM" => Some("xterm-truecolor".to_owned()),
        _ => None,
    };
    Desk::seen_in(Theme::of(None, env), lang, size).up()
}

fn drawn(desk: &Desk, (columns, rows): (u16, u16)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    desk.app.draw(&mut buffer);
    buffer
}

/// The rows, each with what is reversed (r), bold (b) and dim (.) in a row below it.
fn with_weights(desk: &Desk, size: (u16, u16)) -> String {
    let (buffer, text) = (drawn(desk, size), desk.text(size));
    let weight = |column: u16, row: u16| match buffer[(column, row)].modifier {
        weights if weights.contains(Modifier::REVERSED) => 'r',
        weights if weights.contains(Modifier::BOLD) => 'b',
        weights if weights.contains(Modifier::DIM) && buffer[(column, row)].symbol() != " " => '.',
        _ => ' ',
    };
    let both = |(row, line): (usize, &str)| {
        let weights: String = (0..size.0).map(|column| weight(column, row as u16)).collect();
        format!("{line}\n{}\n", weights.trim_end())
    };
    text.lines().enumerate().map(both).collect()
}

#[test]
fn no_colour_is_drawn_anywhere() {
    for lang in [Lang::En, Lang::Zh] {
        for keys in [
            "",
            "3 space j",
            "l \"two lots > 30 Feb\"",
            "a \"hottechi\"",
            "/ \"a\"",
            ": \"filter tier\"",
            ": \"theme day\" enter",
            "f \"tier:\"",
            "?",
            "w",
            "W",
            "B",
            "V",
            "F",
            "h",
            "enter",
            "4",
            "x",
        ] {
            let mut desk = without_colours(lang, (160, 50));
            desk.keys(keys);
            let buffer = drawn(&desk, (160, 50));
            let plain = |colour: Color| colour == Color::Reset;
            let coloured = buffer.content().iter().find(|cell| !plain(cell.fg) || !plain(cell.bg));
            assert_eq!(coloured, None, "{lang:?} {keys}");
        }
    }
}

#[test]
fn signs_and_weights_tell_what_colours_do() {
    for (lang, size) in [(Lang::En, (80, 24)), (Lang::Zh, (80, 24)), (Lang::En, (60, 15))] {
        let mut desk = without_colours(lang, size);
        desk.hear(Heard::News(News { head: 101, changed: Changed::These(vec![Id::customer(2)]) }));
        desk.keys("3");
        let (columns, rows) = size;
        insta::assert_snapshot!(format!("mono_{lang:?}_{columns}x{rows}"), with_weights(&desk, size));
        let screen = desk.text(size);
        for sign in ["!", "~", "▌"] {
            assert!(screen.contains(sign), "{sign}: {screen}");
        }
        let title = screen.lines().position(|row| row.contains(lang.pick("TASKS", "任务 我的"))).unwrap();
        let focus = &drawn(&desk, size)[(1, title as u16)];
        assert!(focus.modifier.contains(Modifier::REVERSED), "the pane in focus: {screen}");
    }
    let mut desk = without_colours(Lang::En, (80, 24));
    desk.hear(Heard::News(News { head: 101, changed: Changed::These(vec![Id::customer(2)]) }));
    assert!(desk.row(3).contains("9d  +"), "changed by others: {}", desk.row(3));
    desk.keys("j space");
    assert!(desk.small().contains('*'), "marked: {}", desk.small());
    desk.keys(": \"theme day\" enter");
    assert!(desk.footer().contains("no colours here"), "{}", desk.footer());
}
