//! What the rooms say to people, in both languages: a file per room.

pub mod codec;
pub mod ipc;
pub mod store;
