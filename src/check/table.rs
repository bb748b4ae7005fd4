//! What a table adds up to.

pub mod classes_differ_from_items;
pub mod columns_do_not_add;
pub mod line_number_breaks;
pub mod rows_do_not_add;
pub mod two_sides_differ;
