//! Runs many programs on many inputs, a few dozen programs compiled together.

use std::collections::HashSet;
use std::ops::Range;

use super::{AuthorError, Bench, Patience};
use crate::array::{Dtype, Scalar, Value};
use crate::grade;
use crate::parallel;
use crate::seal::Fingerprint;
use crate::seal::canonical::{Outcome, canonical};
use crate::spec::{Case, CaseKind};
use crate::track::{Answer, Session, Track};
use crate::verdict::{Failure, Refusal};

/// The number of programs that are compiled together.
const BATCH: usize = 24;

/// Runs programs in one language on any inputs.
pub(super) struct Runner<'a> {
    pub(super) bench: &'a Bench<'a>,
    pub(super) track: &'static dyn Track,
    pub(super) session: &'a dyn Session,
}

impl Runner<'_> {
    /// The fingerprints of each program on the cases, of which the first are the shown ones, with inputs made from each
    /// case; `None` if it cannot be run.
    pub(super) fn fingerprints(
        &self,
        programs: &[&str],
        cases: &[Case],
        shown: usize,
        given: impl Fn(&Case) -> Vec<Value>,
    ) -> Result<Vec<Option<Vec<Fingerprint>>>, AuthorError> {
        let kata = self.bench.tree.kata;
        let inputs: Vec<Vec<Value>> = cases.iter().map(given).collect();
        let fingerprint = |(place, outcome): (usize, &Outcome)| {
            if place < shown && grade::is_right(kata, &cases[place], outcome) {
                return Fingerprint::Right;
            }
            let form = canonical(&kata.spec, CaseKind::Shown, outcome.as_ref());
            Fingerprint::quick(outcome, &form)
        };
        let found = self.run(programs, &inputs)?.into_iter();
        Ok(found
            .map(|outcomes| {
                let outcomes = outcomes?;
                Some(outcomes.iter().enumerate().map(fingerprint).collect())
            })
            .collect())
    }

    /// The outcomes of each program; `None` if it does not compile, or reaches a limit, which may be the machine's
    /// fault.
    pub(super) fn run(
        &self,
        programs: &[&str],
        inputs: &[Vec<Value>],
    ) -> Result<Vec<Option<Vec<Outcome>>>, AuthorError> {
        let batches: Vec<&[&str]> = programs.chunks(BATCH).collect();
        let all = parallel::map(&batches, parallel::processors(), |batch| {
            self.batch(batch, inputs)
        })?;
        Ok(all.into_iter().flatten().collect())
    }

    fn batch(
        &self,
        programs: &[&str],
        inputs: &[Vec<Value>],
    ) -> Result<Vec<Option<Vec<Outcome>>>, AuthorError> {
        let mut left: Vec<usize> = (0..programs.len()).collect();
        let mut outcomes = vec![None; programs.len()];
        while !left.is_empty() {
            let texts: Vec<&str> = left.iter().map(|place| programs[*place]).collect();
            let combined = self.track.combined(&self.bench.tree.kata.spec, &texts)?;
            let Some(combined) = combined else { break };
            let prepared = self.session.prepare(&Answer {
                spec: &combined.spec,
                source: &combined.source,
                shown_as: "programs",
                width: 100,
            })?;
            let prepared = match prepared {
                Ok(prepared) => prepared,
                Err(refusal) => {
                    let broken = broken(&refusal, &combined.lines);
                    if broken.is_empty() {
                        // Two changes together can be too much for the compiler; each program is tried alone.
                        if left.len() == 1 {
                            break;
                        }
                        for place in left {
                            let alone = self.batch(&programs[place..=place], inputs)?;
                            outcomes[place] = alone.into_iter().flatten().next();
                        }
                        break;
                    }
                    let mut number = 0..;
                    left.retain(|_| {
                        number
                            .next()
                            .is_some_and(|number| !broken.contains(&number))
                    });
                    continue;
                }
            };
            let limits = self.bench.request(self.session, Patience::Short).limits();
            for (number, place) in left.into_iter().enumerate() {
                let choice = Value::Scalar(Scalar {
                    dtype: Dtype::U32,
                    bits: number as u64,
                });
                let given: Vec<Vec<Value>> = inputs
                    .iter()
                    .map(|given| [given.as_slice(), std::slice::from_ref(&choice)].concat())
                    .collect();
                let given: Vec<&[Value]> = given.iter().map(Vec::as_slice).collect();
                let ran = self.session.run(&prepared, &given, limits)?;
                let ran: Vec<Outcome> = ran.into_iter().map(|case| case.output).collect();
                let is_limited =
                    |outcome: &Outcome| outcome.as_ref().is_err_and(Failure::may_be_the_machines);
                if !ran.iter().any(is_limited) {
                    outcomes[place] = Some(ran);
                }
            }
            break;
        }
        Ok(outcomes)
    }
}

/// The programs, by number, in which the compiler found errors.
fn broken(refusal: &Refusal, lines: &[Range<usize>]) -> HashSet<usize> {
    let Refusal::Errors { messages, .. } = refusal else {
        return HashSet::new();
    };
    let number = |line: usize| lines.iter().position(|lines| lines.contains(&line));
    let places = messages.iter().map(|message| message.line as usize);
    places.filter_map(number).collect()
}
