//! What the others did, and where they may be seen.

use super::*;
use crate::model::query::FeedLine;
use crate::model::{Named, Sight};

fn feed(office: &Office, actor: Actor, since: u64) -> Vec<FeedLine> {
    let Ok((_, Answer::Feed(lines))) = office.service.answer(actor, &Query::Feed { since, limit: 9 }) else {
        panic!("no feed")
    };
    lines
}

#[test]
fn a_feed_tells_what_others_did_and_nothing_of_my_own_or_taken_back() {
    let office = Office::new();
    let [acme, beta] = ["Acme", "Beta"].map(|name| office.customer(name));
    office.add(Kind::Member, &[("name", "Anna")]).unwrap();
    let anna = office.service.act_as(office.me, &text("Anna")).unwrap();
    let place = office.service.head().snapshot.head();
    assert_eq!(feed(&office, anna, place), []);
    office.log(beta, "hello").unwrap();
    office.log(acme, "hello > today call").unwrap();
    office.add(Kind::Deal, &[("customer", "Beta"), ("product", "lots")]).unwrap();
    let lines = feed(&office, anna, place);
    let told: Vec<(Id, &[Clean])> = lines.iter().map(|line| (line.customer.id, &line.commands[..])).collect();
    let [both, one] = [&["deal add", "log"][..], &["log"]]
        .map(|words| words.iter().map(|word| text(word)).collect::<Vec<_>>());
    assert_eq!(told, [(beta, &both[..]), (acme, &one[..])]);
    let by: Vec<&Named> = lines.iter().flat_map(|line| &line.by).collect();
    assert!(by.len() == 2 && by.iter().all(|by| by.id == office.me.member), "{by:?}");
    assert_eq!(feed(&office, office.me, place), [], "what I did is no news to me");
    office.run(Command::Undo { what: Undone::MyLast, partial: false }).unwrap();
    assert_eq!(feed(&office, anna, place)[0].customer.id, acme, "what was taken back is not told");
}

#[test]
fn neither_a_feed_nor_a_place_tells_of_what_is_out_of_sight() {
    let office = Office::new();
    let hidden = office.customer("Hidden");
    office.edit(hidden, "owner", "none").unwrap();
    office.add(Kind::Member, &[("name", "Anna")]).unwrap();
    let anna = office.service.act_as(office.me, &text("Anna")).unwrap();
    let head = office.service.whole_head();
    let ask = |query| {
        let sight = Sight::Own { member: anna.member, teams: Vec::new() };
        office.service.answer_in_sight(&head, anna, sight, &query)
    };
    assert_eq!(ask(Query::Feed { since: 0, limit: 9 }), Ok(Answer::Feed(Vec::new())));
    let there = Query::Company { customer: Some(hidden), writing: true };
    assert_eq!(ask(there.clone()), Err(Refusal::NoRecord(hidden)));
    assert!(office.service.answer(office.me, &there).is_ok());
}
