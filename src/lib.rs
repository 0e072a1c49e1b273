//! guanxi

pub mod keys;
pub mod text;
