//! An explanation of a wrong answer: plain data, the same for the screen and for every report.

use super::{Picture, Subject};

/// An explanation of why an answer is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// How certain it is.
    pub certainty: Certainty,
    /// What explains the answer.
    pub subject: Subject,
    /// What the output is, as the words after "This is": `a transposed output`.
    pub what: String,
    /// What it means and where to look, in sentences.
    pub text: String,
    /// The number of the hint for this mistake.
    pub hint: Option<usize>,
    /// The wrong cases that it explains, by their index in the evidence.
    pub explains: Vec<usize>,
    /// The number of wrong cases.
    pub wrong: usize,
    /// A picture.
    pub picture: Option<Picture>,
}

/// How certain an explanation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Undoing it gives the expected bits on every case, or it was recorded with these very bits.
    ThisIs,
    /// It fits some of the outputs.
    LooksLike,
}

impl Explanation {
    /// Returns one sentence: "This is a transposed output."
    #[must_use]
    pub fn lead(&self) -> String {
        let verb = match self.certainty {
            Certainty::ThisIs => "This is",
            Certainty::LooksLike => "This looks like",
        };
        let (explained, wrong) = (self.explains.len(), self.wrong);
        if explained < wrong && explained > 0 {
            format!(
                "{verb} {}, in {explained} of the {wrong} wrong cases.",
                self.what
            )
        } else {
            format!("{verb} {}.", self.what)
        }
    }
}
