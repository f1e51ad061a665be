//! Tools that are damaged, moved or missing, and settings that interfere: never the answer's fault, and never cached.
//!
//! Each test uses a copy of the library or the toolchain. The answer is always right, so a "not yet" is wrong; after
//! the repair, the answer passes.

mod incremental;
mod library;
mod loader;
mod settings;
mod toolchain;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Course, Output, library, repository};

/// A learner's course with a right answer, and a class of one right answer.
pub(crate) struct Bench {
    pub(crate) course: Course,
    pub(crate) class: PathBuf,
    changes: std::cell::Cell<u32>,
}

impl Bench {
    fn new() -> Self {
        let course = Course::of_learner();
        let class = course.root.join("class");
        std::fs::create_dir_all(class.join("amy")).expect("a folder can be made");
        let bench = Self {
            course,
            class,
            changes: std::cell::Cell::new(0),
        };
        bench.new_answer();
        bench
    }

    /// The library that the last run used; there may be older ones next to it.
    fn library(&self) -> PathBuf {
        let project = self.course.read("rust-project.json");
        let mut folders = self.libraries();
        folders.retain(|folder| project.contains(folder.to_str().expect("a path")));
        assert_eq!(folders.len(), 1, "{folders:?}");
        folders.remove(0)
    }

    /// The folders of all libraries in this cache.
    fn libraries(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.course.cache.join("nnx"));
        let paths = entries
            .expect("one is built")
            .map(|entry| entry.expect("an entry").path());
        paths
            .filter(|path| path.join("library.json").is_file())
            .collect()
    }

    /// Copies the library that all tests share, with the paths changed as if it had been built here.
    fn own_library(&self) {
        self.copied_library();
        let [from, to] = [library(), &self.course.cache].map(|cache| cache.join("nnx"));
        let [from, to] = [&from, &to].map(|path| path.to_str().expect("a path"));
        for folder in self.libraries() {
            let description = folder.join("library.json");
            let text = std::fs::read_to_string(&description).expect("it is text");
            std::fs::write(description, text.replace(from, to)).expect("it is ours");
        }
    }

    /// Copies the library unchanged, as `cp -r` or renaming a folder does.
    fn copied_library(&self) {
        let shared = library().join("nnx");
        let place = self.course.cache.join("nnx");
        std::fs::remove_file(&place).expect("it is a link");
        run(Command::new("cp").arg("-r").arg(shared).arg(place));
    }

    /// Another right answer, so that no cached result applies.
    fn new_answer(&self) {
        self.changes.set(self.changes.get() + 1);
        let path = repository().join("solutions/hf_load/solution.rs");
        let text = std::fs::read_to_string(path).expect("a solution");
        let text = format!("{text}// {}\n", self.changes.get());
        self.course.write_answer("hf_load", &text);
        std::fs::write(self.class.join("amy/hf_load.rs"), text).expect("it is ours");
    }

    fn command(&self, words: &str, change: &dyn Fn(&mut Command)) -> Output {
        let mut command = self.course.command(&words.split(' ').collect::<Vec<_>>());
        change(&mut command);
        self.course.finish(&mut command)
    }

    fn run(&self) -> Output {
        self.run_with(&|_| {})
    }

    fn run_with(&self, change: &dyn Fn(&mut Command)) -> Output {
        self.command("run hf_load", change)
    }

    fn grade_with(&self, change: &dyn Fn(&mut Command)) -> Output {
        self.command("grade hf_load --class class", change)
    }

    /// The answer passes, both the learner's and the one in the class.
    #[track_caller]
    fn passes_with(&self, change: &dyn Fn(&mut Command)) {
        self.run_with(change).exits(0).says("hf_load: passed.");
        self.grade_with(change)
            .exits(0)
            .says("Average: 4 of 4 points.");
    }

    #[track_caller]
    fn passes(&self) {
        self.passes_with(&|_| {});
    }

    /// Nothing is judged and nothing is stored, neither for the learner nor in the class.
    #[track_caller]
    fn is_not_judged_with(&self, says: &str, change: &dyn Fn(&mut Command)) {
        let before = progress(&self.course);
        self.run_with(change)
            .exits(4)
            .says(says)
            .says("hint: ")
            .says_nothing_of("not yet");
        assert_eq!(progress(&self.course), before);
        let graded = self.grade_with(change).says_nothing_of("not yet");
        assert!(
            graded.code == Some(4) || graded.stdout.contains("not judged"),
            "{graded}"
        );
        let kept = self.course.cache.join("results");
        let kept = std::fs::read_dir(kept).into_iter().flatten().count();
        assert_eq!(kept, 0, "a result is kept");
    }
}

/// The stored progress of a course; empty if there is none.
fn progress(course: &Course) -> String {
    std::fs::read_to_string(course.root.join(".katas/progress.json")).unwrap_or_default()
}

fn run(command: &mut Command) {
    let status = command.status().expect("it can be started");
    assert!(status.success(), "{command:?}");
}

/// Replaces a file, which may be a hard link to a file that is not ours.
fn replace(path: &Path, bytes: &[u8]) {
    std::fs::remove_file(path).expect("it is there");
    std::fs::write(path, bytes).expect("it is ours");
}
