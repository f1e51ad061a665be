//! A machine that cannot confine answers, simulated by denying Landlock's first system call to this thread and its
//! children.

use std::collections::BTreeMap;

use katas::record::{AnyRecord, Status};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

use super::world::{Class, record};
use crate::common::{Course, Output};

/// Runs katas without Landlock.
fn without_landlock(course: &Course, words: &str) -> Output {
    let rules = BTreeMap::from([(libc::SYS_landlock_create_ruleset, Vec::new())]);
    let refused = SeccompAction::Errno(libc::ENOSYS as u32);
    let arch = std::env::consts::ARCH
        .try_into()
        .expect("a known processor");
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, arch);
    let program: BpfProgram = filter.and_then(TryInto::try_into).expect("a filter");
    std::thread::scope(|scope| {
        let run = scope.spawn(|| {
            apply_filter(&program).expect("a thread may give up calls");
            course.katas(words)
        });
        run.join().expect("it ends")
    })
}

#[test]
fn untrusted_answers_are_not_run_and_the_reports_give_the_reason() {
    let course = Course::of_learner();
    Class::of(&course).solved("ada", "hf_load");
    course.solve("hf_load");
    for words in ["grade hf_load", "grade hf_load --class class"] {
        let refused = without_landlock(&course, &format!("{words} --report json=r.json"));
        refused
            .exits(5)
            .says("this machine cannot confine untrusted answers");
        let record = record(&course, "r.json");
        let kata = &record.submissions[0].katas[0];
        assert_eq!(kata.status, Status::Unjudged);
        assert!(
            kata.headline
                .starts_with("not judged: this machine cannot confine"),
            "{}",
            kata.headline
        );
    }
    assert!(
        !course.cache.join("answers").exists(),
        "nothing was compiled"
    );
}

#[test]
fn allow_unconfined_judges_and_the_record_says_so() {
    let course = Course::of_learner();
    course.solve("hf_load");
    let words = "grade hf_load --allow-unconfined --report json=r.json";
    without_landlock(&course, words)
        .exits(0)
        .says("NOT CONFINED");
    let unheld = record(&course, "r.json");
    assert!(AnyRecord::all_passed(&unheld).expect("it is in memory"));
    assert!(!unheld.judge.not_confined.is_empty());
    // The result of an unconfined run is not reused for a confined one.
    course.katas("grade hf_load --report json=r.json").exits(0);
    assert!(record(&course, "r.json").judge.not_confined.is_empty());
}
