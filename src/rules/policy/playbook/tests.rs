//! What a policy says of calendars and playbooks, and what is wrong with one.

use crate::model::Kind;
use crate::rules::policy::{Clock, DateOf, Deed, DoneBy, Duty, Fault, Policy, SHIPPED, Trigger, Warn};
use crate::text::Lang;

/// One of everything.
const WHOLE: &str = r#"
[calendar.office]
week = "Mon-Fri 09:00-18:00"
holidays = ["2026-10-01..2026-10-07"]
workdays = ["2026-10-10"]

[[playbook]]
id = "win-back"
when = "orders() > 0"
until = "recency < 30d"
  [[playbook.step]]
  id = "mark"
  do = "tag"
  tag = "at risk"

  [[playbook.step]]
  id = "offer"
  title = "Make an offer"
  do = "approve"
  after = "mark"
  duty = "manager"
  within = { time = "2d", clock = "working", calendar = "office" }

  [[playbook.step]]
  id = "call"
  title = { en = "Call", zh = "致电" }
  after = "offer"
  when = "not dnc:yes"
  duty = "account manager"
  within = { time = "4h", clock = "working", calendar = "office" }
  done_by = "answer"
  warn = "30min"
  escalate = [{ after = "1d", to = "manager" }, { after = "0h", to = "duty" }]
"#;

fn whole() -> String {
    let lapsed = "when = \"recency > 180d\"";
    SHIPPED.replace(lapsed, &format!("{lapsed}\nplaybook = \"win-back\"")) + WHOLE
}

#[test]
fn a_playbook_is_read_whole() {
    let policy = Policy::parse(&whole()).unwrap();
    let ids: Vec<&str> = policy.playbooks.iter().map(|playbook| playbook.id.as_str()).collect();
    assert_eq!(ids, ["inquiry", "win-back"]);
    assert_eq!((&policy.playbooks[0].on, &policy.playbooks[1].on), (&Some(Trigger::Inquiry), &None));
    let lapsed = policy.stages.iter().find(|stage| stage.id.as_str() == "lapsed").unwrap();
    assert_eq!(policy.playbooks_of_stage(&lapsed.id).len(), 1, "a stage begins the playbook that it names");
    let [mark, offer, call] = &policy.playbooks[1].steps[..] else { panic!() };
    assert!(matches!(&mark.deed, Deed::Tag(tag) if tag.as_str() == "at risk"));
    assert!(matches!(&offer.deed, Deed::Approve(work) if work.duty == Duty::Manager));
    let work = call.work().unwrap();
    assert!(matches!(&work.duty, Duty::Held(duty) if duty.as_str() == "account manager"));
    assert!(matches!(work.clock(), Clock::Working(office) if office.as_str() == "office"));
    assert_eq!((work.done_by, work.warn), (DoneBy::Answer, Some(Warn::Before("30min".parse().unwrap()))));
    let to: Vec<&Duty> = work.escalate.iter().map(|escalation| &escalation.to).collect();
    assert_eq!(to, [&work.duty, &Duty::Manager], "the earlier one first");
}

#[test]
fn the_shipped_playbook_is_the_classic_one() {
    let policy = Policy::parse(SHIPPED).unwrap();
    let steps = policy.playbook("inquiry").unwrap().steps.iter();
    let read = steps.map(|step| {
        let work = step.work().unwrap();
        (step.id.to_string(), work.within.span.say(Lang::En), work.done_by)
    });
    assert_eq!(
        read.collect::<Vec<_>>(),
        [
            ("first-contact".to_owned(), "24h".to_owned(), DoneBy::Contact),
            ("first-solution".to_owned(), "3d".to_owned(), DoneBy::Solution),
            ("revisit".to_owned(), "7d".to_owned(), DoneBy::Revisit),
        ]
    );
}

#[test]
fn every_fault_of_a_playbook_and_a_calendar_is_found_at_its_place() {
    let whole = whole();
    for (good, bad, expected) in [
        ("week = \"Mon-Fri 09:00-18:00\"", "week = \"Mon-Fry 09:00-18:00\"", "Week(UnknownDay, \"Mon-Fry\")"),
        ("week = \"Mon-Fri 09:00-18:00\"", "week = \"Mon 09:00-18:00 17:00-19:00\"", "Week(Overlap"),
        ("week = \"Mon-Fri 09:00-18:00\"", "country = \"CN\"", "Missing(\"week\")"),
        ("week = \"Mon-Fri 09:00-18:00\"", "week = \"Mon 9:00-18:00\"\ncountry = \"XX\"", "UnknownWord"),
        ("[\"2026-10-10\"]", "\"2026-10-10\"", "Expected(List)"),
        ("[\"2026-10-10\"]", "[\"10 October\"]", "Days(NoDate"),
        ("[\"2026-10-10\"]", "[\"2026-10-11\", \"2026-10-02\"]", "FreeAndWorked(2026-10-02)"),
        ("[calendar.office]", "[calendar.\"my office\"]", "Id"),
        ("calendar = \"office\"", "calendar = \"ofice\"", "Undefined"),
        ("time = \"4h\", clock = \"working\"", "time = \"2w\", clock = \"working\"", "NotWorkingTime"),
        ("after = \"1d\", to", "after = \"1m\", to", "NotWorkingTime"),
        ("time = \"4h\", clock = \"working\"", "time = \"4h\", clock = \"elapsed\"", "UnknownKey"),
        ("clock = \"working\"", "clock = \"mine\"", "UnknownWord"),
        ("within = \"24h\"", "within = \"0h\"", "NoTime"),
        ("within = \"24h\"", "", "Missing(\"within\")"),
        ("playbook = \"win-back\"", "playbook = \"winback\"", "Undefined"),
        ("id = \"win-back\"", "id = \"inquiry\"", "SameId(\"playbook\""),
        ("on = \"inquiry\"", "", "Missing(\"on\")"),
        ("on = \"inquiry\"", "on = \"inqiry\"", "UnknownWord"),
        ("on = \"inquiry\"", "on = \"complaint\"", "NotYet(\"complaint\")"),
        ("on = \"inquiry\"", "on = \"stage:lost\"", "Undefined"),
        ("on = \"inquiry\"", "on = \"silence:soon\"", "Span(\"soon\")"),
        ("on = \"inquiry\"", "on = \"silence:0d\"", "NoTime(\"0d\")"),
        ("on = \"inquiry\"", "on = \"silence:200y\"", "LongSpan(\"200y\")"),
        ("on = \"inquiry\"", "on = \"date:name\"", "Undefined"),
        ("on = \"inquiry\"", "on = \"date:birthdy\"", "Undefined"),
        ("on = \"inquiry\"", "on = \"date:x.\"", "Undefined"),
        ("on = \"inquiry\"", "on = \"date:birthday\"\nbefore = \"none\"", "Span(\"none\")"),
        ("on = \"inquiry\"", "on = \"inquiry\"\nbefore = \"7d\"", "UnknownKey"),
        ("on = \"inquiry\"", "on = \"tier:Z\"", "Undefined"),
        ("on = \"inquiry\"", "on = \"deal:sold\"", "Undefined"),
        ("until = \"recency < 30d\"", "until = \"tier:Z\"", "Filter"),
        ("when = \"not dnc:yes\"", "when = \"owner:me\"", "Filter"),
        ("id = \"call\"", "id = \"offer\"", "SameId(\"step\""),
        ("after = \"mark\"", "after = \"marks\"", "Undefined"),
        ("after = \"mark\"", "after = \"call\"", "Circle([\"offer\", \"call\", \"offer\"])"),
        ("do = \"approve\"", "do = \"message\"", "NotYet(\"message\")"),
        ("do = \"approve\"", "do = \"dance\"", "UnknownWord"),
        ("do = \"approve\"", "do = \"approve\"\n  done_by = \"contact\"", "UnknownWord"),
        ("tag = \"at risk\"", "", "Missing(\"tag\")"),
        ("done_by = \"answer\"", "done_by = \"luck\"", "UnknownWord"),
        ("warn = \"30min\"", "warn = \"120%\"", "Share"),
        ("to = \"duty\"", "to = \"boss\"", "UnknownWord"),
        ("to = \"duty\"", "two = \"duty\"", "UnknownKey"),
        ("title = \"Make an offer\"", "title = { en = \"Offer\" }", "Missing(\"zh\")"),
        ("schema = 1", "schema = 1\nlanguage = \"fr\"", "UnknownWord"),
    ] {
        let text = whole.replacen(good, bad, 1);
        assert_ne!(text, whole, "{good}");
        let found = Policy::parse(&text).err().unwrap_or_default();
        let error = found.iter().find(|error| format!("{:?}", error.fault).starts_with(expected));
        let error = error.unwrap_or_else(|| panic!("{bad}: {found:?}"));
        let line = text.lines().nth(error.line - 1).unwrap_or_default();
        let is_of_all = matches!(error.fault, Fault::Missing(_) | Fault::Circle(_));
        assert!(is_of_all || bad.lines().any(|bad| line.contains(bad.trim())), "{bad}: {error:?}");
        for error in &found {
            assert!([Lang::En, Lang::Zh].iter().all(|lang| error.say(*lang).lines().count() == 1));
        }
    }
}

#[test]
fn a_playbook_of_time_says_which_time() {
    let on = |trigger: &str| {
        let text = SHIPPED.replace("on = \"inquiry\"", trigger);
        Policy::parse(&text).unwrap().playbooks[0].on.clone().unwrap()
    };
    let field = |name: &str| DateOf::Field(Kind::Customer.field(name).unwrap().0);
    assert_eq!(on("on = \"silence:14d\""), Trigger::Silence("14d".parse().unwrap()));
    assert_eq!(on("on = \"date:verified\""), Trigger::Date(field("verified"), None));
    let month = Some("30d".parse().unwrap());
    assert_eq!(on("on = \"date:x.renewal\"\nbefore = \"30d\""), Trigger::Date(field("x.renewal"), month));
    assert_eq!(on("on = \"date:birthday\""), Trigger::Date(DateOf::Birthday, None));
}

#[test]
fn a_playbook_without_steps_is_none() {
    let text = format!("{SHIPPED}\n[[playbook]]\nid = \"empty\"\non = \"new\"\n");
    assert!(matches!(Policy::parse(&text).unwrap_err()[0].fault, Fault::NoStep));
}

#[test]
fn a_step_that_is_warned_of_before_its_clock_starts_is_told() {
    let step = |within: &str, warn: &str| {
        let text = format!(
            "{SHIPPED}\n[calendar.office]\nweek = \"Mon-Fri 09:00-18:00\"\n\
             [[playbook]]\nid = \"call\"\non = \"new\"\n[[playbook.step]]\nid = \"call\"\n\
             within = {within}\nwarn = \"{warn}\""
        );
        let reading = Policy::read(&text);
        assert!(reading.policy.is_ok(), "{:?}", reading.policy);
        reading.warnings.into_iter().map(|warning| (warning.column, warning.fault)).collect::<Vec<_>>()
    };
    for (within, warn) in
        [("\"4h\"", "5h"), ("\"1d\"", "25h"), ("{ time = \"2w\", clock = \"elapsed\" }", "15d")]
    {
        let told = step(within, warn);
        assert!(matches!(told[..], [(8, Fault::WarnedTooEarly(..))]), "{within} {warn}: {told:?}");
        assert!(
            [Lang::En, Lang::Zh].into_iter().all(|lang| told[0]
                .1
                .say(lang)
                .contains(&warn.parse::<crate::text::Span>().unwrap().say(lang)))
        );
    }
    let hours = "{ time = \"20h\", clock = \"working\", calendar = \"office\" }";
    for (within, warn) in [("\"4h\"", "4h"), ("\"4h\"", "99%"), ("\"1d\"", "24h"), (hours, "1d")] {
        assert_eq!(step(within, warn), [], "{within} {warn}");
    }
}
