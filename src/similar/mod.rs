//! Which answers to one kata look alike: winnowed fingerprints over tokens, for the teacher's class page.
//!
//! After Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting" (2003). Names,
//! numbers and strings are normalized, comments and formatting are not tokens, code from the starter is not counted,
//! and code that very many answers share counts as a common idiom. The result is a reason to look, never a verdict:
//! nothing here knows who wrote an answer, and nothing that gives points calls it.

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

/// The similar answers among some answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alike {
    /// The distinct forms of the answers, in order of first occurrence.
    pub forms: Vec<Form>,
    /// Similar pairs of forms, the most similar first.
    pub pairs: Vec<Pair>,
    /// The number of similar pairs that are not listed.
    pub more: usize,
    /// Whether only a sample of each answer was compared, because there was too much.
    pub is_sampled: bool,
}

/// Answers that are equal except for names, numbers, strings, comments and formatting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Their indices among the answers.
    pub members: Vec<usize>,
    /// The number of tokens that are not from the starter.
    pub own: usize,
}

/// Finds the similar ones among `count` answers to one kata. Each answer is read when needed: none is kept in memory,
/// and of all fingerprints at most `MOST_PRINTS`.
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
