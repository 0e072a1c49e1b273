//! `gx` alone: the screen.

use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;

use super::demo::Throwaway;
use super::failure::{Done, Failure, USAGE};
use super::gx::Gx;
use super::output::Color;
use crate::config::{self, Config};
use crate::text::Lang;
use crate::text::say::cli as say;
use crate::tui::theme::Palette;
use crate::tui::{self, Exit, TuiError};

/// Shows the screen of a store until it is left.
pub(super) fn screen(gx: &Gx) -> Done {
    let dir = gx.dir()?;
    let done = show(gx, dir.clone());
    Throwaway::leave_folder(gx, &dir);
    done
}

/// Shows the screen of the store in a folder.
pub(super) fn show(gx: &Gx, store: PathBuf) -> Done {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(Failure::new(USAGE, say::no_terminal(gx.lang)).hint(say::no_terminal_hint(gx.lang)));
    }
    let own = Config::load().map_err(|error| Failure::new(USAGE, error.say(gx.lang)))?;
    let options = tui::Options {
        store,
        lang: gx.lang_of(&own),
        as_member: gx.flags.acting.as_deref().map(|member| gx.clean("--as", member)).transpose()?,
        ascii: own.ascii,
        pointer: own.mouse,
        spoken: own.accessible || gx.flags.accessible,
        colour: match gx.flags.color {
            Color::Auto => None,
            Color::Always => Some(true),
            Color::Never => Some(false),
        },
        palette: palette(&own, gx.lang)?,
        state: config::state_dir(),
    };
    match tui::run(&options) {
        Ok(Exit::Left) => Ok(()),
        // As a shell would: 128 and the signal.
        Ok(Exit::Ended(reason)) => Err(Failure::new(128 + reason.signal(), say::ended(gx.lang))),
        Err(error) => Err(failed(error, gx.lang)),
    }
}

/// The palette that a person has set.
pub(super) fn palette(own: &Config, lang: Lang) -> Done<Palette> {
    let Some(name) = &own.theme else { return Ok(Palette::default()) };
    let unknown = || {
        let names = Palette::ALL.map(Palette::name).join(", ");
        Failure::usage(say::not_one_of(lang, "theme", name, names))
    };
    Palette::from_name(name).ok_or_else(unknown)
}

fn failed(error: TuiError, lang: Lang) -> Failure {
    match error {
        TuiError::Terminal(error) => Failure::failed(say::terminal_failed(lang, error)),
        TuiError::Link(error) => Failure::unreached(&error, lang),
        TuiError::Refused(refusal) => Failure::refused(*refusal, lang, chrono_tz::Tz::UTC),
    }
}
