//! The order of sealed cases: they run after every part of the submission whose output the student can see.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::sealed::{KEY, sealed_course};
use katas::array::Value;
use katas::class::{Plan, Settings, Work, run, submission};
use katas::files::Cache;
use katas::grade::{self, Unconfined};
use katas::record::{Status, Submission};
use katas::sandbox::{Limits, SandboxError};
use katas::seal::ClassKey;
use katas::spec::{Case, SealedResults, Spec};
use katas::track::rust::RUST;
use katas::track::{
    Answer, CaseOutcome, Prepared, Progress, Purpose, Session, Tools, Track, TrackError,
};
use katas::verdict::Refusal;

use crate::common::Course;

/// The Rust track, which also records for each run whether it was of a sealed case.
struct Noting {
    sealed: Vec<Case>,
    runs: Mutex<Vec<bool>>,
    /// Whether the program of every sealed case is killed as if by the machine.
    kills: bool,
}

impl Track for &'static Noting {
    fn name(&self) -> &'static str {
        RUST.name()
    }

    fn extension(&self) -> &'static str {
        RUST.extension()
    }

    fn signature(&self, spec: &Spec) -> Result<String, TrackError> {
        RUST.signature(spec)
    }

    fn program(&self, spec: &Spec, about: &str, message: &str) -> Result<String, TrackError> {
        RUST.program(spec, about, message)
    }

    fn open(
        &self,
        cache: &Cache,
        purpose: Purpose,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError> {
        let session = RUST.open(cache, purpose, progress)?;
        let noting = *self;
        Ok(Box::new(NotingSession { session, noting }))
    }
}

struct NotingSession {
    session: Box<dyn Session>,
    noting: &'static Noting,
}

impl Session for NotingSession {
    fn track(&self) -> &'static str {
        self.session.track()
    }

    fn purpose(&self) -> Purpose {
        self.session.purpose()
    }

    fn tools(&self) -> &Tools {
        self.session.tools()
    }

    fn limits(&self) -> Limits {
        self.session.limits()
    }

    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError> {
        self.session.prepare(answer)
    }

    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        let outcomes = self.session.run(prepared, cases, limits);
        let Noting {
            sealed,
            runs,
            kills,
        } = self.noting;
        let is_sealed = |inputs: &&[Value]| sealed.iter().any(|case| case.given == **inputs);
        let count = cases.iter().filter(|inputs| is_sealed(inputs)).count();
        assert!(
            count == 0 || cases.len() == 1,
            "each has a process of its own"
        );
        runs.lock().expect("nobody panics").push(count == 1);
        if *kills && count == 1 {
            let program = PathBuf::from("answer");
            let has_sent = true;
            return Err(SandboxError::Killed { program, has_sent }.into());
        }
        outcomes
    }
}

/// Judges the submissions of a class with the class key. Returns for each run, in order, whether it was of a sealed
/// case, and the number of answers.
fn runs(course: &Course, students: &[&str], jobs: usize) -> (Vec<bool>, usize) {
    let (runs, submissions) = judged(course, students, jobs, false);
    (runs, submissions.iter().map(|one| one.katas.len()).sum())
}

/// Like [`runs`], for given submissions.
fn judged(
    course: &Course,
    students: &[&str],
    jobs: usize,
    kills: bool,
) -> (Vec<bool>, Vec<Submission>) {
    let found = katas::catalog::Course::find(&course.root).expect("a course");
    let all: Vec<_> = found
        .ids()
        .map(|id| found.kata(id).expect("a kata"))
        .collect();
    let cache = Cache::in_folder(&course.cache);
    let key = ClassKey::new(KEY.as_bytes().to_vec().into()).expect("a key");
    let noting: &'static Noting = Box::leak(Box::new(Noting {
        sealed: grade::open_sealed(&all[0], &key).expect("sealed cases"),
        runs: Mutex::default(),
        kills,
    }));
    let settings = Settings {
        title: &found.description.title,
        credit: found.description.credit,
        sealed: found.description.sealed,
        katas: all,
        tracks: vec![Box::leak(Box::new(noting))],
        key: Some(&key),
        time_limit: None,
        jobs,
        unconfined: Unconfined::Allow,
        cache: &cache,
        tell: katas::ui::wording,
    };
    let plan = Plan::new(settings, &mut |_| {}).expect("a plan");
    let submissions: Vec<_> = students
        .iter()
        .map(|student| submission(&course.root.join(student), &["rs"]).expect("a folder"))
        .collect();
    let stop = AtomicBool::new(false);
    let asked = Work {
        plan: &plan,
        submissions: &submissions,
        stop: &stop,
        of_class: true,
    };
    let judged = run(&asked, None, &mut |_| {}).expect("there is room");
    (
        std::mem::take(&mut *noting.runs.lock().expect("nobody panics")),
        judged.in_memory().expect("there is memory"),
    )
}

/// With too little memory, an answer can get itself killed depending on a sealed input; its student must not learn
/// this.
#[test]
fn only_the_teacher_sees_a_sealed_case_that_cannot_be_run() {
    let course = sealed_course();
    let path = crate::common::repository().join("solutions/hf_load/solution.rs");
    course.write("ada/hf_load.rs", &std::fs::read_to_string(path).unwrap());
    let (_, submissions) = judged(&course, &["ada"], 1, true);
    let record = &submissions[0].katas[0];
    assert_eq!(record.status, Status::Unjudged);
    assert!(
        record.headline.contains("killed from outside"),
        "{record:?}"
    );
    for sealed in [SealedResults::Count, SealedResults::Teacher] {
        let seen = record.for_students(sealed);
        assert_eq!(seen.status, Status::Passed);
        assert!(!format!("{seen:?}").contains("killed"), "{seen:?}");
    }
}

#[test]
fn sealed_cases_run_after_every_other_case_of_the_submission() {
    let course = sealed_course();
    let read =
        |path: &str| std::fs::read_to_string(crate::common::repository().join(path)).unwrap();
    let solved = |id: &str| read(&format!("solutions/{id}/solution.rs"));
    let hand_in = |student: &str, id: &str, text: &str| {
        course.write(&format!("{student}/{id}.rs"), text);
    };
    for student in ["ada", "bob"] {
        // Two students have the same answer.
        hand_in(student, "hf_load", &solved("hf_load"));
        hand_in(student, "split_merge", &solved("split_merge"));
    }
    // The diagnosis of a wrong answer runs it again.
    let wrong = read("solutions/state_translation/wrong/transposed_again.rs");
    hand_in("ada", "state_translation", &wrong);
    for jobs in [1, 3] {
        let (runs, done) = runs(&course, &["ada"], jobs);
        assert_eq!(done, 3);
        let first = runs.iter().position(|is_sealed| *is_sealed);
        let (open, sealed) = runs.split_at(first.expect("they are run"));
        // Two right answers run their shown and hidden cases, a wrong one only its shown ones.
        assert!(open.len() >= 5, "{runs:?}");
        assert_eq!(sealed, [true, true], "{runs:?}");
        std::fs::remove_dir_all(course.cache.join("results")).unwrap();
    }
    // Two submissions that wait for each other's answers must not wait forever, and a known answer is not run again.
    let (_, done) = runs(&course, &["ada", "bob", "ada", "bob"], 4);
    assert_eq!(done, 12);
    let (again, done) = runs(&course, &["bob", "ada"], 2);
    assert_eq!(done, 6);
    assert!(again.is_empty(), "{again:?}");
}
