//! `katas author`: what the makers of katas need. Each subcommand is a file.

mod check;
mod gather;
mod given;
mod new;
mod pitfall;
mod seal;
mod table;

use clap::{Args, Subcommand};

use super::class_key::Given;
use super::exit::Exit;
use super::failure::Failure;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Author {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a kata's folder, with everything in it that does not take a person
    New(new::New),
    /// Make a pitfall of a learner's wrong answer
    Pitfall(pitfall::Pitfall),
    /// Write each kata.lock: digests of hidden outputs, the encrypted solution, fingerprints of known mistakes
    Seal(seal::Seal),
    /// Tell what is wrong with the katas: files, pitfalls that no case catches, a lock that is out of date
    Check(check::Check),
    /// Write in Markdown which case catches which pitfall
    Table(table::Table),
}

pub(super) fn author(command: &Author, key: Given, ui: &mut Ui) -> Result<Exit, Failure> {
    match &command.command {
        Command::New(command) => new::new(command, ui),
        Command::Pitfall(command) => pitfall::pitfall(command, ui),
        Command::Seal(command) => seal::seal(command, key, ui),
        Command::Check(command) => check::check(command, key, ui),
        Command::Table(command) => table::table(command, ui),
    }
}
