//! Fuzzy look-up: what people type to name a customer.
//!
//! Looked through are names, aliases and contacts (by characters, pinyin and initials), mail addresses, telephone
//! numbers and their tails, and ids. Of several words each must be found somewhere. Where nothing is found as it was
//! typed, typing mistakes are allowed for, see [`super::typo`].

use super::book::Book;
use super::entry::{Entry, Keys, Name, Whose};
use super::list::first_few;
use super::mask::Mask;
use super::reader::{Reach, Reader};
use super::typo::{Care, Typo};
use crate::model::{CANDIDATES, Id, Kind};
use crate::text::pinyin::{Fit, Needle, Place};
use crate::text::{folded, phone};

/// What words resolve to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// This customer and clearly no other.
    One(u64),
    /// This one, if the words were mistyped: enough to look at, not to write to.
    Likely(u64),
    /// Nobody.
    None,
    /// Each of these, the best first.
    Several(Vec<u64>),
}

// Scores, of 1000. Within a band, what is nearer to the typed words gets up to 99 more.
const ID: u32 = 1000;
const NAME: u32 = 960;
const ALIAS: u32 = 950;
const WHOLE: u32 = 850;
const START: u32 = 600;
const WORD: u32 = 500;
const INSIDE: u32 = 200;
const MISTYPED: u32 = 100;
const WITHIN_BAND: u32 = 99;
/// A contact's name counts less than the customer's own.
const OF_A_CONTACT: u32 = 150;
/// So do words of which each is found elsewhere.
const APART: u32 = 50;
/// By so much the best must lead to be meant: the whole name before its beginning, a word before the inside of one;
/// but not the beginning of the name before that of another word in it.
const CLEAR: u32 = 200;
/// The same among names with typing mistakes.
const CLEAR_OF_MISTYPED: u32 = 25;

/// Telephone numbers are found by so many of their last digits.
const SHORTEST_TAIL: usize = 4;
/// So many characters of what was typed count; names have fewer.
const LONGEST: usize = 200;
/// Mail addresses are found by so many characters.
const SHORTEST_MAIL: usize = 3;

/// What was typed, made ready.
pub(super) struct Typed {
    whole: Term,
    /// The words, where there are several.
    words: Vec<Term>,
    mask: Mask,
    id: Option<u64>,
    reach: Reach,
}

struct Term {
    text: String,
    needle: Needle,
    /// Of what could be a telephone number.
    digits: Option<String>,
    typo: Option<Typo>,
}

impl Book {
    /// The customers that the words may mean, best first, each with a score up to 1000, at most `limit` of them; and
    /// how many there are in all. Archived ones are found by id and exact name only; of whom anything is hidden that
    /// one is found by, by name and by what was typed whole.
    pub fn find<'r>(
        &self,
        words: &str,
        reader: impl Into<Reader<'r>>,
        limit: usize,
    ) -> (Vec<(u64, u32)>, usize) {
        let hits = self.hits(&Typed::new(words, Reach::Everything), reader.into());
        let total = hits.len();
        let best = first_few(hits.into_iter(), limit, |(a, of_a), (b, of_b)| {
            of_b.cmp(of_a).then_with(|| a.by_name(b))
        });
        (best.into_iter().map(|(entry, score)| (entry.n, score)).collect(), total)
    }

    /// The customer that the words mean: the one with this id, the only one of this exact name or alias, else the best
    /// found, where it leads clearly. What is found only as a typing mistake is likely at best.
    pub fn resolve<'r>(&self, words: &str, reader: impl Into<Reader<'r>>) -> Resolved {
        let (found, _) = self.find(words, reader, CANDIDATES);
        let Some((best, score)) = found.first().copied() else { return Resolved::None };
        let margin = match score {
            ID => 1,
            ALIAS.. => score - ALIAS + 1,
            INSIDE.. => CLEAR,
            _ => CLEAR_OF_MISTYPED,
        };
        let close: Vec<u64> =
            found.iter().filter(|(_, other)| other + margin > score).map(|(n, _)| *n).collect();
        match close.len() {
            0 | 1 if score < INSIDE => Resolved::Likely(best),
            0 | 1 => Resolved::One(best),
            _ => Resolved::Several(close),
        }
    }

    /// Every customer that is found; those found by their names in the order of their numbers.
    pub(super) fn hits(&self, typed: &Typed, reader: Reader<'_>) -> Vec<(&Entry, u32)> {
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found = self.hits_with(typed, Care::AsTyped, reader);
        let meant = typed.id.and_then(|n| self.entry(n)).filter(|entry| entry.is_seen(reader.sight));
        if let Some(meant) = meant {
            found.retain(|(entry, _)| entry.n != meant.n);
            found.push((meant, ID));
        }
        for care in [Care::LeftOut, Care::OneWrong] {
            if found.is_empty() && typed.may_be_mistyped() {
                found = self.hits_with(typed, care, reader);
            }
        }
        found
    }

    fn hits_with(&self, typed: &Typed, care: Care, reader: Reader<'_>) -> Vec<(&Entry, u32)> {
        let parts = self.look_through(|chunks| {
            let fitting = chunks.iter().flat_map(|chunk| chunk.entries_of(|mask| typed.may_be(mask, care)));
            let seen = fitting.filter(|entry| entry.is_seen(reader.sight));
            seen.filter_map(|entry| Some((entry, typed.score(entry, care, reader)?))).collect::<Vec<_>>()
        });
        parts.into_iter().flatten().collect()
    }
}

impl Typed {
    pub(super) fn new(words: &str, reach: Reach) -> Typed {
        let text = folded(&words.chars().take(LONGEST).collect::<String>());
        let words: Vec<Term> =
            text.split(' ').map(Term::new).filter(|term| !term.needle.is_empty()).collect();
        let id = text.parse::<Id>().ok().filter(|id| id.kind == Kind::Customer);
        let whole = Term::new(&text);
        let mask = Mask::typed(&text);
        Typed {
            mask: whole.digits.as_ref().map_or(mask, |digits| mask.in_common(Mask::typed(digits))),
            whole,
            words: if words.len() > 1 { words } else { Vec::new() },
            id: id.filter(|_| reach == Reach::Everything).map(|id| id.n),
            reach,
        }
    }

    fn is_empty(&self) -> bool {
        self.whole.needle.is_empty()
    }

    fn may_be_mistyped(&self) -> bool {
        self.whole.typo.is_some() || self.words.iter().any(|word| word.typo.is_some())
    }

    /// Whether a customer with keys of this mask may be meant.
    fn may_be(&self, mask: Mask, care: Care) -> bool {
        match care {
            Care::AsTyped => self.mask.fits(mask),
            Care::LeftOut => self.mask.missing_in(mask) == 0 && self.may_be_spoken(mask, care),
            Care::OneWrong => {
                self.mask.missing_in(mask) <= self.words.len().max(1) as u32 && self.may_be_spoken(mask, care)
            }
        }
    }

    /// Whether enough letters stand side by side as they were typed. Of several words some may not be mistyped but
    /// initials, of which nothing is known.
    fn may_be_spoken(&self, mask: Mask, care: Care) -> bool {
        let typo = self.whole.typo.as_ref();
        typo.is_none_or(|typo| self.mask.unspoken_in(mask) <= typo.parted(care))
    }

    fn score(&self, entry: &Entry, care: Care, reader: Reader<'_>) -> Option<u32> {
        let mut score = self.score_within(entry.keys(), care, self.reach)?;
        // Few are found: what is hidden is asked of those alone.
        if self.reach == Reach::Everything {
            let reach = reader.reach(entry.n);
            score = if reach == self.reach { score } else { self.score_within(entry.keys(), care, reach)? };
        }
        if !entry.gist.archived || self.reach == Reach::Names {
            return Some(score);
        }
        (score >= ALIAS).then_some(WHOLE)
    }

    fn score_within(&self, keys: &Keys, care: Care, reach: Reach) -> Option<u32> {
        let whole = match care {
            Care::AsTyped => self.whole.as_typed(keys, reach),
            // Nobody has it as it was typed, or mistakes would not be looked for.
            _ => self.whole.mistyped(keys, care, reach),
        };
        whole.or_else(|| self.score_apart(keys, care, reach))
    }

    /// Of several words the one that is found worst.
    fn score_apart(&self, keys: &Keys, care: Care, reach: Reach) -> Option<u32> {
        let score = |word: &Term| word.as_typed(keys, reach).or_else(|| word.mistyped(keys, care, reach));
        let (first, others) = self.words.split_first()?;
        let worst = others.iter().try_fold(score(first)?, |worst, word| Some(worst.min(score(word)?)));
        worst.map(|score| score.saturating_sub(APART))
    }
}

impl Keys {
    fn names_within(&self, reach: Reach) -> impl Iterator<Item = &Name> {
        let people = matches!(reach, Reach::Everything | Reach::Whole { people: true });
        self.names.iter().filter(move |name| people || name.whose != Whose::Contact)
    }
}

impl Term {
    fn new(text: &str) -> Term {
        let is_phone = text.chars().all(|sign| sign.is_ascii_digit() || " +-().".contains(sign));
        Term {
            needle: Needle::new(text),
            digits: Some(phone::digits(text)).filter(|digits| is_phone && digits.len() >= SHORTEST_TAIL),
            typo: Typo::new(text),
            text: text.to_owned(),
        }
    }

    fn as_typed(&self, keys: &Keys, reach: Reach) -> Option<u32> {
        let named = keys.names_within(reach).filter_map(|name| self.score_name(name)).max();
        match reach {
            Reach::Everything => named.max(self.score_mail(keys)).max(self.score_phone(keys)),
            Reach::Whole { .. } => {
                let whole = self.score_mail(keys).max(self.score_phone(keys)).filter(|score| *score == WHOLE);
                named.max(whole)
            }
            Reach::Names => named,
        }
    }

    fn mistyped(&self, keys: &Keys, care: Care, reach: Reach) -> Option<u32> {
        let typo = self.typo.as_ref()?;
        let names = keys.names_within(reach);
        let likeness = names.filter_map(|name| typo.likeness(&name.spoken, care)).max()?;
        Some(MISTYPED + likeness.min(WITHIN_BAND))
    }

    fn score_name(&self, name: &Name) -> Option<u32> {
        let score = score_of(self.needle.fit(&name.hay)?, &name.spoken);
        Some(match name.whose {
            Whose::Own => score,
            Whose::Alias => score.min(ALIAS),
            Whose::Contact => score - OF_A_CONTACT,
        })
    }

    fn score_mail(&self, keys: &Keys) -> Option<u32> {
        if self.text.len() < SHORTEST_MAIL || !keys.mails.contains(&self.text) {
            return None;
        }
        Some(if keys.mails.lines().any(|mail| mail == self.text) {
            WHOLE
        } else if keys.mails.lines().any(|mail| mail.starts_with(&self.text)) {
            WORD
        } else {
            INSIDE
        })
    }

    fn score_phone(&self, keys: &Keys) -> Option<u32> {
        let digits = self.digits.as_ref()?;
        if keys.phones.lines().any(|number| number == digits) {
            return Some(WHOLE);
        }
        keys.phones.lines().any(|number| number.ends_with(digits)).then_some(START)
    }
}

fn score_of(fit: Fit, spoken: &str) -> u32 {
    let less = 2 * fit.cost() + spoken.len() as u32 / 8;
    let near = WITHIN_BAND - less.min(WITHIN_BAND);
    match fit.place() {
        Place::Whole if fit.cost() == 0 => NAME,
        Place::Whole => WHOLE + near,
        Place::Start => START + near,
        Place::Word => WORD + near,
        Place::Inside => INSIDE + near,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Contact, Customer, Sight};
    use crate::search::testing::{book, customer, named, put, text};
    use crate::text::pinyin::sort_key;

    fn found(book: &Book, words: &str) -> Vec<String> {
        let (found, total) = book.find(words, &Sight::All, 50);
        assert_eq!(found.len(), total);
        found.iter().map(|(n, _)| book.profile(*n).unwrap().customer.name.to_string()).collect()
    }

    const NAMES: [&str; 9] = [
        "Acme Corporation",
        "Hottechi",
        "Conecom",
        "Codehow",
        "Hatfan",
        "Pacmen",
        "重庆长安机电",
        "北京移动通信",
        "New Acme Hotels",
    ];

    #[test]
    fn the_nearest_name_comes_first() {
        let book = named(&NAMES);
        for (words, first) in [
            ("acme corp", "Acme Corporation"),
            ("corp acme", "Acme Corporation"),
            ("acme", "Acme Corporation"),
            ("hotech", "Hottechi"),
            ("hottehci", "Hottechi"),
            ("hottexhi", "Hottechi"),
            ("hotttechi", "Hottechi"),
            ("acme corproation", "Acme Corporation"),
            ("重庆", "重庆长安机电"),
            ("cqca", "重庆长安机电"),
            ("chongqing", "重庆长安机电"),
            ("beijng", "北京移动通信"),
            ("yidong", "北京移动通信"),
            ("c5", "Hatfan"),
        ] {
            assert_eq!(found(&book, words).first().map(String::as_str), Some(first), "{words}");
        }
        assert_eq!(found(&book, "acme"), ["Acme Corporation", "New Acme Hotels", "Pacmen"]);
        assert_eq!(found(&book, "c99"), Vec::<String>::new());
        assert_eq!(found(&book, " "), Vec::<String>::new());
        assert_eq!(found(&book, "zzzzzz"), Vec::<String>::new());
    }

    #[test]
    fn people_mail_and_telephone_tails_lead_to_their_customer() {
        let book = book(|world| {
            let acme =
                put(world, Customer { phones: [text("+86 138-1234-5678")].into(), ..customer("Acme") });
            let other = put(world, Customer { aliases: [text("Big Blue")].into(), ..customer("Other") });
            let mails = [text("Wang.Wei@example.com")].into();
            put(world, Contact { name: text("王伟"), customer: Some(acme), mails, ..Contact::default() });
            let phones = [text("021 5555 4321")].into();
            put(world, Contact { name: text("Jo"), customer: Some(other), phones, ..Contact::default() });
        });
        for words in
            ["5678", "1234 5678", "+86 138 1234 5678", "wang.wei@example.com", "王伟", "wangwei", "ww"]
        {
            assert_eq!(found(&book, words), ["Acme"], "{words}");
        }
        assert_eq!(found(&book, "acme wang"), ["Acme"]);
        assert_eq!(found(&book, "acme 5678"), ["Acme"]);
        assert_eq!(found(&book, "acme 4321"), Vec::<String>::new());
        assert_eq!(found(&book, "678"), Vec::<String>::new());
        assert_eq!(found(&book, "blue"), ["Other"]);
        assert_eq!(found(&book, "021-5555-4321"), ["Other"]);
    }

    #[test]
    fn digits_are_found_wherever_they_may_come_together() {
        let book = book(|world| {
            put(world, Customer { phones: [text("138 0013 0047")].into(), ..customer("Tools 11") });
            put(world, customer("GTX-47 11b"));
            put(world, Customer { mails: [text("info@shop4711.example")].into(), ..customer("Shop") });
        });
        assert_eq!(found(&book, "4711"), ["GTX-47 11b", "Shop"]);
        assert_eq!(found(&book, "+86 138 0013 0047"), ["Tools 11"]);
        assert_eq!(found(&book, "30047 11"), ["Tools 11"]);
    }

    #[test]
    fn of_endless_words_the_beginning_counts() {
        let book = named(&NAMES);
        let endless = "x".repeat(1 << 24);
        assert_eq!(found(&book, &endless), Vec::<String>::new());
        let words = "acme ".repeat(1 << 20);
        assert_eq!(found(&book, &words), ["Acme Corporation", "New Acme Hotels", "Pacmen"]);
    }

    #[test]
    fn nobody_finds_what_they_may_not_see() {
        let book = named(&["Acme"]);
        let sight = Sight::Own { member: Id::new(Kind::Member, 1), teams: Vec::new() };
        assert_eq!(book.find("acme", &sight, 9), (Vec::new(), 0));
        assert_eq!(book.find("c1", &sight, 9), (Vec::new(), 0));
        assert_eq!(book.resolve("acme", &sight), Resolved::None);
    }

    #[test]
    fn an_archived_customer_is_found_by_id_and_exact_name() {
        let book = book(|world| {
            put(world, Customer { archived: true, ..customer("Acme Corporation") });
        });
        assert_eq!(found(&book, "acme"), Vec::<String>::new());
        assert_eq!(found(&book, "acme corporation").len(), 1);
        assert_eq!(book.resolve("c1", &Sight::All), Resolved::One(1));
    }

    #[test]
    fn words_mean_a_customer_where_exactly_one_fits_clearly_best() {
        let book =
            named(&["Acme", "Acme Corporation", "Acme Logistics", "Hottechi", "重庆长安", "Twin", "twin"]);
        for (words, meant) in [
            ("acme", Resolved::One(1)),
            ("c2", Resolved::One(2)),
            ("acme corp", Resolved::One(2)),
            ("acme co", Resolved::One(2)),
            ("hotech", Resolved::Likely(4)),
            ("hottehci", Resolved::Likely(4)),
            ("cqca", Resolved::One(5)),
            ("twin", Resolved::Several(vec![6, 7])),
            ("acm", Resolved::Several(vec![1, 3, 2])),
            ("nobody", Resolved::None),
        ] {
            assert_eq!(book.resolve(words, &Sight::All), meant, "{words}");
        }
    }

    proptest! {
        #[test]
        fn a_customer_is_found_by_its_name_its_pinyin_and_its_initials(
            names in proptest::collection::vec("[重庆长安银行音乐中国移动通信]{2,6}|[A-Z][a-z]{2,6}( [A-Z][a-z]{2,6})?", 1..12)
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let book = named(&names);
            for (at, name) in names.iter().enumerate() {
                let n = at as u64 + 1;
                let is_found = |words: &str| book.find(words, &Sight::All, 50).0.iter().any(|(found, _)| *found == n);
                let spoken = sort_key(name);
                let initials: String = if name.is_ascii() {
                    spoken.split(' ').filter_map(|word| word.chars().next()).collect()
                } else {
                    name.chars().filter_map(|sign| sort_key(&sign.to_string()).chars().next()).collect()
                };
                prop_assert!(is_found(name), "{name}");
                prop_assert!(is_found(&spoken), "{spoken}");
                prop_assert!(is_found(&initials), "{initials} {name}");
                let (first, score) = book.find(name, &Sight::All, 1).0[0];
                prop_assert_eq!(score, NAME);
                prop_assert!(names[first as usize - 1].eq_ignore_ascii_case(name));
            }
        }

        #[test]
        fn a_long_name_is_found_with_a_letter_left_out(name in "[a-z]{6,12}", others in proptest::collection::vec("[a-z]{3,9}", 0..9), at in 1_usize..5) {
            let mut names: Vec<&str> = others.iter().map(String::as_str).collect();
            names.push(&name);
            let book = named(&names);
            let typed = [&name[..at], &name[at + 1..]].concat();
            let (found, _) = book.find(&typed, &Sight::All, 50);
            let better_fits = others.iter().any(|other| other.contains(&typed[..3]));
            prop_assert!(better_fits || found.iter().any(|(n, _)| *n as usize == names.len()), "{typed} {name}");
        }
    }
}
