//! What the practice book is made of: tables, a row to a line. Names, numbers and addresses are invented.

pub(super) mod customers;
pub(super) mod people;
pub(super) mod places;
pub(super) mod products;
pub(super) mod remarks;
pub(super) mod talk;
pub(super) mod talk_en;
pub(super) mod talk_zh;
pub(super) mod tasks;
