//! Playbooks of customers whom nobody has, or nobody is to contact.

use super::tests::{inquiry, office, runs, states, tasks};
use crate::model::{Command, Id, Kind, Refusal, RunState, TaskState};
use crate::rules::policy::SHIPPED;
use crate::rules::testing::{ADMIN, LEAD, Office, REP, add, edit, text, undo};

/// Steps of every kind, begun by this.
fn policy(on: &str) -> String {
    let steps = "\
        [[playbook.step]]\nid = \"papers\"\nwithin = \"2d\"\n\
        [[playbook.step]]\nid = \"call\"\nwithin = \"2d\"\ndone_by = \"contact\"\n\
        [[playbook.step]]\nid = \"file\"\nafter = \"call\"\nwithin = \"2d\"\n";
    format!("{SHIPPED}\n[[playbook]]\nid = \"wake\"\non = \"{on}\"\n{steps}")
}

/// The steps of the customer's playbooks that are open, by their names.
fn steps(office: &Office) -> String {
    let open = |row: &crate::model::Task| row.state == Some(TaskState::Open) && row.run.is_some();
    let steps = tasks(office).into_iter().map(|(_, row)| row).filter(open);
    steps.map(|row| row.step.to_string()).collect::<Vec<_>>().join(" ")
}

fn release(customer: Id) -> Command {
    Command::Release { customer, reason: text("no budget") }
}

#[test]
fn time_begins_nothing_for_whom_nobody_has_or_is_to_contact() {
    for on in ["silence:14d", "date:x.renewal"] {
        for (field, to) in [("archived", "yes"), ("dnc", "yes"), ("owner", "none"), ("", "")] {
            let (mut office, acme) = office(&policy(on));
            office.run(edit(acme, "x.renewal", "2018-01-15")).unwrap();
            if !field.is_empty() {
                office.run(edit(acme, field, to)).unwrap();
            }
            assert_eq!(office.customer(acme).begins.is_none(), !field.is_empty(), "{on} {field}");
            office.days_pass(20);
            assert_eq!(runs(&office).len(), usize::from(field.is_empty()), "{on} {field}");
        }
    }
}

#[test]
fn what_happens_is_followed_though_nobody_has_the_customer() {
    for on in ["stage:new", "deal:prospecting", "tag:vip", "inquiry"] {
        let (mut office, acme) = office(&policy(on));
        office.run(release(acme)).unwrap();
        office.run(add(Kind::Purchase, &[("customer", "Acme"), ("amount", "10")])).unwrap();
        office.run(add(Kind::Deal, &[("customer", "Acme"), ("name", "more")])).unwrap();
        office.run(edit(acme, "tags", "vip")).unwrap();
        office.run(inquiry(acme)).unwrap();
        assert_eq!(steps(&office).matches("papers").count(), 1, "{on}: it waits for whoever takes it");
    }
}

#[test]
fn no_step_asks_for_a_contact_that_is_not_wished() {
    let (mut office, acme) = office(&policy("tag:vip"));
    office.run(edit(acme, "dnc", "yes")).unwrap();
    let seq = office.seq(edit(acme, "tags", "vip"));
    assert_eq!(steps(&office), "papers file", "what stands behind it is to be done all the same");
    office.run(undo(seq)).unwrap();
    office.run(edit(acme, "dnc", "no")).unwrap();
    office.run(edit(acme, "tags", "vip")).unwrap();
    assert_eq!(steps(&office), "papers call");

    let answer = "[[playbook.step]]\nid = \"call\"\nwithin = \"2d\"\ndone_by = \"answer\"\n";
    let all_contacts = format!("{SHIPPED}\n[[playbook]]\nid = \"wake\"\non = \"tag:vip\"\n{answer}");
    let (mut office, acme) = self::office(&all_contacts);
    office.run(edit(acme, "dnc", "yes")).unwrap();
    office.run(edit(acme, "tags", "vip")).unwrap();
    assert_eq!(runs(&office).len(), 0, "nothing would be left of it");
    let start = Command::PlaybookStart { customer: acme, playbook: text("wake") };
    assert_eq!(office.run(start).unwrap_err(), Refusal::NothingToDo(text("wake"), acme, text("dnc:yes")));
    office.run(inquiry(acme)).unwrap();
    assert_eq!(steps(&office), "first-contact", "who asks is answered");
}

#[test]
fn what_is_at_work_stops_with_a_release_and_goes_on_with_its_undo() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    let by_hand =
        office.make(Kind::Task, &[("title", "send list"), ("customer", "Acme"), ("assignee", "Bo")]);
    let before = (tasks(&office), runs(&office));
    let seq = office.seq(release(acme).by(REP));
    let run = runs(&office).remove(0);
    assert_eq!((run.state, run.reason), (Some(RunState::Stopped), text("nobody has the customer any more")));
    let states: Vec<_> = tasks(&office).into_iter().map(|(id, task)| (id == by_hand, task.state)).collect();
    assert_eq!(states, [(false, Some(TaskState::Dropped)), (true, Some(TaskState::Open))]);
    assert_eq!(tasks(&office)[1].1.assignee, Some(REP), "what people planned stays theirs");
    office.run(undo(seq).by(REP)).unwrap();
    assert_eq!((tasks(&office), runs(&office)), before);
}

#[test]
fn what_is_at_work_goes_to_whoever_gets_the_customer() {
    let (mut office, acme) = office(SHIPPED);
    office.make(Kind::Team, &[("name", "East")]);
    office.run(inquiry(acme)).unwrap();
    for (field, to) in [("owner", "Lea"), ("team", "East"), ("owner", "none")] {
        office.run(edit(acme, field, to).by(ADMIN)).unwrap();
        assert_eq!(states(&office), [RunState::Running], "{field} {to}");
    }
    office.run(edit(acme, "team", "none").by(LEAD)).unwrap();
    assert_eq!(states(&office), [RunState::Stopped], "the last who had them");
}

#[test]
fn a_return_by_rule_stops_what_is_at_work_and_goes_back_with_its_policy() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    let before = (tasks(&office), runs(&office));
    let adopted = office.adopt(&format!(
        "{SHIPPED}\n[[pool]]\nid = \"all\"\n[[pool.recycle]]\nwhen = \"idle >= 0d\"\n\
         reason = {{ en = \"quiet\", zh = \"quiet\" }}\n"
    ));
    office.hours_pass(0);
    assert_eq!((office.customer(acme).owner, states(&office)), (None, vec![RunState::Stopped]));
    office.run(undo(adopted)).unwrap();
    office.take_on_policy();
    assert_eq!(office.customer(acme).owner, Some(REP));
    assert_eq!((tasks(&office), runs(&office)), before);
}
