//! `gx help`: the same as `--help` behind a command.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::import::KINDS;
use super::tree::{Verb, tree};
use crate::filter::{Measure, Schema};
use crate::text::say::cli as say;
use crate::text::{Lang, reference};

#[derive(Args, Debug)]
pub(super) struct Help {
    /// The command: task add; or filter (the filter language), fields (what import and --set take),
    /// policy-file (every key of a policy)
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

impl Verb for Help {
    fn run(self, gx: &mut Gx) -> Done {
        match self.command.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["filter"] => return Ok(gx.out.text(&filter_page(gx.lang))?),
            ["fields"] => return Ok(gx.out.text(&fields_page(gx.lang))?),
            ["policy-file"] => return Ok(gx.out.text(reference::policy_file(gx.lang))?),
            _ => {}
        }
        let mut root = tree(gx.lang, None);
        root.build();
        let mut command = &mut root;
        for word in &self.command {
            command = command.find_subcommand_mut(word).ok_or_else(|| {
                Failure::usage(say::unknown_verb(gx.lang, word)).hint(say::usage(gx.lang, "gx --help"))
            })?;
        }
        let help = command.render_help().to_string();
        Ok(gx.out.text(&help)?)
    }
}

/// The filter language: how it is written, the fields of each kind of record, the figures of customers.
fn filter_page(lang: Lang) -> String {
    let mut page = say::filter_language(lang).to_owned();
    for schema in Schema::ALL {
        let rows = schema.rows().iter().map(|row| (row.name.to_owned(), row.hint(lang)));
        section(&mut page, &format!("{schema:?}").to_lowercase(), rows);
    }
    let figures = Measure::ALL.iter().map(|measure| {
        let (name, argument) = measure.spelled();
        (format!("{name}({})", argument.unwrap_or("365d")), measure.hint(lang))
    });
    section(&mut page, say::figures_title(lang), figures);
    page
}

/// The fields of each kind of record that import, `--set` and export name; those that follow from rules are left out.
fn fields_page(lang: Lang) -> String {
    let mut page = say::fields_page(lang).to_owned();
    for (name, kind) in KINDS {
        let fields = kind.fields().iter().filter(|info| !info.derived);
        let names: Vec<&str> = fields.map(|info| info.name).collect();
        section(&mut page, name, [(names.join(" "), "")].into_iter());
    }
    page
}

fn section<'t>(page: &mut String, title: &str, rows: impl Iterator<Item = (String, &'t str)>) {
    page.push('\n');
    page.push_str(title);
    page.push('\n');
    for (name, hint) in rows {
        page.push_str(format!("  {name:<16} {hint}").trim_end());
        page.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::testing::run;

    #[test]
    fn the_page_of_the_policy_file_is_a_topic() {
        for (lang, title) in [("en", "# The policy file"), ("zh", "# 策略文件")] {
            let ran = run(&["help", "policy-file", "--lang", lang], |_| None);
            assert!(ran.done.is_ok() && ran.out.starts_with(title), "{}", ran.out);
        }
    }

    #[test]
    fn the_pages_name_every_field_and_figure() {
        for lang in [Lang::En, Lang::Zh] {
            let page = filter_page(lang);
            for row in Schema::ALL.iter().flat_map(|schema| schema.rows()) {
                assert!(page.contains(&format!("\n  {} ", row.name)), "{}", row.name);
            }
            assert!(page.contains("spend(365d)") && page.contains("open(tasks)"));
            assert!(fields_page(lang).contains("phones") && !fields_page(lang).contains("tier_since"));
        }
    }
}
