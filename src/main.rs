//! The `katas` program.

fn main() {}
