//! The records, each declared once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::choice::{
    Channel, Complexity, CustomerKind, DealStage, Direction, Need, Outcome, Role, RunState, Source, TaskState,
};
use super::super::id::{Id, Kind};
use super::super::time::{Day, Instant};
use super::super::value::{FieldInfo, Shape, Slot};
use crate::text::{Clean, Lunar, Money, Weekdays};

/// Member and duty pairs.
pub type Duties = BTreeSet<(Id, Clean)>;

records! {
    /// The store itself. Its one record holds what everything else is counted and shown by.
    Settings {
        1 name: Clean = Shape::Line(80);
        /// What the store is called.
        2 policy: Clean = Shape::Note(200_000);
        /// The policy in force, as text.
        3 timezone: Clean = Shape::Line(60);
        /// The team's time zone (IANA name): days are counted in it.
        4 currency: Clean = Shape::Line(3);
        /// The currency of bare amounts and of `spend` (ISO 4217).
        5 practice: bool = Shape::Flag;
        /// A practice store: its clock can be moved.
        6 clock_ahead: Option<i64> = Shape::Number;
        /// Practice stores: how many milliseconds the clock is ahead of the machine's (behind, where negative).
        8 version: Option<i64> = Shape::Number, derived;
        /// The number of the policy in force.
        9 created: Option<Instant> = Shape::Instant, derived;
        /// When the store was made.
        10 graded_by: Option<i64> = Shape::Number, derived;
        /// The mark of the policy by which the whole book was graded; none: it is to be.
        11 displaced: Option<i64> = Shape::Number, derived;
        /// The place in the journal of an act that concerned more customers than were graded with it.
        12 restored: Option<i64> = Shape::Number, derived;
        /// The place of what was taken back last of that which a policy did whose adoption was undone.
    }
    /// A person of ours.
    Member {
        1 name: Clean = Shape::Line(120);
        /// As people call them.
        2 login: Clean = Shape::Line(64);
        /// The Unix account; none until linked.
        3 uid: Option<i64> = Shape::Number;
        /// The number of that account: what the kernel says of a caller.
        4 role: Option<Role> = Shape::word::<Role>();
        /// What they may do.
        5 team: Option<Id> = Shape::Ref(Kind::Team);
        /// The team they work in.
        30 teams: BTreeSet<Id> = Shape::Refs(Kind::Team);
        /// Further teams they work in.
        31 skills: BTreeSet<Clean> = Shape::Lines(60);
        /// What they are good at.
        6 lead: Option<Id> = Shape::Ref(Kind::Member);
        /// Their lead.
        7 mail: Clean = Shape::Line(254);
        /// Mail address.
        8 phone: Clean = Shape::Line(40);
        /// Telephone.
        32 away_from: Option<Day> = Shape::Day;
        /// The first day on which they are away.
        33 away_until: Option<Day> = Shape::Day;
        /// The last one.
        34 stand_in: Option<Id> = Shape::Ref(Kind::Member);
        /// Who stands in for them then.
        35 away_reason: Clean = Shape::Line(400);
        /// Why they are away.
        9 left: bool = Shape::Flag;
        /// No longer with us.
        10 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        11 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
        12 read: Option<i64> = Shape::Number, derived;
        /// Up to which place of the journal they have read who mentions them.
        13 read_beyond: BTreeSet<Clean> = Shape::Lines(20), derived;
        /// The places behind that one where they have as well.
        20 claims: Option<i64> = Shape::Number, derived;
        /// How many customers they claimed on the last day on which they claimed any.
        21 claimed_on: Option<Day> = Shape::Day, derived;
        /// That day.
    }
    /// A small group of members that looks after customers together.
    Team {
        1 name: Clean = Shape::Line(120);
        /// As people call it.
        2 department: Clean = Shape::Line(120);
        /// The department it belongs to.
        3 lead: Option<Id> = Shape::Ref(Kind::Member);
        /// Its lead.
        4 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        5 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
    }
    /// A company or person we look after.
    Customer {
        1 name: Clean = Shape::Line(200);
        /// As we call them.
        2 kind: Option<CustomerKind> = Shape::word::<CustomerKind>();
        /// Company or person.
        3 parent: Option<Id> = Shape::Ref(Kind::Customer);
        /// The company they belong to.
        4 owner: Option<Id> = Shape::Ref(Kind::Member);
        /// The member who looks after them.
        5 team: Option<Id> = Shape::Ref(Kind::Team);
        /// The team whose queue serves them.
        60 backup: Option<Id> = Shape::Ref(Kind::Member);
        /// The member who looks after them while the owner is away.
        6 aliases: BTreeSet<Clean> = Shape::Lines(200);
        /// Other names.
        7 tags: BTreeSet<Clean> = Shape::Lines(60);
        /// Tags.
        8 industry: Clean = Shape::Line(120);
        /// Line of business.
        9 region: Clean = Shape::Line(120);
        /// Region.
        10 country: Clean = Shape::Line(120);
        /// Country.
        11 employees: Option<i64> = Shape::Number;
        /// How many people work there.
        12 revenue: Option<Money> = Shape::Money;
        /// Yearly revenue.
        13 need: Option<Need> = Shape::word::<Need>();
        /// What matters most to them.
        14 complexity: Option<Complexity> = Shape::word::<Complexity>();
        /// How much work they are.
        15 phones: BTreeSet<Clean> = Shape::Lines(40);
        /// Telephone numbers.
        16 mails: BTreeSet<Clean> = Shape::Lines(254);
        /// Mail addresses.
        17 address: Clean = Shape::Note(400);
        /// Postal address.
        18 website: Clean = Shape::Line(254);
        /// Web site.
        19 code: Clean = Shape::Line(18);
        /// Unified social credit code (GB 32100-2015).
        20 source: Clean = Shape::Line(120);
        /// Where they came from.
        21 note: Clean = Shape::Note(4000);
        /// What everybody should know.
        22 collaborators: Duties = Shape::Duties;
        /// Members beside the owner, each with a duty.
        23 own: BTreeMap<Clean, Clean> = Shape::Own(400);
        /// The team's own fields.
        24 dnc: bool = Shape::Flag;
        /// Do not contact.
        25 verified: Option<Day> = Shape::Day;
        /// When somebody last checked the data.
        26 archived: bool = Shape::Flag;
        /// Put away: in no list unless asked for.
        27 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        28 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
        29 owned: Option<Instant> = Shape::Instant, derived;
        /// Start of the present ownership.
        30 tier_fixed: Clean = Shape::Line(40), by "gx tier set";
        /// A tier set by hand.
        31 tier_reason: Clean = Shape::Line(400), by "gx tier set";
        /// Why it was.
        32 tier_until: Option<Day> = Shape::Day, by "gx tier set";
        /// The last day on which it holds; none: until cleared.
        33 tier: Clean = Shape::Line(40), derived;
        /// The tier in force.
        34 tier_since: Option<Day> = Shape::Day, derived;
        /// Since when.
        35 tier_next: Clean = Shape::Line(40), derived;
        /// The tier whose rule holds but is not yet confirmed.
        36 tier_next_since: Option<Day> = Shape::Day, derived;
        /// Since when its rule holds.
        37 stage: Clean = Shape::Line(40), derived;
        /// The stage of life in force.
        38 stage_since: Option<Day> = Shape::Day, derived;
        /// Since when.
        39 stages: BTreeSet<Clean> = Shape::Lines(40), derived;
        /// Every stage they were ever in.
        40 updated: Option<Instant> = Shape::Instant, derived;
        /// When somebody last changed the record; set by the fold.
        41 regrade: Option<Instant> = Shape::Instant, derived;
        /// When time alone can change tier or stage.
        50 pool: Clean = Shape::Line(40), derived;
        /// The open pool in which they lie, or to which they would return.
        51 returns: Option<Instant> = Shape::Instant, derived;
        /// When they return to it, if nothing changes.
        52 return_warned: Option<Instant> = Shape::Instant, derived;
        /// From when on that is warned of.
        53 protected: Option<Instant> = Shape::Instant, by "gx pool protect";
        /// Until when they do not.
        54 protect_reason: Clean = Shape::Line(400), by "gx pool protect";
        /// Why not.
        55 released: Option<Instant> = Shape::Instant, by "gx pool release";
        /// When they last came into the pool.
        56 released_by: Option<Id> = Shape::Ref(Kind::Member), by "gx pool release";
        /// Who released them; none: a rule did.
        57 release_reason: Clean = Shape::Line(400), by "gx pool release";
        /// Why.
        70 begins: Option<Instant> = Shape::Instant, derived;
        /// When time next begins a playbook for them, if nothing changes.
        80 channel: Option<Channel> = Shape::word::<Channel>();
        /// The way they like to be reached.
        81 weekdays: Option<Weekdays> = Shape::Line(60);
        /// The weekdays on which they like that.
        82 care_at: Option<Instant> = Shape::Instant, derived;
        /// When time brings their next planned contact into the queue, or can change it.
        83 care: Clean = Shape::Line(40), derived;
        /// What brings it: an occasion of the policy, or `cadence`; empty: it is only to be looked at again.
        90 tier_why: Clean = Shape::Note(2000), derived;
        /// What decided on the last move to another tier: a condition a line, with the fact behind ` = `.
    }
    /// A person at a customer.
    Contact {
        1 name: Clean = Shape::Line(120);
        /// As people call them.
        2 customer: Option<Id> = Shape::Ref(Kind::Customer);
        /// Where they work.
        3 title: Clean = Shape::Line(120);
        /// What they do there.
        4 phones: BTreeSet<Clean> = Shape::Lines(40);
        /// Telephone numbers.
        5 mails: BTreeSet<Clean> = Shape::Lines(254);
        /// Mail addresses.
        6 wechat: Clean = Shape::Line(60);
        /// WeChat name.
        7 channel: Option<Channel> = Shape::word::<Channel>();
        /// The way they like to be reached.
        8 birthday: Option<Day> = Shape::Day;
        /// Birthday.
        9 note: Clean = Shape::Note(4000);
        /// What everybody should know.
        10 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        11 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
        40 weekdays: Option<Weekdays> = Shape::Line(60);
        /// The weekdays on which they like to be reached.
        41 lunar_birthday: Option<Lunar> = Shape::Line(40);
        /// Birthday in the lunar calendar.
        42 dnc: bool = Shape::Flag;
        /// Do not contact.
    }
    /// Something that was said or written between us and a customer.
    Interaction {
        1 customer: Option<Id> = Shape::Ref(Kind::Customer);
        /// With whom.
        2 contact: Option<Id> = Shape::Ref(Kind::Contact);
        /// With which person there.
        3 by: Option<Id> = Shape::Ref(Kind::Member);
        /// Who of us.
        4 at: Option<Instant> = Shape::Instant;
        /// When.
        5 channel: Option<Channel> = Shape::word::<Channel>();
        /// Which way.
        6 direction: Option<Direction> = Shape::word::<Direction>();
        /// Who began; none for a note to ourselves.
        7 outcome: Option<Outcome> = Shape::word::<Outcome>();
        /// How it ended.
        8 text: Clean = Shape::Note(20_000);
        /// Our words.
        9 said: Clean = Shape::Note(20_000);
        /// Their words.
        10 inquiry: bool = Shape::Flag;
        /// They asked for something new.
        11 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        12 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
        40 greeting: bool = Shape::Flag;
        /// It was a greeting.
        41 again: bool = Shape::Flag;
        /// Though there was another one on that day.
    }
    /// Something to do.
    Task {
        1 title: Clean = Shape::Line(200);
        /// What.
        2 customer: Option<Id> = Shape::Ref(Kind::Customer);
        /// For whom.
        3 assignee: Option<Id> = Shape::Ref(Kind::Member);
        /// Who does it; none: whoever of the team takes it.
        4 team: Option<Id> = Shape::Ref(Kind::Team);
        /// In whose queue.
        5 due: Option<Instant> = Shape::Instant;
        /// By when; 23:59 means by the end of that day.
        6 state: Option<TaskState> = Shape::word::<TaskState>(), by "gx task done, gx task drop";
        /// Where it stands.
        7 source: Option<Source> = Shape::word::<Source>();
        /// What it came from.
        8 promise: bool = Shape::Flag;
        /// Promised to the customer.
        9 snoozed_until: Option<Instant> = Shape::Instant, by "gx task snooze";
        /// Out of sight until then.
        10 note: Clean = Shape::Note(4000);
        /// More about it.
        11 taken: Option<Instant> = Shape::Instant, by "gx task take";
        /// When somebody took it from the queue.
        12 done_at: Option<Instant> = Shape::Instant, by "gx task done, gx task drop";
        /// When it was done or dropped.
        13 done_by: Option<Id> = Shape::Ref(Kind::Member), by "gx task done, gx task drop";
        /// By whom.
        14 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        15 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
        20 run: Option<Id> = Shape::Ref(Kind::Run), derived;
        /// The playbook at work that it is a step of.
        21 playbook: Clean = Shape::Line(40), derived;
        /// Which playbook that is.
        22 step: Clean = Shape::Line(40), derived;
        /// Which step.
        23 duty: Clean = Shape::Line(60), derived;
        /// The duty that does it.
        24 begun: Option<Instant> = Shape::Instant, derived;
        /// Since when its time passes.
        25 warn_at: Option<Instant> = Shape::Instant, derived;
        /// When it is to be warned of.
        26 warned: Option<Instant> = Shape::Instant, derived;
        /// When it was warned of.
        27 escalated: Option<i64> = Shape::Number, derived;
        /// How often it was escalated.
        28 escalated_to: Option<Id> = Shape::Ref(Kind::Member), derived;
        /// Whom it concerns since it is late.
        29 look: Option<Instant> = Shape::Instant, derived;
        /// When time brings the next of these.
        40 occasions: BTreeSet<Clean> = Shape::Lines(60), derived;
        /// The occasions of the policy that it greets on: `spring-festival`, and of a contact `birthday:p7`.
        41 greets: Option<Day> = Shape::Day, derived;
        /// The day of the greeting that it is.
        42 channel: Option<Channel> = Shape::word::<Channel>();
        /// The way in which it is to be done.
        43 again: bool = Shape::Flag;
        /// A greeting, though there is another one on that day.
        44 stands: Option<Instant> = Shape::Instant, derived;
        /// Since when its clock stands still: its playbook is paused, or it ended in a pause.
        48 every: Option<i64> = Shape::Number, derived;
        /// The rhythm of the communication plan that asked for it, in days.
        49 counted: Option<Day> = Shape::Day, derived;
        /// From which day on that counted.
        50 version: Option<i64> = Shape::Number, derived;
        /// The version of the policy by which its times were counted.
    }
    /// A possible sale.
    Deal {
        1 customer: Option<Id> = Shape::Ref(Kind::Customer);
        /// To whom.
        2 name: Clean = Shape::Line(200);
        /// What it is called.
        3 product: Clean = Shape::Line(120);
        /// What would be sold.
        4 owner: Option<Id> = Shape::Ref(Kind::Member);
        /// Who works on it.
        5 stage: Option<DealStage> = Shape::word::<DealStage>();
        /// Where it stands.
        6 amount: Option<Money> = Shape::Money;
        /// For how much.
        7 opened: Option<Day> = Shape::Day;
        /// Since when; a deal in prospecting has none yet.
        8 expected: Option<Day> = Shape::Day;
        /// When it should close.
        9 closed: Option<Day> = Shape::Day;
        /// When it was won or lost.
        10 probability: Option<i64> = Shape::Number;
        /// How likely, in percent.
        11 lost_reason: Clean = Shape::Line(400);
        /// Why it was lost.
        12 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        13 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
    }
    /// A sale. A won deal is one, on its close date.
    Purchase {
        1 customer: Option<Id> = Shape::Ref(Kind::Customer);
        /// To whom.
        2 product: Clean = Shape::Line(120);
        /// What.
        3 amount: Option<Money> = Shape::Money;
        /// For how much.
        4 date: Option<Day> = Shape::Day;
        /// When.
        5 owner: Option<Id> = Shape::Ref(Kind::Member);
        /// Who sold it.
        6 deal: Option<Id> = Shape::Ref(Kind::Deal);
        /// The deal that it came from.
        7 paid: bool = Shape::Flag;
        /// Paid for.
        8 note: Clean = Shape::Note(4000);
        /// More about it.
        9 reference: Clean = Shape::Line(200);
        /// What an import knows the record by.
        10 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
    }
    /// Many changes that belong together.
    Batch {
        1 name: Clean = Shape::Line(200);
        /// What it was: the command and the file.
        2 fingerprint: Clean = Shape::Line(80);
        /// By what an interrupted one is known again.
        3 by: Option<Id> = Shape::Ref(Kind::Member);
        /// Who began it.
        4 closed: bool = Shape::Flag;
        /// All of it is there.
        6 created: Option<Instant> = Shape::Instant, derived;
        /// When it began.
    }
    /// A list of customers with a name.
    View {
        1 name: Clean = Shape::Line(80);
        /// As people call it.
        2 filter: Clean = Shape::Line(2000);
        /// Which customers; empty: all.
        3 sort: Clean = Shape::Line(40);
        /// The field that they are sorted by; empty: late ones first.
        4 columns: Clean = Shape::Line(200);
        /// The columns of the screen, with commas between; empty: the reader's own.
        5 owner: Option<Id> = Shape::Ref(Kind::Member);
        /// Who made it, and may change it.
        6 shared: bool = Shape::Flag;
        /// The team has it too.
        7 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
    }
    /// A playbook at work for a customer.
    Run {
        1 customer: Option<Id> = Shape::Ref(Kind::Customer), derived;
        /// For whom.
        2 playbook: Clean = Shape::Line(40), derived;
        /// Which playbook.
        3 version: Option<i64> = Shape::Number, derived;
        /// The version of the policy whose steps it goes by.
        4 started: Option<Instant> = Shape::Instant, derived;
        /// When what started it happened.
        5 origin: Clean = Shape::Line(60), derived;
        /// The record that started it.
        6 state: Option<RunState> = Shape::word::<RunState>(), by "gx playbook pause, gx playbook resume, gx playbook stop";
        /// Where it stands.
        7 reason: Clean = Shape::Line(400), by "gx playbook pause, gx playbook stop";
        /// Why it stands there.
        8 paused: Option<Instant> = Shape::Instant, derived;
        /// Since when its clocks stand still.
        9 ended: Option<Instant> = Shape::Instant, derived;
        /// When it was done or stopped.
        10 look: Option<Instant> = Shape::Instant, derived;
        /// When time alone can fulfil its purpose.
        11 created: Option<Instant> = Shape::Instant, derived;
        /// When the record was made.
        21 pauses: BTreeSet<Clean> = Shape::Lines(40), derived;
        /// Its pauses that are over: two moments each.
    }
}
