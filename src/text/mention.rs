//! Mentions: `@anna`, `@Li Wei`, `@安娜` in what people write.
//!
//! A mention begins with `@` at the start of a text or behind what is no letter or digit; so a mail address holds none.
//! Behind it stands the longest login or name that somebody has, whatever its case, or as many of the first words of a
//! name as mean one person alone; or the name of a team, for all who are in it. It ends where a word ends; between
//! Chinese characters, which are written without blanks, that is everywhere.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::{Bound, Range};

use super::folded;

/// Who can be mentioned, by the folded names they go by; a name that means several means none.
#[derive(Clone, Debug)]
pub struct Callable<T> {
    known: BTreeMap<String, Option<T>>,
}

/// A mention in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<T> {
    /// Where the name stands, behind the `@`.
    pub at: Range<usize>,
    /// Who is meant.
    pub who: T,
}

impl<T> Default for Callable<T> {
    /// Nobody.
    fn default() -> Callable<T> {
        Callable { known: BTreeMap::new() }
    }
}

impl<T: Copy + Eq> Callable<T> {
    /// Those who go by these names: each with who it is, a login, which may be empty, and a name.
    pub fn of<'n>(people: impl IntoIterator<Item = (T, &'n str, &'n str)>) -> Callable<T> {
        let mut whole = BTreeMap::new();
        let mut begun = BTreeMap::new();
        for (who, login, name) in people {
            for called in [folded(login), folded(name)] {
                put(&mut whole, called, who);
            }
            let name = folded(name);
            for (blank, _) in name.match_indices(' ') {
                put(&mut begun, name[..blank].to_owned(), who);
            }
        }
        // A name that is somebody's whole one is not the beginning of another's.
        begun.extend(whole);
        begun.remove("");
        Callable { known: begun }
    }

    /// The same, and groups by their names; a name that is somebody's already, or could be several's, is no group's.
    #[must_use]
    pub fn with_groups<'n>(mut self, groups: impl IntoIterator<Item = (T, &'n str)>) -> Callable<T> {
        let groups = Callable::of(groups.into_iter().map(|(group, name)| (group, "", name)));
        for (name, group) in groups.known {
            self.known.entry(name).or_insert(group);
        }
        self
    }

    /// Whom a name means, as a whole.
    pub fn meant(&self, name: &str) -> Option<T> {
        self.known.get(&folded(name)).copied().flatten()
    }

    /// Every mention in a text, in its order.
    pub fn mentions(&self, text: &str) -> Vec<Mention<T>> {
        let mut found = Vec::new();
        let mut end = 0;
        for (sign, _) in text.match_indices('@') {
            let begin = sign + 1;
            if sign < end || !may_begin(&text[..sign]) {
                continue;
            }
            if let Some((length, Some(who))) = self.longest(&text[begin..]) {
                end = begin + length;
                found.push(Mention { at: begin..end, who });
            }
        }
        found
    }

    /// The longest name that a text begins with: its length there, and whom it means. No more of the text is read than
    /// the longest name is long, each run of blanks being one.
    fn longest(&self, text: &str) -> Option<(usize, Option<T>)> {
        if text.starts_with(char::is_whitespace) {
            return None;
        }
        let (mut longest, mut name) = (None, String::new());
        for (at, sign) in text.char_indices() {
            if sign == '\n' {
                break;
            }
            if sign.is_whitespace() {
                if !name.ends_with(' ') {
                    name.push(' ');
                }
                continue;
            }
            name.push(sign);
            let called = folded(&name);
            if !self.is_begun(&called) {
                break;
            }
            let end = at + sign.len_utf8();
            if ends(sign, &text[end..])
                && let Some(who) = self.known.get(&called)
            {
                longest = Some((end, *who));
            }
        }
        longest
    }

    /// Whether a name begins so.
    fn is_begun(&self, beginning: &str) -> bool {
        let from = (Bound::Included(beginning), Bound::Unbounded);
        self.known.range::<str, _>(from).next().is_some_and(|(name, _)| name.starts_with(beginning))
    }
}

/// The beginning of a name that is being typed at the end of a text: what stands behind the last `@` that may begin a
/// mention, without a blank at its start.
pub fn typed(text: &str) -> Option<&str> {
    let sign = text.rfind('@').filter(|sign| may_begin(&text[..*sign]))?;
    Some(&text[sign + 1..]).filter(|name| !name.contains('\n') && !name.starts_with(char::is_whitespace))
}

/// The lines of a text with an `@` in them that it did not hold before.
pub fn new_lines<'t>(before: &'t str, text: &'t str) -> impl Iterator<Item = &'t str> {
    let old: HashSet<&str> = before.lines().filter(|line| line.contains('@')).collect();
    text.lines().filter(move |line| line.contains('@') && !old.contains(line))
}

/// A line, or of a long one the part around a place in it: at most so many characters, and dots for what is left out.
pub fn excerpt(line: &str, around: usize, most: usize) -> Cow<'_, str> {
    let length = line.chars().count();
    if length <= most {
        return Cow::Borrowed(line);
    }
    let before = line[..around].chars().count();
    let first = before.saturating_sub(most / 4).min(length - most);
    let part: String = line.chars().skip(first).take(most).collect();
    let dots = |cut: bool| if cut { ".." } else { "" };
    Cow::Owned([dots(first > 0), &part, dots(first + most < length)].concat())
}

fn put<T: Copy + Eq>(names: &mut BTreeMap<String, Option<T>>, name: String, who: T) {
    names.entry(name).and_modify(|known| *known = known.filter(|known| *known == who)).or_insert(Some(who));
}

/// Whether a mention may begin behind this.
fn may_begin(before: &str) -> bool {
    !before.ends_with(is_of_word)
}

/// Whether a name that ends with this sign is over before what is behind it: `@bob` is in `@bob, please`, and neither
/// in `@bobby` nor in `@bob.com`.
fn ends(last: char, behind: &str) -> bool {
    let mut rest = behind.chars();
    let goes_on = match rest.next() {
        Some('.' | '-' | '@') => rest.next().is_some_and(is_of_word),
        next => next.is_some_and(is_of_word),
    };
    !(is_of_word(last) && goes_on)
}

/// Whether a sign is part of a word that blanks part from others.
fn is_of_word(sign: char) -> bool {
    (sign.is_alphanumeric() && !is_chinese(sign)) || sign == '_'
}

fn is_chinese(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OURS: [(u8, &str, &str); 7] = [
        (1, "anna", "Anna Snelling"),
        (2, "bob", "Robert Lee"),
        (3, "", "Li"),
        (4, "liwei", "Li Wei"),
        (5, "", "安娜"),
        (6, "", "Cecily Lampkin"),
        (7, "", "Cecily Moore"),
    ];

    fn called(text: &str) -> Vec<(u8, &str)> {
        let mentions = Callable::of(OURS).mentions(text);
        mentions.into_iter().map(|mention| (mention.who, &text[mention.at])).collect()
    }

    #[test]
    fn the_longest_name_is_meant_and_nobody_where_it_could_mean_several() {
        for (text, expected) in [
            ("@bob please call", &[(2, "bob")][..]),
            ("ask @BOB.", &[(2, "BOB")]),
            ("(@anna, @bob)", &[(1, "anna"), (2, "bob")]),
            ("@Robert Lee and @robert", &[(2, "Robert Lee"), (2, "robert")]),
            ("@Li Wei", &[(4, "Li Wei")]),
            ("@li  wei", &[(4, "li  wei")]),
            ("@Li Weiss", &[(3, "Li")]),
            ("@Anna Snelling's", &[(1, "Anna Snelling")]),
            ("请@安娜回电,@bob也请看", &[(5, "安娜"), (2, "bob")]),
            ("@cecily", &[]),
            ("@Cecily Moore", &[(7, "Cecily Moore")]),
            ("@bobby @bob2 @bob_ @ann", &[]),
            ("@bob-smith @bob.com @bob@anna", &[]),
            ("@ bob @\nbob @", &[]),
            ("@Robert\nLee", &[(2, "Robert")]),
            ("write to anna@bob.com or x@bob", &[]),
        ] {
            assert_eq!(called(text), expected, "{text}");
        }
    }

    #[test]
    fn groups_go_by_the_names_that_are_nobodys() {
        let ours =
            Callable::of(OURS).with_groups([(8, "华东"), (9, "Bob"), (10, "North Team"), (11, "Cecily")]);
        for (name, expected) in [
            ("华东", Some(8)),
            ("bob", Some(2)),
            ("north", Some(10)),
            ("north team", Some(10)),
            ("cecily", None),
        ] {
            assert_eq!(ours.meant(name), expected, "{name}");
        }
        let found = ours.mentions("请@华东看一下, @bob");
        assert_eq!(found.iter().map(|mention| mention.who).collect::<Vec<_>>(), [8, 2]);
    }

    #[test]
    fn what_is_typed_is_behind_the_last_sign() {
        for (text, expected) in [
            ("call @an", Some("an")),
            ("@", Some("")),
            ("@Li W", Some("Li W")),
            ("请@安", Some("安")),
            ("me@an", None),
            ("@anna\nx", None),
            ("none", None),
            ("@ an", None),
        ] {
            assert_eq!(typed(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_that_were_there_are_not_new() {
        let new = |before, text| new_lines(before, text).collect::<Vec<_>>();
        assert_eq!(new("@a\n@b", "@b\n@c\nd\n@a"), ["@c"]);
        assert_eq!(new("", "@a\nb"), ["@a"]);
    }

    #[test]
    fn of_a_long_line_the_part_around_the_mention_is_shown() {
        let around = |line: &str| excerpt(line, line.find('@').unwrap(), 8).into_owned();
        for (line, expected) in [
            ("@bob 123", "@bob 123"),
            ("@bob, call them", "@bob, ca.."),
            ("please, @bob, call", ".., @bob, .."),
            ("call them, @bob", "..em, @bob"),
            ("客户要样品，请@安娜回电，谢谢", "..，请@安娜回电，.."),
        ] {
            assert_eq!(around(line), expected);
        }
    }

    /// As [`Callable::mentions`], reading every beginning of what is behind an `@`.
    fn slow(text: &str) -> Vec<Mention<u8>> {
        let ours = Callable::of(OURS);
        let (mut found, mut end) = (Vec::new(), 0);
        for (sign, _) in text.match_indices('@') {
            let behind = &text[sign + 1..];
            if sign < end || !may_begin(&text[..sign]) || behind.starts_with(char::is_whitespace) {
                continue;
            }
            let line = behind.split('\n').next().unwrap_or_default();
            let mut names =
                line.char_indices().filter(|(_, last)| !last.is_whitespace()).filter_map(|(at, last)| {
                    let length = at + last.len_utf8();
                    let who = ours.known.get(&folded(&line[..length]))?;
                    ends(last, &behind[length..]).then_some((length, *who))
                });
            if let Some((length, Some(who))) = names.next_back() {
                end = sign + 1 + length;
                found.push(Mention { at: sign + 1..end, who });
            }
        }
        found
    }

    /// Each of these would take many minutes if time grew with the square of the length.
    #[test]
    fn a_long_text_is_read_in_one_go() {
        const LONG: usize = 300_000;
        let blanks = " ".repeat(LONG);
        assert_eq!(called(&format!("@li{blanks}wei")), [(4, format!("li{blanks}wei").as_str())]);
        assert_eq!(called(&"@li \t".repeat(LONG / 5)).len(), LONG / 5);
        assert_eq!(called(&"@".repeat(LONG)), []);
        let lines: Vec<String> = (0..LONG / 10).map(|n| format!("@{n}")).collect();
        assert_eq!(new_lines(&lines.join("\n"), &lines[1..].join("\n")).count(), 0);
    }

    proptest! {
        /// What stops early finds what reading everything finds.
        #[test]
        fn no_mention_is_missed(text in "(@|@Li|@Robert|@bob|@安娜|li|wei|Lee| |  |\t|\n|　|[.,_-]|x){0,24}") {
            prop_assert_eq!(Callable::of(OURS).mentions(&text), slow(&text));
        }

        /// Whatever stands around it, a whole name between blanks is found, and with it who is meant.
        #[test]
        fn a_whole_name_is_found(before in "[a-z .,\n]{0,9}", behind in "[a-z .,]{0,9}", who in 0..OURS.len()) {
            let (id, login, name) = OURS[who];
            let names = [login, name].into_iter().filter(|name| !name.is_empty());
            for name in names {
                let text = format!("{before} @{name}, {behind}");
                prop_assert!(called(&text).contains(&(id, name)), "{}", text);
            }
        }

        /// Mentions stand behind an `@`, in order and apart, and mean who goes by what is written there.
        #[test]
        fn mentions_are_in_the_text(text in "([@a-zA-Z .\n安娜_-]|@bob|@Li Wei|@安娜){0,20}") {
            let mut end = 0;
            for Mention { at, who } in Callable::of(OURS).mentions(&text) {
                prop_assert!(at.start > end || (at.start, end) == (1, 0));
                prop_assert_eq!(&text[at.start - 1..at.start], "@");
                let name = folded(&text[at.clone()]);
                let (_, login, whole) = OURS[usize::from(who) - 1];
                prop_assert!(login == name || folded(whole).starts_with(&name), "{}", name);
                end = at.end;
            }
        }

        /// No address of mail mentions anybody.
        #[test]
        fn mail_is_no_mention(user in "[a-z0-9._%+-]{0,8}[a-z0-9_]", host in "(anna|bob|li|liwei)", top in "[a-z]{2,3}") {
            let text = format!("write to {user}@{host}.{top} soon");
            prop_assert_eq!(called(&text), []);
        }
    }
}
