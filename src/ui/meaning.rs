//! The sentences of a result: why an answer is wrong, what a failure means, what is missing from a right one.

use super::fit::{ALL, cut};
use super::{explain, failure, plural, words};
use crate::diagnose::Explanation;
use crate::spec::{CaseKind, Spec};
use crate::verdict::{
    CaseResult, CaseVerdict, Difference, KataResult, MOST_MESSAGES, Mismatch, NotRun, Ran, Unmet,
};

/// The text part of a result.
pub(super) enum Words<'a> {
    /// Why the answer is wrong.
    Explanations(&'a [Explanation]),
    /// Anything else.
    Text(String),
}

/// Draws in at most this many lines.
type Draw<'a> = Box<dyn Fn(usize) -> Vec<String> + 'a>;

impl<'a> Words<'a> {
    /// The number of lines of the text alone, and how to draw it with its pictures.
    pub(super) fn drawn(self, columns: usize) -> (usize, Draw<'a>) {
        match self {
            Words::Explanations(told) => (
                explain::words_of(told, columns),
                Box::new(move |most| explain::explain(told, columns, most)),
            ),
            Words::Text(text) => {
                let wrapped = words::wrap(&text, columns, 0);
                let draw = move |most: usize| cut(&wrapped, most, columns);
                (ALL, Box::new(draw))
            }
        }
    }
}

/// The text for a result: why the answer is wrong, what its failure means, or what is missing from a right answer.
pub(super) fn meaning<'a>(
    result: &KataResult,
    ran: &'a Ran,
    first: Option<&CaseResult>,
    spec: &Spec,
) -> Words<'a> {
    let told = ran.explanations.as_slice();
    let Some(case) = first else {
        return Words::Text(match result.passed() {
            true => warning(ran),
            false => ran.unmet.first().map_or(String::new(), unmet),
        });
    };
    match &case.verdict {
        CaseVerdict::Different(_) if told.is_empty() && !case.is_shown() => {
            let is_narrowed = case.kind == CaseKind::Hidden && spec.is_narrowed();
            Words::Text(match is_narrowed {
                true => words::NARROWED.to_owned(),
                false => String::new(),
            })
        }
        CaseVerdict::Different(Mismatch {
            how: Difference::Count { expected, .. },
            ..
        }) if told.is_empty() => Words::Text(format!(
            "The kata returns {}, which is {} in this case. Print the length of each intermediate result \
             to see where it changes.",
            spec.returns,
            plural(*expected, "value")
        )),
        CaseVerdict::Failed(failure) if told.is_empty() => {
            let is_cut_off = |case: &CaseResult| {
                matches!(case.verdict, CaseVerdict::NotRun(NotRun::OutOfTimeBefore))
            };
            let rest = match ran.cases.iter().any(is_cut_off) {
                true => " The cases after this one were not run.",
                false => "",
            };
            Words::Text(format!("{}{rest}", failure::meaning(failure)))
        }
        _ => Words::Explanations(told),
    }
}

fn unmet(unmet: &Unmet) -> String {
    let why = match unmet {
        Unmet::NeverCalled(names) => {
            let call = match names.as_slice() {
                [_] => "that call",
                _ => "those calls",
            };
            format!("This kata is about {call}, so the right numbers alone are not enough.")
        }
        Unmet::Called(_) => {
            "This kata asks you to get the same numbers without that call.".to_owned()
        }
        Unmet::Drew { most, .. } => {
            let how = match most {
                0 => "without drawing any",
                _ => "by drawing fewer",
            };
            format!(
                "Creating a layer with `Rngs` draws its initial values. This kata asks you to get the same numbers {how}."
            )
        }
    };
    format!("The numbers are right, but {}.\n\n{why}", clause(unmet))
}

/// The function whose result is called: `nnx.merge` for `nnx.merge.__call__`. The `__call__` of a class is that of
/// its instances.
fn maker(name: &str) -> Option<&str> {
    let maker = name.strip_suffix(".__call__")?;
    let last = maker.rsplit('.').next()?;
    last.starts_with(char::is_lowercase).then_some(maker)
}

/// Describes what is called.
fn thing(name: &str) -> String {
    match maker(name) {
        Some(maker) => format!("the model that {maker} returned"),
        None => name.to_owned(),
    }
}

/// An unmet requirement, as a clause.
#[must_use]
pub fn clause(unmet: &Unmet) -> String {
    let were = |names: &[String]| match names {
        [_] => "was",
        _ => "were",
    };
    match unmet {
        Unmet::NeverCalled(names) => {
            // If the object was never made, it is clear that it was never called.
            let made = |name: &&String| !names.iter().any(|other| maker(name) == Some(&**other));
            let names: Vec<_> = names.iter().filter(made).map(|name| thing(name)).collect();
            format!("{} {} never called", names.join(" and "), were(&names))
        }
        Unmet::Called(names) => {
            format!(
                "{} {} called, which this kata forbids",
                names.join(" and "),
                were(names)
            )
        }
        Unmet::Drew { values, most: 0 } => {
            format!("{values} initial values were drawn where none are allowed")
        }
        Unmet::Drew { values, most } => {
            format!(
                "{values} initial values were drawn in one case where at most {most} are allowed"
            )
        }
    }
}

fn warning(ran: &Ran) -> String {
    let Some(warning) = ran.warnings.first() else {
        return String::new();
    };
    let more = match ran.warnings.len() - 1 {
        0 => String::new(),
        // No more than this many warnings are kept.
        count if count + 1 == MOST_MESSAGES => format!(" (and at least {count} more)"),
        count => format!(" (and {count} more)"),
    };
    format!(
        "The compiler warns about line {}: {}{more}",
        warning.line, warning.text
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::CompilerMessage;

    #[test]
    fn more_warnings_than_are_kept_are_not_counted() {
        let warning = CompilerMessage {
            text: "unused".to_owned(),
            code: String::new(),
            line: 3,
            column: 1,
            rendered: String::new(),
        };
        for (count, said) in [
            (1, "unused"),
            (3, "(and 2 more)"),
            (50, "(and at least 49 more)"),
        ] {
            let ran = Ran {
                only: None,
                cases: Vec::new(),
                unmet: Vec::new(),
                explanations: Vec::new(),
                warnings: vec![warning.clone(); count],
            };
            let text = super::warning(&ran);
            assert!(text.ends_with(said), "{text}");
        }
    }

    #[test]
    fn draws_are_explained_without_mentioning_files() {
        for (most, said) in [
            (0, "the same numbers without drawing any."),
            (3, "the same numbers by drawing fewer."),
        ] {
            let text = unmet(&Unmet::Drew { values: 12, most });
            assert!(text.ends_with(said), "{text}");
            assert!(!text.contains("file"), "{text}");
        }
    }
}
