//! `gx import`: takes a file in, row by row.
//!
//! ```text
//! file (bytes -> cells) ─▶ map (columns -> fields) ─▶ rows (washed, known again, parents first)
//!        ─▶ chunks between BatchOpen and BatchClose ─▶ what was refused goes into a file, with the reason
//! ```
//!
//! Rows are known again, so a second run of one file changes nothing, and a run after a break completes the first.

mod file;
mod heads;
mod map;
mod mark;
mod order;
mod rows;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use self::file::{BadFile, Sheet};
use self::map::BadMap;
use self::mark::Mark;
use self::rows::{Fault, Prepared, Row};
use super::failure::{Done, FAILED, Failure, REFUSED, USAGE, shown};
use super::fields::Dry;
use super::gx::Gx;
use super::shape::id;
use super::tree::Verb;
use crate::model::{Became, Command, Id, Kind, Receipt, Refusal};
use crate::text::near::nearest;
use crate::text::say::{import as say, refusal};
use crate::text::{Clean, Lang};

/// Rows that are sent at once.
const CHUNK: usize = 500;
/// Bytes of text that are sent at once, well below what a frame takes.
const CHUNK_BYTES: usize = 1 << 20;
/// Rejected rows that are told where no file takes them.
const SHOWN: usize = 10;

/// The kinds that files hold, as they are called on the command line.
pub(super) const KINDS: [(&str, Kind); 8] = [
    ("members", Kind::Member),
    ("teams", Kind::Team),
    ("customers", Kind::Customer),
    ("contacts", Kind::Contact),
    ("interactions", Kind::Interaction),
    ("tasks", Kind::Task),
    ("deals", Kind::Deal),
    ("purchases", Kind::Purchase),
];

#[derive(Args, Debug)]
pub(super) struct Import {
    /// The file: CSV or the like; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// members, teams, customers, contacts, interactions, tasks, deals, purchases
    #[arg(long = "as", id = "kind", value_name = "KIND")]
    kind: String,
    /// Which column goes into which field; ref names the column that rows are known by. Other columns go
    /// into the fields of their name; gx help fields lists them
    #[arg(long, value_name = "FIELD=COLUMN,...")]
    map: Option<String>,
    /// Where rejected rows are written, with the reason; without it they make the exit code 5
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// What stands between cells: a character, or tab
    #[arg(long, value_name = "C")]
    delimiter: Option<String>,
    /// utf-8, gb18030, big5, utf-16le ...
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

/// What became of the rows.
#[derive(Debug, Default)]
struct Tally {
    created: u64,
    updated: u64,
    unchanged: u64,
    /// Which of the sheet's rows, and why.
    rejected: Vec<(usize, String)>,
    batch: Option<Id>,
}

impl Verb for Import {
    fn run(self, gx: &mut Gx) -> Done {
        let lang = gx.lang;
        let kind = kind_of(&self.kind, lang)?;
        let bytes = file::bytes(&self.file).map_err(|error| Failure::file(&self.file, &error, lang))?;
        let sheet = file::read(&bytes, self.encoding.as_deref(), self.delimiter.as_deref())
            .map_err(|bad| unread(&self.file, &bad, lang))?;
        let map = map::read(self.map.as_deref(), &sheet.header, kind).map_err(|bad| unmapped(&bad, lang))?;
        let errors = self.errors.as_deref().map(|path| errors_file(path, &self.file, lang)).transpose()?;
        if let Some(encoding) = sheet.guessed {
            gx.note(&say::read_as(lang, shown(&self.file), encoding));
        }
        let left = sheet.header.iter().enumerate().filter(|(column, _)| !map.takes(*column));
        let left: Vec<String> = left.map(|(_, name)| Clean::washed(name).0.line()).collect();
        if !left.is_empty() {
            gx.note(&say::not_taken(lang, left.join(lang.pick(", ", "、"))));
        }
        if kind == Kind::Customer && !map.fields.iter().any(|mapped| mapped.field.as_str() == "owner") {
            gx.note(say::nobodys(lang));
        }
        let prepared = rows::prepare(&sheet, &map, kind);
        if prepared.washed > 0 {
            gx.note(&say::washed(lang, prepared.washed));
        }
        let mut tally = Tally::default();
        tally.rejected.extend(prepared.rejected.iter().map(|(at, fault)| (*at, fault.say(lang))));
        if self.dry.dry_run {
            send(gx, kind, &prepared, None, &mut tally)?;
        } else {
            let known_by =
                Mark::new().feed(self.kind.as_bytes()).feed(self.map.as_deref().unwrap_or("").as_bytes());
            self.batch(gx, kind, &prepared, &known_by.feed(&bytes).text(), &mut tally)?;
        }
        tally.rejected.sort_by_key(|(at, _)| *at);
        let kept = self.reject(gx, &sheet, &tally, errors)?;
        self.tell(gx, &sheet, &prepared, &tally)?;
        if kept { Ok(()) } else { Err(rejected(tally.rejected.len(), sheet.rows.len(), lang)) }
    }
}

impl Import {
    /// Sends the rows as one batch.
    fn batch(&self, gx: &mut Gx, kind: Kind, prepared: &Prepared, mark: &str, tally: &mut Tally) -> Done {
        let name = self.file.file_name().map_or_else(|| "-".into(), |name| name.to_string_lossy());
        let name = Clean::washed(&format!("import {name} ({})", self.kind)).0;
        let open = Command::BatchOpen { name, fingerprint: Clean::washed(mark).0 };
        let opened = gx.act(open, false)?;
        let batch = opened.batch.or(opened.ids.first().copied());
        let batch = batch.ok_or_else(|| Failure::odd_answer(gx.lang))?;
        let lang = gx.lang;
        let sent = send(gx, kind, prepared, Some(batch), tally);
        sent.and_then(|()| gx.act(Command::BatchClose { batch }, false)).map_err(
            |failure| match failure.code {
                FAILED => failure.hint(say::run_again(lang)),
                _ => failure,
            },
        )?;
        tally.batch = (tally.created + tally.updated > 0).then_some(batch);
        Ok(())
    }

    /// Writes rejected rows where they belong. True where all of them are kept in a file, or there are none.
    fn reject(&self, gx: &Gx, sheet: &Sheet, tally: &Tally, errors: Option<File>) -> Done<bool> {
        let lang = gx.lang;
        if tally.rejected.is_empty() {
            return Ok(true);
        }
        if let (Some(file), Some(path)) = (errors, &self.errors) {
            let written = write_rejected(file, sheet, &tally.rejected);
            written.map_err(|error| Failure::file(path, &error, lang))?;
            gx.note(&say::rejected_into(lang, tally.rejected.len(), shown(path)));
            return Ok(true);
        }
        for (at, reason) in tally.rejected.iter().take(SHOWN) {
            gx.note(&say::rejected_row(lang, sheet.rows[*at].number, reason));
        }
        Ok(false)
    }

    fn tell(&self, gx: &mut Gx, sheet: &Sheet, prepared: &Prepared, tally: &Tally) -> Done {
        let lang = gx.lang;
        let (rows, rejected) = (sheet.rows.len(), tally.rejected.len());
        let counts = (tally.created, tally.updated, tally.unchanged);
        let text = if self.dry.dry_run {
            say::would_import(lang, rows, counts.0, counts.1, counts.2, rejected)
        } else {
            say::imported(lang, rows, counts.0, counts.1, counts.2, rejected)
        };
        let value = || -> Value {
            json!({
                "rows": rows,
                "created": tally.created,
                "updated": tally.updated,
                "unchanged": tally.unchanged,
                "rejected": rejected,
                "batch": tally.batch.map(id),
                "undo": tally.batch.map(|batch| format!("gx undo {batch}")),
                "washed": prepared.washed,
                "dry_run": self.dry.dry_run,
            })
        };
        gx.out.one(
            |page| {
                page.line([text.into()]);
                if let Some(batch) = tally.batch {
                    page.line([crate::text::say::cli::takes_back(lang, format!("gx undo {batch}")).into()]);
                }
            },
            value,
        )?;
        Ok(())
    }
}

/// Sends all rows, chunk by chunk, and counts what becomes of them. Without a batch nothing is written.
fn send(gx: &mut Gx, kind: Kind, prepared: &Prepared, batch: Option<Id>, tally: &mut Tally) -> Done {
    let (lang, total) = (gx.lang, prepared.rows.len());
    let mut progress = gx.progress();
    let mut left = prepared.rows.as_slice();
    while !left.is_empty() {
        let (chunk, rest) = left.split_at(chunk_of(left));
        let commands = chunk.iter().map(|row| row.command(kind)).collect();
        let done = gx.act_all(commands, batch, batch.is_none())?;
        for (row, done) in chunk.iter().zip(done) {
            count(gx, row, kind, prepared, done, batch.is_none(), tally)?;
        }
        left = rest;
        if total > CHUNK {
            progress.show(say::progress(lang, total - left.len(), total));
        }
    }
    Ok(())
}

/// How many rows go at once.
fn chunk_of(rows: &[Row]) -> usize {
    let mut bytes = 0;
    let fits = rows.iter().take(CHUNK).take_while(|row| {
        bytes += row.size();
        bytes <= CHUNK_BYTES
    });
    fits.count().max(1)
}

fn count(
    gx: &mut Gx,
    row: &Row,
    kind: Kind,
    prepared: &Prepared,
    done: Result<Receipt, Refusal>,
    dry_run: bool,
    tally: &mut Tally,
) -> Done {
    match done {
        Ok(Receipt { became: Became::Created, .. }) => tally.created += 1,
        Ok(Receipt { became: Became::Updated | Became::TakenBack, .. }) => tally.updated += 1,
        Ok(Receipt { became: Became::Unchanged, .. }) => tally.unchanged += 1,
        // In a dry run the rows before are not there: what names one of them would have found it.
        Err(Refusal::NoMatch(wanted, words)) if dry_run && wanted == kind && prepared.has(words.as_str()) => {
            tally.created += 1;
        }
        // These say nothing of the row: the next one would fare no better.
        Err(refusal) if refusal.concerns_all() => {
            return Err(gx.refused(refusal));
        }
        Err(refusal) => tally.rejected.push((row.at, gx.refused(refusal).message)),
    }
    Ok(())
}

impl Fault {
    fn say(self, lang: Lang) -> String {
        match self {
            Fault::Cells(found, wanted) => say::cells(lang, found, wanted),
            Fault::Circle => say::circle(lang).to_owned(),
            Fault::NoReference => say::no_reference(lang).to_owned(),
        }
    }
}

/// The kind that a word on the command line means, in the singular too.
pub(super) fn kind_of(word: &str, lang: Lang) -> Done<Kind> {
    let found = KINDS.iter().find(|(name, _)| *name == word || name.strip_suffix('s') == Some(word));
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        let names = KINDS.map(|(name, _)| name);
        let failure = Failure::usage(say::no_kind(lang, word));
        match nearest(word, names) {
            Some(near) => failure.hint(refusal::did_you_mean(lang, near)),
            None => failure.hint(say::kinds_are(lang, names.join(lang.pick(", ", "、")))),
        }
    })
}

fn unread(path: &Path, bad: &BadFile, lang: Lang) -> Failure {
    let code = if matches!(bad, BadFile::NoEncoding(_) | BadFile::BadDelimiter(_)) { USAGE } else { FAILED };
    Failure::new(code, format!("{}: {}", shown(path), bad.say(lang))).maybe_hint(bad.hint(lang))
}

fn unmapped(bad: &BadMap, lang: Lang) -> Failure {
    Failure::usage(bad.say(lang)).maybe_hint(bad.hint(lang))
}

fn rejected(count: usize, of: usize, lang: Lang) -> Failure {
    let message = say::rejected(lang, count);
    let failure = Failure::new(REFUSED, message);
    let failure = if count < of { failure.in_part() } else { failure };
    failure.hint(say::rejected_hint(lang))
}

/// The file for rejected rows, opened before anything is sent; empty where none are.
fn errors_file(path: &Path, source: &Path, lang: Lang) -> Done<File> {
    let same = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if same(path, source) {
        return Err(Failure::usage(say::errors_is_source(lang)));
    }
    File::create(path).map_err(|error| Failure::file(path, &error, lang))
}

/// The rejected rows as they stood in the file, so that they can be mended and taken in again, and the reasons.
fn write_rejected(file: File, sheet: &Sheet, rejected: &[(usize, String)]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(sheet.delimiter).flexible(true).from_writer(file);
    writer.write_record(sheet.header.iter().map(String::as_str).chain(["error"]))?;
    for (at, reason) in rejected {
        let cells = &sheet.rows[*at].cells;
        let missing = sheet.header.len().saturating_sub(cells.len());
        let filled = cells.iter().map(String::as_str).chain(std::iter::repeat_n("", missing));
        writer.write_record(filled.chain([reason.as_str()]))?;
    }
    writer.flush()
}
