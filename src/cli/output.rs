//! The one way results leave: as a table for people, as JSON, CSV, TSV or a table in Markdown for machines.
//!
//! A verb hands over what to show twice, and only one of the two is made: cells for people, a JSON value for machines.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::page::{Cell, Column, Page, Tone};

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Table,
    Json,
    Jsonl,
    Csv,
    Tsv,
    Md,
}

impl Format {
    /// A line of cells for each value, below one with their names.
    pub(super) fn has_columns(self) -> bool {
        matches!(self, Format::Csv | Format::Tsv | Format::Md)
    }
}

/// Whether results are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// Where results go.
pub(super) struct Output {
    /// How they are written.
    pub(super) format: Format,
    /// Stands above what people read.
    pub(super) heading: Option<String>,
    /// Leaves cells as they are that a spreadsheet would run.
    pub(super) raw: bool,
    paint: bool,
    width: Option<usize>,
    sink: Box<dyn Write>,
    /// Whether a value stands before the next one.
    follows: bool,
    /// The columns of what has any, once they are written.
    columns: Option<Vec<String>>,
}

impl Output {
    /// Standard output. Colours and the width of the terminal count only where there is one.
    pub(super) fn stdout(format: Format, color: Color) -> Output {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let paint = match color {
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()),
            Color::Always => true,
            Color::Never => false,
        };
        let width =
            terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0));
        Output { paint, width, ..Output::to(Box::new(BufWriter::new(stdout)), format) }
    }

    /// Any place, without colours or a width.
    pub(super) fn to(sink: Box<dyn Write>, format: Format) -> Output {
        Output {
            format,
            heading: None,
            raw: false,
            paint: false,
            width: None,
            sink,
            follows: false,
            columns: None,
        }
    }

    /// True where people read.
    pub(super) fn is_table(&self) -> bool {
        self.format == Format::Table
    }

    /// A list: a row of `columns` for each item, or a value.
    pub(super) fn list<T>(
        &mut self,
        items: &[T],
        columns: &[Column],
        cells: impl Fn(&T) -> Vec<Cell>,
        value: impl Fn(&T) -> Value,
    ) -> io::Result<()> {
        if self.is_table() {
            let mut page = self.blank();
            page.table(columns, &items.iter().map(cells).collect::<Vec<_>>());
            return self.page(&page);
        }
        self.values(items.iter().map(value))
    }

    /// One thing: a page for people, or a value.
    pub(super) fn one(
        &mut self,
        draw: impl FnOnce(&mut Page),
        value: impl FnOnce() -> Value,
    ) -> io::Result<()> {
        match self.format {
            Format::Table => {
                let mut page = self.blank();
                draw(&mut page);
                self.page(&page)
            }
            Format::Json => {
                serde_json::to_writer_pretty(&mut self.sink, &value())?;
                self.sink.write_all(b"\n")?;
                self.sink.flush()
            }
            _ => self.values(std::iter::once(value())),
        }
    }

    /// Values, all at once.
    pub(super) fn values(&mut self, values: impl IntoIterator<Item = Value>) -> io::Result<()> {
        values.into_iter().try_for_each(|value| self.value(&value))?;
        self.end()
    }

    /// Names the columns, where there are any, before the first value does.
    pub(super) fn columns(&mut self, columns: Vec<String>) -> io::Result<()> {
        if self.format.has_columns() {
            self.record(columns.iter().map(Cow::from))?;
            if self.format == Format::Md {
                self.record(columns.iter().map(|_| Cow::from("---")))?;
            }
            self.columns = Some(columns);
        }
        Ok(())
    }

    /// One value of several; [`Output::end`] comes after the last.
    pub(super) fn value(&mut self, value: &Value) -> io::Result<()> {
        match self.format {
            format if format.has_columns() => return self.cells(value),
            Format::Json if self.follows => self.sink.write_all(b",\n")?,
            Format::Json => self.sink.write_all(b"[\n")?,
            _ => {}
        }
        self.follows = true;
        serde_json::to_writer(&mut self.sink, value)?;
        if self.format == Format::Json { Ok(()) } else { self.sink.write_all(b"\n") }
    }

    /// After the last value.
    pub(super) fn end(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.sink.write_all(if self.follows { b"\n]\n" } else { b"[]\n" })?;
        }
        self.sink.flush()
    }

    /// A text as it is.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Bytes as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sink.write_all(bytes)?;
        self.sink.flush()
    }

    /// An empty page, or one that begins with the heading.
    fn blank(&self) -> Page {
        let mut page = Page::new(self.paint, self.width);
        if let Some(heading) = &self.heading {
            page.line([Cell::new(heading).tone(Tone::Title)]);
        }
        page
    }

    fn page(&mut self, page: &Page) -> io::Result<()> {
        self.text(page.as_str())
    }

    fn cells(&mut self, value: &Value) -> io::Result<()> {
        let Value::Object(object) = value else { return Ok(()) };
        if self.columns.is_none() {
            self.columns(object.keys().cloned().collect())?;
        }
        // No spreadsheet runs what stands in Markdown.
        let (columns, raw) = (self.columns.take().unwrap_or_default(), self.raw || self.format == Format::Md);
        let done = self.record(columns.iter().map(|name| field(object, name, raw)));
        self.columns = Some(columns);
        done
    }

    fn record<'a>(&mut self, fields: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
        if self.format == Format::Md {
            let cells: Vec<_> = fields.map(|field| marked_down(&field)).collect();
            return writeln!(self.sink, "| {} |", cells.join(" | "));
        }
        let delimiter = if self.format == Format::Tsv { '\t' } else { ',' };
        let fields: Vec<_> = fields.map(|field| quoted(field, delimiter)).collect();
        writeln!(self.sink, "{}", fields.join(delimiter.encode_utf8(&mut [0; 4])))
    }
}

/// In quotes, where the text holds what would end the cell.
fn quoted(text: Cow<'_, str>, delimiter: char) -> Cow<'_, str> {
    if text.contains([delimiter, '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\"")).into();
    }
    text
}

/// On one line, and without what would end the cell or be more than text.
fn marked_down(text: &str) -> String {
    let (mut shown, mut before) = (String::with_capacity(text.len()), ' ');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let in_word = |next: &char| before.is_alphanumeric() && next.is_alphanumeric();
        // Inside a word, as in `last_contact`, it marks nothing.
        let is_plain = letter == '_' && letters.peek().is_some_and(in_word);
        if !is_plain && matches!(letter, '\\' | '|' | '<' | '[' | '`' | '*' | '_' | '~' | '&') {
            shown.push('\\');
        }
        shown.push(letter);
        before = letter;
    }
    shown.lines().collect::<Vec<_>>().join("<br>")
}

fn field<'a>(object: &'a Map<String, Value>, name: &str, raw: bool) -> Cow<'a, str> {
    match object.get(name) {
        Some(value @ (Value::String(_) | Value::Array(_))) if !raw => defused(plain(value)),
        Some(value) => plain(value),
        None => Cow::default(),
    }
}

/// What a spreadsheet would run is made a text. Numbers and amounts begin with a minus too, and stay what they are.
fn defused(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text }
}

/// A value in one cell: amounts as `1200.00 CNY`, lists with `; ` between.
fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::default(),
        Value::String(text) => text.into(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; ").into(),
        Value::Object(object) => match (object.get("amount"), object.get("currency")) {
            (Some(Value::String(amount)), Some(Value::String(currency))) => {
                format!("{amount} {currency}").into()
            }
            _ => value.to_string().into(),
        },
        _ => value.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cli::testing::Shared;

    fn written(format: Format, values: &[Value], raw: bool) -> String {
        let shared = Shared::default();
        let mut out = Output { raw, ..Output::to(Box::new(shared.clone()), format) };
        out.values(values.iter().cloned()).unwrap();
        shared.text()
    }

    #[test]
    fn json_is_an_array_and_jsonl_a_line_each() {
        let values = [json!({"id": "c1"}), json!({"id": "c2"})];
        assert_eq!(written(Format::Json, &values, false), "[\n{\"id\":\"c1\"},\n{\"id\":\"c2\"}\n]\n");
        assert_eq!(written(Format::Jsonl, &values, false), "{\"id\":\"c1\"}\n{\"id\":\"c2\"}\n");
        assert_eq!(written(Format::Json, &[], false), "[]\n");
        assert_eq!(written(Format::Csv, &[], false), "");
    }

    #[test]
    fn cells_hold_amounts_lists_and_line_breaks() {
        let value = json!({
            "id": "c1", "name": "A, B\nC", "spend": {"amount": "-3.50", "currency": "CNY"},
            "tags": ["vip", "east"], "region": null, "orders": -2, "pooled": false,
        });
        assert_eq!(
            written(Format::Csv, std::slice::from_ref(&value), false),
            "id,name,spend,tags,region,orders,pooled\nc1,\"A, B\nC\",-3.50 CNY,vip; east,,-2,false\n"
        );
        let first = written(Format::Tsv, std::slice::from_ref(&value), false);
        assert!(first.starts_with("id\tname\tspend\t"), "{first}");
        assert_eq!(
            written(Format::Md, &[value, json!({ "id": "=c|2" })], false),
            "| id | name | spend | tags | region | orders | pooled |\n| --- | --- | --- | --- | --- | --- | --- |\n\
             | c1 | A, B<br>C | -3.50 CNY | vip; east |  | -2 | false |\n| =c\\|2 |  |  |  |  |  |  |\n"
        );
    }

    #[test]
    fn markdown_shows_what_customers_wrote_and_does_not_follow_it() {
        let shown = |text: &str| written(Format::Md, &[json!({ "name": text })], false);
        let cell = |text: &str| shown(text).lines().nth(2).unwrap_or_default().to_owned();
        assert_eq!(cell(r"a\|b"), r"| a\\\|b |");
        assert_eq!(cell("<img src=x> [x](y)"), r"| \<img src=x> \[x](y) |");
        assert_eq!(cell("next_due _x_"), r"| next_due \_x\_ |");
        assert_eq!(cell("`a` *b* _c_ ~d~ &lt;"), r"| \`a\` \*b\* \_c\_ \~d\~ \&lt; |");
    }

    #[test]
    fn formulas_are_defused_unless_raw() {
        for text in ["=1+1", "+86 138", "-x", "@cmd", "\tx"] {
            let value = [json!({ "name": text })];
            assert!(written(Format::Csv, &value, false).contains(&format!("'{text}")), "{text}");
            assert!(!written(Format::Csv, &value, true).contains('\''), "{text}");
            let tagged = [json!({ "tags": [text, "vip"] })];
            assert!(written(Format::Csv, &tagged, false).contains(&format!("'{text}; vip")), "{text}");
            assert!(!written(Format::Csv, &tagged, true).contains('\''), "{text}");
        }
    }
}
