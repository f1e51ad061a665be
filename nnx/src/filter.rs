//! Filters select variables: by kind, by path, and by combinations of these.
//!
//! [`crate::split_by`] and [`crate::state_of`] take them. As in Flax, a leaf goes to the first filter that matches it.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::path::{Part, Path};
use crate::state::State;
use crate::variable::{Kind, Variable};

/// Selects variables.
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
    /// Variables that another filter does not match: `nnx.Not`.
    Not(Box<Filter>),
    /// Variables that at least one of several filters matches: `nnx.Any`.
    Any(Vec<Filter>),
    /// Variables that all of several filters match: `nnx.All`.
    All(Vec<Filter>),
    /// Everything: `...`. Allowed only as the last filter.
    Rest,
    /// Nothing: `nnx.Nothing`.
    Nothing,
}

impl Filter {
    /// Whether the filter matches this leaf.
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

/// One state for each filter, and the paths that no filter matches.
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
