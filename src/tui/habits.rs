//! How a person last had the list: kept for each store in a small file of the person's state folder, so that the next
//! run begins as the last one ended.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::drafts;
use super::panes::columns::Arrangement;
use crate::text::Clean;

/// How many filters are remembered.
const FILTERS: usize = 50;

/// What is kept between runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Habits {
    /// None: in memory only.
    #[serde(skip)]
    file: Option<PathBuf>,
    /// The filters that were typed, the newest last.
    pub(super) filters: Vec<Clean>,
    /// The order of the list, its columns, and the view that was shown last.
    pub(super) list: Arrangement,
}

impl Habits {
    /// What a file holds; one that does not read is as none.
    pub(super) fn load(file: PathBuf) -> Habits {
        let read = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Habits { file: Some(file), ..read.unwrap_or_default() }
    }

    /// Remembers a filter as the newest.
    pub(super) fn typed(&mut self, filter: Clean) -> io::Result<()> {
        if filter.is_empty() {
            return Ok(());
        }
        self.filters.retain(|known| *known != filter);
        self.filters.push(filter);
        let over = self.filters.len().saturating_sub(FILTERS);
        self.filters.drain(..over);
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
        drafts::write(file, &serde_json::to_vec(self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> Clean {
        Clean::new(text).unwrap()
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
        for n in 0..FILTERS {
            habits.typed(clean(&format!("idle>{n}d"))).unwrap();
        }
        let again = Habits::load(file.clone()).filters;
        assert_eq!((again.len(), &again[0]), (FILTERS, &clean("idle>0d")));
        fs::write(&file, "{").unwrap();
        assert_eq!(Habits::load(file).filters, [], "a broken file is as none");
    }
}
