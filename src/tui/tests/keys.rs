//! Keys: what may follow, what means nothing, and keys of one's own.

use super::*;

#[test]
fn the_footer_says_what_keys_may_follow_and_what_means_nothing() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.wait(150);
    desk.keys("g");
    assert_eq!(desk.footer().split_whitespace().next(), Some("g"), "{}", desk.footer());
    assert!(!desk.footer().contains("top"), "whoever knows is not told: {}", desk.footer());
    let told = desk.app.wake().unwrap();
    assert_eq!(told, Instant(desk.now.0 + 300));
    desk.now = told;
    desk.app.tick(told);
    assert!(desk.footer().starts_with(" g go  g top"), "{}", desk.footer());
    desk.keys("x");
    assert!(desk.footer().contains("g x does nothing here; ? shows the keys"), "{}", desk.footer());
    desk.keys("2 T");
    let elsewhere = "T: set the tier by hand; of all marked, in the customers (1)";
    assert!(desk.footer().contains(elsewhere), "{}", desk.footer());
    desk.keys("L T");
    assert!(
        desk.footer().contains("T：手动设定等级；有标记则全部设定，请先到客户（1）"),
        "{}",
        desk.footer()
    );
    desk.keys("L q");
    assert!(desk.quit);
}

#[test]
fn help_is_narrowed_by_what_is_typed_and_names_what_no_key_does() {
    let keys = Keymap::user("my.toml", "[global]\nu = \"none\"\n\"/\" = \"none\"\nf9 = \"find\"\n");
    let mut desk = Desk::with(Lang::En, (80, 24), Drafts::default(), keys).up();
    desk.keys("? \"undo\"");
    let page = desk.small();
    assert!(page.contains("without a key") && page.contains("undo my last act"), "{page}");
    desk.keys("ctrl-u \"look up\"");
    let row = desk.small().lines().find(|row| row.contains("look up a customer")).map(str::to_owned);
    assert!(row.as_ref().is_some_and(|row| row.contains("f9") && row.contains("my.toml:4")), "{row:?}");
    desk.keys("ctrl-u \"qqq\"");
    assert!(desk.small().contains("no act is called that"), "{}", desk.small());
    desk.keys("esc");
    assert!(desk.footer().contains("f9 find"), "{}", desk.footer());
}

#[test]
fn a_persons_own_keys_are_the_ones_that_are_shown() {
    let keys = Keymap::user("my.toml", "[global]\nl = \"none\"\nw = \"log\"\nx = \"nope\"\n");
    let mut desk = Desk::with(Lang::En, (80, 24), Drafts::default(), keys).up();
    assert!(desk.footer().contains("my.toml:4: no act"), "a fault is told: {}", desk.footer());
    desk.keys("j");
    assert!(desk.footer().contains("w log") && !desk.footer().contains("l log"), "{}", desk.footer());
    desk.keys("?");
    assert!(desk.small().contains("my.toml:4:5"));
}

#[test]
fn esc_leaves_what_was_begun_and_says_nothing() {
    for (map, begun) in [("default", "g"), ("vim", "space"), ("vim", "ctrl-w"), ("emacs", "ctrl-x")] {
        let keys = Keymap::shipped(map).unwrap();
        let mut desk = Desk::with(Lang::En, (80, 24), Drafts::default(), keys).up();
        desk.keys("j");
        let before = desk.small();
        desk.keys(begun);
        assert_ne!(desk.footer(), before.lines().last().unwrap());
        desk.keys("esc");
        assert_eq!(desk.small(), before);
    }
}

#[test]
fn as_many_keys_as_may_follow_are_shown_and_what_has_no_room_is_counted() {
    for (lang, size) in
        [(Lang::En, (80, 24)), (Lang::Zh, (80, 24)), (Lang::En, (60, 15)), (Lang::En, (40, 8))]
    {
        let mut desk = Desk::with(lang, size, Drafts::default(), Keymap::shipped("vim").unwrap()).up();
        desk.keys("space");
        desk.wait(300);
        let screen = desk.text(size);
        insta::assert_snapshot!(format!("hints_{lang:?}_{}x{}", size.0, size.1), screen);
        assert!(
            screen.lines().last().unwrap().starts_with(lang.pick(" space act", " space 操作")),
            "{screen}"
        );
        desk.keys("?");
        assert!(desk.text(size).contains(lang.pick("type to narrow", "输入以筛选")), "{}", desk.text(size));
    }
}

#[test]
fn help_keeps_the_name_and_the_line_of_what_is_long() {
    let file = "[global]\nz = \"none\"\nf9 = \"tag\"\nf8 = \"redo\"\n[customers]\nf7 = \"assign\"\n";
    for size in [(80, 24), (60, 15), (40, 8)] {
        let keys = Keymap::user("keymap.toml", file);
        let mut desk = Desk::with(Lang::En, size, Drafts::default(), keys).up();
        for (typed, wanted) in
            [("task-snooze", &[":task-snooze"][..]), ("assign", &["f7", ":assign", "keymap.toml:6"][..])]
        {
            desk.keys(&format!("? \"{typed}\""));
            let mut seen = desk.text(size);
            for _ in 0..20 {
                desk.keys("down");
                seen += &desk.text(size);
            }
            for part in wanted {
                assert!(seen.contains(part), "{part}: {seen}");
            }
            desk.keys("esc");
        }
    }
}
