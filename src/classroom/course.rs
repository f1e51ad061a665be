//! The part of a course that students get: everything except the solutions, learners' answers and editors' files.

use std::path::Path;

use super::{ClassOptions, ClassroomError, Solutions, Tree};
use crate::catalog::{CatalogError, Course, Kata};
use crate::files::{FileAction, FileError};
use crate::spec::{self, CaseKind, Credit, SealedResults};

/// The part of a course that goes to a class.
pub(super) struct CourseFiles {
    /// The course's title.
    pub(super) title: String,
    /// How partial credit is given.
    pub(super) credit: Credit,
    /// What students learn about sealed cases.
    pub(super) sealed: SealedResults,
    /// The katas, in the course's order.
    pub(super) katas: Vec<Kata>,
    /// The course's files, by paths relative to its folder.
    pub(super) course: Tree,
    /// The answer files, created from the starters.
    pub(super) answers: Tree,
}

/// Collects the requested katas, after checking that students can be judged on them.
pub(super) fn take(course: &Course, wanted: &ClassOptions) -> Result<CourseFiles, ClassroomError> {
    let named = wanted.katas.iter().map(|typed| course.lookup(typed));
    let named = named.collect::<Result<Vec<_>, _>>()?;
    let mut ids: Vec<&str> = course.ids().collect();
    ids.retain(|id| named.is_empty() || named.contains(id));
    let mut taken = CourseFiles {
        title: course.description.title.clone(),
        credit: course.description.credit,
        sealed: course.description.sealed,
        katas: Vec::new(),
        course: Tree::default(),
        answers: Tree::default(),
    };
    let folder = course.root.join("katas");
    for (name, path) in files(&folder)? {
        if !name.contains('/') && belongs(&name) {
            taken.course.add(&format!("katas/{name}"), read(&path)?);
        }
    }
    if ids.len() < course.ids().count() {
        let text = described(&course.description, &ids);
        taken.course.add("katas/course.yaml", text);
    }
    for id in ids {
        let kata = course.kata(id)?;
        let lock = checked_lock(&kata)?;
        for (name, path) in files(&kata.folder())? {
            if !belongs(&name) {
                continue;
            }
            let place = format!("katas/{id}/{name}");
            let bytes = match (&lock, wanted.solutions) {
                (Some(lock), Solutions::LeftOut) if name == "kata.lock" => {
                    lock.clone().without_solution().bytes()
                }
                _ => read(&path)?,
            };
            if let Some(extension) = name.strip_prefix("starter.") {
                let answer = format!("katas/{id}/{id}.{extension}");
                taken.answers.add(&answer, bytes.clone());
            }
            taken.course.add(&place, bytes);
        }
        taken.katas.push(kata);
    }
    Ok(taken)
}

/// The kata's lock, with which students are judged without the solutions.
fn checked_lock(kata: &Kata) -> Result<Option<crate::seal::Lock>, ClassroomError> {
    let lock = kata.fitting_lock()?;
    let mut cases = kata.spec.cases.iter();
    if lock.is_none() && cases.any(|case| case.kind == CaseKind::Hidden) {
        return Err(ClassroomError::NoLock {
            kata: kata.id.clone(),
        });
    }
    for case in kata.sealed()? {
        let names = lock.iter().flat_map(|lock| lock.sealed_names());
        if !names.into_iter().any(|name| name == case.name) {
            return Err(ClassroomError::NotSealed {
                kata: kata.id.clone(),
                case: case.name,
            });
        }
    }
    Ok(lock)
}

/// Returns whether a file of the folder `katas` or of a kata's folder is for students.
fn belongs(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let is_hidden = name.split('/').any(|part| part.starts_with('.'));
    let is_code = [".rs", ".py"].iter().any(|ending| last.ends_with(ending));
    let is_answer = is_code && !(last.starts_with("starter.") && last == name);
    let is_secret = matches!(last, "hidden.yaml" | "sealed.yaml") || last.ends_with(".key");
    let is_left_behind = last.ends_with('~') || last.contains(".backup");
    !(is_hidden || is_answer || is_secret || is_left_behind)
}

/// The files below a folder, with relative paths; links are skipped.
fn files(folder: &Path) -> Result<Vec<(String, std::path::PathBuf)>, CatalogError> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((above, folder)) = folders.pop() {
        let tag = || FileError::tag(FileAction::Read, &folder);
        for entry in std::fs::read_dir(&folder).map_err(tag())? {
            let entry = entry.map_err(tag())?;
            let kind = entry.file_type().map_err(tag())?;
            let name = format!("{above}{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                folders.push((format!("{name}/"), entry.path()));
            } else if kind.is_file() {
                found.push((name, entry.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>, CatalogError> {
    Ok(std::fs::read(path).map_err(FileError::tag(FileAction::Read, path))?)
}

/// The text of a `course.yaml` with only these katas, without the closing texts of an incomplete chapter or course.
fn described(course: &spec::Course, ids: &[&str]) -> String {
    // A JSON string is also a valid YAML string.
    let quoted = |text: &str| serde_json::to_string(text).expect("a text always has a JSON form");
    let mut text = format!("format: 1\ntitle: {}\nchapters:\n", quoted(&course.title));
    for chapter in &course.chapters {
        let katas = chapter.katas.iter().map(String::as_str);
        let katas: Vec<_> = katas.filter(|id| ids.contains(id)).collect();
        if !katas.is_empty() {
            let title = quoted(&chapter.title);
            let names = katas.join(", ");
            text.push_str(&format!("  - title: {title}\n    katas: [{names}]\n"));
            let recap = chapter.recap.as_deref();
            if let Some(recap) = recap.filter(|_| katas.len() == chapter.katas.len()) {
                text.push_str(&format!("    recap: {}\n", quoted(recap)));
            }
        }
    }
    let credit = match course.credit {
        Credit::Cases => "cases",
        Credit::All => "all",
    };
    text.push_str(&format!("points:\n  credit: {credit}\n"));
    if course.sealed == SealedResults::Teacher {
        text.push_str("sealed: teacher\n");
    }
    let mut head = "needs:\n";
    for (id, needs) in &course.needs {
        let needs = needs.iter().map(String::as_str);
        let needs: Vec<_> = needs.filter(|id| ids.contains(id)).collect();
        if ids.contains(&id.as_str()) && !needs.is_empty() {
            text.push_str(&format!("{head}  {id}: [{}]\n", needs.join(", ")));
            head = "";
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Chapter;

    #[test]
    fn part_of_a_course_is_described_as_the_course_is() {
        let chapter = |title: &str, katas: &[&str]| Chapter {
            title: title.to_owned(),
            katas: katas.iter().map(|id| (*id).to_owned()).collect(),
            recap: Some(format!("the recap of {title}")),
        };
        let course = spec::Course {
            title: "From \"a\" to: b # c".to_owned(),
            chapters: vec![chapter("One, two", &["a", "b"]), chapter("Three", &["c"])],
            credit: Credit::All,
            sealed: SealedResults::Teacher,
            closing: Some("the end".to_owned()),
            needs: [
                ("b".to_owned(), vec!["a".to_owned()]),
                ("c".to_owned(), vec!["a".to_owned(), "b".to_owned()]),
            ]
            .into(),
        };
        let text = described(&course, &["b"]);
        let read = spec::parse_course("course.yaml", &text).expect(&text);
        assert_eq!(read.title, course.title);
        assert_eq!(read.credit, Credit::All);
        assert_eq!(read.sealed, SealedResults::Teacher);
        let cut = |title| Chapter {
            recap: None,
            ..chapter(title, &["b"])
        };
        assert_eq!(read.chapters, [cut("One, two")]);
        assert_eq!(read.closing, None);
        // Katas that are left out cannot be needed.
        assert_eq!(read.needs, [].into());
        let text = described(&course, &["b", "c"]);
        let read = spec::parse_course("course.yaml", &text).expect(&text);
        assert_eq!(read.chapters, [cut("One, two"), chapter("Three", &["c"])]);
        assert_eq!(read.needs, [("c".to_owned(), vec!["b".to_owned()])].into());
    }

    #[test]
    fn only_what_students_need_belongs() {
        for (name, expected) in [
            ("kata.yaml", true),
            ("kata.lock", true),
            ("starter.rs", true),
            ("weights/a.bin", true),
            ("hf_load.rs", false),
            ("solution.py", false),
            ("wrong/starter.rs", false),
            ("hidden.yaml", false),
            ("class.key", false),
            (".cache/a", false),
            ("hf_load.rs.2026-11-21-063000.backup", false),
            ("README.md~", false),
        ] {
            assert_eq!(belongs(name), expected, "{name}");
        }
    }
}
