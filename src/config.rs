//! Where things lie, what a person has set for themselves, and who they are on this machine.

pub mod editor;
pub mod policy;

use std::ffi::OsString;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use nix::unistd::{User, getuid};
use serde::Deserialize;

use crate::text::say::cli as say;
use crate::text::{Clean, Lang};

/// The name of the folders and files that are ours.
const OURS: &str = "guanxi";

/// What a person has set in `config.toml`. The shell does not read it: a script must not depend on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The language of the screen, as `en` or `zh`.
    pub lang: Option<String>,
    /// The file of an own key map, relative to the folder of this one.
    pub keymap: Option<String>,
    /// The name of the screen's palette.
    pub theme: Option<String>,
    /// Draws with ASCII characters alone.
    pub ascii: bool,
    /// Takes the presses and the wheel of the mouse.
    pub mouse: bool,
    /// Shows one pane at a time, without rules and borders, with words in the place of signs.
    pub accessible: bool,
}

/// Why `config.toml` was not read.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    /// The file is there but cannot be read.
    #[error("{}: {}", .0.display(), .1)]
    Unreadable(PathBuf, io::Error),
    /// It is not TOML, or sets what does not exist: file, line, reason in English.
    #[error("{}:{}: {}", .0.display(), .1, .2)]
    Wrong(PathBuf, usize, String),
}

impl Config {
    /// Reads the person's own file; where there is none, all is as shipped.
    pub fn load() -> Result<Config, BadConfig> {
        match base("XDG_CONFIG_HOME", ".config", |name| std::env::var_os(name)) {
            Some(base) => Config::read(&base.join(OURS).join("config.toml")),
            None => Ok(Config::default()),
        }
    }

    fn read(path: &Path) -> Result<Config, BadConfig> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Config::default()),
            Err(error) => return Err(BadConfig::Unreadable(path.into(), error)),
        };
        toml::from_str(&text).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start);
            let line = 1 + text.bytes().take(before).filter(|byte| *byte == b'\n').count();
            BadConfig::Wrong(path.into(), line, error.message().to_owned())
        })
    }
}

impl BadConfig {
    /// The reason, for a reader of the language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            BadConfig::Unreadable(path, error) => say::cannot_read(lang, path.display(), error),
            BadConfig::Wrong(path, line, reason) => say::at_line(lang, path.display(), line, reason),
        }
    }
}

/// The store's folder: as named, else `GX_STORE`, else the private store under the XDG data folder; none where the
/// machine does not tell a home.
pub fn store_dir(named: Option<&Path>) -> Option<PathBuf> {
    store_dir_in(named, |name| std::env::var_os(name))
}

fn store_dir_in(named: Option<&Path>, var: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(dir) = named {
        return Some(dir.into());
    }
    if let Some(dir) = var("GX_STORE").filter(|dir| !dir.is_empty()) {
        return Some(dir.into());
    }
    Some(base("XDG_DATA_HOME", ".local/share", var)?.join(OURS))
}

/// The person's own key map: the file that `config.toml` names (relative to its folder), else `keymap.toml` beside it
/// where there is one.
pub fn keymap_file(config: &Config) -> Option<PathBuf> {
    let dir = base("XDG_CONFIG_HOME", ".config", |name| std::env::var_os(name))?.join(OURS);
    match &config.keymap {
        Some(named) => Some(dir.join(named)),
        None => Some(dir.join("keymap.toml")).filter(|file| file.exists()),
    }
}

/// The folder of what the program keeps for a person between runs: drafts, and how each list was last had.
pub fn state_dir() -> Option<PathBuf> {
    Some(base("XDG_STATE_HOME", ".local/state", |name| std::env::var_os(name))?.join(OURS))
}

/// An XDG base folder; relative ones are not valid and do not count.
fn base(name: &str, below_home: &str, var: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let named = var(name).map(PathBuf::from).filter(|dir| dir.is_absolute());
    named.or_else(|| {
        let home = var("HOME").map(PathBuf::from).filter(|dir| dir.is_absolute())?;
        Some(home.join(below_home))
    })
}

/// The language of whoever set the environment: `GX_LANG`, then as gettext finds it. English where none is ours.
pub fn lang() -> Lang {
    lang_in(|name| std::env::var(name).ok())
}

fn lang_in(var: impl Fn(&str) -> Option<String>) -> Lang {
    let set = |name| var(name).filter(|value| !value.is_empty());
    if let Some(lang) = set("GX_LANG").and_then(|name| Lang::from_locale(&name)) {
        return lang;
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    // gettext: where the locale is none, the list of languages does not count.
    let none = matches!(locale.split('.').next(), Some("C" | "POSIX"));
    let wanted = set("LANGUAGE").filter(|_| !none);
    let listed = wanted.iter().flat_map(|list| list.split(':')).find_map(Lang::from_locale);
    listed.or_else(|| Lang::from_locale(&locale)).unwrap_or_default()
}

/// A number that no other run has: the standard library seeds its hashers from the system's randomness.
pub fn unique() -> u128 {
    let part = || u128::from(RandomState::new().hash_one(std::process::id()));
    part() << 64 | part()
}

/// The account that runs this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub uid: u32,
    /// Its name; the number, where it has none.
    pub login: Clean,
    /// What the person is called; the login, where the machine does not know.
    pub name: Clean,
}

impl Account {
    /// Asks the machine.
    pub fn own() -> Account {
        let uid = getuid();
        let user = User::from_uid(uid).ok().flatten();
        let login = user.as_ref().map_or_else(|| uid.to_string(), |user| user.name.clone());
        let gecos = user.map(|user| user.gecos.to_string_lossy().into_owned()).unwrap_or_default();
        let name = gecos.split(',').next().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&login);
        Account { uid: uid.as_raw(), name: Clean::washed(name).0, login: Clean::washed(&login).0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vars<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_language_is_the_first_that_was_asked_for() {
        for (set, lang) in [
            (&[][..], Lang::En),
            (&[("LANG", "zh_CN.UTF-8")], Lang::Zh),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "ru_RU.UTF-8")], Lang::En),
            (&[("LANG", "en_US.UTF-8"), ("LANGUAGE", "fr:zh_CN:en")], Lang::Zh),
            (&[("LANG", "C.UTF-8"), ("LANGUAGE", "zh")], Lang::En),
            (&[("LANG", "zh_CN"), ("LC_MESSAGES", "en_GB")], Lang::En),
            (&[("GX_LANG", "zh"), ("LC_ALL", "en_US")], Lang::Zh),
            (&[("GX_LANG", "klingon"), ("LANG", "zh_CN")], Lang::Zh),
            (&[("LC_ALL", ""), ("LANG", "zh_CN")], Lang::Zh),
        ] {
            assert_eq!(lang_in(vars(set)), lang, "{set:?}");
        }
    }

    #[test]
    fn the_store_is_the_named_one_or_the_private_one() {
        let dir = |named: Option<&str>, set: &[(&str, &str)]| {
            store_dir_in(named.map(Path::new), |name| vars(set)(name).map(OsString::from))
        };
        let home = ("HOME", "/h");
        assert_eq!(dir(Some("s"), &[("GX_STORE", "/t"), home]), Some("s".into()));
        assert_eq!(dir(None, &[("GX_STORE", "/t"), home]), Some("/t".into()));
        assert_eq!(dir(None, &[("GX_STORE", ""), home]), Some("/h/.local/share/guanxi".into()));
        assert_eq!(dir(None, &[("XDG_DATA_HOME", "/data"), home]), Some("/data/guanxi".into()));
        assert_eq!(dir(None, &[("XDG_DATA_HOME", "data"), home]), Some("/h/.local/share/guanxi".into()));
        assert_eq!(dir(None, &[]), None);
    }

    #[test]
    fn a_fault_in_the_file_names_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        assert_eq!(Config::read(&path).unwrap(), Config::default());
        std::fs::write(&path, "lang = \"zh\"\nascii = true\n").unwrap();
        let config = Config::read(&path).unwrap();
        assert_eq!((config.lang.as_deref(), config.ascii), (Some("zh"), true));
        std::fs::write(&path, "lang = \"zh\"\ncolour = 1\n").unwrap();
        let fault = Config::read(&path).unwrap_err();
        assert!(matches!(&fault, BadConfig::Wrong(_, 2, reason) if reason.contains("colour")), "{fault}");
        assert!(fault.say(Lang::Zh).contains("第 2 行"));
    }

    #[test]
    fn an_account_has_a_login_and_a_name() {
        let own = Account::own();
        assert_eq!(own.uid, getuid().as_raw());
        assert!(!own.login.is_empty() && !own.name.is_empty());
    }
}
