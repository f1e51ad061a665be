//! `katas classroom new`: creates what a teacher distributes to a class.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::class_key::{EnvironmentKey, class_key};
use super::exit::Exit;
use super::failure::Failure;
use super::{here, init};
use crate::catalog::{CatalogError, Course};
use crate::classroom::{
    self, ClassFiles, ClassOptions, ClassroomError, Pin, PinError, Solutions, Way,
};
use crate::files::{self, Cache, FileError, FolderError};
use crate::seal::{LARGEST_KEY, Zeroizing};
use crate::track::Tracks;
use crate::ui::{Ui, plural};

#[derive(Args)]
pub(super) struct Classroom {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Create a class template: the course without solutions, and its autograder
    New(New),
}

#[derive(Args)]
struct New {
    /// The folder: new, empty, or an empty repository. Optional with --gradescope
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Include only this kata; can be given several times
    #[arg(long, value_name = "ID")]
    kata: Vec<String>,
    /// Install katas from this repository, at the commit given by --katas-rev
    #[arg(long, value_name = "URL", requires = "katas_rev")]
    katas_git: Option<String>,
    /// The commit, with all 40 digits
    #[arg(long, value_name = "REV", requires = "katas_git")]
    katas_rev: Option<String>,
    /// Download this program, or the one in this .tar.gz, instead
    #[arg(
        long,
        value_name = "URL",
        requires = "katas_sha256",
        conflicts_with = "katas_git"
    )]
    katas_release: Option<String>,
    /// The SHA-256 of the file given by --katas-release
    #[arg(long, value_name = "HEX", requires = "katas_release")]
    katas_sha256: Option<String>,
    /// Put this program into the autograder instead of installing one
    #[arg(long, value_name = "FILE")]
    katas_binary: Option<PathBuf>,
    /// Create the template for Classroom 50, for the assignment with this short name
    #[arg(long, value_name = "ASSIGNMENT", conflicts_with = "gradescope")]
    classroom50: Option<String>,
    /// Create an autograder for Gradescope
    #[arg(long, value_name = "FILE.zip")]
    gradescope: Option<PathBuf>,
    /// Put the class key in this file into the autograder for Gradescope, which then runs the sealed cases
    #[arg(long, value_name = "FILE", requires = "gradescope")]
    key_file: Option<PathBuf>,
    /// Leave the reference solutions out of the locks, even in encrypted form
    #[arg(long)]
    without_solutions: bool,
}

/// The maximum size in bytes of a program that is put into a grader.
const LARGEST_PROGRAM: u64 = 256 << 20;

pub(super) fn classroom(
    command: &Classroom,
    tracks: Tracks,
    _key: EnvironmentKey,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let Command::New(command) = &command.command;
    new(command, tracks, ui)
}

fn new(command: &New, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    if command.folder.is_none() && command.gradescope.is_none() {
        return Err(Failure::new(Exit::Usage, "no destination was given")
            .hinted("pass a folder: `katas classroom new DIR`"));
    }
    let way = way(command)?;
    if matches!(way, Way::Actions) && command.katas_binary.is_some() {
        return Err(failure(ClassroomError::NoRoom, ui));
    }
    let wanted = ClassOptions {
        way,
        tracks,
        katas: command.kata.clone(),
        pin: pin(command)?,
        program: command.katas_binary.as_deref().map(program).transpose()?,
        solutions: match command.without_solutions {
            true => Solutions::LeftOut,
            false => Solutions::Kept,
        },
    };
    let (course, _embedded) = course(ui)?;
    if let (Way::Gradescope { .. }, Some(file)) = (&wanted.way, &command.key_file)
        && let Some(key) = class_key(Some(file), None)?
    {
        let checked = classroom::check_key(&course, &wanted, &key);
        checked.map_err(|error| failure(error, ui))?;
    }
    let made = classroom::make(&course, &wanted).map_err(|error| match error {
        ClassroomError::Catalog(error) => unknown(error, &course, ui),
        error => failure(error, ui),
    })?;
    write(command, &made)?;
    tell(command, &made, ui);
    Ok(Exit::Passed)
}

/// The course that contains this folder, or else the embedded one, in a folder that is removed when dropped.
fn course(ui: &mut Ui) -> Result<(Course, impl Sized + use<>), Failure> {
    match Course::find(&here::folder()?) {
        Ok(course) => Ok((course, None)),
        Err(CatalogError::NoCourse { .. }) => {
            let scratch = Cache::of_this_user()?.scratch()?;
            Course::write_embedded(scratch.path())?;
            let course = Course::find(scratch.path()).map_err(|error| here::told(error, ui))?;
            Ok((course, Some(scratch)))
        }
        Err(error) => Err(here::told(error, ui)),
    }
}

fn way(command: &New) -> Result<Way, Failure> {
    if let Some(assignment) = &command.classroom50 {
        return Ok(Way::Classroom50 {
            assignment: assignment.clone(),
        });
    }
    if command.gradescope.is_none() {
        return Ok(Way::Actions);
    }
    let key = match &command.key_file {
        None => None,
        Some(file) => Some(Zeroizing::new(read(file, LARGEST_KEY, "a class key")?)),
    };
    Ok(Way::Gradescope { key })
}

fn pin(command: &New) -> Result<Option<Pin>, Failure> {
    let git = command.katas_git.as_ref().zip(command.katas_rev.as_ref());
    let release = command.katas_release.as_ref();
    let release = release.zip(command.katas_sha256.as_ref());
    let pin = match (git, release) {
        (Some((url, rev)), _) => Some(Pin::git(url, rev)),
        (None, Some((url, sha256))) => Some(Pin::release(url, sha256)),
        (None, None) => None,
    };
    pin.transpose().map_err(|error| {
        let hint = match &error {
            PinError::Secret => {
                "leave the name or the token out; if the repository is private, publish the program: --katas-release URL --katas-sha256 HEX"
            }
            PinError::Url { .. } => "write it like `https://example.org/katas.git`",
            PinError::Rev(_) => "`git rev-parse HEAD` in a checkout prints the commit",
            PinError::Digest(_) => "`sha256sum FILE` prints it",
        };
        Failure::new(Exit::Usage, error.to_string()).hinted(hint)
    })
}

fn program(file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read(file, LARGEST_PROGRAM, "a program")?;
    if !classroom::is_linux_program(&bytes) {
        return Err(Failure::new(
            Exit::Usage,
            format!("{} is not a Linux program", file.display()),
        )
        .hinted("build one on Linux: `cargo build --release` puts it in target/release/katas"));
    }
    Ok(bytes)
}

fn read(file: &Path, most: u64, what: &str) -> Result<Vec<u8>, Failure> {
    let bytes = files::read_bounded(&here::behind_links(file)?, most)?;
    bytes.ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            format!(
                "{} is not a file, or it is too large for {what}",
                file.display()
            ),
        )
        .hinted("check the name")
    })
}

/// Writes the zip and the folder, or neither.
fn write(command: &New, made: &ClassFiles) -> Result<(), Failure> {
    let zip = command.gradescope.as_ref().zip(made.zip.as_ref());
    if let Some((path, bytes)) = zip {
        let written = match command.key_file {
            Some(_) => files::write_new_secret(path, bytes)?,
            None => files::write_new(path, bytes)?,
        };
        if !written {
            return Err(in_the_way(format!("{} already exists", path.display())));
        }
    }
    let Some(folder) = &command.folder else {
        return Ok(());
    };
    files::write_folder(folder, &made.folder.files()).map_err(|error| {
        if let Some((path, _)) = zip {
            // It was just created, and the other half is missing.
            let _ = std::fs::remove_file(path);
        }
        match error {
            FolderError::File(error) => FileError::into(error),
            error => in_the_way(error.to_string()),
        }
    })
}

fn in_the_way(message: String) -> Failure {
    Failure::new(Exit::Usage, message)
        .hinted("choose another name, or move it away; nothing was written")
}

fn tell(command: &New, made: &ClassFiles, ui: &mut Ui) {
    let katas = plural(made.katas, "kata");
    if let Some(zip) = &command.gradescope {
        ui.print(&format!(
            "Created an autograder for Gradescope with {katas}: {}",
            zip.display()
        ));
    }
    if let Some(folder) = &command.folder {
        let folder = folder.display();
        ui.print(&format!(
            "Created a class template with {katas} in {folder}"
        ));
    }
    ui.blank();
    let step = match (&command.folder, &command.gradescope) {
        (None, Some(zip)) => format!("unzip -p {} TEACHER.md", quoted(zip)),
        (Some(folder), _) => format!("cat {}", quoted(&folder.join("TEACHER.md"))),
        (None, None) => return,
    };
    ui.steps(&[(
        step.as_str(),
        "what to do next, and how far to trust the results",
    )]);
}

fn quoted(path: &Path) -> String {
    init::quoted(&path.display().to_string())
}

/// Lists the existing katas if one is unknown: there may be no course here for `katas list`.
fn unknown(error: CatalogError, course: &Course, ui: &mut Ui) -> Failure {
    match &error {
        CatalogError::UnknownKata { near, .. } if near.is_empty() => {
            let ids: Vec<_> = course.ids().map(|id| format!("`{id}`")).collect();
            let hint = format!("the katas are {}", ids.join(", "));
            Failure::new(Exit::Usage, error.to_string()).hinted(hint)
        }
        _ => here::told(error, ui),
    }
}

fn failure(error: ClassroomError, ui: &mut Ui) -> Failure {
    let hint = match &error {
        ClassroomError::NoPin => NO_PIN,
        ClassroomError::NoRoom => {
            "leave --katas-binary out, and publish the program: --katas-release URL --katas-sha256 HEX"
        }
        ClassroomError::Assignment(_) => "use lowercase letters, digits and hyphens: port-weights",
        ClassroomError::NoLock { .. } => {
            "create it in the checkout with the solutions: `katas author seal`"
        }
        ClassroomError::NotSealed { .. } => "seal it first: `katas author seal --key-file FILE`",
        ClassroomError::NothingSealed => "leave --key-file out",
        ClassroomError::TooLarge { .. } => {
            "leave --katas-binary out, and publish the program: --katas-release URL --katas-sha256 HEX"
        }
        ClassroomError::Tree(_) => "free some memory and try again",
        ClassroomError::Catalog(_) | ClassroomError::Grade(_) => "",
    };
    match error {
        ClassroomError::Catalog(error) => here::told(error, ui),
        ClassroomError::Grade(error) => error.into(),
        error @ (ClassroomError::NoLock { .. } | ClassroomError::NotSealed { .. }) => {
            Failure::new(Exit::BrokenKata, error.to_string()).hinted(hint)
        }
        error => Failure::new(Exit::Usage, error.to_string()).hinted(hint),
    }
}

const NO_PIN: &str = "give a repository and a commit: --katas-git URL --katas-rev REV; or a program that you publish: \
                      --katas-release URL --katas-sha256 HEX";
