//! Lists: the customers that pass a filter, in order, a page of them.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use super::book::{Book, Chunk};
use super::entry::Entry;
use super::find::Typed;
use super::reader::Reach;
use crate::filter::{CustomerField, Facts, Field, FieldRef, Got, Kin, Lens, Prepared, Seen, Word};
use crate::model::query::Lateness;
use crate::model::sort::{By, Sort};
use crate::model::{Day, Fact, Gist, Instant, Sight, Tallies, Tally};

/// What a customer is sorted by, before its name.
type Rank = [i64; 3];

impl Sort {
    fn rank(self, gist: &Gist, lens: &Lens) -> Rank {
        let tier = || lens.place_of(&gist.tier) as i64;
        let moment = |moment: Option<Instant>| moment.map(|moment| moment.0);
        let value = match self.by {
            By::NextStep => {
                let is_in_time = lens.lateness(gist) != Lateness::Late;
                return [i64::from(is_in_time), moment(gist.next_due).unwrap_or(i64::MAX), tier()];
            }
            By::Name => None,
            By::Tier => Some(tier()),
            By::Spend => Some(gist.bought.sum),
            By::Orders => Some(gist.bought.count),
            By::Last => moment(gist.last_contact),
            By::Next => moment(gist.next_due),
            By::Created => moment(gist.created),
        };
        let turned = value.map(|value| if self.backwards { value.saturating_neg() } else { value });
        [turned.unwrap_or(i64::MAX), 0, 0]
    }

    fn order(self, (a, of_a): &(&Entry, Rank), (b, of_b): &(&Entry, Rank)) -> Ordering {
        of_a.cmp(of_b).then_with(|| match self {
            Sort { by: By::Name, backwards: true } => b.by_name(a),
            _ => a.by_name(b),
        })
    }
}

impl Book {
    /// The numbers of a page of the customers that pass: without the first `skip`, at most `limit`; and how many pass
    /// in all. Archived ones are left out unless the filter asks for `archived`. Bare words are looked up fuzzily in
    /// names and aliases.
    pub fn list(
        &self,
        filter: &Prepared,
        lens: &Lens,
        sight: &Sight,
        sort: Sort,
        skip: usize,
        limit: usize,
    ) -> (Vec<u64>, usize) {
        let passing = Passing::new(self, filter, lens, sight);
        let few = skip.saturating_add(limit);
        let parts = self.look_through(|chunks| {
            let mut total = 0;
            let passed = passing.among(chunks).inspect(|_| total += 1);
            let ranked = passed.map(|entry| (entry, sort.rank(&entry.gist, lens)));
            (first_few(ranked, few, |a, b| sort.order(a, b)), total)
        });
        let total = parts.iter().map(|(_, total)| total).sum();
        let ranked = parts.into_iter().flat_map(|(first, _)| first);
        let first = first_few(ranked, few, |a, b| sort.order(a, b));
        (first.iter().skip(skip).map(|(entry, _)| entry.n).collect(), total)
    }

    /// The row that a customer has in such a list, from 0; none if they are not in it.
    pub fn place(
        &self,
        filter: &Prepared,
        lens: &Lens,
        sight: &Sight,
        sort: Sort,
        customer: u64,
    ) -> Option<usize> {
        let passing = Passing::new(self, filter, lens, sight);
        let wanted = self.entry(customer)?;
        let wanted = (wanted, sort.rank(&wanted.gist, lens));
        let parts = self.look_through(|chunks| {
            let (mut before, mut is_there) = (0, false);
            for entry in passing.among(chunks) {
                match sort.order(&(entry, sort.rank(&entry.gist, lens)), &wanted) {
                    Ordering::Less => before += 1,
                    _ => is_there |= entry.n == customer,
                }
            }
            (before, is_there)
        });
        let is_there = parts.iter().any(|(_, is_there)| *is_there);
        is_there.then(|| parts.iter().map(|(before, _)| before).sum())
    }
}

/// A filter with what was looked up for it.
struct Passing<'a> {
    book: &'a Book,
    filter: &'a Prepared,
    lens: &'a Lens,
    sight: &'a Sight,
    takes_archived: bool,
    /// Of each bare word, who is found by it, in the order of their numbers.
    named: Vec<Vec<u64>>,
}

impl<'a> Passing<'a> {
    fn new(book: &'a Book, filter: &'a Prepared, lens: &'a Lens, sight: &'a Sight) -> Passing<'a> {
        let archived = FieldRef::Field(Field::Customer(CustomerField::Archived));
        let named = |word: &Word| {
            let hits = book.hits(&Typed::new(word.text.as_str(), Reach::Names), sight.into());
            hits.into_iter().map(|(entry, _)| entry.n).collect()
        };
        let named = filter.words().iter().map(named).collect();
        Passing { book, filter, lens, sight, takes_archived: filter.reads(&archived), named }
    }

    /// Every customer of some chunks that passes, in the order of their numbers.
    fn among<'b>(&self, chunks: &[&'b Chunk]) -> impl Iterator<Item = &'b Entry> {
        let groups = Groups { book: self.book, sums: RefCell::default() };
        chunks.iter().flat_map(|chunk| chunk.entries()).filter(move |entry| {
            let gist = &entry.gist;
            let seen = Seen { n: entry.n, profile: *entry, gist, lens: self.lens, kin: &groups };
            (self.takes_archived || !gist.archived)
                && entry.is_seen(self.sight)
                && self.filter.matches(&Listed { seen, named: &self.named })
        })
    }
}

/// A customer whose names were looked up beforehand.
struct Listed<'a> {
    seen: Seen<'a>,
    named: &'a [Vec<u64>],
}

impl Facts for Listed<'_> {
    fn get(&self, field: &FieldRef) -> Got<'_> {
        self.seen.get(field)
    }

    fn is_named(&self, word: &Word) -> bool {
        self.named.get(word.nth).is_some_and(|found| found.binary_search(&self.seen.n).is_ok())
    }
}

impl Kin for Book {
    fn parent(&self, n: u64) -> Option<u64> {
        self.gist(n)?.parent.map(|parent| parent.n)
    }

    fn children(&self, n: u64) -> Vec<u64> {
        self.children(n).to_vec()
    }

    fn tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally {
        self.entry(n).map_or(Tally::default(), |entry| entry.gist.tallies.sum(fact, from, to))
    }

    fn tallies(&self, n: u64) -> Tallies {
        self.entry(n).map(|entry| entry.gist.tallies.clone()).unwrap_or_default()
    }
}

/// The groups of a book during one question: what is counted of a group is summed once for all its members.
struct Groups<'a> {
    book: &'a Book,
    sums: RefCell<HashMap<(u64, Fact, Day, Day), Tally>>,
}

impl Kin for Groups<'_> {
    fn parent(&self, n: u64) -> Option<u64> {
        self.book.parent(n)
    }

    fn children(&self, n: u64) -> Vec<u64> {
        Kin::children(self.book, n)
    }

    fn tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally {
        self.book.tally(n, fact, from, to)
    }

    fn tallies(&self, n: u64) -> Tallies {
        Kin::tallies(self.book, n)
    }

    fn group_tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally {
        let head = self.head(n);
        *self
            .sums
            .borrow_mut()
            .entry((head, fact, from, to))
            .or_insert_with(|| self.book.group_tally(head, fact, from, to))
    }
}

/// The first few of many, in order. Most of the others are passed over by one comparison.
pub(super) fn first_few<T>(
    items: impl Iterator<Item = T>,
    few: usize,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    const SPARE: usize = 1000;
    let last = few.max(1) - 1;
    let mut kept: Vec<T> = Vec::new();
    let mut chosen = false;
    for item in items {
        if chosen && order(&kept[last], &item).is_le() {
            continue;
        }
        kept.push(item);
        if kept.len() > last.saturating_add(SPARE) {
            kept.select_nth_unstable_by(last, &order);
            kept.truncate(last + 1);
            chosen = true;
        }
    }
    kept.sort_unstable_by(order);
    kept.truncate(few);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::{Directory, Referent, Schema, parse};
    use crate::model::{Customer, Id, Kind, Purchase};
    use crate::search::testing::{DAY, NOW, book, call, cny, customer, lens, put, task, text, today};
    use crate::text::Lang;

    /// Knows members and teams by their ids alone.
    struct Ids;

    impl Directory for Ids {
        fn find(&self, _: Referent, word: &str) -> Vec<u64> {
            word.parse::<Id>().map(|id| id.n).into_iter().collect()
        }

        fn teams_of(&self, _: u64) -> Vec<u64> {
            Vec::new()
        }
    }

    fn listed(book: &Book, filter: &str, sort: &str) -> Vec<u64> {
        let lens = lens();
        let filter = parse(filter, Schema::Customer).unwrap().prepare(&lens.context(&Ids));
        let (page, total) = book.list(&filter, &lens, &Sight::All, Sort::parse(sort).unwrap(), 0, 50);
        assert_eq!(page.len(), total);
        let sort = Sort::parse(sort).unwrap();
        let place = |n| book.place(&filter, &lens, &Sight::All, sort, n);
        assert!(page.iter().enumerate().all(|(row, n)| place(*n) == Some(row)), "each has its row: {page:?}");
        assert!((1..=9).filter(|n| !page.contains(n)).all(|n| place(n).is_none()));
        page
    }

    #[test]
    fn late_ones_come_first_then_the_soonest_due_then_the_highest_tier_then_the_name() {
        let book = book(|world| {
            let of_tier = |tier: &str, name: &str| Customer { tier: text(tier), ..customer(name) };
            let missed = put(world, of_tier("A", "1"));
            put(world, call(missed, -20 * DAY));
            let overdue = put(world, of_tier("C", "2"));
            put(world, task(overdue, -1));
            let soon = put(world, of_tier("C", "3"));
            put(world, task(soon, 5));
            put(world, of_tier("C", "北京"));
            put(world, of_tier("C", "安信"));
            put(world, of_tier("A", "重庆"));
        });
        assert_eq!(listed(&book, "", ""), [2, 1, 3, 6, 5, 4]);
    }

    #[test]
    fn every_order_puts_the_absent_last_and_breaks_ties_by_name() {
        let book = book(|world| {
            for (name, minor) in [("b", 5), ("a", 5), ("d", 0), ("c", 9)] {
                let id = put(world, customer(name));
                if minor > 0 {
                    let (amount, date) = (Some(cny(minor)), Some(today()));
                    put(world, Purchase { customer: Some(id), amount, date, ..Purchase::default() });
                    put(world, call(id, -minor));
                }
            }
        });
        for (sort, order) in [
            ("name", [2, 1, 4, 3]),
            ("-name", [3, 4, 1, 2]),
            ("spend", [3, 2, 1, 4]),
            ("-spend", [4, 2, 1, 3]),
            ("orders", [3, 2, 1, 4]),
            ("last", [4, 2, 1, 3]),
            ("-last_contact", [2, 1, 4, 3]),
        ] {
            assert_eq!(listed(&book, "", sort), order, "{sort}");
        }
        for name in By::ALL.map(|by| by.name(Lang::En)) {
            let sort = Sort::parse(name);
            assert!(sort.is_some());
            let field = Schema::Customer.rows().iter().find(|row| row.name == name);
            for other in field.into_iter().flat_map(|row| row.zh_names.iter().chain(row.aliases)) {
                assert_eq!(Sort::parse(other), sort, "{other}");
            }
        }
    }

    #[test]
    fn a_page_is_a_part_of_the_whole_list() {
        let book = book(|world| {
            for n in 0..20 {
                put(world, customer(&format!("{:02}", n * 7 % 20)));
            }
        });
        let (lens, sort) = (lens(), Sort::parse("name").unwrap());
        let filter = parse("", Schema::Customer).unwrap().prepare(&lens.context(&Ids));
        let page = |skip, limit| book.list(&filter, &lens, &Sight::All, sort, skip, limit);
        let (all, _) = page(0, 100);
        assert_eq!(page(0, 5), (all[..5].to_vec(), 20));
        assert_eq!(page(5, 5), (all[5..10].to_vec(), 20));
        assert_eq!(page(18, 5), (all[18..].to_vec(), 20));
        assert_eq!(page(0, 0), (Vec::new(), 20));
        assert_eq!(page(usize::MAX, usize::MAX), (Vec::new(), 20));
    }

    #[test]
    fn archived_ones_are_listed_only_when_asked_for() {
        let book = book(|world| {
            put(world, customer("Acme"));
            put(world, Customer { archived: true, ..customer("Acme old") });
        });
        assert_eq!(listed(&book, "acme", ""), [1]);
        assert_eq!(listed(&book, "archived:yes", ""), [2]);
        assert_eq!(listed(&book, "acme archived:yes,no", "name"), [1, 2]);
    }

    #[test]
    fn bare_words_are_looked_up_as_find_does_but_in_names_alone() {
        let book = book(|world| {
            put(world, customer("Hottechi"));
            put(world, Customer { aliases: [text("重庆长安")].into(), ..customer("Changan") });
            put(world, Customer { mails: [text("info@hottechi.example")].into(), ..customer("Other") });
        });
        assert_eq!(listed(&book, "hottechi", ""), [1]);
        assert_eq!(listed(&book, "hotech", ""), [1]);
        assert_eq!(listed(&book, "cqca or hotech", "name"), [2, 1]);
        assert_eq!(listed(&book, "not hotech", "name"), [2, 3]);
    }

    proptest::proptest! {
        #[test]
        fn the_first_few_are_those_that_sorting_puts_first(
            mut items in proptest::collection::vec(0..500_u32, 0..3000),
            few in 0..1500_usize,
        ) {
            let first = first_few(items.iter().copied(), few, u32::cmp);
            items.sort_unstable();
            items.truncate(few);
            proptest::prop_assert_eq!(first, items);
        }
    }

    #[test]
    fn fields_and_facts_decide() {
        let member = Id::new(Kind::Member, 3);
        let book = book(|world| {
            let vip = Customer { tags: [text("vip")].into(), owner: Some(member), ..customer("Head") };
            let head = put(world, Customer { tier: text("A"), created: Some(NOW), ..vip });
            let child =
                put(world, Customer { parent: Some(head), stage: text("loyal"), ..customer("Child") });
            let grandchild = put(world, Customer { parent: Some(child), ..customer("Grandchild") });
            put(world, Customer { created: Some(Instant(NOW.0 - 40 * DAY)), ..customer("Alone") });
            let (amount, date) = (Some(cny(70_000)), Some(Day(today().0 - 3)));
            put(world, Purchase { customer: Some(grandchild), amount, date, ..Purchase::default() });
            put(world, task(child, -1));
            put(world, call(grandchild, -2 * DAY));
        });
        for (filter, numbers) in [
            ("owner:m3", vec![1]),
            ("owner:none", vec![2, 3, 4]),
            ("pooled:yes", vec![2, 3, 4]),
            ("tag:VIP", vec![1]),
            ("tag:none", vec![2, 3, 4]),
            ("tier:a", vec![1]),
            ("was(loyal)", vec![2]),
            ("parent:c1", vec![2]),
            ("group:c1", vec![1, 2, 3]),
            ("group:none", vec![4]),
            ("spend()>=700", vec![3]),
            ("spend(3d)>0", vec![]),
            ("spend(4d)>0", vec![3]),
            ("group(spend())>=700", vec![1, 2, 3]),
            ("orders()=0", vec![1, 2, 4]),
            ("open(tasks)>0", vec![2]),
            ("overdue:yes", vec![2]),
            ("late:yes", vec![2]),
            ("recency<7d", vec![3]),
            ("recency:none", vec![1, 2, 4]),
            ("idle>30d", vec![4]),
            ("last>=-2d", vec![3]),
            ("contacts(90d)>0", vec![3]),
            ("complete<50%", vec![1, 2, 3, 4]),
            ("cases()>=0", vec![]),
        ] {
            let mut found = listed(&book, filter, "");
            found.sort_unstable();
            assert_eq!(found, numbers, "{filter}");
        }
    }

    #[test]
    fn nobody_lists_what_they_may_not_see() {
        let member = Id::new(Kind::Member, 3);
        let book = book(|world| {
            put(world, customer("Acme"));
            put(world, Customer { owner: Some(member), ..customer("Mine") });
            put(world, Customer { collaborators: [(member, text("support"))].into(), ..customer("Shared") });
        });
        let lens = lens();
        let filter = parse("", Schema::Customer).unwrap().prepare(&lens.context(&Ids));
        let sight = Sight::Own { member, teams: Vec::new() };
        assert_eq!(book.list(&filter, &lens, &sight, Sort::default(), 0, 9), (vec![2, 3], 2));
        assert_eq!(book.tiers(&lens, &sight).iter().map(|sum| sum.count).sum::<u32>(), 2);
    }
}
