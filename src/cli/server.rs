//! What the shell does with a store's file itself, instead of asking its server: make it, serve it, rebuild it.

use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

use chrono::Utc;
use chrono_tz::Tz;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::failure::{Done, Failure, NO_STORE};
use crate::ipc::desk::Desk;
use crate::ipc::home::{self, Access, Claim, HomeError, STORE};
use crate::ipc::launch::{self, Ready};
use crate::ipc::server::{self, Options};
use crate::ipc::stop::Stop;
use crate::model::{Command, Instant, Refusal};
use crate::service::{Clock, Service, StartError};
use crate::store::{self, Store, StoreError};
use crate::text::say::cli as say;
use crate::text::{Clean, Lang};

/// Makes a store in a folder, and the folder where it is not there.
pub(super) fn create(dir: &Path, init: &Command, lang: Lang) -> Done {
    home::make(dir).map_err(|error| at_home(&error, lang))?;
    let _claim = Claim::take(dir).map_err(|error| at_home(&error, lang))?;
    Service::create(&dir.join(STORE), init, &machine_clock()).map_err(|error| not_started(error, lang))
}

/// Serves the store in a folder until told to stop. Started by a client (`auto`), it tells that client how the start
/// went, and leaves when it has been alone for a while.
pub(super) fn serve(dir: &Path, auto: bool, lang: Lang) -> Done {
    let claim = match Claim::take(dir) {
        Err(HomeError::Taken(_)) if auto => return Ok(Ready::Taken.tell()?),
        claim => claim.map_err(|error| at_home(&error, lang)),
    };
    let served = claim.and_then(|claim| serve_claimed(dir, &claim, auto, lang));
    if let (Err(failure), true) = (&served, auto) {
        Ready::Failed(Clean::washed(&failure.message).0).tell()?;
    }
    served
}

fn serve_claimed(dir: &Path, claim: &Claim, auto: bool, lang: Lang) -> Done {
    if auto {
        launch::detach()?;
    }
    let stop = Stop::new()?;
    stop_on_signals(&stop)?;
    let store = Store::open(&dir.join(STORE), &store::Options::default(), &mut |_, _| {});
    let store = store.map_err(|error| unopened(&error, lang))?;
    let service = Service::start(store, machine_clock()).map_err(|error| not_started(error, lang))?;
    service.keep_graded();
    let team = is_shared(dir);
    let access = if team { Access::Team } else { Access::Private };
    let door = claim.listen(access).map_err(|error| at_home(&error, lang))?;
    let desk = Desk::new(Arc::clone(&service), stop.clone(), dir.into(), team);
    if auto {
        Ready::Listening.tell()?;
    }
    let socket = std::env::var_os("NOTIFY_SOCKET");
    if let Some(socket) = &socket {
        launch::notify_systemd(socket, "READY=1")?;
    }
    let options = if auto { Options::private() } else { Options::team() };
    let ended = server::serve(door, &desk, &stop, &options);
    if let Some(socket) = &socket {
        launch::notify_systemd(socket, "STOPPING=1")?;
    }
    service.close().map_err(|error| unopened(&error, lang))?;
    ended?;
    Ok(())
}

/// Makes every table anew from the journal; how many entries it holds.
pub(super) fn rebuild(dir: &Path, quiet: bool, lang: Lang) -> Done<u64> {
    let _claim = Claim::take(dir).map_err(|error| at_home(&error, lang))?;
    let shown = !quiet && io::stderr().is_terminal();
    let mut progress = |done: u64, total: u64| {
        if shown && (done.is_multiple_of(1000) || done == total) {
            let _ = write!(io::stderr(), "\r{}\x1b[K", crate::text::say::import::progress(lang, done, total));
        }
    };
    let rebuilt = store::rebuild(&dir.join(STORE), store::Options::default().cache, &mut progress);
    if shown {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    rebuilt.map_err(|error| unopened(&error, lang))
}

/// The machine's time. The store's own clock is made of it by the service.
fn machine_clock() -> Clock {
    Arc::new(|| Instant::from(Utc::now()))
}

/// A folder that its group may enter is a team's.
fn is_shared(dir: &Path) -> bool {
    dir.metadata().is_ok_and(|found| found.mode() & 0o010 != 0)
}

/// Ends the server on SIGTERM and SIGINT, as `gx stop` does.
fn stop_on_signals(stop: &Stop) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    let stop = stop.clone();
    std::thread::spawn(move || signals.forever().for_each(|_| stop.stop()));
    Ok(())
}

fn at_home(error: &HomeError, lang: Lang) -> Failure {
    Failure::new(error.code(), error.message(lang)).maybe_hint(error.hint(lang))
}

fn unopened(error: &StoreError, lang: Lang) -> Failure {
    match error {
        StoreError::NotThere => Failure::new(NO_STORE, error.say(lang)).hint(say::no_store_hint(lang)),
        _ => Failure::new(NO_STORE, error.say(lang)),
    }
}

fn not_started(error: StartError, lang: Lang) -> Failure {
    match error {
        StartError::Store(StoreError::AlreadyThere) => Failure::refused(Refusal::AlreadyMade, lang, Tz::UTC),
        StartError::Store(error) => unopened(&error, lang),
        StartError::Refused(refusal) => Failure::refused(refusal, lang, Tz::UTC),
        StartError::Policy(error) => Failure::new(NO_STORE, error.say(lang)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn init() -> Command {
        Command::Init {
            name: Clean::known("East"),
            policy: Clean::default(),
            timezone: Clean::known("Asia/Shanghai"),
            currency: Clean::known("CNY"),
            practice: None,
            member: (Clean::known("Anna"), Clean::known("anna"), 1000),
        }
    }

    #[test]
    fn a_store_is_made_once_in_a_folder_of_ones_own() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("new/store");
        create(&place, &init(), Lang::En).unwrap();
        assert_eq!(place.metadata().unwrap().mode() & 0o777, 0o700);
        let again = create(&place, &init(), Lang::En).unwrap_err();
        assert_eq!((again.code, again.message.as_str()), (5, "the store is made already"));
        assert_eq!(rebuild(&place, true, Lang::En).unwrap(), 1);
    }

    #[test]
    fn a_folder_that_the_group_may_enter_is_a_teams() {
        let dir = tempfile::tempdir().unwrap();
        for (mode, shared) in [(0o700, false), (0o750, true), (0o710, true), (0o740, false)] {
            fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(is_shared(dir.path()), shared, "{mode:o}");
        }
    }

    #[test]
    fn without_a_store_the_way_out_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let failure = serve(dir.path(), false, Lang::En).unwrap_err();
        assert_eq!(failure.code, 7);
        assert!(failure.hint.is_some_and(|hint| hint.contains("gx init")));
    }
}
