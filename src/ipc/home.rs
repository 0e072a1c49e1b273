//! The files of a running server in the store's folder.
//!
//! | file | life |
//! |---|---|
//! | `lock` | made once, never unlinked; locked by the server for life, so the kernel frees it after a crash |
//! | `gx.sock` | the socket; whoever holds the lock replaces a stale one |
//! | `gx.sock.new` | the socket before it listens, never seen by clients |
//! | `gx.sock.old` | the socket of a server that is leaving |
//!
//! A name is only ever moved into place or away: a client finds a socket that listens, or none.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, ErrorKind};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nix::sys::socket::{AddressFamily, Backlog, SockFlag, SockType, UnixAddr, bind, listen, socket};

use super::peer::{own_uid, user_name};
use crate::text::{Clean, Lang, say};

/// The store's file; a folder of one's own that has it is a private store, whose server may be started by anybody.
pub const STORE: &str = "store.redb";

/// Where a server that was started by a client writes what it could not say to anybody.
pub const LOG: &str = "server.log";

const LOCK: &str = "lock";
const SOCKET: &str = "gx.sock";
const ARRIVING: &str = "gx.sock.new";
const LEAVING: &str = "gx.sock.old";

/// Bytes of a socket's path: `sun_path` less its closing zero.
const PATH_LIMIT: usize = 107;
/// Bytes left for the folder.
const FOLDER_LIMIT: usize = PATH_LIMIT - 1 - ARRIVING.len();

/// Why a folder cannot be served, or found.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// There is no such folder, or no store in it.
    #[error("{}", self.message(Lang::En))]
    NoStore(PathBuf),
    /// The folder is not the server's own.
    #[error("{}", self.message(Lang::En))]
    NotMine {
        /// The folder.
        dir: PathBuf,
        /// The user whose it is.
        owner: u32,
    },
    /// The folder's group or everybody may write in it.
    #[error("{}", self.message(Lang::En))]
    OthersMayWrite(PathBuf),
    /// The socket's path would be too long.
    #[error("{}", self.message(Lang::En))]
    PathTooLong(PathBuf),
    /// Another process holds the lock.
    #[error("{}", self.message(Lang::En))]
    Taken(PathBuf),
    /// Anything else of the file system.
    #[error("{}", self.message(Lang::En))]
    Io(PathBuf, #[source] io::Error),
}

impl HomeError {
    /// What is wrong, for people.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            HomeError::NoStore(dir) => say::ipc::no_store(lang, shown(dir)),
            HomeError::NotMine { dir, owner } => say::ipc::not_mine(lang, shown(dir), user_name(*owner)),
            HomeError::OthersMayWrite(dir) => say::ipc::others_may_write(lang, shown(dir)),
            HomeError::PathTooLong(dir) => say::ipc::path_too_long(lang, shown(dir)),
            HomeError::Taken(dir) => say::ipc::taken(lang, shown(dir)),
            HomeError::Io(dir, error) => say::ipc::folder_failed(lang, shown(dir), error),
        }
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        Some(match self {
            HomeError::NoStore(_) => say::ipc::no_store_hint(lang).to_owned(),
            HomeError::NotMine { owner, .. } => say::ipc::not_mine_hint(lang, user_name(*owner)),
            HomeError::OthersMayWrite(dir) => say::ipc::others_may_write_hint(lang, shown(dir)),
            HomeError::PathTooLong(_) => say::ipc::path_too_long_hint(lang, FOLDER_LIMIT),
            HomeError::Taken(_) => say::ipc::taken_hint(lang).to_owned(),
            HomeError::Io(..) => return None,
        })
    }

    /// The exit code of the command line: 1 where a server runs already, else 7.
    pub fn code(&self) -> u8 {
        if matches!(self, HomeError::Taken(_)) { 1 } else { 7 }
    }
}

/// Who may connect to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The owner alone.
    Private,
    /// The owner and the folder's group.
    Team,
}

impl Access {
    fn mode(self) -> u32 {
        match self {
            Access::Private => 0o600,
            Access::Team => 0o660,
        }
    }
}

/// The right to serve a folder, and to change what is in it; given back when it and its [`Door`] are dropped.
#[derive(Clone, Debug)]
pub struct Claim(Arc<Held>);

#[derive(Debug)]
struct Held {
    dir: PathBuf,
    lock: File,
}

fn lock_file(dir: &Path) -> io::Result<File> {
    File::options().create(true).append(true).mode(0o600).open(dir.join(LOCK))
}

impl Claim {
    /// Takes the folder's lock. The folder must be there, be one's own, and be closed to other writers.
    pub fn take(dir: &Path) -> Result<Claim, HomeError> {
        check_length(dir)?;
        let found = look_at(dir)?;
        if found.uid() != own_uid() {
            return Err(HomeError::NotMine { dir: dir.into(), owner: found.uid() });
        }
        if found.mode() & 0o022 != 0 {
            return Err(HomeError::OthersMayWrite(dir.into()));
        }
        let io = |error| HomeError::Io(dir.into(), error);
        let lock = lock_file(dir).map_err(io)?;
        match lock.try_lock() {
            Ok(()) => Ok(Claim(Arc::new(Held { dir: dir.into(), lock }))),
            Err(TryLockError::WouldBlock) => Err(HomeError::Taken(dir.into())),
            Err(TryLockError::Error(error)) => Err(io(error)),
        }
    }

    /// Waits until nobody holds the folder's lock.
    pub fn wait_until_free(dir: &Path) -> io::Result<()> {
        lock_file(dir)?.lock()
    }

    /// Opens the socket, in the place of a stale one.
    pub fn listen(&self, access: Access) -> Result<Door, HomeError> {
        let listener = self.bind(access).map_err(|error| HomeError::Io(self.0.dir.clone(), error))?;
        Ok(Door { listener, claim: self.clone() })
    }

    fn bind(&self, access: Access) -> io::Result<UnixListener> {
        let arriving = self.path(ARRIVING);
        remove(&arriving)?;
        let fd: OwnedFd = socket(
            AddressFamily::Unix,
            SockType::Stream,
            SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK,
            None,
        )?;
        bind(fd.as_raw_fd(), &UnixAddr::new(&arriving)?)?;
        fs::set_permissions(&arriving, fs::Permissions::from_mode(access.mode()))?;
        listen(&fd, Backlog::MAXALLOWABLE)?;
        fs::rename(&arriving, self.path(SOCKET))?;
        Ok(UnixListener::from(fd))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.dir.join(name)
    }

    /// Whether the folder is still the one that was taken. Where somebody put another in its place, what is in there is
    /// that one's server's.
    fn is_in_place(&self) -> bool {
        let place = |found: fs::Metadata| (found.dev(), found.ino());
        let lock = fs::metadata(self.path(LOCK)).map(place);
        lock.is_ok_and(|lock| self.0.lock.metadata().map(place).is_ok_and(|mine| mine == lock))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Closing alone would leave the lock with a child that is between fork and exec.
        let _ = self.lock.unlock();
    }
}

/// The open socket of a folder; dropped, it is gone. Holds the [`Claim`].
#[derive(Debug)]
pub struct Door {
    listener: UnixListener,
    claim: Claim,
}

impl Door {
    /// The next visitor, or `None` where nobody waits.
    pub(super) fn accept(&self) -> io::Result<Option<UnixStream>> {
        match self.listener.accept() {
            Ok((stream, _)) => Ok(Some(stream)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes the socket away so that nobody new finds it, and gives up doing so for whoever has found it before.
    pub(super) fn leave_unless_visited(&self) -> io::Result<Option<UnixStream>> {
        if !self.claim.is_in_place() {
            return Ok(None);
        }
        fs::rename(self.claim.path(SOCKET), self.claim.path(LEAVING))?;
        let visitor = self.accept()?;
        if visitor.is_some() {
            fs::rename(self.claim.path(LEAVING), self.claim.path(SOCKET))?;
        }
        Ok(visitor)
    }
}

impl AsFd for Door {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.listener.as_fd()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if !self.claim.is_in_place() {
            return;
        }
        // Whoever holds the lock removes what stays behind.
        let _ = remove(&self.claim.path(SOCKET));
        let _ = remove(&self.claim.path(LEAVING));
    }
}

/// What a client finds in a folder.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) dir: PathBuf,
    pub(super) owner: u32,
}

impl Place {
    pub(super) fn find(dir: &Path) -> Result<Place, HomeError> {
        check_length(dir)?;
        Ok(Place { dir: dir.into(), owner: look_at(dir)?.uid() })
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.dir.join(SOCKET)
    }

    pub(super) fn is_mine(&self) -> bool {
        self.owner == own_uid()
    }

    pub(super) fn has_store(&self) -> bool {
        self.dir.join(STORE).exists()
    }
}

/// A path that may be shown.
pub(super) fn shown(path: &Path) -> Clean {
    Clean::washed(&path.display().to_string().replace('\n', "?")).0
}

/// Makes a folder that [`Claim::take`] accepts, with its parents.
pub fn make(dir: &Path) -> Result<(), HomeError> {
    check_length(dir)?;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|error| HomeError::Io(dir.into(), error))
}

fn check_length(dir: &Path) -> Result<(), HomeError> {
    if dir.as_os_str().as_bytes().len() > FOLDER_LIMIT {
        return Err(HomeError::PathTooLong(dir.into()));
    }
    Ok(())
}

fn look_at(dir: &Path) -> Result<fs::Metadata, HomeError> {
    match fs::metadata(dir) {
        Ok(found) if found.is_dir() => Ok(found),
        Ok(_) => Err(HomeError::NoStore(dir.into())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(HomeError::NoStore(dir.into()))
        }
        Err(error) => Err(HomeError::Io(dir.into(), error)),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::thread;

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o700)).tempdir().unwrap()
    }

    fn names(dir: &Path) -> Vec<String> {
        let entries = fs::read_dir(dir).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn of_many_racing_claims_one_wins_every_round() {
        let dir = folder();
        let (racers, rounds) = (32, 8);
        let start = Barrier::new(racers);
        let won: Vec<usize> = thread::scope(|scope| {
            let race = || {
                let mut won = Vec::new();
                for round in 0..rounds {
                    start.wait();
                    let claim = Claim::take(dir.path());
                    let door = claim.as_ref().ok().map(|claim| claim.listen(Access::Private).unwrap());
                    start.wait();
                    match (&claim, door) {
                        (Ok(_), Some(_)) => won.push(round),
                        (Err(HomeError::Taken(_)), None) => {}
                        (odd, _) => panic!("{odd:?}"),
                    }
                }
                won
            };
            let racers: Vec<_> = (0..racers).map(|_| scope.spawn(race)).collect();
            racers.into_iter().flat_map(|racer| racer.join().unwrap()).collect()
        });
        let mut won = won;
        won.sort_unstable();
        assert_eq!(won, (0..rounds).collect::<Vec<_>>());
    }

    #[test]
    fn a_stale_socket_is_replaced_and_a_leaving_server_takes_its_own_away() {
        let dir = folder();
        drop(UnixListener::bind(dir.path().join(SOCKET)).unwrap());
        drop(UnixListener::bind(dir.path().join(ARRIVING)).unwrap());
        assert!(UnixStream::connect(dir.path().join(SOCKET)).is_err());
        let door = Claim::take(dir.path()).unwrap().listen(Access::Private).unwrap();
        assert!(UnixStream::connect(dir.path().join(SOCKET)).is_ok());
        assert_eq!(names(dir.path()), [SOCKET, LOCK]);
        drop(door);
        assert_eq!(names(dir.path()), [LOCK]);
    }

    #[test]
    fn a_server_whose_folder_was_replaced_leaves_the_other_ones_socket() {
        let dir = folder();
        let store = dir.path().join("store");
        make(&store).unwrap();
        let mut doors = [0, 1, 2].map(|_| {
            let _ = fs::remove_dir_all(&store);
            make(&store).unwrap();
            Some(Claim::take(&store).unwrap().listen(Access::Private).unwrap())
        });
        assert!(doors[0].as_ref().unwrap().leave_unless_visited().unwrap().is_none());
        doors[..2].fill_with(|| None);
        assert!(UnixStream::connect(store.join(SOCKET)).is_ok());
        doors[2] = None;
        assert_eq!(names(&store), [LOCK]);
    }

    #[test]
    fn a_door_keeps_the_claim() {
        let dir = folder();
        let door = Claim::take(dir.path()).unwrap().listen(Access::Private).unwrap();
        assert!(matches!(Claim::take(dir.path()), Err(HomeError::Taken(_))));
        drop(door);
        assert!(Claim::take(dir.path()).is_ok());
    }

    #[test]
    fn the_socket_is_open_to_the_owner_or_to_the_group() {
        let dir = folder();
        let claim = Claim::take(dir.path()).unwrap();
        for (access, mode) in [(Access::Private, 0o600), (Access::Team, 0o660)] {
            let _door = claim.listen(access).unwrap();
            let found = fs::metadata(dir.path().join(SOCKET)).unwrap();
            assert_eq!(found.mode() & 0o777, mode, "{access:?}");
        }
    }

    #[test]
    fn leaving_is_given_up_for_whoever_came_meanwhile() {
        let dir = folder();
        let door = Claim::take(dir.path()).unwrap().listen(Access::Private).unwrap();
        let _visitor = UnixStream::connect(dir.path().join(SOCKET)).unwrap();
        assert!(door.leave_unless_visited().unwrap().is_some());
        assert_eq!(names(dir.path()), [SOCKET, LOCK]);
        assert!(door.leave_unless_visited().unwrap().is_none());
        assert_eq!(names(dir.path()), [LEAVING, LOCK]);
    }

    #[test]
    fn an_unfit_folder_is_refused_with_the_way_out() {
        let dir = folder();
        let refused = |dir: &Path| Claim::take(dir).unwrap_err();

        let absent = refused(&dir.path().join("absent"));
        assert!(matches!(absent, HomeError::NoStore(_)) && absent.code() == 7);
        fs::write(dir.path().join("file"), "").unwrap();
        assert!(matches!(refused(&dir.path().join("file")), HomeError::NoStore(_)));
        assert!(matches!(refused(&dir.path().join("file/in")), HomeError::NoStore(_)));

        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o770)).unwrap();
        let open = refused(dir.path());
        assert!(matches!(open, HomeError::OthersMayWrite(_)));
        assert_eq!(
            open.hint(Lang::En).unwrap(),
            format!("close it to them: chmod go-w {}", dir.path().display())
        );

        let deep = dir.path().join("d".repeat(FOLDER_LIMIT));
        assert!(matches!(refused(&deep), HomeError::PathTooLong(_)));
        assert!(matches!(Place::find(&deep), Err(HomeError::PathTooLong(_))));
    }

    #[test]
    fn the_longest_folder_that_is_accepted_can_listen() {
        let dir = folder();
        let left = FOLDER_LIMIT - dir.path().as_os_str().len() - 1;
        let deep = dir.path().join("d".repeat(left));
        make(&deep).unwrap();
        let _door = Claim::take(&deep).unwrap().listen(Access::Private).unwrap();
        assert!(UnixStream::connect(Place::find(&deep).unwrap().socket()).is_ok());
    }

    #[test]
    fn a_hostile_path_cannot_move_the_cursor() {
        assert_eq!(shown(Path::new("/tmp/\u{1b}[2Ja\nb")).as_str(), "/tmp/[2Ja?b");
    }
}
