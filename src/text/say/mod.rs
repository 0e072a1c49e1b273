//! What the program says, in both languages: a file per room.

pub mod keys;
