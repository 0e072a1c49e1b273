//! What colours and signs mean.
//!
//! Four meanings have a colour, and each a sign that says the same without it. The terminal's own 16 colours are used,
//! so that people keep the palette they can read. Where there is no colour, styles keep what is not colour: reverse
//! video, bold and dim.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// The looks of the screen, as one terminal can show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    colour: bool,
    ascii: bool,
}

/// What a row or a word may mean beside what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It should have been done.
    Late,
    /// It is due soon.
    Soon,
    /// It came since the last look.
    New,
    /// It is done.
    Done,
}

/// The signs that ASCII has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// At the left edge of the selected row.
    pub bar: &'static str,
    /// Between panes side by side.
    pub vertical: &'static str,
    /// Between panes one above the other.
    pub horizontal: &'static str,
    /// Where two rules cross.
    pub cross: &'static str,
    /// Sorted ascending.
    pub up: &'static str,
    /// Sorted descending.
    pub down: &'static str,
    /// Before the chosen value.
    pub chosen: &'static str,
    /// Between parts of a line.
    pub dot: &'static str,
    /// The full part of a gauge.
    pub full: &'static str,
    /// The key that goes right.
    pub right: &'static str,
}

const UNICODE: Signs = Signs {
    bar: "▌",
    vertical: "│",
    horizontal: "─",
    cross: "┼",
    up: "↑",
    down: "↓",
    chosen: "▸",
    dot: "·",
    full: "▇",
    right: "→",
};

const ASCII: Signs = Signs {
    bar: "|",
    vertical: "|",
    horizontal: "-",
    cross: "+",
    up: "^",
    down: "v",
    chosen: ">",
    dot: "-",
    full: "#",
    right: "right",
};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

impl Mark {
    /// The sign that says it without colour; one ASCII character.
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Late => "!",
            Mark::Soon => "~",
            Mark::New => "+",
            Mark::Done => "x",
        }
    }
}

impl Theme {
    /// A theme with or without colour, with or without signs beyond ASCII.
    pub fn new(colour: bool, ascii: bool) -> Theme {
        Theme { colour, ascii }
    }

    /// The theme for an environment. `colour` is what was asked for on the command line; else `NO_COLOR` (not empty) and
    /// `TERM=dumb` turn colour off. Signs beyond ASCII need a UTF-8 locale.
    pub fn of(colour: Option<bool>, env: impl Fn(&str) -> Option<String>) -> Theme {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let colour =
            colour.unwrap_or_else(|| set("NO_COLOR").is_none() && set("TERM").is_some_and(|t| t != "dumb"));
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default();
        let locale = locale.to_ascii_lowercase();
        Theme { colour, ascii: !locale.contains("utf-8") && !locale.contains("utf8") }
    }

    /// The same theme with ASCII signs alone.
    #[must_use]
    pub fn in_ascii(self) -> Theme {
        Theme { ascii: true, ..self }
    }

    /// The look of a meaning.
    pub fn mark(self, mark: Mark) -> Style {
        match mark {
            Mark::Late => self.colour(Color::Red).add_modifier(Modifier::BOLD),
            Mark::Soon => self.colour(Color::Yellow),
            Mark::New => self.colour(Color::Cyan),
            Mark::Done => self.dim(),
        }
    }

    /// The look of a tier's letter; rank 0 is the highest tier. None looks like one of the four meanings.
    pub fn tier(self, rank: usize) -> Style {
        match rank {
            0 => self.colour(Color::Magenta).add_modifier(Modifier::BOLD),
            1 => self.colour(Color::Green),
            _ => Style::new(),
        }
    }

    /// The title of a pane: reversed where the pane is in focus.
    pub fn title(self, focus: bool) -> Style {
        if focus { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() }
    }

    /// The selected row, beside its bar; stronger where its pane is in focus.
    pub fn selected(self, focus: bool) -> Style {
        if focus { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() }
    }

    /// Rules between panes, hints, what is of no weight now.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// A key in the footer and in help.
    pub fn key(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Letters that a look-up found.
    pub fn found(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// The signs for bars, rules and arrows.
    pub fn signs(self) -> Signs {
        if self.ascii { ASCII } else { UNICODE }
    }

    /// The border of a sheet.
    pub fn border(self) -> border::Set<'static> {
        if self.ascii { ASCII_BORDER } else { border::PLAIN }
    }

    fn colour(self, colour: Color) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const MARKS: [Mark; 4] = [Mark::Late, Mark::Soon, Mark::New, Mark::Done];

    fn of(colour: Option<bool>, env: &[(&str, &str)]) -> Theme {
        Theme::of(colour, |name| env.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn each_meaning_has_a_sign_and_a_look_of_its_own() {
        let theme = Theme::new(true, false);
        let signs: BTreeSet<_> = MARKS.iter().map(|mark| mark.sign()).collect();
        assert_eq!(signs.len(), MARKS.len());
        for (i, mark) in MARKS.iter().enumerate() {
            assert!(MARKS[i + 1..].iter().all(|other| theme.mark(*mark) != theme.mark(*other)), "{mark:?}");
            assert!((0..3).all(|rank| theme.tier(rank) != theme.mark(*mark)), "{mark:?}");
        }
    }

    #[test]
    fn without_colour_the_focus_is_still_seen() {
        let theme = of(None, &[("NO_COLOR", "1"), ("TERM", "xterm"), ("LANG", "zh_CN.UTF-8")]);
        assert_eq!(theme, Theme::new(false, false));
        assert!(theme.title(true).add_modifier.contains(Modifier::REVERSED));
        for style in MARKS.map(|mark| theme.mark(mark)).into_iter().chain((0..3).map(|rank| theme.tier(rank)))
        {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn the_environment_decides_unless_somebody_asked() {
        assert_eq!(of(None, &[("TERM", "xterm"), ("LC_ALL", "en_US.utf8")]), Theme::new(true, false));
        assert_eq!(of(None, &[("TERM", "xterm"), ("NO_COLOR", "")]), Theme::new(true, true));
        assert_eq!(of(None, &[("TERM", "dumb")]), Theme::new(false, true));
        assert_eq!(of(Some(true), &[("NO_COLOR", "1")]), Theme::new(true, true));
        let posix = of(None, &[("TERM", "xterm"), ("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]);
        assert_eq!(posix.signs().vertical, "|", "LC_ALL goes before LANG");
    }

    #[test]
    fn the_ascii_form_is_ascii() {
        let theme = Theme::new(true, true);
        let Signs { bar, vertical, horizontal, cross, up, down, chosen, dot, full, right } = theme.signs();
        let border = theme.border();
        assert!(right.is_ascii());
        for sign in [bar, vertical, horizontal, cross, up, down, chosen, dot, full, border.top_left] {
            assert!(sign.is_ascii() && sign.len() == 1, "{sign}");
        }
    }
}
