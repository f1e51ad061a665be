//! The requirements of a kata other than correct outputs.

use crate::spec::Spec;

/// The name under which the teaching crate counts the initial values that it draws.
pub const DRAWS: &str = "draws";

/// A requirement that an answer with correct outputs does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// It never makes these calls, which the kata is about.
    NeverCalled(Vec<String>),
    /// It makes these calls, which the kata forbids.
    Called(Vec<String>),
    /// It draws more initial values in one case than the kata allows.
    Drew {
        /// The largest number in any case.
        values: u64,
        /// The number that is allowed.
        most: u64,
    },
}

/// Lists the requirements that an answer does not meet.
///
/// `calls` are the operations of the teaching crate that it called, each with its highest count in any case.
#[must_use]
pub fn unmet(spec: &Spec, calls: &[(String, u64)]) -> Vec<Unmet> {
    let count = |name: &str| {
        let counts = calls.iter().filter(|(call, _)| call == name);
        counts.map(|(_, count)| *count).max().unwrap_or(0)
    };
    let select = |names: &[String], wanted: bool| -> Vec<String> {
        let selected = names.iter().filter(|name| (count(name) > 0) == wanted);
        selected.cloned().collect()
    };
    let mut unmet = Vec::new();
    // Checked first, because an answer that builds the model with values has not used the abstract one either.
    if let Some(most) = spec.draws.filter(|most| count(DRAWS) > *most) {
        unmet.push(Unmet::Drew {
            values: count(DRAWS),
            most,
        });
    }
    let missing = select(&spec.uses, false);
    if !missing.is_empty() {
        unmet.push(Unmet::NeverCalled(missing));
    }
    let forbidden = select(&spec.without, true);
    if !forbidden.is_empty() {
        unmet.push(Unmet::Called(forbidden));
    }
    unmet
}
