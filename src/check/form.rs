//! What the form requires of words, headings and marks.

pub mod doubled_punctuation;
