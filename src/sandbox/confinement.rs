//! What a program may reach.

use std::path::PathBuf;

/// What a job may access; everything else is refused where the system can refuse it ([`super::Enforced`]).
#[derive(Clone, Debug)]
pub struct Confinement {
    /// What kind of program it is.
    pub profile: Profile,
    /// Who wrote the code that runs.
    pub author: Author,
    /// Files and folders that it may read.
    pub read: Vec<PathBuf>,
    /// Folders whose files it may read by name but not list.
    pub look_up: Vec<PathBuf>,
    /// Files and folders that it may read and execute, besides its own file.
    pub execute: Vec<PathBuf>,
    /// The one folder in which it may make, change and remove files; nothing in it can be executed.
    pub write: Option<PathBuf>,
}

/// A kind of program, which determines the system calls it may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A compiler with its linker: it may start processes, and no code of the answer runs in it.
    Compiler,
    /// An answer that is one file: no call that takes a path works.
    Program,
    /// An answer that loads shared libraries: it may open the files that it was given.
    LinkedProgram,
    /// An answer run by an interpreter: it may also open files, and start threads, which its libraries compute with.
    Interpreter,
    /// An interpreter that runs only our own code and forks children, each of which becomes an [`Self::Interpreter`]:
    /// it may also fork and install a sandbox.
    InterpreterHost,
    /// Limits and nothing else: to measure what confinement costs.
    Unconfined,
}

/// Who wrote an answer, which determines how strictly its program is confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The person who runs it: the fast way.
    Own,
    /// Someone else: the strict way. As root, the program also loses its uid.
    Untrusted,
}

impl Confinement {
    /// No confinement, only limits.
    #[must_use]
    pub fn none() -> Self {
        Self {
            profile: Profile::Unconfined,
            author: Author::Own,
            read: Vec::new(),
            look_up: Vec::new(),
            execute: Vec::new(),
            write: None,
        }
    }
}
