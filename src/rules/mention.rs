//! Whom texts mention: `@anna` in what is written about a customer, or `@East` for all of a team.
//!
//! Who is meant is decided when a line is written, by what members are called then, and stands in the journal. A
//! mention lasts for as long as its entry is not taken back and the text still has a line with it.

use std::borrow::Cow;

use super::Stamp;
use crate::model::{Command, Entry, Event, Field, Id, Kind, Member, Row, Rows, Value, World};
use crate::text::Clean;
use crate::text::mention::{Callable, excerpt, new_lines};

/// Notes whom the lines mention that this command has written. Lines that come back by an undo, and those of files,
/// were written before.
pub(super) fn note(world: &mut World, command: &Command, stamp: &Stamp) {
    if matches!(command, Command::Import { .. } | Command::Undo { .. }) {
        return;
    }
    let written: Vec<(Id, Field, String)> = world.events().iter().flat_map(written).collect();
    if written.is_empty() {
        return;
    }
    let members = members(world);
    let callable = callable(world, &members);
    for (record, field, lines) in written {
        let mut mentioned: Vec<Id> = stamp.by.into_iter().collect(); // oneself is not told
        let (teams, named): (Vec<_>, Vec<_>) =
            callable.mentions(&lines).into_iter().partition(|mention| mention.who.kind == Kind::Team);
        // Who is named and is in a team as well is told once, by name.
        for mention in named.into_iter().chain(teams) {
            let word = Clean::washed(&lines[mention.at]).0;
            let is_meant = |(id, member): &&(Id, Member)| *id == mention.who || member.is_in(mention.who);
            for (member, _) in members.iter().filter(is_meant) {
                if !mentioned.contains(member) {
                    mentioned.push(*member);
                    let (member, field, word) = (*member, field.clone(), word.clone());
                    world.emit(Event::Mentioned { record, field, member, word });
                }
            }
        }
    }
}

/// The team by whose name a member is mentioned with this word, as members and teams are called now.
pub fn through(rows: &dyn Rows, member: &Member, word: &str) -> Option<Id> {
    let own = Callable::of([((), member.login.as_str(), member.name.as_str())]);
    if own.meant(word).is_some() {
        return None;
    }
    let teams = teams(rows);
    let callable = Callable::default().with_groups(teams.iter().map(|(id, name)| (*id, name.as_str())));
    callable.meant(word)
}

/// The most characters of a line that are told.
const LINE: usize = 400;

/// A mention that stands: its entry was not taken back, and the text still has a line with it.
pub struct Standing {
    /// What the text is about.
    pub record: Id,
    /// Which field of it.
    pub field: Field,
    /// The customer of that.
    pub customer: Option<Id>,
    /// What stands behind the `@`.
    pub word: Clean,
    /// The line.
    pub line: Clean,
}

/// The mentions of a member in an entry that stand.
pub fn standing(rows: &dyn Rows, entry: &Entry, mentioned: Id) -> Vec<Standing> {
    if rows.undone_by(entry.seq).is_some() {
        return Vec::new();
    }
    let standing = |event: &Event| match event {
        Event::Mentioned { record, field, member, word } if *member == mentioned => {
            let row = rows.row(*record)?;
            let Value::Text(text) = row.get(field) else { return None };
            let line = line(&entry.events, *record, field, word.as_str(), text.as_str())?;
            let customer = if record.kind == Kind::Customer { Some(*record) } else { row.customer() };
            let (field, word) = (field.clone(), word.clone());
            Some(Standing { record: *record, field, customer, word, line: Clean::washed(&line).0 })
        }
        _ => None,
    };
    entry.events.iter().filter_map(standing).collect()
}

/// The line of a text as it is that a mention of an entry stands in: the one that was written then, or else the first
/// with the same words behind an `@`. None where there is none any more.
fn line<'t>(entry: &[Event], record: Id, field: &Field, word: &str, text: &'t str) -> Option<Cow<'t, str>> {
    let callable = Callable::of([((), word, "")]);
    let mentions = |line: &&str| !callable.mentions(line).is_empty();
    let of_entry =
        entry.iter().flat_map(written).find(|(of, in_field, _)| (*of, in_field) == (record, field));
    let then = of_entry.as_ref().and_then(|(.., lines)| lines.lines().find(mentions));
    let same = text.lines().find(|line| then == Some(*line));
    let line = same.or_else(|| text.lines().find(mentions))?.trim();
    let around = callable.mentions(line).first().map_or(0, |mention| mention.at.start);
    Some(excerpt(line, around, LINE))
}

/// The new lines with an `@` that an event has written into texts about customers.
fn written(event: &Event) -> Vec<(Id, Field, String)> {
    let record = event.record();
    let of = |field: &Field, from: &Value, to: &Value| {
        let name = record.kind.info(field.code).map(|info| info.name)?;
        let (Value::Text(text), true) = (to, record.kind.texts().contains(&name)) else { return None };
        let before = if let Value::Text(before) = from { before.as_str() } else { "" };
        let lines: Vec<&str> = new_lines(before, text.as_str()).collect();
        (!lines.is_empty()).then(|| (record, field.clone(), lines.join("\n")))
    };
    match event {
        Event::Created { values, .. } => {
            values.iter().filter_map(|(field, to)| of(field, &Value::Absent, to)).collect()
        }
        Event::Set { field, from, to, .. } => of(field, from, to).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Members and teams, by what they are called.
fn callable(rows: &dyn Rows, members: &[(Id, Member)]) -> Callable<Id> {
    let teams = teams(rows);
    Callable::of(members.iter().map(|(id, member)| (*id, member.login.as_str(), member.name.as_str())))
        .with_groups(teams.iter().map(|(id, name)| (*id, name.as_str())))
}

/// The teams, by name.
fn teams(rows: &dyn Rows) -> Vec<(Id, Clean)> {
    let mut teams = Vec::new();
    rows.each_row(Kind::Team, 0, &mut |n, row| {
        if let Row::Team(team) = row {
            teams.push((Id::new(Kind::Team, n), team.name));
        }
        true
    });
    teams
}

/// The members who are with us.
fn members(rows: &dyn Rows) -> Vec<(Id, Member)> {
    let mut members = Vec::new();
    rows.each_row(Kind::Member, 0, &mut |n, row| {
        if let Row::Member(member) = row
            && !member.left
        {
            members.push((Id::new(Kind::Member, n), member));
        }
        true
    });
    members
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ADMIN, LEAD, Office, REP, add, edit, field_of, row, text, undo};
    use super::*;
    use crate::model::Log;

    fn log(customer: Id, words: &str) -> Command {
        Command::Log(Box::new(Log::call(customer, text(words))))
    }

    /// The entries that mention a member, the newest first.
    fn mentions(office: &Office, member: Id) -> Vec<u64> {
        let mut seqs = Vec::new();
        office.rows.mentions(member, &mut |seq| {
            seqs.push(seq);
            true
        });
        seqs
    }

    #[test]
    fn what_is_written_about_a_customer_mentions_members_and_not_its_writer() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let of = acme.to_string();
        for (command, mentioned) in [
            (log(acme, "@bo, @Lea: call. @liwei knows"), [true, true]),
            (log(acme, "mail bo@lea.com"), [false, false]),
            (log(acme, "they agree > +3d @bo sends the list"), [true, false]),
            (add(Kind::Task, &[("title", "@lea decides"), ("customer", &of)]), [false, true]),
            (edit(acme, "note", "ask @bo first"), [true, false]),
            (edit(acme, "region", "@bo"), [false, false]),
            (edit(REP, "name", "@lea"), [false, false]),
        ] {
            let seq = office.seq(command.clone());
            let told = [REP, LEAD].map(|member| mentions(&office, member).contains(&seq));
            assert_eq!(told, mentioned, "{command:?}");
        }
        assert_eq!(mentions(&office, ADMIN), [0; 0]);
    }

    #[test]
    fn a_team_is_mentioned_for_all_who_are_in_it_each_once() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        office.make(Kind::Team, &[("name", "华东")]);
        let gone = office.make(Kind::Member, &[("name", "Cy"), ("team", "华东"), ("left", "yes")]);
        for member in [REP, LEAD, ADMIN] {
            office.run(edit(member, "team", "华东")).unwrap();
        }
        let seq = office.seq(log(acme, "请@华东跟进，@bo先联系"));
        let entry = office.rows.entry(seq).unwrap();
        let told: Vec<(Id, &str)> = entry
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Mentioned { member, word, .. } => Some((*member, word.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(told, [(REP, "bo"), (LEAD, "华东")], "not its writer");
        assert_eq!(mentions(&office, gone), [0; 0]);
        let lead = office.rows.member(LEAD).unwrap();
        assert_eq!(through(&office.rows, &lead, "华东"), Some(Id::new(Kind::Team, 1)));
        assert_eq!(through(&office.rows, &lead, "Lea"), None);
        office.run(edit(LEAD, "team", "none")).unwrap();
        assert_eq!(mentions(&office, LEAD), [seq], "whoever joins or leaves later");
    }

    #[test]
    fn a_team_is_mentioned_for_those_too_who_are_in_it_beside_another() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        for team in ["North", "South"] {
            office.make(Kind::Team, &[("name", team)]);
        }
        office.run(edit(REP, "team", "North")).unwrap();
        office.run(edit(REP, "teams", "South")).unwrap();
        let seq = office.seq(log(acme, "@South takes this, @North helps"));
        let told = office.rows.entry(seq).unwrap().events;
        let told = told.iter().filter(|event| event.mentions() == Some(REP));
        assert_eq!(told.count(), 1, "once");
    }

    #[test]
    fn a_new_line_mentions_and_an_old_one_does_not_again() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let first = office.seq(edit(acme, "note", "@bo has the key"));
        office.run(edit(acme, "note", "@bo has the key\nand the list")).unwrap();
        let again = office.seq(edit(acme, "note", "@bo has the key\n@bo: call them"));
        assert_eq!(mentions(&office, REP), [again, first]);
    }

    #[test]
    fn files_and_undo_mention_nobody() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        office.run(row(Kind::Task, "r1", &[("title", "@bo calls"), ("customer", "Acme")])).unwrap();
        assert_eq!(mentions(&office, REP), [0; 0]);
        let written = office.seq(edit(acme, "note", "@bo"));
        let cleared = office.seq(edit(acme, "note", ""));
        office.run(undo(cleared)).unwrap();
        assert_eq!(mentions(&office, REP), [written], "undone, it comes back with the text");
    }

    #[test]
    fn who_is_not_with_us_is_not_meant_and_a_name_of_later_changes_nothing() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let seq = office.seq(log(acme, "@bo calls"));
        office.run(edit(REP, "login", "robert")).unwrap();
        assert_eq!(mentions(&office, REP), [seq]);
        office.run(edit(REP, "left", "yes")).unwrap();
        office.run(log(acme, "@robert calls")).unwrap();
        assert_eq!(mentions(&office, REP), [seq]);
    }

    #[test]
    fn a_mention_stands_for_as_long_as_its_line() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let seq = office.seq(edit(acme, "note", "@bo has the key\n@bo, @lea: call"));
        let entry = office.rows.entry(seq).unwrap();
        let line = |text| {
            let line = line(&entry.events, acme, &field_of(acme, "note"), "lea", text);
            line.map(Cow::into_owned).unwrap_or_default()
        };
        assert_eq!(line("new\n@lea\n@bo, @lea: call"), "@bo, @lea: call");
        assert_eq!(line("changed: @Lea, please "), "changed: @Lea, please");
        assert_eq!(line("all is well"), "");
        let long = line(&format!("{} @lea", "x".repeat(2000)));
        assert!(long.ends_with("x @lea") && long.chars().count() == LINE + 2, "{long}");
    }

    #[test]
    fn what_is_read_is_written_once_and_is_nobodys_to_undo() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let read = |until| Command::InboxRead { until };
        let place = |office: &Office| office.rows.member(REP).and_then(|member| member.read);
        office.run(read(u64::MAX).by(REP)).unwrap();
        assert_eq!(place(&office), None, "there is nothing to read");
        let first = office.seq(log(acme, "@bo calls"));
        let second = office.seq(log(acme, "@bo writes"));
        office.run(read(first).by(REP)).unwrap();
        assert_eq!(place(&office), Some(first as i64));
        let region = office.seq(edit(acme, "region", "East").by(REP));
        let reading = office.seq(read(u64::MAX).by(REP));
        assert_eq!(place(&office), Some(reading as i64 - 1));
        let head = office.rows.head();
        for until in [second, u64::MAX] {
            office.run(read(until).by(REP)).unwrap();
        }
        assert_eq!(office.rows.head(), head, "what was read is not read again");
        assert!(office.run(undo(reading).by(ADMIN)).is_err());
        let last = super::super::undo::my_last(&office.rows, Some(REP)).unwrap();
        assert_eq!(last.seq, region);
    }

    #[test]
    fn an_auditor_reads_and_nobody_reads_for_another() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let eve = office.make(Kind::Member, &[("name", "Eve"), ("role", "auditor")]);
        office.run(log(acme, "@Eve looks at this")).unwrap();
        let read = Command::InboxRead { until: u64::MAX };
        office.run(read.by(eve)).unwrap();
        assert!(office.rows.member(eve).unwrap().read.is_some());
        assert!(office.run(edit(eve, "read", "1")).is_err());
    }
}
