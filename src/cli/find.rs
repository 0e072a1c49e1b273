//! `gx find`: a few letters, pinyin or not, of a name, a contact, a number.

use clap::Args;

use super::failure::{Done, Failure, NOTHING};
use super::flags::AsOf;
use super::gx::Gx;
use super::list::customers;
use super::tree::Verb;
use crate::model::{Answer, Query};
use crate::text::money::thousands_apart;
use crate::text::say::{cli as say, model as facts};

#[derive(Args, Debug)]
pub(super) struct Find {
    /// Names, aliases, contacts, pinyin and initials, ids, ends of phone numbers, mail
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = LIMIT, hide_default_value = true)]
    limit: u32,
    #[command(flatten)]
    day: AsOf,
}

/// So many are shown where nothing else is said.
const LIMIT: u32 = 20;

impl Find {
    /// These words, and no flags.
    pub(super) fn of(words: Vec<String>) -> Find {
        Find { words, limit: LIMIT, day: AsOf::default() }
    }
}

impl Verb for Find {
    fn run(self, gx: &mut Gx) -> Done {
        gx.look_back(&self.day)?;
        let words = gx.clean("WORDS", &self.words.join(" "))?;
        let query = Query::Find { words: words.clone(), limit: self.limit };
        let Answer::Customers(lines, all) = gx.ask(query)? else { return Err(Failure::odd_answer(gx.lang)) };
        if lines.is_empty() {
            return Err(Failure::new(NOTHING, say::nothing_found(gx.lang, words.line())));
        }
        customers(gx, &lines)?;
        let more = all.saturating_sub(lines.len() as u64);
        if more > 0 && !gx.for_machines() {
            let left = facts::and_more(gx.lang, thousands_apart(&more.to_string()));
            gx.note(&say::shown_by(gx.lang, left, format!("-n {all}")));
        }
        Ok(())
    }
}
