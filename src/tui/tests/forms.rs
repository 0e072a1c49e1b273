//! Forms: what is typed, refused, kept as a draft and sent.

use super::*;
use crate::ipc::client::ClientError;
use crate::model::{Channel, Command, Direction, Outcome, Refusal};

#[test]
fn forms_fit_into_small_windows() {
    for size in [(60, 15), (40, 8)] {
        let mut desk = Desk::new(Lang::En, size).up();
        desk.keys("l \"hello\" tab tab \"+3d send it\"");
        insta::assert_snapshot!(format!("small_log_{}x{}", size.0, size.1), desk.text(size));
    }
    let desk = Desk::new(Lang::En, (30, 6)).up();
    let notice = desk.text((30, 6)).replace('\n', " ");
    assert!(notice.contains("too small: 30x6. It takes 60x15 to work in, 40x8"), "{notice}");
}

fn log(command: &Command) -> &crate::model::Log {
    let Command::Log(log) = command else { panic!("{command:?}") };
    log
}

#[test]
fn a_call_is_logged_with_its_next_step_and_the_task_it_ends() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 j l \"two lots\" ctrl-j \"or three\" tab tab \"+3d send price list\" enter");
    let (_, counter, command) = desk.server.ordered.pop().unwrap();
    let log = log(&command);
    assert_eq!((counter, log.customer), (1, Id::customer(1)));
    assert_eq!(log.text.as_str(), "two lots\nor three");
    assert_eq!(log.next.as_str(), "+3d send price list");
    assert_eq!(
        (log.channel, log.direction, log.outcome),
        (Some(Channel::Phone), Some(Direction::Out), Some(Outcome::Reached))
    );
    assert_eq!(log.ends, Some(Id::new(Kind::Task, 2)), "the task under the bar");
    assert!(desk.footer().contains("logged with Acme Corporation"), "{}", desk.footer());
    assert!(desk.footer().contains("? help"), "a note leaves the keys the room behind it: {}", desk.footer());
    desk.keys("l");
    assert!(!desk.small().contains("two lots"), "a delivered draft is gone");
}

#[test]
fn outcomes_fit_the_way_and_scripts_get_the_same_words() {
    let mut desk = Desk::new(Lang::Zh, (80, 24)).up();
    let outcomes = |desk: &Desk| desk.small().lines().rfind(|row| row.contains("结果")).unwrap().to_owned();
    desk.keys("l");
    assert!(outcomes(&desk).contains("▸已接通   无人接听"), "{}", desk.small());
    // From the text back to the way: a visit, to which one came for nothing.
    desk.keys("\"没人\" shift-tab right shift-tab shift-tab shift-tab right right right tab tab tab");
    assert!(outcomes(&desk).contains("已见面  ▸未见到"), "{}", desk.small());
    desk.keys("esc l");
    assert!(outcomes(&desk).contains("▸未见到"), "a draft keeps what was chosen");
    desk.keys("enter");
    let command = desk.server.ordered.pop().unwrap().2;
    let log = log(&command);
    assert_eq!((log.channel, log.outcome), (Some(Channel::Visit), Some(Outcome::NoAnswer)));
}

#[test]
fn a_refusal_is_told_at_its_field_and_nothing_is_lost() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let takes = crate::model::Takes::NextStep;
    desk.server.refusal = Some(Refusal::BadValue(clean("next"), clean("soon"), takes));
    desk.keys("l \"hello\" tab tab \"soon\" enter");
    let screen = desk.small();
    assert!(screen.contains("next: \"soon\" is not a date and what to do"), "{screen}");
    assert!(
        screen.contains("(try \"+3d send price") && screen.contains("list\")"),
        "what to do about it is whole: {screen}"
    );
    assert!(screen.contains("text     hello"));
    desk.keys("ctrl-u \"fri call\" enter");
    assert_eq!(log(&desk.server.ordered[1].2).next.as_str(), "fri call");
    assert_ne!(desk.server.ordered[0].1, desk.server.ordered[1].1, "another order has another counter");
}

#[test]
fn what_is_typed_stays_in_sight_beside_what_is_wrong_with_it() {
    for size in [(60, 15), (80, 24), (40, 8)] {
        let mut desk = Desk::new(Lang::En, size).up();
        desk.keys("t \"call\" tab \"someday\"");
        let screen = desk.text(size);
        assert!(screen.contains("due      someday") && screen.contains("no date: try fri, +3d"), "{screen}");
        desk.keys("esc l tab tab \"30 Feb send it\"");
        let screen = desk.text(size);
        assert!(screen.contains("30 Feb send it") && screen.contains("there is no 2026-02-30"), "{screen}");
    }
}

#[test]
fn esc_keeps_the_draft() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l \"half a thought\" esc");
    assert!(desk.footer().contains("the draft is kept"));
    desk.keys("j l");
    assert!(!desk.small().contains("half a thought"), "it belongs to the other customer");
    desk.keys("esc k l");
    assert!(desk.small().contains("half a thought"));
}

#[test]
fn a_draft_is_thrown_away_by_a_key_that_is_shown_and_comes_back_by_it() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l \"half a thought\"");
    assert!(desk.small().contains("ctrl-t discards  esc keeps the draft"), "{}", desk.small());
    desk.keys("ctrl-t");
    assert!(!desk.small().contains("half a thought") && !desk.small().contains("discards  esc"));
    desk.keys("ctrl-t esc l");
    assert!(desk.small().contains("half a thought"), "the second time it is back: {}", desk.small());
    desk.keys("ctrl-t \"another\" ctrl-t esc");
    assert!(!desk.footer().contains("kept"), "{}", desk.footer());
    desk.keys("l");
    assert!(!desk.small().contains("half a thought") && !desk.small().contains("another"));
}

#[test]
fn a_change_that_is_thrown_away_leaves_what_the_record_holds() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("e ctrl-u \"Acme Group\" ctrl-t");
    assert!(desk.small().contains("name           Acme Corporation"), "{}", desk.small());
    desk.keys("ctrl-t enter");
    assert!(desk.footer().contains("renamed: now Acme Group, was Acme Corporation"), "{}", desk.footer());
}

#[test]
fn what_was_typed_survives_a_crash_and_what_was_sent_is_sent_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let start = || {
        let drafts = Drafts::load(dir.path().into());
        Desk::with(Lang::En, (80, 24), drafts, Keymap::shipped("default").unwrap())
    };
    let mut desk = start().up();
    desk.keys("l \"half a thought\"");
    drop(desk);

    let mut desk = start().up();
    desk.keys("l");
    assert!(desk.small().contains("half a thought"));
    desk.online = false;
    desk.keys("\", finished\" enter");
    let Some(Send::Do(_, client, order)) = desk.unanswered.pop() else { panic!("not sent") };
    drop(desk);

    let mut desk = start().up();
    let (again, counter, command) = desk.server.ordered.pop().unwrap();
    assert_eq!((again, counter, &command), (client, order.counter, &order.command));
    assert_eq!(log(&command).text.as_str(), "half a thought, finished");
    assert!(desk.footer().contains("logged with Acme"), "{}", desk.footer());
    drop(desk);
    desk = start().up();
    assert_eq!(desk.server.ordered, []);
}

#[test]
fn a_task_is_done_with_the_next_one() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 d \"+2d revisit\" enter");
    let done = Command::TaskDone { task: Id::new(Kind::Task, 1), next: clean("+2d revisit") };
    assert_eq!(desk.server.ordered[0].2, done);
    assert!(desk.footer().contains("done: first contact"), "{}", desk.footer());
}

#[test]
fn a_task_is_added_for_the_customer() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("t \"send samples\" tab \"fri\" tab tab right enter");
    let Command::Add { kind: Kind::Task, changes } = &desk.server.ordered[0].2 else { panic!("no task") };
    let changes: Vec<_> = changes.iter().map(|change| format!("{}={}", change.field, change.to)).collect();
    assert_eq!(changes, ["customer=c1", "title=send samples", "due=fri", "promise=yes"], "its author's");
}

#[test]
fn whoever_does_a_task_is_found_among_all_members() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24));
        desk.server.colleagues = vec![("versie", "Versie"), ("bo", "Bo Lin"), ("", "Rosa Hill")];
        let mut desk = desk.up();
        desk.keys("t \"send samples\" tab tab right");
        insta::assert_snapshot!(format!("task_who_{lang:?}"), desk.small());
        desk.keys("\"hil\" enter enter");
        let Command::Add { changes, .. } = &desk.server.ordered[0].2 else { panic!("no task") };
        let who = changes.iter().find(|change| change.field.as_str() == "assignee").unwrap();
        assert_eq!(who.to.as_str(), "Rosa Hill");
        desk.keys("t \"send more\" tab tab right down enter");
        assert!(desk.small().contains(lang.pick("who      none", "由谁     无")), "{}", desk.small());
        desk.keys("enter");
        let Command::Add { changes, .. } = &desk.server.ordered[1].2 else { panic!("no task") };
        assert!(
            changes.contains(&crate::model::Change::put(clean("assignee"), clean(lang.pick("none", "无"))))
        );
    }
}

#[test]
fn what_is_given_up_is_told_and_typed_words_are_a_draft_again() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("l \"two lots\" enter");
    let sent = std::mem::take(&mut desk.unanswered);
    let ticket = sent.iter().find_map(|send| match send {
        Send::Do(ticket, ..) => Some(*ticket),
        _ => None,
    });
    desk.hear(Heard::Down(ClientError::Lost));
    desk.hear(Heard::GivenUp(ticket.unwrap(), ClientError::Lost));
    assert!(desk.footer().contains("the draft is kept"), "{}", desk.footer());
    desk.online = true;
    desk.hear(Heard::Up);
    desk.keys("l");
    assert!(desk.small().contains("two lots"), "{}", desk.small());
    desk.keys("esc");
    desk.hear(Heard::GivenUp(1, ClientError::Lost));
    assert!(!desk.footer().contains("given up"), "an old question: {}", desk.footer());
    desk.online = false;
    desk.hear(Heard::Up);
    let asked = desk.unanswered.iter().find_map(|send| match send {
        Send::Ask(ticket, _) => Some(*ticket),
        _ => None,
    });
    desk.hear(Heard::GivenUp(asked.unwrap(), ClientError::Lost));
    assert!(desk.footer().contains("given up"), "{}", desk.footer());
}

#[test]
fn a_long_text_is_written_in_the_editor_and_comes_back_into_its_field() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l \"two lots\" ctrl-o");
    assert_eq!(desk.lent.take().as_deref(), Some("two lots"));
    desk.app.edited(Some(clean("two lots,\nor three\n")));
    desk.app.edited(None);
    assert!(desk.footer().contains("ended with an error"), "what was there stays: {}", desk.footer());
    desk.keys("enter");
    let Some((_, _, Command::Log(log))) = desk.server.ordered.last() else { panic!("nothing was sent") };
    assert_eq!(log.text, clean("two lots,\nor three"));
    desk.keys("l shift-tab ctrl-o");
    assert_eq!(desk.lent, None, "a choice is no text");
}

#[test]
fn what_a_field_has_no_room_for_is_told_wherever_one_writes() {
    for keys in ["l", "/", "f", ":", "?", "V", "a"] {
        let mut desk = Desk::new(Lang::En, (80, 24)).up();
        desk.keys(keys);
        desk.event(Event::Paste("two lots".into()));
        assert!(!desk.footer().contains("full"), "{keys}: {}", desk.footer());
        desk.event(Event::Paste("重".repeat(100_000)));
        assert!(desk.footer().contains("of 100000 characters were left out"), "{keys}: {}", desk.footer());
        desk.keys("\"xxxx\"");
        assert!(desk.footer().contains("the field is full"), "{keys}: {}", desk.footer());
    }
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l ctrl-o");
    desk.app.edited(Some(clean(&"two lots ".repeat(10_000))));
    assert!(desk.footer().contains("of 90000 characters were left out"), "{}", desk.footer());
}

#[test]
fn what_was_sent_is_not_called_back_by_closing_its_form_and_says_so() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.online = false;
        desk.keys("l \"two lots\" enter esc");
        let under_way = lang.pick("still under way; it will show", "仍在处理中，服务器答复后显示结果");
        assert!(desk.footer().contains(under_way), "{}", desk.footer());
        let sent = std::mem::take(&mut desk.unanswered);
        desk.server.refusal = Some(Refusal::NoRecord(Id::customer(1)));
        desk.online = true;
        for send in sent {
            desk.answer(send);
        }
        desk.carry();
        desk.keys("l");
        assert!(desk.small().contains("two lots"), "refused, it is a draft again: {}", desk.small());
    }
}

#[test]
fn what_reads_as_no_next_step_is_saved_as_text_only_when_it_is_meant() {
    for (lang, told) in
        [(Lang::En, "no date behind >: enter saves it as text"), (Lang::Zh, "enter 按正文保存")]
    {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("l \"sent the offer > call back soon\" enter");
        assert!(desk.server.ordered.is_empty(), "nothing is saved yet");
        let next = desk.small().lines().find(|row| row.contains(told)).map(str::to_owned);
        assert!(next.is_some_and(|row| !row.contains("+3d")), "{}", desk.small());
        desk.keys("\" or so\"");
        assert!(!desk.small().contains(told), "{}", desk.small());
        desk.keys("enter enter");
        let command = desk.server.ordered.pop().unwrap().2;
        assert_eq!(log(&command).text.as_str(), "sent the offer > call back soon or so");
        assert!(desk.server.ordered.is_empty());
    }
}

#[test]
fn a_day_that_no_calendar_has_is_told_while_one_types() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l \"sent the offer > call back on 31 Nov\"");
    assert!(desk.small().contains("there is no 2026-11-31"), "{}", desk.small());
    desk.keys("ctrl-u esc t \"call back on 31 Nov\"");
    assert!(desk.small().contains("there is no 2026-11-31"), "{}", desk.small());
}

#[test]
fn a_date_in_another_text_is_said_with_what_is_to_be_done() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l \"sent the offer > call back tomorrow 15:00\"");
    let row = |desk: &Desk, label: &str| {
        desk.small().lines().find(|row| row.contains(&format!("│ {label} "))).unwrap_or_default().to_owned()
    };
    let next = row(&desk, "next");
    assert!(next.contains("15:00: call back") && !next.contains("price list"), "{next}");
    desk.keys("ctrl-u esc t \"call Petra about the brochure next tuesday\"");
    let due = row(&desk, "due");
    assert!(due.contains(": call Petra about the brochure") && !due.contains("+3d"), "{due}");
    desk.keys("tab \"+1d\"");
    let due = row(&desk, "due");
    assert!(due.contains("+1d") && !due.contains("Petra"), "what is typed there is meant: {due}");
}

#[test]
fn who_writes_on_a_choice_changes_nothing() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let way = |desk: &Desk| {
        let screen = desk.small();
        screen.lines().rfind(|row| row.contains("│ way ")).unwrap_or_default().to_owned()
    };
    desk.keys("l shift-tab shift-tab shift-tab shift-tab");
    assert!(way(&desk).contains("<call>"), "{}", desk.small());
    desk.keys("\"30 Nov v\"");
    assert!(way(&desk).contains("<call>"), "{}", desk.small());
    desk.keys("tab shift-tab \"v\"");
    assert!(way(&desk).contains("<visit>"), "a first letter chooses: {}", desk.small());
}

#[test]
fn a_word_that_was_refused_is_no_draft_and_a_new_command_runs() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let nobody = Refusal::NoMatch(Kind::Member, clean("bob"));
    desk.server.refusal = Some(nobody.clone());
    desk.keys(": \"assign bob\" enter");
    assert!(desk.small().contains("bob"), "the form is there: {}", desk.small());
    desk.keys("esc b");
    assert!(!desk.small().contains("bob"), "and is none after: {}", desk.small());
    desk.keys("\"bo\" esc");
    assert!(desk.footer().contains("draft"), "what was not tried is kept: {}", desk.footer());
    let before = desk.server.ordered.len();
    desk.server.refusal = None;
    desk.keys(": \"assign anna\" enter");
    assert_eq!(desk.server.ordered.len(), before + 1, "{}", desk.small());
    let Command::Edit { changes, .. } = &desk.server.ordered[before].2 else {
        panic!("{:?}", desk.server.ordered)
    };
    assert_eq!(changes.iter().map(|change| change.to.as_str()).collect::<Vec<_>>(), ["Anna Snelling"]);
}
