//! A language of the test's own goes through judging, a class and its record: nothing there knows what a language is.
//!
//! Its programs are words in postfix order over the elements of the first input, such as `x 2 *`.

mod several;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use ::katas::array::{Array, Dtype, Value};
use ::katas::catalog;
use ::katas::class::{self, Plan, Settings, Work};
use ::katas::files::Cache;
use ::katas::grade::{self, Cases, Request, Unconfined};
use ::katas::record::Status;
use ::katas::sandbox::Limits;
use ::katas::spec::Spec;
use ::katas::track::{
    Answer, CaseOutcome, Prepared, Progress, Purpose, Session, Tools, Track, TrackError,
};
use ::katas::verdict::{CompilerMessage, Judged, Refusal};

use crate::common::Course;

#[derive(Default)]
struct Postfix {
    /// How many sessions were opened and not yet dropped.
    open: Arc<AtomicUsize>,
}

impl Postfix {
    /// A track of a test's own: tests run side by side.
    fn new() -> &'static Self {
        Box::leak(Box::default())
    }

    fn open_sessions(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }
}

impl Track for Postfix {
    fn name(&self) -> &'static str {
        "postfix"
    }

    fn extension(&self) -> &'static str {
        "post"
    }

    fn signature(&self, spec: &Spec) -> Result<String, TrackError> {
        Ok(format!("{}: x", spec.function))
    }

    fn program(&self, _: &Spec, _: &str, _: &str) -> Result<String, TrackError> {
        Ok("x".to_owned())
    }

    fn open(
        &self,
        _: &Cache,
        purpose: Purpose,
        _: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError> {
        self.open.fetch_add(1, Ordering::SeqCst);
        let tools = Tools {
            name: "postfix 1".to_owned(),
            digest: "1".to_owned(),
        };
        Ok(Box::new(PostfixSession {
            open: Arc::clone(&self.open),
            purpose,
            tools,
        }))
    }
}

struct PostfixSession {
    open: Arc<AtomicUsize>,
    purpose: Purpose,
    tools: Tools,
}

impl Drop for PostfixSession {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

enum Word {
    Input,
    Number(f32),
    Times,
    Plus,
}

impl Session for PostfixSession {
    fn track(&self) -> &'static str {
        "postfix"
    }

    fn purpose(&self) -> Purpose {
        self.purpose
    }

    fn tools(&self) -> &Tools {
        &self.tools
    }

    fn limits(&self) -> Limits {
        Limits {
            wall: Duration::from_secs(7),
            processor: Duration::from_secs(7),
            memory: 1 << 20,
            address: 1 << 30,
            printed: 1 << 10,
            results: 1 << 20,
            file: 0,
        }
    }

    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError> {
        let word = |word: &str| match word {
            "x" => Ok(Word::Input),
            "*" => Ok(Word::Times),
            "+" => Ok(Word::Plus),
            word => word.parse().map(Word::Number).map_err(|_| word.to_owned()),
        };
        let words: Result<Vec<_>, _> = answer.source.split_whitespace().map(word).collect();
        Ok(words.map(Prepared::new).map_err(|word| Refusal::Errors {
            broken: "It is not valid postfix",
            messages: vec![CompilerMessage {
                text: format!("no such word: {word}"),
                code: String::new(),
                line: 1,
                column: 1,
                rendered: String::new(),
            }],
        }))
    }

    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        let words = prepared.program::<Vec<Word>>()?;
        // The kata's own limit has come here.
        assert_eq!(limits.wall.as_secs(), 3);
        let element = |bits: u64| {
            let input = f32::from_bits(u32::try_from(bits).expect("an f32"));
            let mut stack = Vec::new();
            for word in words {
                let value = match word {
                    Word::Input => input,
                    Word::Number(number) => *number,
                    Word::Times => stack.pop().unwrap_or(0.0) * stack.pop().unwrap_or(0.0),
                    Word::Plus => stack.pop().unwrap_or(0.0) + stack.pop().unwrap_or(0.0),
                };
                stack.push(value);
            }
            u64::from(stack.pop().unwrap_or(0.0).to_bits())
        };
        let outcome = |case: &&[Value]| {
            let Value::Array(input) = &case[0] else {
                panic!("the kata takes an array");
            };
            let bits: Vec<u64> = input.iter().map(element).collect();
            CaseOutcome {
                output: Ok(Value::Array(Array::flat(Dtype::F32, &bits))),
                calls: Vec::new(),
                printed: String::new(),
                ran: true,
            }
        };
        Ok(cases.iter().map(outcome).collect())
    }
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
    let track = Postfix::new();
    let session = track.open(&cache, Purpose::One, &mut |_| {}).unwrap();
    let judge = |text: &str| {
        let request = Request {
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
    let wrong = judge("x 1 +");
    assert!(!wrong.passed());
    assert!(matches!(wrong.judged, Judged::Ran(_)));
    let refused = judge("x two *").judged;
    assert!(matches!(refused, Judged::Refused(Refusal::Errors { .. })));
    // What one session prepared is not another language's to run.
    let foreign = session.run(&Prepared::new(1), &[], session.limits());
    assert!(foreign.is_err());
    drop(session);
    assert_eq!(track.open_sessions(), 0);
}

#[test]
fn a_class_has_one_session() {
    let course = course();
    let track = Postfix::new();
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
    // The second time all of it was kept.
    for _ in 0..2 {
        let judged = class::run(&work, None, &mut |_| {}).expect("records are kept");
        let judged = judged.in_memory().expect("they can be read");
        let statuses: Vec<Status> = judged.iter().map(|one| one.katas[0].status).collect();
        assert_eq!(statuses, [Status::Passed, Status::Failed, Status::Refused]);
        let answer = judged[0].katas[0].answer.as_ref().expect("an answer");
        assert_eq!(answer.file, "twice.post");
        assert_eq!(answer.source.as_deref(), Some("x 2 *"));
    }
    assert_eq!(track.open_sessions(), 1);
    drop(plan);
    assert_eq!(track.open_sessions(), 0);
}
