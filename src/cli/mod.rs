//! The commands, one file each. A command parses its arguments, calls other modules and shows the result.
//!
//! clap is named only here. A command contains no logic that another program could use.

mod after;
mod api;
mod author;
mod class_key;
mod classroom;
mod doctor;
mod editing;
mod exit;
mod failure;
mod grade;
mod here;
mod hint;
mod home;
mod init;
mod judged;
mod list;
mod listing;
mod merge;
mod next;
mod open;
mod report_explanation;
mod reports;
mod reset;
mod run;
mod setup;
mod show;
mod solution;
mod stop;
mod watch;

pub use exit::Exit;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::track::Tracks;
use crate::ui::{ColorChoice, Ui};
use failure::Failure;

/// Katas for porting model weights from PyTorch and Hugging Face to JAX and Flax, judged bit for bit
#[derive(Parser)]
#[command(name = "katas", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// When to use color: auto, always or never
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, hide_possible_values = true)]
    color: Color,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Create a course in a folder
    Init(init::Init),
    /// List the katas and your progress
    List(list::List),
    /// Show the task of a kata
    Show(show::Show),
    /// Show the task of the kata after the one you worked on last
    Next(next::Step),
    /// Show the task of the kata before the one you worked on last
    Prev(next::Step),
    /// Open your answer in your editor
    Open(open::Open),
    /// Judge an answer
    Run(run::Run),
    /// Judge your answer after each save
    Watch(watch::Watch),
    /// Judge other people's answers in a strict sandbox
    Grade(grade::Grade),
    /// Combine the records of the parts of a class into reports
    Merge(merge::Merge),
    /// Show a hint; each one tells you more
    Hint(hint::Hint),
    /// Write a file about an explanation that was wrong, to send to the course's author
    ReportExplanation(report_explanation::ReportExplanation),
    /// Start a kata over; your file is kept as a backup
    Reset(reset::Reset),
    /// Show the reference answer once yours has passed
    Solution(solution::Solution),
    /// List what answers can use, with the corresponding Flax names
    Api(api::Api),
    /// Check that the tools katas needs are installed and work
    Doctor(doctor::Doctor),
    /// Prepare the tools of a language ahead of the first answer
    Setup(setup::Setup),
    /// Create a class template and its autograder
    Classroom(classroom::Classroom),
    /// Write and check katas
    Author(author::Author),
}

/// Runs the program, for answers in these languages.
#[must_use]
pub fn main(tracks: Tracks) -> ExitCode {
    // Set before anything is printed: `--help` obeys `--color` too, and clap chooses colors by itself.
    let arguments = match arguments(tracks) {
        Ok(arguments) => arguments,
        Err(error) => {
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Passed
            };
            // A closed pipe is not an error.
            let _ = error.print();
            return exit.into();
        }
    };
    let mut ui = Ui::of_process(match arguments.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    });
    let key = match class_key::of_environment() {
        Ok(key) => key,
        Err(failure) => return failure.show(&mut ui).into(),
    };
    let command = arguments.command;
    let done = catch_unwind(AssertUnwindSafe(|| run(command, tracks, key, &mut ui)));
    // The error was already printed.
    let done = done.unwrap_or_else(|_| Err(Failure::bug()));
    let exit = done.unwrap_or_else(|failure| failure.show(&mut ui));
    if !ui.printed_all() {
        let failure = Failure::new(Exit::MissingTool, "some of the output could not be written");
        return failure
            .hinted("free some space where the output goes, and try again")
            .show(&mut ui)
            .into();
    }
    exit.into()
}

/// Parses the arguments.
fn arguments(tracks: Tracks) -> Result<Arguments, clap::Error> {
    let mut command = with_languages(Arguments::command(), &tracks.names().join(" or "));
    let matches = command.try_get_matches_from_mut(std::env::args_os())?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Adds the names of the languages to the help of options; they are not known at compile time.
fn with_languages(command: clap::Command, names: &str) -> clap::Command {
    let command = command.mut_args(|arg| match arg.get_help().map(ToString::to_string) {
        Some(help) => arg.help(help.replace("{languages}", names)),
        None => arg,
    });
    command.mut_subcommands(|command| with_languages(command, names))
}

/// Runs a command.
fn run(
    command: Option<Command>,
    tracks: Tracks,
    key: class_key::EnvironmentKey,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    match command {
        None => home::home(tracks, ui),
        Some(Command::Init(command)) => init::init(&command, tracks, ui),
        Some(Command::List(command)) => list::list(&command, tracks, ui),
        Some(Command::Show(command)) => show::show(&command, tracks, ui),
        Some(Command::Next(command)) => next::step(&command, next::Direction::Next, tracks, ui),
        Some(Command::Prev(command)) => next::step(&command, next::Direction::Previous, tracks, ui),
        Some(Command::Open(command)) => open::open(&command, tracks, ui),
        Some(Command::Run(command)) => run::run(&command, tracks, ui),
        Some(Command::Watch(command)) => watch::watch(&command, tracks, ui),
        Some(Command::Grade(command)) => grade::grade(&command, tracks, key, ui),
        Some(Command::Merge(command)) => merge::merge(&command, ui),
        Some(Command::Hint(command)) => hint::hint(&command, tracks, ui),
        Some(Command::ReportExplanation(command)) => {
            report_explanation::report_explanation(&command, tracks, ui)
        }
        Some(Command::Reset(command)) => reset::reset(&command, tracks, ui),
        Some(Command::Solution(command)) => solution::solution(&command, tracks, ui),
        Some(Command::Api(command)) => api::api(&command, tracks, ui),
        Some(Command::Doctor(command)) => doctor::doctor(&command, tracks, ui),
        Some(Command::Setup(command)) => setup::setup(&command, tracks, ui),
        Some(Command::Classroom(command)) => classroom::classroom(&command, tracks, key, ui),
        Some(Command::Author(command)) => author::author(&command, tracks, key, ui),
    }
}

const AFTER_HELP: &str = "\
Exit codes: 0 passed, 1 not yet, 2 usage error, 3 the kata is broken, 4 a tool or a file is missing, 5 this machine cannot confine answers, 70 a bug in katas.
Environment: KATAS_CACHE sets the folder for what katas builds; NO_COLOR turns color off, and CLICOLOR_FORCE turns it on.";
