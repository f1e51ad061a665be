//! Which answers to one kata look alike: winnowed fingerprints over tokens, for the teacher's class page.
//!
//! After Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting" (2003). Names, numbers
//! and texts are folded together, comments and layout are no tokens, what the starter gives is not counted, and what very
//! many answers share is taken for a common idiom. What comes of it is a hint to look, never a verdict: nothing here
//! knows who wrote an answer, and nothing that gives points calls it.

mod pairs;
mod regions;
mod shape;
#[cfg(test)]
mod tests;
mod winnow;

use std::collections::HashMap;
use std::ops::Range;

use shape::Shape;

/// Runs of this many tokens in a row are compared; shorter ones are noise.
pub const NOISE: usize = 10;
/// A common run of this many tokens is always found.
pub const FOUND: usize = 15;
/// An answer with fewer tokens of its own says too little to be compared with others.
pub const LEAST: usize = 2 * FOUND;
/// Pairs that have less than this share in common, in per cent, are not listed.
pub const LOWEST: u32 = 50;
/// The most pairs that are listed for one kata.
pub const MOST: usize = 25;

/// Holds what looks alike among some answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// The answers by their form, in the order of the first of each.
    pub forms: Vec<Form>,
    /// Forms that have much in common, most alike first.
    pub pairs: Vec<Pair>,
    /// How many pairs look alike and are not listed.
    pub more: usize,
}

/// Holds answers that are the same but for names, numbers, texts, comments and layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Their places among the answers.
    pub members: Vec<usize>,
    /// How many tokens are not the starter's.
    pub own: usize,
}

/// Holds two forms that have much in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The form that came first.
    pub one: usize,
    /// The other form.
    pub other: usize,
    /// How much of both is in common, in per cent.
    pub score: u32,
    /// How many tokens are in common.
    pub tokens: usize,
    /// What is in common, in the order of the first.
    pub regions: Vec<Region>,
}

/// Holds a run of tokens that two texts have in common, as bytes of the first answer of each form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where it stands in the one.
    pub one: Range<usize>,
    /// Where it stands in the other.
    pub other: Range<usize>,
}

/// Finds what looks alike among answers to one kata.
#[must_use]
pub fn alike(answers: &[&str], starter: Option<&str>) -> Alike {
    let starter = starter.map(Shape::of);
    let given = starter.as_ref().map_or_else(Default::default, winnow::runs);
    let mut forms: Vec<Form> = Vec::new();
    let mut shapes: Vec<Shape> = Vec::new();
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, answer) in answers.iter().enumerate() {
        let shape = Shape::of(answer);
        let like_it = known.entry(shape.digest()).or_default();
        let same = |form: &&usize| shapes[**form].symbols == shape.symbols;
        if let Some(form) = like_it.iter().find(same) {
            forms[*form].members.push(place);
            continue;
        }
        like_it.push(forms.len());
        let shape = shape.without(&given);
        forms.push(Form {
            members: vec![place],
            own: shape.own_tokens(),
        });
        shapes.push(shape);
    }
    let (pairs, more) = pairs::listed(&shapes);
    Alike { forms, pairs, more }
}
