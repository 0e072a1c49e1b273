//! The book by tier and by stage, for the team's board.

use super::book::{Book, Chunk};
use super::tiers::{TierSum, count};
use crate::filter::Lens;
use crate::model::lately::Ladder;
use crate::model::{Day, Gist, Instant, Question, Sight};
use crate::text::Clean;

/// What is counted of a tier or a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardSum {
    /// What is counted of it as of a tier.
    pub sum: TierSum,
    /// How many are not served as their standard says.
    pub unserved: u32,
    /// The numbers of those in it who stood in another one.
    pub came: Vec<u64>,
    /// The numbers of those who stood in it and are in another one.
    pub left: Vec<u64>,
    /// Since when each is in it.
    pub since: Vec<Day>,
    /// What they asked lately, of a tier.
    pub questions: Vec<Question>,
}

/// What is counted of the book: who came, left and asked is kept with each customer, so nothing else is read for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardSums {
    /// The tiers of the lens, highest first, then those that customers are in besides.
    pub tiers: Vec<BoardSum>,
    /// The stages that were asked for, in that order, then those that customers are in besides.
    pub stages: Vec<BoardSum>,
}

/// What the board is asked for.
pub struct Asked<'a> {
    /// The ids of the stages.
    pub stages: &'a [Clean],
    /// Who came and left is told by where they stood at this moment.
    pub moved_since: Instant,
    /// From when on questions are told of.
    pub asked_since: Instant,
    /// Whether a customer is served as the standard of its tier says.
    pub is_served: &'a (dyn Fn(&Gist) -> bool + Sync),
}

impl Book {
    /// What the board shows of customers in sight; archived ones do not count.
    pub fn board(&self, lens: &Lens, sight: &Sight, asked: &Asked) -> BoardSums {
        let parts = self.look_through(|chunks| part(chunks, lens, sight, asked));
        let mut all = BoardSums::new(lens, asked);
        for part in parts {
            all.add(part);
        }
        all
    }
}

fn part(chunks: &[&Chunk], lens: &Lens, sight: &Sight, asked: &Asked) -> BoardSums {
    let mut sums = BoardSums::new(lens, asked);
    let entries = chunks.iter().flat_map(|chunk| chunk.entries());
    for entry in entries.filter(|entry| !entry.gist.archived && entry.is_seen(sight)) {
        let gist = &entry.gist;
        let of_tier = place(&mut sums.tiers, &gist.tier);
        of_tier.unserved += u32::from(!(asked.is_served)(gist));
        of_tier.count(gist, lens, gist.tier_since);
        place(&mut sums.stages, &gist.stage).count(gist, lens, gist.stage_since);
        if let Some(lately) = &entry.lately {
            let questions = lately.questions(asked.asked_since, lens.now());
            place(&mut sums.tiers, &gist.tier).questions.extend(questions);
            let stood = |ladder| lately.stood(ladder, asked.moved_since);
            moved(&mut sums.tiers, entry.n, stood(Ladder::Tier), &gist.tier);
            moved(&mut sums.stages, entry.n, stood(Ladder::Stage), &gist.stage);
        }
    }
    sums
}

/// Counts whoever stood elsewhere than they are.
fn moved(sums: &mut Vec<BoardSum>, n: u64, stood: Option<&Clean>, is: &Clean) {
    if let Some(stood) = stood.filter(|stood| *stood != is) {
        place(sums, is).came.push(n);
        place(sums, stood).left.push(n);
    }
}

impl BoardSums {
    fn new(lens: &Lens, asked: &Asked) -> BoardSums {
        BoardSums {
            tiers: lens.tiers().map(BoardSum::of).collect(),
            stages: asked.stages.iter().map(BoardSum::of).collect(),
        }
    }

    fn add(&mut self, other: BoardSums) {
        for (mine, theirs) in [(&mut self.tiers, other.tiers), (&mut self.stages, other.stages)] {
            for sum in theirs {
                place(mine, &sum.sum.tier).add(sum);
            }
        }
    }
}

impl BoardSum {
    fn of(id: &Clean) -> BoardSum {
        BoardSum { sum: TierSum::of(id), ..BoardSum::default() }
    }

    fn count(&mut self, gist: &Gist, lens: &Lens, since: Option<Day>) {
        count(gist, lens, &mut self.sum);
        self.since.extend(since);
    }

    fn add(&mut self, other: BoardSum) {
        self.sum.add(&other.sum);
        self.unserved += other.unserved;
        self.came.extend(other.came);
        self.left.extend(other.left);
        self.since.extend(other.since);
        self.questions.extend(other.questions);
    }
}

/// The sum of a tier or stage, which is there from now on.
fn place<'s>(sums: &'s mut Vec<BoardSum>, id: &Clean) -> &'s mut BoardSum {
    let at = sums.iter().position(|sum| sum.sum.tier == *id).unwrap_or_else(|| {
        sums.push(BoardSum::of(id));
        sums.len() - 1
    });
    &mut sums[at]
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::model::board::{ANSWERED_DAYS, MOVED_DAYS};
    use crate::model::{
        Cause, Customer, Direction, Entry, Event, Ground, Id, Interaction, Kind, Memory, Row, Rows, Value,
        World, lately,
    };
    use crate::search::testing::{DAY, NOW, book, call, customer, lens, put, text, today};
    use crate::text::Currency;

    #[test]
    fn the_board_counts_tiers_and_stages() {
        let ago = |days: i32| Some(Day(today().0 - days));
        let owner = Some(Id::new(Kind::Member, 1));
        let at = |tier: &str, tier_since, stage: &str, stage_since| {
            let (tier, stage) = (text(tier), text(stage));
            Customer { owner, tier, tier_since, stage, stage_since, ..customer("Acme") }
        };
        let book = book(|world| {
            put(world, at("A", ago(40), "loyal", ago(50)));
            put(world, at("A", ago(3), "loyal", ago(10)));
            put(world, at("C", ago(400), "", None));
            put(world, Customer { owner: None, ..at("C", ago(90), "new", ago(30)) });
            put(world, Customer { archived: true, ..at("A", ago(1), "new", ago(1)) });
        });
        let stages = [text("new"), text("loyal")];
        let is_served = |gist: &Gist| gist.owner.is_some();
        let ago = |days: i64| Instant(NOW.0 - days * DAY);
        let asked =
            Asked { stages: &stages, moved_since: ago(29), asked_since: ago(89), is_served: &is_served };
        let sums = book.board(&lens(), &Sight::All, &asked);
        let told = |sums: &[BoardSum]| -> Vec<(String, u32, u32, usize)> {
            let each = sums
                .iter()
                .map(|sum| (sum.sum.tier.to_string(), sum.sum.count, sum.unserved, sum.since.len()));
            each.collect()
        };
        assert_eq!(told(&sums.tiers), [("A".to_owned(), 2, 0, 2), ("C".to_owned(), 2, 1, 2)]);
        let stages = [("new".to_owned(), 1, 0, 1), ("loyal".to_owned(), 2, 0, 2), (String::new(), 1, 0, 0)];
        assert_eq!(told(&sums.stages), stages);
    }

    #[derive(Clone, Debug)]
    enum Act {
        Tier(u64, &'static str),
        Stage(u64, &'static str),
        Says(u64, Direction),
        Unsays(u64),
        Moves(u64, u64),
    }

    fn act() -> impl Strategy<Value = Act> {
        let (customer, said) = (1_u64..4, 1_u64..9);
        let direction = prop::sample::select(vec![Direction::In, Direction::Out]);
        prop_oneof![
            3 => (customer.clone(), prop::sample::select(vec!["A", "C", "X"])).prop_map(|(n, to)| Act::Tier(n, to)),
            2 => (customer.clone(), prop::sample::select(vec!["new", "loyal", ""])).prop_map(|(n, to)| Act::Stage(n, to)),
            3 => (customer.clone(), direction).prop_map(|(n, direction)| Act::Says(n, direction)),
            1 => said.clone().prop_map(Act::Unsays),
            1 => (said, customer).prop_map(|(said, n)| Act::Moves(said, n)),
        ]
    }

    fn set(world: &mut World<'_>, record: Id, field: &str, to: Value) {
        let (field, _) = record.kind.field(field).unwrap();
        let Some(row) = world.row(record) else { return };
        let from = row.get(&field);
        if from != to {
            world.emit(Event::Set { record, field, from, to });
        }
    }

    /// Does it, and says what it changed.
    fn apply(world: &mut World<'_>, act: &Act, now: Instant) -> Vec<Id> {
        let day = Value::Day(now.day(chrono_tz::UTC));
        match act {
            Act::Tier(n, to) | Act::Stage(n, to) => {
                let (field, since) = if matches!(act, Act::Tier(..)) {
                    ("tier", "tier_since")
                } else {
                    ("stage", "stage_since")
                };
                set(world, Id::customer(*n), field, Value::text(text(to)));
                set(world, Id::customer(*n), since, day);
                vec![Id::customer(*n)]
            }
            Act::Says(n, direction) => {
                let said = call(Id::customer(*n), now.0 - NOW.0);
                vec![put(world, Interaction { direction: Some(*direction), ..said }), Id::customer(*n)]
            }
            Act::Unsays(n) | Act::Moves(n, _) => {
                let said = Id::new(Kind::Interaction, *n);
                let Some(Row::Interaction(row)) = world.row(said) else { return Vec::new() };
                match act {
                    Act::Moves(_, to) => set(world, said, "customer", Value::Ref(Id::customer(*to))),
                    _ => world.emit(Event::Removed { record: said, values: Vec::new() }),
                }
                let to = if let Act::Moves(_, to) = act { Some(Id::customer(*to)) } else { None };
                row.customer.into_iter().chain(to).chain([said]).collect()
            }
        }
    }

    /// A commit at a moment, with its entry.
    fn commit(memory: &mut Memory, now: Instant, change: impl FnOnce(&mut World<'_>)) {
        let below = memory.clone();
        let mut world = World::over(&below);
        change(&mut world);
        let (layer, events) = world.finish();
        let (seq, command) = (below.head() + 1, text("test"));
        memory.write(
            layer,
            vec![Entry { seq, at: now, by: None, command, cause: Cause::Asked, batch: None, events }],
        );
    }

    /// The numbers of those who came into a tier or stage, and of those who left it.
    type Moved = (Vec<u64>, Vec<u64>);

    /// Who came into each tier or stage and left it, by going through the journal.
    fn counted(memory: &Memory, field: &str, since: Instant) -> BTreeMap<Clean, Moved> {
        let (field, _) = Kind::Customer.field(field).unwrap();
        let mut moved: BTreeMap<Clean, Moved> = BTreeMap::new();
        for n in 1..4 {
            let entries =
                (1..=memory.head()).filter_map(|seq| memory.entry(seq)).filter(|entry| entry.at >= since);
            let stood = entries.flat_map(|entry| entry.events).find_map(|event| match event {
                Event::Set { record, field: of, from: Value::Text(from), .. } if of == field => {
                    (record == Id::customer(n)).then_some(from)
                }
                _ => None,
            });
            let is = match memory.row(Id::customer(n)).unwrap().get(&field) {
                Value::Text(is) => is,
                _ => Clean::default(),
            };
            if let Some(stood) = stood.filter(|stood| *stood != is) {
                moved.entry(is).or_default().0.push(n);
                moved.entry(stood).or_default().1.push(n);
            }
        }
        moved
    }

    fn told(sums: &[BoardSum]) -> BTreeMap<Clean, Moved> {
        let moved = sums.iter().filter(|sum| !(sum.came.is_empty() && sum.left.is_empty()));
        moved.map(|sum| (sum.sum.tier.clone(), (sum.came.clone(), sum.left.clone()))).collect()
    }

    proptest! {
        #[test]
        fn what_is_kept_of_the_last_days_is_what_the_tables_tell(
            writes in prop::collection::vec((0..20_i64, prop::collection::vec(act(), 1..5)), 1..16)
        ) {
            let mut memory = Memory::default();
            let mut now = NOW;
            commit(&mut memory, now, |world| {
                for _ in 0..3 {
                    put(world, customer("Acme"));
                }
            });
            let mut kept = Book::load(&memory);
            for (days, acts) in writes {
                now = Instant(now.0 + days * DAY + 1);
                let mut changed = BTreeSet::new();
                commit(&mut memory, now, |world| {
                    changed.extend(acts.iter().flat_map(|act| apply(world, act, now)));
                });
                kept = kept.update(&memory, changed);
            }
            let ground = Ground { zone: chrono_tz::UTC, currency: Currency::CNY };
            let lens = Lens::new(now, ground, None, &[(text("A"), None), (text("C"), None)]);
            let ago = |days: i32| lens.start_of(Day(lens.today().0 - days + 1));
            let (moved_since, asked_since) = (ago(MOVED_DAYS), ago(ANSWERED_DAYS));
            let asked = Asked { stages: &[], moved_since, asked_since, is_served: &|_| true };
            let sums = kept.board(&lens, &Sight::All, &asked);
            prop_assert_eq!(told(&sums.tiers), counted(&memory, "tier", moved_since));
            prop_assert_eq!(told(&sums.stages), counted(&memory, "stage", moved_since));
            let mut questions: Vec<Question> = sums.tiers.iter().flat_map(|sum| sum.questions.clone()).collect();
            let said = lately::said(&memory, asked_since, now);
            let mut anew: Vec<Question> = said.into_values().flat_map(Question::all).collect();
            questions.sort_by_key(|question| (question.at, question.answer));
            anew.sort_by_key(|question| (question.at, question.answer));
            prop_assert_eq!(questions, anew);
            prop_assert_eq!(Book::load(&memory).board(&lens, &Sight::All, &asked), sums);
        }
    }
}
