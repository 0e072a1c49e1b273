//! What people type and read, and the values behind it.
//!
//! Customer data is written by strangers and shown in terminals. [`Clean`] is the one string type that leaves
//! this room: whatever holds it cannot move a cursor, ring a bell or turn text around.

pub mod age;
pub mod chart;
pub mod clean;
pub mod date;
pub mod days;
pub mod lang;
pub mod lines;
pub mod lunar;
pub mod mention;
pub mod money;
pub mod near;
pub mod phone;
pub mod pinyin;
pub mod reference;
pub mod say;
pub mod span;
pub mod weekdays;
pub mod width;

pub use clean::{Clean, Unclean, folded, says_none};
pub use date::{BadDate, When};
pub use lang::Lang;
pub use lunar::Lunar;
pub use money::{BadMoney, Currency, Money};
pub use span::{BadSpan, Span};
pub use weekdays::Weekdays;
