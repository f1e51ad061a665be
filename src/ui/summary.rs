//! One line for each kata, after all of them were judged.

use colored::Colorize;

use super::meaning::clause;
use super::result::to_do;
use super::{Ui, plural, table};
use crate::verdict::{Judged, KataResult};

/// The result of one kata among all.
pub enum Summary {
    /// Its answer was judged.
    Judged(Box<KataResult>),
    /// There is no answer.
    NoAnswer,
    /// The kata itself is broken, so its answer was not judged.
    Broken,
}

impl Summary {
    /// Whether its answer passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        matches!(self, Self::Judged(result) if result.passed())
    }
}

impl Ui {
    /// Shows one line for each kata: the result of its answer, or why there is none.
    pub fn summary(&mut self, results: &[(String, Summary)]) {
        let rows: Vec<Vec<String>> = results
            .iter()
            .map(|(id, result)| {
                let (word, detail) = match result {
                    Summary::NoAnswer => ("no answer".dimmed(), String::new()),
                    Summary::Broken => ("not judged".red(), "the kata is broken".to_owned()),
                    Summary::Judged(result) if result.passed() => ("passed".green(), String::new()),
                    Summary::Judged(result) => ("not yet".yellow(), standing(result)),
                };
                vec![word.to_string(), id.bold().to_string(), detail]
            })
            .collect();
        let passed = results.iter().filter(|(_, summary)| summary.passed());
        let passed = passed.count();
        self.print(&table::render(&rows, &[], 2));
        self.blank();
        self.print(&format!(
            "{passed} of {} passed.",
            plural(results.len(), "kata")
        ));
    }
}

/// How many cases an answer passed, as a short clause.
fn standing(result: &KataResult) -> String {
    match &result.judged {
        Judged::Refused(_) => "cannot be run".to_owned(),
        Judged::Ran(ran) if to_do(ran).is_some() => "not written yet".to_owned(),
        Judged::Ran(ran) => match ran.unmet.first() {
            Some(unmet) => clause(unmet),
            None => {
                let (passed, all) = ran.passed_of();
                format!("{passed} of {} passed", plural(all, "case"))
            }
        },
    }
}
