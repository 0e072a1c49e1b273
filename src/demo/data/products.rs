//! What the team sells: sensors, and what belongs to them.

/// A product: its name, the price of one in the store's currency, whether it can be shown, tried and compared.
pub(in crate::demo) struct Product {
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) price: u32,
    pub(in crate::demo) shown: bool,
}

const fn product(name: &'static str, price: u32, shown: bool) -> Product {
    Product { name, price, shown }
}

/// The catalogue, cheapest first.
pub(in crate::demo) const PRODUCTS: &[Product] = &[
    product("Cable set", 120, false),
    product("Tavo T1", 240, true),
    product("Tavo H2", 380, true),
    product("Spare kit", 650, false),
    product("Tavo P3", 980, true),
    product("Calibration", 1_200, false),
    product("Linq Gateway", 2_600, true),
    product("Moro Panel", 3_400, true),
    product("Training day", 4_800, false),
    product("Linq Edge", 6_500, true),
    product("Vela Monitor", 9_600, true),
    product("Vela Care", 12_000, false),
    product("Moro Cabinet", 18_500, true),
];
