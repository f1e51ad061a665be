//! Wrong answers in Python that people wrote without seeing the pitfalls: the first line of each says which explanation it
//! gets.

use std::path::{Path, PathBuf};

use katas::catalog::Course;
use katas::diagnose::{Certainty, Explanation};
use katas::files::Cache;
use katas::grade::{self, Cases, Request, Unconfined};
use katas::verdict::Judged;

use super::{course_cache, session};

#[test]
fn blind_answers_are_explained() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = Course::find(repository).expect("the repository is a course");
    let (mut count, mut findings) = (0, Vec::new());
    for id in course.ids() {
        let folder = repository.join("tests/fixtures/diagnose").join(id);
        for file in answers(&folder) {
            count += 1;
            let text = std::fs::read_to_string(&file).expect("the answer can be read");
            let first = text.lines().next().unwrap_or_default();
            let expected = first.trim_start_matches("# ");
            let told = explanations(&course, id, &file);
            let said = told.first().map_or("Nothing explains it".to_owned(), said);
            if said != expected {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                findings.push(format!("{id} {name}: expected `{expected}`, told `{said}`"));
            }
        }
    }
    let right = count - findings.len();
    println!("{right} of {count} wrong answers got the explanation that should appear");
    assert!(count > 30, "{count}");
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

fn answers(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "py"));
    files.sort();
    files
}

fn said(told: &Explanation) -> String {
    let verb = match told.certainty {
        Certainty::ThisIs => "This is",
        Certainty::LooksLike => "This looks like",
    };
    format!("{verb}: {}", told.subject.id())
}

fn explanations(course: &Course, id: &str, file: &Path) -> Vec<Explanation> {
    let kata = course.kata(id).expect("the course has it");
    let cache = Cache::in_folder(course_cache());
    let request = Request {
        cancel: None,
        kata: &kata,
        session: session(),
        answer: grade::Answer::File(file),
        shown_as: file,
        cases: Cases::All,
        time_limit: None,
        unconfined: Unconfined::Allow,
        width: 80,
        cache: &cache,
        sealed: None,
    };
    let result = grade::judge(&request);
    let result = result.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    match result.judged {
        Judged::Ran(ran) => ran.explanations,
        Judged::Refused(refusal) => panic!("{}: {refusal:?}", file.display()),
    }
}
