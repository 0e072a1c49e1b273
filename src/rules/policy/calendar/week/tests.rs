use proptest::prelude::*;

use super::*;

const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A week day by day, as `Mon 09:00-18:00`.
fn written(week: &Week) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let days = NAMES.iter().zip(&week.0).filter(|(_, hours)| !hours.is_empty()).map(|(name, hours)| {
        let hours: Vec<_> =
            hours.iter().map(|hours| format!("{}-{}", clock(hours.start), clock(hours.end))).collect();
        format!("{name} {}", hours.join(" "))
    });
    days.collect::<Vec<_>>().join(", ")
}

fn read(text: &str) -> String {
    Week::parse(text)
        .map_or_else(|error| format!("{error}: {:?}", &text[error.at.clone()]), |week| written(&week))
}

#[test]
fn a_week_is_groups_of_days_and_their_hours() {
    let office = ["Mon", "Tue", "Wed", "Thu", "Fri"].map(|day| format!("{day} 09:00-18:00")).join(", ");
    for text in [
        "Mon-Fri 09:00-18:00",
        "  monday–FRIDAY   9:00-18:00 ",
        "周一-周五 09:00-18:00",
        "星期一至星期五 9：00至18：00",
        "Thu-Fri 09:00-18:00, Mon-Wed 09:00-18:00",
        "Mon Wed Fri 09:00-18:00，Tue Thu 09:00-18:00",
    ] {
        assert_eq!(read(text), office, "{text}");
    }
    assert_eq!(
        read("Mon 09:00-12:00 13:30-18:00, Sat 14:00-16:00 10:00-14:00 16:00-17:00"),
        "Mon 09:00-12:00 13:30-18:00, Sat 10:00-14:00 14:00-16:00 16:00-17:00"
    );
    assert_eq!(read("Sat-Mon 00:00-24:00"), "Mon 00:00-24:00, Sat 00:00-24:00, Sun 00:00-24:00");
    assert_eq!(read("Sun-Sun 08:00-09:00"), "Sun 08:00-09:00");
    assert_eq!(read("周六-周日 08:00-09:00"), read("星期六 星期天 08:00-09:00"));
}

#[test]
fn faults_name_their_place() {
    for (text, fault) in [
        ("", "no hours: \"\""),
        ("  ", "no hours: \"\""),
        ("Mon-Fri", "no hours: \"Mon-Fri\""),
        ("Mon, Wed 09:00-18:00", "no hours: \"Mon\""),
        ("Mon 09:00-18:00,", "no hours: \"\""),
        ("Mon 09:00-18:00,  Tue ", "no hours: \"Tue\""),
        ("09:00-18:00", "not a weekday: \"09:00-18:00\""),
        ("Mon-Fry 09:00-18:00", "not a weekday: \"Mon-Fry\""),
        ("Mon-Wed-Fri 09:00-18:00", "not a weekday: \"Mon-Wed-Fri\""),
        ("周八 09:00-18:00", "not a weekday: \"周八\""),
        ("周一，二 09:00-18:00", "no hours: \"周一\""),
        ("Mon 9-18", "not hours like 09:00-18:00: \"9-18\""),
        ("Mon 09:00", "not hours like 09:00-18:00: \"09:00\""),
        ("Mon 09:00 - 18:00", "not hours like 09:00-18:00: \"09:00\""),
        ("Mon 09:60-18:00", "not hours like 09:00-18:00: \"09:60-18:00\""),
        ("Mon 09:5-18:00", "not hours like 09:00-18:00: \"09:5-18:00\""),
        ("Mon 09:00-24:01", "not hours like 09:00-18:00: \"09:00-24:01\""),
        ("Mon 09:00-+8:00", "not hours like 09:00-18:00: \"09:00-+8:00\""),
        ("Mon :00-18:00", "not a weekday: \":00-18:00\""),
        ("Mon 09:00-12:00 Tue 09:00-12:00", "not hours like 09:00-18:00: \"Tue\""),
        ("Mon 22:00-06:00", "ends before it starts: \"22:00-06:00\""),
        ("Mon 09:00-09:00", "ends before it starts: \"09:00-09:00\""),
        ("Mon 09:00-12:00 11:59-18:00", "overlaps other hours of the day: \"11:59-18:00\""),
        ("Mon 13:00-14:00 09:00-18:00", "overlaps other hours of the day: \"09:00-18:00\""),
        ("周一-周五 09:00-18:00，周五 20:00-22:00", "names a day twice: \"周五\""),
        ("Mon Mon-Fri 09:00-18:00", "names a day twice: \"Mon-Fri\""),
    ] {
        assert_eq!(read(text), fault, "{text}");
    }
}

#[test]
fn make_up_workdays_take_the_hours_of_the_first_weekday_that_has_any() {
    let week = Week::parse("Sun 10:00-12:00, Wed-Thu 09:00-18:00").unwrap();
    assert_eq!(week.first(), [Hours { start: 9 * 60, end: 18 * 60 }]);
}

fn weeks() -> impl Strategy<Value = Week> {
    let times = proptest::collection::btree_set(0..=DAY_MINUTES, 0..7);
    let day = times.prop_map(|times| {
        let times: Vec<u16> = times.into_iter().collect();
        times.chunks_exact(2).map(|ends| Hours { start: ends[0], end: ends[1] }).collect::<Vec<_>>()
    });
    let days: [_; 7] = std::array::from_fn(|_| day.clone());
    days.prop_map(Week).prop_filter("some hours", |week| !week.first().is_empty())
}

proptest! {
    #[test]
    fn a_week_that_is_written_reads_back(week in weeks()) {
        prop_assert_eq!(Week::parse(&written(&week)), Ok(week));
    }

    /// One sign is put into, or taken out of, a text that reads; or a part of the text is.
    #[test]
    fn no_text_breaks_the_reading(
        text in "(Mon|周一|Fri-Mon|星期六至周日|  ){1,3} (0?9:00-1[0-9]:30|13:30–24:00|22：00-99:99| ){0,3}[,， ]?(Sat 10:00-14:00)?",
        from in 0_usize..60,
        length in 0_usize..3,
        put in "[-0-9:,，： 周一至Mn\u{1f44d}\u{0}]{0,2}",
    ) {
        let mut signs: Vec<char> = text.chars().collect();
        let from = from.min(signs.len());
        let to = (from + length).min(signs.len());
        signs.splice(from..to, put.chars());
        let text: String = signs.into_iter().collect();
        match Week::parse(&text) {
            Ok(week) => prop_assert_eq!(Week::parse(&written(&week)), Ok(week)),
            Err(error) => prop_assert!(text.get(error.at).is_some()),
        }
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(text in ".*") {
        if let Err(error) = Week::parse(&text) {
            prop_assert!(text.get(error.at).is_some());
        }
    }
}
