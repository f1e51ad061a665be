//! A nested dict of arrays, like Linen's variables and the result of `nnx.to_pure_dict`.
//!
//! Learners build one, states can be converted to it, and Linen's layers read it. It contains plain values, not
//! variables, so it shares nothing with a model.

use std::collections::BTreeMap;
use std::collections::btree_map::Iter;
use std::ops::Index;

use ndarray::{ArrayBase, Data, Dimension};

use crate::path::{Part, Path};
use crate::tensor::Tensor;

/// A nested dict of arrays: `{"params": {"bias": …, "kernel": …}}`. Keys are names, or numbers in place of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PureDict(BTreeMap<Part, Node>);

/// A value in a [`PureDict`].
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A dict.
    Dict(PureDict),
    /// An array.
    Array(Tensor),
}

impl PureDict {
    /// An empty dict.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Sets the value of a key and returns the old value.
    pub fn insert(&mut self, key: impl Into<Part>, node: impl Into<Node>) -> Option<Node> {
        self.0.insert(key.into(), node.into())
    }

    /// Adds a key and returns the dict, to build one in a single expression.
    pub fn with(mut self, key: impl Into<Part>, node: impl Into<Node>) -> Self {
        self.insert(key, node);
        self
    }

    /// Removes a key.
    pub fn remove(&mut self, key: impl Into<Part>) -> Option<Node> {
        self.0.remove(&key.into())
    }

    /// The value of a key.
    pub fn get(&self, key: impl Into<Part>) -> Option<&Node> {
        self.0.get(&key.into())
    }

    /// The keys and their values, sorted.
    pub fn iter(&self) -> Iter<'_, Part, Node> {
        self.0.iter()
    }

    /// The number of keys.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every array with its path, sorted: Flax's `flatten_dict`.
    pub fn flatten_dict(&self) -> Vec<(Path, &Tensor)> {
        let mut found = Vec::new();
        self.flatten_into(&Path::root(), &mut found);
        found
    }

    /// Sets the array at a path and creates missing dicts on the way. An array on the way is replaced by a dict.
    pub(crate) fn insert_at(&mut self, parts: &[Part], value: Tensor) {
        match parts {
            [] => {}
            [last] => {
                self.0.insert(last.clone(), Node::Array(value));
            }
            [first, rest @ ..] => {
                let mut inner = match self.0.remove(first) {
                    Some(Node::Dict(inner)) => inner,
                    _ => Self::new(),
                };
                inner.insert_at(rest, value);
                self.0.insert(first.clone(), Node::Dict(inner));
            }
        }
    }

    fn flatten_into<'a>(&'a self, path: &Path, found: &mut Vec<(Path, &'a Tensor)>) {
        for (part, node) in &self.0 {
            let path = path.join(part.clone());
            match node {
                Node::Dict(inner) => inner.flatten_into(&path, found),
                Node::Array(value) => found.push((path, value)),
            }
        }
    }
}

impl Node {
    /// The dict, if it is one.
    pub fn as_dict(&self) -> Option<&PureDict> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Array(_) => None,
        }
    }

    /// The array, if it is one.
    pub fn as_array(&self) -> Option<&Tensor> {
        match self {
            Self::Dict(_) => None,
            Self::Array(value) => Some(value),
        }
    }
}

impl<P: Into<Part>, N: Into<Node>, const COUNT: usize> From<[(P, N); COUNT]> for PureDict {
    fn from(entries: [(P, N); COUNT]) -> Self {
        entries
            .into_iter()
            .fold(Self::new(), |dict, (key, node)| dict.with(key, node))
    }
}

impl<K: Into<Part>> Index<K> for PureDict {
    type Output = Node;

    /// The value of a key.
    ///
    /// # Panics
    /// If there is no such key.
    #[track_caller]
    fn index(&self, key: K) -> &Node {
        let key = key.into();
        match self.0.get(&key) {
            Some(node) => node,
            None => panic!("there is no key {key}; there is {}", self.names()),
        }
    }
}

impl PureDict {
    /// The keys separated by commas, for an error message.
    pub(crate) fn names(&self) -> String {
        let names: Vec<String> = self.0.keys().map(Part::to_string).collect();
        if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.join(", ")
        }
    }
}

impl From<PureDict> for Node {
    fn from(dict: PureDict) -> Self {
        Self::Dict(dict)
    }
}

impl From<Tensor> for Node {
    fn from(value: Tensor) -> Self {
        Self::Array(value)
    }
}

impl<S: Data<Elem = f32>, D: Dimension> From<&ArrayBase<S, D, f32>> for Node {
    fn from(array: &ArrayBase<S, D, f32>) -> Self {
        Self::Array(array.into())
    }
}

impl<S: Data<Elem = f32>, D: Dimension> From<ArrayBase<S, D, f32>> for Node {
    fn from(array: ArrayBase<S, D, f32>) -> Self {
        Self::Array(array.into())
    }
}
