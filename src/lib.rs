//! guanxi

pub mod keys;
pub mod model;
pub mod codec;
pub mod ipc;
pub mod text;
