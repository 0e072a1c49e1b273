//! Paths of policies, completed while they are typed.

use std::fs;
use std::path::Path;

use crate::filter::Candidate;
use crate::text::Clean;

/// So many are offered at most.
const MOST: usize = 200;
/// What the files of policies end with.
const ENDING: &str = ".toml";

/// The folders and files that a path may go on with, folders first. What begins with a dot is offered to whoever types
/// one.
pub(super) fn offers(typed: &str) -> Vec<Candidate> {
    let path = typed.trim_start();
    let (folder, begun) =
        path.rsplit_once('/').map_or(("", path), |(folder, begun)| (&path[..=folder.len()], begun));
    let place = if folder.is_empty() { "." } else { folder };
    let Ok(entries) = fs::read_dir(Path::new(place)) else { return Vec::new() };
    let mut found: Vec<(bool, String)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let is_file = !fs::metadata(entry.path()).ok()?.is_dir();
            let fits = name.starts_with(begun) && (!name.starts_with('.') || begun.starts_with('.'));
            let is_told = fits && Clean::new(&name).is_ok() && (!is_file || name.ends_with(ENDING));
            is_told.then_some((is_file, name))
        })
        .collect();
    found.sort();
    found.truncate(MOST);
    let at = typed.len() - path.len()..typed.len();
    let offer = |(is_file, name): (bool, String)| Candidate {
        text: format!("{folder}{name}{}", if is_file { "" } else { "/" }),
        hint: String::new(),
        at: at.clone(),
    };
    found.into_iter().map(offer).filter(|offer| offer.text != path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_policies_are_offered_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("plans")).unwrap();
        for name in ["east.toml", "east-2.toml", "west.toml", "notes.txt", ".hidden.toml"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let root = dir.path().to_str().unwrap();
        let offered = |begun: &str| {
            let offers = offers(&format!(" {root}/{begun}")).into_iter();
            offers.map(|offer| offer.text[root.len() + 1..].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(offered(""), ["plans/", "east-2.toml", "east.toml", "west.toml"]);
        assert_eq!(offered("east"), ["east-2.toml", "east.toml"]);
        assert_eq!(offered("."), [".hidden.toml"]);
        assert_eq!(offered("east.toml"), Vec::<String>::new());
        assert_eq!(offered("none/"), Vec::<String>::new());
        assert_eq!(offers(&format!("{root}/w"))[0].at, 0..root.len() + 2);
    }
}
