//! A command line as it is being typed: its words up to the cursor, read as shells read them.

/// The words of the command at the cursor.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Those before the one that is being typed, the program first.
    pub(super) words: Vec<String>,
    /// What is typed of the last one, without its quotes.
    pub(super) typed: String,
    /// The same as it stands there, but for the quote that opened it.
    pub(super) raw: String,
    /// The quote that the cursor stands in.
    pub(super) quote: Option<char>,
}

impl Line {
    /// Reads a line up to its end, which is where the cursor stands. What stands before `;`, `|` or `&` is another
    /// command.
    pub(super) fn read(text: &str) -> Line {
        let (mut line, mut begun) = (Line::default(), false);
        let mut signs = text.chars();
        while let Some(sign) = signs.next() {
            match (line.quote, sign) {
                (Some(quote), sign) if sign == quote => {
                    line.quote = None;
                    line.raw.push(sign);
                }
                (None, '\'' | '"') => {
                    line.quote = Some(sign);
                    // A quote in the middle of a word is a part of it as it stands there.
                    if !line.raw.is_empty() {
                        line.raw.push(sign);
                    }
                }
                (None | Some('"'), '\\') => {
                    line.raw.push(sign);
                    line.raw.extend(signs.next().inspect(|next| line.typed.push(*next)));
                }
                (None, ';' | '|' | '&') => {
                    (line, begun) = (Line::default(), false);
                    continue;
                }
                (None, sign) if sign.is_whitespace() => {
                    line.raw.clear();
                    if std::mem::take(&mut begun) {
                        line.words.push(std::mem::take(&mut line.typed));
                    }
                    continue;
                }
                (_, sign) => {
                    line.raw.push(sign);
                    line.typed.push(sign);
                }
            }
            begun = true;
        }
        line
    }

    /// A value as it stands in the line in place of what is typed, without the quote that opens it; none where that
    /// quote would end in it.
    pub(super) fn written(&self, value: &str) -> Option<String> {
        match self.quote {
            None => Some(value.chars().flat_map(escaped).collect()),
            Some('"') => Some(value.chars().flat_map(|sign| marked(sign, "\"\\$`")).collect()),
            Some(quote) => (!value.contains(quote)).then(|| value.to_owned()),
        }
    }
}

/// A character that a shell takes for itself.
fn escaped(sign: char) -> impl Iterator<Item = char> {
    marked(sign, " \t\"'\\$`&|;<>()*?[]{}!#~")
}

fn marked(sign: char, special: &str) -> impl Iterator<Item = char> {
    special.contains(sign).then_some('\\').into_iter().chain([sign])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_shells_read_them() {
        for (text, words, typed, raw, quote) in [
            ("gx li", "gx", "li", "li", None),
            ("gx list ", "gx/list", "", "", None),
            ("gx list 'tier:A st", "gx/list", "tier:A st", "tier:A st", Some('\'')),
            ("gx list \"name:\\\"a", "gx/list", "name:\"a", "name:\\\"a", Some('"')),
            ("gx list idle\\>3", "gx/list", "idle>3", "idle\\>3", None),
            ("gx list --view 'a b' ti", "gx/list/--view/a b", "ti", "ti", None),
            ("gx show c1; gx li", "gx", "li", "li", None),
            ("gx list '' ti", "gx/list/", "ti", "ti", None),
            ("  gx  ", "gx", "", "", None),
            ("gx list owner:'An", "gx/list", "owner:An", "owner:'An", Some('\'')),
            ("", "", "", "", None),
        ] {
            let line = Line::read(text);
            assert_eq!(line.words.join("/"), words, "{text}");
            assert_eq!((line.typed.as_str(), line.raw.as_str(), line.quote), (typed, raw, quote), "{text}");
        }
    }

    #[test]
    fn a_value_is_written_so_that_it_reads_as_itself() {
        for (before, value, written) in [
            ("gx list ", "idle>30d", Some("idle\\>30d")),
            ("gx list '", "owner:\"Anna Li\"", Some("owner:\"Anna Li\"")),
            ("gx list '", "name:O'Neill", None),
            ("gx list \"", "owner:\"Anna Li\"", Some("owner:\\\"Anna Li\\\"")),
        ] {
            let found = Line::read(before).written(value);
            assert_eq!(found.as_deref(), written, "{before}{value}");
            if let Some(written) = found {
                assert_eq!(Line::read(&format!("{before}{written}")).typed, value);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_and_any_value_comes_back(text in "gx .{0,20}", value in "[a-z \"'\\\\$<>()客]{0,12}") {
            Line::read(&text);
            if let Some(written) = Line::read("gx list ").written(&value) {
                proptest::prop_assert_eq!(Line::read(&format!("gx list {written}")).typed, value);
            }
        }
    }
}
