//! However katas ends, the terminal is as it was, and nothing is left running.

use rustix::process::Signal;

use super::WAITING;
use crate::common::terminal::Terminal;
use crate::common::{Course, until};

#[test]
fn every_end_restores_the_terminal() {
    for (key, signal, code) in [
        ("q", None, 0),
        ("\x03", None, 130),
        ("", Some(Signal::TERM), 130),
        ("", Some(Signal::INT), 130),
        ("", Some(Signal::HUP), 130),
    ] {
        let course = Course::of_learner();
        let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
        terminal.shows(WAITING).press(key);
        if let Some(signal) = signal {
            terminal.signal(signal);
        }
        assert_eq!(terminal.ends().code(), Some(code), "{key:?} {signal:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_answer_outlives_it() {
    for key in ["q", "\x03"] {
        let course = Course::of_learner();
        course.answer("hf_load", "endless_sleep");
        let program = course.cache.join("answers").display().to_string();
        let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
        until("the answer runs", || super::many::runs(&program));
        terminal.ends_after(key);
        until("the answer has ended", || !super::many::runs(&program));
    }
}

#[test]
fn it_ends_with_its_terminal() {
    for words in ["watch hf_load", "list"] {
        let course = Course::of_learner();
        let terminal = Terminal::start(&course, words, (80, 24));
        terminal.shows("Load Hugging Face");
        // Nobody is left to print to, which is an error of its own.
        assert!(!terminal.ends_when_closed().success(), "{words}");
    }
}
