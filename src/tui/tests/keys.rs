//! Keys: what may follow, what means nothing, and keys of one's own.

use super::*;

#[test]
fn the_footer_says_what_keys_may_follow_and_what_means_nothing() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("g");
    assert!(desk.footer().starts_with(" g  g top"), "{}", desk.footer());
    desk.keys("x");
    assert!(desk.footer().contains("g x does nothing here; ? shows the keys"), "{}", desk.footer());
    desk.keys("d");
    assert!(
        desk.footer().contains("d: end the task, or all marked, as done, in the tasks (3)"),
        "{}",
        desk.footer()
    );
    desk.keys("L m");
    assert!(desk.footer().contains("m：切换我的任务与小组任务，请先到任务（3）"), "{}", desk.footer());
    desk.keys("L q");
    assert!(desk.quit);
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
