//! The matrix of a kata: which case catches which pitfall.

use crate::seal::canonical::{Outcome, canonical};
use crate::seal::{Fingerprint, Recorded};
use crate::spec::{Case, CaseKind, Spec};

/// The effect of a mistake on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// None: the output is right.
    Missed,
    /// The output differs.
    Differs,
    /// There is no output.
    Stopped,
}

/// A mistake and its effect on each case.
#[derive(Clone, Debug)]
pub struct Row {
    /// The pitfall's id.
    pub id: String,
    /// Its language.
    pub track: &'static str,
    /// One for each case.
    pub cells: Vec<Cell>,
    /// Its outcome on each case, in canonical form.
    pub forms: Vec<Vec<u8>>,
}

/// Pitfalls by cases.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The cases, by name.
    pub cases: Vec<(String, CaseKind)>,
    /// The pitfalls.
    pub rows: Vec<Row>,
}

impl Row {
    /// Creates the row of a mistake from its outcomes.
    #[must_use]
    pub fn new(
        spec: &Spec,
        cases: &[&Case],
        id: &str,
        track: &'static str,
        outcomes: &[Outcome],
        right: &[bool],
    ) -> Self {
        let cell = |(outcome, right): (&Outcome, &bool)| match (outcome, right) {
            (_, true) => Cell::Missed,
            (Ok(_), false) => Cell::Differs,
            (Err(_), false) => Cell::Stopped,
        };
        let form =
            |(case, outcome): (&&Case, &Outcome)| canonical(spec, case.kind, outcome.as_ref());
        Self {
            id: id.to_owned(),
            track,
            cells: outcomes.iter().zip(right).map(cell).collect(),
            forms: cases.iter().zip(outcomes).map(form).collect(),
        }
    }

    /// Creates the row of a mistake from its record in a lock, whose fingerprints stand for outputs.
    #[must_use]
    pub fn recorded(recorded: &Recorded, track: &'static str) -> Self {
        let cell = |outcome: &Fingerprint| match outcome {
            Fingerprint::Right => Cell::Missed,
            Fingerprint::Failed(_) => Cell::Stopped,
            Fingerprint::Wrong | Fingerprint::Digest(_) | Fingerprint::Near(_) => Cell::Differs,
        };
        let form = |outcome: &Fingerprint| format!("{outcome:?}").into_bytes();
        Self {
            id: recorded.id.clone(),
            track,
            cells: recorded.cases.iter().map(cell).collect(),
            forms: recorded.cases.iter().map(form).collect(),
        }
    }

    /// Whether it gives a wrong output on some case, which distinguishes it from other failures.
    #[must_use]
    pub fn shows(&self) -> bool {
        self.cells.contains(&Cell::Differs)
    }

    /// The cases that catch it, from 0.
    pub fn caught_by(&self) -> impl Iterator<Item = usize> {
        (0..self.cells.len()).filter(|case| self.cells[*case] != Cell::Missed)
    }
}

impl Matrix {
    /// Describes what is wrong with the pitfalls: no case catches one, two look alike, or no shown or hidden case
    /// catches any.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for row in &self.rows {
            if row.caught_by().next().is_none() {
                faults.push(format!("No case catches the pitfall `{}`.", row.id));
            } else if !row.shows() {
                faults.push(format!(
                    "The pitfall `{}` produces no wrong output on any case, so it cannot be told apart from other \
                     failures.",
                    row.id
                ));
            }
        }
        for (place, row) in self.rows.iter().enumerate() {
            if row.caught_by().next().is_none() {
                continue;
            }
            let alike = self.rows[..place]
                .iter()
                .filter(|other| other.track == row.track);
            for other in alike.filter(|other| other.forms == row.forms) {
                faults.push(format!(
                    "The pitfalls `{}` and `{}` give the same outputs on every case, so they cannot be told apart.",
                    other.id, row.id
                ));
            }
        }
        let is_shown = |kind: CaseKind| kind == CaseKind::Shown;
        for (name, shown) in [("shown", true), ("hidden or sealed", false)] {
            let is_caught = self.rows.iter().any(|row| {
                let mut cases = row.caught_by();
                cases.any(|case| is_shown(self.cases[case].1) == shown)
            });
            if !self.rows.is_empty() && !is_caught {
                faults.push(format!("No pitfall is caught by a {name} case."));
            }
        }
        faults
    }

    /// Groups of pitfalls of a language that give the same outputs on every shown case, and a wrong one on some: of such
    /// an answer, only the group is known, because hidden cases run once the shown ones pass.
    #[must_use]
    pub fn alike(&self) -> Vec<Vec<&str>> {
        let is_shown = |case: &usize| self.cases[*case].1 == CaseKind::Shown;
        let shown: Vec<usize> = (0..self.cases.len()).filter(is_shown).collect();
        let mut groups: Vec<(&Row, Vec<&str>)> = Vec::new();
        for row in &self.rows {
            if !row.caught_by().any(|case| is_shown(&case)) {
                continue;
            }
            let is_same = |other: &Row| {
                let mut cases = shown.iter();
                other.track == row.track && cases.all(|case| other.forms[*case] == row.forms[*case])
            };
            match groups.iter_mut().find(|(first, _)| is_same(first)) {
                Some((_, ids)) => ids.push(&row.id),
                None => groups.push((row, vec![&row.id])),
            }
        }
        let groups = groups.into_iter().map(|(_, ids)| ids);
        groups.filter(|ids| ids.len() > 1).collect()
    }

    /// Cases that could all be removed together: another case of the same kind catches whatever they catch. `more`
    /// lists, for each further mistake, the cases that catch it.
    ///
    /// The cases that catch the least are tried first. A redundant case may still be worth keeping for what it
    /// teaches.
    #[must_use]
    pub fn spare(&self, more: &[Vec<bool>]) -> Vec<usize> {
        let mut caught: Vec<Vec<bool>> = Vec::new();
        for row in &self.rows {
            caught.push(row.cells.iter().map(|cell| *cell != Cell::Missed).collect());
        }
        caught.extend(more.iter().cloned());
        let weight = |case: usize| caught.iter().filter(|caught| caught[case]).count();
        let mut order: Vec<usize> = (0..self.cases.len()).collect();
        order.sort_by_key(|case| (weight(*case), usize::MAX - case));
        let mut spare = Vec::new();
        for case in order {
            let kind = self.cases[case].1;
            let others: Vec<usize> = (0..self.cases.len())
                .filter(|other| {
                    *other != case && self.cases[*other].1 == kind && !spare.contains(other)
                })
                .collect();
            let needed = caught
                .iter()
                .any(|caught| caught[case] && !others.iter().any(|other| caught[*other]));
            if !needed && !others.is_empty() {
                spare.push(case);
            }
        }
        spare.sort_unstable();
        spare
    }

    /// Formats the matrix in Markdown, one line per case.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::from("| case |");
        for row in &self.rows {
            text.push_str(&format!(" {} |", row.id));
        }
        text.push_str("\n|---|");
        text.push_str(&"---|".repeat(self.rows.len()));
        for (place, (name, kind)) in self.cases.iter().enumerate() {
            let name = name.replace('|', "\\|");
            let kind = match kind {
                CaseKind::Shown => String::new(),
                kind => format!(" ({})", kind.name()),
            };
            text.push_str(&format!("\n| {name}{kind} |"));
            for row in &self.rows {
                text.push_str(match row.cells[place] {
                    Cell::Missed => " – |",
                    Cell::Differs => " differs |",
                    Cell::Stopped => " no output |",
                });
            }
        }
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A matrix from rows such as `x.!`; lowercase names are shown cases, uppercase ones hidden.
    fn matrix(cases: &str, rows: &[&str]) -> Matrix {
        let row = |(index, cells): (usize, &&str)| Row {
            id: format!("p{index}"),
            track: "rust",
            cells: cells
                .chars()
                .map(|cell| match cell {
                    '.' => Cell::Missed,
                    '!' => Cell::Stopped,
                    _ => Cell::Differs,
                })
                .collect(),
            forms: cells.chars().map(|cell| vec![cell as u8]).collect(),
        };
        let kind = |name: char| {
            if name.is_uppercase() {
                CaseKind::Hidden
            } else {
                CaseKind::Shown
            }
        };
        Matrix {
            cases: cases
                .chars()
                .map(|name| (name.to_string(), kind(name)))
                .collect(),
            rows: rows.iter().enumerate().map(row).collect(),
        }
    }

    #[test]
    fn indistinguishable_pitfalls_are_faults() {
        assert_eq!(matrix("aB", &["xx", "yx"]).faults(), [""; 0]);
        let faults = matrix("aB", &["..", "..", "x.", "x."]).faults();
        assert_eq!(
            faults,
            [
                "No case catches the pitfall `p0`.",
                "No case catches the pitfall `p1`.",
                "The pitfalls `p2` and `p3` give the same outputs on every case, so they cannot be told apart.",
                "No pitfall is caught by a hidden or sealed case.",
            ]
        );
        assert_eq!(
            matrix("aB", &[".x"]).faults(),
            ["No pitfall is caught by a shown case."]
        );
        assert_eq!(matrix("aB", &[]).faults(), [""; 0]);
        let faults = matrix("aB", &["!!"]).faults();
        assert!(
            faults[0].contains("produces no wrong output on any case"),
            "{faults:?}"
        );
    }

    #[test]
    fn pitfalls_that_only_hidden_cases_tell_apart() {
        let alike = |rows: &[&str]| -> Vec<Vec<String>> {
            let matrix = matrix("abC", rows);
            let groups = matrix.alike().into_iter();
            groups
                .map(|ids| ids.into_iter().map(str::to_owned).collect())
                .collect()
        };
        assert_eq!(alike(&["x.x", "y.x", ".xx"]), Vec::<Vec<String>>::new());
        assert_eq!(
            alike(&["x.x", "..x", "x.y", "..y", "xyz", "xy."]),
            [["p0", "p2"], ["p4", "p5"]]
        );
    }

    #[test]
    fn spare_cases_can_all_go_at_once() {
        // Either of two equal cases could be removed, but not both.
        assert_eq!(matrix("ab", &["xx"]).spare(&[]), [1]);
        assert_eq!(matrix("abc", &["xx.", ".xx"]).spare(&[]), [0, 2]);
        assert_eq!(
            matrix("abc", &["xx.", ".xx"]).spare(&[vec![true, false, false]]),
            [2]
        );
        // A hidden case does not make a shown one redundant.
        assert_eq!(matrix("aB", &["xx"]).spare(&[]), [0; 0]);
    }

    #[test]
    fn the_table_is_markdown() {
        assert_eq!(
            matrix("aB", &["x!", ".x"]).markdown(),
            "| case | p0 | p1 |\n|---|---|---|\n| a | differs | – |\n| B (hidden) | no output | differs |\n"
        );
    }
}
