//! How answers are linked, as it is kept with the library; `linker` finds out which way works.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::reach::Reach;
use crate::track::Held;

/// A way of linking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Linker {
    /// rustc's own choice, through `cc`.
    Compiler,
    /// The toolchain's linker, with these arguments for rustc.
    Direct(Vec<String>),
}

/// How an answer is linked, and what that takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Linking {
    /// The linker.
    pub(super) linker: Linker,
    /// Whether the program is one file, or loads the driver and the standard library.
    pub(super) form: Form,
    /// What compiling and linking have to read.
    pub(super) compiler: Reach,
    /// What the program loads.
    pub(super) program: Reach,
    /// The files of the C compiler that the linker is told to take, by their own paths.
    pub(super) inputs: Vec<PathBuf>,
}

/// What a built program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Form {
    /// It loads shared libraries: quick to link.
    Shared,
    /// One file that needs no other: it can be held most strictly.
    Whole,
}

impl Form {
    /// How an answer in this form is held: only one that needs no other file can run as a user who owns nothing.
    pub(super) fn held(self) -> Held {
        let one_file = self == Self::Whole;
        Held {
            one_file,
            own_uid: one_file,
        }
    }
}

impl Linking {
    /// What is in a library until the ways have been tried.
    pub(super) fn untried() -> Self {
        Self {
            linker: Linker::Compiler,
            form: Form::Shared,
            compiler: Reach::default(),
            program: Reach::default(),
            inputs: Vec::new(),
        }
    }

    /// The way in words.
    pub(super) fn name(&self) -> &'static str {
        match self.linker {
            Linker::Compiler => "through cc",
            Linker::Direct(_) => "by the toolchain's own linker",
        }
    }

    /// The arguments for rustc, with the folders in which the program will look for its shared libraries.
    pub(super) fn arguments(&self, shared: &[PathBuf]) -> Vec<String> {
        let (mut arguments, prefix) = match &self.linker {
            Linker::Compiler => (Vec::new(), "-Clink-arg=-Wl,-rpath,"),
            Linker::Direct(arguments) => (arguments.clone(), "-Clink-arg=-rpath="),
        };
        match self.form {
            Form::Whole => {
                // Without its symbols the file is a quarter as large to write.
                let whole = ["-Ctarget-feature=+crt-static", "-Cstrip=symbols"];
                arguments.extend(whole.map(str::to_owned));
                // Many answers are linked at once: threads of one linker would only wait for those of others.
                if matches!(self.linker, Linker::Direct(_)) {
                    arguments.push("-Clink-arg=--threads=1".to_owned());
                }
            }
            Form::Shared => {
                arguments.push("-Cprefer-dynamic".to_owned());
                arguments.extend(
                    shared
                        .iter()
                        .map(|folder| format!("{prefix}{}", folder.display())),
                );
            }
        }
        arguments
    }
}
