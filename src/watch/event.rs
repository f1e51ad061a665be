//! The events and actions of [`super::State`], as plain data.

use super::saves::Noticed;

/// A key, as far as the screens distinguish keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Backspace.
    Backspace,
    /// One line or row up.
    Up,
    /// One line or row down.
    Down,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Ctrl-C.
    Interrupt,
}

/// What fills the screen above the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The last verdict.
    Verdict,
    /// The next hint.
    Hint,
    /// The kata's task.
    Task,
    /// What answers can use.
    Api,
    /// The reference answer.
    Solution,
    /// One line for each kata.
    All,
    /// The keys.
    Help,
    /// The list of katas, to choose from.
    List,
}

/// A question that the learner must answer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether to start the kata over.
    Reset,
    /// Whether to show the reference answer before an answer has passed.
    GiveUp,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A kata was opened; `begun` if its answer is more than the starter.
    Opened {
        /// The kata's place in the course.
        kata: usize,
        /// Whether its answer is more than the starter.
        begun: bool,
        /// Whether its reference answer may be shown without a question.
        open: bool,
    },
    /// The answer was saved.
    Saved(Noticed),
    /// A key was pressed.
    Key(Key),
    /// The screen has a new size.
    Resized,
    /// The judging with this number has ended; `open` as above.
    Judged {
        /// The number from [`Action::Judge`] or [`Action::JudgeAll`].
        number: u64,
        /// Whether the answer passed.
        passed: bool,
        /// Whether the reference answer may now be shown without a question.
        open: bool,
    },
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Cancel the judging in flight.
    Cancel,
    /// Judge the answer.
    Judge(u64),
    /// Judge the answers to all katas.
    JudgeAll(u64),
    /// Make the text of this page.
    Make(Page),
    /// Restore the starter.
    Reset,
    /// Show the reference answer and record that the learner gave up.
    GiveUp,
    /// Open the answer in the editor.
    Edit,
    /// Open the kata at this place in the course.
    Open(usize),
    /// Say that there is no kata in this direction.
    NoFurther,
    /// Draw the screen.
    Draw,
    /// Leave.
    Quit,
    /// Leave because of Ctrl-C.
    Interrupt,
}
