//! guanxi

pub mod cli;
pub mod codec;
pub mod config;
pub mod ipc;
pub mod keys;
pub mod model;
pub mod text;
pub mod tui;
