//! More or less than before.

pub mod amount_differs;
pub mod growth_from_nothing;
pub mod rate_differs;
pub mod said_same_but_differs;
pub mod unchanged_from_nothing;
pub mod wrong_direction;
