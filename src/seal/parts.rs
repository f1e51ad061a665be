//! The data that a lock is made from.

use serde::{Deserialize, Serialize};

use super::mistake::Mistake;
use super::pairs::Pairs;
use super::{ClassKey, Cost};
use crate::array::Value;
use crate::diagnose::{Rows, Source, View};
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

/// What is known of how the correct output of a shown case depends on its inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Used {
    /// The case's name.
    pub case: String,
    /// The inputs whose change alone changes the output: by name, in the order of the spec.
    pub inputs: Vec<String>,
    /// Where the elements of the output come from, if views show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traces: Vec<Trace>,
}

/// The sources of the elements of the correct output in a view of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// The tagged array; all of them if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tagged: Option<String>,
    /// The one-hot array.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    one_hot: Option<String>,
    /// The sources, separated by spaces; a text for each place of the one in the one-hot array.
    rows: Vec<String>,
}

impl Trace {
    /// Records the sources of a view.
    #[must_use]
    pub fn new(view: View, rows: &Rows) -> Self {
        let text = |row: &Vec<Source>| {
            let words: Vec<String> = row.iter().map(Source::to_string).collect();
            words.join(" ")
        };
        Self {
            tagged: view.tagged,
            one_hot: view.one_hot,
            rows: rows.iter().map(text).collect(),
        }
    }

    /// The view and its sources; `None` if they cannot be read.
    #[must_use]
    pub fn read(&self) -> Option<(View, Rows)> {
        let row = |text: &String| text.split(' ').map(Source::parse).collect();
        let rows: Option<Rows> = self.rows.iter().map(row).collect();
        let view = View {
            tagged: self.tagged.clone(),
            one_hot: self.one_hot.clone(),
        };
        Some((view, rows?))
    }
}
