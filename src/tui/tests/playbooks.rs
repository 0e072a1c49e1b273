//! Playbooks at work, the communication plan and absences: seen, and changed.

use super::*;
use crate::model::query::TaskStep;
use crate::model::{Change, Command};

/// The screen of a book in which playbooks are at work.
fn at_work(lang: Lang, size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(lang, size);
    desk.server.works = true;
    desk.up()
}

fn last(desk: &Desk) -> &Command {
    desk.server.ordered.last().map(|(_, _, command)| command).expect("nothing was ordered")
}

#[test]
fn what_is_at_work_and_planned_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [("running", "g r"), ("figures", "g f"), ("plan", "g c")] {
            for size in [(60, 15), (80, 24)] {
                let mut desk = at_work(lang, size);
                desk.keys(keys);
                let name = format!("work_{name}_{lang:?}_{}x{}", size.0, size.1);
                insta::assert_snapshot!(name, desk.text(size));
            }
        }
    }
}

#[test]
fn the_playbook_under_the_bar_is_paused_with_a_reason_resumed_and_stopped() {
    let mut desk = at_work(Lang::En, (80, 24));
    desk.keys("g r p");
    assert!(desk.small().contains("playbook-pause r12"), "{}", desk.small());
    desk.keys("enter");
    assert!(desk.server.ordered.is_empty(), "a pause says why");
    desk.keys("\"on holiday\" enter");
    let run = Id::new(Kind::Run, 12);
    assert_eq!(*last(&desk), Command::PlaybookPause { run, reason: clean("on holiday") });
    assert!(desk.footer().contains("Inquiry is paused: on holiday"), "{}", desk.footer());
    desk.keys("r");
    assert_eq!(*last(&desk), Command::PlaybookResume { run });
    desk.keys("x enter");
    assert_eq!(*last(&desk), Command::PlaybookStop { run, reason: Clean::default() });
    desk.keys("enter");
    assert!(!desk.small().contains("playbooks at work"), "{}", desk.small());
    assert!(desk.small().contains("Bioholding "), "the customer of the row is gone to: {}", desk.small());
}

#[test]
fn the_palette_does_the_same_with_the_customer_that_everything_is_about() {
    let mut desk = at_work(Lang::En, (80, 24));
    let run = Id::new(Kind::Run, 1);
    desk.keys(": \"playbook-pause they are away\" enter");
    assert_eq!(*last(&desk), Command::PlaybookPause { run, reason: clean("they are away") });
    desk.keys(": \"playbook-resume\" enter");
    assert_eq!(*last(&desk), Command::PlaybookResume { run });
    desk.keys(": \"playbook-start Inquiry\" enter");
    let customer = Id::customer(1);
    assert_eq!(*last(&desk), Command::PlaybookStart { customer, playbook: clean("inquiry") });
    desk.keys(": \"care-skip cadence they are away\" enter");
    let (occasion, reason) = (clean("cadence"), clean("they are away"));
    assert_eq!(*last(&desk), Command::CareSkip { customer, occasion, reason });
    assert!(desk.footer().contains("left out once: cadence"), "{}", desk.footer());
}

#[test]
fn what_is_planned_is_left_out_with_a_reason() {
    let mut desk = at_work(Lang::En, (80, 24));
    desk.keys("g c j x \"on leave\" enter");
    let (customer, occasion) = (Id::customer(1), clean("birthday:p4"));
    assert_eq!(*last(&desk), Command::CareSkip { customer, occasion, reason: clean("on leave") });
}

#[test]
fn without_a_playbook_at_work_that_is_said() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"playbook-resume\" enter");
    assert!(desk.footer().contains("no playbook is at work at Acme"), "{}", desk.footer());
    assert!(desk.server.ordered.is_empty());
}

#[test]
fn an_absence_is_noted_and_ends() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.colleagues = vec![("bo", "Bo Wang")];
    desk.keys(": \"member-away Bo fri..+10d Anna, at sea\" enter");
    let edit = |record, texts: [&str; 4]| {
        let fields = ["away_from", "away_until", "stand_in", "away_reason"];
        let change = |(field, text): (&str, &str)| Change::put(clean(field), clean(text));
        Command::Edit { record, changes: fields.into_iter().zip(texts).map(change).collect() }
    };
    assert_eq!(*last(&desk), edit(Id::new(Kind::Member, 2), ["fri", "+10d", "m1", "at sea"]));
    assert!(desk.footer().contains("Bo Wang is away: fri to +10d"), "{}", desk.footer());
    desk.keys(": \"member-back\" enter");
    assert_eq!(*last(&desk), edit(Id::new(Kind::Member, 1), ["", "", "", ""]));
    desk.keys(": \"member-away Nobody fri..sat\" enter");
    assert!(desk.footer().contains("are called Nobody"), "{}", desk.footer());
}

#[test]
fn a_step_in_the_queue_names_its_playbook() {
    let mut desk = Desk::new(Lang::En, (160, 50));
    let step = TaskStep {
        playbook: clean("inquiry"),
        step: clean("first-contact"),
        duty: clean("owner"),
        paused: false,
    };
    desk.server.tasks[0].step = Some(step);
    let desk = desk.up();
    let screen = desk.text((160, 50));
    assert!(screen.contains("first contact · Inqu"), "{screen}");
}

#[test]
fn the_path_that_was_tried_last_gives_way_to_what_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["east.toml", "west.toml"] {
        std::fs::write(folder.path().join(name), "schema = 1").unwrap();
    }
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut desk = Desk::new(Lang::En, (160, 50)).up();
    desk.keys(&format!("4 P \"{}\" enter", path("east")));
    assert!(desk.text((160, 50)).contains("east.toml against"), "{}", desk.text((160, 50)));
    desk.keys(&format!("esc P \"{}\" enter", path("west.toml")));
    assert!(desk.text((160, 50)).contains("west.toml against"), "{}", desk.text((160, 50)));
    desk.keys("esc P enter");
    assert!(desk.text((160, 50)).contains("west.toml against"), "taken as it is");
}

#[test]
fn a_customer_of_the_open_pool_is_claimed_by_the_first_key_of_the_footer() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    for line in &mut desk.server.customers {
        line.pooled = true;
    }
    let mut desk = desk.up();
    assert!(!desk.footer().contains("claim"), "among others the footer stands still: {}", desk.footer());
    desk.keys("p");
    assert!(desk.footer().contains("+ claim"), "{}", desk.footer());
}
