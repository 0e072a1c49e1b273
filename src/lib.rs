//! guanxi

pub mod filter;
pub mod text;
