//! The program as a person meets it: the real binary on real courses, and the house rules that a machine can check.
//!
//! A file for each command in `cli/`, a file of `answers/` for each verdict, and the katas themselves in `katas.rs`.
//! Snapshots lie in `snapshots/`; `INSTA_UPDATE=always cargo test` accepts new ones, to be read before they are committed.

mod author;
#[cfg(target_os = "linux")]
mod busy;
#[cfg(target_os = "linux")]
mod class;
mod class_page;
#[cfg(target_os = "linux")]
mod classroom;
mod cli;
mod common;
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
