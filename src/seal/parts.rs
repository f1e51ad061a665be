//! What a lock is made from.

use serde::{Deserialize, Serialize};

use super::mistake::Mistake;
use super::{ClassKey, Cost};
use crate::array::Value;
use crate::files::Cache;
use crate::spec::{Case, Spec};

/// What a lock is made from.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The kata's name.
    pub id: &'a str,
    /// Its spec.
    pub spec: &'a Spec,
    /// What its hidden cases expect, by name.
    pub hidden: &'a [(String, Value)],
    /// Its wrong implementations.
    pub mistakes: &'a [Mistake],
    /// Its solution, changed by a machine in ways that learners may meet.
    pub variants: &'a [Mistake],
    /// Which inputs matter in its shown cases; none where that was not found out.
    pub used: Option<&'a [Used]>,
    /// The files of its reference solution; none to leave them out.
    pub solution: Option<&'a [(String, String)]>,
    /// Its sealed cases.
    pub sealed: &'a [Case],
    /// What they are encrypted with. Without it the old lock's stay as they are.
    pub class_key: Option<&'a ClassKey>,
    /// What each digest costs.
    pub cost: Cost,
    /// Where digests are remembered.
    pub cache: &'a Cache,
}

/// The inputs that the right output of a shown case changes with, when each is changed alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Used {
    /// The case's name.
    pub case: String,
    /// The inputs by name, in the order of the spec.
    pub inputs: Vec<String>,
}
