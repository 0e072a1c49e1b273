//! The forms that add and change records: a table for each kind. How a field is filled in, read and sent follows from
//! its declaration in the model.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::{LINE, NOTE, clean, picks};
use crate::model::{
    Change, Channel, Choice, Command, Complexity, CustomerKind, DealStage, Field as Declared, FieldInfo, How,
    Id, Kind, Named, Need, Outcome, Row, Shape, Value,
};
use crate::text::say::{fields, tui as say};
use crate::text::{Clean, Lang};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::look::Label;
use crate::tui::sheets::form::{Field, Form, Pick, Reads};

/// Tells the name of a record, where it is known.
pub(in crate::tui) type Called<'a> = &'a dyn Fn(Id) -> Option<Clean>;

/// A field of a form: that of the record, and what people call it.
struct Entry {
    name: &'static str,
    label: Label,
    /// The values of a choice.
    choices: fn() -> Vec<Pick>,
    /// What a new record holds if nothing is typed.
    otherwise: Option<Label>,
}

impl Entry {
    const fn of(name: &'static str, label: Label) -> Entry {
        Entry { name, label, choices: Vec::new, otherwise: None }
    }

    const fn one_of(name: &'static str, label: Label, choices: fn() -> Vec<Pick>) -> Entry {
        Entry { name, label, choices, otherwise: None }
    }

    const fn otherwise(self, otherwise: Label) -> Entry {
        Entry { otherwise: Some(otherwise), ..self }
    }
}

const CUSTOMER: &[Entry] = &[
    Entry::of("name", say::name),
    Entry::of("phones", say::phone),
    Entry::of("mails", say::mail),
    Entry::of("aliases", say::aliases),
    Entry::of("region", say::region),
    Entry::of("country", say::country),
    Entry::of("website", say::website),
    Entry::of("address", say::address),
    Entry::of("industry", say::industry),
    Entry::of("employees", say::employees),
    Entry::of("revenue", say::revenue),
    Entry::one_of("kind", say::kind, picks::<CustomerKind>),
    Entry::one_of("need", say::need, one_or_none::<Need>),
    Entry::one_of("complexity", say::complexity, one_or_none::<Complexity>),
    Entry::of("source", say::source),
    Entry::of("code", say::code),
    Entry::of("tags", say::tags),
    Entry::of("own", say::own_fields),
    Entry::one_of("channel", fields::channel, one_or_none::<Channel>),
    Entry::of("weekdays", fields::weekdays),
    Entry::of("dnc", say::dnc),
    Entry::of("verified", crate::text::say::fields::verified),
    Entry::of("collaborators", say::collaborators),
    Entry::of("backup", fields::backup),
    Entry::of("owner", say::owner).otherwise(say::yours_or_team),
    Entry::of("team", say::team),
    Entry::of("parent", say::parent),
    Entry::of("note", say::remark),
];

const CONTACT: &[Entry] = &[
    Entry::of("name", say::person),
    Entry::of("title", say::job),
    Entry::of("phones", say::phone),
    Entry::of("mails", say::mail),
    Entry::of("wechat", say::wechat),
    Entry::of("birthday", say::birthday),
    Entry::of("lunar_birthday", fields::lunar_birthday),
    Entry::one_of("channel", say::way, one_or_none::<Channel>),
    Entry::of("weekdays", fields::weekdays),
    Entry::of("dnc", say::dnc),
    Entry::of("note", say::remark),
    Entry::of("customer", say::customer),
];

const DEAL: &[Entry] = &[
    Entry::of("product", say::product),
    Entry::of("amount", say::amount),
    Entry::one_of("stage", say::stage, picks::<DealStage>),
    Entry::of("expected", say::expected),
    Entry::of("owner", say::owner).otherwise(say::yours),
    Entry::of("name", say::name).otherwise(say::by_product),
    Entry::of("probability", say::probability),
    Entry::of("opened", say::opened),
    Entry::of("closed", say::closed),
    Entry::of("lost_reason", say::lost_reason),
    Entry::of("customer", say::customer),
];

const INTERACTION: &[Entry] = &[
    Entry::one_of("channel", say::way, picks::<Channel>),
    Entry::one_of("direction", fields::direction, direction),
    Entry::one_of("outcome", say::outcome, one_or_none::<Outcome>),
    Entry::of("contact", say::with),
    Entry::of("at", fields::at),
    Entry::of("text", say::text),
    Entry::of("said", say::said),
    Entry::of("by", fields::by),
    Entry::of("inquiry", fields::inquiry),
    Entry::of("greeting", fields::greeting),
    Entry::of("again", fields::again),
    Entry::of("customer", say::customer),
];

const TASK: &[Entry] = &[
    Entry::of("title", say::what),
    Entry::of("due", say::due),
    Entry::of("assignee", say::who),
    Entry::of("promise", say::promise),
    Entry::of("note", say::remark),
    Entry::one_of("channel", say::way, one_or_none::<Channel>),
    Entry::of("again", fields::again),
    Entry::of("team", say::team),
    Entry::of("customer", say::customer),
];

const PURCHASE: &[Entry] = &[
    Entry::of("product", say::product),
    Entry::of("amount", say::amount),
    Entry::of("date", say::date).otherwise(say::today),
    Entry::of("paid", say::paid),
    Entry::of("owner", say::owner).otherwise(say::yours),
    Entry::of("note", say::remark),
    Entry::of("customer", say::customer),
];

/// The table of a kind; that of one without a form is empty.
fn table(kind: Kind) -> &'static [Entry] {
    match kind {
        Kind::Customer => CUSTOMER,
        Kind::Contact => CONTACT,
        Kind::Interaction => INTERACTION,
        Kind::Task => TASK,
        Kind::Deal => DEAL,
        Kind::Purchase => PURCHASE,
        Kind::Settings | Kind::Member | Kind::Team | Kind::Batch | Kind::View | Kind::Run => &[],
    }
}

/// Whether records of a kind are changed in a form.
pub(in crate::tui) fn has_form(kind: Kind) -> bool {
    !table(kind).is_empty()
}

/// The fields that the forms of a kind have, with their declarations.
fn entries(kind: Kind) -> impl Iterator<Item = (&'static Entry, Declared, &'static FieldInfo)> {
    table(kind).iter().filter_map(move |entry| {
        let info = kind.fields().iter().find(|info| info.name == entry.name)?;
        Some((entry, Declared::of(info.code), info))
    })
}

/// Nobody yet: whom the form for a new customer is about. Ids begin with 1.
pub(in crate::tui) fn nobody() -> Named {
    Named { id: Id::customer(0), name: Clean::default() }
}

/// The form that adds a record of a kind; what is no customer itself hangs on the one it is about.
pub(in crate::tui) fn add(kind: Kind, about: Named) -> Form {
    let fields = entries(kind).map(|(entry, _, info)| {
        let field = field(entry, info);
        match entry.otherwise {
            Some(otherwise) => field.hint(otherwise),
            None if entry.name == "customer" => field.holding(&about.name.line(), Value::Ref(about.id)),
            None => field,
        }
    });
    let fields = fields.collect();
    Form::new(Deed::Add(kind), about, fields, "")
}

/// A record by the name that people know: its own, that of the product, or what was said with whom.
pub(in crate::tui) fn named(id: Id, row: &Row, called: Called, lang: Lang) -> Named {
    if let Row::Interaction(said) = row {
        let way = said.channel.map(|channel| channel.way(said.direction, lang)).unwrap_or_default();
        let whom = said.customer.map(|customer| named_or_id(customer, called)).unwrap_or_default();
        let comma = lang.pick(", ", "，");
        return Named { id, name: Clean::washed(&format!("{way}{comma}{whom}")).0 };
    }
    let texts = ["name", "title", "product"].into_iter().filter_map(|field| {
        match row.get(&id.kind.field(field)?.0) {
            Value::Text(name) => Some(name),
            _ => None,
        }
    });
    Named { id, name: texts.into_iter().next().unwrap_or_else(|| Clean::washed(&id.to_string()).0) }
}

/// The form that changes a record, which holds all that it holds, moments as the clock of the zone shows them; what is
/// hidden from the reader is not changed.
pub(in crate::tui) fn edit(about: Named, row: &Row, hidden: &[Clean], called: Called, zone: Tz) -> Form {
    let fields = entries(row.kind()).map(|(entry, declared, info)| {
        if hidden.iter().any(|name| name.as_str() == entry.name) {
            return Field::hidden(entry.name, entry.label);
        }
        let value = row.get(&declared);
        let text = match info.shape {
            Shape::Own(_) => written(row, declared.code, zone),
            shape if shape.is_many() => listed(row, &declared, called, zone),
            _ => word(&value, called, zone),
        };
        field(entry, info).holding(&text, value)
    });
    Form::new(Deed::Edit, about, fields.collect(), if row.kind() == Kind::Interaction { "text" } else { "" })
}

fn field(entry: &Entry, info: &FieldInfo) -> Field {
    let line = || Field::line(entry.name, entry.label, LINE);
    match info.shape {
        Shape::Word(_) => Field::spread(entry.name, entry.label, (entry.choices)()),
        Shape::Flag => {
            let options = vec![Pick::said("", say::no), Pick::said("yes", say::yes)];
            Field::spread(entry.name, entry.label, options)
        }
        Shape::Note(_) => Field::note(entry.name, entry.label, NOTE).growing(),
        Shape::Own(_) => line().asks(say::own_hint),
        Shape::Duties => line().asks(say::duties_hint),
        shape if shape.is_many() => line().asks(say::several_hint),
        Shape::Ref(kind) => line().reads(Reads::Record(kind)).asks(say::record_hint),
        Shape::Money => line().reads(Reads::Amount).asks(say::amount_hint),
        Shape::Day => line().reads(Reads::Day).asks(say::day_hint),
        Shape::Instant => line().reads(Reads::Date).asks(say::due_hint),
        _ => line(),
    }
}

/// What a new record is made of. What was left empty is not sent: it becomes what it is by default.
pub(super) fn added(draft: &Draft, kind: Kind) -> Command {
    let mut changes = Vec::new();
    // The customer that the form is about goes by its id: others may have the name.
    let is_elsewhere =
        draft.before.get("customer").is_some_and(|before| before.text != draft.field("customer"));
    if kind != Kind::Customer && !is_elsewhere {
        let customer = Clean::washed(&draft.about.id.to_string()).0;
        changes.push(Change::put(Clean::known("customer"), customer));
    }
    for (entry, _, info) in entries(kind).filter(|(entry, ..)| entry.name != "customer" || is_elsewhere) {
        let (name, text) = (Clean::known(entry.name), clean(draft, entry.name));
        if let Shape::Own(_) = info.shape {
            changes.extend(own(text.as_str()).into_iter().map(|(name, value)| Change::put(name, value)));
        } else if info.shape.is_many() {
            changes.extend(several(text.as_str()).into_iter().map(|one| Change::link(name.clone(), one)));
        } else if !text.is_empty() {
            changes.push(Change::put(name, text));
        }
    }
    Command::Add { kind, changes }
}

/// What was changed, and nothing else: each field over the value that it held, of a list what went and what came.
pub(super) fn edited(draft: &Draft) -> Command {
    let mut changes = Vec::new();
    for (entry, _, info) in entries(draft.about.id.kind) {
        let Some(before) = draft.before.get(entry.name) else { continue };
        let (field, typed) = (Clean::known(entry.name), draft.field(entry.name));
        if typed == before.text {
            continue;
        }
        if let Shape::Own(_) = info.shape {
            changes.extend(rewritten(&own(&before.text), &own(typed)));
        } else if info.shape.is_many() {
            changes.extend(relisted(&field, &several(&before.text), &several(typed)));
        } else {
            let (to, was) = (clean(draft, entry.name), Some(before.value.clone()));
            changes.push(Change { field, how: How::Put, to, was });
        }
    }
    Command::Edit { record: draft.about.id, changes }
}

/// Lists in which one entry comes in place of another; tags come and go by themselves.
const REPLACED: [&str; 2] = ["phones", "mails"];

/// What makes one list out of another. What comes in place of what goes says so, before that goes: another who replaced
/// the same is met.
fn relisted(field: &Clean, old: &BTreeSet<Clean>, new: &BTreeSet<Clean>) -> Vec<Change> {
    let change = |how, to: &Clean, was| Change { field: field.clone(), how, to: to.clone(), was };
    let mut replaced = old.difference(new).filter(|_| REPLACED.contains(&field.as_str()));
    let come = new.difference(old).map(|to| {
        let was = replaced.next().map(|gone| Value::text(gone.clone()));
        change(How::Link, to, was)
    });
    let mut changes: Vec<Change> = come.collect();
    changes.extend(old.difference(new).map(|gone| change(How::Unlink, gone, None)));
    changes
}

/// What marks where one of several values ends, as in imports.
const ENDS: [char; 2] = [';', '；'];

/// The values of a list, as they are typed.
fn several(text: &str) -> BTreeSet<Clean> {
    text.split(ENDS).map(|one| Clean::washed(one.trim()).0).filter(|one| !one.is_empty()).collect()
}

/// The values of a list, as one would type them.
fn listed(row: &Row, field: &Declared, called: Called, zone: Tz) -> String {
    let held = row.values().into_iter().filter(|(of, _)| of == field);
    held.map(|(_, value)| word(&value, called, zone)).collect::<Vec<_>>().join("; ")
}

/// The team's own fields as they are typed, by the names that commands take. What has no name goes on with the value
/// before it; at the beginning it is of a field that no record has, and is refused.
fn own(text: &str) -> BTreeMap<Clean, Clean> {
    let mut held: Vec<(&str, String)> = Vec::new();
    for part in text.split(ENDS) {
        match (part.split_once(['=', '＝']), held.last_mut()) {
            (Some((name, value)), _) => held.push((name.trim(), value.trim().to_owned())),
            (None, Some((_, value))) if !part.trim().is_empty() => *value = format!("{value};{part}"),
            (None, None) if !part.trim().is_empty() => held.push(("", part.trim().to_owned())),
            (None, _) => {}
        }
    }
    let named = |(name, value): (&str, String)| {
        (Clean::washed(&format!("x.{name}")).0, Clean::washed(value.trim()).0)
    };
    held.into_iter().map(named).collect()
}

/// The same, as one would type them.
fn written(row: &Row, code: u8, zone: Tz) -> String {
    let held = row.values().into_iter().filter(|(field, _)| field.code == code);
    let said =
        held.filter_map(|(field, value)| Some(format!("{}={}", field.own?, word(&value, &|_| None, zone))));
    said.collect::<Vec<_>>().join("; ")
}

/// What makes own fields out of other ones.
fn rewritten(old: &BTreeMap<Clean, Clean>, new: &BTreeMap<Clean, Clean>) -> Vec<Change> {
    let names: BTreeSet<&Clean> = old.keys().chain(new.keys()).collect();
    let changed = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    let change = |name: &Clean| {
        let was = old.get(name).map_or(Value::Absent, |value| Value::text(value.clone()));
        let to = new.get(name).cloned().unwrap_or_default();
        Change { field: name.clone(), how: How::Put, to, was: Some(was) }
    };
    changed.map(change).collect()
}

/// A value as one would type it where the clock of the zone counts, and as a choice names it.
pub(in crate::tui) fn word(value: &Value, called: Called, zone: Tz) -> String {
    match value {
        Value::Absent | Value::Flag(false) => String::new(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Text(text) => text.as_str().to_owned(),
        Value::Ref(id) => named_or_id(*id, called),
        Value::Duty(member, duty) => format!("{}: {duty}", named_or_id(*member, called)),
        // Of these none depends on the language.
        other => other.say(Lang::En, zone),
    }
}

fn named_or_id(id: Id, called: Called) -> String {
    called(id).map_or_else(|| id.to_string(), |name| name.line())
}

/// Who began; nobody did where something was noted.
fn direction() -> Vec<Pick> {
    let mut picks = super::directions();
    picks.insert(0, Pick::said("", say::none));
    picks
}

/// The values of a choice that need not be made.
fn one_or_none<T: Choice>() -> Vec<Pick> {
    let mut picks = picks::<T>();
    picks.insert(0, Pick::said("", say::none));
    picks
}

#[cfg(test)]
mod tests;
