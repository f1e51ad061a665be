//! `katas author`: commands for authors of katas, one file for each.

mod check;
mod gather;
mod given;
mod new;
mod pitfall;
mod seal;
mod table;

use clap::{Args, Subcommand};

use super::class_key::EnvironmentKey;
use super::exit::Exit;
use super::failure::Failure;
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Author {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Create the folder of a kata, with everything that can be generated
    New(new::New),
    /// Turn a learner's wrong answer into a pitfall
    Pitfall(pitfall::Pitfall),
    /// Write each kata.lock: hashes of hidden outputs, the encrypted solution, and fingerprints of known mistakes
    Seal(seal::Seal),
    /// Check the katas: their files, pitfalls that no case catches, and a lock that is out of date
    Check(check::Check),
    /// Print a Markdown table of which case catches which pitfall
    Table(table::Table),
}

pub(super) fn author(
    command: &Author,
    tracks: Tracks,
    key: EnvironmentKey,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    match &command.command {
        Command::New(command) => new::new(command, tracks, ui),
        Command::Pitfall(command) => pitfall::pitfall(command, tracks, ui),
        Command::Seal(command) => seal::seal(command, tracks, key, ui),
        Command::Check(command) => check::check(command, tracks, key, ui),
        Command::Table(command) => table::table(command, tracks, ui),
    }
}
