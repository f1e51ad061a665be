//! `katas author`, except for sealing, which is in `seal`.

mod check;
mod new;
mod pitfall;
mod schema;
mod table;
mod told;
mod used;
