//! Frames: how many bytes they take, and when there is a new one at all.

use std::io::{self, Write};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::*;

/// Counts what is written.
#[derive(Default)]
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many bytes the next frame takes.
fn bytes(screen: &mut Screen<Counter>, desk: &Desk) -> usize {
    let before = screen.writer().0;
    screen.draw(|buffer| desk.app.draw(buffer)).unwrap();
    screen.writer().0 - before
}

#[test]
fn frames_stay_within_their_budgets() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        let mut screen = Screen::new(Counter::default(), 80, 24);
        let first = bytes(&mut screen, &desk);
        assert!(first <= 6 * 1024, "{lang:?}: first paint {first}");
        assert_eq!(bytes(&mut screen, &desk), 0, "idle");

        desk.keys("j");
        let moved = bytes(&mut screen, &desk);
        assert!(moved <= 1024, "{lang:?}: moved row {moved}");
        desk.keys("/");
        bytes(&mut screen, &desk);
        for typed in ["c", "o"] {
            desk.online = false;
            desk.keys(&format!("\"{typed}\""));
            let echo = bytes(&mut screen, &desk);
            assert!(echo <= 64, "{lang:?}: echo {echo}");
            desk.online = true;
            for send in std::mem::take(&mut desk.unanswered) {
                desk.answer(send);
            }
            let results = bytes(&mut screen, &desk);
            assert!(results <= 1536, "{lang:?}: results {results}");
        }
        desk.keys("esc l");
        bytes(&mut screen, &desk);
        desk.keys("\"重\"");
        let echo = bytes(&mut screen, &desk);
        assert!(echo <= 64, "{lang:?}: echo in a form {echo}");
    }
}

#[test]
fn an_idle_screen_wakes_only_when_something_becomes_true() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.wait(150);
    let wake = desk.app.wake().unwrap();
    assert_eq!(wake, desk.server.tasks[2].due.unwrap().plus_seconds(1), "the next task is due");
    desk.app.tick(wake);
    desk.now = wake;
    desk.carry();
    assert!(desk.app.wake().unwrap() > wake, "it does not wake for that again");
}

#[test]
fn whoever_listens_gets_one_pane_in_words_and_the_cursor_on_the_row() {
    for lang in [Lang::En, Lang::Zh] {
        let theme = Theme::new(true, false).in_words();
        let mut desk = Desk::seen_in(theme, lang, (80, 24)).up();
        desk.keys("j");
        let screen = desk.small();
        insta::assert_snapshot!(format!("spoken_{lang:?}"), screen);
        assert!(!screen.contains(['│', '─', '┌', '!', '~', '▌']), "{screen}");
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        let cursor = desk.app.draw(&mut buffer);
        assert_eq!(cursor, Some(Position::new(0, 2)), "the second row");
        desk.keys("l");
        assert!(!desk.small().contains(['│', '─', '┌']), "{}", desk.small());
    }
}

#[test]
fn whoever_listens_gets_a_sheet_alone_and_words_with_blanks() {
    for lang in [Lang::En, Lang::Zh] {
        let theme = Theme::new(true, false).in_words();
        let mut desk = Desk::seen_in(theme, lang, (80, 24)).up();
        desk.keys("space");
        let marked = lang.pick("A marked Acme", "A 已标记 艾克美");
        assert!(desk.small().contains(marked), "{}", desk.small());
        let panes = desk.small();
        for keys in ["?", "/ \"c\"", "l", "enter", ":", "V", "C", "W", "B", "w", "F", "h", "y", "E", "i"] {
            desk.keys(keys);
            let screen = desk.small();
            let kept = panes.lines().take(23).filter(|row| row.len() > 20 && screen.contains(row));
            assert_eq!(kept.count(), 0, "{keys}: {screen}");
            assert!(!screen.contains("! ") && !screen.contains("~ "), "{keys}: {screen}");
            assert!(!screen.contains(['~', '▁', '█']), "{keys}: {screen}");
            let empty = screen.lines().any(|row| row.trim_end().ends_with(['·', ',']));
            assert!(keys != "W" || !empty, "a day without tasks has a number: {screen}");
            desk.keys("esc esc");
        }
    }
}
