//! guanxi (关系): team account handling in the terminal. A small team looks after a book of customers together.
//!
//! *Every change is an event in one journal; everything you see is a projection of it; rules are text; and whoever
//! looks at a customer knows who has done what, what is due next, and why.*
//!
//! # The rooms
//!
//! | room | what is in it | may use |
//! |---|---|---|
//! | [`text`] | what people type and read: `Clean` strings, dates, money, pinyin, the messages in both languages | nothing of ours |
//! | [`model`] | what is: records declared once, events, commands, questions, and **the** fold (`World::apply`) | text |
//! | [`codec`] | the only room that names bincode: journal envelope, frames | model, text |
//! | [`filter`] | the filter language: parse, normal form, evaluation, completion | model, text |
//! | [`rules`] | what may happen and what follows: `decide`, rights, policy, grading | filter, model, text |
//! | [`store`] | the only room that names redb: tables, journal, group commit, rebuild, verify | codec, filter, model, text |
//! | [`search`] | the server's index of the book, in memory: lists and fuzzy look-up | codec, filter, model, text |
//! | [`service`] | `execute(actor, orders)`, `answer(actor, question)`; owns clock and publication | rules, store, search, filter, model, text |
//! | [`ipc`] | the only room that names Unix sockets; client and server apart | codec, model, text; `server`, `desk` also service |
//! | [`demo`] | a believable book from a fixed seed, for practice stores | model, text |
//! | [`keys`] | the one list of acts, key names, key map files | text |
//! | [`config`] | paths, `config.toml` | text |
//! | [`cli`] | the only room that names clap and prints: a file per noun, one `Output` | `ipc::client`, keys, filter, model, text, config, tui; `host` also ipc, service, store, demo |
//! | [`tui`] | the only room that names ratatui and crossterm | `ipc::client`, keys, filter, model, text, config |
//!
//! `tests/architecture.rs` holds this table. `model`, `filter` and `rules` are pure: time, actor and rows come in.
//!
//! # From a key to a byte on disk
//!
//! ```text
//! key -> Act -> Effect -> Request::Do { orders }                                  tui, cli
//!  Desk::answer -> Service::execute                                               ipc, service
//!   store::write(job)             one redb transaction for up to 64 waiting jobs  store
//!    decide(world, order, stamp)  refuses, or emits events into the world         rules
//!    World::apply                 rows; index keys and facts follow from rows     model
//!    follow                       stages, tiers, steps of playbooks: own entries  rules
//!    grade::follow                stages and tiers, as an entry of their own, and the moment at which
//!                                 time alone can change them: `service::time` waits for the first  rules, service
//!    journal + tables, commit, publish head (tables + search index), reply, push
//! ```
//!
//! A refusal leaves nothing behind. Live writes, rebuild, import and tests share the one fold. An act is **one entry**
//! of the journal with all its events, so that history shows it whole and undo takes it back whole; what rules derive
//! from it are further entries that name the first and never stand in the way of an undo: grades are derived again, and
//! what playbooks did is taken back with the act, as far as nobody has gone on with it.
//!
//! A question about a day that has been ([`model::Request::AskAsOf`]) is answered by the same code from a head of that
//! day: the journal folded up to its last entry, its clock standing still. Who may ask is decided by the rights of now.
//!
//! # Where the design was changed
//!
//! * A key of the journal is an act, not an event: `gx undo 123` means an act.
//! * Field values of commands travel as typed text and are read in one room, `rules::fields`, with the store's clock,
//!   currency and names; so the shell, the screen and imports cannot disagree about what `fri` or `Anna` means.
//! * Where a person names a customer or a contact, `+NAME` makes one, in the same act and under the same undo.
//! * A batch is a record like any other (`b12`), opened and closed by events: being open is an index.
//! * The team's zone is given when the store is made and stays: days are counted in it, and changing it would
//!   count every fact anew.
//! * A past day is folded from the beginning of the journal, not back from its end: one code for both directions, and
//!   the same limit of a million entries.
//! * The search index of a large book is left beside the store at a clean stop, and taken from there at the next start:
//!   lists come after 0.15 s instead of 0.8 s at 100,000 customers. It is never trusted for another state of the store.
//! * What the team's board tells of the last days (who asked and was answered, who moved from where) lies in the index
//!   beside each customer, and every commit renews it for those whom it changed: no question reads the journal for it.
//! * `practice` stores let their maker act as any member (`--as`), for training and tests with one Unix account.
//! * Whom a text mentions is decided when the line is written, and an event: later names change nothing. What somebody has
//!   read of it is an event too, one for each reading, and nobody's to undo: a place of the journal up to which all is
//!   read, and the few behind it that are.
//! * A policy's zone and currency may be left out, and are those of the book: what is counted hangs on them, so a policy
//!   with others is refused. Its adoption is one event; whoever adopts waits until the book is graded by it, which
//!   touches only those customers whom it puts elsewhere, and an interrupted one is taken up at the next start.
//! * What time brings is no table of its own but an index of rows: a customer's grade is stored with the moment at which it
//!   must be looked at again. What was due while no server ran is decided as of the moment at which it was due.
//! * Rights are asked of the events that a command made, so that edit, import and undo meet the same rule.
//! * What an open pool hides is taken out where anything leaves the service (`service::veil`): rows, names, changes,
//!   refusals, look-ups; by the pool and the rights of now, of a past day too. Nobody writes over what they cannot read.
//! * While somebody is away nothing is given away: a task stays with them, and who does it meanwhile is asked on the day
//!   (`rules::absence`). What the stand-in did not take is theirs when they are back. Only a step of a playbook that begins
//!   meanwhile goes to whoever does theirs on that day.
//! * An adoption carries playbooks at work along (`rules::playbook::renew`): what it changes about their steps is found by
//!   comparing two policies for each run, and the preview is that same adoption over rows that are forgotten.
//! * Silence and dates begin playbooks at a moment that stands in the customer's record, as its grade's does. What is past
//!   when it becomes known begins nothing, so that no adoption and no file floods a team.
//! * Time begins no playbook for a customer whom nobody has or is to contact, and whoever lets a customer go stops what is at
//!   work there; what happens (an inquiry, another stage) is followed all the same, and waits for whoever takes it.
//! * What is planned for a customer (`rules::care`) is no table: the moment at which the next of it comes into the queue
//!   stands in its record, and what came of it is remembered by the task, in whatever state. A plan that was left out is a
//!   dropped task, with the reason.
//! * Since when a step's clock stands still stands on its task: what was late by then is as late until it goes on, and
//!   what was not does not become so. So lists, filters and figures judge it without its playbook.
//! * A return to the pool is warned of for the whole time of its rule's warning, also where the customer was neglected
//!   already when the rule first looked at them, as after its adoption.
//!
//! # What has a place and is not built
//!
//! Messages and cases; roles that see less than all; merge; backup, restore and erasure. Of these verbs the shell knows
//! none yet.

pub mod cli;
pub mod codec;
pub mod config;
pub mod demo;
pub mod filter;
pub mod ipc;
pub mod keys;
pub mod model;
pub mod rules;
pub mod search;
pub mod service;
pub mod store;
pub mod text;
pub mod tui;
