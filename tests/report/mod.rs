//! Reports: golden files of every format, how their readers interpret them, and that points agree everywhere.

mod arithmetic;
mod build;
mod drawn;
mod golden;
mod page;
mod reader;
mod records;
mod schema;
mod told;

pub(crate) use records::all as records;
