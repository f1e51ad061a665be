//! An input on which the output should depend but does not. `grade` found this by running the program again.

use super::explanation::Explanation;
use super::shown::Shown;
use super::{Cause, Certainty};

pub(super) struct Ignored;

impl Cause for Ignored {
    fn id(&self) -> &'static str {
        "input_ignored"
    }

    fn is_effect(&self) -> bool {
        true
    }

    fn is_asked(&self) -> bool {
        true
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let names: Vec<String> = shown
            .ignored
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let (last, others) = names.split_last()?;
        let (what, it) = match others {
            [] => (format!("an output that did not change with {last}"), "it"),
            _ => (
                format!(
                    "an output that did not change with {} or {last}",
                    others.join(", ")
                ),
                "them",
            ),
        };
        Some(shown.tell(
            self.id(),
            shown.all_wrong(Certainty::ThisIs),
            what,
            format!(
                "Your function was called again with different values for {it}, and always returned the same bits. \
                 Follow {it} from the parameters to the result: which line should use {it}? It may not be the only \
                 mistake."
            ),
            None,
        ))
    }
}
