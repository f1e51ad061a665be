//! The variables of a module, by path, without the module.
//!
//! [`crate::split`] returns one and [`crate::merge`] takes it. It contains the variables themselves, not copies; [`State::copy`]
//! copies them. Leaves are sorted by path, so a bias comes before its kernel.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::collections::btree_map::Iter;
use std::ops::Index;

use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::path::Path;
use crate::pure_dict::PureDict;
use crate::tensor::Tensor;
use crate::variable::Variable;

/// Variables by path. A clone contains the same variables.
#[derive(Clone, Debug, Default)]
pub struct State(BTreeMap<Path, Variable>);

/// Values for a module: a state, a plain dict of arrays, or several of either, such as [`crate::split_by`] returns.
pub trait States {
    /// All leaves in sequence.
    #[doc(hidden)]
    fn gather(&self) -> Leaves;
}

/// Leaves of states and of plain dicts.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Leaves(Vec<(Path, Leaf)>);

impl Leaves {
    /// The leaves by path.
    ///
    /// # Errors
    /// If a path appears twice, or leads through another one.
    pub(crate) fn by_path(self, operation: &'static str) -> Result<BTreeMap<Path, Leaf>, Error> {
        distinct(operation, self.0)
    }

    /// The same leaves, where a name made of digits in a plain dict becomes a position, because JSON turns positions
    /// into names. Known paths stay as they are.
    pub(crate) fn with_positions(mut self, is_known: impl Fn(&Path) -> bool) -> Self {
        for (path, leaf) in &mut self.0 {
            if matches!(leaf, Leaf::Array(_)) && !is_known(path) {
                *path = path.with_positions();
            }
        }
        self
    }
}

/// A variable of a state, or an array of a plain dict, whose kind only the module knows.
#[derive(Debug)]
pub(crate) enum Leaf {
    Variable(Variable),
    Array(Tensor),
}

impl State {
    /// Returns every path with its variable, sorted: `nnx.to_flat_state`.
    pub fn flat_state(&self) -> Vec<(Path, Variable)> {
        note("nnx.to_flat_state");
        self.0
            .iter()
            .map(|(path, variable)| (path.clone(), variable.clone()))
            .collect()
    }

    /// Builds a state from paths and variables: `nnx.from_flat_state`.
    ///
    /// # Errors
    /// If a path appears twice, or leads through another one.
    pub fn from_flat_path<P, V>(leaves: impl IntoIterator<Item = (P, V)>) -> Result<Self, Error>
    where
        P: Into<Path>,
        V: Into<Variable>,
    {
        let operation = note("nnx.from_flat_state");
        let leaves = leaves
            .into_iter()
            .map(|(path, variable)| (path.into(), variable.into()));
        distinct(operation, leaves).map(Self)
    }

    /// Copies the values into a nested dict: `nnx.to_pure_dict`.
    pub fn to_pure_dict(&self) -> PureDict {
        note("nnx.to_pure_dict");
        let mut dict = PureDict::new();
        for (path, variable) in &self.0 {
            dict.insert_at(path.parts(), variable.get_value());
        }
        dict
    }

    /// Sets the values of the variables from a nested dict: `nnx.replace_by_pure_dict`. Variables that are not in the
    /// dict stay as they are.
    ///
    /// # Errors
    /// If the dict has an array where the state has no leaf. Nothing is set then. A name made of digits also matches a
    /// position.
    pub fn replace_by_pure_dict(&self, dict: &PureDict) -> Result<(), Error> {
        let operation = note("nnx.replace_by_pure_dict");
        let arrays = dict.flatten_dict();
        let mut found = Vec::new();
        for (path, value) in arrays {
            // As in Flax: the exact key, or a position for a name made of digits, because JSON turns positions into
            // names.
            let variable = self.get(&path).or_else(|| self.get(path.with_positions()));
            let variable = variable.map_or_else(|| self.require(&path, operation), Ok)?;
            found.push((variable, value));
        }
        for (variable, value) in found {
            variable.set_value(value);
        }
        Ok(())
    }

    /// The variable at a path.
    pub fn get(&self, path: impl Into<Path>) -> Option<&Variable> {
        self.0.get(&path.into())
    }

    /// The leaves, sorted by path.
    pub fn iter(&self) -> Iter<'_, Path, Variable> {
        self.0.iter()
    }

    /// The paths, sorted.
    pub fn paths(&self) -> Vec<Path> {
        self.0.keys().cloned().collect()
    }

    /// The number of leaves.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no leaves.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns a state with new variables that have the same paths, kinds, metadata and values.
    pub fn copy(&self) -> Self {
        Self(
            self.0
                .iter()
                .map(|(path, variable)| (path.clone(), variable.copy()))
                .collect(),
        )
    }

    /// Merges several states into one: `nnx.merge_state`.
    ///
    /// # Errors
    /// If two states have the same path, or a path leads through another one.
    pub fn merge<S: Borrow<Self>>(states: impl IntoIterator<Item = S>) -> Result<Self, Error> {
        let mut leaves = Vec::new();
        for state in states {
            leaves.extend(state.borrow().clone());
        }
        distinct("nnx.merge_state", leaves).map(Self)
    }

    pub(crate) fn new(leaves: BTreeMap<Path, Variable>) -> Self {
        Self(leaves)
    }

    pub(crate) fn require(&self, path: &Path, operation: &'static str) -> Result<&Variable, Error> {
        let unknown = || Error::UnknownPath {
            operation,
            path: path.clone(),
            known: self.paths(),
        };
        self.0.get(path).ok_or_else(unknown)
    }
}

/// The leaves by path, if no path appears twice or leads through another one.
fn distinct<L>(
    operation: &'static str,
    leaves: impl IntoIterator<Item = (Path, L)>,
) -> Result<BTreeMap<Path, L>, Error> {
    let conflict = |path: &Path, other: &Path| Error::PathConflict {
        operation,
        path: path.clone(),
        other: other.clone(),
    };
    let mut by_path = BTreeMap::new();
    for (path, leaf) in leaves {
        if by_path.contains_key(&path) {
            return Err(conflict(&path, &path));
        }
        by_path.insert(path, leaf);
    }
    // The paths are sorted, so paths through a leaf come directly after it.
    let others = by_path.keys();
    for (other, path) in others.zip(by_path.keys().skip(1)) {
        if path.starts_with(other) {
            return Err(conflict(path, other));
        }
    }
    Ok(by_path)
}

impl States for State {
    fn gather(&self) -> Leaves {
        let leaf =
            |(path, variable): (&Path, &Variable)| (path.clone(), Leaf::Variable(variable.clone()));
        Leaves(self.iter().map(leaf).collect())
    }
}

impl States for PureDict {
    fn gather(&self) -> Leaves {
        let arrays = self.flatten_dict().into_iter();
        let leaves = arrays.map(|(path, array)| (path, Leaf::Array(array.clone())));
        Leaves(leaves.collect())
    }
}

impl<S: States> States for [S] {
    fn gather(&self) -> Leaves {
        let mut all = Leaves::default();
        for states in self {
            all.0.extend(states.gather().0);
        }
        all
    }
}

impl<S: States, const N: usize> States for [S; N] {
    fn gather(&self) -> Leaves {
        self.as_slice().gather()
    }
}

impl<S: States + ?Sized> States for &S {
    fn gather(&self) -> Leaves {
        (*self).gather()
    }
}

impl<P: Into<Path>> Index<P> for State {
    type Output = Variable;

    /// The variable at a path.
    ///
    /// # Panics
    /// If there is none.
    #[track_caller]
    fn index(&self, path: P) -> &Variable {
        let path = path.into();
        or_panic(self.require(&path, "nnx.State"))
    }
}

impl IntoIterator for State {
    type Item = (Path, Variable);
    type IntoIter = std::collections::btree_map::IntoIter<Path, Variable>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a State {
    type Item = (&'a Path, &'a Variable);
    type IntoIter = Iter<'a, Path, Variable>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
