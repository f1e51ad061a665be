//! A class with answers in two languages, one of which has no working tools.

use std::sync::atomic::AtomicBool;

use ::katas::catalog;
use ::katas::class::{self, Grading, Plan, Settings, Source, Work};
use ::katas::files::Cache;
use ::katas::grade::Unconfined;
use ::katas::record::{Status, Submission};
use ::katas::spec::Spec;
use ::katas::track::{Fault, Progress, Purpose, Session, Track, TrackError};

use super::{course, track};
use crate::common::Course;

/// A language whose interpreter is not installed.
struct Absent;

impl Track for Absent {
    fn name(&self) -> &'static str {
        "absent"
    }

    fn extension(&self) -> &'static str {
        "abs"
    }

    fn signature(&self, _: &Spec) -> Result<String, TrackError> {
        Ok(String::new())
    }

    fn program(&self, _: &Spec, _: &str, _: &str) -> Result<String, TrackError> {
        Ok(String::new())
    }

    fn open(
        &self,
        _: &Cache,
        _: Purpose,
        _: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError> {
        Err(TrackError::new(
            Fault::Missing,
            "there is no interpreter",
            "install it",
        ))
    }
}

/// The judged answers of the first submission.
fn judged(course: &Course, tracks: Vec<&'static dyn Track>) -> Result<Vec<Submission>, String> {
    let found = catalog::Course::find(&course.root).expect("a course");
    let cache = Cache::in_folder(&course.cache);
    let settings = Settings {
        title: &found.description.title,
        credit: found.description.credit,
        sealed: found.description.sealed,
        katas: vec![found.kata("twice").expect("a kata")],
        tracks,
        key: None,
        time_limit: None,
        jobs: 2,
        unconfined: Unconfined::Allow,
        cache: &cache,
        tell: ::katas::ui::wording,
    };
    let plan = Plan::new(settings, &mut |_| {}).map_err(|error| error.to_string())?;
    let unavailable: Vec<_> = plan.unavailable().map(|(track, _)| track).collect();
    assert_eq!(unavailable, ["absent"]);
    assert_eq!(
        Vec::from_iter(&plan.judge.tools),
        [(&"postfix".to_owned(), &"postfix 1".to_owned())]
    );
    let class = course.root.join("class");
    let all = class::find(&class, &["abs", "post"], None, &cache).expect("a class");
    let work = Work {
        plan: &plan,
        submissions: &all.submissions,
        stop: &AtomicBool::new(false),
        of_class: true,
    };
    let judged = class::run(&work, None, &mut |_| {}).expect("records are kept");
    Ok(judged.in_memory().expect("they can be read"))
}

#[test]
fn a_class_has_answers_in_several_languages() {
    let course = course();
    course
        .write("katas/twice/starter.abs", "the starter")
        .write("class/dan/twice.abs", "an answer")
        // A student with both starters who solved one of them has one answer.
        .write("class/eve/twice.abs", "the starter")
        .write("class/eve/twice.post", "x x +")
        // Of two answers only one is judged, and the report says so.
        .write("class/fay/twice.abs", "an answer")
        .write("class/fay/twice.post", "x x +")
        .write("class/gus/twice.abs", "the starter")
        .write("class/gus/twice.post", "x")
        .write("class/hal/notes.txt", "");
    let judged = judged(&course, vec![&Absent, track()]).expect("one language is there");
    let told: Vec<_> = judged
        .iter()
        .map(|one| {
            let kata = &one.katas[0];
            let track = kata.answer.as_ref().map(|answer| answer.track.as_str());
            (one.id.as_str(), kata.status, track)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ada", Status::Passed, Some("postfix")),
            ("bob", Status::Failed, Some("postfix")),
            ("cyd", Status::Refused, Some("postfix")),
            ("dan", Status::Unjudged, Some("absent")),
            ("eve", Status::Passed, Some("postfix")),
            ("fay", Status::Unjudged, Some("absent")),
            ("gus", Status::Unjudged, Some("absent")),
            ("hal", Status::Missing, None),
        ]
    );
    let headline = |place: usize| judged[place].katas[0].headline.as_str();
    assert_eq!(headline(3), "not judged: there is no interpreter.");
    assert_eq!(
        headline(7),
        "no answer: there is no twice.abs and no twice.post."
    );
    assert_eq!(judged[4].problems, [""; 0]);
    assert_eq!(
        judged[5].problems,
        ["it has several files for twice; twice.abs was judged, not twice.post"]
    );
}

#[test]
fn a_class_without_any_tools_is_not_started() {
    let course = course();
    course.write("katas/twice/starter.abs", "the starter");
    assert_eq!(
        judged(&course, vec![&Absent]).unwrap_err(),
        "there is no interpreter"
    );
}

/// A file in a language that no kata of the course offers is not an answer.
#[test]
fn a_class_needs_no_tools_for_files_in_a_language_that_is_not_offered() {
    let course = course();
    std::fs::remove_dir_all(course.root.join("class")).expect("it was written");
    course.write("class/dan/twice.abs", "an answer");
    let found = catalog::Course::find(&course.root).expect("a course");
    let cache = Cache::in_folder(&course.cache);
    let settings = Settings {
        title: &found.description.title,
        credit: found.description.credit,
        sealed: found.description.sealed,
        katas: vec![found.kata("twice").expect("a kata")],
        tracks: vec![&Absent, track()],
        key: None,
        time_limit: None,
        jobs: 1,
        unconfined: Unconfined::Allow,
        cache: &cache,
        tell: ::katas::ui::wording,
    };
    let class = Source::Class {
        path: &course.root.join("class"),
        deal: None,
        resume: false,
    };
    let mut grading = Grading::prepare(class, settings, &mut |_| {}).expect("a plan");
    let record = grading.judge(&false.into(), &mut |_| {}).expect("room");
    let judged = record.submissions.in_memory().expect("it can be read");
    assert_eq!(
        judged[0].katas[0].headline,
        "no answer: there is no twice.post."
    );
}
