//! More or less than before.

pub mod amount_differs;
pub mod rate_differs;
pub mod said_same_but_differs;
pub mod wrong_direction;
