//! A list of modules: `nnx.List`.
//!
//! Modules store layers in it. In a path, an element of the list is identified by a number, its position. As in Flax,
//! it is not a plain list (`Vec`), which is not a module.

use std::ops::{Deref, DerefMut};

use crate::module::{Module, Walk};

/// A list of modules; it dereferences to a `Vec`.
#[derive(Clone, Debug, Default)]
pub struct List<M>(Vec<M>);

impl<M> List<M> {
    /// Creates a list of these modules.
    pub fn new(modules: impl IntoIterator<Item = M>) -> Self {
        modules.into_iter().collect()
    }
}

impl<M: Module> Module for List<M> {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        walk.module("List");
        self.iter()
            .enumerate()
            .map(|(position, module)| walk.child(position, module))
            .collect()
    }
}

impl<M> FromIterator<M> for List<M> {
    fn from_iter<I: IntoIterator<Item = M>>(modules: I) -> Self {
        Self(modules.into_iter().collect())
    }
}

impl<'a, M> IntoIterator for &'a List<M> {
    type Item = &'a M;
    type IntoIter = std::slice::Iter<'a, M>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<M> Deref for List<M> {
    type Target = Vec<M>;

    fn deref(&self) -> &Vec<M> {
        &self.0
    }
}

impl<M> DerefMut for List<M> {
    fn deref_mut(&mut self) -> &mut Vec<M> {
        &mut self.0
    }
}
