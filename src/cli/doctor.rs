//! `gx doctor`: what is wrong with the terminal, the store, the server and one's rights, and how to mend it.

use std::io::{self, IsTerminal};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command as Process;

use clap::Args;
use serde_json::json;

use super::failure::{Done, Failure, shown};
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::screen;
use super::tree::Verb;
use crate::config::{self, BadConfig, Config};
use crate::ipc::client::{Client, ClientError, Options};
use crate::keys::Keymap;
use crate::keys::keymap::SHIPPED;
use crate::model::query::{Session, Status};
use crate::model::{Answer, Query, Reply, Request};
use crate::text::Lang;
use crate::text::say::doctor as say;
use crate::tui::terminal;
use crate::tui::theme::{self, Depth};

#[derive(Args, Debug)]
pub(super) struct Doctor {}

/// Longer than this, people notice that esc is late.
const SLOW_ESCAPE: u32 = 50;
/// Below this the store will soon stop to write.
const LITTLE_ROOM: u64 = 256 << 20;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Well,
    /// It works, and could be better.
    Poor,
    Wrong,
}

/// What was looked at, how it is, and how it is mended.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    what: &'static str,
    state: State,
    text: String,
    mend: Option<String>,
}

impl Verb for Doctor {
    fn run(self, gx: &mut Gx) -> Done {
        let lang = gx.lang;
        let mut findings = display(lang);
        findings.extend(own_files(lang));
        findings.extend(store(gx)?);
        let columns = [Column::left(""), Column::left(""), Column::wide("")];
        gx.out.list(&findings, &columns, row, object)?;
        let wrong = findings.iter().filter(|finding| finding.state == State::Wrong).count();
        if !gx.for_machines() {
            for finding in &findings {
                if let Some(mend) = &finding.mend {
                    gx.note(&say::mended(lang, finding.what, mend));
                }
            }
        }
        if wrong == 0 { Ok(()) } else { Err(Failure::failed(say::are_wrong(lang, wrong))) }
    }
}

impl Finding {
    fn well(what: &'static str, text: String) -> Finding {
        Finding { what, state: State::Well, text, mend: None }
    }

    fn poor(what: &'static str, text: String, mend: &str) -> Finding {
        Finding { what, state: State::Poor, text, mend: Some(mend.to_owned()) }
    }

    fn wrong(what: &'static str, text: String, mend: &str) -> Finding {
        Finding { state: State::Wrong, ..Finding::poor(what, text, mend) }
    }
}

fn row(finding: &Finding) -> Vec<Cell> {
    let (sign, tone) = match finding.state {
        State::Well => ("", Tone::Plain),
        State::Poor => ("~", Tone::Soon),
        State::Wrong => ("!", Tone::Late),
    };
    vec![Cell::new(sign).tone(tone), Cell::new(finding.what), Cell::new(finding.text.as_str()).tone(tone)]
}

fn object(finding: &Finding) -> serde_json::Value {
    let state = match finding.state {
        State::Well => "ok",
        State::Poor => "warning",
        State::Wrong => "error",
    };
    json!({ "check": finding.what, "state": state, "finding": finding.text, "mend": finding.mend })
}

/// Terminal, size, colours, locale, width of characters, tmux.
fn display(lang: Lang) -> Vec<Finding> {
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let there = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut findings = vec![terminal_kind(lang, there, var("TERM").unwrap_or_default())];
    if there {
        findings.push(size(lang, terminal::size()));
    }
    findings.push(colours(lang, var));
    findings.push(locale(lang, var));
    if there {
        findings.push(width(lang, terminal::columns_of('关')));
    }
    if var("TMUX").is_some() {
        let set = |scope: &str, name: &str| {
            let out = Process::new("tmux").args(["show-options", scope, name]).output().ok()?;
            String::from_utf8(out.stdout).ok().map(|value| value.trim().to_owned())
        };
        findings.extend(tmux(lang, |name| match name {
            "default-terminal" => set("-gv", name),
            "allow-passthrough" => set("-gwv", name),
            _ => set("-sv", name),
        }));
    }
    findings
}

fn terminal_kind(lang: Lang, there: bool, kind: String) -> Finding {
    let what = say::terminal(lang);
    match kind.as_str() {
        _ if !there => Finding::well(what, say::no_terminal(lang).to_owned()),
        "" | "dumb" => Finding::wrong(what, say::dumb(lang, kind), say::mend_term(lang)),
        _ => Finding::well(what, say::is_terminal(lang, kind)),
    }
}

fn size(lang: Lang, (columns, rows): (u16, u16)) -> Finding {
    let what = say::size(lang);
    if columns < 60 || rows < 15 {
        return Finding::poor(what, say::small(lang, columns, rows), say::mend_size(lang));
    }
    Finding::well(what, say::is_size(lang, columns, rows))
}

fn colours(lang: Lang, var: impl Fn(&str) -> Option<String>) -> Finding {
    let what = say::colours(lang);
    if var("NO_COLOR").is_some() {
        return Finding::well(what, say::no_colour(lang).to_owned());
    }
    let count = match Depth::of(var) {
        Depth::Sixteen => "16",
        Depth::Indexed => "256",
        Depth::Full => "16,777,216",
    };
    Finding::well(what, say::is_colour(lang, count))
}

fn locale(lang: Lang, var: impl Fn(&str) -> Option<String>) -> Finding {
    let what = say::locale(lang);
    let name = theme::locale(var);
    if theme::is_utf8(&name) {
        return Finding::well(what, say::is_utf8(lang, name));
    }
    Finding::poor(what, say::not_utf8(lang, name), say::mend_locale(lang))
}

fn width(lang: Lang, columns: Option<u16>) -> Finding {
    let what = say::width(lang);
    match columns {
        Some(2) => Finding::well(what, say::is_width(lang).to_owned()),
        Some(columns) => Finding::poor(what, say::wrong_width(lang, columns), say::mend_width(lang)),
        None => Finding::well(what, say::silent_width(lang).to_owned()),
    }
}

/// How tmux is set, by the values of its options.
fn tmux(lang: Lang, option: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let what = say::tmux(lang);
    let mut findings = Vec::new();
    let wait = option("escape-time").and_then(|millis| millis.parse().ok()).unwrap_or(0);
    if wait > SLOW_ESCAPE {
        findings.push(Finding::poor(what, say::slow_escape(lang, wait), say::mend_escape(lang)));
    }
    if let Some(kind) = option("default-terminal").filter(|kind| !kind.contains("256color")) {
        findings.push(Finding::poor(what, say::few_colours(lang, kind), say::mend_colours(lang)));
    }
    // A text for the clipboard is taken by tmux itself, or handed on to its terminal.
    let (taken, passed) = (option("set-clipboard"), option("allow-passthrough").unwrap_or_default());
    if let Some(taken) = taken.filter(|taken| taken != "on" && !matches!(passed.as_str(), "on" | "all")) {
        let passed = if passed.is_empty() { "off".to_owned() } else { passed };
        findings.push(Finding::poor(what, say::no_clipboard(lang, taken, passed), say::mend_clipboard(lang)));
    }
    if findings.is_empty() {
        findings.push(Finding::well(what, say::is_tmux(lang).to_owned()));
    }
    findings
}

/// What the person has set: `config.toml`, the key map.
fn own_files(lang: Lang) -> Vec<Finding> {
    let set = match Config::load() {
        Ok(set) => set,
        Err(error @ (BadConfig::Wrong(..) | BadConfig::Unreadable(..))) => {
            return vec![Finding::wrong(say::settings(lang), error.say(lang), say::mend_settings(lang))];
        }
    };
    if let Err(failure) = screen::palette(&set, lang) {
        return vec![Finding::wrong(say::settings(lang), failure.message, say::mend_settings(lang))];
    }
    let file = config::keymap_file(&set);
    let text = file.as_ref().map(std::fs::read_to_string);
    let read = match (&file, text) {
        (Some(file), Some(Err(error))) => {
            let text = crate::text::say::cli::cannot_read(lang, shown(file), error);
            return vec![Finding::wrong(say::keys(lang), text, say::mend_settings(lang))];
        }
        (Some(file), Some(Ok(text))) => Some(Keymap::user(&shown(file), &text)),
        _ => Keymap::shipped(SHIPPED[0].0),
    };
    let keys = read.map(|keymap| keys(lang, &keymap, file.as_deref()));
    [Finding::well(say::settings(lang), say::is_settings(lang).to_owned())].into_iter().chain(keys).collect()
}

fn keys(lang: Lang, keymap: &Keymap, file: Option<&Path>) -> Finding {
    let faults = keymap.faults();
    let Some(first) = faults.first() else {
        return Finding::well(say::keys(lang), say::is_keys(lang, keymap.bindings().count()));
    };
    let mend = say::mend_keys(lang, file.map(shown).unwrap_or_default());
    Finding::poor(say::keys(lang), say::faulty_keys(lang, faults.len(), first.text(lang)), &mend)
}

/// The store's folder, its server, and who one is there. No server is started.
fn store(gx: &Gx) -> Done<Vec<Finding>> {
    let lang = gx.lang;
    let dir = gx.dir()?;
    let mut client = Client::new(&dir, Options::asking(lang));
    let mut ask = |query| client.call(&Request::Ask(query));
    let status = ask(Query::Status);
    let mut findings: Vec<Finding> = dir.is_dir().then(|| folder(lang, &dir)).into_iter().collect();
    match status {
        Ok(Reply::Answer(_, Answer::Status(status))) => {
            findings.push(server(lang, &status));
            if let Ok(Reply::Answer(_, Answer::Session(Session { member, .. }))) = ask(Query::Session) {
                let text = say::is_member(lang, member.id, member.name.line());
                findings.push(Finding::well(say::rights(lang), text));
            }
        }
        Ok(Reply::Refused(refusal)) => {
            let failure = Failure::refused(refusal, lang, chrono_tz::Tz::UTC);
            let mend = failure.hint.unwrap_or_default();
            findings.push(Finding::wrong(say::rights(lang), failure.message, &mend));
        }
        Err(ClientError::NotRunning { .. }) => {
            findings.push(Finding::well(say::server(lang), say::no_server(lang).to_owned()));
        }
        Ok(_) => {}
        Err(error) => {
            let failure = Failure::unreached(&error, lang);
            let what = match error {
                ClientError::Stranger { .. } | ClientError::Forbidden { .. } => say::rights(lang),
                _ => say::server(lang),
            };
            findings.push(Finding::wrong(what, failure.message, &failure.hint.unwrap_or_default()));
        }
    }
    Ok(findings)
}

fn folder(lang: Lang, dir: &Path) -> Finding {
    let what = say::store(lang);
    let path = shown(dir);
    let mode = std::fs::metadata(dir).map_or(0, |folder| folder.mode());
    if mode & 0o022 != 0 {
        let text = say::open_store(lang, &path);
        return Finding::wrong(what, text, &say::mend_store(lang, &path));
    }
    let room = nix::sys::statvfs::statvfs(dir)
        .map_or(u64::MAX, |disk| disk.blocks_available().saturating_mul(disk.fragment_size()));
    if room < LITTLE_ROOM {
        return Finding::poor(what, say::full_disk(lang, &path, room >> 20), say::mend_disk(lang));
    }
    Finding::well(what, say::is_store(lang, path))
}

fn server(lang: Lang, status: &Status) -> Finding {
    let what = say::server(lang);
    if status.read_only.is_empty() {
        return Finding::well(what, say::is_server(lang, status.sessions, &status.version));
    }
    Finding::wrong(what, say::read_only(lang, status.read_only.line()), say::mend_read_only(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    fn state(finding: &Finding) -> State {
        assert_eq!(finding.mend.is_some(), finding.state != State::Well, "{finding:?}");
        finding.state
    }

    #[test]
    fn what_is_wrong_is_told_with_what_mends_it() {
        for lang in [Lang::En, Lang::Zh] {
            let kind = |there, kind: &str| state(&terminal_kind(lang, there, kind.to_owned()));
            assert_eq!(kind(true, "xterm"), State::Well);
            assert_eq!(kind(true, "dumb"), State::Wrong);
            assert_eq!(kind(false, "dumb"), State::Well);
            assert_eq!(state(&size(lang, (60, 15))), State::Well);
            assert_eq!(state(&size(lang, (59, 15))), State::Poor);
            assert_eq!(state(&locale(lang, set(&[("LANG", "zh_CN.UTF-8")]))), State::Well);
            assert_eq!(state(&locale(lang, set(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]))), State::Poor);
            assert_eq!(state(&width(lang, Some(2))), State::Well);
            assert_eq!(state(&width(lang, Some(1))), State::Poor);
            assert_eq!(state(&width(lang, None)), State::Well);
            let tmux = |options: &'static [(&str, &str)]| {
                let findings = tmux(lang, set(options));
                findings.iter().map(state).filter(|state| *state == State::Poor).count()
            };
            assert_eq!(tmux(&[("escape-time", "10"), ("default-terminal", "tmux-256color")]), 0);
            assert_eq!(tmux(&[("escape-time", "500"), ("default-terminal", "screen")]), 2);
            assert_eq!(tmux(&[("set-clipboard", "external"), ("allow-passthrough", "off")]), 1);
            assert_eq!(tmux(&[("set-clipboard", "external")]), 1);
            assert_eq!(tmux(&[("set-clipboard", "external"), ("allow-passthrough", "on")]), 0);
            assert_eq!(tmux(&[("set-clipboard", "on"), ("allow-passthrough", "off")]), 0);
        }
    }

    #[test]
    fn colours_are_what_the_environment_says() {
        let count = |pairs| colours(Lang::En, set(pairs)).text;
        assert_eq!(count(&[("TERM", "xterm-256color")]), "256");
        assert_eq!(count(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), "16,777,216");
        assert_eq!(count(&[("TERM", "linux")]), "16");
        assert!(count(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]).contains("NO_COLOR"));
    }

    #[test]
    fn a_folder_that_others_may_write_in_is_wrong() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        assert_ne!(folder(Lang::En, dir.path()).state, State::Wrong);
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(folder(Lang::En, dir.path()).state, State::Wrong);
    }
}
