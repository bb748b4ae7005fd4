//! The unit of an amount.

pub mod missing_unit;
pub mod wrong_unit;
