//! guanxi

pub mod cli;
pub mod codec;
pub mod config;
pub mod filter;
pub mod demo;
pub mod ipc;
pub mod keys;
pub mod model;
pub mod rules;
pub mod search;
pub mod service;
pub mod store;
pub mod text;
pub mod tui;
