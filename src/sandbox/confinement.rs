//! What a program may reach.

use std::path::PathBuf;

/// What a job may reach; everything else is refused where the system can refuse it ([`super::Enforced`]).
#[derive(Clone, Debug)]
pub struct Confinement {
    /// What kind of program it is.
    pub profile: Profile,
    /// Who wrote the code that runs.
    pub author: Author,
    /// Files and folders that it may read.
    pub read: Vec<PathBuf>,
    /// Folders whose files it may read by their names; it may not list them.
    pub look_up: Vec<PathBuf>,
    /// Files and folders that it may read and execute, besides its own file.
    pub execute: Vec<PathBuf>,
    /// The one folder in which it may make, change and remove files; nothing in it can be executed.
    pub write: Option<PathBuf>,
}

/// A kind of program, which decides the system calls it may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A compiler with its linker: it may start processes, and nothing of the answer runs in it.
    Compiler,
    /// An answer that is one file: no call that takes a path works.
    Program,
    /// An answer that loads shared libraries: it may open files, of which it may reach those it was given.
    LinkedProgram,
    /// An answer that an interpreter runs: it may open files as well, and start threads, which its libraries compute with.
    Interpreter,
    /// An interpreter that runs nothing but our own code and starts others, each of which becomes an [`Self::Interpreter`]: it
    /// may fork as well, and shut a jail.
    InterpreterHost,
    /// Limits and nothing else: to measure what confinement costs.
    Unconfined,
}

/// Who wrote an answer: it decides how strictly its program is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The person who runs it: the quick way.
    Own,
    /// Somebody else: the strict way. As root, the program also loses its uid.
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
