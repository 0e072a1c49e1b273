//! The columns of the list, and the orders and views that it is seen in.

use serde::{Deserialize, Serialize};

use crate::model::View;
use crate::model::query::CustomerLine;
use crate::model::sort::Sort;
use crate::text::say::{form, tui as say};
use crate::text::{Clean, Lang};
use crate::tui::look::Look;
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// A column beside the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::tui) enum Column {
    /// The marks: what is late or due soon, a task or a contact that the tier wants, and what is new.
    Due,
    /// When the next step is due.
    Next,
    /// How long ago the last contact was.
    Last,
    /// Who looks after them.
    Owner,
    /// The stage in force.
    Stage,
    /// What they spent.
    Spend,
    /// Their telephone, or that of a contact.
    Phone,
    /// Where they are.
    Region,
    /// Their line of business.
    Industry,
    /// Their tags.
    Tags,
    /// How long until they return to the open pool.
    Returns,
}

impl Column {
    /// Every column, from the right.
    pub(in crate::tui) const ALL: [Column; 11] = [
        Column::Due,
        Column::Next,
        Column::Last,
        Column::Owner,
        Column::Stage,
        Column::Spend,
        Column::Phone,
        Column::Region,
        Column::Industry,
        Column::Tags,
        Column::Returns,
    ];

    /// What it is called in saved views.
    pub(in crate::tui) fn name(self) -> &'static str {
        match self {
            Column::Due => "due",
            Column::Next => "next",
            Column::Last => "last",
            Column::Owner => "owner",
            Column::Stage => "stage",
            Column::Spend => "spend",
            Column::Phone => "phone",
            Column::Region => "region",
            Column::Industry => "industry",
            Column::Tags => "tags",
            Column::Returns => "returns",
        }
    }

    /// The column of this name.
    pub(in crate::tui) fn called(name: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(name))
    }

    /// What stands over it.
    pub(in crate::tui) fn head(self, lang: Lang) -> &'static str {
        match self {
            Column::Due => say::column_due(lang),
            Column::Next => say::next(lang),
            Column::Last => say::last(lang),
            Column::Owner => say::owner(lang),
            Column::Stage => say::stage(lang),
            Column::Spend => say::spend(lang),
            Column::Phone => say::phone(lang),
            Column::Region => say::region(lang),
            Column::Industry => say::industry(lang),
            Column::Tags => say::tags(lang),
            Column::Returns => form::column_returns(lang),
        }
    }

    /// Whether it has words, which begin at its left.
    pub(in crate::tui) fn is_of_words(self) -> bool {
        matches!(
            self,
            Column::Owner | Column::Stage | Column::Phone | Column::Region | Column::Industry | Column::Tags
        )
    }

    /// From which width of the pane on it is there, where nobody has chosen; none: only where it is chosen.
    pub(in crate::tui) fn usual_from(self) -> Option<u16> {
        match self {
            Column::Due | Column::Last => Some(0),
            Column::Next => Some(42),
            Column::Owner => Some(50),
            Column::Stage => Some(61),
            Column::Spend => Some(62),
            Column::Phone | Column::Region | Column::Industry | Column::Tags | Column::Returns => None,
        }
    }
}

/// What a name keeps beside a countdown in words, and beside one that is a sign and the time alone.
const NAME: (u16, u16) = (16, 10);

/// Writes at the right of a row how soon the customer returns to the open pool: in words where that is warned of, and
/// before as a sign and the time, where the name keeps its room.
pub(in crate::tui) fn count_down(out: &mut Line, line: &CustomerLine, look: &Look) {
    let Some(left) = line.returns.map(|at| look.left(at)) else { return };
    let words = form::to_pool_in(look.lang, &left);
    let sign = look.theme.signs().down.to_owned() + &left;
    let fits = |text: &str, name: u16| out.room() > name + cells(text);
    let (text, style) = if !line.returning {
        (sign.clone(), look.theme.dim())
    } else if fits(&words, NAME.0) {
        (words, look.theme.mark(Mark::Soon))
    } else {
        (sign.clone(), look.theme.mark(Mark::Soon))
    };
    let name = cells(&line.name.line()).min(NAME.0);
    if fits(&text, if line.returning { NAME.1.min(name) } else { name }) {
        out.right(&text, style).skip_right(1);
    }
}

/// How the rows are sorted, and which columns they have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::tui) struct Order {
    /// The field; empty: late ones first.
    pub(in crate::tui) sort: Clean,
    /// The columns that were chosen, those chosen last first; none: as many as there is room for.
    pub(in crate::tui) columns: Option<Vec<Column>>,
}

/// A saved view that is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::tui) struct Shown {
    /// What it is called.
    pub(in crate::tui) name: Clean,
    /// Its filter.
    pub(in crate::tui) filter: Clean,
    /// Its order: as saved, until it is changed here.
    pub(in crate::tui) order: Order,
}

/// The order one has chosen, and the view that is shown in its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::tui) struct Arrangement {
    own: Order,
    /// The view that is shown.
    pub(in crate::tui) shown: Option<Shown>,
}

impl Order {
    /// The field that the rows are sorted by, and whether backwards.
    pub(in crate::tui) fn field(&self) -> (&str, bool) {
        let sort = self.sort.as_str();
        sort.strip_prefix('-').map_or((sort, false), |field| (field, true))
    }

    /// The column that tells what the rows are sorted by, if any does.
    pub(in crate::tui) fn column(&self) -> Option<Column> {
        let (field, _) = self.field();
        Column::ALL.into_iter().find(|column| column.name() == field)
    }
}

impl Arrangement {
    /// The order in force.
    pub(in crate::tui) fn order(&self) -> &Order {
        self.shown.as_ref().map_or(&self.own, |shown| &shown.order)
    }

    /// The order in force, to be changed.
    pub(in crate::tui) fn order_mut(&mut self) -> &mut Order {
        self.shown.as_mut().map_or(&mut self.own, |shown| &mut shown.order)
    }

    /// Shows a saved view; what it says nothing of is as one has it.
    pub(in crate::tui) fn show(&mut self, view: &View) {
        let named = |name: &str| Column::called(name.trim());
        let columns: Vec<Column> = view.columns.as_str().split(',').filter_map(named).collect();
        let columns = if columns.is_empty() { self.own.columns.clone() } else { Some(columns) };
        let sort = Sort::parse(view.sort.as_str()).map(|sort| Clean::washed(&sort.text()).0);
        let order = Order { sort: sort.unwrap_or_else(|| view.sort.clone()), columns };
        self.shown = Some(Shown { name: view.name.clone(), filter: view.filter.clone(), order });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_lends_its_order_and_ones_own_comes_back() {
        let mut arrangement = Arrangement::default();
        arrangement.order_mut().columns = Some(vec![Column::Tags]);
        let view =
            View {
                sort: Clean::known("名称"), columns: Clean::known("next, gone,owner"), ..View::default()
            };
        arrangement.show(&view);
        assert_eq!(arrangement.order().columns, Some(vec![Column::Next, Column::Owner]));
        assert_eq!(arrangement.order().sort, Clean::known("name"), "whatever language it was saved in");
        arrangement.order_mut().sort = Clean::known("tier");
        arrangement.show(&View::default());
        assert_eq!(arrangement.order().columns, Some(vec![Column::Tags]), "the view names none");
        arrangement.shown = None;
        assert_eq!(arrangement.order().sort, Clean::default());
    }
}
