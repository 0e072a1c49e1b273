//! How a person last had the list, and when they were last here: kept for each store in a small file of the person's
//! state folder, so that the next run begins as the last one ended.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::drafts;
use super::panes::columns::Arrangement;
use crate::keys::Act;
use crate::model::{Id, Instant};
use crate::text::Clean;

/// How many filters, and how many lines of the palette, are remembered.
const LINES: usize = 50;

/// What is kept between runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Habits {
    /// None: in memory only.
    #[serde(skip)]
    file: Option<PathBuf>,
    /// The filters that were typed, the newest last.
    pub(super) filters: Vec<Clean>,
    /// What was run in the palette, the newest last. The words of acts that write are for this run only.
    pub(super) ran: Vec<Clean>,
    /// The file of the policy that was tried last.
    pub(super) policy: Clean,
    /// The order of the list, its columns, and the view that was shown last.
    pub(super) list: Arrangement,
    /// When members were last here, by the store's clock, and the place in its journal up to which they saw
    /// everything. Of several only in practice stores.
    left: Vec<(Id, u64, Instant)>,
    /// The same, as it was when this run began.
    #[serde(skip)]
    before: Vec<(Id, u64, Instant)>,
}

impl Habits {
    /// What a file holds; one that does not read is as none.
    pub(super) fn load(file: PathBuf) -> Habits {
        let read = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let read: Habits = read.unwrap_or_default();
        Habits { file: Some(file), before: read.left.clone(), ..read }
    }

    /// Up to where a member saw everything before this run, and until when.
    pub(super) fn last_here(&self, member: Id) -> Option<(u64, Instant)> {
        self.before.iter().find(|(known, ..)| *known == member).map(|(_, place, at)| (*place, *at))
    }

    /// A member leaves, and has seen everything up to this place.
    pub(super) fn left(&mut self, member: Id, place: u64, at: Instant) -> io::Result<()> {
        self.left.retain(|(known, ..)| *known != member);
        self.left.push((member, place, at));
        self.save()
    }

    /// Remembers a filter as the newest.
    pub(super) fn typed(&mut self, filter: Clean) -> io::Result<()> {
        if filter.is_empty() {
            return Ok(());
        }
        remember(&mut self.filters, filter);
        self.save()
    }

    /// Remembers what was run in the palette as the newest.
    pub(super) fn ran(&mut self, line: Clean) -> io::Result<()> {
        remember(&mut self.ran, line);
        self.save()
    }

    /// The policy of this file is tried.
    pub(super) fn tried(&mut self, file: Clean) -> io::Result<()> {
        self.policy = file;
        self.save()
    }

    /// The list is seen so.
    pub(super) fn seen(&mut self, list: &Arrangement) -> io::Result<()> {
        if self.list == *list {
            return Ok(());
        }
        self.list = list.clone();
        self.save()
    }

    /// Writes it down.
    fn save(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut ran = Vec::new();
        for line in &self.ran {
            remember(&mut ran, lasting(line));
        }
        drafts::write(file, &serde_json::to_vec(&Habits { ran, ..self.clone() })?)
    }
}

/// What the next run may know of a line of the palette. What was told to an act that writes is the book's, or a
/// draft's.
fn lasting(line: &Clean) -> Clean {
    let name = line.as_str().split(' ').next().unwrap_or_default();
    match Act::from_name(name) {
        Some(act) if act.writes() => Clean::known(act.name()),
        _ => line.clone(),
    }
}

/// Puts a line behind the others, each once and not too many.
fn remember(lines: &mut Vec<Clean>, line: Clean) {
    lines.retain(|known| *known != line);
    lines.push(line);
    let over = lines.len().saturating_sub(LINES);
    lines.drain(..over);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn clean(text: &str) -> Clean {
        Clean::new(text).unwrap()
    }

    #[test]
    fn each_member_is_told_when_they_left_the_run_before() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("store.json");
        let [anna, bo] = [1, 2].map(|n| Id::new(Kind::Member, n));
        let mut habits = Habits::load(file.clone());
        assert_eq!(habits.last_here(anna), None);
        habits.left(anna, 7, Instant(70)).unwrap();
        assert_eq!(habits.last_here(anna), None, "this run goes on until it ends");
        let mut habits = Habits::load(file.clone());
        habits.left(bo, 9, Instant(90)).unwrap();
        habits.left(anna, 8, Instant(80)).unwrap();
        assert_eq!(habits.last_here(anna), Some((7, Instant(70))));
        let habits = Habits::load(file);
        assert_eq!(
            [anna, bo].map(|who| habits.last_here(who)),
            [Some((8, Instant(80))), Some((9, Instant(90)))]
        );
    }

    #[test]
    fn the_next_run_finds_what_the_last_one_left() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("lists").join("store.json");
        let mut habits = Habits::load(file.clone());
        assert_eq!(habits.filters, []);
        for filter in ["tier:A", "idle>30d", "", "tier:A"] {
            habits.typed(clean(filter)).unwrap();
        }
        assert_eq!(Habits::load(file.clone()).filters, [clean("idle>30d"), clean("tier:A")], "each once");
        for n in 0..LINES {
            habits.typed(clean(&format!("idle>{n}d"))).unwrap();
        }
        let again = Habits::load(file.clone()).filters;
        assert_eq!((again.len(), &again[0]), (LINES, &clean("idle>0d")));
        habits.ran(clean("undo")).unwrap();
        assert_eq!(Habits::load(file.clone()).ran, [clean("undo")]);
        for line in ["log two lots", "filter tier:A", "log they pay late"] {
            habits.ran(clean(line)).unwrap();
        }
        assert_eq!(habits.ran[1], clean("log two lots"), "in this run");
        let ran = Habits::load(file.clone()).ran;
        assert_eq!(ran, [clean("undo"), clean("filter tier:A"), clean("log")], "what was said is not kept");
        fs::write(&file, "{").unwrap();
        assert_eq!(Habits::load(file).filters, [], "a broken file is as none");
    }
}
