//! guanxi

pub mod model;
pub mod search;
pub mod filter;
pub mod text;
