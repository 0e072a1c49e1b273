//! What every verb works with: the flags, the output, the line to the server.

use std::cell::OnceCell;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::slice;

use chrono_tz::Tz;

use super::failure::{Done, FAILED, Failure, NO_STORE};
use super::flags::{AsOf, Flags};
use super::output::Output;
use super::progress::Progress;
use super::wait;
use crate::config;
use crate::ipc::client::{Client, ClientError, Options};
use crate::model::query::Session;
use crate::model::{Answer, Command, Id, Kind, Named, Order, Query, Receipt, Refusal, Reply, Request, Which};
use crate::text::say::cli as say;
use crate::text::{Clean, Lang};

/// Sends requests and waits for a reply to each.
type Line = Box<dyn FnMut(&[Request]) -> Result<Vec<Reply>, ClientError>>;

/// One run of the program.
pub(super) struct Gx {
    /// The language of everything that people read.
    pub(super) lang: Lang,
    /// What was said before or behind the verb.
    pub(super) flags: Flags,
    /// Where results go.
    pub(super) out: Output,
    line: Option<Line>,
    session: OnceCell<Session>,
    client: u128,
    counter: u64,
    /// The day that questions are about, as typed; empty: now.
    as_of: Clean,
    /// Whether somebody sits at a terminal, who can be asked.
    attended: bool,
}

impl Gx {
    /// A run that has not spoken with the server yet.
    pub(super) fn new(flags: Flags, lang: Lang) -> Gx {
        let out = Output::stdout(flags.format(), flags.color);
        let (session, client, as_of) = (OnceCell::new(), config::unique(), Clean::default());
        let attended = io::stdin().is_terminal() && io::stderr().is_terminal();
        Gx { lang, flags, out, line: None, session, client, counter: 0, as_of, attended }
    }

    /// A run against a server that the test plays.
    #[cfg(test)]
    pub(super) fn test(flags: Flags, lang: Lang, out: Output, line: Line) -> Gx {
        let (session, as_of) = (OnceCell::new(), Clean::default());
        Gx { lang, flags, out, line: Some(line), session, client: 7, counter: 0, as_of, attended: false }
    }

    /// The language of the screen: what the person has set, unless the command line or `GX_LANG` says otherwise.
    pub(super) fn lang_of(&self, own: &config::Config) -> Lang {
        let said = self.flags.lang.is_some() || std::env::var_os("GX_LANG").is_some();
        let set = own.lang.as_deref().and_then(Lang::from_locale);
        set.filter(|_| !said).unwrap_or(self.lang)
    }

    /// The store's folder.
    pub(super) fn dir(&self) -> Done<PathBuf> {
        config::store_dir(self.flags.store.as_deref())
            .ok_or_else(|| Failure::new(NO_STORE, say::no_home(self.lang)).hint(say::no_home_hint(self.lang)))
    }

    /// From here on speaks only with a server that runs already.
    pub(super) fn never_start(&mut self) -> Done {
        self.line = Some(self.speak(Options::asking(self.lang))?);
        Ok(())
    }

    /// Sends a request; a refusal of all of it is a failure. What replies are shown by is asked along with the first.
    pub(super) fn call(&mut self, request: Request) -> Done<Reply> {
        let mut requests = vec![request];
        if self.session.get().is_none() {
            requests.push(self.question(Query::Session));
        }
        let mut replies = self.send(&requests)?.into_iter();
        let reply = replies.next().ok_or_else(|| Failure::odd_answer(self.lang))?;
        if let Some(Reply::Answer(_, Answer::Session(session))) = replies.next() {
            self.greet(session);
        }
        match reply {
            Reply::Refused(refusal) => Err(self.refused(refusal)),
            reply => Ok(reply),
        }
    }

    /// From here on asks about the book as it was, on the day that was typed, if one was.
    pub(super) fn look_back(&mut self, day: &AsOf) -> Done {
        self.as_of = self.clean_or_empty("--as-of", day.as_of.as_deref())?;
        Ok(())
    }

    fn question(&self, query: Query) -> Request {
        if self.as_of.is_empty() { Request::Ask(query) } else { Request::AskAsOf(self.as_of.clone(), query) }
    }

    /// Takes in by what replies are shown; of a past day, what people read begins with that day.
    fn greet(&mut self, session: Session) -> &Session {
        if !self.as_of.is_empty() {
            self.out.heading =
                Some(say::as_of(self.lang, session.now.say_aloud(self.lang, zone_of(&session))));
        }
        self.session.get_or_init(|| session)
    }

    /// Sends a request to a server that runs already; none where there is none.
    pub(super) fn call_running(&mut self, request: &Request) -> Done<Option<Reply>> {
        let mut line = self.speak(Options::asking(self.lang))?;
        match line(slice::from_ref(request)).map(|mut replies| replies.pop()) {
            Ok(Some(Reply::Refused(refusal))) => Err(self.refused(refusal)),
            Ok(reply) => Ok(reply),
            // A server that ends may do so before it answers.
            Err(ClientError::Lost | ClientError::Leaving) => Ok(Some(Reply::Done)),
            Err(ClientError::NotRunning { .. }) => Ok(None),
            Err(error) => Err(Failure::unreached(&error, self.lang)),
        }
    }

    fn send(&mut self, requests: &[Request]) -> Done<Vec<Reply>> {
        let lang = self.lang;
        if self.line.is_none() {
            self.line = Some(self.speak(Options::starting(lang))?);
        }
        match &mut self.line {
            Some(line) => line(requests).map_err(|error| Failure::unreached(&error, lang)),
            None => Err(Failure::odd_answer(lang)),
        }
    }

    /// The line to the store's server. Who would start it also waits for it to be ready; who asks how it is does not.
    fn speak(&self, options: Options) -> Done<Line> {
        let mut line = self.impatient(options)?;
        if options.launch.is_none() {
            return Ok(line);
        }
        let (lang, quiet) = (self.lang, self.flags.quiet);
        Ok(Box::new(move |requests| {
            wait::until_ready(wait::pauses(), lang, Progress::on_stderr(quiet), || line(requests))
        }))
    }

    fn impatient(&self, options: Options) -> Done<Line> {
        let mut client = Client::new(&self.dir()?, options);
        let Some(member) = &self.flags.acting else {
            return Ok(Box::new(move |requests| match client.call_all(requests) {
                // The server knows an order that it has carried out by its name and count.
                Err(ClientError::Lost) if !requests.contains(&Request::Stop) => client.call_all(requests),
                replies => replies,
            }));
        };
        let act_as = Request::ActAs(self.clean("--as", member)?);
        // Not in one write: what follows must not be done where this is refused.
        Ok(Box::new(move |requests| match client.call(&act_as)? {
            Reply::Refused(refusal) => Ok(vec![Reply::Refused(refusal)]),
            _ => client.call_all(requests),
        }))
    }

    /// A refusal as a failure, with its moments in the team's zone; in UTC where not even that may be asked.
    pub(super) fn refused(&mut self, refusal: Refusal) -> Failure {
        let zone = self.session.get().map_or(Tz::UTC, zone_of);
        Failure::refused(refusal, self.lang, zone)
    }

    /// Asks a question.
    pub(super) fn ask(&mut self, query: Query) -> Done<Answer> {
        self.ask_at(query).map(|(_, answer)| answer)
    }

    /// Asks a question; which place in the journal the answer is true of, and the answer.
    pub(super) fn ask_at(&mut self, query: Query) -> Done<(u64, Answer)> {
        match self.call(self.question(query))? {
            Reply::Answer(head, answer) => Ok((head, answer)),
            _ => Err(Failure::odd_answer(self.lang)),
        }
    }

    /// Carries out one command.
    pub(super) fn act(&mut self, command: Command, dry_run: bool) -> Done<Receipt> {
        let receipt = self.act_all(vec![command], None, dry_run)?.pop();
        match receipt {
            Some(Ok(receipt)) => Ok(receipt),
            Some(Err(refusal)) => Err(self.refused(refusal)),
            None => Err(Failure::odd_answer(self.lang)),
        }
    }

    /// Carries out several commands in one transaction; each is whole or refused by itself.
    pub(super) fn act_all(
        &mut self,
        commands: Vec<Command>,
        batch: Option<Id>,
        dry_run: bool,
    ) -> Done<Vec<Result<Receipt, Refusal>>> {
        let count = commands.len();
        let orders = commands.into_iter().map(|command| {
            self.counter += 1;
            Order { counter: self.counter, batch, dry_run, command }
        });
        let request = Request::Do { orders: orders.collect(), client: self.client };
        match self.call(request)? {
            Reply::Receipts(receipts) if receipts.len() == count => Ok(receipts),
            _ => Err(Failure::odd_answer(self.lang)),
        }
    }

    /// Who asks, and what everything is shown by. Asked once.
    pub(super) fn session(&mut self) -> Done<&Session> {
        if self.session.get().is_none() {
            let reply = self.send(&[self.question(Query::Session)])?.pop();
            return match reply {
                Some(Reply::Answer(_, Answer::Session(session))) => Ok(self.greet(session)),
                Some(Reply::Refused(refusal)) => Err(self.refused(refusal)),
                _ => Err(Failure::odd_answer(self.lang)),
            };
        }
        self.session.get().ok_or_else(|| Failure::odd_answer(self.lang))
    }

    /// The team's zone.
    pub(super) fn zone(&mut self) -> Done<Tz> {
        Ok(zone_of(self.session()?))
    }

    /// What was typed, as a text that may travel; `what` names the flag or argument.
    pub(super) fn clean(&self, what: &str, text: &str) -> Done<Clean> {
        Clean::new(text.trim()).map_err(|found| Failure::unclean(what, found, self.lang))
    }

    /// As [`Gx::clean`]; the empty text where nothing was typed.
    pub(super) fn clean_or_empty(&self, what: &str, text: Option<&str>) -> Done<Clean> {
        text.map_or(Ok(Clean::default()), |text| self.clean(what, text))
    }

    /// A record as it was typed: an id of the kind goes straight, all else are words.
    pub(super) fn which(&self, kind: Kind, typed: &str) -> Done<Which> {
        match typed.parse::<Id>() {
            Ok(id) if id.kind == kind => Ok(Which::Id(id)),
            _ => Ok(Which::Words(self.clean(kind.label(self.lang), typed)?)),
        }
    }

    /// The id of a record as it was typed; words are looked up.
    pub(super) fn resolve(&mut self, kind: Kind, typed: &str) -> Done<Id> {
        match self.which(kind, typed)? {
            Which::Id(id) => Ok(id),
            words @ Which::Words(_) => match self.ask(Query::Resolve(kind, words))? {
                Answer::Resolved(Named { id, .. }) => Ok(id),
                _ => Err(Failure::odd_answer(self.lang)),
            },
        }
    }

    /// A task, by its id.
    pub(super) fn task(&self, typed: &str) -> Done<Id> {
        match typed.parse::<Id>() {
            Ok(id) if id.kind == Kind::Task => Ok(id),
            _ => Err(Failure::usage(say::not_a_task(self.lang, typed)).hint(say::not_a_task_hint(self.lang))),
        }
    }

    /// Says something on stderr, unless `--quiet`.
    pub(super) fn note(&self, text: &str) {
        if !self.flags.quiet {
            // Where nobody listens, nobody misses it.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Whether there is somebody to ask: a terminal, and no `--yes`.
    pub(super) fn asks(&self) -> bool {
        !self.flags.yes && self.attended
    }

    /// Asks whether to go on. Where there is nobody to ask, the answer is yes.
    pub(super) fn confirm(&self, question: &str) -> Done {
        if !self.asks() {
            return Ok(());
        }
        let (stdin, mut stderr) = (io::stdin(), io::stderr());
        let _ = write!(stderr, "{} ", say::yes_or_no(self.lang, question)).and_then(|()| stderr.flush());
        let mut answer = String::new();
        stdin.lock().read_line(&mut answer)?;
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" | "是" | "好" => Ok(()),
            _ => Err(Failure::new(FAILED, say::not_confirmed(self.lang))),
        }
    }

    /// True where machines read the results.
    pub(super) fn for_machines(&self) -> bool {
        !self.out.is_table()
    }
}

fn zone_of(session: &Session) -> Tz {
    session.timezone.as_str().parse().unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::failure::REFUSED;
    use crate::cli::output::Format;

    #[test]
    fn a_server_that_refuses_everything_is_not_asked_for_ever() {
        let refuse: Line = Box::new(|_| Ok(vec![Reply::Refused(Refusal::NotPractice)]));
        let out = Output::to(Box::new(io::sink()), Format::Table);
        let mut gx = Gx::test(Flags::default(), Lang::En, out, refuse);
        assert_eq!(gx.ask(Query::Status).unwrap_err().code, REFUSED);
    }
}
