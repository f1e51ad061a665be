//! The screens for authors: the matrix, the cases, the mutants that no case catches, and what must be changed.

use super::table::{self, Align};
use super::{Ui, words};
use crate::author::{Cell, Matrix, Mutants, Report};
use crate::seal::{Finding, Freedom};
use crate::spec::{CaseKind, Spec};

impl Ui {
    /// Shows the result of checking a kata.
    pub fn author_report(&mut self, spec: &Spec, report: &Report, freedoms: &[(String, Freedom)]) {
        self.matrix(&report.matrix);
        self.cases(&report.matrix, freedoms);
        let has_hidden = spec.cases.iter().any(|case| case.kind == CaseKind::Hidden);
        if has_hidden && spec.is_narrowed() {
            self.say(2, words::NARROWED);
        }
        if let Some(reason) = &spec.narrow {
            self.say(2, &format!("narrow: {reason}"));
        }
        if !report.ordered.is_empty() {
            let verb = if report.ordered.len() == 1 {
                "depends"
            } else {
                "depend"
            };
            let cases = numbers(&report.ordered);
            self.say(2, &format!("{cases} {verb} on the order of summation: a correct answer that adds in a different order fails there."));
        }
        if !report.compiled.is_empty() {
            let verb = if report.compiled.len() == 1 {
                "gives"
            } else {
                "give"
            };
            let cases = numbers(&report.compiled);
            self.say(2, &format!("{cases} {verb} different bits when the whole solution is compiled (`jax.jit`): an answer that is compiled as a whole fails there, and its explanation says why."));
        }
        let alike = report.matrix.alike();
        if !alike.is_empty() {
            self.say(2, "No shown case tells these pitfalls apart, so an explanation can only say that an answer looks like them:");
            for ids in alike {
                self.say(4, &ids.join(", "));
            }
        }
        if !report.spare.is_empty() {
            let rest = match report.spare.len() {
                1 => {
                    "catches nothing that other cases of its kind miss: keep it for what it teaches, or remove it"
                }
                _ => {
                    "catch nothing that other cases of their kind miss: keep them for what they teach, or remove them"
                }
            };
            self.say(2, &format!("{} {rest}.", numbers(&report.spare)));
        }
        if let Some(mutants) = &report.mutants {
            self.mutants(mutants);
        }
    }

    /// Shows what must be changed.
    pub fn author_findings(&mut self, findings: &[Finding]) {
        for Finding { what, instead } in findings {
            self.say(2, &format!("problem: {what}"));
            self.say(6, &format!("fix: {instead}"));
        }
    }

    /// Returns which cases catch a mistake, from 0; there is at least one.
    pub fn caught_by(&mut self, cases: &[usize]) {
        let verb = if cases.len() == 1 { "catches" } else { "catch" };
        self.say(0, &format!("{} {verb} it.", numbers(cases)));
    }

    fn matrix(&mut self, matrix: &Matrix) {
        if matrix.rows.is_empty() {
            return;
        }
        let several = matrix
            .rows
            .iter()
            .any(|row| row.track != matrix.rows[0].track);
        let numbers = (1..=matrix.cases.len()).map(|number| number.to_string());
        let mut rows = vec![
            std::iter::once(String::new())
                .chain(numbers)
                .collect::<Vec<_>>(),
        ];
        for row in &matrix.rows {
            let name = match several {
                true => format!("{} ({})", row.id, row.track),
                false => row.id.clone(),
            };
            let cells = row.cells.iter().map(|cell| match cell {
                Cell::Missed => "·".to_owned(),
                Cell::Differs => "x".to_owned(),
                Cell::Stopped => "!".to_owned(),
            });
            rows.push(std::iter::once(name).chain(cells).collect());
        }
        let mut align = vec![Align::Right; matrix.cases.len() + 1];
        align[0] = Align::Left;
        self.print(&table::render(&rows, &align, 2));
        self.say(2, "x wrong output, ! no output, · not caught");
        self.blank();
    }

    fn cases(&mut self, matrix: &Matrix, freedoms: &[(String, Freedom)]) {
        for (place, (name, kind)) in matrix.cases.iter().enumerate() {
            let kind = match kind {
                CaseKind::Shown => String::new(),
                kind => format!(" ({})", kind.name()),
            };
            let freedom = freedoms.iter().find(|(known, _)| known == name);
            let freedom = freedom.map_or_else(String::new, |(_, freedom)| {
                let wide = if freedom.is_wide() { ", wide" } else { "" };
                format!(
                    ": {}, {} distinct, {} of freedom{wide}",
                    words::plural(freedom.values, "value"),
                    freedom.different,
                    words::plural(freedom.bits.round() as usize, "bit")
                )
            });
            self.say(2, &format!("{} {name}{kind}{freedom}", place + 1));
        }
    }

    fn mutants(&mut self, mutants: &Mutants) {
        let ran = words::plural(mutants.ran, "mutant");
        let count = mutants.survivors.len();
        if count == 0 {
            let caught = match mutants.ran {
                // Not every language has mutants.
                0 => "There are no mutants of the solution.".to_owned(),
                _ => format!("{ran} of the solution; each is caught by a case."),
            };
            self.say(2, &caught);
            return;
        }
        let are = if count == 1 { "is" } else { "are" };
        self.say(2, &format!("{ran} of the solution; {count} of them {are} caught by no case. Write a case for each, unless the mutant changes nothing:"));
        for (file, mutant) in &mutants.survivors {
            self.blank();
            self.say(4, &format!("{file}:{}: {}", mutant.line, mutant.what));
            for line in mutant.diff.lines() {
                self.print(&format!("      {line}"));
            }
        }
        self.blank();
    }
}

/// Cases by number, at the start of a sentence: "Case 1", "Cases 1, 4 and 5".
fn numbers(places: &[usize]) -> String {
    let numbers: Vec<_> = places.iter().map(|place| (place + 1).to_string()).collect();
    match numbers.split_last() {
        Some((only, [])) => format!("Case {only}"),
        Some((last, rest)) => format!("Cases {} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
