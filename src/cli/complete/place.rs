//! Where in the tree of verbs the cursor stands.

use clap::{Arg, Command};

/// What the word at the cursor can be.
#[derive(Debug)]
pub(super) struct Place<'c> {
    /// The command that it belongs to.
    pub(super) command: &'c Command,
    /// The verbs that lead there: `task list`.
    pub(super) path: Vec<&'c str>,
    /// Words before it that are neither verbs nor flags.
    pub(super) given: Vec<String>,
    /// What it is.
    pub(super) what: What<'c>,
}

/// What a word can be.
#[derive(Debug)]
pub(super) enum What<'c> {
    /// The name of a flag.
    Flag,
    /// The value of a flag, behind what stands before it in the same word (`--owner=`).
    Value(&'c Arg, String),
    /// A verb, where the command has any, or the argument that stands here.
    Word(Option<&'c Arg>),
}

impl<'c> Place<'c> {
    /// Walks the words down the tree, which has to be built.
    pub(super) fn find(root: &'c Command, words: &[String], typed: &str) -> Place<'c> {
        let mut place = Place { command: root, path: Vec::new(), given: Vec::new(), what: What::Word(None) };
        let (mut flag, mut ended) = (None, false);
        for word in words.iter().skip(1) {
            if flag.take().is_none() && !(ended || place.is_flag(word, &mut flag, &mut ended)) {
                place.step(word);
            }
        }
        place.what = match (flag, typed.split_once('=')) {
            (Some(flag), _) => What::Value(flag, String::new()),
            (None, Some((name, _))) if !ended && place.long(name).is_some_and(takes_value) => {
                place.long(name).map_or(What::Flag, |flag| What::Value(flag, format!("{name}=")))
            }
            (None, _) if !ended && typed.starts_with('-') => What::Flag,
            (None, _) => What::Word(place.command.get_positionals().nth(place.given.len())),
        };
        place
    }

    /// Whether a word is a flag; its value is yet to come where it takes one that it does not hold.
    fn is_flag(&self, word: &str, flag: &mut Option<&'c Arg>, ended: &mut bool) -> bool {
        if word == "--" {
            *ended = true;
        } else if word.starts_with("--") {
            *flag = self.long(word).filter(|flag| takes_value(flag));
        } else if let Some(short) = word.strip_prefix('-') {
            let last = short.chars().last();
            let named = |flag: &&Arg| flag.get_short() == last && takes_value(flag);
            *flag = self.command.get_arguments().find(named);
        }
        word.starts_with('-') && word != "-"
    }

    fn long(&self, word: &str) -> Option<&'c Arg> {
        let name = word.strip_prefix("--")?;
        self.command.get_arguments().find(|flag| flag.get_long() == Some(name))
    }

    fn step(&mut self, word: &str) {
        match self.command.find_subcommand(word) {
            Some(below) if self.given.is_empty() => {
                self.command = below;
                self.path.push(below.get_name());
            }
            _ => self.given.push(word.to_owned()),
        }
    }
}

fn takes_value(flag: &Arg) -> bool {
    flag.get_action().takes_values()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::complete::line::Line;
    use crate::cli::tree::tree;
    use crate::text::Lang;

    #[test]
    fn the_place_follows_verbs_flags_and_arguments() {
        let mut root = tree(Lang::En, None);
        root.build();
        for (typed, path, what) in [
            ("gx li", "", "word"),
            ("gx list ti", "list", "FILTER"),
            ("gx list 'tier:A' ", "list", "word"),
            ("gx list --sort ", "list", "value SORT of "),
            ("gx list --sort=na", "list", "value SORT of --sort="),
            ("gx list -n ", "list", "value LIMIT of "),
            ("gx list -n 5 ", "list", "FILTER"),
            ("gx --store x task list ", "task list", "FILTER"),
            ("gx task add --owner", "task add", "flag"),
            ("gx customer edit c8 --owner ", "customer edit", "value OWNER of "),
            ("gx export tasks ", "export", "FILTER"),
            ("gx log -- -x", "log", "CUSTOMER"),
            ("gx list tier=A", "list", "FILTER"),
        ] {
            let line = Line::read(typed);
            let place = Place::find(&root, &line.words, &line.typed);
            let found = match &place.what {
                What::Flag => "flag".to_owned(),
                What::Value(flag, before) => {
                    format!("value {} of {before}", flag.get_id().as_str().to_uppercase())
                }
                What::Word(arg) => arg.map_or("word".to_owned(), |arg| arg.get_id().as_str().to_uppercase()),
            };
            assert_eq!((place.path.join(" ").as_str(), found.as_str()), (path, what), "{typed}");
        }
    }
}
