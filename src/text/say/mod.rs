//! Every message a person can meet, in both languages: one file per room that has something to say.

pub mod keys;
pub mod rules;
pub mod text;
//! What the rooms say to people, in both languages: a file per room.

pub mod codec;
pub mod ipc;
