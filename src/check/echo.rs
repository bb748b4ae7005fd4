//! The same fact said twice.

pub mod chart_differs;
pub mod said_twice_differently;
pub mod units_said_to_be_none;
