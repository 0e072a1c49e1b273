//! A file of rows: from bytes in whatever encoding to cells.
//!
//! The encoding is told by its mark (BOM), else it is UTF-8 where all of it reads as that, else GB18030 likewise, else
//! what the first bytes look like. Where even that does not read, the person is asked: nothing is taken in garbled.

use std::io;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::ReaderBuilder;
use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};

use crate::text::Lang;
use crate::text::say::import as say;

/// Bytes from the start that the guess looks at.
const LOOKED_AT: usize = 64 << 10;

/// The first bytes of a workbook (a zip archive).
const WORKBOOK: &[u8] = b"PK\x03\x04";

/// A file, read.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The names of its columns.
    pub(super) header: Vec<String>,
    /// Its rows, without those that are all blank.
    pub(super) rows: Vec<Line>,
    /// What stands between its cells.
    pub(super) delimiter: u8,
    /// How it is encoded, where that was neither said nor UTF-8.
    pub(super) guessed: Option<&'static str>,
}

/// A row of it.
#[derive(Debug)]
pub(super) struct Line {
    /// The line it begins on, from 1.
    pub(super) number: u64,
    /// Its cells.
    pub(super) cells: Vec<String>,
}

/// Why a file was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BadFile {
    /// No such encoding.
    NoEncoding(String),
    /// The line does not read in the encoding that was said or marked.
    Broken(&'static str, u64),
    /// No encoding reads.
    Unknown,
    /// A zero byte on the line: no text.
    Nul(u64),
    /// A workbook.
    Workbook,
    /// Nothing in it.
    Empty,
    /// Not one character between cells.
    BadDelimiter(String),
}

impl BadFile {
    /// What is wrong.
    pub(super) fn say(&self, lang: Lang) -> String {
        match self {
            BadFile::NoEncoding(name) => say::no_encoding(lang, name),
            BadFile::Broken(encoding, line) => say::broken(lang, line, encoding),
            BadFile::Unknown => say::unknown_encoding(lang).to_owned(),
            BadFile::Nul(line) => say::nul(lang, line),
            BadFile::Workbook => say::workbook(lang).to_owned(),
            BadFile::Empty => say::empty(lang).to_owned(),
            BadFile::BadDelimiter(text) => say::bad_delimiter(lang, text),
        }
    }

    /// What to do about it.
    pub(super) fn hint(&self, lang: Lang) -> Option<&'static str> {
        match self {
            BadFile::NoEncoding(_) | BadFile::Unknown => Some(say::encoding_hint(lang)),
            BadFile::Broken(..) | BadFile::Nul(_) => Some(say::broken_hint(lang)),
            BadFile::Workbook => Some(say::workbook_hint(lang)),
            BadFile::Empty => None,
            BadFile::BadDelimiter(_) => Some(say::delimiter_hint(lang)),
        }
    }
}

/// Reads a file; the encoding and the delimiter are found out where they are not named.
pub(super) fn read(bytes: &[u8], encoding: Option<&str>, delimiter: Option<&str>) -> Result<Sheet, BadFile> {
    if bytes.starts_with(WORKBOOK) {
        return Err(BadFile::Workbook);
    }
    let (text, guessed) = decoded(bytes, encoding)?;
    if let Some(at) = text.find('\0') {
        return Err(BadFile::Nul(line_of(&text[..at])));
    }
    let delimiter = match delimiter {
        Some(named) => delimiter_named(named)?,
        None => delimiter_of(&text),
    };
    // A file that is in memory and flexible in its columns has no way to fail.
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let lines = reader.records().filter_map(Result::ok).map(|record| Line {
        number: record.position().map_or(0, |position| begins(&text, position)),
        cells: record.iter().map(str::to_owned).collect(),
    });
    let mut lines = lines.filter(|line| line.cells.iter().any(|cell| !cell.trim().is_empty()));
    let header = lines.next().ok_or(BadFile::Empty)?;
    let header = header.cells.iter().map(|name| name.trim().to_owned()).collect();
    Ok(Sheet { header, rows: lines.collect(), delimiter, guessed })
}

/// All of a file, or of stdin for `-`.
pub(super) fn bytes(path: &std::path::Path) -> io::Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::stdin(), &mut bytes)?;
    Ok(bytes)
}

/// The text, and the name of its encoding where that was a guess.
fn decoded(bytes: &[u8], named: Option<&str>) -> Result<(String, Option<&'static str>), BadFile> {
    let named = named
        .map(|name| Encoding::for_label(name.as_bytes()).ok_or_else(|| BadFile::NoEncoding(name.to_owned())))
        .transpose()?;
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        return Ok((strict(&bytes[length..], marked)?, None));
    }
    if let Some(named) = named {
        return Ok((strict(bytes, named)?, None));
    }
    if let Ok(text) = strict(bytes, UTF_8) {
        return Ok((text, None));
    }
    let looks = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&bytes[..bytes.len().min(LOOKED_AT)], bytes.len() <= LOOKED_AT);
        detector.guess(Some(b"cn"), Utf8Detection::Deny)
    };
    let text = strict(bytes, GB18030).map(|text| (text, Some(GB18030.name())));
    text.or_else(|_| {
        let guess = looks();
        strict(bytes, guess).map(|text| (text, Some(guess.name())))
    })
    .map_err(|_| BadFile::Unknown)
}

/// The text, if all of it reads in the encoding; else the first line that does not.
fn strict(bytes: &[u8], encoding: &'static Encoding) -> Result<String, BadFile> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        _ => Err(BadFile::Broken(encoding.name(), line_of(&text))),
    }
}

/// The line on which a row begins: its position is that before the empty lines above it.
fn begins(text: &str, position: &csv::Position) -> u64 {
    let from = text.as_bytes().iter().skip(position.byte() as usize);
    let empty = from.take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    position.line() + empty.count() as u64
}

/// The line that follows this text.
fn line_of(before: &str) -> u64 {
    1 + before.bytes().filter(|byte| *byte == b'\n').count() as u64
}

fn delimiter_named(name: &str) -> Result<u8, BadFile> {
    match (name, name.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [byte]) if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Ok(*byte),
        _ => Err(BadFile::BadDelimiter(name.to_owned())),
    }
}

/// What stands most often between the names of the columns.
fn delimiter_of(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(known, _)| *known == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes, None, None).unwrap().rows.into_iter().map(|line| line.cells).collect()
    }

    #[test]
    fn delimiters_are_found_out_or_named() {
        assert_eq!(cells(b"a,b\n1,\"x, y\"\n"), [["1", "x, y"]]);
        assert_eq!(cells(b"a;b\r\n1;2,5\r\n"), [["1", "2,5"]]);
        assert_eq!(cells(b"a\tb\n1\t2\n"), [["1", "2"]]);
        assert_eq!(cells(b"\"a,b,c\";d\n1;2\n"), [["1", "2"]]);
        assert_eq!(read(b"a|b\n1|2\n", None, Some("|")).unwrap().header, ["a", "b"]);
        assert_eq!(read(b"a\tb\n", None, Some("tab")).unwrap().delimiter, b'\t');
        assert_eq!(read(b"a\n", None, Some("||")).unwrap_err(), BadFile::BadDelimiter("||".into()));
    }

    #[test]
    fn encodings_are_told_by_mark_or_by_reading_whole() {
        let (gb, _, _) = GB18030.encode("名称,地区\n重庆长安,华东\n");
        let utf16: Vec<u8> = b"\xff\xfe"
            .iter()
            .copied()
            .chain("名,b\n重,2\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (bytes, guessed) in [
            ("名称,地区\n重庆长安,华东\n".as_bytes().to_vec(), None),
            ([b"\xef\xbb\xbf".as_slice(), "名称,地区\n重庆长安,华东\n".as_bytes()].concat(), None),
            (gb.to_vec(), Some("gb18030")),
        ] {
            let sheet = read(&bytes, None, None).unwrap();
            assert_eq!((sheet.header[0].as_str(), sheet.guessed), ("名称", guessed));
            assert_eq!(sheet.rows[0].cells, ["重庆长安", "华东"]);
        }
        assert_eq!(read(&utf16, None, None).unwrap().header, ["名", "b"]);
        assert_eq!(read(&gb, Some("gbk"), None).unwrap().guessed, None);
    }

    #[test]
    fn what_does_not_read_names_the_line() {
        assert_eq!(
            read(b"a,b\n1,2\n\xff\xfe\xff,3\n", Some("utf-8"), None).unwrap_err(),
            BadFile::Broken("UTF-8", 3)
        );
        assert_eq!(read(b"a,b\n1,\0\n", None, None).unwrap_err(), BadFile::Nul(2));
        assert_eq!(read(b"a", Some("klingon"), None).unwrap_err(), BadFile::NoEncoding("klingon".into()));
        assert_eq!(read(b"PK\x03\x04...", None, None).unwrap_err(), BadFile::Workbook);
        for empty in [&b""[..], b"\n\n", b" , \n"] {
            assert_eq!(read(empty, None, None).unwrap_err(), BadFile::Empty);
        }
    }

    #[test]
    fn rows_know_their_line_and_blank_ones_are_left_out() {
        let sheet = read(b"a,b\n\n1,\"x\ny\"\n,,\n2,3\n", None, None).unwrap();
        let numbers: Vec<u64> = sheet.rows.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [3, 6]);
    }

    #[test]
    fn every_fault_is_said_in_both_languages() {
        let faults = [
            BadFile::NoEncoding("x".into()),
            BadFile::Broken("UTF-8", 3),
            BadFile::Unknown,
            BadFile::Nul(2),
            BadFile::Workbook,
            BadFile::Empty,
            BadFile::BadDelimiter("x".into()),
        ];
        for fault in faults {
            assert!(fault.say(Lang::En).is_ascii() && !fault.say(Lang::Zh).is_ascii());
            assert!(fault.hint(Lang::En).is_none_or(str::is_ascii));
        }
    }
}
