//! What colours and signs mean.
//!
//! Four meanings have a colour, and each a sign that says the same without it. By itself the screen uses the terminal's
//! own 16 colours, so that people keep the palette they can read, on light and on dark. Two palettes with colours of
//! their own go down to the 256 of older terminals, and to those 16 where there are no more. Where there is no colour,
//! styles keep what is not colour: reverse video, bold and dim.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// The looks of the screen, as one terminal can show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    palette: Palette,
    /// There may be colours at all.
    colour: bool,
    depth: Depth,
    ascii: bool,
    spoken: bool,
}

/// The colours that a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// The terminal's own.
    #[default]
    Terminal,
    /// None.
    Mono,
    /// For dark terminals.
    Night,
    /// For light terminals.
    Day,
}

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// 16, of its own choice.
    Sixteen,
    /// 256, of which 240 are the same everywhere.
    Indexed,
    /// Every one.
    Full,
}

/// What a colour is for.
#[derive(Clone, Copy, Debug)]
enum Role {
    Late,
    Soon,
    New,
    FirstTier,
    SecondTier,
    Dim,
    Accent,
}

/// Red, green, blue.
type Rgb = (u8, u8, u8);

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
    /// The key that goes left.
    pub left: &'static str,
    /// The key that goes right.
    pub right: &'static str,
    /// A greeting.
    pub greeting: &'static str,
    /// A contact of the communication plan.
    pub rhythm: &'static str,
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
    left: "←",
    right: "→",
    greeting: "✿",
    rhythm: "↻",
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
    left: "left",
    right: "right",
    greeting: "+",
    rhythm: "%",
};

/// For the ear: nothing is drawn that is not said.
const SPOKEN: Signs =
    Signs { vertical: " ", horizontal: " ", cross: " ", bar: ">", dot: ",", up: "", down: "", ..ASCII };

const BLANK_BORDER: border::Set<'static> = border::Set {
    top_left: " ",
    top_right: " ",
    bottom_left: " ",
    bottom_right: " ",
    vertical_left: " ",
    vertical_right: " ",
    horizontal_top: " ",
    horizontal_bottom: " ",
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

impl Palette {
    /// Every palette.
    pub const ALL: [Palette; 4] = [Palette::Terminal, Palette::Mono, Palette::Night, Palette::Day];

    /// Its name in `config.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Palette::Terminal => "terminal",
            Palette::Mono => "mono",
            Palette::Night => "night",
            Palette::Day => "day",
        }
    }

    /// The palette of this name.
    pub fn from_name(name: &str) -> Option<Palette> {
        Palette::ALL.into_iter().find(|palette| palette.name() == name)
    }

    /// The palette's own colour; none where the terminal's is taken.
    fn own(self, role: Role) -> Option<Rgb> {
        let [night, day] = match role {
            Role::Late => [(0xff, 0x75, 0x7f), (0xb4, 0x1e, 0x2d)],
            Role::Soon => [(0xe5, 0xc0, 0x7b), (0x85, 0x5a, 0x00)],
            Role::New => [(0x5f, 0xd7, 0xd7), (0x00, 0x69, 0x75)],
            Role::FirstTier => [(0xd7, 0x9a, 0xff), (0x7a, 0x2f, 0x9a)],
            Role::SecondTier => [(0x9e, 0xce, 0x6a), (0x2a, 0x6e, 0x2d)],
            Role::Dim => [(0x94, 0x94, 0x94), (0x62, 0x62, 0x62)],
            Role::Accent => [(0x82, 0xaa, 0xff), (0x1d, 0x4e, 0xd8)],
        };
        match self {
            Palette::Terminal | Palette::Mono => None,
            Palette::Night => Some(night),
            Palette::Day => Some(day),
        }
    }
}

/// The name of the locale that decides how characters are written: the first of these that is set; empty where none is.
pub fn locale(env: impl Fn(&str) -> Option<String>) -> String {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default()
}

/// Whether a locale of this name writes UTF-8.
pub fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

impl Depth {
    /// As `COLORTERM` and `TERM` say.
    pub fn of(env: impl Fn(&str) -> Option<String>) -> Depth {
        let says = |name: &str, words: &[&str]| {
            env(name).is_some_and(|value| words.iter().any(|word| value.contains(word)))
        };
        if says("COLORTERM", &["truecolor", "24bit"]) || says("TERM", &["direct"]) {
            Depth::Full
        } else if says("TERM", &["256color"]) {
            Depth::Indexed
        } else {
            Depth::Sixteen
        }
    }
}

impl Theme {
    /// A theme with or without the terminal's own colours, with or without signs beyond ASCII.
    pub fn new(colour: bool, ascii: bool) -> Theme {
        let palette = if colour { Palette::Terminal } else { Palette::Mono };
        Theme { palette, colour, depth: Depth::Sixteen, ascii, spoken: false }
    }

    /// The theme for an environment. `colour` is what was asked for on the command line; else `NO_COLOR` (not empty)
    /// and `TERM=dumb` turn colour off. Signs beyond ASCII need a UTF-8 locale.
    pub fn of(colour: Option<bool>, env: impl Fn(&str) -> Option<String>) -> Theme {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let colour =
            colour.unwrap_or_else(|| set("NO_COLOR").is_none() && set("TERM").is_some_and(|t| t != "dumb"));
        Theme { depth: Depth::of(set), ..Theme::new(colour, !is_utf8(&locale(set))) }
    }

    /// The same theme with a palette, unless there is no colour at all.
    #[must_use]
    pub fn with(self, palette: Palette) -> Theme {
        Theme { palette: if self.colour { palette } else { Palette::Mono }, ..self }
    }

    /// The same theme with ASCII signs alone.
    #[must_use]
    pub fn in_ascii(self) -> Theme {
        Theme { ascii: true, ..self }
    }

    /// The same theme for whoever listens to the screen: no rules, no borders, one pane at a time, words for signs.
    #[must_use]
    pub fn in_words(self) -> Theme {
        Theme { spoken: true, ..self }
    }

    /// Whether it is for whoever listens to the screen.
    pub fn is_spoken(self) -> bool {
        self.spoken
    }

    /// The look of a meaning.
    pub fn mark(self, mark: Mark) -> Style {
        match mark {
            Mark::Late => self.colour(Role::Late).add_modifier(Modifier::BOLD),
            Mark::Soon => self.colour(Role::Soon),
            Mark::New => self.colour(Role::New),
            Mark::Done => self.dim(),
        }
    }

    /// The look of a tier's letter; rank 0 is the highest tier. None looks like one of the four meanings.
    pub fn tier(self, rank: usize) -> Style {
        match rank {
            0 => self.colour(Role::FirstTier).add_modifier(Modifier::BOLD),
            1 => self.colour(Role::SecondTier),
            _ => Style::new(),
        }
    }

    /// The title of a pane: reversed where the pane is in focus.
    pub fn title(self, focus: bool) -> Style {
        if focus { self.colour(Role::Accent).add_modifier(Modifier::REVERSED) } else { Style::new() }
    }

    /// The selected row, beside its bar; stronger where its pane is in focus.
    pub fn selected(self, focus: bool) -> Style {
        if focus { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() }
    }

    /// Rules between panes, hints, what is of no weight now.
    pub fn dim(self) -> Style {
        match self.own(Role::Dim) {
            Some(colour) => Style::new().fg(colour),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// A key in the footer and in help.
    pub fn key(self) -> Style {
        self.colour(Role::Accent).add_modifier(Modifier::BOLD)
    }

    /// Letters that a look-up found.
    pub fn found(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// The signs for bars, rules and arrows.
    pub fn signs(self) -> Signs {
        match (self.spoken, self.ascii) {
            (true, _) => SPOKEN,
            (false, true) => ASCII,
            (false, false) => UNICODE,
        }
    }

    /// Whether ASCII signs alone are drawn.
    pub fn is_ascii(self) -> bool {
        self.ascii
    }

    /// The border of a sheet.
    pub fn border(self) -> border::Set<'static> {
        match (self.spoken, self.ascii) {
            (true, _) => BLANK_BORDER,
            (false, true) => ASCII_BORDER,
            (false, false) => border::PLAIN,
        }
    }

    fn colour(self, role: Role) -> Style {
        let terminal = match role {
            Role::Late => Some(Color::Red),
            Role::Soon => Some(Color::Yellow),
            Role::New => Some(Color::Cyan),
            Role::FirstTier => Some(Color::Magenta),
            Role::SecondTier => Some(Color::Green),
            Role::Dim | Role::Accent => None,
        };
        let colour = self.own(role).or(terminal.filter(|_| self.palette != Palette::Mono));
        colour.map_or_else(Style::new, |colour| Style::new().fg(colour))
    }

    /// The palette's own colour, as the terminal can show it.
    fn own(self, role: Role) -> Option<Color> {
        let (red, green, blue) = self.palette.own(role)?;
        match self.depth {
            Depth::Sixteen => None,
            Depth::Indexed => Some(Color::Indexed(nearest((red, green, blue)))),
            Depth::Full => Some(Color::Rgb(red, green, blue)),
        }
    }
}

/// Of the 240 colours that are the same on every terminal with 256, the nearest. They are a cube of six steps a side
/// from 16 on, and 24 greys from 232 on, as xterm has them.
fn nearest(colour: Rgb) -> u8 {
    let far = |index: &u8| {
        let (red, green, blue) = indexed(*index);
        let off = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        off(red, colour.0) + off(green, colour.1) + off(blue, colour.2)
    };
    (16..=255).min_by_key(far).unwrap_or(16)
}

/// One of the 240.
fn indexed(index: u8) -> Rgb {
    let step = |nth: u8| if nth == 0 { 0 } else { 55 + 40 * nth };
    match index.saturating_sub(16) {
        grey @ 216.. => {
            let level = 8 + 10 * (grey - 216);
            (level, level, level)
        }
        place => (step(place / 36), step(place / 6 % 6), step(place % 6)),
    }
}

#[cfg(test)]
mod tests;
