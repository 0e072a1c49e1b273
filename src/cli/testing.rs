//! For tests: runs a command line against a server that the test plays.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use super::failure::Done;
use super::flags::Flags;
use super::gx::Gx;
use super::output::Output;
use super::tree::{run_verb, tree};
use crate::ipc::client::ClientError;
use crate::model::query::{PolicyName, PolicyNames, Session};
use crate::model::{Answer, Id, Instant, Kind, Named, Query, Reply, Request};
use crate::text::{Clean, Lang};

/// A place that several hold.
#[derive(Clone, Default)]
pub(super) struct Shared(Rc<RefCell<Vec<u8>>>);

impl Shared {
    /// What was written.
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a run came to: its results, how it ended, and what the server was asked (but who asks).
pub(super) struct Ran {
    pub(super) out: String,
    pub(super) done: Done,
    pub(super) requests: Vec<Request>,
}

impl Ran {
    /// The results of a run that went well.
    pub(super) fn out(self) -> String {
        self.done.unwrap();
        self.out
    }
}

/// Runs `gx` with these arguments against a server that answers like this, or goes away; who asks it knows by itself.
pub(super) fn run(args: &[&str], mut server: impl FnMut(&Request) -> Option<Reply> + 'static) -> Ran {
    let args: Vec<&str> = std::iter::once("gx").chain(args.iter().copied()).collect();
    let matches = tree(Lang::En, None).try_get_matches_from(&args).unwrap();
    let flags = Flags::of(&matches).unwrap();
    let lang = flags.lang.map_or(Lang::En, Lang::from);
    let (shared, requests) = (Shared::default(), Rc::new(RefCell::new(Vec::new())));
    let seen = Rc::clone(&requests);
    let mut reply = move |request: &Request| match request {
        Request::Ask(Query::Session) | Request::AskAsOf(_, Query::Session) => {
            Ok(Reply::Answer(9, Answer::Session(session())))
        }
        request => {
            seen.borrow_mut().push(request.clone());
            server(request).ok_or(ClientError::Lost)
        }
    };
    let line = move |requests: &[Request]| requests.iter().map(&mut reply).collect();
    let out = Output::to(Box::new(shared.clone()), flags.format());
    let mut gx = Gx::test(flags, lang, out, Box::new(line));
    let done = run_verb(&matches, &mut gx).expect("the arguments name a verb");
    let requests = requests.borrow().clone();
    Ran { out: shared.text(), done, requests }
}

/// As [`run`], against a server that gives the same answer to everything.
pub(super) fn run_on(args: &[&str], answer: Answer) -> Ran {
    run(args, move |_| Some(Reply::Answer(9, answer.clone())))
}

/// Who asks: Anna of team East, in Shanghai.
fn session() -> Session {
    let name = |id, en, zh| PolicyName { id: Clean::known(id), en: Clean::known(en), zh: Clean::known(zh) };
    let tiers = vec![name("A", "Key", "重点客户"), name("B", "Potential", "潜力客户")];
    let stages = vec![name("loyal", "Loyal", "忠诚")];
    Session {
        names: PolicyNames { tiers: tiers.clone(), stages: stages.clone(), ..PolicyNames::default() },
        member: named(Kind::Member, 2, "Anna"),
        team: Some(named(Kind::Team, 1, "East")),
        store: Clean::known("East"),
        practice: true,
        timezone: Clean::known("Asia/Shanghai"),
        currency: Clean::known("CNY"),
        now: Instant(1_514_768_400_000),
        tiers,
        stages,
        head: 9,
    }
}

/// A record with a name.
pub(super) fn named(kind: Kind, n: u64, name: &'static str) -> Named {
    Named { id: Id::new(kind, n), name: Clean::known(name) }
}
