//! guanxi

pub mod text;
