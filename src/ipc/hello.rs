//! The first 64 bytes of each side: a fixed layout, understood by every version for ever.
//!
//! ```text
//! 0          8          12        16               48       52      64
//! | GXHELLO1 | protocol | flags   | version, ASCII | zeros ...       |   from the client
//! | GXHELLO1 | protocol | verdict | version, ASCII | detail | zeros  |   from the server
//! ```
//!
//! Numbers are u32, little-endian; texts are padded with zeros. Zeros, flags and verdicts that a side does not know
//! are ignored, so that they can be given a meaning later.

use std::io::{self, Read};

use crate::text::{Clean, Lang};

/// What this program speaks after the hello. Raised with every change to what travels in frames.
pub const PROTOCOL: u32 = 11;

/// The length of a hello, in bytes.
pub const SIZE: usize = 64;

const MAGIC: &[u8; 8] = b"GXHELLO1";
const VERSION: usize = 32;

const RETIRE: u32 = 1;
const SUBSCRIBE: u32 = 1 << 1;
const CHINESE: u32 = 1 << 8;

/// What a client says first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// The client's [`PROTOCOL`].
    pub protocol: u32,
    /// The client's program version; at most 32 printable ASCII characters travel.
    pub version: Clean,
    /// The language that messages should be in.
    pub lang: Lang,
    /// "If you speak an older protocol and nobody else is here, make room for a server of my version."
    pub retire: bool,
    /// "Tell me what changes."
    pub subscribe: bool,
}

/// What a server says first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The server's [`PROTOCOL`].
    pub protocol: u32,
    /// The server's program version; at most 32 printable ASCII characters travel.
    pub version: Clean,
    /// Whether it will speak with this client.
    pub verdict: Verdict,
}

/// Whether a server speaks with a client. Anything but [`Verdict::Welcome`] is followed by the end of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Frames may follow.
    Welcome,
    /// The server's protocol is older than the client's.
    OlderServer,
    /// The server's protocol is newer than the client's.
    NewerServer,
    /// The server is older and leaves now: start a new one.
    Retiring,
    /// The store is being rebuilt, so many hundredths of it are done.
    NotReady {
        /// 0 to 100.
        percent: u32,
    },
    /// This user has too many connections.
    Full,
    /// This user is no member of the team.
    Stranger,
    /// A later version's verdict.
    Other(u32),
}

impl Hello {
    /// The hello of this program.
    pub fn new(lang: Lang) -> Hello {
        Hello { protocol: PROTOCOL, version: own_version(), lang, retire: false, subscribe: false }
    }

    /// The bytes that travel.
    pub fn to_bytes(&self) -> [u8; SIZE] {
        let flag = |set: bool, bit: u32| if set { bit } else { 0 };
        let flags = flag(self.retire, RETIRE)
            | flag(self.subscribe, SUBSCRIBE)
            | flag(self.lang == Lang::Zh, CHINESE);
        layout(self.protocol, flags, &self.version, 0)
    }

    /// Reads a hello; bytes of anything else are `InvalidData`.
    pub fn read(from: &mut impl Read) -> io::Result<Hello> {
        let fields = Fields::read(from)?;
        let has = |bit: u32| fields.word & bit != 0;
        Ok(Hello {
            protocol: fields.protocol,
            version: fields.version,
            lang: if has(CHINESE) { Lang::Zh } else { Lang::En },
            retire: has(RETIRE),
            subscribe: has(SUBSCRIBE),
        })
    }
}

impl Reply {
    /// This program's reply.
    pub fn new(verdict: Verdict) -> Reply {
        Reply { protocol: PROTOCOL, version: own_version(), verdict }
    }

    /// The bytes that travel.
    pub fn to_bytes(&self) -> [u8; SIZE] {
        let (verdict, detail) = self.verdict.code();
        layout(self.protocol, verdict, &self.version, detail)
    }

    /// Reads a reply; bytes of anything else are `InvalidData`.
    pub fn read(from: &mut impl Read) -> io::Result<Reply> {
        let fields = Fields::read(from)?;
        let verdict = Verdict::from_code(fields.word, fields.detail);
        Ok(Reply { protocol: fields.protocol, version: fields.version, verdict })
    }
}

impl Verdict {
    fn code(self) -> (u32, u32) {
        match self {
            Verdict::Welcome => (0, 0),
            Verdict::OlderServer => (1, 0),
            Verdict::NewerServer => (2, 0),
            Verdict::Retiring => (3, 0),
            Verdict::NotReady { percent } => (4, percent),
            Verdict::Full => (5, 0),
            Verdict::Stranger => (6, 0),
            Verdict::Other(code) => (code, 0),
        }
    }

    fn from_code(code: u32, detail: u32) -> Verdict {
        match code {
            0 => Verdict::Welcome,
            1 => Verdict::OlderServer,
            2 => Verdict::NewerServer,
            3 => Verdict::Retiring,
            4 => Verdict::NotReady { percent: detail.min(100) },
            5 => Verdict::Full,
            6 => Verdict::Stranger,
            other => Verdict::Other(other),
        }
    }
}

/// The version of this program, as a text to show.
pub fn own_version() -> Clean {
    Clean::known(env!("CARGO_PKG_VERSION"))
}

fn layout(protocol: u32, word: u32, version: &Clean, detail: u32) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8..12].copy_from_slice(&protocol.to_le_bytes());
    bytes[12..16].copy_from_slice(&word.to_le_bytes());
    for (to, from) in bytes[16..16 + VERSION].iter_mut().zip(version.as_str().bytes()) {
        *to = from;
    }
    bytes[48..52].copy_from_slice(&detail.to_le_bytes());
    bytes
}

/// What both layouts have in common.
struct Fields {
    protocol: u32,
    word: u32,
    version: Clean,
    detail: u32,
}

impl Fields {
    fn read(from: &mut impl Read) -> io::Result<Fields> {
        let mut magic = [0; 8];
        from.read_exact(&mut magic)?;
        if magic != *MAGIC {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no hello of gx"));
        }
        let protocol = read_word(from)?;
        let word = read_word(from)?;
        let mut version = [0; VERSION];
        from.read_exact(&mut version)?;
        let detail = read_word(from)?;
        from.read_exact(&mut [0; 12])?;
        Ok(Fields { protocol, word, version: printable(&version), detail })
    }
}

fn read_word(from: &mut impl Read) -> io::Result<u32> {
    let mut word = [0; 4];
    from.read_exact(&mut word)?;
    Ok(u32::from_le_bytes(word))
}

/// The other side's version is shown to people: only printable ASCII of it is believed.
fn printable(padded: &[u8]) -> Clean {
    let text: String =
        padded.iter().take_while(|byte| byte.is_ascii_graphic()).map(|&byte| char::from(byte)).collect();
    Clean::washed(&text).0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version(text: &str) -> Clean {
        Clean::new(text).unwrap()
    }

    #[test]
    fn the_layout_stays_as_it_is() {
        let hello =
            Hello { protocol: 1, version: version("0.1.0"), lang: Lang::Zh, retire: true, subscribe: true };
        let mut expected = *b"GXHELLO1\x01\0\0\0\x03\x01\0\x000.1.0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
            \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(hello.to_bytes(), expected);
        let reply =
            Reply { protocol: 1, version: version("0.1.0"), verdict: Verdict::NotReady { percent: 37 } };
        expected[12..14].copy_from_slice(&[4, 0]);
        expected[48] = 37;
        assert_eq!(reply.to_bytes(), expected);
    }

    #[test]
    fn verdicts_keep_their_numbers() {
        let known = [
            Verdict::Welcome,
            Verdict::OlderServer,
            Verdict::NewerServer,
            Verdict::Retiring,
            Verdict::NotReady { percent: 9 },
            Verdict::Full,
            Verdict::Stranger,
            Verdict::Other(7),
        ];
        for (code, verdict) in known.into_iter().enumerate() {
            assert_eq!(verdict.code().0, code as u32);
            let reply = Reply::new(verdict);
            assert_eq!(Reply::read(&mut &reply.to_bytes()[..]).unwrap(), reply);
        }
    }

    #[test]
    fn what_later_versions_add_is_ignored() {
        let mut bytes = Hello::new(Lang::En).to_bytes();
        bytes[14] = 0xff;
        bytes[52..].fill(0xff);
        assert_eq!(Hello::read(&mut &bytes[..]).unwrap(), Hello::new(Lang::En));
    }

    #[test]
    fn a_hostile_version_cannot_reach_a_screen() {
        let mut bytes = Hello::new(Lang::En).to_bytes();
        bytes[16..48].copy_from_slice(b"1.0\x1b[2J is not what you think it");
        assert_eq!(Hello::read(&mut &bytes[..]).unwrap().version, version("1.0"));
    }

    #[test]
    fn anything_else_is_no_hello() {
        let bytes = b"GET / HTTP/1.1\r\n".repeat(4);
        assert_eq!(Hello::read(&mut &bytes[..]).unwrap_err().kind(), io::ErrorKind::InvalidData);
        let short = &Hello::new(Lang::En).to_bytes()[..63];
        assert_eq!(Hello::read(&mut &*short).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    proptest! {
        #[test]
        fn hellos_come_back(
            protocol: u32, text in "[!-~]{0,32}", zh: bool, retire: bool, subscribe: bool
        ) {
            let lang = if zh { Lang::Zh } else { Lang::En };
            let hello = Hello { protocol, version: version(&text), lang, retire, subscribe };
            prop_assert_eq!(Hello::read(&mut &hello.to_bytes()[..]).unwrap(), hello);
        }
    }
}
