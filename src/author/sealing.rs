//! The data that a lock is made from and checked against: the author's programs, with what the old lock knows about
//! those that were not run.

use super::Tree;
use crate::files::Cache;
use crate::seal::{COST, ClassKey, Lock, Mistake, Pairs, Parts, SealError, Used};

/// The data that a lock is made from.
pub(crate) struct Sealing<'a> {
    tree: &'a Tree<'a>,
    /// The wrong implementations; those that are not run only if the lock knows them.
    pub mistakes: Vec<Mistake>,
    /// The variants of the solutions, including those that are not run, and the solution with changed inputs.
    pub variants: Vec<Mistake>,
    /// Pairs of mistakes, if they were run.
    pub pairs: Option<Pairs>,
    /// Which inputs matter, if known.
    pub used: Option<Vec<Used>>,
    /// The solutions by file name; those that are not run only if they are in the lock.
    pub solution: Vec<(String, String)>,
}

impl<'a> Sealing<'a> {
    /// Creates one in which nothing has been run. A program that is neither run nor known to the lock is left out:
    /// what was not run has not passed.
    ///
    /// # Errors
    /// When the key of the lock's solutions cannot be computed.
    pub(crate) fn new(tree: &'a Tree<'a>, lock: Option<&Lock>) -> Result<Self, SealError> {
        let kata = tree.kata;
        let lock = lock.filter(|lock| lock.fits(&kata.spec).is_ok());
        let known = lock.map(Lock::pitfalls).unwrap_or_default();
        let mut mistakes = tree.mistakes();
        mistakes.retain(|mistake| {
            tree.runs(&mistake.track) || known.iter().any(|known| known.is_of(mistake))
        });
        let mut solution = Vec::new();
        let mut opened: Option<Vec<(String, String)>> = None;
        for text in &tree.solutions {
            let file = (text.id.clone(), text.source.clone());
            if !tree.runs(text.track.name()) {
                if opened.is_none() {
                    let open = |lock: &Lock| lock.open_solution(&kata.id, &kata.spec, &tree.hidden);
                    opened = lock.map(open).transpose()?.flatten();
                }
                if !opened.iter().flatten().any(|known| *known == file) {
                    continue;
                }
            }
            solution.push(file);
        }
        Ok(Self {
            tree,
            mistakes,
            variants: [tree.variants(), tree.changed_inputs()].concat(),
            pairs: None,
            used: None,
            solution,
        })
    }

    /// Whether it includes every program of the author.
    #[must_use]
    pub(crate) fn is_whole(&self) -> bool {
        let tree = self.tree;
        self.mistakes.len() == tree.wrong.len() && self.solution.len() == tree.solutions.len()
    }

    /// The same data as the lock expects it.
    #[must_use]
    pub(crate) fn parts(&'a self, class_key: Option<&'a ClassKey>, cache: &'a Cache) -> Parts<'a> {
        Parts {
            id: &self.tree.kata.id,
            spec: &self.tree.kata.spec,
            hidden: &self.tree.hidden,
            mistakes: &self.mistakes,
            variants: &self.variants,
            pairs: self.pairs.as_ref(),
            used: self.used.as_deref(),
            solution: (!self.solution.is_empty()).then_some(self.solution.as_slice()),
            sealed: &self.tree.sealed,
            class_key,
            cost: COST,
            cache,
        }
    }
}
