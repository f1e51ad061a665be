//! Class templates, as the program makes them; `tests/with_tools/` runs what is in them.

mod leaks;
mod template;
mod zip;
