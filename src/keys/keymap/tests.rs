//! Key maps: layers, groups, files on top of each other, faults with their places.

use std::collections::BTreeSet;

use super::*;

/// The shipped maps that a person can work with: `base` has no letters.
fn whole() -> impl Iterator<Item = (&'static str, Keymap)> {
    let names = SHIPPED.iter().map(|(name, _)| *name).filter(|name| *name != "base");
    names.map(|name| (name, Keymap::shipped(name).unwrap_or_default()))
}

/// Acts without a key: they are found in the palette.
const PALETTE_ONLY: [Act; 16] = [
    Act::ReloadKeys,
    Act::AsOf,
    Act::Theme,
    Act::Assign,
    Act::Tag,
    Act::Untag,
    Act::EditCustomer,
    Act::PolicyHistory,
    Act::Handover,
    Act::PlaybookStart,
    Act::PlaybookPause,
    Act::PlaybookResume,
    Act::PlaybookStop,
    Act::CareSkip,
    Act::MemberAway,
    Act::MemberBack,
];

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
        (Scope::Customers, "d d", Act::TaskDone),
        (Scope::Tasks, "space l", Act::Log),
        (Scope::Tasks, "Z Z", Act::Quit),
        (Scope::Search, "ctrl-n", Act::Down),
        (Scope::Search, "ctrl-u", Act::KillLine),
        (Scope::Form, "ctrl-r", Act::FieldRedo),
        (Scope::Form, "ctrl-w", Act::KillWord),
    ] {
        assert_eq!(step(&map, scope, pressed), Step::Act(act), "{scope:?} {pressed}");
    }
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
    let labels: Vec<_> = next.iter().map(|(key, what)| format!("{key} {}", what.label(Lang::Zh))).collect();
    assert_eq!(labels, ["b 按", "g 首行", "p 预演策略", "r 流程", "f 执行情况", "c 沟通计划"]);
}

#[test]
fn a_narrower_scope_wins() {
    let map = Keymap::user("my.toml", "[tasks]\nn = \"task-done\"\ng = \"sort\"\n[timeline]\nt = \"none\"");
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
    let text = "extends = \"vim\"\n[global]\nspace = \"none\"\n\"space x\" = \"quit\"\n[tasks]\nd = \"none\"";
    let map = Keymap::user("my.toml", text);
    assert_eq!(faults(&map), Vec::<String>::new());
    assert_eq!(step(&map, Scope::Timeline, "space n"), Step::Unbound);
    assert_eq!(step(&map, Scope::Timeline, "space x"), Step::Act(Act::Quit), "one's own stays");
    assert_eq!(step(&map, Scope::Timeline, "space s"), Step::Act(Act::Sort), "another section");
    assert_eq!(step(&map, Scope::Tasks, "d d"), Step::Unbound);
}

#[test]
fn letters_of_another_layout_are_translated_where_they_mean_nothing_themselves() {
    let map = Keymap::user("my.toml", "[translate]\n\"о\" = \"j\"\n\"п\" = \"g\"\n[list]\n\"п\" = \"sort\"");
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
                z = \"task-assign\"\nw = \"bottom\"\n[groups]\ng = \"\"\n[translate]\nab = \"c\"\n[tasks]\n";
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
            "my.toml:8:5: \"task-assign\" does nothing in [list]",
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
        ["my.toml:5:1: \"x y\" clashes with \"x\" (up, my.toml:4): one begins the other; the first is kept"]
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
