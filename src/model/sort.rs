//! What a list of customers can be sorted by: one table of names for the shell and the screen, in both languages.

use super::refusal::{Refusal, Takes};
use crate::text::{Clean, Lang};

/// What customers are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Late ones first, then the soonest due, then the highest tier.
    #[default]
    NextStep,
    /// The name, as it is spoken.
    Name,
    /// The tier, the highest first.
    Tier,
    /// What they spent.
    Spend,
    /// How often they bought.
    Orders,
    /// The last contact.
    Last,
    /// The next step.
    Next,
    /// When they were added.
    Created,
}

/// The order of a list. Customers without a value come last, equal ones by name, then by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// What is compared.
    pub by: By,
    /// The most or the last comes first.
    pub backwards: bool,
}

impl By {
    /// Everything there is to sort by.
    pub const ALL: [By; 8] =
        [By::NextStep, By::Name, By::Tier, By::Spend, By::Orders, By::Last, By::Next, By::Created];

    /// What it is called: in English, in Chinese, then what else filters and columns call it.
    fn names(self) -> &'static [&'static str] {
        match self {
            By::NextStep => &["due", "到期"],
            By::Name => &["name", "名称"],
            By::Tier => &["tier", "等级"],
            By::Spend => &["spend", "成交额", "成交金额"],
            By::Orders => &["orders", "成交次数"],
            By::Last => &["last", "最近联系", "last_contact"],
            By::Next => &["next", "下一步", "next_due"],
            By::Created => &["created", "创建时间"],
        }
    }

    /// What it is called.
    pub fn name(self, lang: Lang) -> &'static str {
        lang.pick(self.names()[0], self.names()[1])
    }

    /// Whether there is a backwards: late ones are always first.
    pub fn has_backwards(self) -> bool {
        self != By::NextStep
    }
}

impl Sort {
    /// Reads the name of a field, `-` before it for backwards; empty is by next step. None where it is no such field.
    pub fn parse(text: &str) -> Option<Sort> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() {
            return Some(Sort::default());
        }
        let (name, backwards) = text.strip_prefix('-').map_or((text.as_str(), false), |name| (name, true));
        let by = By::ALL.into_iter().find(|by| by.names().contains(&name))?;
        (by.has_backwards() || !backwards).then_some(Sort { by, backwards })
    }

    /// Why a text is no order: which there are.
    pub fn refuse(text: Clean, lang: Lang) -> Refusal {
        let names = By::ALL.map(|by| Clean::known(by.name(lang)));
        Refusal::BadValue(Clean::known(lang.pick("sort", "排序")), text, Takes::Word(names.into()))
    }

    /// Its text as it is kept, whatever language it was written in.
    pub fn text(self) -> String {
        match self.by {
            By::NextStep => String::new(),
            by if self.backwards => format!("-{}", by.name(Lang::En)),
            by => by.name(Lang::En).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_thing_and_is_kept_as_one_text() {
        for by in By::ALL {
            for name in by.names() {
                let sort = Sort { by, backwards: false };
                assert_eq!(Sort::parse(name), Some(sort), "{name}");
                assert_eq!(Sort::parse(&sort.text()), Some(sort), "{name}");
                let backwards = by.has_backwards().then_some(Sort { by, backwards: true });
                assert_eq!(Sort::parse(&format!("-{name}")), backwards, "{name}");
                assert!(backwards.is_none_or(|sort| Sort::parse(&sort.text()) == Some(sort)), "{name}");
            }
        }
        assert_eq!(Sort::parse("-成交额").map(Sort::text).as_deref(), Some("-spend"));
        assert_eq!(
            (Sort::parse(" "), Sort::parse("nmae"), Sort::parse("-")),
            (Some(Sort::default()), None, None)
        );
    }
}
