//! Acts: taking the next task, taking back what was done.

use super::*;
use crate::model::{Command, Event, Named, Receipt, Refusal, Undone, Value};

#[test]
fn the_next_task_is_taken_and_its_customer_opened() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("n");
    assert_eq!(desk.server.ordered[0].2, Command::TaskTake);
    assert!(desk.footer().contains("yours: revisit"), "{}", desk.footer());
    assert!(desk.row(1).contains("Hottechi"), "{}", desk.row(1));
    assert!(desk.small().contains("▌~revisit"));
}

#[test]
fn one_works_from_task_to_task_and_never_goes_back_to_a_list() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("n");
    assert!(desk.footer().contains("(l log, d done, z later)"), "{}", desk.footer());
    desk.keys("2 l t w o enter");
    let Command::Log(log) = &desk.server.ordered[1].2 else { panic!("{:?}", desk.server.ordered) };
    assert_eq!(log.ends, Some(Id::new(Kind::Task, 3)), "the one being worked on, from any pane");
    assert!(desk.footer().contains("n next task"), "{}", desk.footer());
    desk.keys("l m o r e enter");
    let Command::Log(log) = &desk.server.ordered[2].2 else { panic!("{:?}", desk.server.ordered) };
    assert_eq!(log.ends, None, "it was ended before");
    assert!(!desk.footer().contains("n next task"), "{}", desk.footer());
}

/// What becomes of a task that is taken, or that is given back.
fn set(task: Id, fields: &[(&str, Value, Value)]) -> Receipt {
    let event = |(name, from, to): &(&str, Value, Value)| Event::Set {
        record: task,
        field: Kind::Task.field(name).unwrap().0,
        from: from.clone(),
        to: to.clone(),
    };
    Receipt {
        seqs: vec![102],
        ids: vec![task],
        changes: fields.iter().map(event).collect(),
        ..Receipt::default()
    }
}

#[test]
fn a_task_that_comes_round_again_says_so_and_one_given_back_is_nobodys_or_stays() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let (task, then, now) = (Id::new(Kind::Task, 3), Value::Instant(Instant(0)), Value::Instant(NOW));
    desk.server.receipt = Some(set(task, &[("taken", then.clone(), now.clone())]));
    desk.keys("n");
    assert!(desk.footer().contains("yours again: revisit (l log, d done, z later)"), "{}", desk.footer());
    desk.server.receipt = Some(set(task, &[("taken", now.clone(), then)]));
    desk.keys("u");
    assert!(desk.footer().contains("not begun: revisit, which stays yours; U takes"), "{}", desk.footer());
    let (me, none) = (Value::Ref(Id::new(Kind::Member, 1)), Value::Absent);
    desk.server.receipt = Some(set(task, &[("taken", now, none.clone()), ("assignee", me, none)]));
    desk.keys("u");
    assert!(desk.footer().contains("no longer yours: revisit; U takes it again"), "{}", desk.footer());
    desk.server.refusal = Some(Refusal::NoTask);
    desk.keys("n");
    assert!(desk.footer().contains("no open task waits for you"), "{}", desk.footer());
}

#[test]
fn what_is_said_of_a_task_that_was_taken_ends_with_its_keys() {
    let mut desk = Desk::new(Lang::En, (60, 15)).up();
    desk.server.tasks[2].title = clean("a title that is as long as those of people who write much");
    desk.server.receipt =
        Some(set(Id::new(Kind::Task, 3), &[("taken", Value::Instant(Instant(0)), Value::Instant(NOW))]));
    desk.keys("n");
    let shown = desk.text((60, 15));
    assert!(shown.contains("(l log, d done, z later)"), "{shown}");
}

#[test]
fn a_task_that_was_taken_is_worked_on_where_its_customer_is() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("1 n");
    assert!(desk.small().contains("▌~revisit"), "the task stays marked: {}", desk.small());
    desk.keys("d");
    assert!(desk.small().contains("done · revisit"), "{}", desk.small());
    desk.keys("esc z");
    assert!(desk.small().contains("snooze · revisit"), "{}", desk.small());
    desk.keys("esc 1 j j d");
    assert!(desk.footer().contains("no task of yours is for"), "{}", desk.footer());
    desk.keys("2 m");
    assert!(desk.small().contains("TASKS team"), "{}", desk.small());
    desk.keys("h d");
    assert!(desk.footer().contains("esc first"), "{}", desk.footer());
}

#[test]
fn undo_says_what_was_undone() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("u");
    let undone = "undone: interaction i10, task call (Acme Corporation); U redoes it";

    assert!(desk.footer().contains(undone), "{}", desk.footer());
    desk.keys("U");
    let redo = Command::Undo { what: Undone::Seq(101), partial: false };
    assert_eq!(desk.server.ordered[1].2, redo);
    assert!(desk.footer().contains("redone: interaction i10, task call"), "{}", desk.footer());
    desk.keys("U");
    assert_eq!(desk.server.ordered.len(), 2, "it was done again once");
    assert!(desk.footer().contains("nothing was undone here"), "{}", desk.footer());
    desk.server.refusal = Some(Refusal::NothingToUndo);
    desk.keys("L u");
    assert!(desk.footer().contains("没有可撤销的本人操作"), "{}", desk.footer());
}

#[test]
fn a_batch_is_undone_only_after_a_yes() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let batch = Id::new(Kind::Batch, 3);
    desk.server.batch = Some(batch);
    desk.keys("u");
    assert!(desk.footer().contains("undo import accounts.csv, 85 records?"), "{}", desk.footer());
    desk.keys("enter");
    assert!(desk.footer().contains("nothing was undone"), "{}", desk.footer());
    assert_eq!(desk.server.ordered, [], "enter is no yes");
    desk.keys("y");
    assert_eq!(desk.server.ordered, [], "nothing is asked any more");
    desk.keys("esc L u y");
    let undo = Command::Undo { what: Undone::Batch(batch), partial: false };
    assert_eq!(desk.server.ordered[0].2, undo);
    assert!(desk.footer().contains("已撤销：import accounts.csv，85 条记录"), "{}", desk.footer());
    desk.server.batch = None;
    desk.keys("U");
    let redo = Command::Undo { what: Undone::Batch(Id::new(Kind::Batch, 4)), partial: false };
    assert_eq!(desk.server.ordered[1].2, redo);
    assert!(desk.footer().contains("已恢复：import accounts.csv"), "{}", desk.footer());
}

#[test]
fn an_act_is_told_what_stands_behind_its_name_and_runs_at_once() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let last = |desk: &Desk| format!("{:?}", desk.server.ordered.last().unwrap().2);
    desk.keys(": \"assign versie\" enter");
    assert!(last(&desk).contains("\"owner\"") && last(&desk).contains("ersie"), "{}", last(&desk));
    desk.keys("space space : \"tag vip, east\" enter");
    let tagged = desk.server.ordered.iter().filter(|(.., order)| format!("{order:?}").contains("vip"));
    assert!(tagged.count() > 2, "tried on the first, and done with both: {:?}", desk.server.ordered);
    desk.keys("esc 3 : \"snooze fri\" enter");
    assert!(desk.footer().contains("snoozed until Fri 27 Nov 2026"), "{}", desk.footer());
    assert!(last(&desk).contains("TaskSnooze") && last(&desk).contains("fri"), "{}", last(&desk));
    desk.keys(": \"log two lots > +3d send it\" enter");
    assert!(last(&desk).contains("two lots > +3d send it"), "{}", last(&desk));
    assert!(desk.footer().contains("logged with"), "{}", desk.footer());
    desk.keys(": \"sort -spend\" enter");
    assert!(desk.small().contains("CUSTOMERS"), "{}", desk.small());
    desk.keys(": \"lang zh\" enter");
    assert!(desk.small().contains("客户"), "{}", desk.small());
    desk.keys(": \"视图 zd\" enter");
    assert!(desk.small().contains("Key accounts") || desk.small().contains("重点"), "{}", desk.small());
}

#[test]
fn what_is_wrong_with_what_is_told_has_its_place_and_nothing_is_run() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"filter tier:A owner<3\" enter");
    insta::assert_snapshot!("told_filter", desk.small());
    desk.keys("esc : \"theme pink\" enter");
    assert!(desk.small().contains("it takes terminal, mono, night, day"), "{}", desk.small());
    desk.keys("ctrl-u \"snooze\" enter");
    assert_eq!(desk.server.ordered, [], "no task is in focus");
    desk.keys("esc b tab \"old\" esc : \"assign anna\" enter");
    assert_eq!(desk.server.ordered, [], "a draft is its author's to send");
    assert!(desk.small().contains("old"), "{}", desk.small());
}

#[test]
fn what_was_run_comes_again_newest_first() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"sort name\" enter : \"week\" enter esc : \"sort name\" enter : \"filter tier:A\" enter :");
    desk.keys("up");
    assert!(desk.small().contains(": filter tier:A"), "{}", desk.small());
    desk.keys("ctrl-p");
    assert!(desk.small().contains(": sort name"), "each once: {}", desk.small());
    desk.keys("up");
    assert!(desk.small().contains(": week"), "{}", desk.small());
    desk.keys("down ctrl-n enter");
    assert!(
        desk.small().contains("CUSTOMERS  tier:A") || desk.small().contains("tier:A"),
        "{}",
        desk.small()
    );
}

#[test]
fn a_draft_that_has_the_field_stays_as_it_is_and_what_was_told_comes_again() {
    for (lang, said) in [(Lang::En, "your draft stays; the palette keeps"), (Lang::Zh, "草稿保持原样")]
    {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("l \"a long note\" esc : \"log two lots\" enter");
        assert_eq!(desk.server.ordered, []);
        assert!(desk.small().contains("a long note"), "{}", desk.small());
        assert!(desk.footer().contains(said), "{}", desk.footer());
        desk.keys("esc : up");
        assert!(desk.small().contains(": log two lots"), "{}", desk.small());
        desk.keys("esc l");
        assert!(desk.small().contains("a long note"), "the draft itself too: {}", desk.small());
    }
}

#[test]
fn a_line_that_came_again_and_was_changed_is_a_new_one() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"week\" enter esc : \"sort name\" enter : \"sort tier\" enter : up up ctrl-w ctrl-w");
    desk.keys("\"sort \" down tab");
    assert!(desk.small().contains(": sort name"), "the second offer: {}", desk.small());
    desk.keys("ctrl-u \"x\" up");
    assert!(desk.small().contains(": sort tier"), "the newest again: {}", desk.small());
    desk.keys("down");
    assert!(desk.small().contains(": x"), "{}", desk.small());
}

#[test]
fn an_order_is_known_in_both_languages_and_an_unknown_one_says_which_there_are() {
    for lang in [Lang::En, Lang::Zh] {
        for said in ["sort -成交额", "sort -spend"] {
            let mut desk = Desk::new(lang, (80, 24)).up();
            desk.keys(&format!(": \"{said}\" enter"));
            let head = [lang.pick("spend", "成交额"), "↓"].concat();
            assert!(desk.small().contains(&head), "{said}: {}", desk.small());
        }
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys(": \"sort nmae\"");
        for there in [lang.pick("due", "到期"), lang.pick("tier", "等级"), lang.pick("created", "创建时间")]
        {
            assert!(desk.small().contains(there), "{}", desk.small());
        }
    }
}

#[test]
fn colleagues_of_one_name_are_told_apart_and_chosen_by_their_ids() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.colleagues = vec![("bo", "Bo Lin"), ("bolin", "Bo Lin")];
    let mut desk = desk.up();
    desk.keys(": \"assign bo l\"");
    for row in ["m2  Bo Lin", "m3  Bo Lin"] {
        assert!(desk.small().contains(row), "{row}: {}", desk.small());
    }
    desk.keys("down enter");
    let ordered = format!("{:?}", desk.server.ordered);
    assert!(ordered.contains("m3"), "{ordered} {}", desk.small());
}

#[test]
fn the_palette_shows_what_acts_take_and_completes_it() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys(": \"assign \"");
        insta::assert_snapshot!(format!("told_member_{lang:?}"), desk.small());
        desk.keys("ctrl-u \"ass\" tab down tab");
        insta::assert_snapshot!(format!("told_completed_{lang:?}"), desk.small());
    }
    let mut desk = Desk::new(Lang::En, (60, 15)).up();
    desk.keys(": \"as-of 2026-06-01\"");
    insta::assert_snapshot!("told_day_60x15", desk.text((60, 15)));
}

#[test]
fn a_tier_a_field_and_columns_are_told_in_the_palette() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("1 : \"set-tier b they asked for it\" enter");
    let Command::TierSet { tier, reason, .. } = &desk.server.ordered[0].2 else { panic!("no tier") };
    assert_eq!((tier.as_str(), reason.as_str()), ("B", "they asked for it"));
    desk.keys(": \"set-tier C\" enter \"new policy\" enter");
    let Command::TierSet { tier, reason, .. } = &desk.server.ordered[1].2 else { panic!("no tier") };
    assert_eq!((tier.as_str(), reason.as_str()), ("C", "new policy"), "it is asked for what lacks");
    desk.keys(": \"change region=East 1\" enter");
    desk.keys(": \"change owner=Versie\" enter");
    let sent: Vec<String> = desk.server.ordered[2..]
        .iter()
        .map(|(_, _, command)| match command {
            Command::Edit { changes, .. } => format!("{}={}", changes[0].field, changes[0].to),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sent, ["region=East 1", "owner=Versie"]);
    desk.keys(": \"columns owner\" enter");
    assert!(desk.row(1).contains("owner") && !desk.row(1).contains("last"), "{}", desk.row(1));
}

#[test]
fn what_is_told_wrongly_is_pointed_at() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("1 : \"set-tier \"");
        insta::assert_snapshot!(format!("told_tier_{lang:?}"), desk.small());
        desk.keys("\"X they asked\" enter");
        insta::assert_snapshot!(format!("told_tier_wrong_{lang:?}"), desk.small());
        desk.keys("ctrl-u \"change regoin=East\" enter");
        insta::assert_snapshot!(format!("told_field_wrong_{lang:?}"), desk.small());
        assert_eq!(desk.server.ordered, []);
    }
}

#[test]
fn whoever_is_found_alone_is_gone_to_at_once() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"find Acme Corporation 8\" enter");
    assert!(desk.row(1).contains("Acme Corporation 8"), "{}", desk.small());
    assert!(!desk.small().contains("─ find ─"), "{}", desk.small());
    desk.keys(": \"find Codehow\" enter");
    assert!(desk.small().contains("─ find ─"), "several: {}", desk.small());
    desk.keys("\" 7\"");
    assert!(desk.small().contains("─ find ─"), "one types on: {}", desk.small());
    desk.keys("esc : \"find nobody\" enter");
    assert!(desk.small().contains("nobody found"), "{}", desk.small());
}

/// What taking back a record brings about.
fn removed(record: Id) -> Receipt {
    let changes = vec![Event::Removed { record, values: Vec::new() }];
    Receipt { seqs: vec![103], ids: vec![record], changes, ..Receipt::default() }
}

#[test]
fn what_was_typed_comes_back_with_an_undo_and_goes_with_a_redo() {
    for (lang, brings) in
        [(Lang::En, "l brings your text back, U redoes it"), (Lang::Zh, "l 找回所写内容，U 恢复")]
    {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("l \"two lots\" tab tab \"+3d send list\" enter l");
        assert!(!desk.small().contains("two lots"), "it is in the book: {}", desk.small());
        desk.server.receipt = Some(removed(Id::new(Kind::Interaction, 10)));
        desk.keys("esc u");
        assert!(desk.footer().contains(brings), "{}", desk.footer());
        desk.keys("l");
        assert!(
            desk.small().contains("two lots") && desk.small().contains("+3d send list"),
            "{}",
            desk.small()
        );
        desk.keys("esc U l");
        assert!(!desk.small().contains("two lots"), "it is in the book again: {}", desk.small());
        desk.server.receipt = Some(removed(Id::new(Kind::Interaction, 10)));
        desk.keys("esc u l \" or three\" esc U l");
        assert!(desk.small().contains("two lots or three"), "what was written on stays: {}", desk.small());
    }
}

#[test]
fn what_comes_back_waits_where_it_was_typed() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("t \"send samples\" enter j");
    desk.server.receipt = Some(removed(Id::new(Kind::Interaction, 10)));
    desk.keys("u");
    assert!(desk.footer().contains("undone: "), "another customer is here: {}", desk.footer());
    desk.keys("t");
    assert!(!desk.small().contains("send samples"), "{}", desk.small());
    desk.keys("esc k t");
    assert!(desk.small().contains("send samples"), "{}", desk.small());
}

#[test]
fn what_is_done_to_customers_is_done_to_the_shown_one_from_every_pane() {
    for pane in ["2", "3", "4"] {
        let mut desk = Desk::new(Lang::En, (80, 24)).up();
        desk.keys(&format!("{pane} : \"tag vip\" enter"));
        let ordered = desk.server.ordered.pop().map(|(_, _, command)| command);
        let Some(Command::Edit { record, .. }) = ordered else {
            panic!("{pane}: {ordered:?} {}", desk.small())
        };
        assert_eq!(record, Id::customer(1), "{pane}");
    }
}

#[test]
fn what_cannot_be_done_says_why_and_the_palette_stays() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"task-drop\" enter");
    assert!(desk.small().contains("task-drop: drop the task"), "{}", desk.small());
    assert!(desk.small().contains("in the tasks (3)"), "{}", desk.small());
    desk.keys("ctrl-u \"zzz\" enter");
    assert!(desk.small().contains("no act is called that"), "{}", desk.small());
}

#[test]
fn a_batch_is_asked_for_on_the_open_card_too() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.batch = Some(Id::new(Kind::Batch, 3));
    desk.keys("enter u");
    assert!(desk.footer().contains("undo import accounts.csv, 85 records?"), "{}", desk.footer());
    desk.keys("y");
    assert_eq!(desk.server.ordered.len(), 1);
}

/// A receipt of this record of Acme Corporation's, made with these texts.
fn made(record: Id, texts: &[(&str, Value)]) -> Event {
    let field = |name: &str| record.kind.field(name).unwrap().0;
    let of = (field("customer"), Value::Ref(Id::customer(1)));
    let values = texts.iter().map(|(name, value)| (field(name), value.clone())).chain([of]);
    Event::Created { record, values: values.collect() }
}

#[test]
fn the_bar_of_the_timeline_goes_to_what_one_has_made() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let made = made(Id::new(Kind::Interaction, 5), &[]);
    desk.keys("2 j");
    desk.server.receipt = Some(Receipt { changes: vec![made], ..Receipt::default() });
    desk.keys("l \"met them\" enter");
    assert!(desk.small().contains("│▌28 Oct       visit"), "{}", desk.small());
}

#[test]
fn what_was_logged_says_the_hour_of_the_next_step_and_a_long_name_makes_room() {
    let mut desk = Desk::new(Lang::En, (100, 24)).up();
    let due = Instant(desk.now.0 + 2 * 86_400_000);
    let step = [("title", Value::Text(clean("call back"))), ("due", Value::Instant(due))];
    let changes = vec![made(Id::new(Kind::Task, 9), &step)];
    desk.server.receipt = Some(Receipt { changes, ..Receipt::default() });
    desk.keys("l \"hello\" enter");
    let footer = desk.text((100, 24)).lines().last().unwrap_or_default().to_owned();
    assert!(footer.contains("next thu ") && footer.contains(": call back"), "{footer}");
    let hour = footer.split("thu ").nth(1).unwrap_or_default();
    assert!(hour.starts_with(|c: char| c.is_ascii_digit()), "{footer}");
    let changes = vec![made(Id::new(Kind::Task, 9), &step)];
    desk.server.receipt = Some(Receipt { changes, ..Receipt::default() });
    desk.keys("t \"call back thu 14:32\" enter");
    let footer = desk.text((100, 24)).lines().last().unwrap_or_default().to_owned();
    assert!(footer.contains("task added for thu 14:32: call back"), "{footer}");
}

#[test]
fn what_is_undone_goes_by_its_customer_and_its_title() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let id = Id::new(Kind::Interaction, 2555);
    let Event::Created { record, values } = made(id, &[]) else { return };
    let changes = vec![Event::Removed { record, values }];
    desk.server.receipt = Some(Receipt { ids: vec![id], changes, ..Receipt::default() });
    desk.keys("u");
    assert!(desk.footer().contains("undone: interaction (Acme Corporation)"), "{}", desk.footer());
    desk.server.receipt = Some(Receipt { ids: vec![Id::new(Kind::Task, 4)], ..Receipt::default() });
    desk.keys("u");
    assert!(desk.footer().contains("undone: task call"), "{}", desk.footer());
}

#[test]
fn a_task_of_somebody_else_is_ended_only_after_a_yes_that_says_whose_it_is() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    let bo = Named { id: Id::new(Kind::Member, 2), name: clean("Bo Lin") };
    desk.server.tasks[1].assignee = Some(bo);
    let mut desk = desk.up();
    for (key, title) in [("d", "done · send price list"), ("x", "drop · send price list")] {
        desk.keys("3 g g j").keys(key);
        assert!(desk.footer().contains("Bo has taken send price list: go on? y: yes"), "{}", desk.footer());
        desk.keys("n");
        assert!(desk.footer().contains("nothing was done"), "{}", desk.footer());
        desk.keys(key).keys("y");
        assert!(desk.small().contains(title), "{}", desk.small());
        desk.keys("esc");
    }
    desk.keys("g g d");
    assert!(desk.small().contains("done · first contact"), "one's own is not asked for: {}", desk.small());
    desk.keys("esc g g space space d");
    assert!(desk.footer().contains("others have taken 1 of 2 tasks: go on?"), "{}", desk.footer());
    desk.keys("y");
    assert!(desk.small().contains("done · 2 tasks"), "{}", desk.small());
    desk.keys("esc X g g j : \"task-done +2d revisit\" enter");
    assert_eq!(desk.server.ordered, []);
    desk.keys("y");
    let done = Command::TaskDone { task: Id::new(Kind::Task, 2), next: clean("+2d revisit") };
    assert_eq!(desk.server.ordered.last().map(|(.., command)| command), Some(&done));
}

#[test]
fn a_customer_is_claimed_on_one_key_and_released_with_a_reason() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("1 +");
    let Command::Claim { customer } = desk.server.ordered[0].2 else { panic!("no claim") };
    assert!(desk.row(23).contains("is yours"), "{}", desk.row(23));
    desk.keys("-");
    insta::assert_snapshot!("release_form_80x24", desk.small());
    desk.keys("\"no budget\" enter");
    let released = Command::Release { customer, reason: Clean::known("no budget") };
    assert_eq!(desk.server.ordered[1].2, released);
    desk.keys("p");
    let title = |desk: &Desk| [desk.row(0), desk.row(1)].concat();
    assert!(title(&desk).contains("open pool") && title(&desk).contains("tier↑"), "{}", title(&desk));
    desk.keys("esc");
    assert!(!title(&desk).contains("tier↑"), "the list's own order is as it was: {}", title(&desk));
}
