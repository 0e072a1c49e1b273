//! A policy that is tried: what is wrong with it, and what it would do.

use super::{Book, Topic};
use crate::model::query::{PolicyAnswer, PolicyFault, PolicyQuery, PolicyText, PolicyVersion, Preview};
use crate::model::{Instant, Query};
use crate::text::Clean;

/// So many customers who would move are shown, and so many who go the same way.
const SHOWN: u32 = 5_000;
const EACH: u32 = 500;

/// What is known of a policy that is tried.
#[derive(Debug, Default)]
pub(in crate::tui) struct Tried {
    /// Its text.
    pub(in crate::tui) text: Clean,
    /// What is wrong with it, once that is answered.
    pub(in crate::tui) faults: Option<Vec<PolicyFault>>,
    /// What it would do, once that is answered.
    pub(in crate::tui) preview: Option<Box<Preview>>,
    /// The same with everybody who would move.
    pub(in crate::tui) whole: Option<Box<Preview>>,
    /// The policy in force.
    pub(in crate::tui) in_force: Option<PolicyText>,
    /// The policy that came into force while this one was looked at.
    pub(in crate::tui) meanwhile: Option<i64>,
    /// The policies that were adopted.
    pub(in crate::tui) versions: Option<Vec<PolicyVersion>>,
    /// The one of them that is looked at.
    pub(in crate::tui) version: Option<PolicyText>,
    /// What it would do, or what is wrong with it, is not told after all.
    pub(in crate::tui) given_up: bool,
}

impl Tried {
    /// The faults for which it cannot be adopted.
    pub(in crate::tui) fn errors(&self) -> usize {
        self.faults.iter().flatten().filter(|fault| !fault.warning).count()
    }
}

impl Book {
    /// Tries a policy: first what is wrong with it.
    pub(in crate::tui) fn try_policy(&mut self, text: Clean, now: Instant) {
        self.forget_policy();
        self.tried.text = text.clone();
        self.ask_policy(Topic::Check, PolicyQuery::Check { text }, now);
        self.ask_policy(Topic::InForce, PolicyQuery::Text { version: None }, now);
    }

    /// Asks for the policies that were adopted.
    pub(in crate::tui) fn ask_versions(&mut self, now: Instant) {
        self.forget_policy();
        self.ask_policy(Topic::Versions, PolicyQuery::History, now);
        self.ask_policy(Topic::InForce, PolicyQuery::Text { version: None }, now);
    }

    /// Asks for one of them.
    pub(in crate::tui) fn ask_version(&mut self, version: i64, now: Instant) {
        self.tried.version = None;
        self.ask_policy(Topic::Version, PolicyQuery::Text { version: Some(version) }, now);
    }

    /// Asks for everybody who would move.
    pub(in crate::tui) fn ask_export(&mut self, now: Instant) {
        let text = self.tried.text.clone();
        let query = PolicyQuery::Preview { text, against: Clean::default(), limit: u32::MAX, each: u32::MAX };
        self.ask_policy(Topic::Export, query, now);
    }

    /// Nobody looks at policies any more.
    pub(in crate::tui) fn forget_policy(&mut self) {
        self.tried = Tried::default();
        for topic in
            [Topic::Check, Topic::Preview, Topic::Export, Topic::InForce, Topic::Versions, Topic::Version]
        {
            self.asked.remove(&topic);
        }
    }

    /// Takes an answer about policies.
    pub(super) fn put_policy(&mut self, topic: Topic, answer: PolicyAnswer, now: Instant) {
        match answer {
            PolicyAnswer::Checked(faults) => {
                self.tried.faults = Some(faults);
                if self.tried.errors() == 0 {
                    self.ask_preview(now);
                }
            }
            PolicyAnswer::Preview(preview) if topic == Topic::Export => self.tried.whole = Some(preview),
            PolicyAnswer::Preview(preview) => self.tried.preview = Some(preview),
            PolicyAnswer::Text(text) if topic == Topic::Version => self.tried.version = Some(text),
            PolicyAnswer::Text(text) => self.put_in_force(&text, now),
            PolicyAnswer::History(versions) => self.tried.versions = Some(versions),
            PolicyAnswer::Effect(_) => {}
        }
    }

    /// What is in force is known; where another policy was before, the preview was beside that one and is made anew.
    fn put_in_force(&mut self, text: &PolicyText, now: Instant) {
        let before = self.tried.in_force.replace(text.clone());
        if before.is_some_and(|before| before != *text) {
            self.tried.meanwhile = Some(text.version);
            if self.asked.contains_key(&Topic::Preview) {
                self.ask_preview(now);
            }
        }
    }

    fn ask_preview(&mut self, now: Instant) {
        self.tried.given_up = false;
        let text = self.tried.text.clone();
        let query = PolicyQuery::Preview { text, against: Clean::default(), limit: SHOWN, each: EACH };
        self.ask_policy(Topic::Preview, query, now);
    }

    fn ask_policy(&mut self, topic: Topic, query: PolicyQuery, now: Instant) {
        self.ask(topic, Query::Policy(query), now);
    }
}
