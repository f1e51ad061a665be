//! The `katas` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    katas::cli::main()
}
