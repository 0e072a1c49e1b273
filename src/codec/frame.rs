//! Messages on a stream: a u32 little-endian length, then so many bytes of bincode.

use std::io::{self, ErrorKind, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Broken, from_bytes};

/// The most bytes that one frame may carry: 16 MiB.
pub const LIMIT: usize = 16 << 20;

/// Bytes reserved before any of them has come: a claim alone costs the reader no more.
const RESERVED: usize = 64 << 10;

/// Why a frame could not be read or written. After any of these the stream is of no further use.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The stream failed, or a timeout set on it passed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The stream ended inside a frame.
    #[error("the stream ended inside a frame")]
    CutShort,
    /// More than [`LIMIT`] bytes.
    #[error("a frame of {0} bytes is larger than {LIMIT}")]
    TooLarge(usize),
    /// A whole frame that does not decode.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// The bytes of a whole frame, for whoever sends several things in one write.
pub fn frame<T: Serialize>(value: &T) -> Result<Vec<u8>, FrameError> {
    let mut bytes = vec![0; 4];
    bincode::serde::encode_into_std_write(value, &mut bytes, super::CONFIG)
        .expect("our types can always be written");
    let length = bytes.len() - 4;
    if length > LIMIT {
        return Err(FrameError::TooLarge(length));
    }
    bytes[..4].copy_from_slice(&(length as u32).to_le_bytes());
    Ok(bytes)
}

/// Writes one frame in one call. A frame that is too large writes nothing.
pub fn write_frame<T: Serialize>(to: &mut impl Write, value: &T) -> Result<(), FrameError> {
    Ok(to.write_all(&frame(value)?)?)
}

/// Reads one frame; `None` where the stream ends before its first byte.
pub fn read_frame<T: DeserializeOwned>(from: &mut impl Read) -> Result<Option<T>, FrameError> {
    let mut first = [0];
    if read_some(from, &mut first)? == 0 {
        return Ok(None);
    }
    let mut rest = [0; 3];
    from.read_exact(&mut rest).map_err(cut_short)?;
    let length = u32::from_le_bytes([first[0], rest[0], rest[1], rest[2]]) as usize;
    if length > LIMIT {
        return Err(FrameError::TooLarge(length));
    }
    let mut body = Vec::with_capacity(length.min(RESERVED));
    if from.take(length as u64).read_to_end(&mut body)? < length {
        return Err(FrameError::CutShort);
    }
    Ok(Some(from_bytes(&body)?))
}

fn read_some(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(into) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}

fn cut_short(error: io::Error) -> FrameError {
    if error.kind() == ErrorKind::UnexpectedEof { FrameError::CutShort } else { FrameError::Io(error) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counts the calls and gives one byte at a time, as a slow line does.
    struct Line {
        bytes: Vec<u8>,
        writes: usize,
        at: usize,
    }

    impl Write for Line {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.writes += 1;
            self.bytes.extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Read for Line {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some(byte) = self.bytes.get(self.at) else { return Ok(0) };
            into[0] = *byte;
            self.at += 1;
            Ok(1)
        }
    }

    fn line(bytes: &[u8]) -> Line {
        Line { bytes: bytes.to_vec(), writes: 0, at: 0 }
    }

    #[test]
    fn a_frame_is_its_length_and_its_bytes_in_one_write() {
        let mut line = line(&[]);
        write_frame(&mut line, &("gx", 1_u8)).unwrap();
        assert_eq!((line.bytes.as_slice(), line.writes), (&b"\x04\0\0\0\x02gx\x01"[..], 1));
    }

    #[test]
    fn an_end_before_a_frame_is_none_and_inside_is_an_error() {
        let whole = frame(&"guanxi").unwrap();
        assert!(read_frame::<String>(&mut line(&[])).unwrap().is_none());
        for cut in 1..whole.len() {
            let outcome = read_frame::<String>(&mut line(&whole[..cut]));
            assert!(matches!(outcome, Err(FrameError::CutShort)), "cut at {cut}: {outcome:?}");
        }
    }

    #[test]
    fn a_large_claim_is_refused_by_both_sides() {
        let claim = (LIMIT as u32 + 1).to_le_bytes();
        assert!(matches!(read_frame::<String>(&mut line(&claim)), Err(FrameError::TooLarge(_))));
        let mut out = line(&[]);
        let large = "x".repeat(LIMIT);
        assert!(matches!(write_frame(&mut out, &large), Err(FrameError::TooLarge(_))));
        assert_eq!(out.writes, 0);
    }

    #[test]
    fn a_frame_of_something_else_is_broken() {
        let bytes = frame(&(1_u8, 2_u8)).unwrap();
        assert!(matches!(read_frame::<u8>(&mut line(&bytes)), Err(FrameError::Broken(Broken::Undecodable))));
    }

    proptest! {
        #[test]
        fn frames_come_back_one_by_one(texts: Vec<String>) {
            let mut line = line(&[]);
            for text in &texts {
                write_frame(&mut line, text).unwrap();
            }
            for text in texts {
                prop_assert_eq!(read_frame::<String>(&mut line).unwrap(), Some(text));
            }
            prop_assert!(read_frame::<String>(&mut line).unwrap().is_none());
        }
    }
}
