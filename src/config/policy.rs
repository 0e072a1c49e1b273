//! The file of a policy, and the files of days that its calendars name. Only the text of a policy travels: what those
//! files say is written into it, on the line that names them, so that every other line stays where it is.
//!
//! ```toml
//! [calendar.berlin]
//! week = "Mon-Fri 09:00-17:00"
//! file = "berlin.toml"        # holidays = ["2026-10-03"], workdays = [..], at once or year by year
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text::days;
use crate::text::say::{policy as say, rules};
use crate::text::{Clean, Lang, Unclean};

/// A file is read up to so many bytes: more than any policy has.
const LONGEST: u64 = 1 << 20;

/// Why a policy or a file of days cannot be taken.
#[derive(Debug)]
pub struct BadFile {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum Why {
    /// It cannot be read.
    Unread(io::Error),
    /// It is longer than any policy.
    TooLong,
    /// It is no text in UTF-8.
    NoText,
    /// It holds a character that may not stand in a text.
    Unclean(Unclean),
    /// A file of days does not read: the line and the column, and what is wrong in both languages.
    NoDays((usize, usize), String, String),
}

impl BadFile {
    /// In a sentence.
    pub fn say(&self, lang: Lang) -> String {
        let path = Clean::washed(&self.path.display().to_string()).0.line();
        match &self.why {
            Why::Unread(error) => {
                let said = error.to_string();
                say::unread(lang, path, said.split(" (os error").next().unwrap_or_default())
            }
            Why::TooLong => say::too_long(lang, path),
            Why::NoText => say::no_text(lang, path),
            Why::Unclean(found) => crate::text::say::text::unclean(lang, path, found.code(), found.at),
            Why::NoDays((line, column), en, zh) => format!("{path}:{line}:{column}: {}", lang.pick(en, zh)),
        }
    }
}

/// The text of a policy file, or of stdin for `-`, with the days of the files that it names.
pub fn read(path: &Path) -> Result<Clean, BadFile> {
    // Only what is meant to be the policy may be stdin: a calendar's file named `-` is a file.
    let text = match path.to_str() {
        Some("-") => text_of(path, Ok(io::stdin())),
        _ => text_of(path, fs::File::open(path)),
    }?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let text = with_days(&text, folder)?;
    Clean::new(&text).map_err(|found| BadFile { path: path.to_owned(), why: Why::Unclean(found) })
}

/// The text of a file. Tabs become blanks, so that columns stay what they are.
fn text_of(path: &Path, source: io::Result<impl Read>) -> Result<String, BadFile> {
    let bad = |why| BadFile { path: path.to_owned(), why };
    let mut bytes = Vec::new();
    let read = source.and_then(|source| source.take(LONGEST).read_to_end(&mut bytes));
    read.map_err(|error| bad(Why::Unread(error)))?;
    if bytes.len() as u64 >= LONGEST {
        return Err(bad(Why::TooLong));
    }
    let text = String::from_utf8(bytes).map_err(|_| bad(Why::NoText))?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\t', " "))
}

/// The text with the days of each file in the place of its name. What is no TOML stays as it is: that is told by
/// whoever checks the policy.
fn with_days(text: &str, folder: &Path) -> Result<String, BadFile> {
    let mut named = DeTable::parse(text).map(|policy| files(policy.get_ref())).unwrap_or_default();
    named.sort_by_key(|(at, _)| std::cmp::Reverse(at.start));
    let mut text = text.to_owned();
    for (at, name) in named {
        let days = days_of(&folder.join(&name), &name)?;
        text.replace_range(at, &days);
    }
    Ok(text)
}

/// The files that calendars name, with their places.
fn files(policy: &DeTable<'_>) -> Vec<(Range<usize>, String)> {
    let calendars = policy.get("calendar").and_then(|value| value.get_ref().as_table());
    let calendars = calendars.into_iter().flat_map(|table| table.values());
    let file = |value: &Spanned<DeValue<'_>>| {
        let file = value.get_ref().as_table()?.get("file")?;
        Some((file.span(), file.get_ref().as_str()?.to_owned()))
    };
    calendars.filter_map(file).collect()
}

/// What a file of days says, on one line.
fn days_of(path: &Path, name: &str) -> Result<String, BadFile> {
    let text = text_of(path, fs::File::open(path))?;
    let bad = |at: usize, en: String, zh: String| {
        let before = &text[..text.floor_char_boundary(at)];
        let column = before.chars().rev().take_while(|sign| *sign != '\n').count() + 1;
        let line = before.matches('\n').count() + 1;
        BadFile { path: path.to_owned(), why: Why::NoDays((line, column), en, zh) }
    };
    let table = DeTable::parse(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let said = |lang| say::no_toml(lang, error.message());
        bad(at, said(Lang::En), said(Lang::Zh))
    })?;
    let mut lists = Lists::default();
    lists.take(table.get_ref(), true).map_err(|fault| {
        let said = |lang| fault.say(lang);
        bad(fault.at(), said(Lang::En), said(Lang::Zh))
    })?;
    lists.holidays.sort_unstable();
    lists.workdays.sort_unstable();
    let list = |days: &[String]| days.iter().map(|day| quoted(day)).collect::<Vec<_>>().join(", ");
    let [holidays, workdays] = [list(&lists.holidays), list(&lists.workdays)];
    Ok(format!("{{ name = {}, holidays = [{holidays}], workdays = [{workdays}] }}", quoted(name)))
}

/// A text as TOML has it on one line. Other control characters are refused with the policy's text.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '\\' | '"' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// An entry of a list of days, as everybody writes it.
fn entry_of(days: &BTreeSet<NaiveDate>) -> String {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}..{last}"),
        (first, _) => first.map(NaiveDate::to_string).unwrap_or_default(),
    }
}

/// The two lists of a file, entry by entry.
#[derive(Default)]
struct Lists {
    holidays: Vec<String>,
    workdays: Vec<String>,
}

/// What is wrong in a file of days, and where.
enum Fault {
    /// Only these keys may stand here.
    Key(usize, String),
    /// An entry, or a list, is not what it should be.
    Entry(usize, String),
}

impl Fault {
    fn at(&self) -> usize {
        match self {
            Fault::Key(at, _) | Fault::Entry(at, _) => *at,
        }
    }

    fn say(&self, lang: Lang) -> String {
        match self {
            Fault::Key(_, key) => say::no_such_days(lang, key.escape_debug()),
            Fault::Entry(_, entry) => rules::days_no_date(lang, entry.escape_debug()),
        }
    }
}

impl Lists {
    /// Takes in the lists of a table; at the top, also those of the tables in it: a year each.
    fn take(&mut self, table: &DeTable<'_>, is_top: bool) -> Result<(), Fault> {
        for (key, value) in table {
            let list = match key.get_ref().as_ref() {
                "holidays" => &mut self.holidays,
                "workdays" => &mut self.workdays,
                "source" => continue,
                name => match value.get_ref().as_table() {
                    Some(year) if is_top => {
                        self.take(year, false)?;
                        continue;
                    }
                    _ => return Err(Fault::Key(key.span().start, name.to_owned())),
                },
            };
            let whole =
                |value: &Spanned<DeValue<'_>>, text: &str| Fault::Entry(value.span().start, text.to_owned());
            for entry in value.get_ref().as_array().ok_or_else(|| whole(value, key.get_ref()))? {
                let text = entry.get_ref().as_str().unwrap_or_default();
                list.push(entry_of(&days::parse(text).map_err(|_| whole(entry, text))?));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str =
        "[calendar.berlin]\nweek = \"Mon-Fri 09:00-17:00\"\nfile = \"days/be.toml\"  # ours\n";

    /// A folder with a policy and its file of days.
    fn folder(policy: &str, days: Option<&[u8]>) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("policy.toml"), policy).unwrap();
        fs::create_dir(folder.path().join("days")).unwrap();
        if let Some(days) = days {
            fs::write(folder.path().join("days/be.toml"), days).unwrap();
        }
        folder
    }

    fn taken(policy: &str, days: Option<&[u8]>) -> Result<String, String> {
        let folder = folder(policy, days);
        let read = read(&folder.path().join("policy.toml"));
        let inside = format!("{}/", folder.path().display());
        read.map(|text| text.to_string()).map_err(|bad| bad.say(Lang::En).replace(&inside, ""))
    }

    #[test]
    fn the_days_of_a_file_stand_in_the_place_of_its_name() {
        let days = "source = \"the city\"\nholidays = [\"2026-10-03\"]\n[2027]\nholidays = [\"2027-03-08\"]\nworkdays = [\"2027-03-13\"]";
        let text = taken(POLICY, Some(days.as_bytes())).unwrap();
        let line = "file = { name = \"days/be.toml\", holidays = [\"2026-10-03\", \"2027-03-08\"], workdays = [\"2027-03-13\"] }  # ours";
        assert_eq!(text.lines().nth(2), Some(line));
        assert_eq!(text.lines().count(), POLICY.lines().count());
        assert_eq!(taken(&text, None).unwrap(), text, "what is taken in needs no file any more");
    }

    #[test]
    fn a_file_of_days_that_cannot_be_taken_is_told_with_its_place() {
        for (days, said) in [
            (None, "days/be.toml cannot be read: No such file or directory"),
            (Some(&b"holidays = [\"2026-10-03\"]\xff"[..]), "days/be.toml is no text in UTF-8"),
            (Some(b"x = 1"), "days/be.toml:1:1: \"x\" has no place here"),
            (Some(b"\nholidays = [\"2026-13-01\"]"), "days/be.toml:2:13: \"2026-13-01\" is no day"),
            (Some(b"holidays = \"2026-10-01\""), "days/be.toml:1:12: \"holidays\" is no day"),
            (Some(b"[2026.x]\nholidays = []"), "days/be.toml:1:7: \"x\" has no place here"),
            (Some(b"holidays = ["), "days/be.toml:1:"),
        ] {
            let refused = taken(POLICY, days).unwrap_err();
            assert!(refused.starts_with(said), "{refused}");
        }
    }

    #[test]
    fn a_day_that_is_written_oddly_breaks_no_line() {
        let days = "holidays = [\"\\n2026-10-03\", \" 2026-10-05 .. 2026-10-07\"]";
        let text = taken(POLICY, Some(days.as_bytes())).unwrap();
        assert!(text.contains("holidays = [\"2026-10-03\", \"2026-10-05..2026-10-07\"]"), "{text}");
        let named = POLICY.replace("days/be.toml", "days/../days/be\\u000A.toml");
        let folder = folder(&named, None);
        fs::write(folder.path().join("days/be\n.toml"), "").unwrap();
        let text = read(&folder.path().join("policy.toml")).unwrap();
        assert_eq!(text.as_str().lines().count(), POLICY.lines().count(), "{text}");
    }

    #[test]
    fn a_file_of_days_is_never_read_from_stdin() {
        let refused = with_days(&POLICY.replace("days/be.toml", "-"), Path::new(""));
        assert!(matches!(refused.unwrap_err().why, Why::Unread(_)));
    }

    #[test]
    fn what_is_no_toml_and_what_names_no_file_stays_as_it_is() {
        for policy in ["calendar = [", "[calendar.x]\nfile = 3\n", "schema = 1\n", ""] {
            assert_eq!(taken(policy, None).as_deref(), Ok(policy));
        }
        assert!(taken("a\u{1b}b", None).is_err());
    }
}
