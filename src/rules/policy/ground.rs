//! The book that a policy is for, as far as a policy asks something of it: its zone, its currency, and who there is.

use std::collections::BTreeSet;

use super::fault::Fault;
use crate::model::Settings;
use crate::text::near::nearest;
use crate::text::{Clean, Currency, folded};

/// The book that a policy is for.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// IANA name of its zone; days are counted in it.
    timezone: Clean,
    /// Its currency; sums are counted in it.
    currency: Clean,
    /// Who there is; none where nobody looked.
    people: Option<People>,
}

/// What the people of a book are there for.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The duties that somebody has for some customer.
    pub duties: BTreeSet<String>,
    /// The skills that some member has.
    pub skills: BTreeSet<String>,
}

/// What a policy asks of its book.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Zone(Clean),
    Currency(Currency),
    Duty(Clean),
    Skill(Clean),
}

impl Ground {
    /// The book with these settings. Nobody looks who there is.
    pub fn of(settings: &Settings) -> Ground {
        Ground { timezone: settings.timezone.clone(), currency: settings.currency.clone(), people: None }
    }

    /// The same with its people.
    #[must_use]
    pub fn with(self, people: People) -> Ground {
        Ground { people: Some(people), ..self }
    }

    /// What is wrong where a policy asks for this.
    pub(super) fn fault(&self, asked: Asked) -> Option<Fault> {
        match asked {
            Asked::Zone(zone) => (zone != self.timezone)
                .then(|| Fault::OtherZone { ours: self.timezone.clone(), theirs: zone }),
            Asked::Currency(currency) => (currency.code() != self.currency.as_str())
                .then(|| Fault::OtherCurrency { ours: self.currency.clone(), theirs: currency }),
            Asked::Duty(duty) => {
                let duties = &self.people.as_ref()?.duties;
                (!holds(duties, &duty)).then(|| Fault::NobodyOnDuty { near: near(duties, &duty), duty })
            }
            Asked::Skill(skill) => {
                let skills = &self.people.as_ref()?.skills;
                (!holds(skills, &skill)).then(|| Fault::NobodySkilled { near: near(skills, &skill), skill })
            }
        }
    }
}

/// Whether a name is among these, in any case of letters.
fn holds(names: &BTreeSet<String>, name: &Clean) -> bool {
    names.iter().any(|known| folded(known) == name.folded())
}

/// The one of these that was probably meant.
fn near(names: &BTreeSet<String>, name: &Clean) -> Option<String> {
    nearest(name.as_str(), names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::{Policy, SHIPPED};
    use super::*;

    const ASKING: &str = r#"
[[care.occasion]]
id = "eve"
on = "12-31"
duty = "Analyst"

[[playbook]]
id = "call"
on = "new"
  [[playbook.step]]
  id = "call"
  within = "4h"
  duty = "suport"
"#;

    fn told(text: &str, ground: &Ground) -> Vec<(usize, usize, bool, Fault)> {
        let reading = Policy::read_for(text, Some(ground));
        let errors = reading.policy.err().unwrap_or_default().into_iter().chain(reading.warnings);
        errors.map(|error| (error.line, error.column, error.fault.is_warning(), error.fault)).collect()
    }

    fn ground() -> Ground {
        let (timezone, currency) = (Clean::known("Asia/Shanghai"), Clean::known("CNY"));
        Ground { timezone, currency, people: None }
    }

    #[test]
    fn a_policy_of_another_zone_or_currency_is_told_with_its_place() {
        assert_eq!(told(SHIPPED, &ground()), []);
        let ours = |text: &'static str| Clean::known(text);
        let berlin = SHIPPED.replace("Asia/Shanghai", "Europe/Berlin").replace("CNY", "EUR");
        let zone = Fault::OtherZone { ours: ours("Asia/Shanghai"), theirs: ours("Europe/Berlin") };
        let currency = Fault::OtherCurrency { ours: ours("CNY"), theirs: "EUR".parse().unwrap() };
        assert_eq!(told(&berlin, &ground()), [(3, 12, false, zone), (4, 12, false, currency)]);
        let anywhere: String =
            SHIPPED.lines().filter(|line| !line.starts_with("timezone")).collect::<Vec<_>>().join("\n");
        assert_eq!(told(&anywhere, &ground()), [], "a policy need not say where it is for");
    }

    #[test]
    fn what_nobody_is_there_for_is_a_warning_where_somebody_looked() {
        let text = format!(
            "{}{ASKING}",
            SHIPPED.replacen(
                "[[tier]]\nid = \"A\"",
                "[[tier]]\nserve = { by = \"person\", skill = \"law\" }\nid = \"A\"",
                1
            )
        );
        assert_eq!(told(&text, &ground()), [], "nobody looked");
        let people = People {
            duties: ["analyst", "support"].map(str::to_owned).into(),
            skills: ["Law"].map(str::to_owned).into(),
        };
        let duty = Fault::NobodyOnDuty { duty: Clean::known("suport"), near: Some("support".to_owned()) };
        let found = told(&text, &ground().with(people));
        assert!(matches!(&found[..], [(_, 10, true, fault)] if *fault == duty), "{found:?}");
        let found = told(&text, &ground().with(People::default()));
        let skill = Fault::NobodySkilled { skill: Clean::known("law"), near: None };
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0].3, skill);
    }
}
