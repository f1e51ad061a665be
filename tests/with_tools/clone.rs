//! A template as a repository: pushed by a teacher, cloned and solved by a student, and judged.

use std::path::Path;

use super::{bare, finished};
use crate::common::classroom::{REV, listing, new, read, solution};
use crate::common::{Course, repository};

fn git(folder: &Path, words: &str) {
    let mut command = bare("git", folder);
    command
        .args(words.split(' '))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "A Teacher")
            .env(format!("GIT_{who}_EMAIL"), "teacher@example.org");
    }
    finished(&mut command).exits(0);
}

#[test]
fn a_student_works_in_a_clone_of_the_template() {
    let course = Course::of_author();
    course.answer("hf_load", "panic");
    new(
        &course,
        &format!("class --katas-git https://example.org/katas.git --katas-rev {REV}"),
    );
    // A teacher pushes it unchanged.
    let class = course.root.join("class");
    let remote = course.root.join("remote.git");
    git(
        &course.root,
        "init --quiet --bare --initial-branch main remote.git",
    );
    git(&class, "init --quiet --initial-branch main");
    git(&class, "add --all");
    git(&class, "commit --quiet --message start");
    git(&class, &format!("push --quiet {} main", remote.display()));
    git(&course.root, "clone --quiet remote.git student");
    let student = course.root.join("student");
    // It contains everything except the teacher's page.
    let mut expected = listing(&class);
    expected.retain(|name| !name.starts_with(".git/") && name != "TEACHER.md");
    let mut cloned = listing(&student);
    cloned.retain(|name| !name.starts_with(".git/"));
    assert_eq!(cloned, expected);
    for id in ["hf_load", "split_merge", "state_translation"] {
        let starter = read(&repository().join(format!("katas/{id}/starter.rs")));
        assert_eq!(read(&student.join(format!("katas/{id}/{id}.rs"))), starter);
    }
    // A student's first run, which also writes editor files that git ignores.
    let katas = |words: &str| {
        let words: Vec<_> = words.split(' ').collect();
        course.finish(course.command(&words).current_dir(&student))
    };
    katas("run").exits(1).says("Judging hf_load");
    katas("grade --fail-on-miss").exits(1).says("0 / 9");
    for id in ["hf_load", "split_merge", "state_translation"] {
        std::fs::write(student.join(format!("katas/{id}/{id}.rs")), solution(id))
            .expect("an answer");
    }
    katas("run hf_load").exits(0).says("All 8 cases");
    katas("grade --fail-on-miss").exits(0).says("9 / 9");
    katas("solution hf_load").exits(0);
    let status = finished(bare("git", &student).args(["status", "--porcelain"]));
    let changed: Vec<_> = status.stdout.lines().collect();
    assert_eq!(changed.len(), 3, "{status}");
    assert!(
        changed.iter().all(|line| line.starts_with(" M katas/")),
        "{status}"
    );
}
