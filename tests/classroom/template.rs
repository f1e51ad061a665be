//! A template as a repository: pushed by a teacher, cloned by a student, solved there, and judged.

use std::path::Path;

use super::{REV, bare, finished, listing, new, read, solution};
use crate::common::{Course, repository};

fn pinned() -> String {
    format!("--katas-git https://example.org/katas.git --katas-rev {REV}")
}

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
    new(&course, &format!("class {}", pinned()));
    // A teacher pushes it as it is.
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
    // Everything arrives but the teacher's page.
    let mut expected = listing(&class);
    expected.retain(|name| !name.starts_with(".git/") && name != "TEACHER.md");
    let mut cloned = listing(&student);
    cloned.retain(|name| !name.starts_with(".git/"));
    assert_eq!(cloned, expected);
    for id in ["hf_load", "split_merge", "state_translation"] {
        let starter = read(&repository().join(format!("katas/{id}/starter.rs")));
        assert_eq!(read(&student.join(format!("katas/{id}/{id}.rs"))), starter);
    }
    // A student's first run, and a run of the editor's files that git does not see.
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

#[test]
fn part_of_a_course_is_a_course() {
    let course = Course::of_author();
    new(&course, &format!("class --kata split-merge {}", pinned()));
    let class = course.root.join("class");
    assert!(!class.join("katas/hf_load").exists());
    std::fs::write(
        class.join("katas/split_merge/split_merge.rs"),
        solution("split_merge"),
    )
    .expect("an answer");
    course
        .finish(
            course
                .command(&["grade", "--fail-on-miss"])
                .current_dir(&class),
        )
        .exits(0)
        .says("split_merge")
        .says_nothing_of("hf_load");
    let workflow = read(&class.join(".github/workflows/grade.yml"));
    assert!(workflow.contains("runners: splitmerge\n"), "{workflow}");
}

#[test]
fn without_a_course_the_one_inside_the_program_is_taken() {
    let course = Course::empty();
    new(&course, &format!("class {}", pinned()));
    let class = course.root.join("class");
    assert!(class.join("katas/hf_load/kata.lock").is_file());
    assert!(class.join("katas/hf_load/hf_load.rs").is_file());
    assert!(!course.root.join("katas").exists());
}

#[test]
fn the_encrypted_solution_is_left_out_if_the_teacher_wants() {
    let course = Course::of_author();
    new(&course, &format!("class --without-solutions {}", pinned()));
    let class = course.root.join("class");
    let lock = read(&class.join("katas/hf_load/kata.lock"));
    assert!(lock.contains("\"solution\": null"), "{lock}");
    std::fs::write(class.join("katas/hf_load/hf_load.rs"), solution("hf_load")).expect("an answer");
    let katas = |words: &str| {
        let words: Vec<_> = words.split(' ').collect();
        course.finish(course.command(&words).current_dir(&class))
    };
    katas("run hf_load").exits(0).says("All 8 cases");
    katas("solution hf_load").says_nothing_of("fn load_hf_weights");
}

#[test]
fn every_name_in_the_texts_is_filled_in() {
    let course = Course::of_author();
    let pinned = pinned();
    for (folder, words) in [
        ("actions", String::new()),
        ("fifty", " --classroom50 port-weights".to_owned()),
        ("scope", " --gradescope scope.zip".to_owned()),
    ] {
        new(&course, &format!("{folder} {pinned}{words}"));
    }
    let unpacked = course.root.join("unpacked");
    super::gradescope::unpack(&course.root.join("scope.zip"), &unpacked);
    for folder in ["actions", "fifty", "scope", "unpacked"] {
        let folder = course.root.join(folder);
        assert!(folder.join("TEACHER.md").is_file());
        for name in listing(&folder) {
            let text = read(&folder.join(&name));
            let words = text.split('@').skip(1).step_by(2);
            let open: Vec<_> = words
                .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase()))
                .collect();
            assert!(open.is_empty(), "{name} has {open:?}");
        }
    }
}
