//! Conditions of rules, as a Chinese reader reads them: `spend(365d)>=20000` is 近365天成交金额 ≥ 20000. What English
//! readers read is what they would type.

use super::Measure;
use crate::model::query::{Reason, Standing};
use crate::text::say::text as words;
use crate::text::{Clean, Lang};

/// Comparisons and the words between conditions; a longer sign stands before the one that begins it.
const SIGNS: [(&str, &str); 7] =
    [("!=", "≠"), (">=", "≥"), ("<=", "≤"), (">", ">"), ("<", "<"), (":", "="), ("=", "=")];
const JOINTS: [(&str, &str); 3] = [("and", "且"), ("or", "或"), ("not", "非")];

/// The standing with its conditions in the reader's words.
pub fn said(standing: &Standing, lang: Lang) -> Standing {
    if lang == Lang::En {
        return standing.clone();
    }
    let reasons = |reasons: &[Reason]| {
        reasons.iter().map(|reason| Reason { condition: rule(&reason.condition), ..reason.clone() }).collect()
    };
    Standing {
        rule: rule(&standing.rule),
        keep: rule(&standing.keep),
        reasons: reasons(&standing.reasons),
        above: standing.above.as_ref().map(|(tier, missing)| (tier.clone(), reasons(missing))),
        ..standing.clone()
    }
}

fn rule(text: &Clean) -> Clean {
    let parts: Vec<String> = text.as_str().split_whitespace().map(part).collect();
    Clean::washed(&parts.join(" ")).0
}

/// A part between blanks: a joint, a sign, or a figure with what it is compared with; anything else stays as it is.
fn part(text: &str) -> String {
    if let Some((_, said)) = JOINTS.iter().chain(&SIGNS).find(|(sign, _)| *sign == text) {
        return (*said).to_owned();
    }
    let Some((figure, rest)) = figure(text) else { return text.to_owned() };
    match SIGNS.iter().find_map(|(sign, said)| Some((said, rest.strip_prefix(sign)?))) {
        Some((sign, value)) => format!("{figure} {sign} {value}"),
        None => figure + rest,
    }
}

/// The figure that a text begins with, in words, and what follows it.
fn figure(text: &str) -> Option<(String, &str)> {
    if let Some(inner) = text.strip_prefix("group(") {
        let (figure, rest) = figure(inner)?;
        return Some((format!("集团{figure}"), rest.strip_prefix(')')?));
    }
    let (name, rest) = text.split_once('(')?;
    let (argument, rest) = rest.split_once(')')?;
    let measure = Measure::ALL.iter().find(|measure| {
        let (spelled, word) = measure.spelled();
        spelled == name && word.is_none_or(|word| word == argument)
    })?;
    let window = match argument.strip_suffix('d').map(str::parse::<i64>) {
        Some(Ok(days)) => format!("近{}", words::days(Lang::Zh, days)),
        _ if argument.is_empty() || measure.spelled().1.is_some() => String::new(),
        _ => format!("近 {argument} "),
    };
    Some((format!("{window}{}", measure.hint(Lang::Zh)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_in_words_and_what_is_unknown_stays() {
        for (typed, read) in [
            ("orders():0", "成交次数 = 0"),
            ("spend(365d)>=15000 or open(deals)>=1", "近365天成交金额 ≥ 15000 或 进行中商机数 ≥ 1"),
            ("spend(365d) >= 100000 and orders(2m) >= 4", "近365天成交金额 ≥ 100000 且 近 2m 成交次数 ≥ 4"),
            ("not group(spend(30d))<5", "非 集团近30天成交金额 < 5"),
            ("region:East idle>30d nonsense(3) (", "region:East idle>30d nonsense(3) ("),
            ("", ""),
        ] {
            assert_eq!(rule(&Clean::known(typed)).as_str(), read);
        }
    }

    #[test]
    fn english_readers_read_what_they_type() {
        let standing = Standing { rule: Clean::known("orders():0"), ..Standing::default() };
        assert_eq!(said(&standing, Lang::En), standing);
        assert_eq!(said(&standing, Lang::Zh).rule.as_str(), "成交次数 = 0");
    }
}
