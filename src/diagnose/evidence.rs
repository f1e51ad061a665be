//! What `grade` hands over: the spec, the result of each case, and the known mistakes with their fingerprints.
//!
//! Plain data. Of a hidden case only the fingerprint is looked at: nothing that is said about it can hold its numbers.

use crate::array::Value;
use crate::spec::Spec;

/// Holds everything that is known of a wrong answer.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// The kata's spec.
    pub spec: &'a Spec,
    /// The result of each case, in the order of the spec; sealed ones may follow.
    pub cases: Vec<CaseEvidence<'a>>,
    /// The mistakes that the kata's lock knows, its pitfalls in the order of the spec.
    pub known: Vec<Known<'a>>,
    /// Inputs that the answer's output does not change with, although the right output does.
    pub ignored_inputs: Vec<String>,
}

/// Holds the result of one case.
#[derive(Clone, Debug)]
pub struct CaseEvidence<'a> {
    /// Whether its contents may be looked at.
    pub shown: bool,
    /// What each dimension name stands for.
    pub dims: &'a [(String, usize)],
    /// One value for each parameter.
    pub given: &'a [Value],
    /// The right output; none when only a digest of it is known.
    pub expected: Option<&'a Value>,
    /// What the answer gave.
    pub outcome: CaseOutput<'a>,
    /// How what it gave is recognized; none when the case was not run.
    pub fingerprint: Option<Fingerprint>,
}

/// Says what an answer gave on a case.
#[derive(Clone, Copy, Debug)]
pub enum CaseOutput<'a> {
    /// What the kata wants.
    Right,
    /// Another output: other numbers, or more or fewer of them.
    Value(&'a Value),
    /// No output: a panic, an abort, a time limit.
    Failed,
    /// Nothing, because the case was not run.
    NotRun,
}

/// Says how an outcome is recognized, as the lock records it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fingerprint {
    /// The output is right.
    Right,
    /// There is no output, for this reason: `panicked`, `aborted`.
    Failed(String),
    /// The digest of the output.
    Digest([u8; 32]),
}

/// Holds a mistake whose outputs were recorded beforehand.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The pitfall's id, or the variant's.
    pub id: &'a str,
    /// Whether an author described it or it was generated.
    pub kind: KnownKind,
    /// What to tell a learner who makes it.
    pub text: &'a str,
    /// The number of the hint that belongs to it.
    pub hint: Option<usize>,
    /// What it gives on each case, in the order of the cases; none where that is not known.
    pub fingerprints: Vec<Option<Fingerprint>>,
}

/// Says where a known mistake comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownKind {
    /// The author of the kata wrote it down.
    Pitfall,
    /// It is the solution, changed by a machine in a way that `variants` has words for.
    Variant,
}
