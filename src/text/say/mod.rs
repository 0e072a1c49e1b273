//! Every message a person can meet, in both languages: one file per room that has something to say.

pub mod filter;
pub mod text;
