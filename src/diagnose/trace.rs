//! Where each element of an output comes from: inputs whose elements are all different show it.
//!
//! In a *view* of a case, the float inputs are replaced: some arrays are *tagged*, that is, filled with numbers that are
//! all different, one array may be *one-hot*, which is one in one place and zero elsewhere, and the rest is zero. If a
//! function only moves elements, an output is made of tags; if it multiplies a matrix by a vector, the one-hot vector
//! makes it so. `author seal` finds the views for which this is true of the solution, and records them.

use super::source::{Source, tags};
use crate::array::{Array, Dtype, Value, parse_bits};
use crate::spec::{Param, Spec};

/// The maximum number of tagged elements: their tags are exact in f32, and a screen or a lock has room for no more.
const MOST: usize = 4096;

/// The relative error that a sum of floats in an unknown order may have.
const ROUNDING: f64 = 1e-5;

/// How the float inputs of a case are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The tagged array; all float arrays if `None`.
    pub tagged: Option<String>,
    /// The one-hot array.
    pub one_hot: Option<String>,
}

/// The sources of every element of the output; with a one-hot array, one row for each place of its one.
pub type Rows = Vec<Vec<Source>>;

/// A case with its views, and what the outputs of two functions are made of.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The index of the case in the evidence.
    pub case: usize,
    /// Each view with the sources in the right outputs and in the answer's.
    pub views: Vec<(View, Rows, Rows)>,
}

impl View {
    /// The inputs of the view: one list, or one for each place of the one in the one-hot array. `None` if an array is
    /// missing, or there are too many elements to tag.
    #[must_use]
    pub fn inputs(&self, spec: &Spec, given: &[Value]) -> Option<Vec<Vec<Value>>> {
        let count = self.count(spec, given)?;
        let places = match &self.one_hot {
            None => 1,
            Some(name) => array(spec, given, name)?.len(),
        };
        let all = tags(count);
        let list = |place: usize| {
            let mut tags = all.iter().copied();
            let values = spec.params.iter().zip(given);
            let values = values.map(|(param, value)| {
                let Some(array) = as_floats(value) else {
                    return Some(value.clone());
                };
                let numbers: Vec<f64> = if self.one_hot.as_deref() == Some(&*param.name) {
                    (0..array.len())
                        .map(|at| f64::from(u8::from(at == place)))
                        .collect()
                } else if self.tags(param) {
                    tags.by_ref().take(array.len()).collect()
                } else {
                    vec![0.0; array.len()]
                };
                floats(array, &numbers).map(Value::Array)
            });
            values.collect::<Option<Vec<Value>>>()
        };
        (0..places).map(list).collect()
    }

    /// The sources of the elements of an output; `None` if it is no array of floats.
    #[must_use]
    pub fn sources(&self, spec: &Spec, given: &[Value], output: &Value) -> Option<Vec<Source>> {
        let tags = tags(self.count(spec, given)?);
        let output = as_floats(output)?;
        let values = output.iter().map(|bits| output.dtype().to_f64(bits));
        Some(values.map(|value| Source::of(value, &tags)).collect())
    }

    /// The parameter and the index of the tagged element with this number.
    #[must_use]
    pub fn element<'s>(
        &self,
        spec: &'s Spec,
        given: &[Value],
        element: usize,
    ) -> Option<(&'s Param, usize)> {
        let mut start = 0;
        for (param, value) in spec.params.iter().zip(given) {
            let length = as_floats(value)
                .filter(|_| self.tags(param))
                .map_or(0, Array::len);
            if element < start + length {
                return Some((param, element - start));
            }
            start += length;
        }
        None
    }

    fn tags(&self, param: &Param) -> bool {
        match &self.tagged {
            None => true,
            Some(name) => *name == param.name,
        }
    }

    fn count(&self, spec: &Spec, given: &[Value]) -> Option<usize> {
        let tagged = spec.params.iter().zip(given);
        let tagged = tagged.filter(|(param, _)| self.tags(param));
        let count = tagged
            .filter_map(|(_, value)| as_floats(value))
            .map(Array::len)
            .sum();
        (1..=MOST).contains(&count).then_some(count)
    }
}

/// Whether the sources in all views of a case give this output.
#[must_use]
pub fn gives<'v>(
    spec: &Spec,
    given: &[Value],
    views: impl IntoIterator<Item = (&'v View, &'v Rows)>,
    output: &[f64],
) -> bool {
    let Some(made) = made(spec, given, views) else {
        return false;
    };
    let is_close = |((sum, size), got): (&(f64, f64), &f64)| (sum - got).abs() <= size * ROUNDING;
    made.len() == output.len() && made.iter().zip(output).all(is_close)
}

/// The output of a case according to the sources of each view; `None` if the source of an element is not known.
///
/// It is the sum of what each view contributes: a one-hot array contributes each of its elements times that element's
/// row. The second value of each pair is the sum of the absolute values, which bounds the rounding error.
fn made<'v>(
    spec: &Spec,
    given: &[Value],
    views: impl IntoIterator<Item = (&'v View, &'v Rows)>,
) -> Option<Vec<(f64, f64)>> {
    let mut sums: Option<Vec<(f64, f64)>> = None;
    for (view, rows) in views {
        let factors = match &view.one_hot {
            None => vec![1.0],
            Some(name) => numbers(array(spec, given, name)?),
        };
        if factors.len() != rows.len() {
            return None;
        }
        for (factor, row) in factors.iter().zip(rows) {
            let sums = sums.get_or_insert_with(|| vec![(0.0, 0.0); row.len()]);
            if sums.len() != row.len() {
                return None;
            }
            for (sum, source) in sums.iter_mut().zip(row) {
                let value = value(view, spec, given, *source)?;
                sum.0 += factor * value;
                sum.1 += (factor * value).abs();
            }
        }
    }
    sums
}

fn value(view: &View, spec: &Spec, given: &[Value], source: Source) -> Option<f64> {
    let scale = match source {
        Source::Nothing => return Some(0.0),
        Source::Unknown => return None,
        Source::Element(_) => 1.0,
        Source::Negated(_) => -1.0,
        Source::Doubled(_) => 2.0,
    };
    let (param, index) = view.element(spec, given, source.element()?)?;
    let array = array(spec, given, &param.name)?;
    Some(scale * array.dtype().to_f64(array.bits(index)))
}

fn array<'v>(spec: &Spec, given: &'v [Value], name: &str) -> Option<&'v Array> {
    let mut params = spec.params.iter().zip(given);
    as_floats(params.find(|(param, _)| param.name == name)?.1)
}

fn as_floats(value: &Value) -> Option<&Array> {
    match value {
        Value::Array(array) if array.dtype() == Dtype::F32 || array.dtype() == Dtype::F64 => {
            Some(array)
        }
        _ => None,
    }
}

fn numbers(array: &Array) -> Vec<f64> {
    array
        .iter()
        .map(|bits| array.dtype().to_f64(bits))
        .collect()
}

fn floats(like: &Array, numbers: &[f64]) -> Option<Array> {
    let bits = numbers
        .iter()
        .map(|number| parse_bits(like.dtype(), &number.to_string()).ok());
    let bits = bits.collect::<Option<Vec<u64>>>()?;
    Array::from_bits(like.dtype(), like.shape().to_vec(), &bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: &str = "x: \"f32[n]\", kernel: \"f32[m * n]\", bias: \"f32[m]\", m: usize";
    const GIVEN: &str = "x: [3, -2], kernel: [1, 2, 3, 4], bias: [10, 20], m: 2";

    fn spec() -> Spec {
        let text = format!(
            "format: 1\ntitle: t\ndifficulty: easy\npoints: 1\nfunction: f\nparams: {{{PARAMS}}}\nreturns: \"f32[m]\"\n\
             cases:\n- {{name: c, given: {{{GIVEN}}}, expect: [9, 21]}}\n"
        );
        crate::spec::parse("kata.yaml", &text, &|_| {
            Err(std::io::ErrorKind::NotFound.into())
        })
        .unwrap_or_else(|faults| panic!("{faults}"))
    }

    fn view(tagged: Option<&str>, one_hot: Option<&str>) -> View {
        View {
            tagged: tagged.map(str::to_owned),
            one_hot: one_hot.map(str::to_owned),
        }
    }

    fn numbers_of(value: &Value) -> Vec<f64> {
        as_floats(value).map(numbers).unwrap_or_default()
    }

    /// kernel · x + bias, with the kernel transposed if asked.
    fn linear(given: &[Value], transposed: bool) -> Value {
        let [x, kernel, bias] = [0, 1, 2].map(|at| numbers_of(&given[at]));
        let at = |row: usize, column: usize| match transposed {
            false => kernel[row * 2 + column],
            true => kernel[column * 2 + row],
        };
        let output = [0, 1].map(|row| at(row, 0) * x[0] + at(row, 1) * x[1] + bias[row]);
        let like = as_floats(&given[2]).expect("floats");
        Value::Array(floats(like, &output).expect("two numbers"))
    }

    /// The sources in all outputs of a view.
    fn rows(view: &View, transposed: bool) -> Rows {
        let spec = spec();
        let given = &spec.cases[0].given;
        let inputs = view.inputs(&spec, given).expect("few elements");
        let sources = |inputs: &Vec<Value>| {
            let output = linear(inputs, transposed);
            view.sources(&spec, given, &output).expect("floats")
        };
        inputs.iter().map(sources).collect()
    }

    #[test]
    fn a_one_hot_input_shows_which_weight_multiplies_it() {
        let kernel = view(Some("kernel"), Some("x"));
        let bias = view(Some("bias"), None);
        use Source::Element;
        let right = vec![vec![Element(0), Element(2)], vec![Element(1), Element(3)]];
        assert_eq!(rows(&kernel, false), right);
        let wrong = vec![vec![Element(0), Element(1)], vec![Element(2), Element(3)]];
        assert_eq!(rows(&kernel, true), wrong);
        assert_eq!(rows(&bias, false), [[Element(0), Element(1)]]);

        // 1·3 + 2·-2 + 10 = 9 and 3·3 + 4·-2 + 20 = 21; transposed, 1·3 + 3·-2 + 10 = 7 and 2·3 + 4·-2 + 20 = 18.
        let spec = spec();
        let given = &spec.cases[0].given;
        let bias_rows = rows(&bias, false);
        let is_given_by = |kernel_rows: &Rows, output: &[f64]| {
            gives(
                &spec,
                given,
                [(&kernel, kernel_rows), (&bias, &bias_rows)],
                output,
            )
        };
        assert!(is_given_by(&right, &[9.0, 21.0]));
        assert!(is_given_by(&wrong, &[7.0, 18.0]));
        assert!(!is_given_by(&wrong, &[9.0, 21.0]));
        assert!(!is_given_by(&right, &[9.0]));
        assert!(!gives(&spec, given, [(&kernel, &right)], &[9.0, 21.0]));
        let (param, index) = kernel.element(&spec, given, 3).expect("the last weight");
        assert_eq!((param.name.as_str(), index), ("kernel", 3));
        assert_eq!(view(None, None).element(&spec, given, 8), None);
    }

    #[test]
    fn a_sum_of_elements_has_no_source() {
        assert_eq!(
            rows(&view(None, None), false),
            [[Source::Unknown, Source::Unknown]]
        );
        let none = view(Some("missing"), None);
        assert_eq!(none.inputs(&spec(), &spec().cases[0].given), None);
    }
}
