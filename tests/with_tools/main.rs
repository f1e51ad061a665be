//! Tests that need tools other than Rust and a C linker: an editor's language server, the scripts of classrooms with
//! bash, curl, git and Python, mounted disks, and Python with JAX.
//!
//! `cargo test` leaves this binary out; `scripts/with_tools` installs the tools and runs it.

mod actions;
mod classroom50;
mod clone;
#[expect(dead_code, reason = "the other binary has more tests")]
#[path = "../common/mod.rs"]
mod common;
mod disk;
mod editor;
mod gradescope;
#[cfg(target_os = "linux")]
mod python;
mod tools;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Output, library};

/// An answer to `split_merge` that never ends.
const ENDLESS: &str = "\
use ndarray::Array1;
pub fn split_merge_round_trip(_: i64, _: &Array1<f32>, _: &Array1<f32>, _: usize) -> Array1<f32> {
    loop {
        std::hint::black_box(());
    }
}
";

/// A command as a grader's machine starts it: with a course's tools and a minimal environment.
fn bare(program: &str, folder: &Path) -> Command {
    let mut command = common::world::bare(program);
    command.current_dir(folder);
    command
}

/// Puts the teaching crate that other tests built into a cache, as if an earlier run had built it.
fn warm(cache: &Path) {
    std::fs::create_dir_all(cache).expect("a folder");
    std::os::unix::fs::symlink(library().join("nnx"), cache.join("nnx")).expect("a link");
    std::fs::copy(
        library().join("toolchain.json"),
        cache.join("toolchain.json"),
    )
    .expect("a copy");
}

fn finished(command: &mut Command) -> Output {
    // A script that was just written cannot be executed while a child, forked by another test, still has it open for
    // writing.
    let output = loop {
        match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            output => break output.expect("it can be started"),
        }
    };
    Output::new(&output, &[])
}

fn write(path: PathBuf, text: &str) {
    std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
    std::fs::write(path, text).expect("it can be written");
}
