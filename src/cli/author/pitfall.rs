//! `katas author pitfall`: turns a learner's wrong answer into a pitfall, or leaves everything as it was.

use std::path::Path;

use clap::Args;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use super::gather;
use super::given::{Which, WrongAnswer, given};
use crate::author::{self, Bench, Patience, Row, WrongAnswers};
use crate::catalog::{self, Kata};
use crate::files::{self, Cache};
use crate::spec::{self, Pitfall as Known, is_id};
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(in crate::cli) struct Pitfall {
    /// The kata
    id: String,
    /// The pitfall's name: lowercase letters, digits and underscores
    #[arg(long)]
    name: String,
    #[command(flatten)]
    which: Which,
    /// What to tell a learner who makes this mistake [default: TODO]
    #[arg(long)]
    text: Option<String>,
    /// The number of the hint for this mistake, counting from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    hint: Option<u32>,
}

const OPEN: &str = "what the learner did, and a question that helps.";

pub(super) fn pitfall(command: &Pitfall, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, _) = here::course(ui)?;
    let kata = course.kata(&command.id);
    let kata = kata.map_err(|error| here::told(error, ui))?;
    let given = given(&command.which, &kata.id, tracks)?;
    let file = kata.secrets().join("wrong");
    let file = file.join(format!("{}.{}", command.name, given.track.extension()));
    is_free(command, &kata, &file)?;
    let known = Known {
        id: command.name.clone(),
        text: match command.text.as_deref().map(str::trim) {
            None => format!("{}: {OPEN}", author::OPEN),
            Some("") => {
                return Err(
                    usage("the text is empty").hinted("leave `--text` out to write it later")
                );
            }
            Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        },
        is_written: command.text.is_some(),
        hint: hint(command, &kata)?,
    };
    let row = mistake(command, tracks, &kata, &given, ui)?;

    let list = here::behind_links(&kata.folder().join("kata.yaml"))?;
    let text = files::read_text(&list)?;
    let inputs = |name: &str| catalog::read_input(&kata.folder(), name);
    let read = |text: &str| spec::parse("kata.yaml", text, &inputs).ok();
    let (shown, entry) = (here::from_here(&list), author::entry(&known, "  "));
    let Some(described) = author::described(&text, &known, &read) else {
        ui.verbatim(&format!("pitfalls:\n{entry}"));
        return Err(usage(format!(
            "katas cannot add an entry to {} as it is written",
            shown.display()
        ))
        .hinted(format!(
            "add the lines above yourself, and copy the answer to {}; nothing was changed",
            here::from_here(&file).display()
        )));
    };
    if !files::write_new(&file, given.source.as_bytes())? {
        return Err(there(&file));
    }
    if let Err(error) = files::write_whole(&list, described.as_bytes()) {
        // Without its entry, the program would have no description.
        let _ = std::fs::remove_file(&file);
        return Err(error.into());
    }
    ui.print(&format!("Wrote {}", here::from_here(&file).display()));
    ui.print(&format!("Added `{}` to {}", known.id, shown.display()));
    let cases: Vec<usize> = row.caught_by().collect();
    ui.caught_by(&cases);
    ui.blank();
    if command.text.is_none() {
        let shown = shown.display();
        ui.say(
            0,
            &format!("The text of the pitfall is still TODO in {shown}: write {OPEN}"),
        );
        ui.blank();
    }
    let id = &kata.id;
    ui.steps(&[
        (
            &format!("katas author seal {id}"),
            "make katas recognize it",
        ),
        (
            &format!("katas author check {id}"),
            "see what is left to do",
        ),
    ]);
    Ok(Exit::Passed)
}

fn usage(message: impl Into<String>) -> Failure {
    Failure::new(Exit::Usage, message)
}

fn there(file: &Path) -> Failure {
    let file = here::from_here(file);
    usage(format!("{} already exists", file.display()))
        .hinted("choose another name; nothing was changed")
}

/// Checks that the name is valid and free.
fn is_free(command: &Pitfall, kata: &Kata, file: &Path) -> Result<(), Failure> {
    let (id, name) = (&kata.id, &command.name);
    if !is_id(name) {
        return Err(usage(format!("`{name}` is not a valid name for a pitfall"))
            .hinted("use lowercase letters, digits and underscores: no_transpose"));
    }
    if !kata.secrets().is_dir() {
        let folder = here::from_here(&kata.secrets());
        return Err(usage(format!("there is no {}", folder.display()))
            .hinted("create pitfalls where the solutions are: in the author's checkout"));
    }
    if kata.spec.pitfalls.iter().any(|known| known.id == *name) {
        return Err(usage(format!("{id} already has a pitfall `{name}`"))
            .hinted("choose another name; nothing was changed"));
    }
    if std::fs::symlink_metadata(file).is_ok() {
        return Err(there(file));
    }
    Ok(())
}

/// The hint that was named, if it exists.
fn hint(command: &Pitfall, kata: &Kata) -> Result<Option<usize>, Failure> {
    let Some(hint) = command.hint.and_then(|hint| usize::try_from(hint).ok()) else {
        return Ok(None);
    };
    match kata.hints()?.len() {
        count if hint <= count => Ok(Some(hint)),
        0 => Err(usage(format!("{} has no hints", kata.id)).hinted("leave `--hint` out")),
        count => Err(
            usage(format!("{} has no hint {hint}", kata.id)).hinted(format!(
                "its hints are 1 to {count}: `katas hint {} --all`",
                kata.id
            )),
        ),
    }
}

/// Runs the answer, and checks that it makes a new mistake.
fn mistake(
    command: &Pitfall,
    tracks: Tracks,
    kata: &Kata,
    given: &WrongAnswer,
    ui: &mut Ui,
) -> Result<Row, Failure> {
    let cache = Cache::of_this_user()?;
    let mut tree = gather::tree(kata, tracks, ui)?;
    tree.limit_to_pitfalls(given.track);
    let bench = Bench::new(&tree, &cache);
    gather::prepare(&bench, ui)?;
    let what = &given.what;
    // The first step comes first, then how to find out why.
    let refused = |why: String, first: &str| {
        let see = match &given.run {
            Some(run) => format!("; `{run}` shows what it does"),
            None => String::new(),
        };
        usage(format!("{why}; nothing was changed")).hinted(format!("{first}{see}"))
    };
    let trial = bench.run(given.track, &given.source, Patience::Usual);
    let Some(trial) = trial.map_err(|error| gather::failure(error, ui))? else {
        return Err(refused(
            format!("{what} cannot be run, so there is no output to recognize it by"),
            "choose an answer that runs and returns a wrong output",
        ));
    };
    if trial.passes() {
        return Err(refused(
            format!("{what} passes, so it makes no mistake"),
            "choose a wrong answer, or write a case that this one fails",
        ));
    }
    let row = Row::new(
        &kata.spec,
        &tree.cases(),
        &command.name,
        given.track.name(),
        &trial.outcomes,
        &trial.right,
    );
    if !row.shows() {
        return Err(refused(
            format!(
                "{what} returns no wrong output on any case, so it cannot be told apart from other failures"
            ),
            "choose an answer that returns something wrong",
        ));
    }
    let matrix = author::matrix(&bench, WrongAnswers::Run, &mut Vec::new());
    let matrix = matrix.map_err(|error| gather::failure(error, ui))?;
    let same = |other: &&Row| other.forms == row.forms;
    match matrix.rows.iter().find(same) {
        Some(other) => Err(refused(
            format!(
                "{what} gives the same outputs as the pitfall `{}` on every case",
                other.id
            ),
            "leave it out, because it is already recognized, or write a case that tells the two apart",
        )),
        None => Ok(row),
    }
}
