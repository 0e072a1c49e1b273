//! What is: records, events, commands, questions, and the fold that turns one into another. Pure.

pub mod board;
pub mod brought;
pub mod called;
pub mod choice;
pub mod command;
pub mod derived;
pub mod event;
pub mod fact;
pub mod handover;
pub mod id;
pub mod index;
pub mod lately;
mod lines;
mod member;
pub mod memory;
pub mod planned;
pub mod playbook;
pub mod policy;
pub mod profile;
pub mod query;
pub mod receipt;
pub mod record;
pub mod refusal;
pub mod say;
pub mod sight;
pub mod sort;
pub mod tallies;
pub mod time;
pub mod traits;
pub mod value;
pub mod world;
pub mod year;

pub use choice::{
    Channel, Choice, Complexity, CustomerKind, DealStage, Direction, Need, Outcome, Role, RunState, Source,
    TaskState,
};
pub use command::{Change, Command, How, Log, Order, Undone};
pub use event::{Cause, Entry, Event};
pub use fact::{Fact, Tally};
pub use id::{Id, Kind};
pub use index::{Index, Key};
pub use lately::{Lately, Question};
pub use memory::Memory;
pub use profile::{Gist, Person, Profile, Wishes};
pub use query::{Answer, Named, Query, Reply, Request, Which, Whose};
pub use receipt::{Became, Receipt};
pub use record::{
    Batch, Contact, Customer, Deal, Interaction, Member, Purchase, Row, Run, Settings, Task, Team, View,
};
pub use refusal::{CANDIDATES, Limit, Refusal, Takes};
pub use sight::Sight;
pub use tallies::Tallies;
pub use time::{Day, Instant};
pub use traits::Traits;
pub use value::{Field, FieldInfo, Shape, Value};
pub use world::{Ground, Layer, Rows, World};
