//! The output is one of the inputs, untouched.

use super::Cause;
use super::explanation::Explanation;
use super::pair::{Element, Trial};
use super::picture;
use super::shown::Shown;

pub(super) struct Copied;

impl Cause for Copied {
    fn id(&self) -> &'static str {
        "input_returned"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let names = shown.spec.params.iter().map(|param| param.name.as_str());
        for name in names {
            // The mistake returns the input, whatever was expected.
            let proof = shown.prove(2, &|pair| {
                let (_, input) = pair.inputs.iter().find(|(known, _)| *known == name)?;
                let says_something = input.iter().any(|bits| !input.dtype().is_zero(bits));
                let fits = says_something
                    && input.dtype() == pair.dtype
                    && input.len() == pair.expected.len();
                let element: Element<'_> = Box::new(|_, index| Some(input.bits(index)));
                fits.then_some(Trial::Make(element))
            });
            if let Some(proof) = proof {
                let picture = shown
                    .example(&proof)
                    .and_then(|pair| picture::lines(pair, Vec::new()));
                return Some(shown.tell(
                    self.id(),
                    proof,
                    format!("the input `{name}`, unchanged"),
                    "Your function returned one of its inputs. Whatever you computed went into another variable: look at the last \
                     line, and at what it returns.",
                    picture,
                ));
            }
        }
        None
    }
}
