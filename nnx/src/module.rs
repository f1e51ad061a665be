//! The [`Module`] trait: a tree that can be walked and rebuilt with other variables.
//!
//! Layers implement [`Module`], mostly through [`crate::module!`]; [`crate::split`], [`crate::merge`] and the others walk it.
//! It has no forward pass: each module defines its own `call`.

use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::path::{Part, Path};
use crate::variable::{BatchStat, Cache, Intermediate, Kind, Param, RngCount, RngKey, Variable};

/// A tree of modules, attributes and variables.
pub trait Module: Sized {
    /// Rebuilds the module from what the walk returns for each of its parts.
    fn walk(&self, walk: &mut Walk<'_>) -> Self;
}

/// Visits the parts of a module, records them and returns the variables of the module that is being built.
pub struct Walk<'a> {
    path: Path,
    entries: Vec<(Path, Entry)>,
    leaf: &'a mut dyn FnMut(&Path, &Variable) -> Variable,
}

/// What a walk finds at a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A module, with the name of its type.
    Module(&'static str),
    /// A value that is part of the structure, as text.
    Attribute(String),
    /// A variable: its kind and metadata. Values, shapes and dtypes belong to the state.
    Variable(Kind, BTreeMap<String, String>),
    /// A variable that is also at an earlier path.
    Shared(Path),
}

impl Walk<'_> {
    /// Records the name of the module's type. Call this first.
    pub fn module(&mut self, type_name: &'static str) {
        self.entries
            .push((self.path.clone(), Entry::Module(type_name)));
    }

    /// Walks a part of the module under its name, or under its position in a list.
    pub fn child<M: Module>(&mut self, part: impl Into<Part>, child: &M) -> M {
        let inner = self.path.join(part);
        let outer = std::mem::replace(&mut self.path, inner);
        let built = child.walk(self);
        self.path = outer;
        built
    }

    /// Returns the variable that replaces this one in the module that is being built.
    pub fn variable(&mut self, variable: &Variable) -> Variable {
        variable.set_place(&self.path);
        let entry = Entry::Variable(variable.kind(), variable.metadata());
        self.entries.push((self.path.clone(), entry));
        let built = (self.leaf)(&self.path, variable);
        built.set_place(&self.path);
        built
    }

    /// Records a value that is part of the structure. Graphdefs compare such values by their `Debug` text.
    pub fn attribute(&mut self, value: &dyn Debug) {
        self.entries
            .push((self.path.clone(), Entry::Attribute(format!("{value:?}"))));
    }
}

/// Walks a whole module; returns the module that was built and what was found, sorted by path.
pub(crate) fn walk<M: Module>(
    module: &M,
    leaf: &mut dyn FnMut(&Path, &Variable) -> Variable,
) -> (M, Vec<(Path, Entry)>) {
    let mut walk = Walk {
        path: Path::root(),
        entries: Vec::new(),
        leaf,
    };
    let built = module.walk(&mut walk);
    let mut entries = walk.entries;
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    (built, entries)
}

/// Defines a module: a struct whose fields are modules, variables, lists of modules, or plain values.
///
/// ```
/// use nnx::{Linear, List, Module, Param};
///
/// nnx::module! {
///     /// A layer, and a scale for its result.
///     pub struct Block {
///         pub linear: Linear,
///         pub scale: Param,
///         pub width: usize,
///     }
/// }
///
/// nnx::module! {
///     pub struct Stack { pub layers: List<Block> }
/// }
/// ```
#[macro_export]
macro_rules! module {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_visibility:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $visibility struct $name {
            $($(#[$field_meta])* $field_visibility $field: $type,)*
        }

        impl $crate::Module for $name {
            fn walk(&self, walk: &mut $crate::Walk<'_>) -> Self {
                walk.module(stringify!($name));
                Self { $($field: walk.child(stringify!($field), &self.$field),)* }
            }
        }
    };
}

impl Module for Variable {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        walk.variable(self)
    }
}

macro_rules! variables {
    ($($kind:ident)*) => {$(
        impl Module for $kind {
            fn walk(&self, walk: &mut Walk<'_>) -> Self {
                Self::wrap(walk.variable(self))
            }
        }
    )*};
}

macro_rules! attributes {
    ($($type:ty)*) => {$(
        impl Module for $type {
            fn walk(&self, walk: &mut Walk<'_>) -> Self {
                walk.attribute(self);
                self.clone()
            }
        }
    )*};
}

variables! { Param BatchStat Cache Intermediate RngKey RngCount }
attributes! { bool usize u32 u64 i32 i64 f32 f64 String &'static str Vec<usize> Vec<isize> }

impl<M: Module> Module for Option<M> {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        match self {
            Some(module) => Some(module.walk(walk)),
            None => {
                walk.attribute(&Missing);
                None
            }
        }
    }
}

/// Prints as `None`, as in Python.
struct Missing;

impl Debug for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("None")
    }
}
