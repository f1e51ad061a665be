//! Runs a program on all cases of a kata, and records which cases it passes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{AuthorError, Tree};
use crate::files::Cache;
use crate::grade::{self, Cases, Tried};
use crate::parallel;
use crate::seal::canonical::Outcome;
use crate::track::{Progress, Purpose, Session, Sessions, Track};
use crate::verdict::{self, Unmet};

/// How long a program may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// As long as a learner's answer: the result of an author's program must not depend on the machine's load.
    Usual,
    /// A short time: a changed solution may loop forever, and a slow one counts as stopped.
    Short,
}

const SHORT: Duration = Duration::from_secs(3);

/// The environment in which programs are run.
pub(crate) struct Bench<'a> {
    /// The kata, with its author's files.
    pub tree: &'a Tree<'a>,
    /// The cache for built programs.
    pub cache: &'a Cache,
    sessions: Sessions<'a>,
}

/// The outcomes of a program.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    /// The outcome of each case, in the order of [`Tree::cases`].
    pub outcomes: Vec<Outcome>,
    /// Which cases it passes.
    pub right: Vec<bool>,
    /// The other requirements of the kata that it does not meet.
    pub unmet: Vec<Unmet>,
}

impl Trial {
    /// Whether it would pass as an answer.
    #[must_use]
    pub(crate) fn passes(&self) -> bool {
        self.unmet.is_empty() && self.first_wrong().is_none()
    }

    /// The first case that it fails, from 0.
    #[must_use]
    pub(crate) fn first_wrong(&self) -> Option<usize> {
        self.right.iter().position(|right| !right)
    }
}

impl<'a> Bench<'a> {
    /// Creates one for a kata; it runs nothing yet.
    #[must_use]
    pub(crate) fn new(tree: &'a Tree<'a>, cache: &'a Cache) -> Self {
        let purpose = Purpose::Class {
            workers: parallel::processors(),
            untrusted: false,
        };
        Self {
            tree,
            cache,
            sessions: Sessions::new(cache, purpose),
        }
    }

    /// Prepares the tools of a language, which takes a while the first time.
    ///
    /// # Errors
    /// When they are missing or broken.
    pub(crate) fn prepare(
        &self,
        track: &dyn Track,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), AuthorError> {
        let session = self.sessions.of(track, progress)?;
        let mut solutions = self.tree.run_solutions();
        if let Some(text) = solutions.find(|text| text.track.name() == track.name()) {
            let request = self.request(&*session, Patience::Usual);
            grade::outcomes(&request, &text.source, &[])?;
        }
        Ok(())
    }

    /// Runs one program; `None` when it cannot be run.
    ///
    /// # Errors
    /// When the tools are missing or broken.
    pub(crate) fn run(
        &self,
        track: &dyn Track,
        source: &str,
        patience: Patience,
    ) -> Result<Option<Trial>, AuthorError> {
        let cases = self.tree.cases();
        let session = self.session(track)?;
        let tried = grade::outcomes(&self.request(&*session, patience), source, &cases)?;
        let Tried::Ran { outcomes, calls } = tried else {
            return Ok(None);
        };
        Ok(Some(self.trial(outcomes, &calls)))
    }

    /// The trial of a program with these outcomes and calls.
    pub(super) fn trial(&self, outcomes: Vec<Outcome>, calls: &[(String, u64)]) -> Trial {
        let kata = self.tree.kata;
        let cases = self.tree.cases();
        let judged = cases.iter().zip(&outcomes);
        let right = judged.map(|(case, outcome)| grade::is_right(kata, case, outcome));
        let right = right.collect();
        Trial {
            outcomes,
            right,
            unmet: verdict::unmet(&kata.spec, calls),
        }
    }

    pub(super) fn session(&self, track: &dyn Track) -> Result<Arc<dyn Session>, AuthorError> {
        Ok(self.sessions.of(track, &mut |_| {})?)
    }

    pub(super) fn request<'t>(
        &'t self,
        session: &'t dyn Session,
        patience: Patience,
    ) -> grade::Request<'t> {
        grade::Request {
            cancel: None,
            kata: self.tree.kata,
            session,
            answer: grade::Answer::Bytes(b""),
            shown_as: Path::new("solution"),
            cases: Cases::All,
            // The kata's own time limit takes precedence.
            time_limit: match (patience, self.tree.kata.spec.limits.seconds) {
                (Patience::Short, None) => Some(SHORT),
                (Patience::Short, Some(_)) | (Patience::Usual, _) => None,
            },
            unconfined: grade::Unconfined::Allow,
            width: 100,
            cache: self.cache,
            sealed: None,
        }
    }
}
