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

pub(crate) use pairs::Pair;
pub(crate) use regions::Region;
pub(crate) use winnow::FOUND;

use std::collections::HashMap;

use pairs::Prints;
use shape::Shape;

/// Holds what looks alike among some answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alike {
    /// The answers by their form, in the order of the first of each.
    pub forms: Vec<Form>,
    /// Forms that have much in common, most alike first.
    pub pairs: Vec<Pair>,
    /// How many pairs look alike and are not listed.
    pub more: usize,
    /// Whether there was too much to compare, so that only a part of each answer was.
    pub is_sampled: bool,
}

/// Holds answers that are the same but for names, numbers, texts, comments and layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Their places among the answers.
    pub members: Vec<usize>,
    /// How many tokens are not the starter's.
    pub own: usize,
}

/// Finds what looks alike among so many answers to one kata, each of which is read when it is looked at: memory holds no
/// answer, and of all fingerprints at most `MOST_PRINTS`.
///
/// # Errors
/// When an answer cannot be read.
pub(crate) fn alike<T: AsRef<str>, E>(
    answers: usize,
    read: impl Fn(usize) -> Result<T, E>,
    starters: impl IntoIterator<Item = impl AsRef<str>>,
) -> Result<Alike, E> {
    let starters = starters.into_iter();
    let given = starters
        .flat_map(|starter| Shape::of(starter.as_ref()).runs())
        .collect();
    let shape = |place: usize| Ok(Shape::of(read(place)?.as_ref()));
    let mut forms: Vec<Form> = Vec::new();
    let mut known: HashMap<u64, Vec<u32>> = HashMap::new();
    let mut prints = Prints::default();
    for place in 0..answers {
        let answer = shape(place)?;
        let like_it = known.entry(answer.digest()).or_default();
        let mut same = None;
        for form in like_it.iter() {
            let form = *form as usize;
            if shape(forms[form].members[0])?.symbols == answer.symbols {
                same = Some(form);
                break;
            }
        }
        if let Some(form) = same {
            forms[form].members.push(place);
            continue;
        }
        like_it.push(forms.len() as u32);
        let answer = answer.without(&given);
        forms.push(Form {
            members: vec![place],
            own: answer.own_tokens(),
        });
        prints.add(&answer);
    }
    let is_sampled = prints.is_sampled();
    let own = |form: usize| Ok(shape(forms[form].members[0])?.without(&given));
    let (pairs, more) = pairs::listed(prints, own)?;
    Ok(Alike {
        forms,
        pairs,
        more,
        is_sampled,
    })
}
