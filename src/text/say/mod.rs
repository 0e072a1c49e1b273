//! Every message a person can meet, in both languages: one file per room that has something to say.

pub mod cli;
pub mod codec;
pub mod conditions;
pub mod deeds;
pub mod doctor;
pub mod fields;
pub mod filter;
pub mod form;
pub mod handover;
pub mod import;
pub mod ipc;
pub mod keys;
pub mod many;
pub mod model;
pub mod playbook;
pub mod policy;
pub mod refusal;
pub mod rules;
pub mod store;
pub mod text;
pub mod together;
pub mod tui;
pub mod views;
