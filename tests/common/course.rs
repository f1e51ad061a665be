//! A course in a temporary folder, with a separate cache that shares the built library.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Output, katas, library, repository};

/// A course, removed when dropped.
pub(crate) struct Course {
    // Dropped last, because it contains the two folders below.
    _folder: tempfile::TempDir,
    /// The folder that contains `katas/`.
    pub(crate) root: PathBuf,
    /// The value of `KATAS_CACHE`.
    pub(crate) cache: PathBuf,
}

impl Course {
    /// An empty folder, and a cache.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let base = folder.path().canonicalize().expect("it is there");
        let (root, cache) = (base.join("course"), base.join("cache"));
        make(&root);
        make(&cache);
        let built = library();
        std::os::unix::fs::symlink(built.join("nnx"), cache.join("nnx")).expect("a link");
        std::fs::copy(built.join("toolchain.json"), cache.join("toolchain.json")).expect("a copy");
        Self {
            _folder: folder,
            root,
            cache,
        }
    }

    /// The repository's own course: every kata, with solutions and expected outputs of hidden cases.
    pub(crate) fn of_repository() -> Self {
        let course = Self::empty();
        for folder in ["katas", "solutions"] {
            copy(&repository().join(folder), &course.root.join(folder));
        }
        course
    }

    /// The first three katas of the repository, with solutions and expected outputs of hidden cases.
    pub(crate) fn of_author() -> Self {
        let course = Self::empty();
        copy(&repository().join("tests/courses/three"), &course.root);
        for folder in ["katas", "solutions"] {
            for id in ["hf_load", "split_merge", "state_translation"] {
                let inside = Path::new(folder).join(id);
                copy(&repository().join(&inside), &course.root.join(&inside));
                // A developer may have an answer in this checkout.
                let _ = std::fs::remove_file(course.root.join(inside.join(format!("{id}.rs"))));
            }
        }
        course
    }

    /// The same course as a learner has it: without the solutions.
    pub(crate) fn of_learner() -> Self {
        let course = Self::of_author();
        std::fs::remove_dir_all(course.root.join("solutions")).expect("it was copied");
        course
    }

    /// A course from `tests/courses`.
    pub(crate) fn from_fixture(name: &str) -> Self {
        let course = Self::empty();
        copy(&repository().join("tests/courses").join(name), &course.root);
        course
    }

    /// Creates a command in the course's folder.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = katas();
        command
            .args(arguments)
            .env("KATAS_CACHE", &self.cache)
            .current_dir(&self.root);
        command
    }

    /// Runs `katas` with these arguments, separated by spaces.
    pub(crate) fn katas(&self, words: &str) -> Output {
        self.finish(&mut self.command(&words.split(' ').collect::<Vec<_>>()))
    }

    /// Runs a command and waits for it.
    pub(crate) fn finish(&self, command: &mut Command) -> Output {
        let output = command.output().expect("katas can be started");
        let path = |path: &Path| path.display().to_string();
        let names = [
            (path(&self.root), "[COURSE]"),
            (path(&self.cache), "[CACHE]"),
            (path(library()), "[LIBRARY]"),
        ];
        Output::new(&output, &names)
    }

    /// Makes a file of `tests/answers` the learner's answer to a kata.
    pub(crate) fn answer(&self, id: &str, name: &str) -> &Self {
        let path = repository()
            .join("tests/answers")
            .join(format!("{name}.rs"));
        self.write_answer(id, &read(&path))
    }

    /// Makes the reference answer the learner's own.
    pub(crate) fn solve(&self, id: &str) -> &Self {
        let path = repository().join("solutions").join(id).join("solution.rs");
        self.write_answer(id, &read(&path))
    }

    /// Makes a text the learner's answer to a kata.
    pub(crate) fn write_answer(&self, id: &str, text: &str) -> &Self {
        self.write(&format!("katas/{id}/{id}.rs"), text)
    }

    /// Writes a file of the course.
    pub(crate) fn write(&self, file: &str, text: &str) -> &Self {
        let path = self.root.join(file);
        make(path.parent().expect("a file lies in a folder"));
        std::fs::write(&path, text).expect("the course can be written");
        self
    }

    /// Reads a file of the course.
    pub(crate) fn read(&self, file: &str) -> String {
        read(&self.root.join(file))
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn make(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder can be made");
}

fn copy(from: &Path, to: &Path) {
    make(to);
    for entry in
        std::fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()))
    {
        let path = entry.expect("an entry").path();
        let place = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &place);
        } else {
            std::fs::copy(&path, &place).expect("a file can be copied");
        }
    }
}
