//! What a pool hides of the customers who lie in it: nobody reads a telephone number there and leaves the customer
//! unclaimed. Managers, admins and auditors see all of it.

use super::Desk;
use crate::model::{Contact, Customer, Event, Field, Id, Kind, Role, Row, Rows, Value};

impl Desk<'_> {
    /// The fields of a customer that are hidden from the reader, of [`crate::rules::policy::HIDEABLE`].
    pub(super) fn hidden(&self, customer: &Customer) -> &[&'static str] {
        let is_pooled = customer.owner.is_none() && customer.team.is_none();
        let pool = self.head.policy.pool(&customer.pool).filter(|_| is_pooled);
        match pool {
            Some(pool) if !pool.hide.is_empty() && !self.is_above() => &pool.hide,
            _ => &[],
        }
    }

    fn is_above(&self) -> bool {
        *self.above.get_or_init(|| {
            let role = self.head.snapshot.member(self.actor.member).and_then(|member| member.role);
            matches!(role, Some(Role::Manager | Role::Admin | Role::Auditor))
        })
    }

    /// A customer or contact without what is hidden; none where all of it is.
    pub(super) fn veiled(&self, mut row: Row) -> Option<Row> {
        let hidden = self.hidden_of(&row);
        if matches!(row, Row::Contact(_)) && hidden.contains(&"contacts") {
            return None;
        }
        for name in hidden {
            if let Some((field, _)) = row.kind().field(name) {
                clear(&mut row, &field);
            }
        }
        Some(row)
    }

    /// An entry's changes without what is hidden.
    pub(super) fn veil_changes(&self, events: &mut Vec<Event>) {
        events.retain_mut(|event| {
            let record = event.record();
            if !matches!(record.kind, Kind::Customer | Kind::Contact) {
                return true;
            }
            let Some(row) = self.head.snapshot.row(record) else { return true };
            let hidden = self.hidden_of(&row);
            if record.kind == Kind::Contact && hidden.contains(&"contacts") {
                return false;
            }
            let hides = |field: &Field| hidden.contains(&record.kind.field_name(field).as_str());
            match event {
                Event::Created { values, .. } | Event::Removed { values, .. } => {
                    values.retain(|(field, _)| !hides(field));
                    true
                }
                Event::Set { field, .. }
                | Event::Linked { field, .. }
                | Event::Unlinked { field, .. }
                | Event::Mentioned { field, .. } => !hides(field),
            }
        });
    }

    fn hidden_of(&self, row: &Row) -> &[&'static str] {
        match row {
            Row::Customer(customer) => self.hidden(customer),
            Row::Contact(Contact { customer: Some(customer), .. }) => self.hidden_at(*customer),
            _ => &[],
        }
    }

    fn hidden_at(&self, customer: Id) -> &[&'static str] {
        // Without a pool that hides anything nobody's customer is read for it.
        if self.head.policy.pools.iter().all(|pool| pool.hide.is_empty()) {
            return &[];
        }
        self.head.snapshot.customer(customer).map_or(&[], |customer| self.hidden(&customer))
    }
}

/// Empties a field, also one of several values.
fn clear(row: &mut Row, field: &Field) {
    for (of, value) in row.values() {
        if of == *field {
            row.link(field, value, false);
        }
    }
    row.set(field, Value::Absent);
}
