//! Splits a module into its structure and its variables, and merges them again.
//!
//! Learners call these functions as `nnx::split`, `nnx::merge` and so on. As in current Flax, they move variables, not
//! values: the split module and the merged module share the variables. Shapes are not checked here; the forward pass
//! does that.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::calls::note;
use crate::error::Error;
use crate::filter::{Filter, sort_out};
use crate::module::{Entry, Module, walk};
use crate::path::Path;
use crate::state::{Leaf, Leaves, State, States};
use crate::variable::Variable;

/// The structure of a module: its types, attributes, and the kinds and metadata of its variables, but no values or
/// shapes.
pub struct GraphDef<M> {
    entries: Rc<[(Path, Entry)]>,
    /// The module, with placeholders for its variables.
    template: Rc<M>,
}

/// Splits a module into its structure and its variables. The state shares the variables with the module: setting one
/// sets it in both.
pub fn split<M: Module>(model: &M) -> (GraphDef<M>, State) {
    note("nnx.split");
    take_apart(model)
}

/// Like [`split`], with a state for each filter: `nnx.split(model, nnx.Param, ...)`.
///
/// ```
/// # use nnx::{Filter, Linear, Rngs};
/// # let model = Linear::new(3, 4, &mut Rngs::new(0));
/// let (graphdef, [params, rest]) = nnx::split_by(&model, [Filter::Param, Filter::Rest])?;
/// let merged = nnx::merge(&graphdef, [&params, &rest])?;
/// # Ok::<(), nnx::Error>(())
/// ```
///
/// # Errors
/// If no filter matches a leaf, or [`Filter::Rest`] is not the last.
pub fn split_by<M: Module, const N: usize>(
    model: &M,
    filters: [Filter; N],
) -> Result<(GraphDef<M>, [State; N]), Error> {
    let operation = note("nnx.split");
    let (graphdef, state) = take_apart(model);
    let (states, remainder) = sort_out(operation, state, &filters)?;
    if remainder.is_empty() {
        Ok((graphdef, states))
    } else {
        Err(Error::NonExhaustive {
            operation,
            remainder,
        })
    }
}

/// Builds a module with this structure and these variables, which it shares with the state (and so with the module that
/// was split).
///
/// A plain dict works too: for each of its arrays, the module gets a new variable, with the kind and the metadata that
/// the graphdef has there.
///
/// # Errors
/// If a leaf is missing, unexpected or of a different kind. Shapes are not checked.
pub fn merge<M: Module>(graphdef: &GraphDef<M>, states: impl States) -> Result<M, Error> {
    let operation = note("nnx.merge");
    let variables = graphdef.variables(operation, states.gather())?;
    let mut shared = HashMap::new();
    for (path, entry) in graphdef.entries.iter() {
        if let Entry::Shared(first) = entry {
            shared.insert(path, first);
        }
    }
    let mut leaf = |path: &Path, _: &Variable| {
        let first = shared.get(path).copied().unwrap_or(path);
        variables[first].merged()
    };
    Ok(walk(&*graphdef.template, &mut leaf).0)
}

/// Returns the variables of a module, not copies of them.
pub fn state<M: Module>(model: &M) -> State {
    note("nnx.state");
    take_apart(model).1
}

/// Returns the variables that match a filter: `nnx.state(model, nnx.Param)`.
pub fn state_of<M: Module>(model: &M, filter: Filter) -> State {
    let operation = note("nnx.state");
    let sorted = sort_out(operation, take_apart(model).1, &[filter]);
    let ([state], _) = sorted.expect("a single filter is the last one");
    state
}

/// Sets the variables of a module to the values of a state or a plain dict. Other variables of the module stay as they
/// are. Shapes are not checked.
///
/// # Errors
/// If the state has a path that the module does not have (Flax would add a new attribute). Nothing is set then.
pub fn update<M: Module>(model: &M, states: impl States) -> Result<(), Error> {
    let operation = note("nnx.update");
    let (new, old) = (states.gather().by_path(operation)?, take_apart(model).1);
    for path in new.keys() {
        old.require(path, operation)?;
    }
    for (path, leaf) in new {
        old[path].set_value(match leaf {
            Leaf::Variable(variable) => variable.get_value(),
            Leaf::Array(array) => array,
        });
    }
    Ok(())
}

/// Copies a module: the same structure and values, with new variables.
pub fn clone<M: Module>(model: &M) -> M {
    note("nnx.clone");
    let mut copies: HashMap<*const (), Variable> = HashMap::new();
    let mut leaf = |_: &Path, variable: &Variable| {
        let copy = copies
            .entry(variable.address())
            .or_insert_with(|| variable.copy());
        copy.clone()
    };
    walk(model, &mut leaf).0
}

impl<M> GraphDef<M> {
    /// The entry at each path, sorted by path.
    pub fn entries(&self) -> &[(Path, Entry)] {
        &self.entries
    }

    /// A variable for each path of the structure, and for no other.
    fn variables(
        &self,
        operation: &'static str,
        leaves: Leaves,
    ) -> Result<BTreeMap<Path, Variable>, Error> {
        let wanted = self.entries.iter().filter_map(|(path, entry)| match entry {
            Entry::Variable(kind, metadata) => Some((path, *kind, metadata)),
            _ => None,
        });
        let wanted: Vec<_> = wanted.collect();
        let is_wanted = |path: &Path| wanted.iter().any(|(wanted, ..)| *wanted == path);
        let leaves = leaves.with_positions(is_wanted).by_path(operation)?;
        if !wanted.iter().map(|(path, ..)| *path).eq(leaves.keys()) {
            return Err(Error::Leaves {
                operation,
                expected: wanted.into_iter().map(|(path, ..)| path.clone()).collect(),
                found: leaves.into_keys().collect(),
            });
        }
        let mut variables = BTreeMap::new();
        for ((path, leaf), (_, kind, metadata)) in leaves.into_iter().zip(wanted) {
            let variable = match leaf {
                Leaf::Array(array) => Variable::with(kind, metadata.clone(), array),
                Leaf::Variable(variable) if variable.kind() != kind => {
                    return Err(Error::Kind {
                        operation,
                        path,
                        expected: kind.name(),
                        found: variable.kind().name(),
                    });
                }
                Leaf::Variable(variable) => variable,
            };
            variables.insert(path, variable);
        }
        Ok(variables)
    }
}

fn take_apart<M: Module>(model: &M) -> (GraphDef<M>, State) {
    let mut stand_ins: HashMap<*const (), Variable> = HashMap::new();
    let mut met: Vec<(Path, Variable)> = Vec::new();
    let mut leaf = |path: &Path, variable: &Variable| {
        met.push((path.clone(), variable.clone()));
        let stand_in = || variable.replace(variable.borrow().to_abstract());
        stand_ins
            .entry(variable.address())
            .or_insert_with(stand_in)
            .clone()
    };
    let (template, mut entries) = walk(model, &mut leaf);
    met.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut first: HashMap<*const (), Path> = HashMap::new();
    let mut leaves = BTreeMap::new();
    for (path, variable) in met {
        let Some(earlier) = first.get(&variable.address()) else {
            first.insert(variable.address(), path.clone());
            leaves.insert(path, variable);
            continue;
        };
        let entry = entries.iter_mut().find(|(at, _)| *at == path);
        entry.expect("the walk noted every variable").1 = Entry::Shared(earlier.clone());
    }
    (
        GraphDef {
            entries: entries.into(),
            template: Rc::new(template),
        },
        State::new(leaves),
    )
}

impl<M> Clone for GraphDef<M> {
    fn clone(&self) -> Self {
        Self {
            entries: Rc::clone(&self.entries),
            template: Rc::clone(&self.template),
        }
    }
}

impl<M> PartialEq for GraphDef<M> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<M> Eq for GraphDef<M> {}

impl<M> Hash for GraphDef<M> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.entries.hash(hasher);
    }
}

impl<M> fmt::Debug for GraphDef<M> {
    /// One line for each path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GraphDef(\n")?;
        for (path, entry) in self.entries.iter() {
            match entry {
                Entry::Module(name) => writeln!(f, "  {path}: {name}")?,
                Entry::Attribute(text) => writeln!(f, "  {path} = {text}")?,
                Entry::Variable(kind, metadata) if metadata.is_empty() => {
                    writeln!(f, "  {path}: {}", kind.name())?
                }
                Entry::Variable(kind, metadata) => {
                    writeln!(f, "  {path}: {} {metadata:?}", kind.name())?
                }
                Entry::Shared(first) => writeln!(f, "  {path} is {first}")?,
            }
        }
        f.write_str(")")
    }
}
