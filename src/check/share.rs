//! What part of a whole.

pub mod share_differs;
pub mod shares_do_not_sum;
pub mod small_business_shares_differ;
