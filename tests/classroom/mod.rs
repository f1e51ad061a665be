//! Class templates as the program creates them; `tests/with_tools/` runs their contents.

mod leaks;
mod template;
mod zip;
