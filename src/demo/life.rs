//! What each way of life means in numbers. The shipped policy finds from them the tier and stage that [`Life`] names.

use super::data::customers::Life;

/// From and to, both among them.
pub(super) type Range = (u32, u32);

/// The numbers of a customer's two years. Days are counted back from today.
pub(super) struct Plan {
    /// Sales in the last year, and what they come to.
    pub(super) orders: Range,
    pub(super) spend: Range,
    /// Sales in the year before.
    pub(super) older: Range,
    /// The day of the last sale, and the farthest back that this year's sales lie.
    pub(super) last_sale: Range,
    pub(super) this_year: u32,
    /// Whether no two of their sales lie so far apart that they would have lapsed between.
    pub(super) keeps_up: bool,
    /// Since when we know them; sales may push it back.
    pub(super) known: Range,
    /// Interactions in all.
    pub(super) contacts: Range,
    /// Deals that are open, and ones that were lost.
    pub(super) open_deals: Range,
    pub(super) lost_deals: Range,
    /// The tier's rhythm in days: well kept customers were reached within it.
    pub(super) rhythm: u32,
    pub(super) employees: Range,
    /// How many people we know there.
    pub(super) people: Range,
}

/// What customers of tier B have in common.
const B: Plan = Plan {
    orders: (0, 0),
    spend: (0, 0),
    older: (0, 0),
    last_sale: (12, 140),
    this_year: 350,
    keeps_up: false,
    known: (500, 715),
    contacts: (26, 38),
    open_deals: (1, 1),
    lost_deals: (0, 1),
    rhythm: 30,
    employees: (40, 900),
    people: (2, 3),
};

/// What customers of tier C have in common. An open deal would make them B.
const C: Plan = Plan {
    contacts: (6, 12),
    open_deals: (0, 0),
    lost_deals: (0, 0),
    last_sale: (15, 165),
    known: (100, 700),
    rhythm: 90,
    employees: (4, 180),
    people: (1, 2),
    ..B
};

impl Life {
    /// Its numbers.
    pub(super) fn plan(self) -> Plan {
        match self {
            Life::Key => Plan {
                orders: (5, 10),
                spend: (112_000, 640_000),
                older: (4, 9),
                last_sale: (3, 50),
                contacts: (56, 80),
                open_deals: (1, 2),
                lost_deals: (0, 2),
                rhythm: 14,
                employees: (300, 6000),
                people: (3, 5),
                ..B
            },
            Life::Growing => Plan {
                orders: (2, 3),
                spend: (24_000, 130_000),
                older: (2, 5),
                last_sale: (80, 140),
                keeps_up: true,
                ..B
            },
            Life::Steady => Plan { orders: (4, 7), spend: (23_000, 85_000), older: (2, 5), ..B },
            Life::Starter => {
                Plan { orders: (1, 1), spend: (21_000, 60_000), known: (150, 300), open_deals: (0, 1), ..B }
            }
            Life::Hopeful => Plan { known: (40, 260), contacts: (9, 20), open_deals: (1, 3), ..B },
            Life::Returned => Plan {
                orders: (1, 2),
                spend: (21_000, 50_000),
                older: (2, 3),
                last_sale: (10, 90),
                this_year: 130,
                ..B
            },
            Life::Small => Plan {
                orders: (2, 3),
                spend: (2_400, 13_500),
                older: (1, 3),
                last_sale: (80, 140),
                keeps_up: true,
                ..C
            },
            Life::Regular => Plan { orders: (4, 6), spend: (5_000, 14_000), older: (3, 5), ..C },
            Life::Fresh => {
                Plan { orders: (1, 1), spend: (900, 9_000), known: (60, 200), contacts: (3, 8), ..C }
            }
            Life::Lapsed => Plan {
                orders: (0, 1),
                spend: (1_500, 12_000),
                older: (1, 5),
                last_sale: (190, 345),
                lost_deals: (0, 1),
                ..C
            },
            Life::Back => Plan {
                orders: (1, 1),
                spend: (2_000, 9_000),
                older: (1, 3),
                last_sale: (10, 90),
                this_year: 130,
                ..C
            },
            Life::Prospect => Plan { known: (120, 420), contacts: (2, 8), lost_deals: (0, 2), ..C },
        }
    }

    /// Whether they ever bought something.
    pub(super) fn has_bought(self) -> bool {
        !matches!(self, Life::Hopeful | Life::Prospect)
    }
}
