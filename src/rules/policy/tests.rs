//! What a policy says, and what is wrong with one.

mod reference;

use proptest::prelude::*;

use super::*;
use crate::text::{Lang, Span};

fn faults(text: &str) -> Vec<PolicyError> {
    Policy::parse(text).err().unwrap_or_default()
}

fn fault(text: &str) -> (usize, usize, Fault) {
    let error = faults(text).remove(0);
    (error.line, error.column, error.fault)
}

#[test]
fn the_shipped_policy_reads_also_with_another_zone() {
    let policy = Policy::parse(&Policy::shipped("Europe/Berlin", "EUR".parse().unwrap())).unwrap();
    assert_eq!(policy.tier_ids(), ["A", "B", "C"].map(Clean::known));
    let ground = (policy.timezone.unwrap(), policy.currency.unwrap().code().to_owned());
    assert_eq!(ground, (Clean::known("Europe/Berlin"), "EUR".to_owned()));
    assert_eq!(policy.stages.len(), 6);
    assert_eq!(Policy::read(SHIPPED).warnings, []);
}

#[test]
fn faults_name_line_and_column() {
    let text = SHIPPED.replace("spend(365d) >= 80000", "spent(365d) >= 80000");
    let (line, column, what) = fault(&text);
    assert_eq!((line, column), (12, 9));
    assert!(matches!(what, Fault::Filter(_)));
}

#[test]
fn every_kind_of_fault_is_found_and_said_in_both_languages() {
    for (good, bad, expected) in [
        ("schema = 1", "schema = 2", "Schema(2)"),
        ("schema = 1", "schema = \"1\"", "Expected(Count)"),
        ("Asia/Shanghai", "Asia/Shangai", "Zone"),
        ("\"CNY\"", "\"yuan\"", "Currency"),
        ("schema = 1", "", "Missing(\"schema\")"),
        ("id = \"B\"", "id = \"a\"", "SameId(\"tier\""),
        ("id = \"B\"", "id = \"B 2\"", "Id"),
        ("id = \"B\"", "id = \"none\"", "Id"),
        ("id = \"B\"", "id = \"\\u0007\"", "Unclean"),
        ("was(lapsed)", "was(lost)", "Filter"),
        ("recency > 180d", "tier:A", "StageNamesTier"),
        ("open(deals) >= 1", "tier:A", "TierNamesTier"),
        ("recency > 180d", "acme", "Filter"),
        ("\"14d\"", "\"soon\"", "Span"),
        ("\"14d\"", "\"0d\"", "NoTime"),
        ("\"14d\"", "\"900y\"", "LongSpan"),
        ("\"14d\"", "14", "Expected(Text)"),
        ("contact_every", "contact_evry", "UnknownKey"),
        ("[[tier]]", "[[teir]]", "NoTier"),
        ("[[tier]]", "[tier]", "Toml"),
        ("answer_within = \"1d\"", "answer_within = \"0h\"", "NoTime"),
        ("id = \"C\"", "id = \"C\"\nenter = \"orders() > 0\"", "Enter"),
        ("id = \"C\"", "id = \"C\"\nkeep = \"orders() > 0\"", "KeepWithoutEnter"),
        ("enter = \"spend(365d) >= 100000 and orders(365d) >= 4\"", "", "Enter"),
        ("enter = \"spend(365d) >= 20000 or", "enter = \"spend(365d) >= 300000 orders(365d) > 9 or", ""),
        (
            "enter = \"spend(365d) >= 20000 or open(deals) >= 1\"",
            "enter = \"spend(365d) > 200000 orders(365d) >= 4\"",
            "Shadowed",
        ),
        ("contact_every = \"14d\"", "serve = { by = \"nobody\" }", "UnknownWord"),
        ("contact_every = \"14d\"", "serve = { skill = \"senior\" }", "Missing(\"by\")"),
        ("contact_every = \"14d\"", "serve = \"team\"", "Expected(Table)"),
        ("name = { en = \"Key\", zh", "name = { zh", "Missing(\"en\")"),
    ] {
        let text = SHIPPED.replace(good, bad);
        assert_ne!(text, SHIPPED, "{good}");
        let found = faults(&text);
        let named: Vec<String> = found.iter().map(|error| format!("{:?}", error.fault)).collect();
        let is_found =
            expected.is_empty() && named.is_empty() || named.iter().any(|name| name.starts_with(expected));
        assert!(is_found, "{bad}: {named:?}");
        for lang in [Lang::En, Lang::Zh] {
            assert!(found.iter().all(|error| error.say(lang).lines().count() == 1));
        }
    }
}

const EXAMPLES: [&str; 3] = [
    include_str!("../../../examples/policies/key-accounts.toml"),
    include_str!("../../../examples/policies/many-small.toml"),
    include_str!("../../../examples/policies/new-business.toml"),
];

const POOL: &str = r#"
[[pool]]
id = "east"
name = { en = "East", zh = "华东" }
teams = ["East", "South"]
hide = ["phones", "contacts"]
  [[pool.recycle]]
  when = "tier:C and idle > 30d"
  warn = "7d"
  reason = { en = "no contact for 30 days", zh = "30天未跟进" }
  [pool.claim]
  per_day = 5
  hold = 60
  hold_by_tier = { A = 20 }
  cool_down = "7d"
  protect = { period = "30d", at_most = 10 }

[[pool]]
id = "rest"
"#;

fn pooled() -> String {
    format!("{SHIPPED}{POOL}")
}

#[test]
fn a_pool_says_who_shares_it_when_it_takes_and_what_it_gives() {
    let reading = Policy::read(&pooled());
    assert_eq!(reading.warnings, []);
    let policy = reading.policy.unwrap();
    let of = |team: &'static str| policy.pool_of(Some(&Clean::known(team))).map(|pool| pool.id.as_str());
    assert_eq!([of("east"), of("South"), of("North")], [Some("east"), Some("east"), Some("rest")]);
    assert_eq!(policy.pool_of(None).map(|pool| pool.id.as_str()), Some("rest"));
    let east = policy.pool(&Clean::known("east")).unwrap();
    assert_eq!((&east.hide[..], east.claim.hold), (&["phones", "contacts"][..], Some(60)));
    assert_eq!(east.claim.hold_by_tier, [(Clean::known("A"), 20)]);
    assert_eq!(east.claim.protect, Some(Protect { period: Span::of_days(30), at_most: Some(10) }));
    assert_eq!(east.recycle[0].warn, Some(Span::of_days(7)));
    let rest = policy.pool(&Clean::known("rest")).unwrap();
    assert!(rest.recycle.is_empty() && rest.claim.per_day.is_none() && rest.claim.protect.is_none());
}

#[test]
fn every_fault_of_a_pool_is_found_and_said_in_both_languages() {
    for (good, bad, expected) in [
        ("id = \"rest\"", "id = \"East\"", "SameId(\"pool\""),
        ("id = \"rest\"", "", "Missing(\"id\")"),
        ("\"East\", \"South\"", "\"East\", \"east\"", "Twice"),
        ("id = \"rest\"", "id = \"rest\"\nteams = [\"south\"]", "TeamOfTwoPools"),
        ("teams = [\"East\", \"South\"]", "", "TwoPoolsForAll"),
        ("teams = [\"East\", \"South\"]", "teams = \"East\"", "Expected(List)"),
        ("\"phones\"", "\"phone\"", "UnknownWord { name: \"phone\", near: Some(\"phones\")"),
        ("[[pool.recycle]]", "[pool.recycle]", "Expected(List)"),
        ("idle > 30d", "idel > 30d", "Filter"),
        ("idle > 30d", "pool:west", "Filter"),
        ("idle > 30d", "owner:me", "Filter"),
        ("warn = \"7d\"", "warn = \"0d\"", "NoTime"),
        ("reason = { en = \"no contact for 30 days\", zh", "reason = { zh", "Missing(\"en\")"),
        ("reason =", "raeson =", "Missing(\"reason\")"),
        ("per_day = 5", "per_day = 0", "Expected(Count)"),
        ("hold = 60", "hold = \"60\"", "Expected(Count)"),
        ("{ A = 20 }", "{ D = 20 }", "Undefined"),
        ("{ A = 20 }", "{ A = 0 }", "Expected(Count)"),
        ("cool_down = \"7d\"", "cool_down = 7", "Expected(Text)"),
        ("cool_down", "cooldown", "UnknownKey"),
        ("period = \"30d\", ", "", "Missing(\"period\")"),
        ("at_most = 10", "at_most = 0", "Expected(Count)"),
    ] {
        let text = pooled().replace(good, bad);
        assert_ne!(text, pooled(), "{good}");
        let found = faults(&text);
        let named: Vec<String> = found.iter().map(|error| format!("{:?}", error.fault)).collect();
        assert!(named.iter().any(|name| name.starts_with(expected)), "{bad}: {named:?}");
        for lang in [Lang::En, Lang::Zh] {
            assert!(found.iter().all(|error| error.say(lang).lines().count() == 1));
        }
    }
}

const CARE: &str = r#"
[calendar.office]
week = "Mon-Fri 09:00-18:00"

[[care.occasion]]
id = "birth"
on = "birthday"
channel = "wechat"

[[care.occasion]]
id = "since"
on = "anniversary:since"
duty = "analyst"

[[care.occasion]]
id = "eve"
on = "除夕"

[[care.occasion]]
id = "fairs"
on = ["2027-05-21", "2026-05-20"]
"#;

fn cared() -> String {
    let (before, _) = SHIPPED.split_once("[care.rhythm]").unwrap();
    format!("{before}{CARE}[care.rhythm]\nfor = \"tier:A\"\nahead = \"2d\"\ncalendar = \"office\"\n")
}

#[test]
fn care_says_whom_one_greets_when_and_for_whom_the_rhythm_is_kept() {
    let reading = Policy::read(&cared());
    assert_eq!(reading.warnings, []);
    let care = reading.policy.unwrap().care;
    let rhythm = care.rhythm.as_ref().unwrap();
    assert_eq!((rhythm.ahead, rhythm.calendar.clone()), (Span::of_days(2), Some(Clean::known("office"))));
    let on: Vec<On> = care.occasions.iter().map(|occasion| occasion.on.clone()).collect();
    let days = ["2026-05-20", "2027-05-21"].map(|day| day.parse().unwrap()).to_vec();
    let eve = crate::text::Lunar::new(12, 30, false).unwrap();
    let since = On::Anniversary(Clean::known("since"));
    assert_eq!(on, [On::Birthday, since, On::Lunar(eve), On::Days(days)]);
    assert_eq!(care.occasion("since").unwrap().duty, Duty::Held(Clean::known("analyst")));
    assert_eq!(care.occasion("birth").unwrap().channel, Some(crate::model::Channel::Wechat));
    assert!(Policy::parse(&SHIPPED.replace("[care", "[other")).is_err());
}

#[test]
fn every_fault_of_care_is_found_and_said_in_both_languages() {
    for (good, bad, expected) in [
        ("id = \"eve\"", "id = \"birth\"", "SameId(\"occasion\""),
        ("id = \"eve\"", "id = \"cadence\"", "Reserved"),
        ("on = \"除夕\"", "", "Missing(\"on\")"),
        ("\"除夕\"", "\"lunar 13-01\"", "Occasion"),
        ("\"除夕\"", "\"02-30\"", "Occasion"),
        ("\"除夕\"", "\"christmas\"", "Occasion"),
        ("\"除夕\"", "7", "Expected(Text)"),
        ("\"除夕\"", "[\"someday\"]", "Days"),
        ("\"除夕\"", "[7]", "Expected(Text)"),
        ("anniversary:since", "anniversary:sinse", "UnknownWord { name: \"sinse\", near: Some(\"since\")"),
        ("anniversary:since", "anniversary:x.", "UnknownWord"),
        ("channel = \"wechat\"", "channel = \"pigeon\"", "UnknownWord"),
        ("channel = \"wechat\"", "chanel = \"wechat\"", "UnknownKey"),
        ("channel = \"wechat\"", "ahead = \"0d\"", "NoTime"),
        ("channel = \"wechat\"", "ahead = \"1y\"", "AheadOfYear"),
        ("channel = \"wechat\"", "for = \"tier:Z\"", "Filter"),
        ("channel = \"wechat\"", "for = \"owner:me\"", "Filter"),
        ("calendar = \"office\"", "calendar = \"ofice\"", "Undefined"),
        ("[[care.occasion]]\nid = \"birth\"", "[care.occasion]\nid = \"birth\"", "Toml"),
        ("duty = \"analyst\"", "duty = 3", "Expected(Text)"),
    ] {
        let text = cared().replace(good, bad);
        assert_ne!(text, cared(), "{good}");
        let found = faults(&text);
        let named: Vec<String> = found.iter().map(|error| format!("{:?}", error.fault)).collect();
        assert!(named.iter().any(|name| name.starts_with(expected)), "{bad}: {named:?}");
        for lang in [Lang::En, Lang::Zh] {
            assert!(found.iter().all(|error| error.say(lang).lines().count() == 1));
        }
    }
}

#[test]
fn an_occasion_that_never_comes_is_warned_about() {
    for (good, bad, expected) in [
        ("anniversary:since", "anniversary:industry", "NoDay"),
        ("channel = \"wechat\"", "for = \"orders() > 3 and orders() < 2\"", "NeverHolds"),
        ("[\"2027-05-21\", \"2026-05-20\"]", "[]", "NeverHolds"),
    ] {
        let reading = Policy::read(&cared().replace(good, bad));
        assert!(reading.policy.is_ok(), "{:?}", reading.policy.err());
        let warned: Vec<String> =
            reading.warnings.iter().map(|warning| format!("{:?}", warning.fault)).collect();
        assert!(warned.len() == 1 && warned[0].starts_with(expected), "{warned:?}");
    }
}

#[test]
fn the_examples_read_without_a_warning() {
    for example in EXAMPLES {
        let reading = Policy::read(example);
        assert!(reading.policy.is_ok() && reading.warnings.is_empty(), "{reading:?}");
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_file() {
    let text = SHIPPED
        .replace("Asia/Shanghai", "Asia/Shangai")
        .replace("\"14d\"", "\"soon\"")
        .replace("contact_every = \"30d\"", "contact_evry = \"30d\"")
        .replace("was(lapsed)", "was(lost)");
    let places: Vec<(usize, usize)> = faults(&text).iter().map(|error| (error.line, error.column)).collect();
    assert_eq!(places, [(3, 12), (13, 17), (21, 1), (43, 9)]);
}

#[test]
fn what_can_never_hold_is_a_warning_only() {
    let text = SHIPPED.replace("recency > 180d", "orders() > 3 and orders() < 2");
    let reading = Policy::read(&text);
    assert!(reading.policy.is_ok());
    let warned: Vec<(usize, &Fault)> =
        reading.warnings.iter().map(|warning| (warning.line, &warning.fault)).collect();
    assert_eq!(warned, [(38, &Fault::NeverHolds)]);
}

#[test]
fn a_tier_is_kept_by_less_than_it_is_entered_by() {
    let keep = "keep = \"spend(365d) >= 80000\"";
    assert!(SHIPPED.contains(keep));
    for (stricter, is_told) in [
        ("spend(365d) >= 120000 and orders(365d) >= 4", true),
        ("spend(365d) >= 100000 and orders(365d) >= 4", true),
        ("spend(365d) >= 120000", false),
    ] {
        let reading = Policy::read(&SHIPPED.replace(keep, &format!("keep = \"{stricter}\"")));
        assert!(reading.policy.is_ok());
        let told: Vec<&Fault> = reading.warnings.iter().map(|warning| &warning.fault).collect();
        assert_eq!(told == [&Fault::KeepAddsNothing], is_told, "{stricter}: {told:?}");
    }
}

#[test]
fn one_fault_is_told_once() {
    let twice = SHIPPED.replace("id = \"B\"", "id = \"A\"");
    let told: Vec<Fault> = faults(&twice).into_iter().map(|error| error.fault).collect();
    assert_eq!(told, [Fault::SameId("tier", "A".to_owned())]);
    let calendar = "[calendar.office]\nweek = \"Mon-Fri 18:00-09:00\"\nholidays = [\"someday\"]\n";
    let hours = SHIPPED.replace(
        "answer_within = \"1d\"",
        "answer_within = { time = \"4h\", clock = \"working\", calendar = \"office\" }\ncontact_evry = \"3d\"",
    );
    assert_ne!(hours, SHIPPED);
    let told: Vec<String> =
        faults(&(hours + calendar)).iter().map(|error| format!("{:?}", error.fault)).collect();
    let expected = ["UnknownKey", "Week(EndsBeforeStart", "Days(NoDate"];
    assert!(
        told.len() == 3 && told.iter().zip(expected).all(|(told, begins)| told.starts_with(begins)),
        "{told:?}"
    );
}

#[test]
fn what_is_no_toml_is_said_in_ones_own_language() {
    for (line, said) in [
        ("a = 1\na = 2", "同一个键写了两次"),
        ("a", "键后缺少等号或值"),
        ("a = [\"x\" \"y\"]", "缺少逗号"),
        ("[[tier]\nb = 1", "小节标题缺少右方括号"),
        ("a = [1", "列表缺少右方括号"),
        ("a = { b = 1", "内联表缺少右花括号"),
        ("a = \"b", "引号未成对"),
        ("a = hello", "文字须加英文双引号"),
        ("a = \"x\" b = 2", "多余内容"),
        ("等级 = 1", "键名写得不对"),
    ] {
        let found = faults(&format!("{line}\n"));
        let told = found.iter().find(|error| matches!(error.fault, Fault::Toml(_)));
        let told = told.map(|error| error.fault.say(Lang::Zh)).unwrap_or_default();
        assert!(told.contains(said) && told.contains("解析器原文"), "{line}: {told}");
    }
}

#[test]
fn a_filter_is_as_long_and_as_deep_as_one_may_be() {
    let terms = vec!["orders() > 1"; 10_000].join(" or ");
    let deep = format!("{}orders() > 1{}", "(".repeat(1_000), ")".repeat(1_000));
    for rule in [terms, deep] {
        let text = SHIPPED.replace("recency > 180d", &rule);
        assert!(matches!(fault(&text), (38, _, Fault::Filter(_))));
    }
    assert!(matches!(fault(&" ".repeat(MAX_LENGTH + 1)).2, Fault::TooLong(_)));
}

/// One slip of the hand in a file: something cut out, doubled, put in, or put in the place of something else.
fn slipped(text: &str, at: usize, length: usize, insert: &str) -> String {
    let nth = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let count = text.chars().count();
    let (from, to) = (nth(at % count), nth((at % count + length).min(count)));
    format!("{}{insert}{}", &text[..from], &text[to..])
}

proptest! {
    #[test]
    fn no_slip_of_the_hand_is_more_than_a_fault(
        whole in prop::sample::select(EXAMPLES.map(str::to_owned).into_iter().chain([pooled(), cared()]).collect::<Vec<_>>()),
        slips in proptest::collection::vec((any::<usize>(), 0_usize..40, ".{0,12}|[\\[\\]{}=\"#\n]{0,4}"), 1..4)
    ) {
        let mut text = whole;
        for (at, length, insert) in &slips {
            text = slipped(&text, *at, *length, insert);
        }
        let reading = Policy::read(&text);
        let lines = text.lines().count().max(1) + 1;
        if let Err(faults) = &reading.policy {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(fault.line <= lines, "{fault:?}");
                prop_assert!(!fault.say(Lang::Zh).is_empty());
            }
        }
        let again = Policy::read(&text);
        prop_assert_eq!(reading.warnings, again.warnings);
    }
}
