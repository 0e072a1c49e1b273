//! `gx member`: the people of ours.

use clap::{Args, Subcommand};

use super::failure::{Done, Failure};
use super::fields::{Changes, Dry, Sets};
use super::gx::Gx;
use super::page::Column;
use super::rows::{Filtered, said};
use super::shape::Shaper;
use super::tree::Verb;
use crate::model::query::RowLine;
use crate::model::{self, Change, Command, Day, Kind, Row};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Member {
    #[command(subcommand)]
    verb: MemberVerb,
}

#[derive(Subcommand, Debug)]
enum MemberVerb {
    /// Add a member
    Add(Add),
    /// Change a member
    Edit(Edit),
    /// Note when a member is away, and who stands in
    #[command(alias = "absent")]
    Away(Away),
    /// A member is back, or does not go
    Back(Back),
    /// List members
    List(Filtered),
}

#[derive(Args, Debug)]
struct Add {
    /// As people call them
    #[arg(long, value_name = "NAME")]
    name: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (m2), or words that mean one member
    #[arg(value_name = "MEMBER")]
    member: String,
    /// As people call them
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Away {
    /// An id (m2), words that mean one member, or me
    #[arg(value_name = "MEMBER")]
    member: String,
    /// The first and the last day: tomorrow..fri, 2026-12-01..2026-12-03; one day alone is both
    #[arg(value_name = "FROM..UNTIL", allow_hyphen_values = true)]
    days: String,
    /// Who stands in; else it is their lead
    #[arg(long, value_name = "WHO")]
    stand_in: Option<String>,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Back {
    /// An id (m2), words that mean one member, or me
    #[arg(value_name = "MEMBER")]
    member: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// Their account on this machine
    #[arg(long, value_name = "LOGIN")]
    login: Option<String>,
    /// rep, lead, manager, admin, auditor
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// The team they work in
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// A further team they work in; may be given again
    #[arg(long, value_name = "TEAM")]
    also: Vec<String>,
    /// What they are good at; may be given again
    #[arg(long, value_name = "SKILL")]
    skill: Vec<String>,
    /// Their lead
    #[arg(long, value_name = "MEMBER")]
    lead: Option<String>,
    /// Mail address
    #[arg(long, value_name = "M")]
    mail: Option<String>,
    /// Telephone number
    #[arg(long, value_name = "P")]
    phone: Option<String>,
    #[command(flatten)]
    sets: Sets,
}

impl Verb for Member {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            MemberVerb::Add(Add { name, fields, dry }) => {
                let changes = fields.changes(gx, Some(&name))?.done();
                gx.add(Kind::Member, changes, dry)
            }
            MemberVerb::Edit(Edit { member, name, fields, dry }) => {
                let changes = fields.changes(gx, name.as_deref())?.some()?;
                gx.edit(Kind::Member, &member, changes, dry)
            }
            MemberVerb::List(filtered) => {
                let lang = gx.lang;
                let columns = [
                    ("name", Column::wide(say::col_name(lang))),
                    ("login", Column::left(say::col_login(lang))),
                    ("role", Column::left(say::col_role(lang))),
                    ("team", Column::left(say::col_team(lang))),
                    ("skills", Column::left(say::col_skills(lang))),
                    ("lead", Column::left(say::col_lead(lang))),
                    ("away_until", Column::left(say::col_away(lang))),
                ];
                let today = gx.session()?.now.day(gx.zone()?);
                filtered.show_by(gx, Kind::Member, &columns, |line, field, shaper| match &line.row {
                    Row::Member(member) if field == "away_until" => away(member, line, today, shaper),
                    Row::Member(member) if field == "team" => teams(member, line),
                    _ => said(line, field, shaper),
                })
            }
            MemberVerb::Away(away) => away.run(gx),
            MemberVerb::Back(Back { member, dry }) => {
                let changes = absence(gx, ["", "", "", ""])?;
                gx.edit(Kind::Member, &member, changes, dry)
            }
        }
    }
}

impl Away {
    fn run(self, gx: &mut Gx) -> Done {
        let (from, until) = self.days.split_once("..").unwrap_or((&self.days, &self.days));
        if until.trim().is_empty() {
            return Err(Failure::usage(say::no_last_day(gx.lang)).hint(say::no_last_day_hint(gx.lang)));
        }
        let from = if from.trim().is_empty() { "today" } else { from };
        let stand_in = self.stand_in.as_deref().unwrap_or_default();
        let reason = self.reason.as_deref().unwrap_or_default();
        let changes = absence(gx, [from, until, stand_in, reason])?;
        let member = gx.resolve(Kind::Member, &self.member)?;
        let (before, today) = (gx.row(member), gx.session()?.now.day(gx.zone()?));
        gx.write(Command::Edit { record: member, changes }, self.dry.dry_run)?;
        if let Some((from, until)) =
            before.and_then(|line| noted(&line.row)).filter(|(_, until)| *until >= today)
        {
            gx.note(&say::absence_replaced(gx.lang, from.date(), until.date()));
        }
        Ok(())
    }
}

/// The absence that a member's record notes.
fn noted(row: &Row) -> Option<(Day, Day)> {
    match row {
        Row::Member(member) => member.away(),
        _ => None,
    }
}

/// The changes that note an absence; nothing of an earlier one is left.
fn absence(gx: &Gx, [from, until, stand_in, reason]: [&str; 4]) -> Done<Vec<Change>> {
    let changes = Changes::new(gx, Kind::Member)
        .put("away_from", Some(from))?
        .put("away_until", Some(until))?
        .put("stand_in", Some(stand_in))?
        .put("away_reason", Some(reason))?;
    Ok(changes.done())
}

/// Each team of a member, the first one in front.
fn teams(member: &model::Member, line: &RowLine) -> String {
    let name = |team| line.names.iter().find(|named| named.id == team).map(|named| named.name.line());
    member.in_teams().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// When a member is away, unless that is over, and who stands in.
fn away(member: &model::Member, line: &RowLine, today: Day, shaper: Shaper) -> String {
    let lang = shaper.lang;
    let when = match member.away() {
        Some((_, until)) if until < today => return String::new(),
        Some((from, until)) if from <= today => say::away_until(lang, until.date()),
        Some((from, until)) => say::away_from_until(lang, from.date(), until.date()),
        None => return String::new(),
    };
    let who = said(line, "stand_in", shaper);
    if who.is_empty() { when } else { [when, who].join(lang.pick(": ", "：")) }
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx, name: Option<&str>) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::Member)
            .put("name", name)?
            .put("login", self.login.as_deref())?
            .put("role", self.role.as_deref())?
            .put("team", self.team.as_deref())?
            .link("teams", &self.also)?
            .link("skills", &self.skill)?
            .put("lead", self.lead.as_deref())?
            .put("mail", self.mail.as_deref())?
            .put("phone", self.phone.as_deref())?
            .sets(&self.sets)
    }
}
