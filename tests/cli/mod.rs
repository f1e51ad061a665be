//! A file for each command.

mod doctor;
mod grade;
mod help;
mod hint;
mod home;
mod init;
mod list;
mod merge;
mod reset;
mod run;
mod show;
mod solution;
