//! Mentions: how many there are, where they lead, what is read, and who is offered behind an `@`.

use super::*;
use crate::ipc::client::{Changed, News};
use crate::model::query::MentionLine;
use crate::model::{Command, Named};

/// A mention in a record, so many hours ago, of the customer in this row of the list.
fn mention(desk: &Desk, seq: u64, record: Id, customer: usize, text: &str) -> MentionLine {
    let line = &desk.server.customers[customer];
    let name = clean(if text.is_ascii() { "Bo Lin" } else { "波" });
    let by = Named { id: Id::new(Kind::Member, 2), name };
    MentionLine {
        seq,
        at: Instant(NOW.0 - (100 - seq as i64) * 3_600_000),
        by: Some(by),
        record,
        customer: Some(Named { id: line.id, name: line.name.clone() }),
        team: None,
        text: clean(text),
        unread: true,
    }
}

/// Three mentions, of which the last was read.
fn mentioned(lang: Lang, size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(lang, size);
    let said = |n| Id::new(Kind::Interaction, n);
    let call = lang.pick("@anna, please call them back about the price list", "@安娜 请就报价单回电");
    let mut lines = vec![
        mention(&desk, 98, said(30), 2, call),
        mention(&desk, 60, said(5), 0, lang.pick("@anna was there too", "@安娜 也在场")),
        mention(&desk, 20, Id::customer(5), 4, lang.pick("ask @Anna Snelling first", "先问 @安娜")),
    ];
    lines[2].unread = false;
    desk.server.inbox = lines;
    desk.up()
}

fn read(desk: &Desk) -> Vec<u64> {
    let until = |(_, _, command): &(u128, u64, Command)| match command {
        Command::InboxRead { until: place } | Command::MentionRead { seq: place } => Some(*place),
        _ => None,
    };
    desk.server.ordered.iter().filter_map(until).collect()
}

#[test]
fn an_inbox_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = mentioned(lang, (80, 24));
        assert!(desk.row(0).contains("@2"), "{}", desk.row(0));
        desk.keys("i");
        insta::assert_snapshot!(format!("inbox_{lang:?}"), desk.small());
        desk.keys("i");
        assert!(!desk.small().contains("call them back"), "the key closes it as well");
    }
    let desk = mentioned(Lang::En, (60, 15));
    assert!(
        desk.text((60, 15)).lines().next().unwrap().contains("@2  2 tasks late"),
        "{}",
        desk.text((60, 15))
    );
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    assert!(!desk.row(0).contains('@'));
    desk.keys("i");
    assert!(desk.small().contains("nobody has mentioned you yet"), "{}", desk.small());
}

#[test]
fn a_mention_leads_to_its_item_and_is_read_and_no_other() {
    let mut desk = mentioned(Lang::En, (80, 24));
    desk.keys("j j i j enter");
    assert!(desk.row(1).contains("Acme Corporation"), "{}", desk.row(1));
    let under_bar = desk.small().lines().find(|row| row.contains('▌')).unwrap_or_default().to_owned();
    assert!(under_bar.contains("visit"), "{}", desk.small());
    assert_eq!(read(&desk), [60]);
    assert!(desk.row(0).contains("@1"), "{}", desk.row(0));
    desk.keys("i j j enter");
    assert!(desk.small().contains("Betatech"), "the card that has the note: {}", desk.small());
    assert_eq!(read(&desk), [60], "what was read is not read again");
}

#[test]
fn a_mention_in_a_note_that_no_timeline_has_leads_to_the_record() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.inbox = vec![mention(&desk, 98, Id::new(Kind::Contact, 1), 0, "@anna knows her")];
    let mut desk = desk.up();
    desk.keys("i enter");
    assert!(desk.row(1).contains("Acme Corporation"), "{}", desk.row(1));
    assert!(desk.small().contains("name    ") && desk.small().contains("wechat"), "{}", desk.small());
}

#[test]
fn in_whatever_order_they_are_opened_nothing_is_read_that_was_not() {
    let mut desk = mentioned(Lang::En, (80, 24));
    desk.keys("i enter");
    assert!(desk.row(1).contains("Hottechi"), "{}", desk.row(1));
    assert_eq!(read(&desk), [98], "and no older one");
    assert!(desk.row(0).contains("@1"), "{}", desk.row(0));
    desk.keys("i enter");
    assert_eq!(read(&desk), [98, 60], "the one that is left");
    assert!(!desk.row(0).contains('@'), "{}", desk.row(0));
}

#[test]
fn what_was_not_shown_is_not_read() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    let said = |n| Id::new(Kind::Interaction, n);
    desk.server.inbox = (1..=150).rev().map(|n| mention(&desk, n, said(n), 0, "@anna and this")).collect();
    let mut desk = desk.up();
    assert!(desk.row(0).contains("@99+"), "{}", desk.row(0));
    desk.keys("i r");
    assert_eq!(read(&desk), [150], "where many are unread, all are asked for");
    let all = |seq| mention(&desk, seq, said(seq), 0, "@anna and that");
    desk.server.inbox = (1..=10_001).rev().map(all).collect();
    let head = desk.server.next_head();
    desk.hear(Heard::News(News { head, changed: Changed::These(vec![said(1)]) }));
    desk.keys("r");
    assert_eq!(read(&desk), [150], "not all are shown");
    assert!(desk.footer().contains("at least 1 older ones are unread"), "{}", desk.footer());
}

#[test]
fn all_are_read_at_once() {
    let mut desk = mentioned(Lang::En, (80, 24));
    desk.keys("i r");
    assert_eq!(read(&desk), [98]);
    assert!(!desk.row(0).contains('@'), "{}", desk.row(0));
    assert!(desk.small().contains("call them back"), "they stay to be seen");
    desk.keys("r");
    assert_eq!(read(&desk), [98], "once");
}

#[test]
fn an_item_far_below_is_asked_for_until_it_is_there() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.older = 300;
    let (deep, gone) = (Id::new(Kind::Task, 1290), Id::new(Kind::Task, 5000));
    desk.server.inbox =
        vec![mention(&desk, 90, deep, 0, "@anna was there"), mention(&desk, 80, gone, 0, "@anna too")];
    let mut desk = desk.up();
    desk.keys("i enter");
    let under_bar = |desk: &Desk| desk.small().lines().find(|row| row.contains("│▌")).map(str::to_owned);
    // The last of the timeline is 400 days old, this one 291 days older.
    let day = look_back(691);
    assert!(under_bar(&desk).is_some_and(|row| row.contains(&day)), "{day}: {}", desk.small());
    desk.keys("i j enter");
    assert!(under_bar(&desk).is_some_and(|row| row.contains(&day)), "what is gone moves nothing");
}

/// So many days ago, as the timeline says it.
fn look_back(days: i64) -> String {
    let day = Instant(NOW.0 - days * 86_400_000).local(chrono_tz::Asia::Shanghai).date();
    day.format("%-d %b %Y").to_string()
}

#[test]
fn a_task_is_gone_to_in_the_queue() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    let task = desk.server.tasks[1].id;
    desk.server.inbox = vec![mention(&desk, 90, task, 0, "@anna sends the list")];
    let mut desk = desk.up();
    desk.keys("i enter");
    let shown = desk.small();
    let under_bar = shown.lines().skip(15).find(|row| row.starts_with('▌')).unwrap_or_default();
    assert!(under_bar.contains("send price"), "{shown}");
}

#[test]
fn what_a_colleague_writes_is_told_at_once_and_moves_no_bar() {
    let mut desk = mentioned(Lang::En, (80, 24));
    desk.keys("i");
    let newer = mention(&desk, 99, Id::new(Kind::Interaction, 31), 3, "@anna and this");
    desk.server.inbox.insert(0, newer);
    let head = desk.server.next_head();
    let changed = Changed::These(vec![Id::new(Kind::Interaction, 31)]);
    desk.hear(Heard::News(News { head, changed }));
    assert!(desk.row(0).contains("@3"), "{}", desk.row(0));
    desk.keys("enter");
    assert!(desk.row(1).contains("Hottechi"), "the bar stayed where it was: {}", desk.row(1));
    assert!(desk.row(0).contains("@2"), "{}", desk.row(0));
}

#[test]
fn members_are_offered_behind_the_sign_and_taken() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.colleagues =
        vec![("bo", "Bo Lin"), ("", "Versie Hillebrand"), ("linda", "Linda Bo"), ("", "安娜")];
    desk.keys("l \"ask @li\"");
    let shown = desk.small();
    let offered: Vec<&str> =
        shown.lines().skip_while(|row| !row.contains("ask @li")).skip(1).take(2).collect();
    assert!(offered[0].contains("▌ @linda") && offered[0].contains("Linda Bo"), "{shown}");
    assert!(offered[1].contains("│ @bo") && offered[1].contains("Bo Lin"), "{shown}");
    desk.keys("tab");
    assert!(desk.small().contains("ask @linda "), "{}", desk.small());
    desk.keys("\"and @ver\" enter");
    assert!(desk.small().contains("ask @linda and @Versie Hillebrand"), "{}", desk.small());
    desk.keys("\"@l\" down enter");
    assert!(desk.small().contains("Hillebrand @bo"), "the one under the bar: {}", desk.small());
    desk.keys("\"or @bo\"");
    let shown = desk.small();
    assert!(shown.contains("│ @bo Bo Lin") && !shown.contains("▌ @"), "a whole name offers nobody: {shown}");
    desk.keys("ctrl-u \"@an\" tab \"x@bo\"");
    assert!(desk.small().contains("@安娜 x@bo"), "pinyin, and no mail: {}", desk.small());
    desk.keys("enter");
    let (_, _, command) = desk.server.ordered.pop().unwrap();
    let Command::Log(log) = command else { panic!("{command:?}") };
    assert_eq!(log.text.as_str(), "@安娜 x@bo");
}

#[test]
fn the_screen_means_whom_the_rules_mean() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.colleagues =
        vec![("bo", "Robert Lee"), ("", "Wei Wang"), ("", "Wei Wang"), ("zhang", "Li Wei"), ("", "Li")];
    desk.keys("l \"ask @robert lee\"");
    assert!(
        desk.small().contains("│ @bo Robert Lee"),
        "by the name of one who has a login: {}",
        desk.small()
    );
    desk.keys("ctrl-u \"ask @robert\"");
    assert!(desk.small().contains("│ @bo Robert Lee"), "by a first name that one has: {}", desk.small());
    desk.keys("ctrl-u \"ask @wei w\"");
    assert!(!desk.small().contains("@Wei Wang"), "two are called so: {}", desk.small());
    desk.keys("\"ang\"");
    assert!(!desk.small().contains("@Wei Wang"), "and neither is meant: {}", desk.small());
    desk.keys("ctrl-u \"ask @li\"");
    assert!(desk.small().contains("│ @Li "), "{}", desk.small());
    desk.keys("\" w\"");
    assert!(desk.small().contains("▌ @zhang"), "{}", desk.small());
    desk.keys("ctrl-u \"ask @anna\"");
    assert!(!desk.small().contains("│ @"), "nobody is told of what they write: {}", desk.small());
}

#[test]
fn who_writes_is_told_whom_that_mentions() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.colleagues = vec![("bo", "Bo Lin")];
    desk.keys("l \"ask @bo\" enter");
    assert!(
        desk.footer().contains("logged with Acme Corporation, no next step; mentions Bo Lin"),
        "{}",
        desk.footer()
    );
}

#[test]
fn nobody_is_offered_where_nobody_is_mentioned() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.colleagues = vec![("bo", "Bo Lin")];
    desk.keys("a \"@b\"");
    assert!(!desk.small().contains("▌ @"), "a name mentions nobody: {}", desk.small());
    desk.keys("esc l \"@zz\"");
    assert!(!desk.small().contains("▌ @"), "{}", desk.small());
    desk.keys("enter");
    assert_eq!(desk.server.ordered.len(), 1, "what fits nobody is saved as it stands");
}

#[test]
fn a_team_is_offered_and_means_all_who_are_in_it() {
    for (lang, team, typed) in [(Lang::En, "East Coast", "ask @ea"), (Lang::Zh, "华东一组", "请@hd")] {
        let mut desk = Desk::new(lang, (80, 24));
        desk.server.colleagues = vec![("bo", "Bo Lin"), ("", "Versie Hillebrand")];
        desk.server.team = team;
        let mut desk = desk.up();
        desk.keys(&format!("l \"{typed}\""));
        insta::assert_snapshot!(format!("team_offered_{lang:?}"), desk.small());
        desk.keys("tab backspace");
        let said = lang.pick("@East Coast team, 2 others", "@华东一组 小组，另有 2 人");
        assert!(desk.small().contains(said), "{}", desk.small());
    }
}

#[test]
fn an_inbox_says_through_which_team() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24));
        let text = lang.pick("@East, who takes this?", "@华东一组 谁来跟进？");
        let mut line = mention(&desk, 98, Id::new(Kind::Interaction, 30), 2, text);
        let name = clean(lang.pick("East", "华东一组"));
        line.team = Some(Named { id: Id::new(Kind::Team, 1), name });
        desk.server.inbox = vec![line];
        let mut desk = desk.up();
        desk.keys("i");
        insta::assert_snapshot!(format!("inbox_team_{lang:?}"), desk.small());
    }
}

#[test]
fn a_mention_in_a_note_is_shown_where_it_stands() {
    for (lang, size) in [(Lang::En, (80, 24)), (Lang::Zh, (80, 24)), (Lang::En, (60, 15))] {
        let mut desk = Desk::new(lang, size);
        let asked = lang.pick(
            "@anna, ask for the new contract, which their lawyers have had since the beginning of the month",
            "@安娜 请催一下新合同，对方法务从月初起就一直在审，至今没有回复，客户那边也在等我们的消息",
        );
        let before = lang.pick("Deliveries by the back gate only.", "只能从后门送货。");
        desk.server.note = clean(&format!("{before}\n{asked}\n{before}"));
        desk.server.inbox = vec![mention(&desk, 98, Id::customer(1), 0, asked)];
        let mut desk = desk.up();
        desk.keys("j i enter");
        insta::assert_snapshot!(format!("mention_in_note_{lang:?}_{}", size.0), desk.text(size));
    }
}

#[test]
fn a_name_that_nobody_has_says_so() {
    for (lang, told) in [(Lang::En, "nobody is called @zzq"), (Lang::Zh, "没有人叫 @zzq")] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("l \"thanks @zzq\"");
        assert!(desk.small().contains(told), "{}", desk.small());
        desk.keys("\" and\"");
        assert!(!desk.small().contains(told), "{}", desk.small());
    }
}
