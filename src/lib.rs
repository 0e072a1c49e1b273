//! guanxi

pub mod codec;
pub mod demo;
pub mod ipc;
pub mod keys;
pub mod model;
pub mod text;
