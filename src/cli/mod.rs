//! The shell: parses what was typed, asks the server, prints.
//!
//! ```text
//! main ─▶ tree (one table of verbs) ─▶ Verb::run ─▶ gx (flags, line to the server) ─▶ output (page | shape)
//!    └───▶ quick (plain look-ups) ────────┘                       any failure ─▶ failure
//! ```
//!
//! A file per noun holds its arguments and its few lines of work. Results go to stdout through `output`, in tables
//! for people (`page`) or in the shapes that scripts rely on (`shape`); everything else goes to stderr.

mod brought;
mod care;
mod clock;
mod complete;
mod completions;
mod contact;
mod customer;
mod deal;
mod demo;
mod doctor;
mod effect;
mod export;
mod failure;
mod fields;
mod find;
mod flags;
mod gx;
mod handover;
mod help;
mod history;
mod host;
mod import;
mod inbox;
mod init;
mod keys;
mod list;
mod log;
mod man;
mod member;
mod output;
mod page;
mod playbook;
mod policy;
mod pool;
mod preview;
mod progress;
mod purchase;
mod quick;
mod rebuild;
mod receipt;
mod rows;
mod screen;
mod serve;
mod shape;
mod shape_board;
mod shape_written;
mod show;
mod status;
mod stop;
mod task;
mod team;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tier;
mod timeline;
mod tree;
mod undo;
mod usage;
mod verify;
mod view;
mod wait;
mod why;
mod zh;

use std::ffi::OsString;
use std::io::{self, Write};

use failure::{Done, Failure};
use flags::Flags;
use gx::Gx;
use quick::Quick;
use usage::Early;

/// Runs the program with these arguments, the first of them its own name, to its end; its exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let early = Early::of(&args);
    match run(args, &early) {
        Ok(()) => 0,
        Err(failure) if failure.code == 0 => 0,
        Err(failure) => {
            // Where nobody reads what went wrong, the exit code still tells it.
            let _ = failure.tell(&mut io::stderr().lock(), early.json, early.lang);
            failure.code
        }
    }
}

fn run(args: Vec<OsString>, early: &Early) -> Done {
    if let Some((flags, look_up)) = Quick::of(&args) {
        return look_up.run(&mut Gx::new(flags, early.lang));
    }
    let matches = match tree::tree(early.lang, early.verb).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) if usage::is_answer(&error) => {
            let text = error.render().to_string();
            return Ok(io::stdout().write_all(text.as_bytes())?);
        }
        Err(error) => return Err(Failure::from_clap(&error, early.lang)),
    };
    let flags = Flags::of(&matches).map_err(|error| Failure::from_clap(&error, early.lang))?;
    let mut gx = Gx::new(flags, early.lang);
    tree::run_verb(&matches, &mut gx).unwrap_or_else(|| screen::screen(&gx))
}
