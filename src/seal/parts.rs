//! The data that a lock is made from.

use serde::{Deserialize, Serialize};

use super::mistake::Mistake;
use super::pairs::Pairs;
use super::{ClassKey, Cost};
use crate::array::Value;
use crate::files::Cache;
use crate::spec::{Case, Spec};

/// The data that a lock is made from.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The kata's name.
    pub id: &'a str,
    /// Its spec.
    pub spec: &'a Spec,
    /// The expected outputs of its hidden cases, by name.
    pub hidden: &'a [(String, Value)],
    /// Its wrong implementations.
    pub mistakes: &'a [Mistake],
    /// Generated variants of its solution.
    pub variants: &'a [Mistake],
    /// Pairs of its mistakes; `None` if they were not run.
    pub pairs: Option<&'a Pairs>,
    /// Which inputs matter in its shown cases; `None` if unknown.
    pub used: Option<&'a [Used]>,
    /// The files of its reference solution; empty to leave them out.
    pub solution: Option<&'a [(String, String)]>,
    /// Its sealed cases.
    pub sealed: &'a [Case],
    /// The key for the sealed cases. Without it, those in the old lock stay as they are.
    pub class_key: Option<&'a ClassKey>,
    /// The cost of each digest.
    pub cost: Cost,
    /// Where digests are cached.
    pub cache: &'a Cache,
}

/// The inputs of a shown case whose change alone changes the correct output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Used {
    /// The case's name.
    pub case: String,
    /// The inputs by name, in the order of the spec.
    pub inputs: Vec<String>,
}
