//! The shape of what is said, and the table of each language.

use super::talk_en::EN;
use super::talk_zh::ZH;
use crate::text::Lang;

/// How an interaction went (channel, direction, outcome; `-` for none), our words, theirs.
///
/// `{who}` is the person there, `{mate}` a colleague of ours, `{product}`, `{qty}` and `{amount}` are the sale's,
/// `{date}` lies some days ahead and `{month}` is the month after it.
pub(in crate::demo) type Talk = (&'static str, &'static str, &'static str);

/// What is said in one language.
pub(in crate::demo) struct Talks {
    /// Around a sale.
    pub(in crate::demo) order: &'static [Talk],
    /// They ask for something new.
    pub(in crate::demo) ask: &'static [Talk],
    /// Real contacts of all sorts, with anybody.
    pub(in crate::demo) talk: &'static [Talk],
    /// Real contacts with those who bought something.
    pub(in crate::demo) serve: &'static [Talk],
    /// Attempts, mail without an answer, notes to ourselves: nobody was reached.
    pub(in crate::demo) missed: &'static [Talk],
}

/// What is said in a language.
pub(in crate::demo) fn talks(lang: Lang) -> &'static Talks {
    lang.pick(&EN, &ZH)
}
