//! Views of the list: the bar of filters, and the way back to the customers one was at.

use super::*;
use crate::model::Command;

#[test]
fn the_bar_of_filters_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [
            ("bar", "f"),
            ("fields", "f \"ti\""),
            ("values", "f \"tier:\""),
            ("narrowed", "f \"tier:B\""),
            ("error", "f \"tier:A teir:B own\""),
            ("refused", "f \"tier:Z\""),
        ] {
            let mut desk = Desk::new(lang, (80, 24)).up();
            desk.keys(keys);
            insta::assert_snapshot!(format!("filter_{name}_{lang:?}"), desk.small());
        }
    }
    for size in [(60, 15), (40, 8), (160, 50)] {
        let mut desk = Desk::new(Lang::En, size).up();
        desk.keys("f \"tier:A own\"");
        insta::assert_snapshot!(format!("filter_{}x{}", size.0, size.1), desk.text(size));
    }
}

/// What the title of the list says, without the place of the bar.
fn title(desk: &Desk) -> String {
    let screen = desk.small();
    let line = screen.lines().find(|line| line.contains("CUSTOMERS")).unwrap_or_default();
    line.split('│').next().unwrap_or_default().replace(" 1/", " ").trim_end().to_owned()
}

#[test]
fn the_list_narrows_while_one_types_and_esc_puts_it_back() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("f \"tier:B\"");
    assert!(title(&desk).contains("CUSTOMERS 21 tier:B"), "{}", desk.small());
    desk.keys("ctrl-u \"Cond\"");
    assert!(title(&desk).contains("CUSTOMERS 7 Cond"), "{}", desk.small());
    desk.keys("esc");
    assert!(title(&desk).contains("CUSTOMERS 85"), "{}", desk.small());
    desk.keys("f \"tier:B\" enter");
    assert!(title(&desk).contains("CUSTOMERS 21 tier:B"), "{}", desk.small());
    desk.keys("f backspace backspace \"C\"");
    assert!(title(&desk).contains("tier:C"), "the bar holds the filter of the list: {}", desk.small());
    desk.keys("esc");
    assert!(title(&desk).contains("CUSTOMERS 21 tier:B"), "{}", desk.small());
    desk.keys("f ctrl-u enter");
    assert!(title(&desk).contains("/85"), "an empty filter is everybody: {}", desk.small());
}

#[test]
fn a_wrong_filter_leaves_the_list_and_is_not_kept() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("f \"tier:B\" enter f \"teir:A \"");
    assert!(title(&desk).contains("CUSTOMERS 21 tier:B"), "{}", desk.small());
    assert!(desk.row(2).starts_with("               ^^^^"), "{}", desk.small());
    desk.keys("enter");
    assert!(desk.small().contains("did you mean tier?"), "enter keeps nothing wrong: {}", desk.small());
    desk.keys("esc f ctrl-u \"tier:Z\" enter");
    assert!(desk.small().contains("there is no tier \"Z\""), "{}", desk.small());
    assert!(title(&desk).contains("CUSTOMERS 85"), "the server's refusal as well: {}", desk.small());
    desk.keys("backspace enter");
    assert!(desk.small().contains("a value for tier is missing"), "told on enter: {}", desk.small());
}

#[test]
fn tab_writes_a_whole_filter() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("f \"ti\" tab tab tab ctrl-n tab enter");
    assert!(title(&desk).contains("CUSTOMERS 21 tier:B"), "{}", desk.small());
    desk.keys("f ctrl-u \"owner:an\" tab");
    assert!(desk.row(1).contains("filter owner:\"Anna Snelling\""), "{}", desk.small());
}

#[test]
fn own_fields_and_their_values_are_offered_as_the_server_knows_them() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("f \"x.\"");
    assert!(desk.row(2).contains("x.contract"), "{}", desk.small());
    desk.keys("tab \":\"");
    assert!(desk.row(2).contains("gold"), "{}", desk.small());
    desk.keys("tab enter");
    assert!(desk.small().contains("x.contract:gold"), "{}", desk.small());
}

#[test]
fn earlier_filters_come_back() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("f \"tier:A\" enter f ctrl-u \"tier:B\" enter esc f \"tier\"");
    let bar = |desk: &Desk| desk.row(1).trim_end().to_owned();
    desk.keys("up");
    assert_eq!(bar(&desk), " filter tier:B");
    desk.keys("up up up");
    assert_eq!(bar(&desk), " filter tier:A");
    assert!(title(&desk).contains("tier:A"), "{}", desk.small());
    desk.keys("down down down");
    assert_eq!(bar(&desk), " filter tier", "what was being typed is not lost");
}

#[test]
fn the_answer_to_an_older_filter_is_dropped() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("f \"tier:B\" backspace \"C\"");
    let sends = std::mem::take(&mut desk.unanswered);
    for send in sends.into_iter().rev() {
        desk.answer(send);
    }
    assert!(title(&desk).contains("CUSTOMERS 35 tier:C"), "{}", desk.small());
}

#[test]
fn one_goes_back_to_the_customers_one_was_at() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("o");
    assert!(desk.footer().contains("no other customer"), "{}", desk.footer());
    desk.keys("j j j k / \"condax 2\" enter");
    assert!(desk.row(1).contains("│ Condax 2"), "{}", desk.row(1));
    desk.keys("o");
    assert!(desk.row(1).contains("│ Hottechi") && desk.row(2).starts_with("▌A Hottechi"), "{}", desk.small());
    desk.keys("o");
    assert!(desk.row(1).contains("│ Acme Corporation"), "whom one passes is left out: {}", desk.row(1));
    desk.keys("O O");
    assert!(desk.row(1).contains("│ Condax 2"), "{}", desk.row(1));
}

#[test]
fn views_and_columns_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [
            ("list", "V"),
            ("none", "V \"silent\""),
            ("shown", "V \"key\" enter"),
            ("columns", "C"),
            ("chosen", "C space j space G k space esc"),
        ] {
            let mut desk = Desk::new(lang, (80, 24)).up();
            let keys = if lang == Lang::Zh { keys.replace("key", "zdkh") } else { keys.to_owned() };
            desk.keys(&keys);
            insta::assert_snapshot!(format!("view_{name}_{lang:?}"), desk.small());
        }
    }
    let mut desk = Desk::new(Lang::En, (60, 15)).up();
    desk.keys("V");
    insta::assert_snapshot!("view_list_60x15", desk.text((60, 15)));
}

#[test]
fn a_view_is_shown_until_one_leaves_it() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("s s V \"key\" enter");
    assert!(title(&desk).contains("CUSTOMERS 22 Key acc"), "{}", desk.small());
    desk.keys("esc");
    assert!(title(&desk).contains("CUSTOMERS 85"), "{}", desk.small());
    assert!(desk.row(1).contains("last↑"), "one's own order is back: {}", desk.row(1));
    desk.keys("V \"key\" enter f ctrl-u \"tier:B\" enter");
    assert!(title(&desk).contains("CUSTOMERS 21 tier:B"), "another filter is another list: {}", desk.small());
}

#[test]
fn the_list_is_saved_under_a_name_and_removed() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("V ctrl-s");
    assert!(desk.footer().contains("type a name first"), "{}", desk.footer());
    desk.keys("esc f \"tier:B\" enter s V \"Growing\" ctrl-t");
    let Command::Add { kind: Kind::View, changes } = &desk.server.ordered[0].2 else { panic!() };
    let said: Vec<_> = changes.iter().map(|change| format!("{}={}", change.field, change.to)).collect();
    assert_eq!(said, ["name=Growing", "filter=tier:B", "sort=name", "columns=", "shared=yes"]);
    assert!(desk.footer().contains("view saved: Growing"), "{}", desk.footer());
    desk.keys("V \"ordinary\" ctrl-s");
    let ordinary = Id::new(Kind::View, 1);
    assert!(
        matches!(&desk.server.ordered[1].2, Command::Edit { record, .. } if *record == ordinary),
        "one's own view of this name is changed"
    );
    desk.keys("V \"ordinary\" delete");
    assert_eq!(desk.server.ordered[2].2, Command::ViewRemove { view: ordinary });
    assert!(desk.footer().contains("view removed: Ordinary; u brings it back"), "{}", desk.footer());
    assert!(!desk.small().contains("tier:C"), "{}", desk.small());
}

#[test]
fn the_next_run_begins_as_the_last_one_ended() {
    let dir = tempfile::tempdir().unwrap();
    let run = |keys: &str| {
        let mut desk = Desk::new(Lang::En, (80, 24));
        let habits = Habits::load(dir.path().join("list.json"));
        let keymap = Keymap::shipped("default").unwrap();
        let setup = Setup {
            size: (80, 24),
            lang: Lang::En,
            theme: Theme::new(true, false),
            keys: keymap,
            drafts: Drafts::default(),
            habits,
        };
        desk.app = App::new(setup, NOW);
        let mut desk = desk.up();
        desk.keys(keys);
        desk
    };
    run("s s C space esc f \"tier:B\" enter");
    let desk = run("f up");
    assert!(desk.row(1).contains("filter tier:B"), "filters are remembered: {}", desk.small());
    drop(desk);
    let desk = run("V \"key\" enter");
    assert!(desk.small().contains("East"), "{}", desk.small());
    drop(desk);
    let desk = run("");
    assert!(title(&desk).contains("CUSTOMERS 22 Key acc"), "the view is there again: {}", desk.small());
    let desk = {
        drop(desk);
        run("esc")
    };
    assert!(desk.row(1).contains("last↑") && !desk.row(1).contains("due"), "{}", desk.row(1));
}

#[test]
fn who_is_not_in_the_list_that_one_narrowed_is_not_acted_on() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("/ \"tier:C\" enter");
    assert!(desk.row(1).contains("│ Condax"), "the first row is what everything is about: {}", desk.row(1));
    desk.keys("esc f \"tier:B\" enter l");
    assert!(desk.small().contains("log · Betatech"), "{}", desk.small());
    desk.keys("esc esc f \"name:nobody\" enter l");
    assert!(!desk.small().contains("log · "), "{}", desk.small());
}

#[test]
fn a_column_that_only_who_wants_it_has_goes_before_the_usual_ones() {
    let mut desk = Desk::new(Lang::En, (120, 40)).up();
    desk.keys("C j j j j j j space esc");
    let shown = desk.text((120, 40));
    assert!(shown.lines().nth(1).unwrap().contains("phone"), "{shown}");
    assert!(shown.lines().nth(3).unwrap().contains("+86 138 0013 8000"), "{shown}");
}

#[test]
fn what_the_list_is_sorted_by_is_seen() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("j j j :");
    desk.keys("\"sort -spend\" enter");
    assert!(desk.row(1).contains("spend↓") && !desk.row(1).contains("last"), "{}", desk.row(1));
    desk.keys(": \"sort name\" enter");
    assert!(desk.row(1).contains("name↑") && desk.row(1).contains("last"), "{}", desk.row(1));
}

/// What the bar stands on, in a window of 80x24.
fn under_bar(desk: &Desk) -> String {
    let bars: Vec<String> =
        desk.small().lines().filter(|row| row.starts_with('▌')).map(str::to_owned).collect();
    assert_eq!(bars.len(), 1, "{}", desk.small());
    bars[0].clone()
}

/// A book of three pages.
fn long() -> Desk {
    let mut desk = Desk::new(Lang::En, (80, 24));
    for n in 85..250 {
        let line =
            crate::model::query::CustomerLine { id: Id::customer(n + 1), ..desk.server.line(n as usize) };
        desk.server.customers.push(line);
    }
    desk.up()
}

#[test]
fn another_order_leaves_the_bar_on_its_customer_and_in_sight() {
    let mut desk = long();
    desk.keys("j j j");
    assert!(under_bar(&desk).contains("Kan-code"));
    for sort in ["name", "-spend", "tier", "due"] {
        desk.keys(&format!(": \"sort {sort}\" enter"));
        assert!(under_bar(&desk).contains("Kan-code "), "{sort}: {}", desk.small());
        assert!(desk.row(1).contains("│ Kan-code"), "{sort}: {}", desk.row(1));
    }
    // By their names, the last is on a page that was never seen.
    desk.server.customers[3].name = clean("Zeta");
    desk.hear(Heard::News(crate::ipc::client::News {
        head: 101,
        changed: crate::ipc::client::Changed::Everything,
    }));
    desk.online = false;
    desk.keys("s");
    assert!(under_bar(&desk).contains("Zeta"), "the rows that are there stay: {}", desk.small());
    desk.online = true;
    for send in std::mem::take(&mut desk.unanswered) {
        desk.answer(send);
        desk.carry();
    }
    assert!(under_bar(&desk).contains("Zeta") && desk.row(1).contains("name↑"), "{}", desk.small());
}

#[test]
fn the_window_goes_along_with_a_customer_that_ones_own_act_moves_and_with_no_other() {
    let mut desk = long();
    desk.keys("j j j l \"hello\"");
    let line = desk.server.customers.remove(3);
    desk.server.customers.push(line);
    desk.keys("enter");
    desk.hear(Heard::News(crate::ipc::client::News {
        head: 101,
        changed: crate::ipc::client::Changed::These(vec![Id::customer(4)]),
    }));
    assert!(under_bar(&desk).contains("Kan-code") && desk.row(1).contains("250/250"), "{}", desk.small());
    let line = desk.server.customers.remove(249);
    desk.server.customers.insert(0, line);
    desk.hear(Heard::News(crate::ipc::client::News {
        head: 102,
        changed: crate::ipc::client::Changed::These(vec![Id::customer(4)]),
    }));
    assert!(!desk.small().lines().any(|row| row.starts_with('▌')), "{}", desk.small());
    assert!(desk.row(1).contains("CUSTOMERS 250 "), "no row has the bar: {}", desk.row(1));
    desk.keys("k");
    assert!(desk.row(1).contains("249/250"), "it goes on from where one sees: {}", desk.small());
}

#[test]
fn one_goes_on_behind_the_filter_that_is_kept() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("f \"tier:B\" enter f \"owner:me\"");
    let bar = desk.small().lines().find(|row| row.contains(" filter ")).map(str::to_owned);
    assert!(bar.is_some_and(|row| row.contains("tier:B owner:me")), "{}", desk.small());
}

#[test]
fn where_the_list_is_empty_no_customer_is_shown() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("f \"tier:Q\" enter");
    assert!(!desk.small().contains("Acme Corporation"), "{}", desk.small());
}
