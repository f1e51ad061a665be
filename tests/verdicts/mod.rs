//! The screen for every kind of answer: one file in `answers/` for each, and the whole screen as a snapshot.

mod differs;
mod hidden;
mod odd_files;
mod passed;
mod refused;
mod stopped;

use ::katas::track::rust::{RustTrack, UnsafeCode};
use ::katas::track::{Purpose, Track};
use ::katas::{catalog, files, grade, ui};

use crate::common::{Course, Output, repository, shown};

/// Judges an answer as the learner's own, in a course that has the outputs of its hidden cases.
#[track_caller]
fn judge(id: &str, answer: &str, code: i32) -> Output {
    let course = Course::of_author();
    course.answer(id, answer);
    // A short limit only if the test is about it: on a busy machine, anything may take a second.
    let limit = if answer.starts_with("endless_") {
        " --time-limit 1"
    } else {
        ""
    };
    course.katas(&format!("run {id}{limit}")).exits(code)
}

/// The report on an answer with unsafe code, with unsafe code allowed, which no command does.
fn judge_unsafe(answer: &str) -> String {
    const SHOWN_AS: &str = "katas/hf_load/hf_load.rs";
    let course = Course::of_author();
    course.answer("hf_load", answer);
    let kata = catalog::Course::find(&course.root)
        .and_then(|found| found.kata("hf_load"))
        .expect("the kata is there");
    let cache = files::Cache::in_folder(&course.cache);
    let track = RustTrack {
        unsafe_code: UnsafeCode::Allowed,
    };
    let session = track.open(&cache, Purpose::One, &mut |_| {});
    let session = session.expect("the tools work");
    let request = grade::Request {
        cancel: None,
        kata: &kata,
        session: &*session,
        answer: grade::Answer::File(&course.root.join(SHOWN_AS)),
        shown_as: SHOWN_AS.as_ref(),
        cases: grade::Cases::All,
        time_limit: None,
        unconfined: grade::Unconfined::Refuse,
        width: 80,
        cache: &cache,
        sealed: None,
    };
    let result = grade::judge(&request).expect("the tools work");
    ui::wording(&result, &kata.spec).screen
}

/// A test for each answer to hf_load, named after its file, with its exit code and the whole screen.
macro_rules! screens {
    ($($answer:ident: $code:literal,)*) => {$(
        #[test]
        fn $answer() {
            let name = stringify!($answer);
            super::shown(&format!("verdict_{name}"), &super::judge("hf_load", name, $code));
        }
    )*};
}
use screens;

#[test]
fn no_answer_is_forgotten() {
    let sources = [
        include_str!("differs.rs"),
        include_str!("hidden.rs"),
        include_str!("passed.rs"),
        include_str!("refused.rs"),
        include_str!("stopped.rs"),
        include_str!("../cli/run.rs"),
        include_str!("../progress.rs"),
    ];
    let answers = std::fs::read_dir(repository().join("tests/answers")).expect("the folder");
    let mut seen = 0;
    for answer in answers {
        let path = answer.expect("an entry").path();
        let name = path.file_stem().and_then(|name| name.to_str());
        let name = name.expect("a name in UTF-8");
        let (listed, named) = (format!("    {name}: "), format!("\"{name}\""));
        let used = |source: &&str| source.contains(&listed) || source.contains(&named);
        assert!(sources.iter().any(used), "{name} is used by no test");
        seen += 1;
    }
    assert!(seen > 40);
}
