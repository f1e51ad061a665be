//! A learner's report that an explanation was wrong, for the author of the course: what katas printed, and the answer.
//!
//! It is a file that the learner sends, or not; katas sends nothing.

use super::escape::{fence, inline};
use crate::printable;
use crate::record::KataRecord;

/// The text of the report; `answer` is the answer's text, `language` the name of its language for a code block, and
/// `says` what the learner wrote about the mistake.
#[must_use]
pub fn explanation(
    record: &KataRecord,
    language: &str,
    answer: &str,
    says: Option<&str>,
) -> String {
    let causes = record
        .causes
        .iter()
        .map(|cause| format!("- {} `{}`: {}\n", cause.kind, cause.id, inline(&cause.lead)));
    let causes: String = causes.collect();
    let causes = match causes.is_empty() {
        true => "- nothing\n".to_owned(),
        false => causes,
    };
    let says = says.map_or_else(
        || "(Write here what the answer does, and what it should do.)".to_owned(),
        inline,
    );
    format!(
        "# {}: is this explanation wrong?\n\n\
         katas {}\n\n\
         ## The mistake\n\n{says}\n\n\
         ## What katas recognized\n\n{causes}\n\
         ## What katas printed\n\n{}\n\
         ## The answer\n\n{}",
        inline(&record.kata),
        env!("CARGO_PKG_VERSION"),
        fence("text", &printable::lines(&record.screen)),
        fence(language, answer),
    )
}
