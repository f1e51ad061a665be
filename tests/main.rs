//! Integration tests: the real binary on real courses, and house rules that a machine can check.
//!
//! There is a file in `cli/` for each command, a file in `answers/` for each verdict, and `katas.rs` tests the katas
//! themselves. Snapshots are in `snapshots/`; `INSTA_UPDATE=always cargo test` rewrites them. Read the diff before
//! you commit it.

mod again;
mod author;
#[cfg(target_os = "linux")]
mod busy;
#[cfg(target_os = "linux")]
mod cancelled;
#[cfg(target_os = "linux")]
mod class;
mod class_page;
#[cfg(target_os = "linux")]
mod classroom;
mod cli;
mod common;
mod course;
mod diagnose;
mod editor;
#[cfg(target_os = "linux")]
mod hostile;
mod katas;
mod killed;
mod lost;
mod machine;
mod printable;
mod progress;
mod report;
mod screen;
mod seal;
mod tidy;
#[cfg(target_os = "linux")]
mod tools;
mod track;
mod values;
mod verdicts;
mod watch;
