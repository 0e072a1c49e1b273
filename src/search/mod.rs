//! The server's index of the book, in memory: every customer's profile with what it is searched by, every open task.
//!
//! ```text
//! rows --load--> Book --update(changed)--> Book        find, resolve: fuzzy look-up     (find, typo)
//! parts --unpack--^                                    list: by filter, sorted, paged   (list)
//!                 `-- chunks of slots, shared          values: what stands in a field    (values)
//!                                                      tiers: the book by tier          (tiers)
//!                                                      board: by tier and stage             (board)
//!                                                      best_of_pool: whom to claim      (pool)
//! ```
//!
//! A large book is kept beside the store while nobody serves it (`kept`): lists, most filters and the board need no
//! more of it at once than what lies in the entries themselves; profiles are unpacked when somebody asks for them.
//!
//! A [`Book`] never changes: a write makes the next one, which shares all chunks that the write did not touch. So a
//! query keeps the book of its moment for as long as it runs, and nobody waits. Names of members and teams are not in
//! it: they are looked up when an answer is made, and a renamed team changes no entry.

mod board;
mod book;
mod entry;
mod find;
mod kept;
mod lazy;
mod list;
mod mask;
mod pool;
mod queue;
mod reader;
#[cfg(test)]
mod testing;
mod tiers;
mod typo;
mod values;

pub use board::{Asked, BoardSum, BoardSums};
pub use book::Book;
pub use find::Resolved;
pub use kept::FORM;
pub use reader::{Hides, Reader};
pub use tiers::TierSum;
