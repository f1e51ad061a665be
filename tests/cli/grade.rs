//! `katas grade`: other people's answers, strictly confined, and the sealed cases with the class key.

use crate::common::{Course, shown};

#[test]
fn answers_are_judged_and_nothing_is_written() {
    let course = Course::of_author();
    course
        .solve("hf_load")
        .answer("split_merge", "never_called");
    shown("grade", &course.katas("grade").exits(0));
    course.katas("grade hf_load --fail-on-miss").exits(0);
    course.katas("grade --fail-on-miss").exits(1);
    course
        .katas("grade hf_laod")
        .exits(2)
        .says("did you mean `hf_load`");
    assert!(
        !course.root.join(".katas").exists(),
        "grading leaves no progress"
    );
    assert!(
        !course
            .root
            .join("katas/state_translation/state_translation.rs")
            .exists()
    );
}

#[test]
fn a_link_is_no_answer() {
    let course = Course::of_author();
    let answer = course.root.join("katas/hf_load/hf_load.rs");
    std::os::unix::fs::symlink(course.root.join("solutions/hf_load/solution.rs"), answer)
        .expect("a link");
    course
        .katas("grade hf_load --fail-on-miss")
        .exits(1)
        .says("not yet");
}

#[test]
fn sealed_cases_run_with_the_class_key() {
    let sealed = "format: 1\ncases:\n- name: nine\n  given: {seed: 7, x: [3, 5], hf_kernel_flat: [7, 11, 13, 17], \
                  hf_bias_flat: [19, 23], features: 2}\n  expect: [95, 147]\n";
    let course = Course::of_author();
    course
        .write("solutions/hf_load/sealed.yaml", sealed)
        .write("class.key", "six words taken by mere chance\n")
        .write("other.key", "six words taken by mere choice\n");
    course
        .katas("author seal hf_load --key-file class.key")
        .exits(0);
    std::fs::remove_dir_all(course.root.join("solutions")).expect("the solutions");
    course.solve("hf_load");
    course
        .katas("grade hf_load --key-file class.key --fail-on-miss")
        .exits(0)
        .says("passed");
    course
        .katas("grade hf_load --key-file other.key")
        .exits(2)
        .says_nothing_of("choice");
}
