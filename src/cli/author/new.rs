//! `katas author new`: creates a kata's folder, with everything that can be generated.

use std::io::{BufRead, IsTerminal};

use clap::{Args, ValueEnum};

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use crate::author::{self, NewKata, Signature, SignatureError, TemplateError};
use crate::files;
use crate::spec::{Difficulty, Faults, is_id};
use crate::track::Tracks;
use crate::ui::Ui;

#[derive(Args)]
pub(in crate::cli) struct New {
    /// The id of the kata: lowercase letters, digits and underscores
    id: String,
    #[arg(long, value_name = "FN", help = format!("The parameters and the result of the function: {EXAMPLE}"))]
    signature: Option<String>,
    /// What the kata teaches
    #[arg(long)]
    title: Option<String>,
    /// How hard the kata is
    #[arg(
        long,
        value_enum,
        default_value = "medium",
        hide_possible_values = true
    )]
    difficulty: Level,
    /// Offer the kata in this language only: {languages} [default: every language]
    #[arg(long, value_name = "LANGUAGE")]
    track: Option<String>,
    /// The points that the kata is worth
    #[arg(long, default_value_t = 4)]
    points: u32,
    /// The title of the kata's chapter [default: the last one]
    #[arg(long)]
    chapter: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Easy,
    Medium,
    Hard,
}

const EXAMPLE: &str = "'fn load(x: f32[in], features: usize) -> f32[features]'";

pub(super) fn new(command: &New, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let id = &command.id;
    if !is_id(id) {
        return Err(
            Failure::new(Exit::Usage, format!("`{id}` is not a valid id for a kata"))
                .hinted("use lowercase letters, digits and underscores: hf_load"),
        );
    }
    let only = command
        .track
        .as_deref()
        .map(|name| here::named_track(tracks, name))
        .transpose()?;
    let tracks = only.map_or_else(|| tracks.all().to_vec(), |track| vec![track]);
    let (course, _) = here::course(ui)?;
    for folder in ["katas", "solutions"] {
        let path = course.root.join(folder).join(id);
        if path.exists() || course.ids().any(|known| known == id) {
            return Err(
                Failure::new(Exit::Usage, format!("there is already a kata `{id}`"))
                    .hinted("choose another name; nothing was changed"),
            );
        }
    }
    let list = course.root.join("katas/course.yaml");
    let text = files::read_text(&list)?;
    let listed = author::listed(&text, id, command.chapter.as_deref());
    let chapters = &course.description.chapters;
    if let (None, Some(chapter)) = (&listed, &command.chapter)
        && !chapters.iter().any(|known| known.title == *chapter)
    {
        let titles: Vec<_> = chapters
            .iter()
            .map(|known| format!("\"{}\"", known.title))
            .collect();
        return Err(Failure::new(
            Exit::Usage,
            format!("the course has no chapter \"{chapter}\""),
        )
        .hinted(format!("it has {}", titles.join(", "))));
    }
    let wanted = wanted(command, ui)?;
    let files = author::files(&wanted, &tracks).map_err(|error| match error {
        TemplateError::Spec(faults) => {
            unreadable("it does not make a valid kata", Some(&faults), ui)
        }
        error => unreadable(&error.to_string(), None, ui),
    })?;
    for file in &files {
        files::write_new(&course.root.join(&file.path), file.text.as_bytes())?;
        ui.print(&format!("Wrote {}", file.path));
    }
    match listed {
        Some(text) => {
            files::write_whole(&list, text.as_bytes())?;
            ui.print("Added it to katas/course.yaml");
        }
        None => ui.say(0, &format!("katas cannot add an entry to katas/course.yaml as it is written: add `{id}` there yourself.")),
    }
    ui.blank();
    ui.say(
        0,
        "Each part that you still have to write contains TODO. Next:",
    );
    ui.blank();
    ui.print(&format!("  katas author check {id}  see what is left to do\n  katas author seal {id}   once the solution passes"));
    Ok(Exit::Passed)
}

/// The description of the new kata: from the arguments, or asked for on the terminal.
fn wanted(command: &New, ui: &mut Ui) -> Result<NewKata, Failure> {
    let is_terminal = std::io::stdin().is_terminal();
    let mut title = command.title.clone();
    let typed = match &command.signature {
        Some(typed) => typed.clone(),
        None if is_terminal => {
            if title.is_none() {
                title = Some(ask("What does the kata teach, in a few words?", ui)?)
                    .filter(|title| !title.is_empty());
            }
            ask(
                &format!(
                    "What are the parameters and the result of the function? For example {EXAMPLE}"
                ),
                ui,
            )?
        }
        None => {
            return Err(
                Failure::new(Exit::Usage, "no signature was given").hinted(format!(
                    "`katas author new {} --signature {EXAMPLE}`",
                    command.id
                )),
            );
        }
    };
    let typed = typed.trim().trim_matches('\'');
    let signature = Signature::parse(typed).map_err(|error| match error {
        SignatureError::Type(faults) => {
            unreadable("it contains an unknown type", Some(&faults), ui)
        }
        error @ SignatureError::Form(_) => unreadable(&error.to_string(), None, ui),
    })?;
    let difficulty = match command.difficulty {
        Level::Easy => Difficulty::Easy,
        Level::Medium => Difficulty::Medium,
        Level::Hard => Difficulty::Hard,
    };
    Ok(NewKata {
        id: command.id.clone(),
        title,
        difficulty: difficulty.name(),
        points: command.points,
        signature,
    })
}

/// The error for an invalid signature; its faults are shown first.
fn unreadable(why: &str, faults: Option<&Faults>, ui: &mut Ui) -> Failure {
    if let Some(faults) = faults {
        ui.faults(faults);
    }
    let message = format!("the signature cannot be used: {why}");
    Failure::new(Exit::Usage, message).hinted(format!("write it like {EXAMPLE}"))
}

fn ask(question: &str, ui: &mut Ui) -> Result<String, Failure> {
    ui.status(question);
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| {
        Failure::new(
            Exit::MissingTool,
            format!("cannot read from the terminal: {error}"),
        )
    })?;
    Ok(line.trim().to_owned())
}
