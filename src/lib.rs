//! guanxi

pub mod codec;
pub mod ipc;
pub mod keys;
pub mod filter;
pub mod model;
pub mod search;
pub mod store;
pub mod text;
pub mod tui;
