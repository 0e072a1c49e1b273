//! The page of `gx help policy-file`, held against the readers: it is a policy, all that it shows reads, and there is
//! nothing that the readers ask for and it does not show.

use std::collections::BTreeSet;

use crate::rules::policy::{Fault, Policy};
use crate::text::Lang;
use crate::text::reference::policy_file;
use crate::text::width::width;

/// A key as the page shows it: set, or behind a `#` as what else may stand there.
#[derive(Debug, PartialEq)]
struct Shown<'p> {
    line: usize,
    /// The section, and the how manieth of the page that is.
    section: (&'p str, usize),
    key: &'p str,
    text: &'p str,
    is_set: bool,
}

fn all_shown(page: &str) -> Vec<Shown<'_>> {
    let mut section = ("", 0);
    let mut all = Vec::new();
    for (nth, line) in page.lines().map(str::trim).enumerate() {
        if line.starts_with('[') {
            section = (line.trim_matches(['[', ']']), section.1 + 1);
            continue;
        }
        let text = line.strip_prefix("# ").unwrap_or(line);
        let Some((key, _)) = text.split_once(" = ") else { continue };
        if key.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_') {
            all.push(Shown { line: nth, section, key, text, is_set: !line.starts_with('#') });
        }
    }
    all
}

/// The page with this text in the line of a key, in the place of whatever else the key is set to.
fn with(page: &str, all: &[Shown<'_>], shown: &Shown<'_>, text: &str) -> String {
    let is_same = |set: &&Shown<'_>| set.is_set && (set.section, set.key) == (shown.section, shown.key);
    let set = all.iter().find(is_same).map(|set| set.line);
    let lines = page.lines().enumerate().map(|(nth, line)| match nth {
        _ if nth == shown.line => text,
        _ if Some(nth) == set => "",
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn faults(text: &str) -> Vec<Fault> {
    let reading = Policy::read(text);
    let errors = reading.policy.err().unwrap_or_default();
    errors.into_iter().chain(reading.warnings).map(|error| error.fault).collect()
}

/// Every table of the page with a key of it, as `tier.serve` and `skill`.
fn shown_keys(page: &str) -> BTreeSet<(String, String)> {
    let mut keys = BTreeSet::new();
    for heading in page.lines().map(str::trim).filter(|line| line.starts_with('[')) {
        let path = heading.trim_matches(['[', ']']);
        for (at, _) in path.match_indices('.').chain([(path.len(), "")]) {
            let (table, key) = path[..at].rsplit_once('.').unwrap_or(("", &path[..at]));
            keys.insert((table.to_owned(), key.to_owned()));
        }
    }
    for shown in all_shown(page) {
        keys.insert((shown.section.0.to_owned(), shown.key.to_owned()));
        let inner = shown.text.split(['{', ',']).skip(1).filter_map(|part| part.split_once(" = "));
        let table = format!("{}.{}", shown.section.0, shown.key);
        keys.extend(inner.map(|(key, _)| (table.clone(), key.trim().to_owned())));
    }
    keys
}

/// What no table has.
const NOTHING: &str = "zzz";

/// The keys that a table has: a text with [`NOTHING`] in it is told so. None where its keys are the team's own names.
fn asked(text: &str) -> Option<Vec<String>> {
    faults(text).into_iter().find_map(|fault| match fault {
        Fault::UnknownKey { name, known, .. } if name.as_str() == NOTHING => Some(known),
        _ => None,
    })
}

#[test]
fn the_page_is_a_policy_and_the_same_in_both_languages() {
    let [en, zh] = [Lang::En, Lang::Zh].map(policy_file);
    let all = |page| all_shown(page).into_iter().map(|shown| (shown.section, shown.text, shown.is_set));
    assert_eq!(all(en).collect::<Vec<_>>(), all(zh).collect::<Vec<_>>());
    for page in [en, zh] {
        assert_eq!(faults(page), []);
        let wide: Vec<&str> = page.lines().filter(|line| width(line) > 79).collect();
        assert!(wide.is_empty(), "{wide:#?}");
    }
}

#[test]
fn what_else_may_stand_there_reads_as_well() {
    let page = policy_file(Lang::En);
    let all = all_shown(page);
    let others: Vec<_> = all.iter().filter(|shown| !shown.is_set).collect();
    assert!(others.len() > 30, "{}", others.len());
    for shown in others {
        let elsewhere = match shown.key {
            "file" => vec![Fault::DaysElsewhere("berlin.toml".to_owned())],
            _ => Vec::new(),
        };
        assert_eq!(faults(&with(page, &all, shown, shown.text)), elsewhere, "{shown:?}");
    }
}

#[test]
fn every_key_that_the_readers_know_is_shown() {
    let page = policy_file(Lang::En);
    let (all, keys) = (all_shown(page), shown_keys(page));
    let nothing = format!("{NOTHING} = 1");
    let mut tables = vec![
        (String::new(), format!("{nothing}\n{page}")),
        ("care".to_owned(), page.replacen("[care.rhythm]", &format!("[care]\n{nothing}\n[care.rhythm]"), 1)),
    ];
    for (at, line) in page.match_indices('\n').map(|(at, _)| (at + 1, page[at + 1..].lines().next())) {
        let Some(heading) = line.filter(|line| line.trim().starts_with('[')) else { continue };
        let (before, behind) = page.split_at(at + heading.len());
        tables.push((
            heading.trim().trim_matches(['[', ']']).to_owned(),
            format!("{before}\n{nothing}{behind}"),
        ));
    }
    for shown in all.iter().filter(|shown| shown.text.contains('{') && shown.key != "hold_by_tier") {
        let text = shown.text.replacen('{', &format!("{{ {nothing}, "), 1);
        tables.push((format!("{}.{}", shown.section.0, shown.key), with(page, &all, shown, &text)));
    }
    assert!(tables.len() > 30, "{}", tables.len());
    for (table, text) in tables {
        for key in asked(&text).unwrap_or_else(|| panic!("{table}: {:?}", faults(&text))) {
            assert!(keys.contains(&(table.clone(), key.clone())), "[{table}] has {key}");
        }
    }
}

#[test]
fn every_word_that_a_key_takes_is_shown() {
    let page = policy_file(Lang::En);
    let all = all_shown(page);
    let mut count = 0;
    let mut told = BTreeSet::new();
    // What a key takes is told where it stands first.
    for shown in all.iter().filter(|shown| shown.is_set && told.insert((shown.section.0, shown.key))) {
        let near: Vec<&str> = page.lines().skip(shown.line.saturating_sub(10)).take(40).collect();
        let near = near.join("\n");
        let quotes: Vec<usize> = shown.text.match_indices('"').map(|(at, _)| at).collect();
        for quoted in quotes.chunks_exact(2) {
            let text = format!("{}{NOTHING}{}", &shown.text[..=quoted[0]], &shown.text[quoted[1]..]);
            let words = faults(&with(page, &all, shown, &text)).into_iter().find_map(|fault| match fault {
                Fault::UnknownWord { name, known, .. } if name.as_str() == NOTHING => Some(known),
                _ => None,
            });
            for word in words.into_iter().flatten() {
                assert!(says(&near, &word), "{shown:?}: {word}");
                count += 1;
            }
        }
    }
    assert!(count > 40, "{count}");
}

/// Whether a part of the page has a word; what begins playbooks, as `stage:ID`, it has with something behind it.
fn says(page: &str, word: &str) -> bool {
    if let Some((kind, _)) = word.split_once(':') {
        return page.contains(&format!("on = \"{kind}:"));
    }
    let mut words = page.split(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '-' | '_'));
    words.any(|said| said == word)
}
