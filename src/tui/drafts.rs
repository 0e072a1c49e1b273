//! What was typed into forms and is not in the book yet.
//!
//! Each draft is also a small file under the person's state folder, so that a crash or a lost session loses nothing. It
//! goes when the server has acknowledged it. A draft that was sent remembers under which name and counter: sent again,
//! even by another run, it is the same order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::{Id, Kind, Named, Value};
use crate::text::Clean;

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Deed {
    /// Logs an interaction with a customer.
    Log,
    /// Adds a task for a customer.
    Task,
    /// Ends a task.
    Done,
    /// Adds a record of this kind: a customer, or what hangs on one.
    Add(Kind),
    /// Changes a record.
    Edit,
    /// Changes a customer.
    Change,
    /// Sets the tier of a customer by hand.
    Tier,
    /// Gives a task to somebody.
    Assign,
    /// Puts a task off.
    Snooze,
    /// Drops a task.
    Drop,
    /// Puts a customer away, or takes it back.
    Archive,
    /// Gives a customer back into the open pool.
    Release,
}

impl Deed {
    /// Whether its form takes a word or two, and no text of one's own.
    pub(super) fn is_quick(self) -> bool {
        !matches!(self, Deed::Log | Deed::Task | Deed::Add(_) | Deed::Edit)
    }
}

/// What a draft is known by: a form and the record that it is about.
pub(super) type DraftKey = (Deed, Id);

/// What a field held when its form was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Before {
    /// As the form showed it.
    pub(super) text: String,
    /// As the record held it; of several values none.
    pub(super) value: Value,
}

/// The contents of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// What the form is for.
    pub(super) deed: Deed,
    /// The record that it is about.
    pub(super) about: Named,
    /// The records that it is about, where they are many.
    #[serde(default)]
    pub(super) over: BTreeSet<Id>,
    /// The member who typed it.
    #[serde(default)]
    pub(super) by: Option<Id>,
    /// The fields by name; of choices the word.
    pub(super) fields: BTreeMap<String, String>,
    /// Of a change: what the fields held.
    #[serde(default)]
    pub(super) before: BTreeMap<String, Before>,
    /// The client and the counter under which it was sent.
    pub(super) sent: Option<Sent>,
}

impl Draft {
    /// What it is known by.
    pub(super) fn key(&self) -> DraftKey {
        (self.deed, self.about.id)
    }

    /// What it is about, by the name that people know; of a new record what was typed first.
    pub(super) fn name(&self) -> Clean {
        let Deed::Add(_) = self.deed else { return self.about.name.clone() };
        let typed = ["name", "product", "amount"].map(|name| self.field(name).trim());
        let first = typed.into_iter().find(|typed| !typed.is_empty());
        first.map_or_else(|| self.about.name.clone(), |typed| Clean::washed(typed).0)
    }

    /// A field; the empty text where it is not there.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// The client and the counter of an order that was sent.
pub(super) type Sent = (u128, u64);

/// The drafts of a store, and where they are kept.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// None: in memory only.
    dir: Option<PathBuf>,
    /// Whose drafts are shown and sent.
    me: Option<Id>,
    /// What is not sent yet, by its member.
    kept: BTreeMap<(DraftKey, Option<Id>), Draft>,
    /// What was sent and is not acknowledged.
    posted: BTreeMap<Sent, Draft>,
}

impl Drafts {
    /// The drafts that were left in a folder; files that are none of ours are left alone.
    pub(super) fn load(dir: PathBuf) -> Drafts {
        let mut drafts = Drafts { dir: Some(dir.clone()), ..Drafts::default() };
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let read =
                fs::read(entry.path()).ok().and_then(|bytes| serde_json::from_slice::<Draft>(&bytes).ok());
            match read {
                Some(draft @ Draft { sent: Some(sent), .. }) => drop(drafts.posted.insert(sent, draft)),
                Some(draft) => drop(drafts.kept.insert((draft.key(), draft.by), draft)),
                None => {}
            }
        }
        drafts
    }

    /// Shows and sends the drafts of this member and of nobody else; tells whether that is another one than before.
    pub(super) fn of(&mut self, me: Id) -> bool {
        self.me.replace(me) != Some(me)
    }

    /// A draft of mine that was not sent; of many records only one that was typed for the same ones.
    pub(super) fn get(&self, key: DraftKey, over: &BTreeSet<Id>) -> Option<&Draft> {
        self.kept.get(&(key, self.me)).filter(|draft| draft.over == *over)
    }

    /// The drafts of mine that were sent and not acknowledged.
    pub(super) fn posted(&self) -> impl Iterator<Item = (Sent, &Draft)> {
        let mine = self.posted.iter().filter(|(_, draft)| draft.by == self.me);
        mine.map(|(sent, draft)| (*sent, draft))
    }

    /// A draft that was sent and not acknowledged.
    pub(super) fn sent(&self, sent: Sent) -> Option<&Draft> {
        self.posted.get(&sent)
    }

    /// Keeps a draft of mine, in place of the one before.
    pub(super) fn keep(&mut self, draft: Draft) -> io::Result<()> {
        let draft = Draft { by: draft.by.or(self.me), ..draft };
        let place = (draft.key(), draft.by);
        if self.kept.get(&place) == Some(&draft) {
            return Ok(());
        }
        let written = self.write(&draft);
        self.kept.insert(place, draft);
        written
    }

    /// Drops a draft of mine that was not sent: there is nothing in it.
    pub(super) fn drop(&mut self, key: DraftKey) -> io::Result<()> {
        self.kept.remove(&(key, self.me)).map_or(Ok(()), |draft| self.remove(&draft))
    }

    /// Drops the draft of mine for the same records, where there is one: there is nothing in it any more.
    pub(super) fn empty(&mut self, draft: &Draft) -> io::Result<()> {
        if self.get(draft.key(), &draft.over).is_some() { self.drop(draft.key()) } else { Ok(()) }
    }

    /// Drops a draft where it is this one to the letter; none where it is not.
    pub(super) fn drop_same(&mut self, draft: &Draft) -> Option<io::Result<()>> {
        let mine = Draft { by: draft.by.or(self.me), ..draft.clone() };
        (self.get(draft.key(), &draft.over) == Some(&mine)).then(|| self.drop(draft.key()))
    }

    /// Takes a draft as sent: it makes room for another one.
    pub(super) fn post(&mut self, draft: Draft, sent: Sent) -> io::Result<()> {
        let draft = Draft { sent: Some(sent), by: draft.by.or(self.me), ..draft };
        let written = self.write(&draft);
        let key = draft.key();
        self.posted.insert(sent, draft);
        written.and(self.drop(key))
    }

    /// Drops a draft that is in the book now.
    pub(super) fn delivered(&mut self, sent: Sent) -> io::Result<()> {
        self.posted.remove(&sent).map_or(Ok(()), |draft| self.remove(&draft))
    }

    /// Takes a draft back that was refused. Where another one has its place it stays among the sent ones, and comes
    /// back with the next run.
    pub(super) fn refused(&mut self, sent: Sent) -> io::Result<()> {
        let Some(draft) = self.posted.remove(&sent) else { return Ok(()) };
        if self.kept.contains_key(&(draft.key(), draft.by)) {
            return Ok(());
        }
        let kept = self.keep(Draft { sent: None, ..draft.clone() });
        kept.and_then(|()| self.remove(&draft))
    }

    fn write(&self, draft: &Draft) -> io::Result<()> {
        let bytes = serde_json::to_vec(draft)?;
        self.file(draft).map_or(Ok(()), |file| write(&file, &bytes))
    }

    fn remove(&self, draft: &Draft) -> io::Result<()> {
        match self.file(draft).map(fs::remove_file) {
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn file(&self, draft: &Draft) -> Option<PathBuf> {
        let deed = match draft.deed {
            Deed::Log => "log".to_owned(),
            Deed::Task => "task".to_owned(),
            Deed::Done => "done".to_owned(),
            Deed::Add(kind) => format!("add-{}", kind.letter()),
            Deed::Edit => "edit".to_owned(),
            Deed::Change => "change".to_owned(),
            Deed::Tier => "tier".to_owned(),
            Deed::Assign => "assign".to_owned(),
            Deed::Snooze => "snooze".to_owned(),
            Deed::Drop => "drop".to_owned(),
            Deed::Archive => "archive".to_owned(),
            Deed::Release => "release".to_owned(),
        };
        let by = draft.by.map_or_else(String::new, |by| format!("-{by}"));
        let name = match draft.sent {
            Some((client, counter)) => format!("sent-{client:032x}-{counter}.json"),
            None => format!("{deed}-{}{by}.json", draft.about.id),
        };
        self.dir.as_ref().map(|dir| dir.join(name))
    }
}

/// Writes a file whole or not at all, for its owner's eyes only.
pub(super) fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(dir) = file.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    }
    let part = file.with_extension(format!("{}.part", std::process::id()));
    let mut out = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    out.write_all(bytes)?;
    fs::rename(part, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        let about = Named { id: Id::customer(3), name: Clean::known("Acme") };
        let fields = BTreeMap::from([("text".to_owned(), text.to_owned())]);
        let (over, before) = (BTreeSet::new(), BTreeMap::new());
        Draft { deed: Deed::Log, about, over, by: None, fields, before, sent: None }
    }

    #[test]
    fn drafts_survive_the_program_until_they_are_delivered() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("a/b");
        let (key, sent) = (draft("").key(), (u128::MAX, 8));
        let mut drafts = Drafts::load(place.clone());
        drafts.keep(draft("two lots")).unwrap();
        drafts.keep(draft("two lots 或三批")).unwrap();
        fs::write(place.join("notes.txt"), "mine").unwrap();

        let mut drafts = Drafts::load(place.clone());
        assert_eq!(drafts.get(key, &BTreeSet::new()), Some(&draft("two lots 或三批")));
        drafts.post(draft("two lots 或三批"), sent).unwrap();
        drafts.keep(draft("another")).unwrap();

        let mut drafts = Drafts::load(place.clone());
        assert_eq!(drafts.get(key, &BTreeSet::new()), Some(&draft("another")));
        assert_eq!(drafts.posted().map(|(sent, _)| sent).collect::<Vec<_>>(), [sent]);
        drafts.delivered(sent).unwrap();
        drafts.drop(key).unwrap();
        drafts.drop(key).unwrap();

        let drafts = Drafts::load(place.clone());
        assert!(drafts.kept.is_empty() && drafts.posted.is_empty());
        assert!(place.join("notes.txt").exists());
    }

    #[test]
    fn a_draft_is_of_one_member_and_of_exactly_its_records() {
        let dir = tempfile::tempdir().unwrap();
        let (anna, bo) = (Id::new(Kind::Member, 1), Id::new(Kind::Member, 2));
        let these: BTreeSet<Id> = [3, 4].map(Id::customer).into();
        let others: BTreeSet<Id> = [3, 5].map(Id::customer).into();
        let many = |text: &str| Draft { over: these.clone(), ..draft(text) };
        let mut drafts = Drafts::load(dir.path().into());
        assert!(drafts.of(anna) && !drafts.of(anna));
        drafts.keep(many("ours")).unwrap();
        drafts.post(many("sent"), (1, 1)).unwrap();
        drafts.keep(many("ours")).unwrap();

        let mut drafts = Drafts::load(dir.path().into());
        let key = draft("").key();
        drafts.of(bo);
        assert_eq!((drafts.get(key, &these), drafts.posted().count()), (None, 0));
        drafts.keep(many("mine")).unwrap();
        drafts.of(anna);
        assert_eq!(drafts.get(key, &these).map(|draft| draft.field("text")), Some("ours"));
        assert_eq!((drafts.get(key, &others), drafts.posted().count()), (None, 1));
        drafts.empty(&Draft { over: others, ..draft("") }).unwrap();
        assert!(drafts.get(key, &these).is_some(), "nothing typed for others leaves it alone");
    }

    #[test]
    fn what_is_refused_is_a_draft_again() {
        let dir = tempfile::tempdir().unwrap();
        let mut drafts = Drafts::load(dir.path().into());
        drafts.post(draft("two lots"), (1, 2)).unwrap();
        drafts.refused((1, 2)).unwrap();
        assert_eq!(drafts.get(draft("").key(), &BTreeSet::new()), Some(&draft("two lots")));
        assert_eq!(Drafts::load(dir.path().into()).posted().count(), 0);
    }

    #[test]
    fn nobody_else_can_read_them() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let mut drafts = Drafts::load(dir.path().join("drafts"));
        drafts.keep(draft("secret")).unwrap();
        let file = drafts.file(&draft("")).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(file.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
