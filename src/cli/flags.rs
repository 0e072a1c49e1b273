//! What may be said to every verb.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, FromArgMatches, ValueEnum};

use super::output::{Color, Format};
use crate::text::Lang;

// The flags that stand before or behind any verb. (No documentation: clap would take it for that of the verb. So too
// with the other flags that verbs share.)
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Flags {
    #[arg(long, global = true, value_name = "DIR")]
    #[arg(help = "The store's folder [env: GX_STORE; default: your private store]")]
    pub(super) store: Option<PathBuf>,
    /// How results are written: table, json, jsonl, csv, tsv, md
    #[arg(long, global = true, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Format>,
    /// The same as --format json
    #[arg(long, global = true, conflicts_with = "format")]
    json: bool,
    #[arg(long, global = true, value_name = "LANG", hide_possible_values = true)]
    #[arg(help = "The language: en, zh [env: GX_LANG, LC_ALL, LC_MESSAGES, LANG]")]
    pub(super) lang: Option<Tongue>,
    /// Whether results are coloured: auto, always, never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(super) color: Color,
    /// Answer every question with yes
    #[arg(long, global = true)]
    pub(super) yes: bool,
    /// Say nothing but results and errors
    #[arg(long, global = true)]
    pub(super) quiet: bool,
    /// The screen: one pane at a time, no borders, words for signs
    #[arg(long)]
    pub(super) accessible: bool,
    /// In a practice store: the member to act as; see [`acting`].
    #[arg(skip)]
    pub(super) acting: Option<String>,
}

// The day of questions that can be put to the past.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct AsOf {
    /// As it was at the end of this day, or at a time of it: 2026-06-01, yesterday, 10-01 15:00
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(super) as_of: Option<String>,
}

/// A language as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Tongue {
    En,
    Zh,
}

impl From<Tongue> for Lang {
    fn from(tongue: Tongue) -> Lang {
        match tongue {
            Tongue::En => Lang::En,
            Tongue::Zh => Lang::Zh,
        }
    }
}

/// The place of `--help` among the flags of every verb: the last one.
pub(super) const LAST: usize = 999;

/// `--as MEMBER`. Of all verbs import has an `--as` of its own: there this one stands before the verb.
pub(super) fn acting() -> Arg {
    Arg::new("acting")
        .long("as")
        .value_name("MEMBER")
        .help("In a practice store: act as this member")
        .help_heading("Everywhere")
        // Else it would stand where the flags of each verb leave room for it.
        .display_order(LAST - 1)
}

impl Flags {
    /// Nothing said but, perhaps, `--json`.
    pub(super) fn plain(json: bool) -> Flags {
        Flags { json, ..Flags::default() }
    }

    /// What the command line says.
    pub(super) fn of(matches: &ArgMatches) -> Result<Flags, clap::Error> {
        let mut flags = Flags::from_arg_matches(matches)?;
        let named = |matches: &ArgMatches| matches.try_get_one::<String>("acting").ok().flatten().cloned();
        flags.acting = named(matches).or_else(|| named(matches.subcommand()?.1));
        Ok(flags)
    }

    /// How results are written.
    pub(super) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format.unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use clap::Command;

    use crate::cli::tree::tree;
    use crate::text::Lang;

    fn look(command: &mut Command, count: &mut usize) {
        let help = command.render_help().to_string();
        let acting: Vec<&str> =
            help.trim_end().lines().skip_while(|line| !line.contains("--as <MEMBER>")).collect();
        let is_import = command.get_name() == "import";
        assert!(is_import || acting.get(1).is_some_and(|line| line.contains("-h, --help")), "{help}");
        *count += 1;
        command.get_subcommands_mut().for_each(|below| look(below, count));
    }

    #[test]
    fn who_acts_stands_at_one_place_in_every_help() {
        for lang in [Lang::En, Lang::Zh] {
            let mut root = tree(lang, None);
            root.build();
            let mut count = 0;
            look(&mut root, &mut count);
            assert!(count > 60, "{count}");
        }
    }
}
