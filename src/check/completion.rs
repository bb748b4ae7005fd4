//! How much of the budget was carried out.

pub mod comparison_differs;
pub mod percentage_differs;
pub mod rate_differs_from_counts;
