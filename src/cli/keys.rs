//! `gx keys`: key maps as they are in force, checked, or as text to begin an own one with.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use super::failure::{Done, FAILED, Failure, NOTHING, USAGE, shown};
use super::gx::Gx;
use super::output::Format;
use super::page::{Cell, Column};
use super::tree::Verb;
use crate::config::{self, Config};
use crate::keys::keymap::{DEFAULT, SHIPPED};
use crate::keys::{Act, Binding, Fault, Keymap, Severity, guide};
use crate::text::Lang;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Keys {
    #[command(subcommand)]
    verb: KeysVerb,
}

#[derive(Subcommand, Debug)]
enum KeysVerb {
    /// List what every key does; with --format md, for all key maps
    List {
        /// The key map: default, vim, emacs, or the path of an own one; without it the one that the screen reads
        #[arg(value_name = "NAME|FILE")]
        keymap: Option<String>,
    },
    /// Check an own key map; every fault with its line and column
    Check {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write out a key map that comes with the program
    Dump {
        /// Its name
        #[arg(value_name = "NAME", default_value = DEFAULT, hide_default_value = true)]
        name: String,
    },
}

impl Verb for Keys {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            KeysVerb::List { keymap: None } if gx.out.format == Format::Md => {
                Ok(gx.out.text(&guide::page())?)
            }
            KeysVerb::List { keymap } => {
                let keymap = match keymap {
                    Some(name) => named(gx, &name)?,
                    None => own(gx)?,
                };
                list(gx, &keymap)
            }
            KeysVerb::Check { file } => check(gx, &file),
            KeysVerb::Dump { name } => match SHIPPED.iter().find(|(known, _)| *known == name) {
                Some((_, text)) => Ok(gx.out.text(text)?),
                None => Err(no_map(gx, &name)),
            },
        }
    }
}

fn named(gx: &Gx, name: &str) -> Done<Keymap> {
    match Keymap::shipped(name) {
        Some(keymap) => Ok(keymap),
        None if name.contains(['/', '.']) => read(gx, Path::new(name)),
        None => Err(no_map(gx, name)),
    }
}

/// The person's own key map, else the shipped one.
fn own(gx: &Gx) -> Done<Keymap> {
    let own = Config::load().map_err(|error| Failure::new(USAGE, error.say(gx.lang)))?;
    match config::keymap_file(&own) {
        Some(file) => read(gx, &file),
        None => named(gx, DEFAULT),
    }
}

fn list(gx: &mut Gx, keymap: &Keymap) -> Done {
    let lang = gx.lang;
    let columns = [
        Column::left(say::col_where(lang)),
        Column::left(say::col_keys(lang)),
        Column::left(say::col_act(lang)),
        Column::wide(say::col_does(lang)),
    ];
    let bindings: Vec<&Binding> = keymap.bindings().collect();
    let does = |binding: &Binding| binding.act.map(|act| act.describe(lang)).unwrap_or_default();
    let cells = |binding: &&Binding| {
        vec![
            Cell::new(binding.scope.name()),
            Cell::new(binding.keys.to_string()),
            Cell::new(binding.act.map_or_else(|| binding.act_name().to_owned(), |act| act.usage(lang))),
            Cell::new(does(binding)),
        ]
    };
    gx.out.list(&bindings, &columns, cells, |binding| {
        json!({
            "scope": binding.scope.name(),
            "keys": binding.keys.to_string(),
            "act": binding.act_name(),
            "argument": binding.act.and_then(Act::argument).map(|argument| argument.name(Lang::En)),
            "does": does(binding),
        })
    })?;
    Ok(())
}

fn check(gx: &mut Gx, file: &Path) -> Done {
    let lang = gx.lang;
    let keymap = read(gx, file)?;
    let faults = keymap.faults();
    let severity = |fault: &Fault| match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    if gx.for_machines() {
        let values = faults.iter().map(|fault| {
            json!({
                "file": fault.origin.file.as_str(),
                "line": fault.origin.line,
                "column": fault.origin.column,
                "severity": severity(fault),
                "message": fault.text(lang),
            })
        });
        gx.out.values(values.collect::<Vec<_>>())?;
    } else {
        for fault in faults {
            gx.out.text(&format!("{}\n", fault.text(lang)))?;
        }
    }
    match faults.iter().filter(|fault| fault.severity == Severity::Error).count() {
        0 => Ok(()),
        errors => Err(Failure::new(FAILED, say::rows_skipped(lang, errors))),
    }
}

fn read(gx: &Gx, file: &Path) -> Done<Keymap> {
    let text = fs::read_to_string(file).map_err(|error| Failure::file(file, &error, gx.lang))?;
    Ok(Keymap::user(&shown(file), &text))
}

fn no_map(gx: &Gx, name: &str) -> Failure {
    let names: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
    Failure::new(NOTHING, say::no_keymap(gx.lang, name))
        .hint(say::keymaps_are(gx.lang, names.join(gx.lang.pick(", ", "、"))))
}

#[cfg(test)]
mod tests {
    use crate::cli::testing::run;
    use crate::keys::guide;
    use crate::model::Request;

    fn keys(args: &[&str]) -> String {
        run(&[&["keys"], args].concat(), |_: &Request| None).out()
    }

    #[test]
    fn shipped_maps_are_listed_and_written_out_by_name() {
        assert!(
            keys(&["list", "vim"]).lines().any(|line| line.starts_with("tasks") && line.contains("space b"))
        );
        assert!(keys(&["list", "emacs", "--json"]).contains("\"ctrl-x ctrl-c\""));
        assert!(keys(&["dump", "emacs"]).contains("extends = \"default\""));
        assert!(keys(&["dump"]).contains("extends = \"base\""));
    }

    #[test]
    fn the_page_of_keys_is_written_as_it_is() {
        assert_eq!(keys(&["list", "--format", "md"]), guide::page());
        assert!(
            keys(&["list", "vim", "--format", "md"])
                .starts_with("| scope | keys | act | argument | does |\n")
        );
        assert!(keys(&["list"]).contains("filter [FILTER]"));
    }
}
