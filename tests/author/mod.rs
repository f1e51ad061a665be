//! `katas author`, as the maker of a kata meets it. What seals is in `seal`.

mod check;
mod new;
mod pitfall;
mod schema;
mod table;
mod told;
mod used;
