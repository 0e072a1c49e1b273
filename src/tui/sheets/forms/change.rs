//! The form that changes customers: what is filled in is done.

use super::{LINE, clean};
use crate::model::called::called;
use crate::model::value::FieldInfo;
use crate::model::{Change, Command, How, Kind, Named, Refusal, Shape};
use crate::text::near::nearest;
use crate::text::say::{many, tui as say};
use crate::text::{Clean, Lang};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, NOBODY, Reads};

/// The field that holds several values and has fields of the form for itself.
const TAGS: &str = "tags";

/// The form for a customer, or for many, with the caret in this field.
pub(in crate::tui) fn form(customers: Named, first: &str) -> Form {
    let fields = vec![
        Field::line("owner", say::owner, LINE).hint(many::owner_hint).reads(Reads::Record(Kind::Member)),
        Field::line("tag", many::tag, LINE).hint(many::tag_hint),
        Field::line("untag", many::untag, LINE).hint(many::tag_hint),
        Field::line("field", many::field, 100).hint(many::field_hint),
        Field::line("value", many::value, LINE).hint(many::value_hint),
    ];
    Form::new(Deed::Change, customers, fields, first)
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    let mut changes = Vec::new();
    if !clean(draft, "owner").is_empty() {
        changes.push(Change::put(Clean::known("owner"), clean(draft, "owner")));
    }
    let tag = |how| move |to| Change { field: Clean::known("tags"), how, to, was: None };
    changes.extend(tags(draft, "tag").map(tag(How::Link)));
    changes.extend(tags(draft, "untag").map(tag(How::Unlink)));
    let (field, value) = (clean(draft, "field"), clean(draft, "value"));
    if !(field.is_empty() && value.is_empty()) {
        changes.push(Change::put(stored(&field), value));
    }
    Command::Edit { record: draft.about.id, changes }
}

/// The name that a field is stored by, where it was typed as people call it in Chinese.
fn stored(typed: &Clean) -> Clean {
    let called_so =
        |info: &&FieldInfo| called(info.name).is_some_and(|label| label(Lang::Zh) == typed.as_str());
    let mut fields = Kind::Customer.fields().iter().filter(|info| !info.derived);
    fields.find(called_so).map_or_else(|| typed.clone(), |info| Clean::known(info.name))
}

/// What the palette tells it, `FIELD=VALUE`: the fields of the form, with what is filled in.
pub(in crate::tui) fn told(text: &str) -> Vec<(&'static str, Clean)> {
    let (name, value) = text.split_once(['=', '＝']).unwrap_or((text, ""));
    let value = Clean::washed(value.trim()).0;
    let name = stored(&Clean::washed(name.trim()).0);
    match name.as_str() {
        "owner" if value.is_empty() => vec![("owner", Clean::known(NOBODY))],
        "owner" => vec![("owner", value)],
        "tag" | TAGS => vec![("tag", value)],
        "untag" => vec![("untag", value)],
        _ => vec![("field", name), ("value", value)],
    }
}

/// The fields that the palette offers: those that hold one value, and tags.
pub(in crate::tui) fn settable() -> impl Iterator<Item = &'static FieldInfo> {
    let held = |info: &&FieldInfo| {
        info.name == TAGS || !info.shape.is_many() && !matches!(info.shape, Shape::Own(_))
    };
    Kind::Customer.fields().iter().filter(|info| !info.derived && info.command.is_none()).filter(held)
}

/// The field that a name means, whether it stands in the form by itself or not; an error names the nearest.
pub(in crate::tui) fn named(typed: &str) -> Result<Option<&'static FieldInfo>, Refusal> {
    let name = stored(&Clean::washed(typed).0);
    if matches!(name.as_str(), "tag" | "untag") {
        return Ok(Kind::Customer.field(TAGS).map(|(_, info)| info));
    }
    if name.as_str().starts_with("x.") {
        return Ok(None);
    }
    let found = settable().find(|info| info.name == name.as_str());
    let near = || nearest(name.as_str(), settable().map(|info| info.name)).map(Clean::known);
    found.map(Some).ok_or_else(|| Refusal::NoField(Kind::Customer, name.clone(), near()))
}

/// What it does, in a few words.
pub(super) fn what(draft: &Draft, lang: Lang) -> String {
    let said = |name: &str| draft.field(name).trim().to_owned();
    let mut parts = Vec::new();
    if !said("owner").is_empty() {
        parts.push(many::owner_put(lang, said("owner")));
    }
    parts.extend(tags(draft, "tag").map(|tag| format!("+{tag}")));
    parts.extend(tags(draft, "untag").map(|tag| format!("-{tag}")));
    match (said("field"), said("value")) {
        (field, value) if field.is_empty() && value.is_empty() => {}
        (field, value) if value.is_empty() => parts.push(many::field_cleared(lang, field)),
        (field, value) => parts.push(many::field_put(lang, field, value)),
    }
    parts.join(lang.pick(", ", "，"))
}

/// The tags that stand in a field.
fn tags(draft: &Draft, name: &str) -> impl Iterator<Item = Clean> {
    let parts = draft.field(name).split([',', ';', '，', '；', '、']);
    parts.map(str::trim).filter(|part| !part.is_empty()).map(|part| Clean::washed(part).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_palette_tells_stands_in_the_fields_of_the_form() {
        let told =
            |text| told(text).into_iter().map(|(field, text)| format!("{field}:{text}")).collect::<Vec<_>>();
        assert_eq!(told("region = East 1"), ["field:region", "value:East 1"]);
        assert_eq!(told("地区＝华东"), ["field:region", "value:华东"]);
        assert_eq!(told("industry="), ["field:industry", "value:"]);
        assert_eq!([told("owner=Anna"), told("owner=")].concat(), ["owner:Anna", "owner:none"]);
        assert_eq!([told("tags=vip, east"), told("untag=old")].concat(), ["tag:vip, east", "untag:old"]);
        assert!(named("x.floor").is_ok() && named("地区").is_ok() && named("tag").is_ok());
        assert!(
            matches!(named("regoin"), Err(Refusal::NoField(_, _, Some(near))) if near.as_str() == "region")
        );
        assert!(named("tier").is_err() && named("phones").is_err());
    }

    #[test]
    fn a_field_may_be_named_in_chinese() {
        for (typed, name) in
            [("地区", "region"), ("需求", "need"), ("region", "region"), ("x.floor", "x.floor")]
        {
            assert_eq!(stored(&Clean::known(typed)).as_str(), name);
        }
    }
}
