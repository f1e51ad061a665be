//! Runs pairs of known mistakes together, for the lock: a learner often makes two at once.
//!
//! A pair is the solution with the changes of two wrong implementations, if they are in different places, or a wrong
//! implementation that gets one input changed. Hundreds of pairs are compiled as a few programs.

use std::collections::HashSet;
use std::ops::Range;

use super::{AuthorError, Bench, Patience, Text, inputs};
use crate::array::{Dtype, Scalar, Value};
use crate::diagnose::{How, InputChange};
use crate::grade;
use crate::parallel;
use crate::seal::canonical::{Outcome, canonical};
use crate::seal::{Fingerprint, Other, Pairs, Probe};
use crate::spec::{Case, CaseKind, Spec, Type};
use crate::track::{Answer, Session, Track};
use crate::verdict::{Failure, Refusal};

/// The number of pitfalls, the first of the spec, whose pairs are run: authors begin with the common ones.
const PITFALLS: usize = 32;

/// The number of programs that are compiled together.
const BATCH: usize = 24;

/// The number of probes.
const PROBES: usize = 6;

/// Runs the pairs; `None` if no language of the kata supports it.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn pairs(bench: &Bench<'_>) -> Result<Option<Pairs>, AuthorError> {
    let spec = &bench.tree.kata.spec;
    for solution in bench.tree.run_solutions() {
        if solution.track.combined(spec, &[])?.is_some() {
            return of_solution(bench, solution).map(Some);
        }
    }
    Ok(None)
}

fn of_solution(bench: &Bench<'_>, solution: &Text) -> Result<Pairs, AuthorError> {
    let spec = &bench.tree.kata.spec;
    let runner = Runner {
        bench,
        track: solution.track,
        session: &*bench.session(solution.track)?,
    };
    let shown: Vec<&Case> = spec.cases.iter().collect();
    let shown: Vec<&Case> = shown
        .into_iter()
        .filter(|case| case.kind == CaseKind::Shown)
        .collect();
    let probes = runner.probes(&solution.source, &shown)?;
    let mut cases: Vec<Case> = shown.iter().map(|case| (*case).clone()).collect();
    cases.extend(probes.iter().map(|(_, case)| case.clone()));
    let inputs: Vec<Vec<Value>> = cases.iter().map(|case| case.given.clone()).collect();

    let wrong: Vec<&Text> = spec
        .pitfalls
        .iter()
        .filter_map(|pitfall| {
            let mut own = bench.tree.run_wrong();
            own.find(|text| text.id == pitfall.id && text.track.name() == solution.track.name())
        })
        .take(PITFALLS)
        .collect();
    let mut programs: Vec<&str> = vec![&solution.source];
    programs.extend(wrong.iter().map(|text| text.source.as_str()));
    let merged = merged(&solution.source, &wrong);
    programs.extend(merged.iter().map(|(_, source)| source.as_str()));
    let outcomes = runner.run(&programs, &inputs)?;

    // The wrong implementations again, each with one input changed.
    let known: Vec<&Case> = spec.cases.iter().collect();
    let alone: Vec<&str> = wrong.iter().map(|text| text.source.as_str()).collect();
    let mut changed = Vec::new();
    for change in inputs::changes(spec)
        .into_iter()
        .filter(|change| is_likely(spec, change))
    {
        let given = |case: &Case| inputs::given(spec, &change, case, &known);
        let inputs: Vec<Vec<Value>> = cases.iter().map(given).collect();
        let outcomes = runner.run(&alone, &inputs)?;
        let ids = wrong
            .iter()
            .map(|text| [text.id.clone(), change.to_string()]);
        changed.extend(ids.zip(outcomes));
    }

    let fingerprints = |outcomes: &Vec<Outcome>| -> Vec<Fingerprint> {
        let all = outcomes.iter().enumerate();
        let one = |(place, outcome): (usize, &Outcome)| {
            let is_right = |case: &&Case| grade::is_right(bench.tree.kata, case, outcome);
            if shown.get(place).is_some_and(is_right) {
                return Fingerprint::Right;
            }
            let form = canonical(spec, CaseKind::Shown, outcome.as_ref());
            Fingerprint::quick(outcome, &form)
        };
        all.map(one).collect()
    };
    let mut outcomes = outcomes.into_iter();
    // A pair that acts like one mistake, or like none, says nothing new.
    let single = outcomes.by_ref().take(1 + wrong.len());
    let single: HashSet<Vec<Fingerprint>> =
        single.flatten().map(|all| fingerprints(&all)).collect();
    let merged = merged.into_iter().map(|(ids, _)| ids.map(str::to_owned));
    let mut pairs = Pairs::new(probes.into_iter().map(|(probe, _)| probe).collect());
    for ([one, other], outcomes) in merged.zip(outcomes).chain(changed) {
        let Some(outcomes) = outcomes else { continue };
        let fingerprints = fingerprints(&outcomes);
        if single.contains(&fingerprints) {
            continue;
        }
        // Every starter panics on all cases: a pair needs an output to be recognized by.
        let shown = &fingerprints[..shown.len()];
        if shown
            .iter()
            .any(|found| matches!(found, Fingerprint::Digest(_)))
        {
            pairs.add(&one, &other, &fingerprints);
        }
    }
    Ok(pairs)
}

/// Whether the change of an input is a mistake that people often make besides another: a flag or a real number, such as
/// an epsilon, that is ignored, inverted, or swapped with another.
fn is_likely(spec: &Spec, change: &InputChange) -> bool {
    let mut params = spec.params.iter();
    let param = params.find(|param| param.name == change.param);
    let is_setting = param.is_some_and(|param| match param.ty {
        Type::Scalar(dtype) => dtype == Dtype::Bool || dtype.is_float(),
        _ => false,
    });
    let is_common = matches!(
        change.how,
        How::First | How::Zero | How::One | How::Inverted | How::Exchanged
    );
    is_setting && is_common
}

/// The solution with the changes of two wrong implementations, for each two whose changes do not overlap.
fn merged<'t>(solution: &str, wrong: &[&'t Text]) -> Vec<([&'t str; 2], String)> {
    let mut known: HashSet<String> = wrong.iter().map(|text| text.source.clone()).collect();
    let mut merged = Vec::new();
    for (place, one) in wrong.iter().enumerate() {
        for other in &wrong[place + 1..] {
            if let Ok(both) = diffy::merge(solution, &one.source, &other.source)
                && known.insert(both.clone())
            {
                merged.push(([one.id.as_str(), other.id.as_str()], both));
            }
        }
    }
    merged
}

/// Runs programs in one language on any inputs.
struct Runner<'a> {
    bench: &'a Bench<'a>,
    track: &'static dyn Track,
    session: &'a dyn Session,
}

impl Runner<'_> {
    /// Inputs besides the shown cases, on which the solution has a finite output: every parameter in turn gets other
    /// values.
    fn probes(&self, solution: &str, shown: &[&Case]) -> Result<Vec<(Probe, Case)>, AuthorError> {
        let spec = &self.bench.tree.kata.spec;
        let mut candidates = Vec::new();
        for other in [Other::Second, Other::First] {
            for case in shown {
                for (input, given) in grade::changed(spec, case, other) {
                    let probe = Probe {
                        case: case.name.clone(),
                        input,
                        other,
                    };
                    let case = Case {
                        given,
                        ..(*case).clone()
                    };
                    candidates.push((probe, case));
                }
            }
        }
        let inputs: Vec<Vec<Value>> = candidates
            .iter()
            .map(|(_, case)| case.given.clone())
            .collect();
        let mut outcomes = self.run(&[solution], &inputs)?;
        let Some(Some(outcomes)) = outcomes.pop() else {
            return Ok(Vec::new());
        };
        let usable = candidates.into_iter().zip(outcomes);
        let mut usable: Vec<_> = usable
            .filter(|(_, outcome)| outcome.as_ref().is_ok_and(is_finite))
            .map(|(candidate, _)| candidate)
            .collect();
        let mut chosen: Vec<(Probe, Case)> = Vec::new();
        while chosen.len() < PROBES && !usable.is_empty() {
            // The one whose input and case have been used least so far; of equals, the first.
            let uses = |(probe, _): &(Probe, Case)| {
                let count = |same: &dyn Fn(&Probe) -> bool| {
                    chosen.iter().filter(|(probe, _)| same(probe)).count()
                };
                (
                    count(&|known| known.input == probe.input),
                    count(&|known| known.case == probe.case),
                )
            };
            let least = (0..usable.len()).min_by_key(|place| uses(&usable[*place]));
            chosen.extend(least.map(|place| usable.remove(place)));
        }
        Ok(chosen)
    }

    /// The outcomes of each program; `None` if it does not compile, or reaches a limit, which may be the machine's
    /// fault.
    fn run(
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
                    .map(|given| [given.as_slice(), &[choice.clone()]].concat())
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

/// Whether the output has no NaN and no infinity, which hide differences.
fn is_finite(value: &Value) -> bool {
    let Value::Array(array) = value else {
        return true;
    };
    let dtype = array.dtype();
    let hides = |bits| dtype.is_nan(bits) || dtype.is_infinite(bits);
    !array.iter().any(hides)
}
