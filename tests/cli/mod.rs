//! One file for each command.

mod after;
mod api;
#[cfg(target_os = "linux")]
mod classroom;
mod doctor;
mod grade;
mod help;
mod hint;
mod home;
mod init;
mod list;
mod merge;
mod next;
mod next_steps;
mod odd_course;
mod open;
mod report_explanation;
mod reset;
mod run;
mod setup;
mod show;
mod solution;
