//! Every value multiplied by one number: a mean instead of a sum, a scale left out or applied twice.
//!
//! Lengths of dimensions and their square roots are tried by name first, then any constant common to all cases.

use super::Cause;
use super::arithmetic::{round, scale};
use super::explanation::Explanation;
use super::pair::{Element, Pair, Trial};
use super::picture;
use super::shown::{Shown, best};
use crate::array::{Dtype, shortest};

pub(super) struct Scaled;

/// What the expected output was multiplied by.
#[derive(Clone, Debug, PartialEq)]
enum Factor {
    Length(String, Form),
    Constant(f64),
}

/// How the factor depends on the length of a dimension.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Times,
    Over,
    TimesRoot,
    OverRoot,
}

impl Cause for Scaled {
    fn id(&self) -> &'static str {
        "scaled"
    }

    fn needs_numbers(&self) -> bool {
        true
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let first = shown.wrong_pairs().next()?;
        let (proof, factor) = best(factors(first), |factor| {
            let needed = match factor {
                Factor::Length(..) => 2,
                Factor::Constant(_) => 3,
            };
            shown.prove(needed, &|pair| trial(pair, factor))
        })?;
        let picture = shown.example(&proof).and_then(picture::beside);
        let (what, text) = words(&factor);
        Some(shown.tell(self.id(), proof, what, text, picture))
    }
}

/// Lists candidates for the factor, from the element that determines it most precisely.
fn factors(pair: &Pair<'_>) -> Vec<Factor> {
    let mut factors = Vec::new();
    let forms = [Form::Over, Form::Times, Form::OverRoot, Form::TimesRoot];
    for form in forms {
        let names = pair.dims.iter().filter(|(_, length)| *length > 1);
        factors.extend(names.map(|(name, _)| Factor::Length(name.clone(), form)));
    }
    let tells = pair.differing.iter().take(32).find(|index| {
        let (expected, got) = (
            pair.value(pair.expected[**index]),
            pair.value(pair.got()[**index]),
        );
        expected != 0.0 && got != 0.0 && expected.is_finite() && got.is_finite()
    });
    if let Some(index) = tells {
        let ratio = pair.value(pair.got()[*index]) / pair.value(pair.expected[*index]);
        // As a program would write it: a short number, in f64 or rounded to f32; one over an integer; the ratio
        // itself.
        let short: f64 = format!("{ratio:.3e}").parse().unwrap_or(ratio);
        let whole = 1.0 / (1.0 / ratio).round();
        for constant in [
            short,
            f64::from(short as f32),
            whole,
            f64::from(ratio as f32),
            ratio,
        ] {
            let is_new = !factors.contains(&Factor::Constant(constant));
            // −1 is another cause, and 1 changes nothing.
            if is_new && constant.is_finite() && constant != 0.0 && constant.abs() != 1.0 {
                factors.push(Factor::Constant(constant));
            }
        }
    }
    factors
}

fn trial<'t>(pair: &'t Pair<'_>, factor: &Factor) -> Option<Trial<'t>> {
    let dtype = pair.dtype;
    let length = |name: &str| {
        let found = pair.dims.iter().find(|(known, _)| known == name)?;
        Some(found.1 as f64)
    };
    // Division and multiplication by the inverse round differently; programs divide by a length.
    let divided = |divisor: f64| -> Element<'t> {
        Box::new(move |values, index| {
            if dtype.is_float() {
                return round(dtype, dtype.to_f64(values[index]) / divisor);
            }
            scale(dtype, values[index], 1.0 / divisor)
        })
    };
    let multiplied = |number: f64| -> Element<'t> {
        Box::new(move |values, index| scale(dtype, values[index], number))
    };
    Some(Trial::Make(match factor {
        Factor::Constant(constant) => multiplied(*constant),
        Factor::Length(name, Form::Times) => multiplied(length(name)?),
        Factor::Length(name, Form::TimesRoot) => multiplied(length(name)?.sqrt()),
        Factor::Length(name, Form::Over) => divided(length(name)?),
        Factor::Length(name, Form::OverRoot) => divided(length(name)?.sqrt()),
    }))
}

fn words(factor: &Factor) -> (String, String) {
    match factor {
        Factor::Length(name, Form::Over) => (
            format!("the correct output divided by a number equal to `{name}`"),
            format!(
                "In each case, every value is the expected one divided by what `{name}` is there. Look for a mean \
                 instead of a sum, or for one division too many."
            ),
        ),
        Factor::Length(name, Form::Times) => (
            format!("the correct output times a number equal to `{name}`"),
            format!(
                "In each case, every value is the expected one times what `{name}` is there. Look for a sum instead of a \
                 mean, or for something that is added `{name}` times."
            ),
        ),
        Factor::Length(name, Form::OverRoot) => (
            format!("the correct output divided by √`{name}`"),
            format!("The division by √`{name}` was applied one time too many."),
        ),
        Factor::Length(name, Form::TimesRoot) => (
            format!("the correct output times √`{name}`"),
            format!("A division by √`{name}` is missing."),
        ),
        Factor::Constant(constant) => {
            let narrow = *constant as f32;
            let shown = match f64::from(narrow) == *constant {
                true => shortest(Dtype::F32, narrow.to_bits().into()),
                false => shortest(Dtype::F64, constant.to_bits()),
            };
            let shown = shown.strip_suffix(".0").unwrap_or(&shown).to_owned();
            (
                format!("the correct output times {shown}"),
                "Every value is the expected one times the same number. The layout is right. Look for a factor that is \
                 missing, applied twice, or inverted."
                    .to_owned(),
            )
        }
    }
}
