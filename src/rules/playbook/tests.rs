//! A playbook at work, hour by hour: what begins and ends it, and what time brings.

use chrono_tz::Asia::Shanghai;

use crate::model::{
    Cause, Channel, Command, Direction, Id, Instant, Kind, Log, Outcome, Refusal, Row, Rows, Run, RunState,
    Task, TaskState, Value,
};
use crate::rules::policy::{Policy, SHIPPED};
use crate::rules::testing::{ADMIN, LEAD, Office, REP, add, changes, edit, text, undo};

/// A customer of Bo's, whose lead is Lea, in an office with a manager.
pub(super) fn office(policy: &str) -> (Office, Id) {
    let mut office = Office::under(policy);
    office.make(Kind::Member, &[("name", "Max"), ("role", "manager")]);
    office.run(edit(REP, "lead", "Lea")).unwrap();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    (office, acme)
}

pub(super) fn said(customer: Id, fill: impl FnOnce(&mut Log)) -> Command {
    let mut log = Log::call(customer, text("hello"));
    fill(&mut log);
    Command::Log(Box::new(log))
}

pub(super) fn inquiry(customer: Id) -> Command {
    said(customer, |log| {
        (log.inquiry, log.direction, log.channel) = (true, Some(Direction::In), Some(Channel::Email));
    })
}

pub(super) fn runs(office: &Office) -> Vec<Run> {
    office.all(Kind::Run).into_iter().map(|(_, row)| row.try_into().unwrap()).collect()
}

pub(super) fn tasks(office: &Office) -> Vec<(Id, Task)> {
    office.all(Kind::Task).into_iter().map(|(id, row)| (id, row.try_into().unwrap())).collect()
}

/// The open steps, each with its end.
pub(super) fn open(office: &Office) -> Vec<String> {
    let is_open = |task: &Task| task.state == Some(TaskState::Open);
    let shown = |(_, task): (Id, Task)| format!("{} {}", task.step, at(task.due));
    tasks(office).into_iter().filter(|(_, task)| is_open(task)).map(shown).collect()
}

pub(super) fn at(instant: Option<Instant>) -> String {
    instant.map_or_else(|| "never".to_owned(), |at| at.local(Shanghai).format("%m-%d %H:%M").to_string())
}

pub(super) fn states(office: &Office) -> Vec<RunState> {
    runs(office).iter().filter_map(|run| run.state).collect()
}

#[test]
fn an_inquiry_is_warned_of_and_escalated_at_its_hours() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme).by(LEAD)).unwrap();
    assert_eq!(open(&office), ["first-contact 01-02 09:00"]);
    let (id, task) = tasks(&office).remove(0);
    assert_eq!(
        (task.title.as_str(), task.assignee, at(task.warn_at).as_str()),
        ("First contact", Some(REP), "01-02 03:00")
    );
    let max = Id::new(Kind::Member, 4);
    for (hours, warned, to, look) in [
        (17, "never", None, "01-02 03:00"),
        (1, "01-02 03:00", None, "01-02 09:00"),
        (5, "01-02 03:00", None, "01-02 09:00"),
        (1, "01-02 03:00", Some(LEAD), "01-04 09:00"),
        (47, "01-02 03:00", Some(LEAD), "01-04 09:00"),
        (1, "01-02 03:00", Some(max), "never"),
        (999, "01-02 03:00", Some(max), "never"),
    ] {
        office.hours_pass(hours);
        let task: Task = office.rows.row(id).unwrap().try_into().unwrap();
        assert_eq!(
            (at(task.warned).as_str(), task.escalated_to, at(task.look).as_str()),
            (warned, to, look),
            "{hours}"
        );
    }
    let rules: Vec<String> = (1..=office.rows.head())
        .filter_map(|seq| match office.rows.entry(seq)?.cause {
            Cause::Due { rule, .. } if rule.as_str() != "grade" => Some(rule.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(rules, ["inquiry/first-contact"; 3], "each is told with its rule");
}

#[test]
fn what_was_asleep_is_caught_up_as_if_it_had_run() {
    let history = |steps: &[i64]| {
        let (mut office, acme) = office(SHIPPED);
        office.run(inquiry(acme)).unwrap();
        for hours in steps {
            office.hours_pass(*hours);
        }
        tasks(&office)
    };
    assert_eq!(history(&[1; 100]), history(&[100]));
}

#[test]
fn a_contact_ends_the_step_that_it_fulfils_and_no_other_does() {
    let (mut office, acme) = office(SHIPPED);
    office.hours_pass(2);
    office.run(inquiry(acme)).unwrap();
    let no_contact: [&dyn Fn(&mut Log); 3] = [
        &|log| log.outcome = Some(Outcome::NoAnswer),
        &|log| (log.inquiry, log.direction) = (true, Some(Direction::In)),
        &|log| log.at = text("09:30"),
    ];
    for fill in no_contact {
        office.run(said(acme, fill)).unwrap();
        assert_eq!(open(&office), ["first-contact 01-02 11:00"]);
    }
    office.hours_pass(3);
    office.run(said(acme, |_| {}).by(ADMIN)).unwrap();
    assert_eq!(open(&office), ["first-solution 01-04 14:00"]);
    let (_, first) = tasks(&office).remove(0);
    assert_eq!(
        (first.done_by, at(first.done_at).as_str(), first.look),
        (Some(ADMIN), "01-01 14:00", None),
        "anybody's"
    );
    office.run(said(acme, |_| {})).unwrap();
    let solution = tasks(&office)[1].0;
    office.days_pass(1);
    office.run(said(acme, |log| log.ends = Some(solution))).unwrap();
    assert_eq!(open(&office), ["revisit 01-09 14:00"], "what ends one step ends not the next");
    office.run(said(acme, |log| log.direction = Some(Direction::In))).unwrap();
    assert_eq!((open(&office).len(), states(&office)), (1, vec![RunState::Running]));
    office.run(said(acme, |_| {})).unwrap();
    assert_eq!((open(&office).len(), states(&office)), (0, vec![RunState::Done]));
}

#[test]
fn an_undo_takes_back_what_followed() {
    let (mut office, acme) = office(SHIPPED);
    let nothing = (tasks(&office), runs(&office));
    let asked = office.seq(inquiry(acme));
    let begun = (tasks(&office), runs(&office));
    let answered = office.seq(said(acme, |_| {}));
    office.run(undo(answered)).unwrap();
    assert_eq!((tasks(&office), runs(&office)), begun);
    office.run(undo(asked)).unwrap();
    assert_eq!((tasks(&office), runs(&office)), nothing);

    let asked = office.seq(inquiry(acme));
    let task = tasks(&office)[0].0;
    office.run(Command::TaskAssign { task, to: text("Lea") }).unwrap();
    office.run(undo(asked)).unwrap();
    assert_eq!(open(&office).len(), 1, "somebody has gone on with it");
}

#[test]
fn an_undo_leaves_a_run_whole_that_somebody_has_gone_on_with() {
    let (mut office, acme) = office(SHIPPED);
    let asked = office.seq(inquiry(acme));
    let answered = office.seq(said(acme, |_| {}).by(REP));
    let begun = (tasks(&office), runs(&office));
    office.run(undo(asked)).unwrap();
    assert_eq!((tasks(&office), runs(&office)), begun, "Bo's work stays, and the run that it is of");
    office.run(undo(office.rows.head())).unwrap();
    office.run(undo(answered)).unwrap();
    office.hours_pass(20);
    office.run(undo(asked)).unwrap();
    assert_eq!((tasks(&office).len(), runs(&office).len()), (0, 0), "a warning is nobody's work");
}

#[test]
fn a_playbook_that_moves_the_stage_that_begins_it_begins_once() {
    let stages = "[[stage]]\nid = \"busy\"\nwhen = \"open(tasks) > 0\"\n\n[[stage]]\nid = \"calm\"\nwhen = \"industry:steel\"\n\n[[stage]]\n";
    let policy = SHIPPED.replacen("[[stage]]\n", stages, 1)
        + "[[playbook]]\nid = \"loop\"\non = \"stage:calm\"\nuntil = \"stage:busy\"\n[[playbook.step]]\nid = \"call\"\nwithin = \"1d\"";
    let (mut office, acme) = office(&policy);
    office.run(edit(acme, "industry", "steel")).unwrap();
    assert_eq!((states(&office), open(&office).len()), (vec![RunState::Stopped], 0));
    assert_eq!(office.get(acme, "stage"), Value::Text(text("calm")));
    office.run(edit(acme, "region", "east")).unwrap();
    assert_eq!(runs(&office).len(), 1);
}

#[test]
fn a_customer_that_is_new_goes_with_its_playbook() {
    let policy = SHIPPED.replace("on = \"inquiry\"", "on = \"new\"");
    let (mut office, _) = office(&policy);
    let made = office.seq(add(Kind::Customer, &[("name", "Beta")]));
    assert_eq!(open(&office).len(), 2);
    office.run(undo(made)).unwrap();
    assert_eq!((open(&office).len(), office.all(Kind::Customer).len()), (1, 1));
}

#[test]
fn every_trigger_begins_its_playbook_once() {
    type Acts<'a> = &'a [&'a dyn Fn(Id) -> Command];
    let cases: [(&str, Acts<'_>); 7] = [
        ("inquiry", &[&inquiry]),
        ("new", &[&|_| add(Kind::Customer, &[("name", "Beta")])]),
        ("stage:new", &[&|_| add(Kind::Purchase, &[("customer", "Acme"), ("amount", "10")])]),
        (
            "tier:A",
            &[&|_| Command::TierSet {
                customer: Id::customer(1),
                tier: text("A"),
                reason: text("big"),
                until: text(""),
            }],
        ),
        (
            "deal:proposal",
            &[&|_| add(Kind::Deal, &[("customer", "Acme"), ("name", "Line 1")]), &|_| {
                edit(Id::new(Kind::Deal, 1), "stage", "proposal")
            }],
        ),
        ("purchase", &[&|_| add(Kind::Purchase, &[("customer", "Acme"), ("amount", "10")])]),
        ("tag:vip", &[&|acme| edit(acme, "tags", "vip")]),
    ];
    for (on, acts) in cases {
        let policy = SHIPPED.replace("on = \"inquiry\"", &format!("on = \"{on}\""));
        let mut office = Office::under(&policy);
        let [acme] = office.customers(["Acme"]);
        let before = runs(&office).len();
        for (nth, act) in acts.iter().enumerate() {
            assert_eq!(runs(&office).len(), before, "{on} {nth}");
            office.run(act(acme)).unwrap();
        }
        assert_eq!(runs(&office).len(), before + 1, "{on}");
    }
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    office.run(inquiry(acme)).unwrap();
    assert_eq!(runs(&office).len(), 1, "it is at work already");
}

/// Steps of every kind, by working time.
const OFFER: &str = r#"
[calendar.office]
week = "Mon-Fri 09:00-18:00"
holidays = ["2018-01-03"]
workdays = ["2018-01-06"]

[[playbook]]
id = "offer"
on = "tag:offer"
when = "not industry:bank"
until = "orders() > 0"
  [[playbook.step]]
  id = "mark"
  do = "tag"
  tag = "in work"

  [[playbook.step]]
  id = "agree"
  do = "approve"
  duty = "lead"
  after = "mark"
  within = { time = "4h", clock = "working", calendar = "office" }

  [[playbook.step]]
  id = "visit"
  after = "agree"
  when = "region:east"
  within = "1d"

  [[playbook.step]]
  id = "send"
  title = { en = "Send the offer", zh = "发送报价" }
  after = "visit"
  duty = "support"
  within = { time = "2d", clock = "working", calendar = "office" }
  warn = "50%"
"#;

fn offered() -> (Office, Id) {
    let policy = format!("{SHIPPED}{OFFER}").replace("schema = 1", "schema = 1\nlanguage = \"zh\"");
    let (mut office, acme) = office(&policy);
    office.run(edit(acme, "collaborators", "Li Wei:Support")).unwrap();
    office.hours_pass(8);
    office.run(edit(acme, "tags", "offer")).unwrap();
    (office, acme)
}

#[test]
fn working_time_stands_still_at_night_on_holidays_and_in_a_pause() {
    let (mut office, acme) = offered();
    // Monday 17:00 and four hours; Wednesday is free, Saturday is worked.
    assert_eq!(open(&office), ["agree 01-02 12:00"]);
    assert!(office.customer(acme).tags.contains(&text("in work")), "a tag is given at once");
    let agree = tasks(&office)[0].clone();
    assert_eq!((agree.1.assignee, agree.1.title.as_str()), (Some(LEAD), "agree"));
    office.hours_pass(17);
    office.run(Command::TaskDone { task: agree.0, next: text("") }).unwrap();
    // Tuesday 10:00 and two working days: the step for the east is passed over.
    assert_eq!(open(&office), ["send 01-05 10:00"]);
    let (id, send) = tasks(&office).remove(1);
    assert_eq!(
        (send.assignee, send.title.as_str(), at(send.warn_at).as_str()),
        (Some(ADMIN), "发送报价", "01-04 10:00")
    );

    let run = send.run.unwrap();
    let pause = |reason: &str| Command::PlaybookPause { run, reason: text(reason) };
    assert!(matches!(office.run(pause("")), Err(Refusal::Missing(..))));
    office.run(pause("they are away")).unwrap();
    assert_eq!(office.run(pause("again")).unwrap_err(), Refusal::RunStands(run, RunState::Paused));
    office.days_pass(3);
    assert!(office.get(id, "warned").is_absent(), "clocks stand still");
    // Friday 10:00: eighteen working hours were left, and are.
    office.run(Command::PlaybookResume { run }).unwrap();
    assert_eq!(open(&office), ["send 01-08 10:00"]);
    assert_eq!(
        (at(tasks(&office)[1].1.warn_at), runs(&office)[0].reason.is_empty()),
        ("01-06 10:00".to_owned(), true)
    );
    office.run(Command::PlaybookStop { run, reason: text("not wanted") }).unwrap();
    assert_eq!((open(&office).len(), states(&office)), (0, vec![RunState::Stopped]));
    assert_eq!(
        office.run(Command::PlaybookResume { run }).unwrap_err(),
        Refusal::RunStands(run, RunState::Stopped)
    );
}

#[test]
fn who_does_not_agree_ends_the_run_and_who_skips_a_step_does_not() {
    let (mut office, _) = offered();
    let agree = tasks(&office)[0].0;
    office.run(Command::TaskDrop { task: agree, reason: text("too early") }).unwrap();
    assert_eq!((open(&office).len(), states(&office)), (0, vec![RunState::Stopped]));
    assert_eq!(runs(&office)[0].reason.as_str(), "agree: too early");

    let (mut office, acme) = self::office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    office.run(Command::TaskDrop { task: tasks(&office)[0].0, reason: text("") }).unwrap();
    assert_eq!(open(&office), ["first-solution 01-04 09:00"]);
}

#[test]
fn a_purpose_that_is_met_and_a_customer_put_away_stop_a_run() {
    for (field, to) in [("archived", "yes"), ("", "")] {
        let (mut office, acme) = offered();
        if field.is_empty() {
            office.run(add(Kind::Purchase, &[("customer", "Acme"), ("amount", "10")])).unwrap();
        } else {
            office.run(edit(acme, field, to)).unwrap();
        }
        assert_eq!((open(&office).len(), states(&office)), (0, vec![RunState::Stopped]), "{field}");
        let reason = runs(&office)[0].reason.to_string();
        assert!(matches!(reason.as_str(), "archived" | "orders() > 0" | "orders()>0"), "{reason}");
    }
    let (mut office, acme) = offered();
    office.run(edit(acme, "industry", "bank")).unwrap();
    assert_eq!(states(&office), [RunState::Running], "whom it is meant for is asked when it begins");
}

#[test]
fn time_alone_begins_the_playbook_of_a_stage_and_fulfils_a_purpose() {
    let lapsed = "when = \"recency > 180d\"";
    let policy = SHIPPED.replace(lapsed, &format!("{lapsed}\nplaybook = \"win-back\""))
        + "[[playbook]]\nid = \"win-back\"\nuntil = \"recency > 190d\"\n[[playbook.step]]\nid = \"call\"\nwithin = \"30d\"";
    let (mut office, _) = office(&policy);
    office.run(add(Kind::Purchase, &[("customer", "Acme"), ("amount", "10")])).unwrap();
    office.days_pass(180);
    assert_eq!(runs(&office).len(), 0);
    office.days_pass(1);
    assert_eq!(open(&office), ["call 07-31 00:00"], "from the turn of the day on");
    office.days_pass(9);
    assert_eq!(states(&office), [RunState::Running]);
    office.days_pass(1);
    assert_eq!(states(&office), [RunState::Stopped]);
}

#[test]
fn whom_a_late_step_concerns_finds_it_in_their_queue() {
    use crate::rules::task::within_reach;
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    let of = |office: &Office, who| within_reach(&office.rows, who, office.now).len();
    assert_eq!((of(&office, REP), of(&office, LEAD)), (1, 0));
    office.days_pass(1);
    assert_eq!((of(&office, REP), of(&office, LEAD)), (1, 1));
    office.run(said(acme, |_| {})).unwrap();
    assert_eq!((of(&office, REP), of(&office, LEAD)), (1, 0), "the next one is Bo's alone");
    let is_run = matches!(office.all(Kind::Run)[0].1, Row::Run(_));
    assert!(is_run && office.get(acme, "name") == Value::Text(text("Acme")));
}

#[test]
fn a_step_that_begins_while_its_holder_is_away_is_for_who_stands_in() {
    let cy = Id::new(Kind::Member, 5);
    for (away, backup, expected) in
        [(("today", "today"), "Cy", cy), (("today", "today"), "", ADMIN), (("+1d", "+2d"), "Cy", REP)]
    {
        let (mut office, acme) = office(SHIPPED);
        office.make(Kind::Member, &[("name", "Cy")]);
        office.run(edit(acme, "backup", backup)).unwrap();
        let away = changes(&[("away_from", away.0), ("away_until", away.1), ("stand_in", "Li Wei")]);
        office.run(Command::Edit { record: REP, changes: away }).unwrap();
        office.run(inquiry(acme)).unwrap();
        assert_eq!(tasks(&office)[0].1.assignee, Some(expected));
    }
    let (mut office, acme) = office(SHIPPED);
    office.run(edit(REP, "lead", "")).unwrap();
    let away = changes(&[("away_from", "today"), ("away_until", "today")]);
    office.run(Command::Edit { record: REP, changes: away }).unwrap();
    office.run(inquiry(acme)).unwrap();
    assert_eq!(tasks(&office)[0].1.assignee, Some(REP), "nobody stands in");
}

#[test]
fn a_playbook_begins_by_hand_once_and_where_it_has_something_to_do() {
    let policy = SHIPPED
        .replace("on = \"inquiry\"", "on = \"inquiry\"\nwhen = \"region:east\"\nuntil = \"orders() > 0\"");
    let (mut office, acme) = office(&policy);
    let start = |playbook: &str| Command::PlaybookStart { customer: acme, playbook: text(playbook) };
    assert!(matches!(office.run(start("inquiri")), Err(Refusal::NoPlaybook(_, known)) if known.len() == 1));
    let seq = office.seq(start("inquiry").by(REP));
    assert_eq!(open(&office), ["first-contact 01-02 09:00"], "whom it is meant for is the caller's to say");
    let run = office.all(Kind::Run)[0].0;
    assert_eq!(office.run(start("inquiry")).unwrap_err(), Refusal::RunStands(run, RunState::Running));
    office.run(undo(seq)).unwrap();
    assert_eq!((runs(&office).len(), tasks(&office).len()), (0, 0));
    office.run(add(Kind::Purchase, &[("customer", "Acme"), ("amount", "10")])).unwrap();
    assert!(matches!(office.run(start("inquiry")), Err(Refusal::NothingToDo(_, of, _)) if of == acme));
    let beta = office.make(Kind::Customer, &[("name", "Beta"), ("archived", "yes")]);
    let playbook = text("inquiry");
    let refused = office.run(Command::PlaybookStart { customer: beta, playbook });
    assert!(matches!(refused, Err(Refusal::NothingToDo(..))));
}

#[test]
fn a_trigger_is_told_as_the_policy_writes_it() {
    for on in [
        "inquiry",
        "new",
        "stage:loyal",
        "tier:A",
        "deal:won",
        "purchase",
        "tag:vip",
        "silence:14d",
        "date:x.renewal",
        "date:birthday",
    ] {
        let policy = Policy::parse(&SHIPPED.replace("on = \"inquiry\"", &format!("on = \"{on}\""))).unwrap();
        assert_eq!(policy.playbooks[0].on.as_ref().unwrap().to_string(), on);
    }
}

#[test]
fn an_approval_is_the_word_of_whom_it_is_asked_of_and_a_no_has_a_reason() {
    let drop = |task, reason: &str| Command::TaskDrop { task, reason: text(reason) };
    let done = |task| Command::TaskDone { task, next: text("") };
    let (mut office, _) = offered();
    let agree = tasks(&office)[0].0;
    let log = |ends| said(Id::customer(1), |log: &mut Log| log.ends = Some(ends));
    let to_bo = Command::TaskAssign { task: agree, to: text("Bo") };
    for act in [done(agree), log(agree), to_bo] {
        assert!(matches!(office.run(act.by(REP)), Err(Refusal::NotAllowed(_))), "Bo says no yes");
    }
    assert!(matches!(office.run(drop(agree, "").by(LEAD)), Err(Refusal::NoReason(_))));
    let away = changes(&[("away_from", "today"), ("away_until", "+1d"), ("stand_in", "Bo")]);
    office.run(Command::Edit { record: LEAD, changes: away }).unwrap();
    let agreed = office.seq(done(agree).by(REP));
    assert_eq!(open(&office).len(), 1, "who stands in says it");
    office.run(undo(agreed)).unwrap();
    office.run(drop(agree, "too dear").by(LEAD)).unwrap();
    assert_eq!(states(&office), [RunState::Stopped]);
    assert_eq!(runs(&office)[0].reason.as_str(), "agree: too dear");
}
