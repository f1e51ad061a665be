//! A template as a course: complete, with some of the katas, without the encrypted solutions, and with every
//! placeholder filled in.

use crate::common::Course;
use crate::common::classroom::{REV, listing, new, read, solution, unpack};

fn pinned() -> String {
    format!("--katas-git https://example.org/katas.git --katas-rev {REV}")
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
    // The program contains the answers to the built-in course.
    let course = Course::of_author();
    let spec = course.read("katas/hf_load/kata.yaml");
    course.write("katas/hf_load/kata.yaml", &format!("{spec}# One's own.\n"));
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
    unpack(&course.root.join("scope.zip"), &unpacked);
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
