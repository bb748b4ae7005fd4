//! What part of a whole.

pub mod share_differs;
pub mod small_business_shares_differ;
