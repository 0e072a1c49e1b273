//! guanxi

pub mod filter;
pub mod model;
pub mod search;
pub mod text;
