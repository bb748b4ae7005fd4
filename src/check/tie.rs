//! Narrative and tables, tables among each other.

mod basic_rows;
pub mod listed_item_is_nothing;
pub mod narrative_differs_from_table;
pub mod said_to_be_none;
pub mod table_shows_nothing;
pub mod tables_differ;
