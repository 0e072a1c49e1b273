//! `gx policy`: the team's way of working, as text: tried, adopted, compared.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use super::failure::{Done, FAILED, Failure, USAGE, shown};
use super::fields::Dry;
use super::flags::AsOf;
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::preview;
use super::shape::Shaper;
use super::tree::Verb;
use crate::config;
use crate::config::policy::{BadFile, Why};
use crate::model::query::{PolicyAnswer, PolicyFault, PolicyQuery, PolicyText, PolicyVersion, Preview};
use crate::model::{Answer, Became, Command, Query};
use crate::text::say::policy as say;
use crate::text::{Clean, lines};

/// So many customers, steps and returns of a preview are shown where nothing else is said.
const LIMIT: u32 = 20;

#[derive(Args, Debug)]
#[command(after_help = AFTER)]
pub(super) struct Policy {
    #[command(subcommand)]
    verb: PolicyVerb,
}

#[derive(Subcommand, Debug)]
enum PolicyVerb {
    /// Show the policy in force, or an earlier one
    Show {
        /// Which of those that were adopted
        #[arg(value_name = "VERSION")]
        version: Option<i64>,
    },
    /// Check a policy; every fault with its line and column
    Check {
        /// The file; - reads stdin
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Show what a policy would do to the book, and why
    Preview(Try),
    /// Put a policy in force, at once; gx undo takes it back
    Adopt {
        /// The file; - reads stdin
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        dry: Dry,
    },
    /// Compare two policies line by line
    Diff {
        /// A file, or the version of one that was adopted
        #[arg(value_name = "FILE|VERSION")]
        from: String,
        /// Another one; without it the first is compared with the policy in force
        #[arg(value_name = "FILE|VERSION")]
        to: Option<String>,
    },
    /// List the policies that were adopted, the newest first
    History,
}

#[derive(Args, Debug)]
struct Try {
    /// A file, or the version of one that was adopted
    #[arg(value_name = "FILE|VERSION")]
    policy: String,
    /// Another one to compare it with; without it, how the book is graded now
    #[arg(value_name = "FILE|VERSION")]
    against: Option<String>,
    /// At most so many customers who would move
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = LIMIT, hide_default_value = true)]
    limit: u32,
    #[command(flatten)]
    day: AsOf,
}

const AFTER: &str = "A policy is a TOML file: gx help policy-file explains every key of it.";

impl Verb for Policy {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            PolicyVerb::Show { version } => show(gx, version),
            PolicyVerb::Check { file } => check(gx, &file),
            PolicyVerb::Preview(tried) => {
                gx.look_back(&tried.day)?;
                let text = text_of(gx, &tried.policy)?;
                let against = tried.against.as_deref().map(|typed| text_of(gx, typed)).transpose()?;
                // Nothing is a policy with faults, and not the one in force.
                let against = against.map(|text| if text.is_empty() { Clean::known("\n") } else { text });
                let names = [tried.against.as_deref(), Some(&tried.policy)];
                let preview = try_out(gx, text, against.unwrap_or_default(), tried.limit)?;
                preview::show(gx, &preview, names)
            }
            PolicyVerb::Adopt { file, dry } => adopt(gx, &file, dry.dry_run),
            PolicyVerb::Diff { from, to } => diff(gx, &from, to.as_deref()),
            PolicyVerb::History => history(gx),
        }
    }
}

fn show(gx: &mut Gx, version: Option<i64>) -> Done {
    let PolicyText { version, text } = version_of(gx, version)?;
    if gx.for_machines() {
        let value = json!({ "version": version, "policy": text.as_str() });
        return Ok(gx.out.one(|_| {}, || value)?);
    }
    Ok(gx.out.text(text.as_str())?)
}

fn check(gx: &mut Gx, file: &Path) -> Done {
    let lang = gx.lang;
    let text = read(gx, file)?;
    let PolicyAnswer::Checked(faults) = ask(gx, PolicyQuery::Check { text })? else {
        return Err(Failure::odd_answer(lang));
    };
    let name = shown(file);
    let severity = |fault: &PolicyFault| if fault.warning { "warning" } else { "error" };
    if gx.for_machines() {
        let values = faults.iter().map(|fault| {
            json!({
                "file": name,
                "line": fault.line,
                "column": fault.column,
                "severity": severity(fault),
                "message": lang.pick(&fault.en, &fault.zh).as_str(),
            })
        });
        gx.out.values(values.collect::<Vec<_>>())?;
    } else {
        for fault in &faults {
            let PolicyFault { line, column, en, zh, warning } = fault;
            let what = lang.pick(en, zh);
            let what = if *warning { say::warning(lang, what) } else { what.to_string() };
            gx.out.text(&format!("{name}:{line}:{column}: {what}\n"))?;
        }
    }
    match faults.iter().filter(|fault| !fault.warning).count() {
        0 => {
            gx.note(say::reads_well(lang));
            Ok(())
        }
        count => Err(Failure::new(USAGE, say::faults(lang, count)).hint(say::faults_hint(lang))),
    }
}

/// Puts a policy in force. Somebody at a terminal is told first what it does, and whoever tries it what it would do.
fn adopt(gx: &mut Gx, file: &Path, dry_run: bool) -> Done {
    let lang = gx.lang;
    let text = read(gx, file)?;
    if gx.asks() && !dry_run && !gx.flags.yes {
        let preview = try_out(gx, text.clone(), Clean::default(), 0)?;
        gx.confirm(&say::really_adopt(lang, preview.more, preview.customers))?;
    }
    let mut progress = gx.progress();
    progress.show(say::grading(lang).to_owned());
    let receipt = gx.act(Command::PolicyAdopt { text: text.clone() }, dry_run)?;
    drop(progress);
    let done = (!dry_run && receipt.became == Became::Updated).then_some(say::adopted as fn(_, String) -> _);
    gx.tell(&receipt, dry_run, done)?;
    if dry_run && !gx.for_machines() {
        let preview = try_out(gx, text, Clean::default(), LIMIT)?;
        preview::show(gx, &preview, [None, Some(&shown(file))])?;
    }
    Ok(())
}

fn diff(gx: &mut Gx, from: &str, to: Option<&str>) -> Done {
    let number = |typed: &str| typed.parse::<i64>().ok();
    let (before, after, names, versions) = if let Some(to) = to {
        let names = [from, to].map(str::to_owned);
        (text_of(gx, from)?, text_of(gx, to)?, names, [number(from), number(to)])
    } else {
        let PolicyText { version, text } = version_of(gx, None)?;
        let names = [say::in_force_as(gx.lang, version), from.to_owned()];
        (text, text_of(gx, from)?, names, [Some(version), number(from)])
    };
    let unified = lines::diff(before.as_str(), after.as_str(), names.each_ref().map(String::as_str));
    if gx.for_machines() {
        // Scripts have known the policy in force by this name since before they were told its number.
        let from = if to.is_none() { say::in_force(gx.lang) } else { &names[0] };
        let value = json!({
            "from": from,
            "to": names[1],
            "from_version": versions[0],
            "to_version": versions[1],
            "diff": unified,
        });
        return Ok(gx.out.one(|_| {}, || value)?);
    }
    if unified.is_empty() {
        gx.note(say::no_difference(gx.lang));
    }
    Ok(gx.out.text(&unified)?)
}

fn history(gx: &mut Gx) -> Done {
    let lang = gx.lang;
    let PolicyAnswer::History(versions) = ask(gx, PolicyQuery::History)? else {
        return Err(Failure::odd_answer(lang));
    };
    let shaper = Shaper { lang, zone: gx.zone()? };
    let columns = [
        Column::right(say::col_version(lang)),
        Column::left(say::col_when(lang)),
        Column::left(say::col_who(lang)),
        Column::right(say::col_lines(lang)),
        Column::right(say::col_seq(lang)),
    ];
    let cells = |version: &PolicyVersion| {
        let tone = if version.undone_by.is_some() { Tone::Dim } else { Tone::Plain };
        let (added, gone) = version.lines;
        let undoes = version.undoes.map(|seq| say::undoes(lang, seq)).unwrap_or_default();
        let undone = version.undone_by.map(|by| say::undone_by(lang, by)).unwrap_or_default();
        vec![
            Cell::new(version.version.to_string()).tone(tone),
            Cell::new(version.at.say(shaper.zone)).tone(tone),
            Cell::new(version.by.as_ref().map(|by| by.name.line()).unwrap_or_default()).tone(tone),
            Cell::new(format!("+{added} -{gone}")).tone(tone),
            Cell::new(format!("{}{undoes}{undone}", version.seq)).tone(tone),
        ]
    };
    gx.out.list(&versions, &columns, cells, |version| {
        json!({
            "version": version.version,
            "seq": version.seq,
            "at": shaper.time(Some(version.at)),
            "by": version.by.as_ref().map(|by| by.id.to_string()),
            "by_name": version.by.as_ref().map(|by| by.name.as_str()),
            "undone_by": version.undone_by,
            "undoes": version.undoes,
            "added": version.lines.0,
            "removed": version.lines.1,
        })
    })?;
    Ok(())
}

fn try_out(gx: &mut Gx, text: Clean, against: Clean, limit: u32) -> Done<Preview> {
    match ask(gx, PolicyQuery::Preview { text, against, limit, each: u32::MAX })? {
        PolicyAnswer::Preview(preview) => Ok(*preview),
        _ => Err(Failure::odd_answer(gx.lang)),
    }
}

/// A file, or the version of one that was adopted.
fn text_of(gx: &mut Gx, typed: &str) -> Done<Clean> {
    match typed.parse::<i64>() {
        Ok(version) => Ok(version_of(gx, Some(version))?.text),
        Err(_) => read(gx, Path::new(typed)),
    }
}

fn version_of(gx: &mut Gx, version: Option<i64>) -> Done<PolicyText> {
    match ask(gx, PolicyQuery::Text { version })? {
        PolicyAnswer::Text(text) => Ok(text),
        _ => Err(Failure::odd_answer(gx.lang)),
    }
}

fn ask(gx: &mut Gx, query: PolicyQuery) -> Done<PolicyAnswer> {
    match gx.ask(Query::Policy(query))? {
        Answer::Policy(answer) => Ok(answer),
        _ => Err(Failure::odd_answer(gx.lang)),
    }
}

/// The text of a file, or of stdin for `-`.
fn read(gx: &Gx, file: &Path) -> Done<Clean> {
    let failure = |bad: BadFile| {
        let code = if matches!(bad.why, Why::Unread(_)) { FAILED } else { USAGE };
        let failure = Failure::new(code, bad.say(gx.lang));
        if bad.path == file { failure.hint(say::file_hint(gx.lang)) } else { failure }
    };
    config::policy::read(file).map_err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::testing::run;
    use crate::model::{Reply, Request};

    fn policy(
        args: &[&str],
        answer: impl Fn(&PolicyQuery) -> PolicyAnswer + 'static,
    ) -> crate::cli::testing::Ran {
        run(&[&["policy"], args].concat(), move |request: &Request| match request {
            Request::Ask(Query::Policy(query)) => Some(Reply::Answer(1, Answer::Policy(answer(query)))),
            _ => None,
        })
    }

    #[test]
    fn every_fault_is_told_with_its_place_and_a_warning_is_none() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap().to_owned();
        let fault = |line, warning| PolicyFault {
            line,
            column: 4,
            en: Clean::known("no such thing"),
            zh: Clean::known("没有"),
            warning,
        };
        let faulty =
            policy(&["check", &path], move |_| PolicyAnswer::Checked(vec![fault(3, false), fault(9, true)]));
        assert_eq!(faulty.done.unwrap_err().code, USAGE);
        let lines: Vec<&str> = faulty.out.lines().map(|line| line.trim_start_matches(&path)).collect();
        assert_eq!(lines, [":3:4: no such thing", ":9:4: warning: no such thing"]);
        let warned = policy(&["check", &path], move |_| PolicyAnswer::Checked(vec![fault(9, true)]));
        assert!(warned.done.is_ok());
    }
}
