//! The error of a command: what went wrong, its causes, and what to type next.

use std::error::Error;
use std::path::Path;

use super::exit::Exit;
use crate::catalog::{self, CatalogError};
use crate::class::{ClassError, GradingError};
use crate::files::{FileAction, FileError};
use crate::grade::GradeError;
use crate::progress::ProgressError;
use crate::sandbox::SandboxError;
use crate::seal::SealError;
use crate::track::{Fault, TrackError};
use crate::ui::Ui;

/// The error of a command that could not do its work.
#[derive(Debug)]
pub(super) struct Failure {
    exit: Exit,
    message: String,
    causes: Vec<String>,
    hints: Vec<String>,
}

impl Failure {
    /// A failure without a cause.
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            causes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Adds a hint.
    #[must_use]
    pub(super) fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds context: the new message comes first, with this failure as its cause.
    #[must_use]
    pub(super) fn because(mut self, kept: &str) -> Self {
        let message = std::mem::replace(&mut self.message, kept.to_owned());
        self.causes.insert(0, message);
        self
    }

    /// Adds a cause.
    #[must_use]
    pub(super) fn caused(mut self, cause: String) -> Self {
        self.causes.push(cause);
        self
    }

    /// Replaces the hint.
    #[must_use]
    pub(super) fn hinted_instead(mut self, hint: impl Into<String>) -> Self {
        self.hints = vec![hint.into()];
        self
    }

    /// The error for results that could not be stored on disk or read back.
    pub(super) fn unkept(error: std::io::Error) -> Self {
        let message = format!("cannot store results: {error}");
        Self::new(Exit::MissingTool, message).hinted(
            "free some space on the disk of the cache, or set KATAS_CACHE to a folder on another disk; finished results stay in the old cache",
        )
    }

    fn of(exit: Exit, error: &dyn Error) -> Self {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        Self {
            causes,
            ..Self::new(exit, error.to_string())
        }
    }

    /// What went wrong, in one clause.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Shows it, and returns the exit code.
    pub(super) fn show(&self, ui: &mut Ui) -> Exit {
        ui.error(&self.message, &self.causes, &self.hints);
        self.exit
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        use std::io::ErrorKind;
        let hint = match error.source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                "free some disk space and try again; no file was left half-written"
            }
            ErrorKind::NotFound if error.action == FileAction::Read => "check the name",
            ErrorKind::InvalidInput if error.action == FileAction::Read => {
                "replace it with a regular file within this limit"
            }
            _ if error.action == FileAction::UseCacheFolder => {
                "choose a folder of your own for what katas builds: KATAS_CACHE=DIR"
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => WRITABLE,
            ErrorKind::InvalidData if error.action == FileAction::Read => {
                "save it as UTF-8 text and try again"
            }
            // The system reports other errors where even root has no permission, or a file is in the way.
            _ if error.action == FileAction::CreateFolder => WRITABLE,
            _ => "something else may be in its place; move it away and try again",
        };
        Self::of(Exit::MissingTool, &error).hinted(hint)
    }
}

const RESTORE: &str =
    "`katas init .` in the course's folder restores missing files of the built-in katas";

const WRITABLE: &str = "make the folder writable, or choose another: KATAS_CACHE for what katas builds, \
                        `katas init DIR` for a course";

impl From<CatalogError> for Failure {
    fn from(error: CatalogError) -> Self {
        match error {
            CatalogError::File(error)
                if error.action == FileAction::Read
                    && error.source.kind() == std::io::ErrorKind::NotFound =>
            {
                let hint = match catalog::is_built_in(&error.path) {
                    true => RESTORE,
                    false => "restore the file, or remove the kata from katas/course.yaml",
                };
                Self::from(error).hinted_instead(hint)
            }
            CatalogError::File(error) => error.into(),
            CatalogError::Lock { ref source, .. } => {
                let (exit, hints) = lock_help(source);
                let failure = Self::of(exit, &error);
                hints
                    .iter()
                    .fold(failure, |failure, hint| failure.hinted(*hint))
            }
            CatalogError::NoCourse { .. } => Self::of(Exit::Usage, &error).hinted(
                "`katas init DIR` creates a course in a new folder; then `cd DIR` and `katas run`",
            ),
            CatalogError::UnknownKata { ref near, .. } => {
                Self::of(Exit::Usage, &error).hinted(meant(near, "`katas list` shows every kata"))
            }
            CatalogError::Faults(ref faults) => {
                let file = faults.iter().next().map_or("", |fault| fault.file.as_str());
                let what = match file.ends_with("course.yaml") {
                    true => "the course",
                    false => "the kata",
                };
                let count = crate::ui::plural(faults.iter().len(), "fault");
                let failure = Self::new(
                    Exit::BrokenKata,
                    format!("{what} itself is broken: {count} in {file}"),
                );
                let failure = failure.hinted(
                    "if it is yours, correct what is marked above; if not, tell its author",
                );
                match catalog::is_built_in(Path::new(file)) {
                    true => failure.hinted(format!(
                        "if {file} came with katas and you did not change it, move it elsewhere; `katas init .` in the \
                         course's folder then restores it"
                    )),
                    false => failure,
                }
            }
        }
    }
}

/// The hint after a mistyped name: similar names, or else where to find all of them.
pub(super) fn meant(near: &[String], otherwise: &str) -> String {
    let quoted: Vec<_> = near.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => otherwise.to_owned(),
        Some((only, [])) => format!("did you mean {only}?"),
        Some((last, rest)) => format!("did you mean {} or {last}?", rest.join(", ")),
    }
}

/// What to do about a lock that cannot be used.
fn lock_help(error: &SealError) -> (Exit, &'static [&'static str]) {
    match error {
        SealError::Newer { .. } => (Exit::MissingTool, &["update katas"]),
        SealError::Older { .. } => (
            Exit::BrokenKata,
            &[
                "if you are the author of the kata: `katas author seal`",
                "if not: use the version of katas that the course was made for, or ask for the course again",
            ],
        ),
        SealError::System(_) => (
            Exit::MissingTool,
            &["each hash needs 32 MiB of memory; close some programs and try again"],
        ),
        SealError::WrongKey => (
            Exit::Usage,
            &["use the key that the kata was sealed with: --key-file FILE or KATAS_CLASS_KEY"],
        ),
        SealError::NoKey => (
            Exit::Usage,
            &["pass the key file: `katas author seal --key-file FILE`, or set KATAS_CLASS_KEY"],
        ),
        SealError::ShortKey { .. } | SealError::LongKey => (
            Exit::Usage,
            &["six random words make a good key, and so does `head -c 32 /dev/urandom | base64`"],
        ),
        SealError::NoOutput { .. } => (
            Exit::BrokenKata,
            &["write it in solutions/<kata>/hidden.yaml"],
        ),
        _ => (
            Exit::BrokenKata,
            &[
                "if you changed nothing: restore the original kata.yaml and kata.lock, with git or with `katas init` in a new folder",
                "if you are the author of the kata: `katas author seal`",
            ],
        ),
    }
}

impl From<ClassError> for Failure {
    fn from(error: ClassError) -> Self {
        match error {
            ClassError::File(ref inner) if inner.action == FileAction::Read => Self::of(Exit::MissingTool, &error)
                .hinted("pass the folder or the zip that contains the submissions"),
            ClassError::File(error) => error.into(),
            ClassError::NoClass { .. } => Self::of(Exit::Usage, &error)
                .hinted("pass the folder that contains the submissions; `--submission DIR` judges a single one"),
            ClassError::Empty { .. } => Self::of(Exit::Usage, &error).hinted(
                "a class is a folder that contains a folder, a checkout or a zip for each submission; if you name one \
                 kata, it may also contain a file for each submission",
            ),
            ClassError::Zip { .. } => Self::of(Exit::Usage, &error)
                .hinted("unpack it yourself and pass the folder"),
        }
    }
}

impl From<GradingError> for Failure {
    fn from(error: GradingError) -> Self {
        match error {
            GradingError::Class(error) => error.into(),
            GradingError::Grade(error) => error.into(),
            GradingError::File(error) => error.into(),
        }
    }
}

impl From<GradeError> for Failure {
    fn from(error: GradeError) -> Self {
        match error {
            GradeError::Track(error) => error.into(),
            GradeError::Catalog(error) => error.into(),
        }
    }
}

impl From<ProgressError> for Failure {
    fn from(error: ProgressError) -> Self {
        match error {
            ProgressError::File(error) => error.into(),
            ProgressError::Newer { .. } => Self::of(Exit::MissingTool, &error)
                .hinted("update katas: this version cannot read the file, and leaves it as it is"),
        }
    }
}

impl From<TrackError> for Failure {
    fn from(error: TrackError) -> Self {
        match error {
            TrackError::Tools { fault, says, hint } => {
                let exit = match fault {
                    Fault::NotConfined => Exit::NotConfined,
                    Fault::Ours => Exit::Internal,
                    Fault::Missing | Fault::Broken | Fault::Offline | Fault::Unsupported => {
                        Exit::MissingTool
                    }
                };
                Self::new(exit, says).hinted(hint)
            }
            TrackError::Sandbox(error) => {
                let hint = match error {
                    SandboxError::Killed { .. } => {
                        "close other programs, or judge fewer answers at once with `--jobs`, and try again"
                    }
                    _ => "`katas doctor` shows what this machine allows",
                };
                Self::of(Exit::MissingTool, &error).hinted(hint)
            }
            TrackError::File(error) => error.into(),
        }
    }
}
