//! Why: of a customer, a task, a tier, a stage.

use super::*;

#[test]
fn why_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in
            [("customer", "w"), ("task", "3 w"), ("typed_task", "3 j w"), ("tier", "4 w"), ("stage", "B G w")]
        {
            let mut desk = Desk::new(lang, (80, 24));
            desk.server.works = true;
            let mut desk = desk.up();
            desk.keys(keys);
            insta::assert_snapshot!(format!("why_{name}_{lang:?}"), desk.small());
        }
    }
}

#[test]
fn why_is_left_by_its_own_key_and_asks_for_nothing_then() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 w");
    assert!(desk.small().contains("playbook Inquiry, step First contact"), "{}", desk.small());
    desk.keys("w");
    assert!(!desk.small().contains("playbook Inquiry"));
    desk.keys("l w");
    assert!(desk.small().contains("enter saves") || !desk.small().contains("comes from"));
}

#[test]
fn the_card_tells_the_open_steps_of_playbooks() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.works = true;
    let mut desk = desk.up();
    desk.keys("enter pagedown");
    let screen = desk.small();
    assert!(screen.contains("Inquiry · first contact"), "{screen}");
    assert!(screen.contains("late 2h, Anna"), "{screen}");
    assert!(screen.contains("2d left"), "{screen}");
}
