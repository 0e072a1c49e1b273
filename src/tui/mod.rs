//! The screen: the only room that names ratatui and crossterm.

mod bar;
pub mod edit;
pub mod input;
pub mod painter;
mod paper;
pub mod screen;
pub mod terminal;
pub mod theme;
