//! Elements of an input in the wrong places of the output. `grade` traced them by running the program on tagged inputs.

use super::explanation::Explanation;
use super::pair::{Pair, logical_shape};
use super::picture::{Picture, sources};
use super::reading::reading;
use super::shown::{Proof, Shown};
use super::source::Source;
use super::trace::{Rows, Traced, View, gives};
use super::{Cause, Certainty};
use crate::array::{Value, coordinates};
use crate::spec::{Spec, Type};

pub(super) struct Displaced;

impl Cause for Displaced {
    fn id(&self) -> &'static str {
        "displaced"
    }

    fn is_effect(&self) -> bool {
        true
    }

    fn is_asked(&self) -> bool {
        true
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let explained = shown.traced.iter().filter_map(|traced| {
            let mut pairs = shown.wrong_pairs();
            let pair = pairs.find(|pair| pair.case == traced.case)?;
            // An output of zeros has no elements in the wrong places.
            let mut yours = traced
                .views
                .iter()
                .flat_map(|(_, _, yours)| yours)
                .flatten();
            yours.find(|source| source.element().is_some())?;
            let difference = difference(traced)?;
            reproduces(shown.spec, pair, traced).then_some((pair, traced, difference))
        });
        let all: Vec<_> = explained.collect();
        let (pair, traced, (view, first, count)) = all.first()?;
        let certainty = match all.len() == shown.wrong {
            true => Certainty::ThisIs,
            false => Certainty::LooksLike,
        };
        let (view, right, yours) = &traced.views[*view];
        let names = Names {
            spec: shown.spec,
            pair,
            view,
        };
        let array = names.array();
        let array = array.map_or_else(|| "its inputs".to_owned(), |name| format!("`{name}`"));
        let (row, at) = *first;
        let sentence = names.sentence(row, at, right[row][at], yours[row][at]);
        let mut text = format!("In case {}, {sentence}", pair.case + 1);
        match count - 1 {
            0 => {}
            1 => text.push_str(" One more place differs there."),
            more => text.push_str(&format!(" {more} more places differ there.")),
        }
        let mut what = match &view.one_hot {
            Some(one_hot) => {
                format!("an output that multiplies the wrong elements of `{one_hot}` and {array}")
            }
            None => format!("an output that uses elements of {array} in the wrong places"),
        };
        let readings = all
            .iter()
            .map(|(pair, traced, _)| Some((pair.case, Names::reading(shown.spec, pair, traced)?)));
        if let Some(readings) = readings.collect::<Option<Vec<_>>>() {
            let first = &readings[0].1;
            if readings.iter().all(|(_, reading)| reading == first) {
                what = format!("{array} read {first}");
            } else {
                what = format!("{array} read with another shape or order of axes");
                text = readings
                    .iter()
                    .map(|(case, reading)| format!("In case {}, it was read {reading}. ", case + 1))
                    .collect();
            }
            text = format!(
                "{} What are the axes in the file, and which of them comes first in the result?",
                text.trim_end()
            );
        }
        Some(shown.tell(
            self.id(),
            Proof {
                certainty,
                explains: all.iter().map(|(pair, ..)| pair.case).collect(),
            },
            what,
            text,
            names.picture(right, yours, *first),
        ))
    }
}

/// The view with the first difference, the row and the element of this difference, and the number of differences in
/// this view.
fn difference(traced: &Traced) -> Option<(usize, (usize, usize), usize)> {
    traced
        .views
        .iter()
        .enumerate()
        .find_map(|(place, (_, right, yours))| {
            let rows = right.iter().zip(yours).enumerate();
            let mut all = rows.flat_map(|(row, (right, yours))| {
                let elements = right.iter().zip(yours).enumerate();
                let different = elements.filter(|(_, (right, yours))| right != yours);
                different.map(move |(at, _)| (row, at))
            });
            let first = all.next()?;
            Some((place, first, 1 + all.count()))
        })
}

/// Whether the sources in the answer's outputs give what the answer returned for the case.
fn reproduces(spec: &Spec, pair: &Pair<'_>, traced: &Traced) -> bool {
    let views = traced.views.iter().map(|(view, _, yours)| (view, yours));
    let got: Vec<f64> = pair.got().iter().map(|bits| pair.value(*bits)).collect();
    gives(spec, pair.given, views, &got)
}

/// Names of elements.
struct Names<'a> {
    spec: &'a Spec,
    pair: &'a Pair<'a>,
    view: &'a View,
}

impl Names<'_> {
    /// The array that every tagged element belongs to.
    fn array(&self) -> Option<&str> {
        match (&self.view.tagged, self.pair.inputs.as_slice()) {
            (Some(name), _) => Some(name),
            (None, [(name, _)]) => Some(name),
            (None, _) => None,
        }
    }

    /// "with the shape (heads, 3) and its axes in the order (1, 0)", if the output is one array in another order.
    fn reading(spec: &Spec, pair: &Pair<'_>, traced: &Traced) -> Option<String> {
        let ([(view, _, yours)], [_]) = (traced.views.as_slice(), pair.inputs.as_slice()) else {
            return None;
        };
        let ([row], None) = (yours.as_slice(), &view.one_hot) else {
            return None;
        };
        let element = |source: &Source| match source {
            Source::Element(element) => Some(*element),
            _ => None,
        };
        let reading = reading(&row.iter().map(element).collect::<Option<Vec<usize>>>()?)?;
        let sizes: Vec<(&str, usize)> = spec
            .params
            .iter()
            .zip(pair.given)
            .filter_map(|(param, value)| match (&param.ty, value) {
                (Type::Usize, Value::Scalar(scalar)) => {
                    Some((param.name.as_str(), usize::try_from(scalar.bits).ok()?))
                }
                _ => None,
            })
            .collect();
        let name = |length: &usize| {
            let mut known = sizes.iter().filter(|(_, size)| size == length);
            match (known.next(), known.next()) {
                (Some((name, _)), None) => (*name).to_owned(),
                _ => length.to_string(),
            }
        };
        let shape: Vec<String> = reading.shape.iter().map(name).collect();
        let order: Vec<String> = reading.order.iter().map(usize::to_string).collect();
        Some(match order.len() {
            1 => "as it is".to_owned(),
            _ => format!(
                "with the shape ({}) and its axes in the order ({})",
                shape.join(", "),
                order.join(", ")
            ),
        })
    }

    fn sentence(&self, row: usize, at: usize, right: Source, yours: Source) -> String {
        let output = self.output(at);
        let Some(one_hot) = &self.view.one_hot else {
            return match self.view.tagged {
                None => format!(
                    "{output} is {}, and should be {}.",
                    self.source(yours, "0"),
                    self.source(right, "0")
                ),
                Some(_) => format!(
                    "your answer adds {} to {output}, and should add {}.",
                    self.source(yours, "nothing"),
                    self.source(right, "nothing")
                ),
            };
        };
        let factor = self.of_array(one_hot, row);
        let (right, yours) = (self.source(right, ""), self.source(yours, ""));
        match (yours.as_str(), right.as_str()) {
            ("", _) => {
                format!("{output} does not use `{factor}`, and should multiply it by {right}.")
            }
            (_, "") => format!("{output} multiplies `{factor}` by {yours}, and should not use it."),
            _ => format!(
                "{output} multiplies `{factor}` by {yours}, and should multiply it by {right}."
            ),
        }
    }

    /// "output [0, 1]".
    fn output(&self, at: usize) -> String {
        format!("output {}", place(at, &self.pair.shape))
    }

    /// "`kernel[1, 0]`".
    fn source(&self, source: Source, nothing: &str) -> String {
        let element = source.element().map(|element| self.element(element));
        let element = element.unwrap_or_default();
        match source {
            Source::Nothing => nothing.to_owned(),
            Source::Element(_) => format!("`{element}`"),
            Source::Negated(_) => format!("-`{element}`"),
            Source::Doubled(_) => format!("twice `{element}`"),
            Source::Unknown => "something else".to_owned(),
        }
    }

    fn element(&self, element: usize) -> String {
        let found = self.view.element(self.spec, self.pair.given, element);
        found.map_or_else(String::new, |(param, index)| {
            self.of_array(&param.name, index)
        })
    }

    fn of_array(&self, name: &str, index: usize) -> String {
        let mut params = self.spec.params.iter();
        let ty = params
            .find(|param| param.name == name)
            .map(|param| &param.ty);
        let mut inputs = self.pair.inputs.iter();
        let array = inputs
            .find(|(known, _)| *known == name)
            .map(|(_, array)| array);
        let shape = match (ty, array) {
            (Some(ty @ Type::Array { .. }), Some(array)) => {
                logical_shape(ty, self.pair.dims, array.shape()).0
            }
            _ => Vec::new(),
        };
        format!("{name}{}", place(index, &shape))
    }

    /// The sources around the first difference, the right ones beside the answer's.
    fn picture(&self, right: &Rows, yours: &Rows, first: (usize, usize)) -> Option<Picture> {
        let array = self.array().map(str::to_owned);
        let short = |element: usize| {
            let name = self.element(element);
            let index = array.as_ref().and_then(|array| name.strip_prefix(&**array));
            index.map_or(name.clone(), str::to_owned)
        };
        let cell = |source: Source| match source {
            Source::Nothing => "0".to_owned(),
            Source::Unknown => "?".to_owned(),
            Source::Element(element) => short(element),
            Source::Negated(element) => format!("-{}", short(element)),
            Source::Doubled(element) => format!("2 {}", short(element)),
        };
        let shape = self.pair.shape.as_slice();
        let (heads, width, at) = match (&self.view.one_hot, shape) {
            (Some(one_hot), _) => {
                let heads = (0..right.len()).map(|row| self.of_array(one_hot, row));
                (heads.collect(), right.len(), (first.1, first.0))
            }
            (None, &[_, width]) if width > 0 => {
                (Vec::new(), width, (first.1 / width, first.1 % width))
            }
            (None, _) => (Vec::new(), 1, (first.1, 0)),
        };
        let grid = |rows: &Rows| -> Vec<Vec<String>> {
            match self.view.one_hot {
                Some(_) => (0..rows[0].len())
                    .map(|at| rows.iter().map(|row| cell(row[at])).collect())
                    .collect(),
                None => rows[0]
                    .chunks(width)
                    .map(|row| row.iter().map(|source| cell(*source)).collect())
                    .collect(),
            }
        };
        let (right, yours) = (grid(right), grid(yours));
        let label = |row: usize| match (&self.view.one_hot, shape) {
            (None, &[_, _]) => format!("[{row}, …]"),
            _ => place(row, shape),
        };
        let labels = (0..right.len()).map(label).collect();
        Some(sources(array.clone(), labels, heads, right, yours, at))
    }
}

/// "[0, 1]".
fn place(index: usize, shape: &[usize]) -> String {
    let places = coordinates(index, shape).filter(|places| !places.is_empty());
    let places = places.unwrap_or_else(|| vec![index]);
    let places: Vec<String> = places.iter().map(usize::to_string).collect();
    format!("[{}]", places.join(", "))
}
