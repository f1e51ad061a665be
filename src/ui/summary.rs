//! One line for each kata, after all of them were judged.

use colored::Colorize;

use super::meaning::clause;
use super::result::to_do;
use super::{Ui, plural, table};
use crate::verdict::{Judged, KataResult};

impl Ui {
    /// Shows one line for each kata: the result of its answer, or that there is none.
    pub fn summary(&mut self, results: &[(String, Option<KataResult>)]) {
        let rows: Vec<Vec<String>> = results
            .iter()
            .map(|(id, result)| {
                let (word, detail) = match result {
                    None => ("no answer".dimmed(), String::new()),
                    Some(result) if result.passed() => ("passed".green(), String::new()),
                    Some(result) => ("not yet".yellow(), standing(result)),
                };
                vec![word.to_string(), id.bold().to_string(), detail]
            })
            .collect();
        let passed = results
            .iter()
            .filter(|(_, result)| result.as_ref().is_some_and(KataResult::passed));
        let passed = passed.count();
        self.print(&table::render(&rows, &[], 2));
        self.blank();
        self.print(&format!(
            "{passed} of {} passed.",
            plural(results.len(), "kata")
        ));
    }
}

/// How far an answer came, as a short clause.
fn standing(result: &KataResult) -> String {
    match &result.judged {
        Judged::Refused(_) => "does not compile, or is not an answer to this kata".to_owned(),
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
