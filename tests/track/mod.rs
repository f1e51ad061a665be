//! The tests' own language is judged, graded in a class, recorded, and used with every command: no other code knows
//! languages. `postfix.rs` is the language.

mod commands;
mod postfix;
mod several;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use ::katas::catalog;
use ::katas::class::{self, Plan, Settings, Work};
use ::katas::files::Cache;
use ::katas::grade::{self, Cases, Request, Unconfined};
use ::katas::record::Status;
use ::katas::track::{Prepared, Purpose, Track};
use ::katas::verdict::{Judged, Refusal};

use crate::common::Course;
use postfix::Postfix;

/// A separate track for each test, which counts its sessions, because tests run in parallel.
fn track() -> &'static Postfix {
    let open = Box::leak(Box::new(AtomicUsize::new(0)));
    Box::leak(Box::new(Postfix { open }))
}

fn open_sessions(track: &Postfix) -> usize {
    track.open.load(Ordering::SeqCst)
}

const SPEC: &str = "\
format: 1
title: Twice
difficulty: easy
points: 1
function: twice
params: {x: \"f32[n]\"}
returns: f32[n]
narrow: a test
limits: {seconds: 3}
cases:
- {name: one, given: {x: [3, 5]}, expect: [6, 10]}
- {name: two, given: {x: [0.5]}, expect: [1]}
";

fn course() -> Course {
    let course = Course::empty();
    let list =
        "format: 1\ntitle: t\nchapters: [{title: c, katas: [twice]}]\npoints: {credit: cases}\n";
    course
        .write("katas/course.yaml", list)
        .write("katas/twice/kata.yaml", SPEC)
        .write("katas/twice/starter.post", "x")
        .write("class/ada/twice.post", "x 2 *")
        .write("class/bob/twice.post", "x x *")
        .write("class/cyd/twice.post", "x two *");
    course
}

#[test]
fn another_language_is_judged() {
    let course = course();
    let found = catalog::Course::find(&course.root).expect("a course");
    let kata = found.kata("twice").expect("a kata");
    let cache = Cache::in_folder(&course.cache);
    let track = track();
    let session = track.open(&cache, Purpose::One, &mut |_| {}).unwrap();
    let judge = |text: &str| {
        let request = Request {
            cancel: None,
            kata: &kata,
            session: &*session,
            answer: grade::Answer::Bytes(text.as_bytes()),
            shown_as: Path::new("twice.post"),
            cases: Cases::All,
            time_limit: None,
            unconfined: Unconfined::Allow,
            width: 80,
            cache: &cache,
            sealed: None,
        };
        grade::judge(&request).expect("nothing is missing")
    };
    let right = judge("x x +");
    assert!(right.passed());
    assert_eq!(right.track, "postfix");
    // The session got the kata's own limit of three seconds.
    assert!(judge("x 2 * seconds + -3 +").passed());
    let wrong = judge("x 1 +");
    assert!(!wrong.passed());
    assert!(matches!(wrong.judged, Judged::Ran(_)));
    let refused = judge("x two *").judged;
    assert!(matches!(refused, Judged::Refused(Refusal::Errors { .. })));
    // A value prepared by one session cannot be run by a session of another language.
    let foreign = session.run(&Prepared::new(1), &[], session.limits());
    assert!(foreign.is_err());
    drop(session);
    assert_eq!(open_sessions(track), 0);
}

#[test]
fn a_class_has_one_session() {
    let course = course();
    let track = track();
    let found = catalog::Course::find(&course.root).expect("a course");
    let cache = Cache::in_folder(&course.cache);
    let settings = Settings {
        title: &found.description.title,
        credit: found.description.credit,
        sealed: found.description.sealed,
        katas: vec![found.kata("twice").expect("a kata")],
        tracks: vec![track],
        key: None,
        time_limit: None,
        jobs: 2,
        unconfined: Unconfined::Allow,
        cache: &cache,
        tell: ::katas::ui::wording,
    };
    let plan = Plan::new(settings, &mut |_| {}).expect("a plan");
    assert_eq!(plan.judge.tools["postfix"], "postfix 1");
    assert_eq!(plan.course.katas[0].starters["postfix"], "x");
    let all = class::find(&course.root.join("class"), &["post"], None, &cache).expect("a class");
    let stop = AtomicBool::new(false);
    let work = Work {
        plan: &plan,
        submissions: &all.submissions,
        stop: &stop,
        of_class: true,
    };
    // The second time, everything is cached.
    for _ in 0..2 {
        let judged = class::run(&work, None, &mut |_| {}).expect("records are kept");
        let judged = judged.in_memory().expect("they can be read");
        let statuses: Vec<Status> = judged.iter().map(|one| one.katas[0].status).collect();
        assert_eq!(statuses, [Status::Passed, Status::Failed, Status::Refused]);
        let answer = judged[0].katas[0].answer.as_ref().expect("an answer");
        assert_eq!(answer.file, "twice.post");
        assert_eq!(answer.source.as_deref(), Some("x 2 *"));
    }
    assert_eq!(open_sessions(track), 1);
    drop(plan);
    assert_eq!(open_sessions(track), 0);
}
