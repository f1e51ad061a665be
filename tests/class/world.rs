//! A class in a folder next to a course, created from the repository's own answers.

use std::io::Write;
use std::path::{Path, PathBuf};

use katas::record::{Record, Status};
use zip::write::SimpleFileOptions;

use crate::common::{Course, repository};

/// A class, in the folder `class` of a course.
pub(crate) struct Class {
    root: PathBuf,
}

impl Class {
    pub(crate) fn of(course: &Course) -> Self {
        let root = course.root.join("class");
        std::fs::create_dir_all(&root).expect("a folder can be made");
        Self { root }
    }

    /// Submits a text as the answer to a kata, at the path it has in a checkout.
    pub(crate) fn answer(&self, student: &str, kata: &str, text: &str) -> &Self {
        self.file(&format!("{student}/katas/{kata}/{kata}.rs"), text)
    }

    /// Submits the reference answer, with a line that makes it unique.
    pub(crate) fn solved(&self, student: &str, kata: &str) -> &Self {
        self.answer(
            student,
            kata,
            &format!("{}\n// {student}\n", solution(kata)),
        )
    }

    /// Submits a wrong answer from the repository.
    pub(crate) fn wrong(&self, student: &str, kata: &str, pitfall: &str) -> &Self {
        self.answer(student, kata, &wrong(kata, pitfall))
    }

    /// Submits an empty folder.
    pub(crate) fn folder(&self, student: &str) -> &Self {
        std::fs::create_dir_all(self.root.join(student)).expect("a folder can be made");
        self
    }

    /// Adds a file anywhere in the class.
    pub(crate) fn file(&self, name: &str, text: &str) -> &Self {
        let path = self.root.join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        std::fs::write(path, text).expect("the class can be written");
        self
    }

    /// Adds a zip anywhere in the class.
    pub(crate) fn zip(&self, name: &str, files: &[(&str, &str)]) -> &Self {
        let path = self.root.join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        zipped(&path, files);
        self
    }
}

/// Writes a zip.
pub(crate) fn zipped(path: &Path, files: &[(&str, &str)]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).expect("a file can be made"));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a zip can be written");
        zip.write_all(text.as_bytes())
            .expect("a zip can be written");
    }
    zip.finish().expect("a zip can be written");
}

/// The repository's answers for tests.
pub(crate) fn answers() -> PathBuf {
    repository().join("tests/answers")
}

/// The reference answer to a kata.
pub(crate) fn solution(kata: &str) -> String {
    read(&format!("solutions/{kata}/solution.rs"))
}

/// The wrong answer of a pitfall.
pub(crate) fn wrong(kata: &str, pitfall: &str) -> String {
    read(&format!("solutions/{kata}/wrong/{pitfall}.rs"))
}

fn read(file: &str) -> String {
    std::fs::read_to_string(repository().join(file))
        .unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Reads the record that a run wrote.
pub(crate) fn record(course: &Course, file: &str) -> Record {
    katas::report::read(course.read(file).as_bytes())
        .unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The statuses of each submission's answers.
pub(crate) fn statuses(record: &Record) -> Vec<(&str, Vec<Status>)> {
    let all = record.submissions.iter();
    all.map(|one| {
        (
            one.id.as_str(),
            one.katas.iter().map(|kata| kata.status).collect(),
        )
    })
    .collect()
}
