//! Key maps: which keys do what, where.

use std::sync::OnceLock;

use super::act::{Act, Scope};
use super::fault::{Fault, Origin, Problem, Severity};
use super::file::File;
use super::key::{Code, Key, Keys};
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
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The shipped maps that a person can work with: `base` has no letters.
    fn whole() -> impl Iterator<Item = (&'static str, Keymap)> {
        let names = SHIPPED.iter().map(|(name, _)| *name).filter(|name| *name != "base");
        names.map(|name| (name, Keymap::shipped(name).unwrap_or_default()))
    }

    /// Acts without a key: they are found in the palette.
    const PALETTE_ONLY: [Act; 6] =
        [Act::ReloadKeys, Act::AsOf, Act::Theme, Act::Assign, Act::Tag, Act::Untag];

    fn keys(text: &str) -> Keys {
        text.parse().unwrap_or_else(|why| panic!("{text}: {why:?}"))
    }

    fn default() -> Keymap {
        Keymap::shipped("default").unwrap_or_default()
    }

    fn step(map: &Keymap, scope: Scope, pressed: &str) -> Step {
        map.resolve(scope.stack(), &keys(pressed))
    }

    fn faults(map: &Keymap) -> Vec<String> {
        map.faults().iter().map(|fault| fault.text(Lang::En)).collect()
    }

    #[test]
    fn shipped_maps_have_no_fault() {
        for (name, _) in SHIPPED {
            let map = Keymap::shipped(name).unwrap_or_default();
            assert_eq!(faults(&map), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn every_act_has_a_key_or_is_named_as_having_none() {
        for (name, map) in whole() {
            let bound: BTreeSet<Act> = map.bindings().filter_map(|row| row.act).collect();
            for act in Act::ALL {
                assert_eq!(bound.contains(act), !PALETTE_ONLY.contains(act), "{name}: {}", act.name());
            }
        }
    }

    #[test]
    fn every_key_of_a_shipped_map_is_in_force_where_it_stands() {
        for (name, map) in whole() {
            for row in map.bindings() {
                let met = map.resolve(row.scope.stack(), &row.keys);
                assert_eq!(met, Step::Act(row.act.unwrap()), "{name}: {} in {:?}", row.keys, row.scope);
            }
        }
    }

    #[test]
    fn no_pane_hides_all_keys_of_an_act_of_its_own() {
        for (name, map) in whole() {
            for scope in [Scope::Customers, Scope::Timeline, Scope::Tasks, Scope::Tiers] {
                let possible = Act::ALL.iter().filter(|act| scope.stack().contains(&act.scope()));
                for act in possible.filter(|act| !PALETTE_ONLY.contains(act)) {
                    let keys = map.keys_of(scope.stack(), *act);
                    assert!(!keys.is_empty(), "{name}: {} in {scope:?}", act.name());
                }
            }
        }
    }

    #[test]
    fn no_shipped_key_is_hard_to_type_on_some_keyboard_or_line() {
        for (name, map) in whole() {
            for key in map.bindings().flat_map(|row| row.keys.iter()) {
                assert!(!key.alt() && (!key.ctrl() || !key.shift()), "{name}: {key}");
                let far = matches!(key.code(), Code::Char('[' | ']' | '{' | '}' | '@' | '|' | '~'));
                assert!(!far, "{name}: {key}");
            }
        }
    }

    #[test]
    fn every_place_can_be_left() {
        for (name, map) in whole() {
            for scope in Scope::ALL.into_iter().filter(|scope| *scope != Scope::Field) {
                let out = step(&map, scope, "esc");
                assert!(matches!(out, Step::Act(Act::Back | Act::Cancel)), "{name} {scope:?}: {out:?}");
            }
        }
    }

    #[test]
    fn ctrl_c_leads_out_of_every_place() {
        for (name, map) in whole() {
            for scope in Scope::ALL {
                let out = step(&map, scope, "ctrl-c");
                let leaves = |act: &Act| matches!(act, Act::Quit | Act::Back | Act::Cancel);
                let out = match &out {
                    Step::Act(act) => leaves(act),
                    Step::Pending(next) => {
                        next.iter().any(|(_, what)| matches!(what, What::Act(act) if leaves(act)))
                    }
                    Step::Unbound => false,
                };
                assert!(out, "{name} {scope:?}");
            }
        }
    }

    #[test]
    fn whoever_fills_in_a_form_cannot_change_what_it_covers() {
        let harmless = [Act::Help, Act::Back, Act::Redraw, Act::Suspend, Act::Quit];
        for (name, map) in whole() {
            for scope in [Scope::Form, Scope::Choice, Scope::Pick] {
                for row in map.in_force(scope.stack()) {
                    let wide = row.act.filter(|act| act.scope() == Scope::Global);
                    assert!(wide.is_none_or(|act| harmless.contains(&act)), "{name}: {}", row.keys);
                }
            }
        }
    }

    #[test]
    fn the_keys_of_vim() {
        let map = Keymap::user("my.toml", "extends = \"vim\"");
        assert_eq!(faults(&map), Vec::<String>::new());
        for (scope, pressed, act) in [
            (Scope::Customers, "j", Act::Down),
            (Scope::Customers, "g g", Act::Top),
            (Scope::Timeline, "ctrl-d", Act::PageDown),
            (Scope::Tiers, "ctrl-r", Act::Redo),
            (Scope::Tasks, "d d", Act::TaskDone),
            (Scope::Tasks, "space l", Act::Log),
            (Scope::Tasks, "Z Z", Act::Quit),
            (Scope::Search, "ctrl-n", Act::Down),
            (Scope::Search, "ctrl-u", Act::KillLine),
            (Scope::Form, "ctrl-r", Act::FieldRedo),
            (Scope::Form, "ctrl-w", Act::KillWord),
        ] {
            assert_eq!(step(&map, scope, pressed), Step::Act(act), "{scope:?} {pressed}");
        }
        assert_eq!(step(&map, Scope::Customers, "d"), Step::Unbound, "there is no task under the bar");
        assert_eq!(step(&map, Scope::Choice, "ctrl-w w"), Step::Unbound);
    }

    #[test]
    fn the_keys_of_emacs() {
        let map = Keymap::user("my.toml", "extends = \"emacs\"");
        assert_eq!(faults(&map), Vec::<String>::new());
        for (scope, pressed, act) in [
            (Scope::Customers, "ctrl-n", Act::Down),
            (Scope::Customers, "ctrl-v", Act::PageDown),
            (Scope::Customers, "ctrl-s", Act::Find),
            (Scope::Customers, "ctrl-x ctrl-c", Act::Quit),
            (Scope::Customers, "ctrl-_", Act::Undo),
            (Scope::Search, "ctrl-s", Act::Down),
            (Scope::Search, "ctrl-g", Act::Back),
            (Scope::Search, "backspace", Act::Backspace),
            (Scope::Form, "ctrl-d", Act::Delete),
            (Scope::Form, "ctrl-a", Act::CaretHome),
            (Scope::Form, "ctrl-x u", Act::FieldUndo),
            (Scope::Choice, "ctrl-x ctrl-s", Act::Save),
            (Scope::Choice, "ctrl-c ctrl-c", Act::Save),
            (Scope::Form, "ctrl-g", Act::Cancel),
        ] {
            assert_eq!(step(&map, scope, pressed), Step::Act(act), "{scope:?} {pressed}");
        }
    }

    #[test]
    fn a_sequence_waits_and_says_what_may_follow() {
        let map = default();
        let Step::Pending(next) = step(&map, Scope::Customers, "g") else { panic!("g waits") };
        assert!(next.contains(&(Key::plain(Code::Char('g')), What::Act(Act::Top))));
        assert_eq!(step(&map, Scope::Customers, "g g"), Step::Act(Act::Top));
        assert_eq!(step(&map, Scope::Customers, "g x"), Step::Unbound);
    }

    #[test]
    fn a_group_shows_its_label() {
        let map = Keymap::user(
            "my.toml",
            "[list]\n\"g b c\" = \"sort\"\n[groups]\n\"g b\" = { en = \"by\", zh = \"按\" }",
        );
        assert_eq!(faults(&map), Vec::<String>::new());
        let Step::Pending(next) = step(&map, Scope::List, "g") else { panic!("g waits") };
        let labels: Vec<_> =
            next.iter().map(|(key, what)| format!("{key} {}", what.label(Lang::Zh))).collect();
        assert_eq!(labels, ["b 按", "g 首行"]);
    }

    #[test]
    fn a_narrower_scope_wins() {
        let map =
            Keymap::user("my.toml", "[tasks]\nn = \"task-done\"\ng = \"sort\"\n[timeline]\nt = \"none\"");
        assert_eq!(step(&map, Scope::Tasks, "n"), Step::Act(Act::TaskDone));
        assert_eq!(step(&map, Scope::Customers, "n"), Step::Act(Act::NextTask));
        assert_eq!(step(&map, Scope::Tasks, "g"), Step::Act(Act::Sort));
        assert_eq!(step(&map, Scope::Tasks, "g g"), Step::Unbound);
        assert_eq!(step(&map, Scope::Timeline, "t"), Step::Unbound);
        assert_eq!(step(&map, Scope::Tiers, "t"), Step::Act(Act::AddTask));
        assert_eq!(faults(&map), Vec::<String>::new(), "to hide a wider scope is no fault");
    }

    #[test]
    fn plain_characters_are_text_where_text_is_edited() {
        let map = default();
        for scope in [Scope::Form, Scope::Search, Scope::Prompt, Scope::Choice] {
            for pressed in ["q", "j", "g", "space", "?", "1", "ö"] {
                assert_eq!(step(&map, scope, pressed), Step::Unbound, "{scope:?} {pressed}");
            }
            assert_eq!(step(&map, scope, "ctrl-l"), Step::Act(Act::Redraw));
        }
        let map = Keymap::user("my.toml", "[search]\nx = \"open\"\n[choice]\nh = \"choice-prev\"");
        assert_eq!(faults(&map), ["my.toml:2:1: \"x\" types text in [search] and cannot be bound there"]);
        assert_eq!(step(&map, Scope::Choice, "h"), Step::Act(Act::ChoicePrev));
    }

    #[test]
    fn a_users_file_changes_and_unbinds_what_it_extends() {
        let map = Keymap::user("my.toml", "extends = \"default\"\n[global]\nQ = \"quit\"\nq = \"none\"\n");
        assert_eq!(step(&map, Scope::List, "Q"), Step::Act(Act::Quit));
        assert_eq!(step(&map, Scope::List, "q"), Step::Unbound);
        assert_eq!(step(&map, Scope::List, "j"), Step::Act(Act::Down));
        assert_eq!(map.keys_of(Scope::List.stack(), Act::Quit), ["Q", "ctrl-c"]);
    }

    #[test]
    fn none_takes_away_what_is_inherited_and_begins_so() {
        let text =
            "extends = \"vim\"\n[global]\nspace = \"none\"\n\"space x\" = \"quit\"\n[tasks]\nd = \"none\"";
        let map = Keymap::user("my.toml", text);
        assert_eq!(faults(&map), Vec::<String>::new());
        assert_eq!(step(&map, Scope::Timeline, "space n"), Step::Unbound);
        assert_eq!(step(&map, Scope::Timeline, "space x"), Step::Act(Act::Quit), "one's own stays");
        assert_eq!(step(&map, Scope::Timeline, "space s"), Step::Act(Act::Sort), "another section");
        assert_eq!(step(&map, Scope::Tasks, "d d"), Step::Unbound);
    }

    #[test]
    fn letters_of_another_layout_are_translated_where_they_mean_nothing_themselves() {
        let map =
            Keymap::user("my.toml", "[translate]\n\"о\" = \"j\"\n\"п\" = \"g\"\n[list]\n\"п\" = \"sort\"");
        assert_eq!(step(&map, Scope::List, "о"), Step::Act(Act::Down));
        assert_eq!(step(&map, Scope::List, "п"), Step::Act(Act::Sort));
        assert_eq!(step(&map, Scope::Search, "о"), Step::Unbound);
    }

    #[test]
    fn a_translation_is_from_one_character_to_one() {
        let text = "[translate]\n\"и\u{306}\" = \"q\"\n\"ф\" = \"ctrl-a\"\n\"ctrl-с\" = \"c\"\n\"ж\" = 1\n\"ab\" = \"c\"";
        let map = Keymap::user("my.toml", text);
        let places: Vec<_> = map.faults().iter().map(|f| (f.origin.line, f.origin.column)).collect();
        assert_eq!(places, [(3, 7), (4, 1), (5, 7), (6, 1)]);
        assert!(map.faults().iter().all(|fault| fault.problem == Problem::NotACharacter));
        assert_eq!(step(&map, Scope::List, "й"), Step::Act(Act::Quit), "composed as terminals send it");
    }

    #[test]
    fn a_bad_row_is_skipped_and_shown_with_its_place() {
        let text = "extends = \"defalt\"\n[lists]\n[list]\nx = \"dwon\"\n\"鼠 gg\" = \"down\"\ny = 1\n \"shift-g\" = \"up\"\n\
                    z = \"task-done\"\nw = \"bottom\"\n[groups]\ng = \"\"\n[translate]\nab = \"c\"\n[tasks]\n";
        let map = Keymap::user("my.toml", text);
        assert_eq!(
            faults(&map),
            [
                "my.toml:1:11: no key map is called \"defalt\"; did you mean \"default\"?",
                "my.toml:2:2: no section or setting is called \"lists\"; did you mean \"list\"?",
                "my.toml:4:5: no act is called \"dwon\"; did you mean \"down\"?",
                "my.toml:5:1: \"鼠 gg\" is no key: write one character, or a name such as enter, esc, tab, space, pageup, f1",
                "my.toml:6:5: write the name of an act in quotes, or \"none\"",
                "my.toml:7:2: \"shift-g\" is no key: write the character that shift makes, such as G or ?",
                "my.toml:8:5: \"task-done\" does nothing in [list]",
                "my.toml:11:5: write a label in quotes, or { en = \"...\", zh = \"...\" }",
                "my.toml:13:1: write one character for one character",
            ]
        );
        assert_eq!(step(&map, Scope::List, "w"), Step::Act(Act::Bottom), "the good row counts");
        assert_eq!(step(&map, Scope::List, "q"), Step::Act(Act::Quit), "the default is below");
    }

    #[test]
    fn what_is_no_toml_still_leaves_a_usable_map() {
        let map = Keymap::user("my.toml", "[list]\nx = \"sort\"\ny = \n");
        assert_eq!(map.faults().len(), 1);
        assert_eq!(map.faults()[0].origin.line, 3);
        assert_eq!(step(&map, Scope::List, "x"), Step::Act(Act::Sort));
        assert_eq!(step(&map, Scope::List, "q"), Step::Act(Act::Quit));
    }

    #[test]
    fn a_clash_is_a_warning_in_a_users_file_and_an_error_in_a_shipped_one() {
        let text = "extends = \"default\"\n[list]\ng = \"sort\"\nx = \"up\"\n\"x y\" = \"down\"\n";
        let map = Keymap::user("my.toml", text);
        let found = faults(&map);
        assert!(found[0].starts_with("my.toml:3:1: \"g\" hides \"g g\" (top, default.toml:"), "{found:?}");
        assert_eq!(
            found[1..],
            [
                "my.toml:5:1: \"x y\" clashes with \"x\" (up, my.toml:4): one begins the other; the first is kept"
            ]
        );
        assert!(map.faults().iter().all(|fault| fault.severity == Severity::Warning));
        assert_eq!(step(&map, Scope::List, "g"), Step::Act(Act::Sort));
        let shipped = Keymap::read(File::read("bad.toml", text), Severity::Error, None);
        assert!(shipped.faults().iter().all(|fault| fault.severity == Severity::Error));
        let unbound = Keymap::user("my.toml", "[list]\ng = \"sort\"\n\"g g\" = \"none\"");
        assert_eq!(faults(&unbound), Vec::<String>::new(), "who unbinds knows");
    }

    #[test]
    fn faults_are_told_in_chinese_too() {
        let map = Keymap::user("my.toml", "[list]\nx = \"dwon\"\n");
        assert_eq!(map.faults()[0].text(Lang::Zh), "my.toml:2:5：没有名为“dwon”的操作；是否想写“down”？");
    }
}
