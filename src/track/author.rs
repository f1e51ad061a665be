//! What a track makes of a solution for authors: changed copies of it, which show what the cases of a kata catch.

/// The most mutants of one solution that are tried.
pub const MOST_MUTANTS: usize = 60;

/// A solution with one small change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What was done, as a short clause.
    pub what: String,
    /// The first line that is another one, from 1.
    pub line: usize,
    /// The whole text.
    pub source: String,
    /// The changed lines, as `diff -u` shows them.
    pub diff: String,
}

/// A solution that is computed another way, or with one part of its weights handled wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its id, in a lock and in `diagnose`.
    pub id: &'static str,
    /// The whole text.
    pub source: String,
    /// What is another way in it.
    pub change: Change,
}

/// What a variant does in another way than the solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It adds the same numbers in another order, or rounds at other places: a case that it changes depends on that.
    Order,
    /// It is the same program, compiled as a whole where answers are run one operation after the other.
    Compiled,
    /// It makes a mistake.
    Mistake,
}
