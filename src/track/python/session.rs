//! A session of the Python track: the environment, found or created once, and a process for each batch of cases.

use std::sync::Arc;

use super::hosts::Hosts;
use super::run::Program;
use super::sizes::Sizes;
use super::{check, error, process, setup};
use crate::array::Value;
use crate::files::Cache;
use crate::sandbox::Limits;
use crate::spec::Spec;
use crate::track::{
    Answer, CaseOutcome, Held, Prepared, Progress, Purpose, Session, Tools, TrackError, batch,
};
use crate::verdict::Refusal;

/// The name of the track.
pub(super) const NAME: &str = "python";

/// A session.
pub(super) struct PythonSession {
    cache: Cache,
    purpose: Purpose,
    hosts: Arc<Hosts>,
    tools: Tools,
}

impl PythonSession {
    /// Finds the environment, or creates one.
    pub(super) fn open(
        cache: &Cache,
        purpose: Purpose,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, TrackError> {
        let environment = setup::provide(cache, progress)?;
        Ok(Self {
            cache: cache.clone(),
            purpose,
            tools: Tools {
                name: environment.name(),
                digest: environment.digest(),
            },
            hosts: Arc::new(Hosts::new(&environment, purpose.author())),
        })
    }

    /// Checks that the environment has not changed since the session began, if the session is long enough for that.
    fn look_again(&self) -> Result<(), TrackError> {
        if self.purpose == Purpose::One {
            return Ok(());
        }
        match setup::find(&self.cache)? {
            Some(found) if found == self.hosts.environment => Ok(()),
            _ => Err(error::changed()),
        }
    }
}

impl Session for PythonSession {
    fn track(&self) -> &'static str {
        NAME
    }

    fn purpose(&self) -> Purpose {
        self.purpose
    }

    fn tools(&self) -> &Tools {
        &self.tools
    }

    fn held(&self) -> Held {
        Held {
            one_file: false,
            own_uid: process::loses_uid(&self.hosts.environment),
        }
    }

    fn limits(&self) -> Limits {
        process::LIMITS
    }

    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError> {
        self.look_again()?;
        // Some editors begin a file with a byte order mark.
        let source = answer.source;
        let answer = &Answer {
            source: source.strip_prefix('\u{feff}').unwrap_or(source),
            ..*answer
        };
        let program = Program::new(&self.hosts, answer)?;
        let checked = check::check(&self.hosts.environment, self.hosts.author, answer)?;
        let held = self.held();
        Ok(checked.map(|warnings| {
            let mut prepared = Prepared::new(program);
            prepared.warnings = warnings;
            prepared.fresh = false;
            prepared.held = held;
            prepared
        }))
    }

    fn warm(&self, spec: &Spec) {
        if self.purpose != Purpose::Watch {
            return;
        }
        if let Ok(sizes) = serde_json::to_vec(&Sizes::of(spec)) {
            self.hosts.warm(sizes);
        }
    }

    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        batch::run(prepared.program::<Program>()?, cases, limits)
    }
}
