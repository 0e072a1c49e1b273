//! The open tasks, beside the customers: so a queue is filtered without reading its tasks from the tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Id, Index, Key, Kind, Row, Rows, TaskState};

/// Tasks whose numbers agree but for so many bits share a chunk: what a write copies for each that it touches.
const CHUNK_BITS: u32 = 6;

/// Every open task at one moment, by number. Cloning copies a pointer for every chunk.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    chunks: BTreeMap<u64, Arc<BTreeMap<u64, Arc<Row>>>>,
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
        let at = n >> CHUNK_BITS;
        match rows.row(Id::new(Kind::Task, n)).filter(is_open) {
            Some(row) => {
                Arc::make_mut(self.chunks.entry(at).or_default()).insert(n, Arc::new(row));
            }
            None => {
                if let Some(chunk) = self.chunks.get_mut(&at) {
                    Arc::make_mut(chunk).remove(&n);
                    if chunk.is_empty() {
                        self.chunks.remove(&at);
                    }
                }
            }
        }
    }

    pub(super) fn get(&self, n: u64) -> Option<&Arc<Row>> {
        self.chunks.get(&(n >> CHUNK_BITS))?.get(&n)
    }

    #[cfg(test)]
    pub(super) fn all(&self) -> Vec<(u64, &Row)> {
        self.chunks.values().flat_map(|chunk| chunk.iter().map(|(n, row)| (*n, &**row))).collect()
    }
}

fn is_open(row: &Row) -> bool {
    matches!(row, Row::Task(task) if task.state == Some(TaskState::Open))
}
