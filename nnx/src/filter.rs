//! Which variables: by kind, by path, and what can be made of these.
//!
//! [`crate::split_by`] and [`crate::state_of`] take it. As in Flax the first filter that fits takes the leaf.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::path::{Part, Path};
use crate::state::State;
use crate::variable::{Kind, Variable};

/// A choice of variables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Filter {
    /// Parameters: `nnx.Param`.
    Param,
    /// Running statistics: `nnx.BatchStat`.
    BatchStat,
    /// Keys and counts of streams: `nnx.RngState`.
    RngState,
    /// Variables of a kind: `nnx.OfType`.
    OfType(Kind),
    /// Variables with this step in their path: `nnx.PathContains`.
    PathContains(Part),
    /// What another filter does not take: `nnx.Not`.
    Not(Box<Filter>),
    /// What one of several filters takes: `nnx.Any`.
    Any(Vec<Filter>),
    /// What all of several filters take: `nnx.All`.
    All(Vec<Filter>),
    /// Everything; only at the end: `...`.
    Rest,
    /// Nothing: `nnx.Nothing`.
    Nothing,
}

impl Filter {
    /// Whether the filter takes this leaf.
    pub fn takes(&self, path: &Path, variable: &Variable) -> bool {
        let kind = variable.kind();
        match self {
            Self::Param => kind == Kind::Param,
            Self::BatchStat => kind == Kind::BatchStat,
            Self::RngState => matches!(kind, Kind::RngKey | Kind::RngCount),
            Self::OfType(wanted) => kind == *wanted,
            Self::PathContains(part) => path.parts().contains(part),
            Self::Not(filter) => !filter.takes(path, variable),
            Self::Any(filters) => filters.iter().any(|filter| filter.takes(path, variable)),
            Self::All(filters) => filters.iter().all(|filter| filter.takes(path, variable)),
            Self::Rest => true,
            Self::Nothing => false,
        }
    }
}

/// One state for each filter, and the paths no filter takes.
pub(crate) fn sort_out<const N: usize>(
    operation: &'static str,
    state: State,
    filters: &[Filter; N],
) -> Result<([State; N], Vec<Path>), Error> {
    let mut from_rest_on = filters.iter().skip_while(|filter| **filter != Filter::Rest);
    if from_rest_on.any(|filter| *filter != Filter::Rest) {
        return Err(Error::RestNotLast { operation });
    }
    let mut sorted = [const { BTreeMap::new() }; N];
    let mut remainder = Vec::new();
    for (path, variable) in state {
        match filters
            .iter()
            .position(|filter| filter.takes(&path, &variable))
        {
            Some(position) => {
                sorted[position].insert(path, variable);
            }
            None => remainder.push(path),
        }
    }
    Ok((sorted.map(State::new), remainder))
}
