//! guanxi

pub mod model;
pub mod search;
pub mod text;
