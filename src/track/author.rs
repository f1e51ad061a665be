//! Changed copies of a solution for authors, which show what the cases of a kata catch.

use std::ops::Range;

use crate::spec::Spec;

/// The maximum number of mutants of one solution that are tried.
pub const MOST_MUTANTS: usize = 60;

/// A solution with one small change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// A description of the change, as a short clause.
    pub what: String,
    /// The first changed line, from 1.
    pub line: usize,
    /// The whole text.
    pub source: String,
    /// The changed lines in the format of `diff -u`.
    pub diff: String,
}

/// A solution that computes in a different way, or handles one part of its weights wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its id, in a lock and in `diagnose`.
    pub id: &'static str,
    /// The whole text.
    pub source: String,
    /// What differs in it.
    pub change: Change,
}

/// Several programs in one, which takes the number of the program to run as its last argument, a `u32`.
#[derive(Clone, Debug)]
pub struct Combined {
    /// The kata's spec with the additional parameter. Its cases lack the argument for it.
    pub spec: Spec,
    /// The whole text.
    pub source: String,
    /// The lines of each program in it, from 1.
    pub lines: Vec<Range<usize>>,
}

/// How a variant differs from the solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It adds the same numbers in a different order, or rounds in different places: a case that it changes depends on
    /// that.
    Order,
    /// It is the same program, compiled as a whole where answers are run one operation after the other.
    Compiled,
    /// It makes a mistake.
    Mistake,
}
