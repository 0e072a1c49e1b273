//! Fields and commands, by the names that are stored, as people call them.

use super::choice::{Choice, DealStage};
use super::derived;
use super::id::Kind;
use super::query::{PolicyName, PolicyNames};
use super::value::{Field, Shape, Value};
use crate::text::say::{care, deeds, fields as say, playbook, rules};
use crate::text::{Clean, Lang, Span};

/// What people call a field; none for one that rules keep for themselves.
pub fn called(name: &str) -> Option<fn(Lang) -> &'static str> {
    let label: fn(Lang) -> &'static str = match name {
        "name" => say::name,
        "kind" => say::kind,
        "playbook" => say::playbook,
        "step" => say::step,
        "duty" => say::duty,
        "reason" => say::reason,
        "started" => say::started,
        "ended" => say::ended,
        "warned" => say::warned,
        "escalated_to" => say::escalated_to,
        "parent" => say::parent,
        "owner" => say::owner,
        "team" => say::team,
        "teams" => say::teams,
        "skills" => say::skills,
        "away_from" => say::away_from,
        "away_until" => say::away_until,
        "away_reason" => say::away_reason,
        "stand_in" => say::stand_in,
        "backup" => say::backup,
        "aliases" => say::aliases,
        "tags" => say::tags,
        "industry" => say::industry,
        "region" => say::region,
        "country" => say::country,
        "employees" => say::employees,
        "revenue" => say::revenue,
        "need" => say::need,
        "complexity" => say::complexity,
        "phones" => say::phones,
        "mails" => say::mails,
        "address" => say::address,
        "website" => say::website,
        "code" => say::code,
        "source" => say::source,
        "note" => say::note,
        "collaborators" => say::collaborators,
        "own" => say::own,
        "dnc" => say::dnc,
        "verified" => say::verified,
        "archived" => say::archived,
        "reference" => say::reference,
        "tier" => say::tier,
        "tier_fixed" => say::tier_fixed,
        "tier_reason" => say::tier_reason,
        "tier_until" => say::tier_until,
        "stage" => say::stage,
        "protected" => say::protected,
        "protect_reason" => say::protect_reason,
        "released" => say::released,
        "released_by" => say::released_by,
        "release_reason" => say::release_reason,
        "returns" => say::returns,
        "title" => say::title,
        "wechat" => say::wechat,
        "channel" => say::channel,
        "birthday" => say::birthday,
        "lunar_birthday" => say::lunar_birthday,
        "weekdays" => say::weekdays,
        "occasions" => say::occasions,
        "greets" => say::greets,
        "greeting" => say::greeting,
        "again" => say::again,
        "customer" => say::customer,
        "contact" | "contacts" => say::contact,
        "by" => say::by,
        "at" => say::at,
        "direction" => say::direction,
        "outcome" => say::outcome,
        "text" => say::text,
        "said" => say::said,
        "inquiry" => say::inquiry,
        "timezone" => say::timezone,
        "currency" => say::currency,
        "policy" => say::policy,
        "clock" | "clock_ahead" => say::clock,
        "assignee" => say::assignee,
        "day" => crate::text::say::care::col_day,
        "due" => say::due,
        "state" => say::state,
        "promise" => say::promise,
        "snoozed_until" => say::snoozed_until,
        "taken" => say::taken,
        "done_at" => say::done_at,
        "done_by" => say::done_by,
        "product" => say::product,
        "amount" => say::amount,
        "opened" => say::opened,
        "expected" => say::expected,
        "closed" => say::closed,
        "probability" => say::probability,
        "lost_reason" => say::lost_reason,
        "date" => say::date,
        "deal" => say::deal,
        "paid" => say::paid,
        "sort" => say::sort,
        "filter" => say::filter,
        _ => return None,
    };
    Some(label)
}

/// What people call these fields, one after the other.
pub fn called_each(names: &[Clean], lang: Lang) -> String {
    let labels = names.iter().filter_map(|name| Some(called(name.as_str())?(lang)));
    labels.collect::<Vec<_>>().join(lang.pick(", ", "、"))
}

/// What was done, by the name of the command as the journal keeps it; one that is not known here is its name.
pub fn deed(command: &str, lang: Lang) -> &str {
    let words: fn(Lang) -> &'static str = match command {
        "init" => deeds::store_made,
        "customer add" => deeds::customer_added,
        "member add" => deeds::member_added,
        "team add" => deeds::team_added,
        "contact add" => deeds::contact_added,
        "task add" => deeds::task_added,
        "deal add" => deeds::deal_added,
        "purchase add" => deeds::purchase_added,
        "view add" => deeds::view_added,
        "customer edit" => deeds::customer_changed,
        "member edit" => deeds::member_changed,
        "team edit" => deeds::team_changed,
        "contact edit" => deeds::contact_changed,
        "task edit" => deeds::task_changed,
        "deal edit" => deeds::deal_changed,
        "purchase edit" => deeds::purchase_changed,
        "view edit" => deeds::view_changed,
        "interaction edit" => deeds::interaction_changed,
        "log" => deeds::logged,
        "task done" => deeds::task_done,
        "task drop" => deeds::task_dropped,
        "task snooze" => deeds::task_put_off,
        "task assign" => deeds::task_given,
        "task take" => deeds::task_taken,
        "tier set" => deeds::tier_set,
        "tier clear" => deeds::tier_cleared,
        "batch open" => deeds::batch_opened,
        "batch close" => deeds::batch_closed,
        "import" => deeds::imported,
        "undo" => deeds::taken_back,
        "clock" => deeds::clock_moved,
        derived::GRADE => deeds::graded,
        "policy adopt" => deeds::adopted,
        derived::REGRADE => deeds::regraded,
        derived::RESTORE => deeds::restored,
        derived::TURN => deeds::turned,
        "pool claim" => deeds::claimed,
        "pool release" => deeds::released,
        "pool protect" => deeds::protected,
        derived::RETURN => deeds::returned,
        derived::PLAYBOOK | derived::RENEW => deeds::playbook,
        "playbook start" => deeds::playbook_started,
        derived::CARE => deeds::cared,
        "care skip" => deeds::care_skipped,
        "playbook pause" => deeds::playbook_paused,
        "playbook resume" => deeds::playbook_resumed,
        "playbook stop" => deeds::playbook_stopped,
        "view remove" => deeds::view_removed,
        "inbox read" => deeds::inbox_read,
        _ => return command,
    };
    words(lang)
}

impl Kind {
    /// What people call a field of such a record; what has no word of its own goes by its stored name.
    pub fn field_label(self, field: &Field, lang: Lang) -> String {
        let name = self.field_name(field);
        match &field.own {
            Some(own) => own.line(),
            None => called(&name).map_or(name, |label| label(lang).to_owned()),
        }
    }

    /// Whether a field is one for people: not a note that rules keep for themselves, as since when a stage is in force.
    pub fn tells(self, field: &Field) -> bool {
        let info = self.info(field.code).filter(|_| field.own.is_none());
        !info.is_some_and(|info| info.derived) || called(&self.field_name(field)).is_some()
    }

    /// What people call a value of this field, where it is one of a few words.
    pub fn word_label(self, field: &Field, value: &Value, lang: Lang) -> Option<&'static str> {
        let info = self.info(field.code)?;
        match (info.shape, value) {
            (Shape::Word(words), Value::Text(word)) => (words.label)(word.as_str(), lang),
            (_, Value::Text(duty)) if info.name == "duty" => called_duty(duty.as_str(), lang),
            (_, Value::Text(why)) if self == Kind::Run && info.name == "reason" => {
                called_reason(why.as_str(), lang)
            }
            _ => None,
        }
    }
}

/// What people call a duty that every policy knows; none for a team's own, which goes by its name.
pub fn called_duty(duty: &str, lang: Lang) -> Option<&'static str> {
    match duty {
        "owner" => Some(playbook::owner(lang)),
        "lead" => Some(playbook::lead(lang)),
        "manager" => Some(playbook::manager(lang)),
        _ => None,
    }
}

/// Why a playbook or something planned ended, where the program itself wrote that, in whatever language; none for what
/// people wrote.
pub fn called_reason(reason: &str, lang: Lang) -> Option<&'static str> {
    let ours: [fn(Lang) -> &'static str; 8] = [
        rules::put_away,
        rules::in_pool,
        rules::playbook_gone,
        rules::step_gone,
        care::not_wished,
        care::is_over,
        care::moved_away,
        care::not_planned,
    ];
    let says = |say: &fn(Lang) -> &'static str| [Lang::En, Lang::Zh].iter().any(|lang| say(*lang) == reason);
    ours.into_iter().find(says).map(|say| say(lang))
}

/// What begins a playbook, as the policy writes it, in words: `stage:lapsed`, `silence:14d`.
pub fn called_trigger(on: &Clean, names: &PolicyNames, lang: Lang) -> String {
    let name = |known: &[PolicyName], id: &str| {
        let found = known.iter().find(|name| name.id.as_str() == id);
        found.map_or_else(|| id.to_owned(), |name| lang.pick(&name.en, &name.zh).line())
    };
    match on.as_str().split_once(':') {
        None if on.as_str() == "inquiry" => playbook::on_inquiry(lang).to_owned(),
        None if on.as_str() == "new" => playbook::on_new(lang).to_owned(),
        None if on.as_str() == "purchase" => playbook::on_purchase(lang).to_owned(),
        Some(("stage", id)) => playbook::on_stage(lang, name(&names.stages, id)),
        Some(("tier", id)) => playbook::on_tier(lang, name(&names.tiers, id)),
        Some(("deal", stage)) => {
            playbook::on_deal(lang, DealStage::read(stage).map_or(stage, |stage| stage.label(lang)))
        }
        Some(("tag", tag)) => playbook::on_tag(lang, tag),
        Some(("silence", span)) => playbook::on_silence(
            lang,
            span.parse::<Span>().map_or_else(|_| span.to_owned(), |span| span.say(lang)),
        ),
        Some(("date", date)) => match date.split_once(" -") {
            Some((of, before)) => {
                let before = before.parse::<Span>().map_or_else(|_| before.to_owned(), |span| span.say(lang));
                playbook::on_before(lang, before, called_date(of, lang))
            }
            None => playbook::on_date(lang, called_date(date, lang)),
        },
        _ => on.line(),
    }
}

/// What people call a field of a date; a team's own goes by its name.
fn called_date(field: &str, lang: Lang) -> String {
    called(field).map_or_else(|| field.trim_start_matches("x.").to_owned(), |label| label(lang).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_playbook_is_told_in_words() {
        let name =
            |id, en, zh| PolicyName { id: Clean::known(id), en: Clean::known(en), zh: Clean::known(zh) };
        let names = PolicyNames {
            stages: vec![name("lapsed", "Lapsed", "流失")],
            tiers: vec![name("A", "Key", "重点客户")],
            ..PolicyNames::default()
        };
        for (on, en, zh) in [
            ("inquiry", "an inquiry", "客户询问"),
            ("stage:lapsed", "the stage Lapsed", "进入阶段 流失"),
            ("stage:gone", "the stage gone", "进入阶段 gone"),
            ("tier:A", "the tier Key", "进入等级 重点客户"),
            ("deal:won", "the deal stage won", "商机进入 赢单"),
            ("silence:14d", "14d without a contact", "14天未联系"),
            ("date:birthday -7d", "7d before the birthday", "生日前7天"),
            ("tag:vip", "the tag vip", "打上标签 vip"),
            ("something new", "something new", "something new"),
        ] {
            let told = [Lang::En, Lang::Zh].map(|lang| called_trigger(&Clean::known(on), &names, lang));
            assert_eq!(told, [en, zh]);
        }
        let duty = Kind::Task.field("duty").unwrap().0;
        let said = |duty_of| Kind::Task.word_label(&duty, &Value::Text(Clean::known(duty_of)), Lang::Zh);
        assert_eq!([said("owner"), said("service")], [Some("负责人"), None]);
    }

    #[test]
    fn why_a_playbook_ended_is_told_in_the_readers_language() {
        let reason = Kind::Run.field("reason").unwrap().0;
        let said = |why| {
            let why = Value::Text(Clean::new(why).unwrap());
            [Lang::En, Lang::Zh].map(|lang| Kind::Run.word_label(&reason, &why, lang))
        };
        for written in ["archived", "已归档"] {
            assert_eq!(said(written), [Some("archived"), Some("已归档")]);
        }
        assert_eq!(said("请勿联系"), [Some("no contact is wished"), Some("请勿联系")]);
        assert_eq!(said("they bought elsewhere"), [None; 2]);
    }

    #[test]
    fn every_field_that_people_set_has_a_word() {
        use Kind::{Contact, Customer, Deal, Interaction, Purchase, Task};
        for kind in [Customer, Contact, Interaction, Task, Deal, Purchase] {
            for info in kind.fields().iter().filter(|info| !info.derived) {
                assert!(called(info.name).is_some(), "{kind:?}: {}", info.name);
            }
        }
    }
}
