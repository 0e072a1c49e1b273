//! Who asks, and how the server is.

use nix::unistd::{SysconfVar, sysconf};

use super::super::{Service, said};
use super::Desk;
use crate::model::query::{Named, Session, Status};
use crate::model::{Answer, Batch, Id, Index, Key, Kind, Row, Rows, Sight};
use crate::text::Clean;

impl Desk<'_> {
    pub(super) fn session(&self) -> Answer {
        let rows = &self.head.snapshot;
        let settings = rows.settings();
        let policy = &self.head.policy;
        let team = rows.member(self.actor.member).and_then(|member| member.team);
        Answer::Session(Session {
            member: self.names.named(self.actor.member),
            team: self.maybe(team),
            store: settings.name,
            practice: settings.practice,
            timezone: settings.timezone,
            currency: settings.currency,
            now: self.now,
            tiers: policy.tiers.iter().map(|tier| tier.name.clone()).collect(),
            stages: policy.stages.iter().map(|stage| stage.name.clone()).collect(),
            names: self.head.names().clone(),
            head: rows.head(),
        })
    }

    /// What the service knows of itself; the server adds its folder, its kind and its sessions.
    pub(super) fn status(&self, service: &Service) -> Answer {
        let rows = &self.head.snapshot;
        let open = rows.found(&Key::of(Index::OpenBatch)).into_iter();
        let batch = |id: Id| match rows.row(id) {
            Some(Row::Batch(Batch { name, .. })) => Some(Named { id, name }),
            _ => None,
        };
        Answer::Status(Status {
            pid: std::process::id(),
            version: Clean::known(env!("CARGO_PKG_VERSION")),
            protocol: 0,
            store: rows.settings().name,
            kind: Clean::known(if rows.settings().practice { "practice" } else { "private" }),
            uptime_s: service.started.elapsed().as_secs(),
            sessions: 0,
            here: Vec::new(),
            head: rows.head(),
            customers: self.count(Kind::Customer),
            interactions: self.count(Kind::Interaction),
            memory_bytes: memory_in_use(),
            open_batches: open.filter_map(batch).collect(),
            regrading: service.regrading(),
            read_only: service.store.trouble().map(|why| said(&why, self.actor.lang)).unwrap_or_default(),
        })
    }
}

impl Desk<'_> {
    /// How many rows of a kind are in sight.
    fn count(&self, kind: Kind) -> u64 {
        let rows = &*self.head.snapshot;
        if self.sight == Sight::All {
            return rows.count(kind);
        }
        let mut count = 0;
        rows.each_row(kind, 0, &mut |_, row| {
            count += u64::from(self.sees(&row));
            true
        });
        count
    }
}

/// Resident memory of this process: the second number of `/proc/self/statm`, in pages; 0 where there is none.
fn memory_in_use() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
    let page = sysconf(SysconfVar::PAGE_SIZE).ok().flatten().and_then(|bytes| u64::try_from(bytes).ok());
    pages.unwrap_or(0) * page.unwrap_or(0)
}
