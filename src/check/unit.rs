//! The unit of an amount.

pub mod missing_unit;
pub mod points_for_percent;
pub mod wrong_unit;
