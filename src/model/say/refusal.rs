//! What is refused, in the words of a reader.

use chrono_tz::Tz;

use crate::model::called::called;
use crate::model::choice::Choice;
use crate::model::id::Kind;
use crate::model::refusal::{Limit, Refusal, Takes};
use crate::text::money::thousands_apart;
use crate::text::say::refusal as say;
use crate::text::{Clean, Lang};

impl Takes {
    fn say(&self, lang: Lang) -> String {
        match self {
            Takes::Word(words) => return say::takes_word(lang, list(words)),
            Takes::Flag => say::takes_flag(lang),
            Takes::Number => say::takes_number(lang),
            Takes::Line => say::takes_line(lang),
            Takes::Money => say::takes_money(lang),
            Takes::Date => say::takes_date(lang),
            Takes::Duty => say::takes_duty(lang),
            Takes::CreditCode => say::takes_credit_code(lang),
            Takes::NextStep => say::takes_next_step(lang),
            Takes::Mail => say::takes_mail(lang),
            Takes::Percent => say::takes_percent(lang),
            Takes::Phone => say::takes_phone(lang),
            Takes::Lunar => say::takes_lunar(lang),
            Takes::Weekdays => say::takes_weekdays(lang),
        }
        .to_owned()
    }
}

impl Limit {
    fn say(&self, lang: Lang, most: u32) -> String {
        match self {
            Limit::Day => say::limit_of_day(lang, most),
            Limit::Hold => say::limit_of_hold(lang, most),
            Limit::Tier(tier) => say::limit_of_tier(lang, most, tier),
            Limit::Protected => say::limit_of_protection(lang, most),
        }
    }
}

impl Refusal {
    /// The class of its exit code, for machines.
    pub fn kind(&self) -> &'static str {
        match self.code() {
            1 => "failed",
            2 => "usage",
            3 => "not_found",
            4 => "ambiguous",
            6 => "conflict",
            _ => "refused",
        }
    }

    /// What was not done and why, and what to do about it; moments are shown in this zone.
    pub fn say(&self, lang: Lang, zone: Tz) -> (String, Option<String>) {
        (self.message(lang, zone).replace('\n', " "), self.hint(lang))
    }

    fn message(&self, lang: Lang, zone: Tz) -> String {
        match self {
            Refusal::NoRecord(id) => say::no_record(lang, id.kind.label(lang), id),
            Refusal::NoMatch(kind, words) => say::no_match(lang, kind.label(lang), words),
            Refusal::Ambiguous(kind, words, one) if one.len() == 1 => {
                say::not_quite(lang, kind.label(lang), words)
            }
            Refusal::Ambiguous(kind, words, _) => say::ambiguous(lang, kind.label(lang), words),
            Refusal::NoField(kind, name, _) => say::no_field(lang, kind.label(lang), name),
            Refusal::DerivedField(field) => say::derived_field(lang, said(field, lang)),
            Refusal::CommandField(field, _) => say::command_field(lang, said(field, lang)),
            Refusal::Missing(Kind::Customer, field) if field.as_str().ends_with("_reason") => {
                let label =
                    called(field.as_str()).map_or_else(|| field.line(), |label| label(lang).to_owned());
                say::reason_missing(lang, label)
            }
            Refusal::Missing(kind, field) => say::missing(lang, kind.label(lang), said(field, lang)),
            Refusal::BadValue(field, value, takes) => {
                say::bad_value(lang, said(field, lang), value, takes.say(lang))
            }
            Refusal::TooLong(field, length, limit) => say::too_long(lang, said(field, lang), length, limit),
            Refusal::BadFilter { en, zh, .. } => say::bad_filter(lang, lang.pick(en, zh)),
            Refusal::BadPolicy { line, column, en, zh, count } => {
                let more = if *count > 1 { say::more_policy_faults(lang, count - 1) } else { String::new() };
                say::bad_policy(lang, line, column, lang.pick(en, zh)) + &more
            }
            Refusal::NoVersion(version, last) => say::no_version(lang, version, last),
            Refusal::Conflict { record, field, was, is, to, .. } => say::conflict(
                lang,
                record,
                said(field, lang),
                is.say(lang, zone),
                was.say(lang, zone),
                to.say(lang, zone),
            ),
            Refusal::InUse(record, count, first) | Refusal::BatchInUse(record, count, first, _) => {
                say::in_use(lang, record, thousands_apart(&count.to_string()), first)
            }
            Refusal::ChangedSince(batch, count, first) => say::changed_since(lang, batch, count, first),
            Refusal::NothingToUndo => say::nothing_to_undo(lang).to_owned(),
            Refusal::AlreadyUndone(seq, by) => say::already_undone(lang, seq, by),
            Refusal::CannotUndo(seq) => say::cannot_undo(lang, seq),
            Refusal::ClaimStands(customer) => say::claim_stands(lang, customer),
            Refusal::ClockStands => say::clock_stands(lang).to_owned(),
            Refusal::NoEntry(seq) => say::no_entry(lang, seq),
            Refusal::NotAMember(uid, login) => say::not_a_member(lang, login, uid),
            Refusal::NotAllowed(what) => say::not_allowed(lang, what),
            Refusal::NotPractice => say::not_practice(lang).to_owned(),
            Refusal::ClockBackwards(now) => say::clock_backwards(lang, now.say(zone)),
            Refusal::Claimed { customer, by, at, .. } => match at {
                Some(at) => say::claimed_at(lang, by, customer, at.say(zone)),
                None => say::claimed(lang, by, customer),
            },
            Refusal::OtherPool(pool, teams) if teams.is_empty() => {
                say::other_pool(lang, pool, say::other_teams(lang))
            }
            Refusal::OtherPool(pool, teams) => say::other_pool(lang, pool, list(teams)),
            Refusal::ClaimLimit(limit, most) => limit.say(lang, *most),
            Refusal::CoolDown(customer, at) => say::cool_down(lang, customer, at.say(zone)),
            Refusal::NotYours(customer, holder) => say::not_yours(lang, holder, customer),
            Refusal::NotHeld(customer) => say::not_held(lang, customer),
            Refusal::NoProtection(customer) => say::no_protection(lang, customer),
            Refusal::ByClaim(customer) => say::by_claim(lang, customer),
            Refusal::ByRelease(customer) => say::by_release(lang, customer),
            Refusal::TaskClosed(task) => say::task_closed(lang, task),
            Refusal::RunStands(run, state) => say::run_stands(lang, run, state.label(lang)),
            Refusal::NoTask => say::no_task(lang).to_owned(),
            Refusal::ParentLoop(customer, parent) => say::parent_loop(lang, customer, parent),
            Refusal::NameTaken(kind, name, id) => say::name_taken(lang, kind.label(lang), name, id),
            Refusal::AccountTaken(account, id) => say::account_taken(lang, account, id),
            Refusal::NoTier(tier, _) => say::no_tier(lang, tier),
            Refusal::NoReason(task) => say::no_reason(lang, task),
            Refusal::NoPlaybook(id, known) => say::no_playbook(lang, id, list(known)),
            Refusal::NothingToDo(id, customer, met) => say::nothing_to_do(lang, id, customer, met),
            Refusal::NoBatch(batch) => say::no_batch(lang, batch),
            Refusal::Expired => say::expired(lang).to_owned(),
            Refusal::ReadOnly(why) => say::read_only(lang, why),
            Refusal::AlreadyMade => say::already_made(lang).to_owned(),
            Refusal::Future(date) => say::future(lang, date),
            Refusal::Unavailable(why) => say::unavailable(lang, why),
            Refusal::Left(name) => say::has_left(lang, name),
            Refusal::TooManyOrders(count, limit) => say::too_many_orders(lang, count, limit),
            Refusal::TooLarge(bytes) => say::too_large(lang, bytes),
            Refusal::NotYet(day) => say::not_yet(lang, day.date()),
            Refusal::BeforeTheBook(day, first) => say::before_the_book(lang, day.date(), first.date()),
            Refusal::TooMuchPast(entries, limit) => say::too_much_past(lang, entries, limit),
            Refusal::AwayBackwards(from, until) => say::away_backwards(lang, from.date(), until.date()),
            Refusal::OwnStandIn(name) => say::own_stand_in(lang, name),
            Refusal::Gone(name) => say::gone(lang, name),
            Refusal::Greeted { customer, day, record, by, at } => {
                let by = if by.is_empty() { say::somebody(lang).to_owned() } else { by.line() };
                match at {
                    Some(at) => say::greeted(lang, customer, by, at.say(zone), record),
                    None => say::greeting_planned(lang, customer, by, day.date(), record),
                }
            }
            Refusal::NotPlanned(customer, occasion, _) => say::not_planned(lang, customer, occasion),
            Refusal::Hidden(record, field) => say::hidden(lang, said(field, lang), record),
            Refusal::LeftOut { customer, occasion, day, task } => {
                say::left_out(lang, occasion, customer, day.date(), task)
            }
            Refusal::AwayPast(until) => say::away_past(lang, until.date()),
        }
    }

    fn hint(&self, lang: Lang) -> Option<String> {
        let hint = match self {
            Refusal::NoField(_, _, Some(near)) => return Some(say::did_you_mean(lang, near)),
            Refusal::Conflict { by: Some((name, seq)), .. } => {
                return Some(say::conflict_by(lang, name, seq));
            }
            Refusal::Conflict { record, by: None, .. } => return Some(say::conflict_hint(lang, record)),
            Refusal::NotAMember(_, login) => return Some(say::not_a_member_hint(lang, login)),
            Refusal::CommandField(_, commands) => return Some(say::command_field_hint(lang, commands)),
            Refusal::NoTier(_, tiers) => return Some(say::no_tier_hint(lang, list(tiers))),
            Refusal::Claimed { next, .. } => {
                return next.as_ref().map(|(id, name)| say::claimed_hint(lang, id, name.line()));
            }
            Refusal::ByClaim(customer) => return Some(say::by_claim_hint(lang, customer)),
            Refusal::ByRelease(customer) => return Some(say::by_release_hint(lang, customer)),
            Refusal::NotPlanned(_, _, planned) if !planned.is_empty() => {
                return Some(say::not_planned_hint(lang, list(planned)));
            }
            Refusal::Greeted { .. } => say::greeted_hint(lang),
            Refusal::LeftOut { task, .. } => return Some(say::left_out_hint(lang, task)),
            Refusal::Hidden(..) => say::hidden_hint(lang),
            Refusal::ClaimLimit(Limit::Day, _) => say::limit_of_day_hint(lang),
            Refusal::ClaimLimit(Limit::Protected, _) => say::limit_of_protection_hint(lang),
            Refusal::ClaimLimit(..) => say::limit_of_hold_hint(lang),
            Refusal::BadPolicy { .. } => say::bad_policy_hint(lang),
            Refusal::NoMatch(Kind::Customer, _) => say::no_match_hint(lang),
            Refusal::Ambiguous(..) => say::ambiguous_hint(lang),
            Refusal::DerivedField(field) if field.as_str().starts_with("tier") => {
                say::derived_tier_hint(lang)
            }
            Refusal::Missing(Kind::Deal, field) if field.as_str() == "amount" => say::won_amount_hint(lang),
            Refusal::BatchInUse(_, _, _, Some(under)) => return Some(say::in_use_by_batch(lang, under)),
            Refusal::InUse(..) | Refusal::BatchInUse(..) => say::in_use_hint(lang),
            Refusal::ChangedSince(..) => say::changed_since_hint(lang),
            Refusal::NothingToUndo => say::nothing_to_undo_hint(lang),
            Refusal::ClaimStands(customer) => return Some(say::claim_stands_hint(lang, customer)),
            Refusal::ClockStands => say::clock_stands_hint(lang),
            Refusal::NotAllowed(what) if what.as_str() == "policy adopt" => say::adopt_hint(lang),
            Refusal::NotAllowed(_) | Refusal::Left(_) => say::not_allowed_hint(lang),
            Refusal::NotPractice => say::not_practice_hint(lang),
            Refusal::Expired => say::expired_hint(lang),
            Refusal::ReadOnly(_) => say::read_only_hint(lang),
            Refusal::Future(_) => say::future_hint(lang),
            Refusal::Unavailable(_) => say::unavailable_hint(lang),
            Refusal::TooLarge(_) => say::too_large_hint(lang),
            Refusal::TooMuchPast(..) => say::too_much_past_hint(lang),
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

/// A field in a sentence: in English as one types it, in Chinese by what it is called.
fn said(field: &Clean, lang: Lang) -> String {
    let label = called(field.as_str()).filter(|_| lang == Lang::Zh);
    label.map_or_else(|| field.line(), |label| label(lang).to_owned())
}

fn list(words: &[Clean]) -> String {
    words.iter().map(Clean::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RunState;
    use crate::model::id::Id;
    use crate::model::time::{Day, Instant};
    use crate::model::value::Value;

    fn clean(text: &'static str) -> Clean {
        Clean::known(text)
    }

    /// One of each.
    fn refusals() -> Vec<Refusal> {
        let (customer, word) = (Id::customer(12), clean("acme"));
        let next = Some((Id::customer(13), word.clone()));
        let takes = [
            Takes::Flag,
            Takes::Number,
            Takes::Line,
            Takes::Money,
            Takes::Date,
            Takes::Word(vec![clean("phone"), clean("email")]),
            Takes::Duty,
            Takes::CreditCode,
            Takes::NextStep,
            Takes::Mail,
            Takes::Percent,
            Takes::Phone,
            Takes::Lunar,
            Takes::Weekdays,
        ];
        let mut all: Vec<Refusal> =
            takes.into_iter().map(|takes| Refusal::BadValue(clean("field"), word.clone(), takes)).collect();
        all.extend([
            Refusal::NoRecord(customer),
            Refusal::NoMatch(Kind::Customer, word.clone()),
            Refusal::Ambiguous(Kind::Customer, word.clone(), vec![(customer, word.clone())]),
            Refusal::Ambiguous(Kind::Customer, word.clone(), vec![(customer, word.clone()); 2]),
            Refusal::NoField(Kind::Customer, clean("nmae"), Some(clean("name"))),
            Refusal::DerivedField(clean("tier")),
            Refusal::CommandField(clean("tier_fixed"), clean("gx tier set")),
            Refusal::Missing(Kind::Deal, clean("amount")),
            Refusal::Missing(Kind::Deal, clean("customer")),
            Refusal::TooLong(clean("name"), 300, 200),
            Refusal::BadFilter { text: clean("teir:A"), at: (0, 4), en: clean("no"), zh: clean("无") },
            Refusal::Conflict {
                record: customer,
                field: clean("region"),
                was: Value::Absent,
                is: Value::Text(clean("east")),
                to: Value::Text(clean("west")),
                by: Some((clean("Anna"), 7)),
            },
            Refusal::BadPolicy { line: 3, column: 12, en: clean("no"), zh: clean("无"), count: 2 },
            Refusal::NoVersion(7, 2),
            Refusal::InUse(customer, 2, Id::new(Kind::Task, 5)),
            Refusal::BatchInUse(Id::new(Kind::Batch, 1), 7375, Id::new(Kind::Deal, 1), None),
            Refusal::BatchInUse(
                Id::new(Kind::Batch, 1),
                7375,
                Id::new(Kind::Deal, 1),
                Some(Id::new(Kind::Batch, 5)),
            ),
            Refusal::ChangedSince(Id::new(Kind::Batch, 3), 2, customer),
            Refusal::NothingToUndo,
            Refusal::AlreadyUndone(3, 4),
            Refusal::CannotUndo(1),
            Refusal::ClaimStands(customer),
            Refusal::ClockStands,
            Refusal::NoEntry(99),
            Refusal::NotAMember(1000, clean("anna")),
            Refusal::NotAllowed(clean("member add")),
            Refusal::NotAllowed(clean("policy adopt")),
            Refusal::NotPractice,
            Refusal::ClockBackwards(Instant(0)),
            Refusal::TaskClosed(Id::new(Kind::Task, 5)),
            Refusal::RunStands(Id::new(Kind::Run, 3), RunState::Done),
            Refusal::NoTask,
            Refusal::ParentLoop(customer, Id::customer(13)),
            Refusal::NameTaken(Kind::Team, word.clone(), Id::new(Kind::Team, 1)),
            Refusal::AccountTaken(clean("anna"), Id::new(Kind::Member, 2)),
            Refusal::NoTier(clean("Z"), vec![clean("A"), clean("B")]),
            Refusal::NoReason(Id::new(Kind::Task, 5)),
            Refusal::NoPlaybook(clean("welcom"), vec![clean("welcome")]),
            Refusal::NothingToDo(clean("inquiry"), customer, clean("open(deals)>=1")),
            Refusal::NoBatch(Id::new(Kind::Batch, 3)),
            Refusal::Expired,
            Refusal::ReadOnly(clean("the disk is full")),
            Refusal::AlreadyMade,
            Refusal::Future(clean("tomorrow")),
            Refusal::Unavailable(clean("rebuilding")),
            Refusal::Left(clean("Anna")),
            Refusal::TooManyOrders(501, 500),
            Refusal::TooLarge(20 << 20),
            Refusal::NotYet(Day(736_000)),
            Refusal::BeforeTheBook(Day(735_000), Day(735_998)),
            Refusal::TooMuchPast(1_200_000, 1_000_000),
            Refusal::Claimed { customer, by: clean("Anna"), at: Some(Instant(0)), next },
            Refusal::Claimed { customer, by: clean("Anna"), at: None, next: None },
            Refusal::OtherPool(clean("east"), vec![clean("East"), clean("South")]),
            Refusal::OtherPool(clean("rest"), Vec::new()),
            Refusal::ClaimLimit(Limit::Day, 5),
            Refusal::ClaimLimit(Limit::Hold, 60),
            Refusal::ClaimLimit(Limit::Tier(clean("A")), 20),
            Refusal::ClaimLimit(Limit::Protected, 10),
            Refusal::CoolDown(customer, Instant(0)),
            Refusal::NotYours(customer, clean("Anna")),
            Refusal::NotHeld(customer),
            Refusal::NoProtection(customer),
            Refusal::ByClaim(customer),
            Refusal::ByRelease(customer),
            Refusal::AwayBackwards(Day(736_002), Day(736_000)),
            Refusal::OwnStandIn(Clean::known("Bo")),
            Refusal::Gone(Clean::known("Bo")),
            Refusal::Greeted {
                customer,
                day: Day(736_000),
                record: Id::new(Kind::Task, 5),
                by: clean("Bo"),
                at: None,
            },
            Refusal::Greeted {
                customer,
                day: Day(736_000),
                record: Id::new(Kind::Task, 5),
                by: Clean::default(),
                at: Some(Instant(0)),
            },
            Refusal::NotPlanned(customer, clean("birthday"), vec![clean("cadence")]),
            Refusal::Hidden(customer, clean("phones")),
            Refusal::LeftOut {
                customer,
                occasion: clean("spring-festival"),
                day: Day(736_000),
                task: Id::new(Kind::Task, 5),
            },
            Refusal::AwayPast(Day(736_000)),
        ]);
        all
    }

    #[test]
    fn every_refusal_is_said_on_one_line_in_both_languages() {
        let mut said = String::new();
        for refusal in refusals() {
            for lang in [Lang::En, Lang::Zh] {
                let (message, hint) = refusal.say(lang, Tz::UTC);
                assert!(!message.contains('\n') && !message.is_empty());
                assert_eq!(message.is_ascii(), lang == Lang::En, "{message}");
                assert!(hint.iter().all(|hint| hint.is_ascii() == (lang == Lang::En)), "{hint:?}");
                said = format!("{said}{} {message}\n", refusal.code());
                if let Some(hint) = hint {
                    said = format!("{said}      {hint}\n");
                }
            }
        }
        insta::assert_snapshot!(said);
    }

    #[test]
    fn a_line_break_in_a_value_does_not_break_the_message() {
        let refusal = Refusal::BadValue(clean("region"), clean("a\nb"), Takes::Line);
        assert_eq!(refusal.say(Lang::En, Tz::UTC).0, "region: \"a b\" is not one line of text");
    }

    #[test]
    fn a_chinese_sentence_calls_a_field_by_its_chinese_name() {
        let refusal = |field| Refusal::BadValue(clean(field), clean("abc"), Takes::Phone);
        assert_eq!(refusal("phones").say(Lang::Zh, Tz::UTC).0, "电话：“abc”不是电话号码");
        assert_eq!(refusal("phones").say(Lang::En, Tz::UTC).0, "phones: \"abc\" is not a telephone number");
        assert!(refusal("sort").say(Lang::Zh, Tz::UTC).0.starts_with("排序："));
    }
}
