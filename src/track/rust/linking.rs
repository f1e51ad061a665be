//! How answers are linked, as stored with the library; `linker` determines which method works.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::reach::Reach;
use crate::track::Held;

/// A linking method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Linker {
    /// rustc's default, through `cc`.
    Compiler,
    /// The toolchain's linker, with these arguments for rustc.
    Direct(Vec<String>),
}

/// How an answer is linked, and the files this needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Linking {
    /// The linker.
    pub(super) linker: Linker,
    /// Whether the program is a static binary, or loads the driver and the standard library.
    pub(super) form: Form,
    /// The files that compiling and linking read.
    pub(super) compiler: Reach,
    /// The files that the program loads.
    pub(super) program: Reach,
    /// The files of the C compiler that are passed to the linker, by path.
    pub(super) inputs: Vec<PathBuf>,
}

/// The form of a built program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Form {
    /// It loads shared libraries: quick to link.
    Shared,
    /// A static binary: it can be confined most strictly.
    Whole,
}

impl Form {
    /// How an answer in this form is confined: only a static binary can run as a user who owns nothing.
    pub(super) fn held(self) -> Held {
        let one_file = self == Self::Whole;
        Held {
            one_file,
            own_uid: one_file,
        }
    }
}

impl Linking {
    /// The placeholder in a library until the methods have been tried.
    pub(super) fn untried() -> Self {
        Self {
            linker: Linker::Compiler,
            form: Form::Shared,
            compiler: Reach::default(),
            program: Reach::default(),
            inputs: Vec::new(),
        }
    }

    /// The method in words.
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
                // Without symbols, the file is only a quarter of the size.
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
