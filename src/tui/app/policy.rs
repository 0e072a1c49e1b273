//! A policy is tried, compared, adopted, and what it would do written to a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::{App, LinkState, Question};
use crate::config;
use crate::keys::Act;
use crate::model::query::{Move, Preview, Return};
use crate::model::{Became, Id, Instant, Named, Receipt};
use crate::text::Clean;
use crate::text::say::trial as say;
use crate::text::say::tui;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::page::Tells;
use crate::tui::sheets::trial::Trial;

/// So many files of one name are written beside each other.
const FILES: usize = 100;

impl App {
    /// Tries the policy of a file: what is wrong with it, or what it would do.
    pub(super) fn try_policy(&mut self, file: &Clean) {
        if !matches!(self.link, LinkState::Up) {
            return self.fail(tui::needs_link(self.lang));
        }
        let Some(text) = self.read_policy(file) else { return };
        let kept = self.habits.tried(file.clone());
        self.kept(kept);
        self.book.try_policy(text, self.now);
        let name = Path::new(file.as_str()).file_name().map(|name| name.to_string_lossy().into_owned());
        self.sheets.push(Sheet::Trial(Trial::of(name.unwrap_or_else(|| file.line()))));
    }

    /// Reads the file once more and tries what it holds now.
    pub(super) fn try_again(&mut self) {
        let file = self.habits.policy.clone();
        let Some(text) = self.read_policy(&file) else { return };
        self.book.try_policy(text, self.now);
        if let Some(Sheet::Trial(trial)) = self.sheets.last_mut() {
            trial.begin_again();
        }
    }

    /// The text of a file.
    fn read_policy(&mut self, file: &Clean) -> Option<Clean> {
        let read = config::policy::read(Path::new(file.as_str()));
        read.map_err(|bad| self.fail(bad.say(self.lang))).ok()
    }

    /// Shows the policies that were adopted.
    pub(super) fn policy_history(&mut self) {
        if !matches!(self.link, LinkState::Up) {
            return self.fail(tui::needs_link(self.lang));
        }
        self.book.ask_versions(self.now);
        self.sheets.push(Sheet::Trial(Trial::versions()));
    }

    /// A customer's card over the sheet, which is there again when the card is left.
    pub(super) fn open_card(&mut self, customer: Named) {
        self.show(customer);
        self.open(Tells::Card);
    }

    /// Asks whether the policy that is tried is put in force, once it is known what that does.
    pub(super) fn ask_adoption(&mut self) {
        if self.stays_as_it_was() {
            return;
        }
        match &self.book.tried.preview {
            _ if self.book.tried.errors() > 0 => self.fail(say::has_errors(self.lang)),
            None => self.fail(say::wait(self.lang)),
            Some(_) => self.question = Some(Question::Adopt),
        }
    }

    /// What is asked before it is put in force.
    pub(super) fn sure_of_policy(&self) -> String {
        let Some(preview) = &self.book.tried.preview else { return String::new() };
        say::sure(self.lang, self.policy_tried(), preview.moving(), preview.customers)
    }

    fn policy_tried(&self) -> &str {
        let trial = self.sheets.iter().rev().find_map(|sheet| match sheet {
            Sheet::Trial(trial) => Some(trial.name()),
            _ => None,
        });
        trial.unwrap_or_default()
    }

    /// Puts it in force, or leaves it.
    pub(super) fn adopt(&mut self, yes: bool) {
        if !yes {
            return self.tell(say::not_done(self.lang));
        }
        let (name, text) = (Clean::washed(self.policy_tried()).0, self.book.tried.text.clone());
        if matches!(self.link, LinkState::Up) {
            self.tell(say::grading(self.lang));
        }
        self.order(|desk, ticket| desk.adopt(name.clone(), text.clone(), ticket));
    }

    /// It is in force, and the book is graded by it.
    pub(super) fn adopted(&mut self, name: &Clean, receipt: &Receipt) {
        if matches!(self.sheets.last(), Some(Sheet::Trial(_))) {
            self.sheets.pop();
            self.book.forget_policy();
        }
        self.book.refresh(self.now);
        if receipt.became == Became::Unchanged {
            return self.tell(say::unchanged(self.lang, name));
        }
        let undo = self.look().key(self.focus.scope(), Act::Undo);
        self.tell(say::adopted(self.lang, name, undo));
    }

    /// Asks for everybody who would move, to write them to a file.
    pub(super) fn export_moves(&mut self) {
        if self.book.tried.preview.is_none() {
            return self.fail(say::wait(self.lang));
        }
        self.book.ask_export(self.now);
    }

    /// Writes them, in the folder in which the screen was started and to a file that was not there.
    pub(super) fn write_moves(&mut self) {
        let Some(preview) = self.book.tried.whole.take() else { return };
        let stem = Path::new(self.policy_tried()).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let stem = stem.unwrap_or_default();
        let (path, written) = write_new(&stem, &preview, self.book.zone());
        let file = Clean::washed(&path.to_string_lossy()).0.line();
        match written {
            Ok(()) if preview.more + preview.more_returns > 0 => {
                self.tell(say::exported_some(self.lang, file, preview.more, preview.more_returns));
            }
            Ok(()) => self.tell(say::exported(self.lang, preview.moves.len(), file)),
            Err(error) => self.fail(say::not_exported(self.lang, file, error)),
        }
    }
}

/// Writes who would move or return to `NAME-moves.csv` or, where that is there, to a file with a number.
fn write_new(stem: &str, preview: &Preview, zone: Tz) -> (PathBuf, io::Result<()>) {
    let path = |nth: usize| {
        let number = if nth == 0 { String::new() } else { format!("-{}", nth + 1) };
        PathBuf::from(format!("{stem}-moves{number}.csv"))
    };
    for nth in 0..FILES {
        match File::create_new(path(nth)) {
            Ok(file) => return (path(nth), write(file, preview, zone)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return (path(nth), Err(error)),
        }
    }
    (path(0), Err(io::ErrorKind::AlreadyExists.into()))
}

/// The heads of the columns.
const HEADS: [&str; 14] = [
    "customer",
    "name",
    "owner",
    "from",
    "to",
    "stage_from",
    "stage_to",
    "confirmed",
    "rule",
    "reason",
    "pool",
    "returns",
    "returns_now",
    "return_rule",
];

/// A row for everybody who would move or return to a pool.
fn write(file: File, preview: &Preview, zone: Tz) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(file);
    rows.write_record(HEADS)?;
    let mut returns: BTreeMap<Id, &Return> = preview.returns.iter().map(|to| (to.customer.id, to)).collect();
    returns.retain(|_, to| to.at != [None; 2]);
    for to in &preview.moves {
        let pooled = returned(returns.remove(&to.customer.id), zone);
        rows.write_record(moved(to).into_iter().chain(pooled))?;
    }
    for to in returns.into_values() {
        let owner = to.owner.as_ref().map(|owner| owner.name.line()).unwrap_or_default();
        let who = [to.customer.id.to_string(), to.customer.name.line(), owner];
        let stays = std::iter::repeat_n(String::new(), 7);
        rows.write_record(who.into_iter().chain(stays).chain(returned(Some(to), zone)))?;
    }
    rows.flush()
}

fn moved(to: &Move) -> [String; 10] {
    let reasons = to.reasons.iter().map(|reason| {
        if reason.fact.is_empty() {
            reason.condition.line()
        } else {
            format!("{} ({})", reason.condition, reason.fact)
        }
    });
    [
        to.customer.id.to_string(),
        to.customer.name.line(),
        to.owner.as_ref().map(|owner| owner.name.line()).unwrap_or_default(),
        to.tier[0].line(),
        to.tier[1].line(),
        to.stage[0].line(),
        to.stage[1].line(),
        to.confirmed.map(|day| day.date().to_string()).unwrap_or_default(),
        to.rule.line(),
        to.head.as_ref().map_or_else(|| reasons.collect::<Vec<_>>().join("; "), |head| head.name.line()),
    ]
}

fn returned(to: Option<&Return>, zone: Tz) -> [String; 4] {
    let Some(to) = to else { return Default::default() };
    let at = |at: Option<Instant>| at.map(|at| at.say(zone)).unwrap_or_default();
    [to.pool[1].line(), at(to.at[1]), at(to.at[0]), to.rule.line()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_moves_or_returns_has_a_row() {
        let named = |n, name| Named { id: Id::customer(n), name: Clean::known(name) };
        let way = |from, to| [Clean::known(from), Clean::known(to)];
        let to = Move {
            customer: named(1, "Acme, Ltd"),
            owner: None,
            tier: way("A", "B"),
            stage: way("new", "new"),
            confirmed: None,
            rule: Clean::known("spend()>1"),
            reasons: Vec::new(),
            head: Some(named(9, "Head")),
        };
        let back = |n, name| Return {
            customer: named(n, name),
            owner: None,
            pool: way("", "east"),
            at: [None, Some(Instant(0))],
            warned: None,
            rule: Clean::known("idle>30d"),
            en: Clean::default(),
            zh: Clean::default(),
        };
        let returns = vec![back(1, "Acme, Ltd"), back(2, "Beta")];
        let preview = Preview { moves: vec![to], returns, ..Preview::default() };
        let file = tempfile::NamedTempFile::new().unwrap();
        write(file.reopen().unwrap(), &preview, Tz::UTC).unwrap();
        let written = std::fs::read_to_string(file.path()).unwrap();
        let lines: Vec<&str> = written.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "c1,\"Acme, Ltd\",,A,B,new,new,,spend()>1,Head,east,1970-01-01 00:00,,idle>30d",
                "c2,Beta,,,,,,,,,east,1970-01-01 00:00,,idle>30d",
            ]
        );
    }
}
