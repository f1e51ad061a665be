//! Sequences of events, and what is done after each.

use super::*;

/// Three katas, with the second opened and begun.
fn opened(begun: bool) -> State {
    let mut state = State::new(3);
    let event = Event::Opened {
        kata: 1,
        begun,
        open: false,
    };
    state.on(event);
    state
}

/// The same after a verdict.
fn judged(passed: bool) -> State {
    let mut state = opened(true);
    let number = state.judging().unwrap();
    state.on(verdict(number, passed));
    state
}

fn verdict(number: u64, passed: bool) -> Event {
    Event::Judged {
        number,
        passed,
        open: passed,
    }
}

fn key(char: char) -> Event {
    Event::Key(Key::Char(char))
}

const SAVED: Event = Event::Saved(Noticed::AsExpected);

use Action::{
    Cancel, Draw, Edit, GiveUp, Interrupt, Judge, JudgeAll, Make, NoFurther, Open, Quit, Reset,
};

#[test]
fn a_new_kata_begins_with_its_task_and_is_not_judged() {
    let mut state = State::new(3);
    let event = |begun| Event::Opened {
        kata: 0,
        begun,
        open: false,
    };
    assert_eq!(state.on(event(false)), [Make(Page::Task), Draw]);
    assert_eq!(state.on(event(true)), [Judge(1), Draw]);
    assert_eq!(state.on(verdict(1, false)), [Make(Page::Verdict), Draw]);
    assert_eq!(state.passed(), Some(false));
}

#[test]
fn a_save_cancels_what_is_judged_and_late_results_are_ignored() {
    let mut state = opened(false);
    assert_eq!(state.on(SAVED), [Judge(1), Draw]);
    assert_eq!(state.on(SAVED), [Cancel, Judge(2), Draw]);
    assert_eq!(state.on(SAVED), [Cancel, Judge(3), Draw]);
    assert_eq!(state.on(verdict(1, true)), []);
    assert_eq!(state.on(verdict(2, true)), []);
    assert_eq!(state.passed(), None);
    assert_eq!(state.on(verdict(3, true)), [Make(Page::Verdict), Draw]);
    assert_eq!(state.on(verdict(3, true)), []);
    assert_eq!((state.passed(), state.judging()), (Some(true), None));
}

#[test]
fn a_pass_opens_nothing() {
    let mut state = judged(true);
    assert_eq!(state.kata(), 1);
    assert_eq!(state.on(SAVED), [Judge(2), Draw]);
    state.on(verdict(2, true));
    assert_eq!(state.on(key('n')), [Open(2)]);
}

#[test]
fn the_first_and_the_last_kata_are_the_ends() {
    let mut state = judged(false);
    assert_eq!(state.on(key('p')), [Open(0)]);
    for (kata, key_there) in [(0, 'p'), (2, 'n')] {
        let event = Event::Opened {
            kata,
            begun: false,
            open: false,
        };
        state.on(event);
        assert_eq!(state.on(key(key_there)), [NoFurther, Draw]);
    }
}

#[test]
fn a_verdict_takes_the_screen_unless_the_learner_has_turned_a_page_since_the_save() {
    let mut state = judged(false);
    assert_eq!(state.on(key('t')), [Make(Page::Task), Draw]);
    state.on(SAVED);
    assert_eq!(state.page(), Page::Task);
    assert_eq!(state.on(verdict(2, false)), [Make(Page::Verdict), Draw]);
    assert_eq!(state.page(), Page::Verdict);
    state.on(SAVED);
    state.on(key('t'));
    assert_eq!(state.on(verdict(3, false)), [Draw]);
    assert_eq!(state.page(), Page::Task);
    // The same key, or Escape, leads back.
    assert_eq!(state.on(key('t')), [Make(Page::Verdict), Draw]);
    state.on(key('?'));
    assert_eq!(
        state.on(Event::Key(Key::Escape)),
        [Make(Page::Verdict), Draw]
    );
    assert_eq!(state.on(Event::Key(Key::Escape)), []);
}

#[test]
fn each_hint_is_the_next_one() {
    let mut state = judged(false);
    for _ in 0..3 {
        assert_eq!(state.on(key('h')), [Make(Page::Hint), Draw]);
    }
}

#[test]
fn a_reset_is_asked_about_and_anything_but_yes_is_no() {
    let mut state = judged(false);
    for no in [key('n'), Event::Key(Key::Enter), Event::Key(Key::Escape)] {
        assert_eq!(state.on(key('x')), [Draw]);
        assert_eq!(state.question(), Some(Question::Reset));
        assert_eq!(state.on(no), [Draw]);
        assert_eq!(state.question(), None);
    }
    state.on(key('x'));
    assert_eq!(state.on(key('y')), [Reset]);
    // A save ends the question: the learner is at work.
    state.on(key('x'));
    state.on(SAVED);
    assert_eq!(state.question(), None);
    state.on(key('x'));
    assert_eq!(state.on(key('y')), [Cancel, Reset]);
}

#[test]
fn the_reference_answer_is_asked_about_only_before_a_pass() {
    let mut state = judged(false);
    assert_eq!(state.on(key('s')), [Draw]);
    assert_eq!(state.question(), Some(Question::GiveUp));
    assert_eq!(state.on(key('y')), [GiveUp, Draw]);
    assert_eq!(state.page(), Page::Solution);
    assert_eq!(state.on(key('s')), [Make(Page::Verdict), Draw]);
    assert_eq!(state.on(key('s')), [Make(Page::Solution), Draw]);
    let mut state = judged(true);
    assert_eq!(state.on(key('s')), [Make(Page::Solution), Draw]);
}

#[test]
fn all_answers_are_judged_and_a_save_cancels_that() {
    let mut state = judged(false);
    assert_eq!(state.on(key('a')), [JudgeAll(2), Make(Page::All), Draw]);
    assert!(state.is_judging_all());
    assert_eq!(state.on(verdict(2, true)), [Make(Page::All), Draw]);
    assert_eq!(state.passed(), Some(false));
    state.on(key('a'));
    assert_eq!(state.on(SAVED), [Cancel, Judge(4), Draw]);
    assert_eq!(state.on(verdict(4, true)), [Make(Page::Verdict), Draw]);
}

#[test]
fn the_other_keys() {
    let mut state = judged(false);
    assert_eq!(state.on(key('r')), [Judge(2), Draw]);
    assert_eq!(state.on(Event::Key(Key::Enter)), [Cancel, Judge(3), Draw]);
    assert_eq!(state.on(key('f')), [Make(Page::Verdict), Draw]);
    assert!(state.is_full());
    assert_eq!(state.on(key('e')), [Edit, Draw]);
    assert_eq!(state.on(key('l')), [Make(Page::List), Draw]);
    assert_eq!(state.on(key('z')), []);
    assert_eq!(state.on(key('q')), [Cancel, Quit]);
    state.on(key('x'));
    assert_eq!(state.on(Event::Key(Key::Interrupt)), [Cancel, Interrupt]);
    assert_eq!(state.on(Event::Resized), [Make(Page::List), Draw]);
}

#[test]
fn a_page_is_scrolled_no_further_than_its_end() {
    let mut state = judged(false);
    assert_eq!(state.fit(25, 10), 0);
    for (event, first) in [
        (Event::Key(Key::Up), 0),
        (Event::Key(Key::Down), 1),
        (key(' '), 10),
        (Event::Key(Key::PageDown), 15),
        (key('j'), 15),
        (key('k'), 14),
        (key('b'), 5),
        (key('G'), 15),
        (key('g'), 0),
    ] {
        state.on(event);
        assert_eq!(state.fit(25, 10), first, "{event:?}");
    }
    state.on(Event::Key(Key::End));
    // A larger screen shows more of the same end.
    assert_eq!(state.fit(25, 20), 5);
    assert_eq!(state.fit(5, 20), 0);
    // The next page begins at its beginning.
    state.fit(25, 10);
    state.on(key('G'));
    state.on(key('t'));
    assert_eq!(state.fit(25, 10), 0);
}

#[test]
fn a_save_that_was_only_seen_is_remembered() {
    let mut state = judged(false);
    state.on(SAVED);
    assert!(!state.by_looking());
    state.on(Event::Saved(Noticed::ByLooking));
    state.on(SAVED);
    assert!(state.by_looking());
}
