//! Members: who is let in, as whom they act, and what they see.

use super::super::{Acting, seen_by};
use super::*;
use crate::model::Sight;

#[test]
fn a_member_is_known_by_the_login_that_belongs_to_nobody_else() {
    let office = Office::new();
    let anna = office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap().ids[0];
    assert_eq!(office.service.actor(1001, Lang::En, || "anna".into()).map(|actor| actor.member), Ok(anna));
    assert!(office.service.actor(1001, Lang::En, || "Anna".into()).is_err(), "a name is no login");
    assert!(matches!(
        office.add(Kind::Member, &[("name", "Eve"), ("login", "anna")]),
        Err(Refusal::AccountTaken(..))
    ));
    office.edit(anna, "left", "yes").unwrap();
    assert!(office.service.actor(1001, Lang::En, || "anna".into()).is_err());
}

#[test]
fn whoever_has_left_may_do_nothing_more_though_connected() {
    let office = Office::new();
    let anna = office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap().ids[0];
    let actor = office.service.actor(1001, Lang::En, || "anna".into()).unwrap();
    assert!(office.service.answer(actor, &Query::NextTask).is_ok());
    office.edit(anna, "left", "yes").unwrap();
    let left = Refusal::Left(text("Anna"));
    assert_eq!(office.service.answer(actor, &Query::NextTask), Err(left.clone()));
    let order = office.order(Command::TaskTake, None);
    assert_eq!(office.service.execute(actor, 8, vec![order]), [Err(left.clone())]);
    assert_eq!(office.service.act_as(office.me, &text("Anna")), Err(left));
    let nobody = Actor { member: Id::new(Kind::Member, 99), ..actor };
    assert!(office.service.answer(nobody, &Query::NextTask).is_err());
}

#[test]
fn what_is_out_of_sight_is_in_no_answer() {
    let office = Office::new();
    let mine = office.customer("Acme");
    let theirs = office.customer("Hidden");
    let below = office.customer("Below");
    office.edit(theirs, "parent", "Acme").unwrap();
    office.edit(below, "parent", "Hidden").unwrap();
    office.edit(theirs, "owner", "none").unwrap();
    office.add(Kind::Purchase, &[("customer", "Hidden"), ("amount", "1918273645")]).unwrap();
    let task = &[("title", "secret"), ("customer", "Hidden"), ("due", "today")];
    let task = office.add(Kind::Task, task).unwrap().ids[0];
    office.log(theirs, "secret > today secret").unwrap();
    let head = office.service.whole_head();
    let sight = || Sight::Own { member: office.me.member, teams: Vec::new() };
    let ask = |query| office.service.answer_in_sight(&head, office.me, sight(), &query);
    let none = Clean::default;
    let rows = |kind, filter| Query::Rows { kind, filter, from: 1, limit: 99 };
    let tasks = |filter| Query::Tasks { whose: Whose::All, filter, limit: 99 };
    let history = |record| Query::History { record, by: none(), since: none(), before: None, limit: 99 };
    let queries = [
        Query::Status,
        Query::NextTask,
        Query::Find { words: text("Hidden"), limit: 9 },
        Query::List { filter: none(), sort: none(), skip: 0, limit: 9 },
        Query::Resolve(Kind::Task, Which::Id(task)),
        Query::Card { customer: Which::Id(theirs), timeline: 9, sales: 10 },
        Query::Card { customer: Which::Id(mine), timeline: 9, sales: 10 },
        Query::Card { customer: Which::Id(below), timeline: 9, sales: 10 },
        Query::Timeline { customer: Which::Id(below), since: none(), before: None, limit: 99 },
        tasks(none()),
        tasks(text("state:open")),
        tasks(text("customer:Hidden")),
        rows(Kind::Customer, none()),
        rows(Kind::Purchase, none()),
        rows(Kind::Task, none()),
        rows(Kind::Interaction, none()),
        history(None),
        history(Some(Which::Id(theirs))),
        history(Some(Which::Id(below))),
    ];
    for query in queries {
        let answer = format!("{:?}", ask(query.clone()));
        assert!(
            !["Hidden", "secret", "1918273645"].iter().any(|word| answer.contains(word)),
            "{query:?}: {answer}"
        );
    }
    let Ok(Answer::Status(status)) = ask(Query::Status) else { panic!("no status") };
    assert_eq!((status.customers, status.interactions), (2, 0));
    let changed = [mine, theirs, task, office.me.member].into();
    assert_eq!(seen_by(&head, &sight(), &changed), [mine, office.me.member].into());
}

#[test]
fn a_session_that_acts_as_another_hears_as_that_one() {
    let office = Office::new();
    let acting = Acting::new(office.me);
    let shared = acting.clone();
    let anna = office.add(Kind::Member, &[("name", "Anna")]).unwrap().ids[0];
    acting.becomes(office.service.act_as(office.me, &text("Anna")).unwrap());
    assert_eq!(shared.actor().member, anna);
}

#[test]
fn a_stranger_is_nobody() {
    let office = Office::new();
    assert!(matches!(
        office.service.actor(4242, Lang::En, || "eve".into()),
        Err(Refusal::NotAMember(4242, _))
    ));
}
