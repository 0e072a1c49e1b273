//! Why a client got no answer, and what to do about it.

use std::io;
use std::path::PathBuf;

use super::hello::own_version;
use super::home::{HomeError, LOG, shown};
use super::peer::user_name;
use crate::codec::Broken;
use crate::codec::frame::FrameError;
use crate::text::{Clean, Lang, say};

/// Why a client got no answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The folder is missing, has no store, or cannot hold a socket.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// No server runs, and this client does not start one.
    #[error("{}", self.message(Lang::En))]
    NotRunning {
        /// The store's folder.
        dir: PathBuf,
    },
    /// No server runs, and the folder is somebody else's.
    #[error("{}", self.message(Lang::En))]
    TeamServerDown {
        /// The store's folder.
        dir: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// The server that was started could not serve.
    #[error("{}", self.message(Lang::En))]
    StartFailed {
        /// The store's folder.
        dir: PathBuf,
        /// What the server said; may be empty.
        reason: Clean,
    },
    /// Somebody has the store but does not answer.
    #[error("{}", self.message(Lang::En))]
    Unresponsive {
        /// The store's folder.
        dir: PathBuf,
    },
    /// The server's process is not the folder's owner's.
    #[error("{}", self.message(Lang::En))]
    Impostor {
        /// The store's folder.
        dir: PathBuf,
        /// Whose it is.
        owner: u32,
        /// As whom the server runs.
        user: u32,
    },
    /// The socket is not open to this user.
    #[error("{}", self.message(Lang::En))]
    Forbidden {
        /// The owner of the store's folder.
        owner: u32,
        /// The store's folder.
        dir: PathBuf,
    },
    /// The user is no member.
    #[error("{}", self.message(Lang::En))]
    Stranger {
        /// The user.
        user: u32,
    },
    /// A private store's server is older and could not make room.
    #[error("{}", self.message(Lang::En))]
    OlderServer {
        /// Its version.
        server: Clean,
    },
    /// A team's server is older.
    #[error("{}", self.message(Lang::En))]
    OlderTeamServer {
        /// Its version.
        server: Clean,
        /// Who may update it.
        owner: u32,
    },
    /// The server is newer.
    #[error("{}", self.message(Lang::En))]
    NewerServer {
        /// Its version.
        server: Clean,
    },
    /// The store is being rebuilt.
    #[error("{}", self.message(Lang::En))]
    NotReady {
        /// How much of it is done, 0 to 100.
        percent: u32,
    },
    /// The user has too many connections.
    #[error("{}", self.message(Lang::En))]
    Full,
    /// Another refusal, of a later version.
    #[error("{}", self.message(Lang::En))]
    Refused {
        /// The server's version.
        server: Clean,
        /// Its number.
        code: u32,
    },
    /// The server stopped without taking the request.
    #[error("{}", self.message(Lang::En))]
    Leaving,
    /// The stream ended while an answer was due: the request may or may not have been carried out.
    #[error("{}", self.message(Lang::En))]
    Lost,
    /// A message of so many bytes does not fit a frame.
    #[error("{}", self.message(Lang::En))]
    TooLarge(usize),
    /// The answer is not what was expected.
    #[error("{}", self.message(Lang::En))]
    Garbled(Broken),
    /// Any other failure of the machine.
    #[error("{}", self.message(Lang::En))]
    Io(#[from] io::Error),
}

impl ClientError {
    /// What went wrong, for people.
    pub fn message(&self, lang: Lang) -> String {
        use ClientError as E;
        match self {
            E::Home(error) => error.message(lang),
            E::NotRunning { dir } => say::ipc::not_running(lang, shown(dir)),
            E::TeamServerDown { dir, .. } => say::ipc::team_server_down(lang, shown(dir)),
            E::StartFailed { reason, .. } if reason.is_empty() => {
                say::ipc::start_failed(lang, say::ipc::no_reason(lang))
            }
            E::StartFailed { reason, .. } => say::ipc::start_failed(lang, reason),
            E::Unresponsive { dir } => say::ipc::unresponsive(lang, shown(dir)),
            E::Impostor { dir, owner, user } => {
                say::ipc::impostor(lang, shown(dir), user_name(*user), user_name(*owner))
            }
            E::Forbidden { dir, .. } => say::ipc::forbidden(lang, shown(dir)),
            E::Stranger { user } => say::ipc::stranger(lang, user_name(*user)),
            E::OlderServer { server } => say::ipc::older_server(lang, server, own_version()),
            E::OlderTeamServer { server, .. } => say::ipc::older_team_server(lang, server, own_version()),
            E::NewerServer { server } => say::ipc::newer_server(lang, server, own_version()),
            E::NotReady { percent } => say::ipc::not_ready(lang, percent),
            E::Full => say::ipc::full(lang).to_owned(),
            E::Refused { server, code } => say::ipc::refused(lang, server, code),
            E::Leaving => say::ipc::leaving(lang).to_owned(),
            E::Lost => say::ipc::lost(lang).to_owned(),
            E::TooLarge(bytes) => say::ipc::too_large(lang, bytes),
            E::Garbled(broken) => say::ipc::garbled(lang, broken.say(lang)),
            E::Io(error) => say::ipc::failed(lang, error),
        }
    }

    /// What to do about it.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        use ClientError as E;
        Some(match self {
            E::Home(error) => return error.hint(lang),
            E::NotRunning { .. } => say::ipc::not_running_hint(lang).to_owned(),
            E::TeamServerDown { owner, .. } => say::ipc::team_server_down_hint(lang, user_name(*owner)),
            E::StartFailed { dir, .. } => say::ipc::start_failed_hint(lang, shown(&dir.join(LOG))),
            E::Unresponsive { dir } => say::ipc::unresponsive_hint(lang, shown(dir)),
            E::Impostor { owner, .. } => say::ipc::impostor_hint(lang, user_name(*owner)),
            E::Forbidden { owner, .. } => say::ipc::forbidden_hint(lang, user_name(*owner)),
            E::Stranger { .. } => say::ipc::stranger_hint(lang).to_owned(),
            E::OlderServer { .. } => say::ipc::older_server_hint(lang).to_owned(),
            E::OlderTeamServer { owner, .. } => say::ipc::older_team_server_hint(lang, user_name(*owner)),
            E::NewerServer { .. } => say::ipc::newer_server_hint(lang).to_owned(),
            E::NotReady { .. } | E::Leaving => say::ipc::try_later(lang).to_owned(),
            E::Full => say::ipc::full_hint(lang).to_owned(),
            E::Lost => say::ipc::lost_hint(lang).to_owned(),
            E::TooLarge(_) => say::ipc::too_large_hint(lang).to_owned(),
            E::Garbled(_) | E::Refused { .. } => say::ipc::garbled_hint(lang).to_owned(),
            E::Io(_) => return None,
        })
    }

    /// The exit code of the command line: 7 where the store cannot be opened, 5 where the user may not, else 1.
    pub fn code(&self) -> u8 {
        match self {
            ClientError::Home(error) => error.code(),
            ClientError::StartFailed { .. } | ClientError::NotReady { .. } => 7,
            ClientError::Stranger { .. } | ClientError::Forbidden { .. } => 5,
            _ => 1,
        }
    }
}

impl From<FrameError> for ClientError {
    fn from(error: FrameError) -> ClientError {
        match error {
            FrameError::CutShort => ClientError::Lost,
            FrameError::TooLarge(bytes) => ClientError::TooLarge(bytes),
            FrameError::Broken(broken) => ClientError::Garbled(broken),
            FrameError::Io(error) if closed(&error) => ClientError::Lost,
            FrameError::Io(error) => ClientError::Io(error),
        }
    }
}

/// Whether an error of a stream says that the other side has closed it.
pub(super) fn closed(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A user that has no name anywhere.
    const NOBODY: u32 = 4_000_000_001;

    fn all() -> Vec<ClientError> {
        use ClientError as E;
        let dir = || PathBuf::from("/srv/gx");
        let server = || Clean::known("9.9.9");
        let denied = || io::Error::from_raw_os_error(13);
        vec![
            E::Home(HomeError::NoStore(dir())),
            E::Home(HomeError::NotMine { dir: dir(), owner: NOBODY }),
            E::Home(HomeError::OthersMayWrite(dir())),
            E::Home(HomeError::PathTooLong(dir())),
            E::Home(HomeError::Taken(dir())),
            E::Home(HomeError::Io(dir(), denied())),
            E::NotRunning { dir: dir() },
            E::TeamServerDown { dir: dir(), owner: NOBODY },
            E::StartFailed { dir: dir(), reason: Clean::default() },
            E::StartFailed { dir: dir(), reason: Clean::known("no space left") },
            E::Unresponsive { dir: dir() },
            E::Impostor { dir: dir(), owner: NOBODY, user: NOBODY + 1 },
            E::Forbidden { dir: dir(), owner: NOBODY },
            E::Stranger { user: NOBODY },
            E::OlderServer { server: server() },
            E::OlderTeamServer { server: server(), owner: NOBODY },
            E::NewerServer { server: server() },
            E::NotReady { percent: 37 },
            E::Full,
            E::Refused { server: server(), code: 12 },
            E::Leaving,
            E::Lost,
            E::TooLarge(20_000_000),
            E::Garbled(Broken::Undecodable),
            E::Io(denied()),
        ]
    }

    #[test]
    fn every_error_is_said_in_both_languages() {
        let mut said = Vec::new();
        for error in all() {
            said.push(error.code().to_string());
            for lang in [Lang::En, Lang::Zh] {
                said.push(format!("  {}", error.message(lang)));
                said.extend(error.hint(lang).map(|hint| format!("    {hint}")));
            }
        }
        insta::assert_snapshot!(said.join("\n").replace(env!("CARGO_PKG_VERSION"), "OWN"));
    }

    #[test]
    fn a_closed_stream_is_a_lost_connection() {
        let reset = FrameError::Io(io::ErrorKind::ConnectionReset.into());
        assert!(matches!(reset.into(), ClientError::Lost));
        assert!(matches!(FrameError::CutShort.into(), ClientError::Lost));
    }
}
