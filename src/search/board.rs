//! The book by tier and by stage, for the team's board.

use super::book::{Book, Chunk};
use super::tiers::{TierSum, count};
use crate::filter::Lens;
use crate::model::{Day, Gist, Sight};
use crate::text::Clean;

/// What is counted of a tier or a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardSum {
    /// What is counted of it as of a tier.
    pub sum: TierSum,
    /// How many are not served as their standard says.
    pub unserved: u32,
    /// Since when each is in it.
    pub since: Vec<Day>,
}

/// What is counted of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardSums {
    /// The tiers of the lens, highest first, then those that customers are in besides.
    pub tiers: Vec<BoardSum>,
    /// The stages that were asked for, in that order, then those that customers are in besides.
    pub stages: Vec<BoardSum>,
    /// Where those are who came to their tier or stage on the first day of the movement or later: the number, the tier and
    /// the stage. All others stood where they stand.
    pub recent: Vec<(u64, [Clean; 2])>,
}

/// What the board is asked for.
pub struct Asked<'a> {
    /// The ids of the stages.
    pub stages: &'a [Clean],
    /// The first day of the movement that is told of.
    pub moved_since: Day,
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
        let customer = &entry.profile().customer;
        let of_tier = place(&mut sums.tiers, &customer.tier);
        of_tier.unserved += u32::from(!(asked.is_served)(&entry.gist));
        of_tier.count(&entry.gist, lens, customer.tier_since);
        place(&mut sums.stages, &customer.stage).count(&entry.gist, lens, customer.stage_since);
        let since = customer.tier_since.max(customer.stage_since);
        if since.is_some_and(|since| since >= asked.moved_since) {
            sums.recent.push((entry.n, [customer.tier.clone(), customer.stage.clone()]));
        }
    }
    sums
}

impl BoardSums {
    fn new(lens: &Lens, asked: &Asked) -> BoardSums {
        BoardSums {
            tiers: lens.tiers().map(BoardSum::of).collect(),
            stages: asked.stages.iter().map(BoardSum::of).collect(),
            recent: Vec::new(),
        }
    }

    fn add(&mut self, other: BoardSums) {
        for (mine, theirs) in [(&mut self.tiers, other.tiers), (&mut self.stages, other.stages)] {
            for sum in theirs {
                place(mine, &sum.sum.tier).add(sum);
            }
        }
        self.recent.extend(other.recent);
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
        self.since.extend(other.since);
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
    use super::*;
    use crate::model::{Customer, Id, Kind};
    use crate::search::testing::{book, customer, lens, put, text, today};

    #[test]
    fn the_board_counts_tiers_and_stages_and_who_came_lately() {
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
        let asked = Asked { stages: &stages, moved_since: Day(today().0 - 29), is_served: &is_served };
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
        assert_eq!(sums.recent, [(2, [text("A"), text("loyal")])]);
    }
}
