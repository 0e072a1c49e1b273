//! The screen: the only room that names ratatui and crossterm.
//!
//! [`terminal`] holds the terminal and gives it back, [`input`] turns what comes in into events, [`screen`] draws a
//! frame in one write through [`painter`], [`theme`] knows what colours mean, and [`edit`] is a field of text.

pub mod edit;
pub mod input;
pub mod painter;
pub mod screen;
pub mod terminal;
pub mod theme;
