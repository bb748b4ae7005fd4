//! The unit of an amount.

pub mod wrong_unit;
