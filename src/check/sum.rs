//! Parts and wholes.

pub mod changes_differ_from_total;
pub mod class_differs_from_items;
pub mod formula_differs;
pub mod identity_broken;
pub mod part_exceeds_total;
pub mod parts_differ_from_total;
