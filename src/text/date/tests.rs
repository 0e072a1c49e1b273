//! Dates as people type them, read and said back.

use chrono::Days;

use super::*;

/// A Tuesday.
fn now() -> NaiveDateTime {
    "2026-11-24T10:12:34".parse().unwrap()
}

/// What is read, in the form `2026-11-24 15:00`.
fn read(text: &str) -> String {
    match parse(text, now()) {
        Ok(When { date, time: Some(time) }) => format!("{date} {}", time.format("%H:%M")),
        Ok(When { date, time: None }) => date.to_string(),
        Err(bad) => bad.to_string(),
    }
}

fn all(expected: &[(&str, &str)]) {
    for (text, meant) in expected {
        assert_eq!(read(text), *meant, "{text}");
    }
}

#[test]
fn dates_of_the_calendar() {
    all(&[
        ("2026-10-01", "2026-10-01"),
        ("2026/10/1", "2026-10-01"),
        ("2026.10.1", "2026-10-01"),
        ("2026-10-01T09:00", "2026-10-01 09:00"),
        ("2026-10-01 15:00", "2026-10-01 15:00"),
        (" 2026-10-01  9:05 ", "2026-10-01 09:05"),
        ("1 Oct", "2026-10-01"),
        ("1st of oct", "not a date"),
        ("Oct 1st, 2027", "2027-10-01"),
        ("24 November 2026 3pm", "2026-11-24 15:00"),
        ("2026年10月1日", "2026-10-01"),
        ("10月1号下午三点", "2026-10-01 15:00"),
        ("十月一日", "2026-10-01"),
        ("２０２６－１０－０１　１５：００", "2026-10-01 15:00"),
    ]);
}

#[test]
fn without_a_year_it_is_this_one_unless_that_is_long_past() {
    all(&[
        ("10-01", "2026-10-01"),
        ("05-25", "2026-05-25"),
        ("5-24", "2027-05-24"),
        ("12/31", "2026-12-31"),
        ("1月5日", "2027-01-05"),
    ]);
}

#[test]
fn days_near_today() {
    all(&[
        ("today", "2026-11-24"),
        ("Tomorrow 15:00", "2026-11-25 15:00"),
        ("tomorrow at 3pm", "2026-11-25 15:00"),
        ("tomorrow at 9", "2026-11-25 09:00"),
        ("tomorrow at 3", "2026-11-25 15:00"),
        ("tomorrow at 03", "2026-11-25 03:00"),
        ("tomorrow at noon", "2026-11-25 12:00"),
        ("tmrw 9:30", "2026-11-25 09:30"),
        ("eod", "2026-11-24"),
        ("明天3点", "2026-11-25 15:00"),
        ("明天凌晨3点", "2026-11-25 03:00"),
        ("明天9点半", "2026-11-25 09:30"),
        ("tomorrow morning", "2026-11-25 09:00"),
        ("yesterday", "2026-11-23"),
        ("day after tomorrow", "2026-11-26"),
        ("tonight", "2026-11-24 19:00"),
        ("今天", "2026-11-24"),
        ("明天 下午3点", "2026-11-25 15:00"),
        ("明天下午3点半", "2026-11-25 15:30"),
        ("明天下午", "2026-11-25 15:00"),
        ("后天", "2026-11-26"),
        ("大后天", "2026-11-27"),
        ("昨天", "2026-11-23"),
        ("前天", "2026-11-22"),
        ("今晚8点", "2026-11-24 20:00"),
        ("明早", "2026-11-25 09:00"),
    ]);
}

#[test]
fn weekdays() {
    all(&[
        ("fri", "2026-11-27"),
        ("tue", "2026-12-01"),
        ("on friday at 9:30", "2026-11-27 09:30"),
        ("this friday", "2026-11-27"),
        ("this mon", "2026-11-23"),
        ("next friday", "2026-12-04"),
        ("last friday", "2026-11-20"),
        ("next week", "2026-11-30"),
        ("week after next", "2026-12-07"),
        ("mon 14:30", "2026-11-30 14:30"),
        ("下周三下午3点", "2026-12-02 15:00"),
        ("周五", "2026-11-27"),
        ("星期三", "2026-11-25"),
        ("礼拜天", "2026-11-29"),
        ("本周五", "2026-11-27"),
        ("下周一", "2026-11-30"),
        ("下个星期三 上午10点", "2026-12-02 10:00"),
        ("下下周五", "2026-12-11"),
        ("上周五", "2026-11-20"),
    ]);
    let friday = "2026-11-27T08:00:00".parse().unwrap();
    assert_eq!(parse("fri", friday).unwrap().date.to_string(), "2026-12-04");
}

#[test]
fn counted_from_now() {
    all(&[
        ("+3d", "2026-11-27"),
        ("-3d", "2026-11-21"),
        ("3d", "2026-11-27"),
        ("3d 15:00", "2026-11-27 15:00"),
        ("2w", "2026-12-08"),
        ("1y", "2027-11-24"),
        ("+2h", "2026-11-24 12:12"),
        ("30min", "2026-11-24 10:42"),
        ("-30min", "2026-11-24 09:42"),
        ("14h", "2026-11-25 00:12"),
        ("in 3 days", "2026-11-27"),
        ("in a week", "2026-12-01"),
        ("in two weeks", "2026-12-08"),
        ("in 2 weeks", "2026-12-08"),
        ("in a couple of days", "2026-11-26"),
        ("three months from now", "2027-02-24"),
        ("half an hour ago", "2026-11-24 09:42"),
        ("in half a year", "2027-05-24"),
        ("in 2h", "2026-11-24 12:12"),
        ("2 weeks ago", "2026-11-10"),
        ("3天后", "2026-11-27"),
        ("两周后", "2026-12-08"),
        ("十五天后", "2026-12-09"),
        ("3个月后", "2027-02-24"),
        ("两天前", "2026-11-22"),
        ("半小时后", "2026-11-24 10:42"),
    ]);
    let january = "2027-01-31T08:00:00".parse().unwrap();
    assert_eq!(parse("+1m", january).unwrap().date.to_string(), "2027-02-28");
}

#[test]
fn ends_of_weeks_months_quarters_and_years() {
    all(&[
        ("end of week", "2026-11-27"),
        ("eow", "2026-11-27"),
        ("end of next week", "2026-12-04"),
        ("this weekend", "2026-11-28"),
        ("周末", "2026-11-28"),
        ("下周末", "2026-12-05"),
        ("eom", "2026-11-30"),
        ("下月初", "2026-12-01"),
        ("end of quarter", "2026-12-31"),
        ("季度末", "2026-12-31"),
        ("月底", "2026-11-30"),
        ("end of month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("下月底", "2026-12-31"),
        ("下个月15号", "2026-12-15"),
        ("下个月", "2026-12-01"),
        ("年底", "2026-12-31"),
    ]);
    let sunday = "2027-02-28T08:00:00".parse().unwrap();
    let date = |text| parse(text, sunday).unwrap().date.to_string();
    assert_eq!([date("end of week"), date("end of quarter")], ["2027-03-05", "2027-03-31"]);
}

#[test]
fn months_and_years_that_are_over_are_read_looking_back_only() {
    for (text, meant) in [
        ("last month", "2026-10-31"),
        ("end of last month", "2026-10-31"),
        ("last year", "2025-12-31"),
        ("上个月", "2026-10-31"),
        ("上月15号", "2026-10-15"),
        ("上上个月底", "2026-09-30"),
        ("去年", "2025-12-31"),
    ] {
        assert_eq!(parse_past(text, now()).map(|when| when.date.to_string()), Ok(meant.to_owned()), "{text}");
        assert_eq!(parse(text, now()), Err(BadDate::NotADate), "{text}");
        assert_eq!(split_leading(&format!("{text}，他们要更多"), now()), None, "{text}");
    }
    let march = "2027-03-31T08:00:00".parse().unwrap();
    assert_eq!(parse_past("last month", march).unwrap().date.to_string(), "2027-02-28");
    assert_eq!(parse_past("上月15号 15:00", march).unwrap().time, NaiveTime::from_hms_opt(15, 0, 0));
}

#[test]
fn a_month_alone_is_its_days_and_as_a_date_its_first() {
    let today = now().date();
    let said = |days: Option<Result<std::ops::Range<NaiveDate>, BadDate>>| {
        days.map(|days| days.map(|days| format!("{} {}", days.start, days.end)))
    };
    for (text, near, past) in [
        ("march", "2027-03-01 2027-04-01", "2026-03-01 2026-04-01"),
        ("in March", "2027-03-01 2027-04-01", "2026-03-01 2026-04-01"),
        ("三月", "2027-03-01 2027-04-01", "2026-03-01 2026-04-01"),
        ("Nov", "2026-11-01 2026-12-01", "2026-11-01 2026-12-01"),
        ("dec", "2026-12-01 2027-01-01", "2025-12-01 2026-01-01"),
        ("feb 2024", "2024-02-01 2024-03-01", "2024-02-01 2024-03-01"),
    ] {
        assert_eq!(said(parse_month(text, today)), Some(Ok(near.to_owned())), "{text}");
        assert_eq!(said(parse_past_month(text, today)), Some(Ok(past.to_owned())), "{text}");
        assert_eq!(parse(text, now()).map(|when| when.date.to_string()), Ok(near[..10].to_owned()), "{text}");
        assert_eq!(split_leading(&format!("{text} x"), now()), None, "{text}");
    }
    assert_eq!(
        [said(parse_month("in 3 days", today)), said(parse_month("may call", today))],
        [const { None }; 2]
    );
    assert!(parse("13月", now()).is_err());
    assert_eq!(parse("5/12", now()).unwrap().date.to_string(), "2027-05-12", "the month is first");
}

#[test]
fn looking_back_the_latest_is_meant() {
    for (text, meant) in [
        ("yesterday", "2026-11-23"),
        ("-30d", "2026-10-25"),
        ("fri", "2026-11-20"),
        ("tue", "2026-11-17"),
        ("5-24", "2026-05-24"),
        ("25 Nov", "2025-11-25"),
        ("june", "2026-06-30"),
        ("in june", "2026-06-30"),
        ("Nov", "2025-11-30"),
        ("dec", "2025-12-31"),
        ("feb 2024", "2024-02-29"),
        ("6月", "2026-06-30"),
        ("2025年十月", "2025-10-31"),
        ("上月", "2026-10-31"),
        ("june 3", "2026-06-03"),
        ("29 Feb", "2024-02-29"),
        ("2月29日", "2024-02-29"),
    ] {
        assert_eq!(parse_past(text, now()).map(|when| when.date.to_string()), Ok(meant.to_owned()), "{text}");
    }
    let bad = |text| parse_past(text, now()).unwrap_err();
    assert_eq!([bad("someday"), bad("may call"), bad("june 3 x")], [BadDate::NotADate; 3]);
    assert_eq!(bad("30 Feb"), BadDate::NoSuchDay { year: 2026, month: 2, day: 30 });
    assert_eq!(bad("13月"), BadDate::NoSuchDay { year: 2025, month: 13, day: 1 });
    assert_eq!(split_leading("may call", now()), None, "a month alone begins no next step");
}

#[test]
fn times_of_the_day() {
    all(&[
        ("15:00", "2026-11-24 15:00"),
        ("15：00", "2026-11-24 15:00"),
        ("noon", "2026-11-24 12:00"),
        ("3pm", "2026-11-24 15:00"),
        ("3:30 PM", "2026-11-24 15:30"),
        ("12am", "2026-11-24 00:00"),
        ("12pm", "2026-11-24 12:00"),
        ("3pm fri", "2026-11-27 15:00"),
        ("下午3点", "2026-11-24 15:00"),
        ("下午三点一刻", "2026-11-24 15:15"),
        ("上午9点", "2026-11-24 09:00"),
        ("早上8:30", "2026-11-24 08:30"),
        ("中午1点", "2026-11-24 13:00"),
        ("晚上8点20分", "2026-11-24 20:20"),
        ("晚上12点", "2026-11-25 00:00"),
        ("周五15时30分", "2026-11-27 15:30"),
        ("15点", "2026-11-24 15:00"),
    ]);
}

#[test]
fn what_is_impossible_is_named() {
    let bad = |text| parse(text, now()).unwrap_err();
    assert_eq!(bad("2026-02-30"), BadDate::NoSuchDay { year: 2026, month: 2, day: 30 });
    assert_eq!(bad("2月30日"), BadDate::NoSuchDay { year: 2026, month: 2, day: 30 });
    assert_eq!(bad("13-01").say(Lang::En), "there is no 2026-13-01");
    assert_eq!(bad("tomorrow 25:00"), BadDate::NoSuchTime { hour: 25, minute: 0 });
    assert_eq!(bad("下午3点75分").say(Lang::Zh), "没有 3:75 这个时间");
    assert_eq!(bad("13pm"), BadDate::NoSuchTime { hour: 13, minute: 0 });
    assert_eq!(bad("Mon 24 Nov 2026").say(Lang::En), "2026-11-24 is a Tue");
    assert_eq!(bad("101y"), BadDate::TooFar);
    assert_eq!(bad("0000-01-01").say(Lang::En), "too far away for a date");
    assert!(bad("soon").say(Lang::En).starts_with("not a date"));
    assert!(bad("soon").say(Lang::Zh).starts_with("不是日期"));
    assert_eq!(bad("9999999h").say(Lang::Zh), "日期太远");
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        " ",
        "soon",
        "3",
        "frid",
        "2026-10-01x",
        "2026-10",
        "15:0",
        "3dd",
        "10-01-02",
        "tomorrow 3",
        "明",
        "点",
        "+",
        "15:00:30",
    ] {
        assert_eq!(parse(text, now()), Err(BadDate::NotADate), "{text:?}");
    }
}

#[test]
fn the_date_in_front_is_split_off() {
    for (text, date, rest) in [
        ("+3d send price list", "2026-11-27", "send price list"),
        ("tomorrow 15:00 call", "2026-11-25 15:00", "call"),
        ("明天 下午3点 回电", "2026-11-25 15:00", "回电"),
        ("明天下午3点回电", "2026-11-25 15:00", "回电"),
        ("周五，发报价", "2026-11-27", "发报价"),
        ("10月1日 15:00开会", "2026-10-01 15:00", "开会"),
        ("fri 3 samples", "2026-11-27", "3 samples"),
        ("tomorrow 15:00-16:00 visit", "2026-11-25", "15:00-16:00 visit"),
        ("in 2h call back", "2026-11-24 12:12", "call back"),
        ("by friday: offer", "2026-11-27", "offer"),
        ("tomorrow 00:00 pm", "2026-11-25 00:00", "pm"),
        ("tomorrow 3:00 pm", "2026-11-25 15:00", ""),
        ("next friday", "2026-12-04", ""),
    ] {
        let (when, left) = split_leading(text, now()).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((read(&echo(Lang::En, when)), left), (date.to_owned(), rest), "{text}");
    }
    for text in
        ["send price list", "mon-fri training", "3d打印", "morning meeting", "2026-02-30 call", "friends", ""]
    {
        assert_eq!(split_leading(text, now()), None, "{text:?}");
    }
}

#[test]
fn a_date_is_said_back_in_both_languages() {
    let when = parse("2026-11-24 15:00", now()).unwrap();
    assert_eq!(echo(Lang::En, when), "Tue 24 Nov 2026 15:00");
    assert_eq!(echo(Lang::Zh, when), "2026年11月24日 周二 15:00");
    assert_eq!(echo(Lang::En, When { time: None, ..when }), "Tue 24 Nov 2026");
}

fn any_when() -> impl proptest::strategy::Strategy<Value = When> {
    use proptest::prelude::*;
    (0_u64..60_000, proptest::option::of(0_u32..24 * 60)).prop_map(|(days, minutes)| When {
        date: NaiveDate::default() + Days::new(days),
        time: minutes.and_then(|m| NaiveTime::from_hms_opt(m / 60, m % 60, 0)),
    })
}

proptest::proptest! {
    #[test]
    fn what_is_said_back_reads_back(when in any_when(), zh: bool) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        proptest::prop_assert_eq!(parse(&echo(lang, when), now()), Ok(when));
    }

    #[test]
    fn a_date_and_what_follows_it_come_apart_again(when in any_when(), rest in "[a-z回电]{1,8}") {
        let text = format!("{} {rest}", echo(Lang::Zh, when));
        proptest::prop_assume!(parse(&rest, now()).is_err() && !["am", "pm"].contains(&rest.as_str()));
        let (found, left) = split_leading(&text, now()).unwrap();
        proptest::prop_assert_eq!((found, left), (when, rest.as_str()));
    }

    #[test]
    fn nothing_that_can_be_typed_breaks_the_reader(text in "([0-9一两半十周天月年日点后前下上午晚明今+:./ -]|mon|next|pm|in |[a-zé])*") {
        let parsed = parse(&text, now());
        if let Some((when, rest)) = split_leading(&text, now()) {
            proptest::prop_assert!(text.ends_with(rest));
            proptest::prop_assert!(!rest.is_empty() || parsed.is_err() || parsed == Ok(when));
        }
        let back = parse_past(&text, now());
        if parsed.is_ok_and(|when| when.date <= now().date()) {
            proptest::prop_assert_eq!(back, parsed);
        }
    }
}
