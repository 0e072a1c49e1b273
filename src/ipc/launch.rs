//! Starting a server, and the one word by which it says that it listens.
//!
//! A private store's server is `gx serve --auto`, started by the first client that finds none. Its stdout is a pipe to
//! that client until it has told how the start went; then the client goes on, and the server belongs to nobody.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::path::Path;
use std::process::{Command, Stdio};

use super::home::LOG;
use crate::text::{Clean, Lang};

/// Bytes of a reason that are read.
const REASON_LIMIT: u64 = 4096;

/// How a server's start went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ready {
    /// It listens.
    Listening,
    /// Another server holds the folder; it listens soon, or has just stopped to.
    Taken,
    /// It ended, for this reason; empty where it said none.
    Failed(Clean),
}

impl Ready {
    /// Told by a server that was started by a client: writes the word to stdout and points stdout to nowhere.
    pub fn tell(&self) -> io::Result<()> {
        // The client may have gone; the server stays for the next one.
        let _ = io::stdout().write_all(&self.to_bytes()).and_then(|()| io::stdout().flush());
        nix::unistd::dup2_stdout(File::options().write(true).open("/dev/null")?)?;
        Ok(())
    }

    fn to_bytes(&self) -> Vec<u8> {
        match self {
            Ready::Listening => b"L".to_vec(),
            Ready::Taken => b"T".to_vec(),
            Ready::Failed(reason) => [b"F", reason.as_str().as_bytes()].concat(),
        }
    }

    fn read(from: &mut impl Read) -> io::Result<Ready> {
        let mut word = [0];
        match from.read_exact(&mut word) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Ok(Ready::Failed(Clean::default()));
            }
            other => other?,
        }
        match &word {
            b"L" => return Ok(Ready::Listening),
            b"T" => return Ok(Ready::Taken),
            _ => {}
        }
        let mut reason = Vec::new();
        from.take(REASON_LIMIT).read_to_end(&mut reason)?;
        Ok(Ready::Failed(Clean::washed(String::from_utf8_lossy(&reason).trim()).0))
    }
}

/// Starts `gx serve --auto` for a private store and waits until it has said how that went.
pub fn private_server(dir: &Path, lang: Lang) -> io::Result<Ready> {
    let dir = std::path::absolute(dir)?;
    let log = File::options().create(true).append(true).mode(0o600).open(dir.join(LOG))?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["serve", "--auto", "--lang", lang.pick("en", "zh"), "--store"]).arg(&dir);
    start(command.current_dir("/").stderr(log))
}

/// Starts a server that tells on its stdout how that went.
fn start(command: &mut Command) -> io::Result<Ready> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut told = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let ready = Ready::read(&mut told)?;
    if ready != Ready::Listening {
        child.wait()?;
    }
    Ok(ready)
}

/// Leaves the session of the client that started this server, so that closing the terminal does not end it.
pub fn detach() -> io::Result<()> {
    nix::unistd::setsid()?;
    Ok(())
}

/// Tells systemd how a service does (`READY=1`, `STOPPING=1`); `socket` is what stands in `NOTIFY_SOCKET`.
pub fn notify_systemd(socket: &OsStr, state: &str) -> io::Result<()> {
    let address = match socket.as_bytes() {
        [b'@', name @ ..] => SocketAddr::from_abstract_name(name)?,
        path => SocketAddr::from_pathname(OsStr::from_bytes(path))?,
    };
    UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Ready {
        start(Command::new("/bin/sh").args(["-c", script]).stderr(Stdio::null())).unwrap()
    }

    #[test]
    fn a_started_server_says_how_it_went() {
        assert_eq!(shell("printf L"), Ready::Listening);
        assert_eq!(shell("printf T"), Ready::Taken);
        assert_eq!(shell("printf 'Fno room\\n'"), Ready::Failed(Clean::known("no room")));
        assert_eq!(shell("exit 3"), Ready::Failed(Clean::default()));
        assert!(start(&mut Command::new("/nonexistent/gx")).is_err());
    }

    #[test]
    fn words_come_back_and_reasons_are_clean() {
        for ready in [Ready::Listening, Ready::Taken, Ready::Failed(Clean::known("磁盘已满"))] {
            assert_eq!(Ready::read(&mut ready.to_bytes().as_slice()).unwrap(), ready);
        }
        let hostile = Ready::read(&mut &b"F\x1b[2Jgone"[..]).unwrap();
        assert_eq!(hostile, Ready::Failed(Clean::known("[2Jgone")));
    }

    #[test]
    fn systemd_hears_what_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("notify");
        let systemd = UnixDatagram::bind(&socket).unwrap();
        notify_systemd(socket.as_os_str(), "READY=1").unwrap();
        let mut heard = [0; 16];
        let length = systemd.recv(&mut heard).unwrap();
        assert_eq!(&heard[..length], b"READY=1");
        assert!(notify_systemd(OsStr::new("@guanxi-nobody-listens"), "READY=1").is_err());
    }
}
