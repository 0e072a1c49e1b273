//! What can be done, and the keys that do it.
//!
//! An act is declared once, in [`act`], with what it may be told ([`argument`]); key maps, help, footer and palette are
//! made from that list. Key maps are text: `file` reads one, [`keymap`] lays it over the one it extends and answers for
//! keys; [`guide`] sets the shipped ones side by side. Pending keys are state of the caller, never timing.

pub mod act;
pub mod argument;
pub mod fault;
mod file;
pub mod guide;
pub mod key;
pub mod keymap;
pub mod scope;

pub use act::Act;
pub use argument::Argument;
pub use fault::{Fault, Origin, Problem, Severity};
pub use key::{BadKey, Code, Key, Keys};
pub use keymap::{Binding, Keymap, Label, Step, What};
pub use scope::Scope;
