//! What happens after each event while an answer is watched.

use super::event::{Action, Event, Key, Page, Question};
use super::saves::Noticed;

/// The state of the screen.
#[derive(Clone, Debug)]
pub struct State {
    /// The number of katas in the course.
    katas: usize,
    /// The place of the current one.
    kata: usize,
    page: Page,
    question: Option<Question>,
    /// The number of the judging in flight, and whether it is of all katas.
    judging: Option<(u64, bool)>,
    last_number: u64,
    /// Whether the next verdict takes the screen: not if the learner has turned to another page since the save.
    follow: bool,
    /// Whether results are shown in full.
    full: bool,
    passed: Option<bool>,
    is_open: bool,
    /// Whether a save was noticed only by looking at the file.
    by_looking: bool,
    /// The first line shown, the number of lines of the page, and how many fit.
    first: usize,
    lines: usize,
    room: usize,
}

impl State {
    /// Before a kata is opened, in a course of so many.
    #[must_use]
    pub fn new(katas: usize) -> Self {
        Self {
            katas,
            kata: 0,
            page: Page::Task,
            question: None,
            judging: None,
            last_number: 0,
            follow: false,
            full: false,
            passed: None,
            is_open: false,
            by_looking: false,
            first: 0,
            lines: 0,
            room: 1,
        }
    }

    /// The place of the current kata.
    #[must_use]
    pub fn kata(&self) -> usize {
        self.kata
    }

    /// The current page.
    #[must_use]
    pub fn page(&self) -> Page {
        self.page
    }

    /// The question that is asked, if any.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        self.question
    }

    /// The number of the judging in flight.
    #[must_use]
    pub fn judging(&self) -> Option<u64> {
        self.judging.map(|(number, _)| number)
    }

    /// Whether the answers to all katas are being judged.
    #[must_use]
    pub fn is_judging_all(&self) -> bool {
        self.judging.is_some_and(|(_, all)| all)
    }

    /// Whether results are shown in full.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Whether the last judged answer passed; `None` if none was judged.
    #[must_use]
    pub fn passed(&self) -> Option<bool> {
        self.passed
    }

    /// Whether a save was noticed only by looking at the file.
    #[must_use]
    pub fn by_looking(&self) -> bool {
        self.by_looking
    }

    /// The first line to show of a page of so many lines, where so many fit.
    pub fn fit(&mut self, lines: usize, room: usize) -> usize {
        (self.lines, self.room) = (lines, room.max(1));
        self.first = self.first.min(self.last_first());
        self.first
    }

    /// The first line from which the end of the page is on the screen.
    fn last_first(&self) -> usize {
        self.lines.saturating_sub(self.room)
    }

    /// What to do after an event.
    pub fn on(&mut self, event: Event) -> Vec<Action> {
        match event {
            Event::Opened { kata, begun, open } => self.opened(kata, begun, open),
            Event::Saved(noticed) => {
                self.by_looking |= noticed == Noticed::ByLooking;
                self.question = None;
                self.judge(false)
            }
            Event::Resized => vec![Action::Make(self.page), Action::Draw],
            Event::Judged {
                number,
                passed,
                open,
            } => self.judged(number, passed, open),
            Event::Key(Key::Interrupt) => vec![Action::Cancel, Action::Interrupt],
            Event::Key(key) => match self.question.take() {
                Some(question) => self.answered(question, key),
                None => self.pressed(key),
            },
        }
    }

    fn opened(&mut self, kata: usize, begun: bool, open: bool) -> Vec<Action> {
        (self.kata, self.is_open) = (kata, open);
        (self.passed, self.full) = (None, false);
        if begun {
            return self.judge(false);
        }
        // There is nothing to judge yet, and the task comes first. Judging the starter would count as a try.
        self.follow = false;
        let mut actions = self.cancel();
        actions.extend(self.turn(Page::Task));
        actions
    }

    fn judged(&mut self, number: u64, passed: bool, open: bool) -> Vec<Action> {
        let Some((_, all)) = self.judging.filter(|(judging, _)| *judging == number) else {
            // It was cancelled too late.
            return Vec::new();
        };
        self.judging = None;
        self.is_open = open;
        if !all {
            self.passed = Some(passed);
        }
        let page = match all {
            true => Page::All,
            false => Page::Verdict,
        };
        if self.follow && self.page != page {
            self.page = page;
            self.first = 0;
        }
        match self.page == page {
            true => vec![Action::Make(page), Action::Draw],
            false => vec![Action::Draw],
        }
    }

    /// Begins to judge, instead of what is being judged.
    fn judge(&mut self, all: bool) -> Vec<Action> {
        let mut actions = self.cancel();
        self.last_number += 1;
        self.judging = Some((self.last_number, all));
        self.follow = true;
        actions.push(match all {
            true => Action::JudgeAll(self.last_number),
            false => Action::Judge(self.last_number),
        });
        actions.push(Action::Draw);
        actions
    }

    fn cancel(&mut self) -> Vec<Action> {
        let judging = self.judging.take();
        judging.map(|_| Action::Cancel).into_iter().collect()
    }

    /// Turns to another page.
    fn turn(&mut self, page: Page) -> Vec<Action> {
        if self.page != page {
            self.first = 0;
        }
        self.page = page;
        self.follow &= page == Page::Verdict;
        vec![Action::Make(page), Action::Draw]
    }

    /// Turns to a page, or back from it.
    fn toggle(&mut self, page: Page) -> Vec<Action> {
        match self.page == page {
            true => self.turn(Page::Verdict),
            false => self.turn(page),
        }
    }

    fn answered(&mut self, question: Question, key: Key) -> Vec<Action> {
        if !matches!(key, Key::Char('y' | 'Y')) {
            return vec![Action::Draw];
        }
        match question {
            Question::Reset => {
                let mut actions = self.cancel();
                (self.passed, self.follow) = (None, false);
                actions.push(Action::Reset);
                actions
            }
            Question::GiveUp => {
                self.is_open = true;
                (self.page, self.first, self.follow) = (Page::Solution, 0, false);
                vec![Action::GiveUp, Action::Draw]
            }
        }
    }

    fn ask(&mut self, question: Question) -> Vec<Action> {
        self.question = Some(question);
        vec![Action::Draw]
    }

    fn pressed(&mut self, key: Key) -> Vec<Action> {
        match key {
            Key::Char('q') => vec![Action::Cancel, Action::Quit],
            Key::Char('r') | Key::Enter => self.judge(false),
            Key::Char('a') => {
                let mut actions = self.judge(true);
                (self.page, self.first) = (Page::All, 0);
                actions.insert(actions.len() - 1, Action::Make(Page::All));
                actions
            }
            Key::Char('f') => {
                self.full = !self.full;
                self.first = 0;
                self.turn(Page::Verdict)
            }
            // Each time the next hint.
            Key::Char('h') => {
                self.first = 0;
                self.turn(Page::Hint)
            }
            Key::Char('t') => self.toggle(Page::Task),
            Key::Char('i') => self.toggle(Page::Api),
            Key::Char('?') => self.toggle(Page::Help),
            Key::Char('l') => self.turn(Page::List),
            Key::Char('s') if self.page == Page::Solution => self.turn(Page::Verdict),
            Key::Char('s') if self.is_open => self.turn(Page::Solution),
            Key::Char('s') => self.ask(Question::GiveUp),
            Key::Char('x') => self.ask(Question::Reset),
            Key::Char('e') => vec![Action::Edit, Action::Draw],
            Key::Char('n') if self.kata + 1 < self.katas => vec![Action::Open(self.kata + 1)],
            Key::Char('p') if self.kata > 0 => vec![Action::Open(self.kata - 1)],
            Key::Char('n' | 'p') => vec![Action::NoFurther, Action::Draw],
            Key::Escape if self.page != Page::Verdict => self.turn(Page::Verdict),
            _ => self.scrolled(key),
        }
    }

    fn scrolled(&mut self, key: Key) -> Vec<Action> {
        // One line stays on the screen, as a place to go on reading.
        let screen = self.room.saturating_sub(1).max(1);
        let first = match key {
            Key::Down | Key::Char('j') => self.first + 1,
            Key::Up | Key::Char('k') => self.first.saturating_sub(1),
            Key::PageDown | Key::Char(' ') => self.first + screen,
            Key::PageUp | Key::Char('b') => self.first.saturating_sub(screen),
            Key::Home | Key::Char('g') => 0,
            Key::End | Key::Char('G') => self.last_first(),
            _ => return Vec::new(),
        };
        let first = first.min(self.last_first());
        match std::mem::replace(&mut self.first, first) == first {
            true => Vec::new(),
            false => vec![Action::Draw],
        }
    }
}

#[cfg(test)]
mod tests;
