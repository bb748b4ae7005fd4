//! Narrative and tables, tables among each other.

pub mod narrative_differs_from_table;
pub mod table_shows_nothing;
pub mod tables_differ;
