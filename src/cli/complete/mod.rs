//! Completion in the shell: the scripts for bash, zsh and fish, and what they ask for. They hand over the line as it is
//! typed; what may stand at its end is found here, so that all three offer the same.
//!
//! ```text
//! line --read--> words, what is typed --find--> place in the tree --offers--> words (verbs, flags, values)
//! ```

mod line;
mod offers;
mod place;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use clap_complete::Shell;

use self::line::Line;
use self::offers::Offers;
use self::place::Place;
use super::failure::Done;
use super::gx::Gx;
use super::tree::tree;
use crate::text::Clean;

/// The script that asks for what may stand at the cursor; none for a shell that has only one of verbs and flags.
pub(super) fn script(shell: Shell) -> Option<&'static str> {
    match shell {
        Shell::Bash => Some(include_str!("gx.bash")),
        Shell::Zsh => Some(include_str!("gx.zsh")),
        Shell::Fish => Some(include_str!("gx.fish")),
        _ => None,
    }
}

/// Prints what may stand at the end of a line: a word a line, behind a tab what it is. `word` is the part of the line that
/// the shell replaces, where that is not the whole last word. `:files` asks for paths.
pub(super) fn at(gx: &mut Gx, shell: Shell, text: &str, word: Option<&str>) -> Done {
    let line = Line::read(text);
    let mut root = tree(gx.lang, None);
    root.build();
    let place = Place::find(&root, &line.words, &line.typed);
    gx.flags.store = value_of(&line, "--store").map(path).or(gx.flags.store.take());
    gx.flags.acting = value_of(&line, "--as").filter(|_| !place.path.starts_with(&["import"]));
    let Offers::Words(words) = gx.offers(&place, &line.typed) else {
        return Ok(gx.out.text(":files\n")?);
    };
    let mut offered = String::new();
    for (value, hint) in words {
        let (value, hint) = (Clean::washed(&value).0.line(), Clean::washed(&hint).0.line());
        match (shell, hint.as_str()) {
            (Shell::Bash, _) => offered.extend(for_bash(&line, &value, word)),
            (_, "") => offered.push_str(&value),
            (_, hint) => offered.extend([&value, "\t", hint]),
        }
        offered.push('\n');
    }
    Ok(gx.out.text(&offered)?)
}

/// A value as bash puts it in place of `word`, the last part of the word that is typed; none where it does not begin like
/// what stands before that part.
fn for_bash(line: &Line, value: &str, word: Option<&str>) -> Option<String> {
    let written = line.written(value)?;
    let before = line.raw.strip_suffix(word?).unwrap_or_default();
    let kept = written.get(..before.len()).filter(|kept| kept.eq_ignore_ascii_case(before))?;
    Some(written[kept.len()..].to_owned())
}

/// A path as the shell would hand it over: `~/` is the home.
fn path(typed: String) -> PathBuf {
    match typed.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => typed.into(),
    }
}

/// The value of a flag in the words before the cursor.
fn value_of(line: &Line, flag: &str) -> Option<String> {
    let mut words = line.words.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix(flag) {
            Some("") => return words.next().cloned(),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    None
}
