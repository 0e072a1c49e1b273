//! The open tasks, beside the customers: so a queue is filtered without reading its tasks from the tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Id, Index, Key, Kind, Row, Rows, TaskState};

/// Neighbours by number share a chunk: what a write copies for each that it touches.
const CHUNK: u64 = 64;

type Chunk = [Option<Arc<Row>>; CHUNK as usize];

/// Every open task at one moment, by number. Cloning copies a pointer for every chunk.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    chunks: BTreeMap<u64, Arc<Chunk>>,
}

impl Queue {
    pub(super) fn load(rows: &dyn Rows) -> Queue {
        let mut open = rows.found(&Key::of(Index::Due));
        // In the order of the table.
        open.sort_unstable();
        let mut queue = Queue::default();
        for task in open {
            queue.update(rows, task.n);
        }
        queue
    }

    /// Reads a task again: it is here from its opening until it is done, dropped or removed.
    pub(super) fn update(&mut self, rows: &dyn Rows, n: u64) {
        let (at, place) = (n / CHUNK, (n % CHUNK) as usize);
        let row = rows.row(Id::new(Kind::Task, n)).filter(is_open).map(Arc::new);
        if row.is_none() && !self.chunks.contains_key(&at) {
            return;
        }
        let none = || Arc::new([const { None }; CHUNK as usize]);
        let chunk = self.chunks.entry(at).or_insert_with(none);
        Arc::make_mut(chunk)[place] = row;
        if chunk.iter().all(Option::is_none) {
            self.chunks.remove(&at);
        }
    }

    pub(super) fn get(&self, n: u64) -> Option<&Arc<Row>> {
        self.chunks.get(&(n / CHUNK))?[(n % CHUNK) as usize].as_ref()
    }

    #[cfg(test)]
    pub(super) fn all(&self) -> Vec<(u64, &Row)> {
        let numbered = |(at, chunk): (&u64, &'_ Arc<Chunk>)| at * CHUNK..at * CHUNK + chunk.len() as u64;
        let numbers = self.chunks.iter().flat_map(numbered);
        numbers.filter_map(|n| Some((n, &**self.get(n)?))).collect()
    }
}

fn is_open(row: &Row) -> bool {
    matches!(row, Row::Task(task) if task.state == Some(TaskState::Open))
}
