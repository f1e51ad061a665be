//! Runs many programs of a kata on many inputs, a few dozen programs compiled together.

use std::collections::HashSet;
use std::ops::Range;

use super::{AuthorError, Bench, Patience};
use crate::array::{Dtype, Scalar, Value};
use crate::grade;
use crate::parallel;
use crate::seal::Fingerprint;
use crate::seal::canonical::{Outcome, canonical};
use crate::spec::{Case, CaseKind};
use crate::track::{Answer, CaseOutcome, Prepared, Session, Track};
use crate::verdict::{Failure, Refusal};

/// The maximum number of programs that are compiled together.
const BATCH: usize = 48;

/// Runs programs in one language on any inputs.
pub(super) struct Runner<'a> {
    pub(super) bench: &'a Bench<'a>,
    pub(super) track: &'a dyn Track,
    pub(super) session: &'a dyn Session,
    /// How long each process may run.
    pub(super) patience: Patience,
    pub(super) processes: Processes,
}

/// The programs of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Processes {
    /// One: for a variant, which changes how the teaching crate computes in the whole process.
    OneProgram,
    /// Several, because starting a process often takes longer than running a program.
    SeveralPrograms,
}

/// The maximum size of the arrays and texts that one process gets, if it runs several programs.
const REQUEST: usize = 16 << 20;

impl Runner<'_> {
    /// For each list of inputs, one for each case, the fingerprints of each program on the cases, of which the first are
    /// the shown ones; `None` if it does not compile, or reaches a limit, which may be the machine's fault.
    pub(super) fn fingerprints(
        &self,
        programs: &[&str],
        cases: &[Case],
        shown: usize,
        given: &[Vec<Vec<Value>>],
    ) -> Result<Vec<Vec<Option<Vec<Fingerprint>>>>, AuthorError> {
        let kata = self.bench.tree.kata;
        let fingerprint = |(place, outcome): (usize, &Outcome)| {
            if place < shown && grade::is_right(kata, &cases[place], outcome) {
                return Fingerprint::Right;
            }
            let form = canonical(&kata.spec, CaseKind::Shown, outcome.as_ref());
            Fingerprint::quick(outcome, &form)
        };
        let fingerprints = |ran: &[CaseOutcome]| -> Option<Vec<Fingerprint>> {
            let is_limited = |case: &CaseOutcome| {
                let failure = case.output.as_ref().err();
                failure.is_some_and(Failure::may_be_the_machines)
            };
            let outcomes = ran.iter().map(|case| &case.output);
            (!ran.iter().any(is_limited)).then(|| outcomes.enumerate().map(fingerprint).collect())
        };
        let together = self.run(programs, &given.concat())?;
        let is_dependent = |number: &usize| {
            let mut ran = together[*number].iter().flatten();
            given.len() > 1 && !ran.all(is_independent)
        };
        // Those that end a process, or reach its limits, have a process for each list.
        let dependent: Vec<usize> = (0..programs.len()).filter(is_dependent).collect();
        let alone: Vec<&str> = dependent.iter().map(|number| programs[*number]).collect();
        let mut found = Vec::with_capacity(given.len());
        for (place, given) in given.iter().enumerate() {
            let of_list = place * given.len()..(place + 1) * given.len();
            let ran = together.iter();
            let mut own: Vec<_> = ran
                .map(|ran| fingerprints(&ran.as_ref()?[of_list.clone()]))
                .collect();
            for (number, ran) in dependent.iter().zip(self.run(&alone, given)?) {
                own[*number] = ran.and_then(|ran| fingerprints(&ran));
            }
            found.push(own);
        }
        Ok(found)
    }

    /// Runs each program on all inputs; `None` if it does not compile.
    pub(super) fn run(
        &self,
        programs: &[&str],
        inputs: &[Vec<Value>],
    ) -> Result<Vec<Option<Vec<CaseOutcome>>>, AuthorError> {
        let threads = parallel::processors();
        // Batches of the same size, and for each thread the same number of them.
        let rounds = programs.len().div_ceil(BATCH * threads).max(1);
        let size = programs.len().div_ceil(rounds * threads).max(1);
        let batches: Vec<&[&str]> = programs.chunks(size).collect();
        let all = parallel::map(&batches, threads, |batch| self.batch(batch, inputs))?;
        Ok(all.into_iter().flatten().collect())
    }

    fn batch(
        &self,
        programs: &[&str],
        inputs: &[Vec<Value>],
    ) -> Result<Vec<Option<Vec<CaseOutcome>>>, AuthorError> {
        let spec = &self.bench.tree.kata.spec;
        let mut outcomes = vec![None; programs.len()];
        // What is compiled alone shares nothing, so it has only its own errors.
        let original = match programs.len() {
            1 => None,
            _ => self.bench.tree.solution_in(self.track),
        };
        let original = original.map_or("", |text| text.source.as_str());
        let Some(combined) = self.track.combined(spec, original, programs)? else {
            return Ok(outcomes);
        };
        let prepared = self.session.prepare(&Answer {
            spec: &combined.spec,
            source: &combined.source,
            shown_as: "programs",
            width: 100,
        })?;
        let refusal = match prepared {
            Ok(prepared) => {
                let ran = self.run_prepared(&prepared, programs.len(), inputs)?;
                return Ok(ran.into_iter().map(Some).collect());
            }
            Err(refusal) => refusal,
        };
        if programs.len() == 1 {
            return Ok(outcomes);
        }
        let broken = broken(&refusal, &combined.lines);
        // If no error is in one of them, they are too much for the compiler together.
        let is_alone = |number: &usize| broken.is_empty() || broken.contains(number);
        let (alone, rest): (Vec<usize>, Vec<usize>) = (0..programs.len()).partition(is_alone);
        let groups = alone.chunks(1).chain(std::iter::once(rest.as_slice()));
        for group in groups.filter(|group| !group.is_empty()) {
            let texts: Vec<&str> = group.iter().map(|number| programs[*number]).collect();
            for (number, found) in group.iter().zip(self.batch(&texts, inputs)?) {
                outcomes[*number] = found;
            }
        }
        Ok(outcomes)
    }

    /// Runs each of the combined programs on all inputs.
    fn run_prepared(
        &self,
        prepared: &Prepared,
        count: usize,
        inputs: &[Vec<Value>],
    ) -> Result<Vec<Vec<CaseOutcome>>, AuthorError> {
        let bytes = inputs.iter().flatten().map(size).sum::<usize>();
        let most = match self.processes {
            Processes::OneProgram => 1,
            Processes::SeveralPrograms => (REQUEST / bytes.max(1)).max(1),
        };
        let numbers: Vec<usize> = (0..count).collect();
        let mut all = Vec::with_capacity(count);
        for group in numbers.chunks(most) {
            let ran = self.run_process(prepared, group, inputs)?;
            match group.len() > 1 && !ran.iter().flatten().all(is_independent) {
                true => {
                    for number in group {
                        all.extend(self.run_process(prepared, &[*number], inputs)?);
                    }
                }
                false => all.extend(ran),
            }
        }
        Ok(all)
    }

    /// Runs the programs with these numbers on all inputs, in one process as long as none ends it.
    fn run_process(
        &self,
        prepared: &Prepared,
        numbers: &[usize],
        inputs: &[Vec<Value>],
    ) -> Result<Vec<Vec<CaseOutcome>>, AuthorError> {
        let mut given: Vec<Vec<Value>> = Vec::new();
        for number in numbers {
            let choice = Value::Scalar(Scalar {
                dtype: Dtype::U32,
                bits: *number as u64,
            });
            let chosen =
                |given: &Vec<Value>| [given.as_slice(), std::slice::from_ref(&choice)].concat();
            given.extend(inputs.iter().map(chosen));
        }
        let given: Vec<&[Value]> = given.iter().map(Vec::as_slice).collect();
        let limits = self.bench.request(self.session, self.patience).limits();
        let mut ran = self.session.run(prepared, &given, limits)?.into_iter();
        let each = numbers.iter();
        Ok(each
            .map(|_| ran.by_ref().take(inputs.len()).collect())
            .collect())
    }
}

/// Whether an outcome is the same whatever else the process runs: the limits are those of a process, and so is its end.
fn is_independent(case: &CaseOutcome) -> bool {
    matches!(case.output, Ok(_) | Err(Failure::Panicked { .. }))
}

/// The bytes of a value in a request, about.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(array) => array.bytes().len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::Str(text) => text.len(),
        Value::Scalar(_) => 8,
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
