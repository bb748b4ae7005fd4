//! What part of a whole.

pub mod share_differs;
