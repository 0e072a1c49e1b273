//! What is looked at instead of read: the year of a customer, the bars of the tiers, the week of due work.

use super::*;
use crate::model::query::{Lateness, TaskLine};
use crate::model::year::Year;
use crate::model::{Day, Named, Whose};

/// Whether a task is due when a filter says: `due>=2026-11-23 due<=2026-11-29`, either or both.
pub(super) fn is_due(task: &TaskLine, filter: &Clean) -> bool {
    let Some(due) = task.due else { return filter.is_empty() };
    let day = due.local(chrono_tz::Asia::Shanghai).date().to_string();
    filter.as_str().split(' ').all(|part| match (part.strip_prefix("due>="), part.strip_prefix("due<=")) {
        (Some(from), _) => *day >= *from,
        (_, Some(to)) => *day <= *to,
        _ => true,
    })
}

/// What was counted of the first customer.
pub(super) fn year() -> Year {
    let today = NOW.day(chrono_tz::Asia::Shanghai);
    let days = |days: &[(i32, i64)]| days.iter().map(|(ago, count)| (Day(today.0 - ago), *count)).collect();
    Year {
        today,
        contacts: days(&[
            (420, 1),
            (301, 1),
            (240, 2),
            (236, 1),
            (120, 3),
            (119, 2),
            (27, 1),
            (6, 1),
            (0, 1),
        ]),
        spend: days(&[(230, 12_000_000), (101, 900_000), (12, 451_400)]),
    }
}

/// A screen where only ASCII is drawn.
fn in_ascii(lang: Lang, size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(lang, size);
    let keys = Keymap::shipped("default").unwrap();
    let (theme, habits) = (Theme::new(false, true), Habits::default());
    desk.app = App::new(Setup { size, lang, theme, keys, drafts: Drafts::default(), habits }, NOW);
    desk.up()
}

#[test]
fn the_week_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [("week", "W"), ("week_after", "W right j")] {
            for size in [(80, 24), (60, 15)] {
                let mut desk = Desk::new(lang, size).up();
                desk.keys(keys);
                insta::assert_snapshot!(format!("{name}_{lang:?}_{}x{}", size.0, size.1), desk.text(size));
            }
        }
    }
}

#[test]
fn the_year_in_ascii() {
    let size = (160, 50);
    let screen = in_ascii(Lang::En, size).text(size);
    assert!(screen.is_ascii(), "{screen}");
    insta::assert_snapshot!("looking_ascii", screen);
    let mut desk = in_ascii(Lang::En, (80, 24));
    desk.keys("enter");
    assert!(desk.small().is_ascii() && desk.small().contains("contact in"), "{}", desk.small());
}

#[test]
fn a_card_page_shows_the_strip_from_sixty_columns_on() {
    for (size, strip) in [((60, 45), true), ((59, 45), false)] {
        let mut desk = Desk::new(Lang::En, size).up();
        desk.keys("enter");
        let screen = desk.text(size);
        assert!(screen.contains("contacts  ▁▃▁"), "{screen}");
        assert_eq!(screen.contains("│ contact in"), strip, "on the page: {screen}");
    }
}

#[test]
fn enter_goes_to_the_task_under_the_bar() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("W");
    assert_eq!(desk.row(23).split(' ').nth(1), Some("enter"), "{}", desk.row(23));
    desk.keys("G enter");
    let screen = desk.small();
    assert!(!screen.contains("week 23 Nov"), "{screen}");
    assert!(screen.contains("▌ call"), "{screen}");
    assert!(desk.row(1).contains("Condax"), "{}", desk.row(1));
}

#[test]
fn a_task_of_the_teams_week_is_gone_to_in_the_teams_queue() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("W m");
    assert!(desk.small().contains("team 2"), "{}", desk.small());
    desk.keys("j enter");
    assert!(desk.small().contains("TASKS team 2"), "{}", desk.small());
    assert!(desk.small().contains("▌!"), "{}", desk.small());
}

#[test]
fn weeks_are_turned_and_what_others_do_is_seen() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("W right");
    assert!(desk.small().contains("week 30 Nov - 6 Dec"), "{}", desk.small());
    assert!(desk.small().contains("renew contract"), "{}", desk.small());
    desk.keys("left left");
    assert!(desk.small().contains("week 16 Nov - 22 Nov"), "{}", desk.small());
    desk.keys("right");
    desk.server.tasks.remove(3);
    let changed = crate::ipc::client::Changed::These(vec![Id::new(Kind::Task, 4)]);
    desk.hear(Heard::News(crate::ipc::client::News { head: 101, changed }));
    assert!(!desk.small().contains("call  "), "{}", desk.small());
    desk.keys("esc");
    assert!(!desk.small().contains("week 23 Nov"), "{}", desk.small());
}

#[test]
fn what_is_late_from_before_stands_first_and_the_bar_stays_in_sight() {
    let size = (80, 15);
    let mut desk = Desk::new(Lang::En, size);
    let model = desk.server.tasks[1].clone();
    desk.server.tasks = (0..30)
        .map(|n| TaskLine {
            id: Id::new(Kind::Task, 100 + n),
            title: clean(["odd", "even"][(n % 2) as usize]),
            due: Some(NOW.plus_seconds((n as i64 - 20) * 86_400)),
            late: if n < 20 { Lateness::Late } else { Lateness::Fine },
            ..model.clone()
        })
        .collect();
    let mut desk = desk.up();
    desk.keys("W");
    let screen = desk.text(size);
    assert!(screen.contains("before this week") && screen.contains("mine 26"), "{screen}");
    for _ in 0..40 {
        desk.keys("j");
        let screen = desk.text(size);
        assert_eq!(screen.matches("▌").count(), 1 + usize::from(screen.contains("▌A")), "{screen}");
    }
    assert!(desk.text(size).contains("Sun 29 Nov"), "{}", desk.text(size));
    desk.keys("g g");
    assert!(desk.text(size).contains("before this week"), "{}", desk.text(size));
}

#[test]
fn a_task_that_one_does_for_somebody_who_is_away_says_for_whom() {
    for (lang, size, said) in [
        (Lang::En, (80, 24), "for Bo"),
        (Lang::En, (160, 50), "for Bo, away until 3 Dec"),
        (Lang::Zh, (160, 50), "代Bo，缺勤至12-03"),
    ] {
        let mut desk = Desk::new(lang, size);
        let until = chrono::NaiveDate::from_ymd_opt(2026, 12, 3).map(Day::from);
        let bo = Named { id: Id::new(Kind::Member, 9), name: clean("Bo Berg") };
        let tasks = &mut desk.server.tasks;
        (tasks[0].assignee, tasks[0].away_until) = (Some(bo), until);
        tasks[1].away_until = until;
        let screen = desk.up().text(size);
        assert_eq!(screen.matches(said).count(), 1, "one's own is one's own: {screen}");
    }
}

#[test]
fn the_signs_of_the_strip_are_told_in_help() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("2 ?");
    assert!(desk.small().contains("░ one contact"), "{}", desk.small());
    let mut desk = in_ascii(Lang::En, (80, 24));
    desk.keys("2 ?");
    assert!(desk.small().is_ascii() && desk.small().contains("more than 9"), "{}", desk.small());
}

#[test]
fn the_week_asks_for_its_days() {
    use crate::tui::sheets::week::Week;
    let today = NOW.local(chrono_tz::Asia::Shanghai).date();
    let (whose, filter) = Week::new(Whose::Team, today, std::iter::empty()).asks(today);
    assert_eq!((whose, filter.as_str()), (Whose::Team, "due<=2026-11-29"));
    crate::filter::parse(filter.as_str(), crate::filter::Schema::Task).unwrap();
}

#[test]
fn at_a_week_end_on_which_nothing_is_due_the_coming_week_is_seen() {
    use crate::tui::sheets::week::Week;
    let day = |n| chrono::NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    let asked = |today, due: &[chrono::NaiveDate]| {
        Week::new(Whose::Mine, today, due.iter().copied()).asks(today).1.as_str().to_owned()
    };
    let (friday, saturday, sunday) = (day(27), day(28), day(29));
    assert_eq!(asked(friday, &[]), "due<=2026-11-29");
    assert_eq!(asked(saturday, &[]), "due<=2026-12-06");
    assert_eq!(asked(sunday, &[friday, day(30)]), "due<=2026-12-06", "late ones are seen there too");
    assert_eq!(asked(saturday, &[sunday]), "due<=2026-11-29");
    assert_eq!(asked(sunday, &[saturday]), "due<=2026-12-06");
}
