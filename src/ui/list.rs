//! The list of a course's katas.

use colored::Colorize;

use super::Ui;
use super::table::{self, Align};
use super::words;
use crate::watch::{ListRow, Standing};

impl Ui {
    /// Shows the katas of each chapter with the learner's progress.
    pub fn list(&mut self, course: &str, chapters: &[(String, Vec<ListRow>)]) {
        let rows: Vec<&ListRow> = chapters.iter().flat_map(|(_, rows)| rows).collect();
        let passed = rows
            .iter()
            .filter(|row| row.standing == Standing::Passed)
            .count();
        let all = super::plural(rows.len(), "kata");
        self.say(0, &format!("{}: {passed} of {all} passed", course.bold()));
        let longest = rows.iter().map(|row| row.id.len()).max().unwrap_or(0);
        let room = self.width().saturating_sub(longest + 20);
        // One table, so that the columns of all chapters are aligned.
        let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, room)).collect();
        let table = table::render(&cells, &[Align::Left; 4], 2);
        let mut lines = table.lines();
        for (title, rows) in chapters.iter().filter(|(_, rows)| !rows.is_empty()) {
            self.blank();
            self.print(title);
            for line in lines.by_ref().take(rows.len()) {
                self.print(line);
            }
        }
    }
}

fn cells(row: &ListRow, room: usize) -> Vec<String> {
    let state = match row.standing {
        Standing::Passed => "passed".green().to_string(),
        Standing::Tried => "tried".yellow().to_string(),
        Standing::Untouched => "-".dimmed().to_string(),
    };
    let state = format!("{state}{}", " ".repeat(6 - words::width(&state)));
    let mut cells = vec![state, row.id.bold().to_string(), row.difficulty.clone()];
    // A title of only a few letters is useless.
    if room >= 12 {
        cells.push(words::clip(&row.title, room));
    }
    cells
}
