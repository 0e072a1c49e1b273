//! guanxi

pub mod codec;
pub mod ipc;
pub mod model;
pub mod store;
pub mod text;
