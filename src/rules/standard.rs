//! The service standard of tiers: whether whoever asks is answered in time, and who serves.

use std::collections::{BTreeSet, HashMap};

use crate::model::lately::{self, Question};
use crate::model::{Day, Ground, Id, Instant, Kind, Row, Rows};
use crate::rules::policy::{Pace, Policy, Server};
use crate::text::Clean;

/// How those were answered who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// How many were answered, or could have been in time.
    pub asked: u32,
    /// How many of them were answered in time.
    pub in_time: u32,
    /// After how many milliseconds of the standard's clock each was who was answered.
    times: Vec<i64>,
}

/// What each customer asked from a day on until now, with whatever answered it first. Reads the keys of those days
/// alone.
pub fn questions(rows: &dyn Rows, since: Day, now: Instant) -> HashMap<u64, Vec<Question>> {
    let zone = Ground::of(&rows.settings()).zone;
    let since = Instant::at(since.date().and_time(chrono::NaiveTime::MIN), zone);
    let all = lately::said(rows, since, now).into_iter();
    all.map(|(customer, said)| (customer, Question::all(said))).collect()
}

impl Answered {
    /// Half of those who were answered were within so many minutes; none: nobody was.
    pub fn median(&self) -> Option<i64> {
        median(self.times.clone()).map(|millis| millis / 60_000)
    }

    /// Counts what was asked, by a standard. Who still waits counts once it is too late.
    pub fn count(&mut self, questions: &[Question], pace: &Pace, now: Instant) {
        for Question { at, answer } in questions {
            let Some(due) = pace.ends(*at) else { continue };
            if answer.is_some() || due < now {
                self.asked += 1;
                self.in_time += u32::from(answer.is_some_and(|answer| answer <= due));
            }
            self.times.extend(answer.and_then(|answer| pace.passed(*at, answer)));
        }
    }
}

/// The lower of the two in the middle, or the one that is; none of nothing.
pub fn median<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    let middle = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable(middle).1)
}

/// Who can serve the customers of a tier as its standard says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Servers {
    by: Server,
    /// Who has the skill that is asked for; none: everybody has.
    able: Option<Able>,
}

/// Who has a skill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Able {
    members: BTreeSet<Id>,
    /// In which one of them is.
    teams: BTreeSet<Id>,
}

/// For each tier of a policy who can serve; none for one that does not say.
pub fn servers(rows: &dyn Rows, policy: &Policy) -> Vec<Option<Servers>> {
    let servers = |serve: &crate::rules::policy::Serve| Servers {
        by: serve.by,
        able: serve.skill.as_ref().map(|skill| able(rows, skill)),
    };
    policy.tiers.iter().map(|tier| tier.serve.as_ref().map(servers)).collect()
}

/// The members with us who have a skill, and the teams in which they are.
fn able(rows: &dyn Rows, skill: &Clean) -> Able {
    let mut able = Able::default();
    rows.each_row(Kind::Member, 1, &mut |n, row| {
        if let Row::Member(member) = row
            && !member.left
            && member.skills.iter().any(|has| has.folded() == skill.folded())
        {
            able.members.insert(Id::new(Kind::Member, n));
            able.teams.extend(member.team);
            able.teams.extend(member.teams);
        }
        true
    });
    able
}

impl Servers {
    /// Whether a customer with this owner and team is served as the standard says. Who is asked for a team is also
    /// content with a person.
    pub fn serve(&self, owner: Option<Id>, team: Option<Id>) -> bool {
        let able = self.able.as_ref();
        let person = owner.is_some_and(|owner| able.is_none_or(|able| able.members.contains(&owner)));
        let queue = team.is_some_and(|team| able.is_none_or(|able| able.teams.contains(&team)));
        match self.by {
            Server::Person => person,
            Server::Team => person || queue,
            Server::Automatic => true,
        }
    }

    /// The filter that shows the customers of a tier who are not served so.
    pub fn left_out(&self, tier: &Clean) -> Clean {
        let names = |ids: &BTreeSet<Id>| ids.iter().map(Id::to_string).collect::<Vec<_>>().join(",");
        let without = |field: &str, ids: Option<&BTreeSet<Id>>| match ids {
            None => format!(" {field}:none"),
            Some(ids) if ids.is_empty() => String::new(),
            Some(ids) => format!(" not {field}:{}", names(ids)),
        };
        let (members, teams) = self.able.as_ref().map(|able| (&able.members, &able.teams)).unzip();
        let mut filter = format!("tier:{tier}{}", without("owner", members));
        if self.by == Server::Team {
            filter += &without("team", teams);
        }
        Clean::washed(&filter).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Channel, Command, Direction, Log, Outcome};
    use crate::rules::policy::SHIPPED;
    use crate::rules::testing::{LEAD, Office, REP, edit, text};

    const STANDARD: &str = "answer_within = { time = \"4h\", clock = \"working\", calendar = \"office\" }";

    fn policy() -> String {
        let calendar = "\n[calendar.office]\nweek = \"Mon-Fri 09:00-18:00\"\n";
        let shipped = SHIPPED.split_inclusive('\n').filter(|line| !line.starts_with("answer_within"));
        let shipped: String = shipped.filter(|line| !line.starts_with("serve")).collect();
        let calendar = if SHIPPED.contains("[calendar.office]") { "" } else { calendar };
        shipped.replacen("id = \"C\"", &format!("id = \"C\"\n{STANDARD}"), 1) + calendar
    }

    fn said(office: &mut Office, customer: Id, way: &str, at: &str, channel: Channel) {
        let mut log = Log::call(customer, text("words"));
        (log.at, log.channel) = (text(at), Some(channel));
        match way {
            "in" => log.direction = Some(Direction::In),
            "out" => log.outcome = Some(Outcome::Reached),
            _ => log.outcome = Some(Outcome::NoAnswer),
        }
        office.run(Command::Log(Box::new(log))).unwrap();
    }

    fn of_all(office: &Office, policy: &str) -> Answered {
        let (policy, zone) = (Policy::parse(policy).unwrap(), chrono_tz::Asia::Shanghai);
        let since = Day(office.now.day(zone).0 - 89);
        let mut answered = Answered::default();
        let standard = policy.tiers.last().unwrap().answer_within.as_ref();
        let days = (Instant::at(since.date().into(), zone), office.now);
        let pace = policy.pace(standard.unwrap(), zone, days);
        for questions in questions(&office.rows, since, office.now).values() {
            answered.count(questions, &pace, office.now);
        }
        answered
    }

    #[test]
    fn an_answer_is_in_time_by_the_clock_of_the_standard() {
        let policy = policy();
        let mut office = Office::under(&policy);
        let [acme, other] = office.customers(["Acme", "Other"]);
        // Monday 1 January 2018 is the first day; Friday the 5th.
        office.days_pass(11);
        for (way, at, channel) in [
            ("in", "2018-01-05 17:00", Channel::Email),
            ("in", "2018-01-05 17:30", Channel::Email),
            ("no", "2018-01-05 17:40", Channel::Phone),
            ("out", "2018-01-08 12:10", Channel::Email),
            ("in", "2018-01-09 10:00", Channel::Phone),
            ("in", "2018-01-11 09:00", Channel::Email),
        ] {
            said(&mut office, acme, way, at, channel);
        }
        said(&mut office, other, "in", "2018-01-12 08:00", Channel::Email);
        let answered = of_all(&office, &policy);
        // 17:00: 1 h on Friday and 3 h 10 on Monday are too long; 17:30: 3 h 40 are not; the call was taken at once;
        // Thursday's question is late by now, and Friday's can still be answered.
        assert_eq!((answered.asked, answered.in_time), (4, 2));
        assert_eq!(answered.median(), Some(220));
    }

    #[test]
    fn only_the_last_ninety_days_count() {
        let policy = policy();
        let mut office = Office::under(&policy);
        let [acme] = office.customers(["Acme"]);
        said(&mut office, acme, "in", "today", Channel::Email);
        office.days_pass(89);
        assert_eq!(of_all(&office, &policy).asked, 1);
        office.days_pass(1);
        assert_eq!(of_all(&office, &policy).asked, 0);
    }

    #[test]
    fn who_serves_is_judged_by_the_skill_that_is_asked_for() {
        let serve = |serve: &str| policy().replacen("id = \"C\"", &format!("id = \"C\"\nserve = {serve}"), 1);
        let mut office = Office::new();
        let team = office.make(Kind::Team, &[("name", "North")]);
        office.run(edit(REP, "skills", "senior")).unwrap();
        office.run(edit(REP, "team", "North")).unwrap();
        let (lead, rep, north) = (Some(LEAD), Some(REP), Some(team));
        for (standard, served, filter) in [
            ("{ by = \"person\" }", [false, true, true, false], "tier:C owner:none"),
            ("{ by = \"person\", skill = \"Senior\" }", [false, false, true, false], "tier:C not owner:m3"),
            ("{ by = \"person\", skill = \"law\" }", [false; 4], "tier:C"),
            ("{ by = \"team\" }", [false, true, true, true], "tier:C owner:none team:none"),
            (
                "{ by = \"team\", skill = \"senior\" }",
                [false, false, true, true],
                "tier:C not owner:m3 not team:g1",
            ),
            ("{ by = \"automatic\" }", [true; 4], "tier:C owner:none"),
        ] {
            let policy = Policy::parse(&serve(standard)).unwrap();
            let servers = servers(&office.rows, &policy).pop().unwrap().unwrap();
            let whom = [(None, None), (lead, None), (rep, None), (None, north)];
            assert_eq!(whom.map(|(owner, team)| servers.serve(owner, team)), served, "{standard}");
            if !served.iter().all(|served| *served) {
                assert_eq!(servers.left_out(&text("C")).as_str(), filter, "{standard}");
            }
        }
    }

    #[test]
    fn the_median_is_the_lower_of_the_middle_ones() {
        assert_eq!(median::<i64>(Vec::new()), None);
        assert_eq!(median(vec![3, 1, 2]), Some(2));
        assert_eq!(median(vec![4, 1, 3, 2]), Some(2));
    }
}
