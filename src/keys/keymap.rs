//! Key maps: which keys do what, where.

use std::sync::OnceLock;

use super::act::Act;
use super::fault::{Fault, Origin, Problem, Severity};
use super::file::File;
use super::key::{Code, Key, Keys};
use super::scope::Scope;
use crate::text::near::nearest;
use crate::text::{Clean, Lang};

/// The key maps that come with the program: name and text. A later one may extend an earlier one.
pub const SHIPPED: [(&str, &str); 4] = [
    ("base", include_str!("../../keymaps/base.toml")),
    (DEFAULT, include_str!("../../keymaps/default.toml")),
    ("vim", include_str!("../../keymaps/vim.toml")),
    ("emacs", include_str!("../../keymaps/emacs.toml")),
];

/// The key map of who has none of their own.
pub const DEFAULT: &str = "default";

/// Which keys do what, after every file it is made of was laid over the one it extends.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: Vec<Binding>,
    groups: Vec<(Keys, Label)>,
    translate: Vec<(char, char)>,
    faults: Vec<Fault>,
    /// For each scope the places of the rows that count while it is in focus, once that was asked.
    counting: [OnceLock<Vec<usize>>; Scope::ALL.len()],
}

/// One row of a key map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The section it stands in.
    pub scope: Scope,
    /// The keys.
    pub keys: Keys,
    /// What they do; none where a row unbinds them.
    pub act: Option<Act>,
    /// The row.
    pub origin: Origin,
}

/// The label of a group of keys with a common start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// In English.
    pub en: Clean,
    /// In Chinese.
    pub zh: Clean,
}

/// What follows from the keys pressed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// They do this.
    Act(Act),
    /// They begin something: the keys that may follow, and to what.
    Pending(Vec<(Key, What)>),
    /// They mean nothing here.
    Unbound,
}

/// What a key that may follow leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An act.
    Act(Act),
    /// More keys, under a label if the key map has one for them.
    Group(Option<Label>),
}

impl What {
    /// What to show beside the key; a group without a label is `..`.
    pub fn label(&self, lang: Lang) -> &str {
        match self {
            What::Act(act) => act.label(lang),
            What::Group(Some(label)) => lang.pick(&label.en, &label.zh).as_str(),
            What::Group(None) => "..",
        }
    }
}

impl Binding {
    /// The name of its act, or `none`.
    pub fn act_name(&self) -> &'static str {
        self.act.map_or("none", Act::name)
    }

    fn is(&self, other: &Binding) -> bool {
        self.scope == other.scope && self.keys == other.keys
    }

    /// The same keys; a row that unbinds takes whatever begins with its keys.
    fn replaces(&self, inherited: &Binding) -> bool {
        self.is(inherited)
            || self.scope == inherited.scope && self.act.is_none() && inherited.keys.starts_with(&self.keys)
    }

    /// Both do something in one section, and one cannot be finished without the other.
    fn clashes(&self, other: &Binding) -> bool {
        let begins = self.keys.starts_with(&other.keys) || other.keys.starts_with(&self.keys);
        self.scope == other.scope && self.act.is_some() && other.act.is_some() && begins
    }
}

impl Keymap {
    /// A key map that comes with the program.
    pub fn shipped(name: &str) -> Option<Keymap> {
        let (name, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        Some(Keymap::read(File::read(&format!("{name}.toml"), text), Severity::Error, None))
    }

    /// A person's own key map. `file` is what faults call it by. Without `extends`, or where it cannot be read, it is
    /// laid over the default one, so that there is always a way out.
    pub fn user(file: &str, text: &str) -> Keymap {
        Keymap::read(File::read(file, text), Severity::Warning, Some(DEFAULT))
    }

    fn read(mut file: File, clash: Severity, default: Option<&str>) -> Keymap {
        let named = file.extends.take();
        let mut below = named.as_ref().and_then(|(name, _)| Keymap::shipped(name.as_str()));
        if let (Some((name, origin)), None) = (named, &below) {
            let near = nearest(name.as_str(), SHIPPED.iter().map(|(name, _)| *name));
            let problem = Problem::UnknownMap(name, near);
            file.faults.push(Fault { origin, problem, severity: Severity::Error });
        }
        below = below.or_else(|| Keymap::shipped(default?));
        below.unwrap_or_default().overlaid(file, clash)
    }

    fn overlaid(self, file: File, severity: Severity) -> Keymap {
        let mut faults = file.faults;
        let mut own: Vec<Binding> = Vec::new();
        for row in file.rows {
            match own.iter().find(|other| row.is(other) || row.clashes(other)) {
                None => own.push(row),
                Some(other) => {
                    let problem = Problem::Clash(row.keys, Box::new(other.clone()));
                    faults.push(Fault { origin: row.origin, problem, severity });
                }
            }
        }
        let mut kept: Vec<Binding> = Vec::new();
        for inherited in self.bindings {
            if own.iter().any(|row| row.replaces(&inherited)) {
                continue;
            }
            match own.iter().find(|row| row.clashes(&inherited)) {
                None => kept.push(inherited),
                Some(row) => {
                    let (keys, origin) = (row.keys.clone(), row.origin.clone());
                    faults.push(Fault {
                        origin,
                        problem: Problem::Hides(keys, Box::new(inherited)),
                        severity,
                    });
                }
            }
        }
        own.extend(kept);
        faults.sort_by_key(|fault| (fault.origin.line, fault.origin.column));
        let groups = file.groups.into_iter().chain(self.groups).collect();
        let translate = file.translate.into_iter().chain(self.translate).collect();
        Keymap { bindings: own, groups, translate, faults, counting: Default::default() }
    }

    /// What is wrong with the file, in its order; faults of the maps below it are not repeated.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Every key that does something, a file's own rows before those it inherits.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(|binding| binding.act.is_some())
    }

    /// What the keys pressed so far mean where these scopes are in force, narrowest first ([`Scope::stack`]). Keys that
    /// mean nothing are tried once more through `[translate]`.
    pub fn resolve(&self, scopes: &[Scope], pressed: &[Key]) -> Step {
        let in_force = self.in_force(scopes);
        match self.step(&in_force, pressed) {
            Step::Unbound => self.step(&in_force, &self.translated(pressed)),
            step => step,
        }
    }

    /// The keys that do an act where these scopes are in force, as text; the first is the one to show.
    pub fn keys_of(&self, scopes: &[Scope], act: Act) -> Vec<String> {
        let in_force = self.in_force(scopes);
        in_force.iter().filter(|row| row.act == Some(act)).map(|row| row.keys.to_string()).collect()
    }

    /// The rows that count where a stack of scopes ([`Scope::stack`]) is in force: a narrower scope wins, a row that
    /// unbinds hides what is wider and is gone itself, and behind a scope that takes text plain characters are text.
    pub fn in_force(&self, scopes: &[Scope]) -> Vec<&Binding> {
        let Some(narrowest) = scopes.first() else { return Vec::new() };
        debug_assert_eq!(scopes, narrowest.stack());
        let rows = self.counting[*narrowest as usize].get_or_init(|| self.count(scopes));
        rows.iter().filter_map(|row| self.bindings.get(*row)).collect()
    }

    /// The places of the rows that count.
    fn count(&self, scopes: &[Scope]) -> Vec<usize> {
        let mut rows: Vec<usize> = Vec::new();
        let mut typing = false;
        for scope in scopes {
            typing |= scope.takes_text();
            let narrower = rows.len();
            for (at, row) in self.bindings.iter().enumerate().filter(|(_, row)| row.scope == *scope) {
                let types = typing && row.keys.first().is_some_and(|key| key.typed().is_some());
                if !types && !rows[..narrower].iter().any(|over| hides(&self.bindings[*over], row)) {
                    rows.push(at);
                }
            }
        }
        rows.retain(|row| self.bindings[*row].act.is_some());
        rows
    }

    fn step(&self, rows: &[&Binding], pressed: &[Key]) -> Step {
        if let Some(act) = rows.iter().find(|row| *row.keys == *pressed).and_then(|row| row.act) {
            return Step::Act(act);
        }
        let mut next: Vec<(Key, What)> = Vec::new();
        for row in rows {
            let Some((key, rest)) = row.keys.strip_prefix(pressed).and_then(<[Key]>::split_first) else {
                continue;
            };
            if next.iter().any(|(known, _)| known == key) {
                continue;
            }
            let what = match row.act {
                Some(act) if rest.is_empty() => What::Act(act),
                _ => What::Group(self.label(&row.keys[..=pressed.len()])),
            };
            next.push((*key, what));
        }
        if next.is_empty() { Step::Unbound } else { Step::Pending(next) }
    }

    /// What keys that begin something are called, if the key map says it.
    pub fn group(&self, pressed: &[Key], lang: Lang) -> Option<String> {
        let label = self.label(pressed).or_else(|| self.label(&self.translated(pressed)))?;
        Some(lang.pick(&label.en, &label.zh).line())
    }

    fn label(&self, start: &[Key]) -> Option<Label> {
        self.groups.iter().find(|(keys, _)| **keys == *start).map(|(_, label)| label.clone())
    }

    fn translated(&self, pressed: &[Key]) -> Vec<Key> {
        let translate = |key: &Key| {
            let from = key.typed()?;
            let (_, to) = self.translate.iter().find(|(known, _)| *known == from)?;
            Some(Key::plain(Code::Char(*to)))
        };
        pressed.iter().map(|key| translate(key).unwrap_or(*key)).collect()
    }
}

/// Whether a row of a narrower scope hides one of a wider: the same keys, or keys that cannot be finished beside it.
fn hides(narrow: &Binding, wide: &Binding) -> bool {
    wide.keys.starts_with(&narrow.keys) || narrow.act.is_some() && narrow.keys.starts_with(&wide.keys)
}

#[cfg(test)]
mod tests;
