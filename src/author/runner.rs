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
use crate::track::{Answer, Prepared, Session, Track};
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
        let spec = &self.bench.tree.kata.spec;
        let mut outcomes = vec![None; programs.len()];
        let Some(combined) = self.track.combined(spec, programs)? else {
            return Ok(outcomes);
        };
        let prepared = self.session.prepare(&Answer {
            cancel: None,
            spec: &combined.spec,
            source: &combined.source,
            shown_as: "programs",
            width: 100,
        })?;
        let refusal = match prepared {
            Ok(prepared) => {
                let each = (0..programs.len()).map(|number| self.one(&prepared, number, inputs));
                return each.collect();
            }
            Err(refusal) => refusal,
        };
        if programs.len() == 1 {
            return Ok(outcomes);
        }
        let broken = broken(&refusal, &combined.lines);
        let rest: Vec<usize> = (0..programs.len())
            .filter(|number| !broken.contains(number))
            .collect();
        // If no error is in one of them, they are too much for the compiler together: each is tried alone.
        let most = match broken.is_empty() {
            true => 1,
            false => programs.len(),
        };
        for group in rest.chunks(most) {
            let texts: Vec<&str> = group.iter().map(|number| programs[*number]).collect();
            for (number, found) in group.iter().zip(self.batch(&texts, inputs)?) {
                outcomes[*number] = found;
            }
        }
        Ok(outcomes)
    }

    /// Runs the program with this number.
    fn one(
        &self,
        prepared: &Prepared,
        number: usize,
        inputs: &[Vec<Value>],
    ) -> Result<Option<Vec<Outcome>>, AuthorError> {
        let choice = Value::Scalar(Scalar {
            dtype: Dtype::U32,
            bits: number as u64,
        });
        let given: Vec<Vec<Value>> = inputs
            .iter()
            .map(|given| [given.as_slice(), std::slice::from_ref(&choice)].concat())
            .collect();
        let given: Vec<&[Value]> = given.iter().map(Vec::as_slice).collect();
        let limits = self.bench.request(self.session, Patience::Short).limits();
        let ran = self.session.run(prepared, &given, limits)?;
        let ran: Vec<Outcome> = ran.into_iter().map(|case| case.output).collect();
        let is_limited =
            |outcome: &Outcome| outcome.as_ref().is_err_and(Failure::may_be_the_machines);
        Ok((!ran.iter().any(is_limited)).then_some(ran))
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
