//! guanxi

pub mod codec;
pub mod ipc;
pub mod keys;
pub mod model;
pub mod text;
pub mod tui;
