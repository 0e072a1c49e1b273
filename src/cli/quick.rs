//! Look-ups without flags, as scripts make them in loops: read without building the parser, which would take a tenth
//! of their whole run. With any flag but `--json`, and for every other verb, the parser reads.

use std::ffi::OsString;

use super::failure::Done;
use super::find::Find;
use super::flags::Flags;
use super::gx::Gx;
use super::show::Show;
use super::tree::Verb;

/// A look-up that needs no parser.
#[derive(Debug)]
pub(super) enum Quick {
    Find(Find),
    Show(Show),
}

impl Quick {
    /// What the arguments mean, where that is plain to see.
    pub(super) fn of(args: &[OsString]) -> Option<(Flags, Quick)> {
        let words: Option<Vec<&str>> = args.iter().skip(1).map(|arg| arg.to_str()).collect();
        let (json, words): (Vec<&str>, Vec<&str>) = words?.into_iter().partition(|word| *word == "--json");
        let (verb, words) = words.split_first()?;
        if words.is_empty() || words.iter().any(|word| word.starts_with('-')) {
            return None;
        }
        let words = words.iter().map(ToString::to_string).collect();
        let look_up = match *verb {
            "find" => Quick::Find(Find::of(words)),
            "show" => Quick::Show(Show::of(words)),
            _ => return None,
        };
        Some((Flags::plain(!json.is_empty()), look_up))
    }

    /// Does it.
    pub(super) fn run(self, gx: &mut Gx) -> Done {
        match self {
            Quick::Find(find) => find.run(gx),
            Quick::Show(show) => show.run(gx),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;

    use super::*;
    use crate::cli::tree::tree;
    use crate::text::Lang;

    fn args(line: &str) -> Vec<OsString> {
        std::iter::once("gx").chain(line.split(' ')).map(OsString::from).collect()
    }

    #[test]
    fn what_is_read_quickly_is_what_the_parser_reads() {
        for line in ["show c12", "show acme corp --json", "--json find 王府", "find --json --json a b c"] {
            let (flags, quick) = Quick::of(&args(line)).expect(line);
            let matches = tree(Lang::En, None).try_get_matches_from(args(line)).expect(line);
            let (verb, of_verb) = matches.subcommand().expect(line);
            let parsed = match verb {
                "find" => Quick::Find(Find::from_arg_matches(of_verb).expect(line)),
                _ => Quick::Show(Show::from_arg_matches(of_verb).expect(line)),
            };
            assert_eq!(format!("{quick:?}"), format!("{parsed:?}"));
            assert_eq!(format!("{flags:?}"), format!("{:?}", Flags::of(&matches).expect(line)));
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_parser() {
        for line in
            ["show", "show c12 -n 3", "--store x show c12", "find -- -x", "show --help", "list", "--json"]
        {
            assert!(Quick::of(&args(line)).is_none(), "{line}");
        }
    }
}
