//! The list of katas as a whole screen, to choose from.

use colored::Colorize;

use super::{Ui, words};
use crate::watch::{List, ListRow, Standing};

/// The columns that a row has besides the name, with the spaces between them: the cursor, the progress, the
/// difficulty, the points, the languages.
const CURSOR: usize = 2;
const STANDING: usize = 8;
const DIFFICULTY: usize = 8;
const POINTS: usize = 5;

/// The rows of the screen that are not for katas: the first line with an empty one, and the keys.
const AROUND: usize = 3;

/// A line of the list.
enum Line<'a> {
    Chapter(&'a str),
    /// A kata, and its place among those that are shown.
    Kata(&'a ListRow, usize),
}

impl Ui {
    /// The rows of the whole screen.
    #[must_use]
    pub fn list_screen(
        &self,
        course: &str,
        list: &mut List,
        (columns, height): (usize, usize),
    ) -> Vec<String> {
        let room = height.saturating_sub(AROUND).max(1);
        list.fit(room);
        let lines = lines(list);
        let cursor = lines
            .iter()
            .position(|line| matches!(line, Line::Kata(_, place) if *place == list.cursor()));
        // The cursor is in the middle, except near the ends.
        let first = cursor.unwrap_or(0).saturating_sub(room / 2);
        let first = first.min(lines.len().saturating_sub(room));
        let names = list.rows().iter().map(|row| row.id.len()).max();
        let names = names.unwrap_or(0).min(columns / 2);
        let mut screen = vec![head(course, list, columns), String::new()];
        for line in lines.iter().skip(first).take(room) {
            screen.push(match line {
                Line::Chapter(title) => words::clip(title, columns).bold().to_string(),
                Line::Kata(kata, place) => row(kata, *place == list.cursor(), names, columns),
            });
        }
        if lines.is_empty() {
            screen.push("No kata matches. Esc shows all of them.".to_owned());
        }
        screen.resize(room + AROUND - 1, String::new());
        let keys = match columns < 60 {
            true => "type to filter  ↑ ↓  Enter  Esc",
            false => "type to filter  ↑ ↓ move  Enter open  Esc leave",
        };
        screen.push(words::clip(keys, columns).dimmed().to_string());
        if !self.colored {
            screen.iter_mut().for_each(|row| *row = words::strip(row));
        }
        screen
    }
}

fn lines(list: &List) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut chapter = None;
    for (place, index) in list.shown().into_iter().enumerate() {
        let row = &list.rows()[index];
        if chapter != Some(&row.chapter) {
            lines.push(Line::Chapter(&row.chapter));
            chapter = Some(&row.chapter);
        }
        lines.push(Line::Kata(row, place));
    }
    lines
}

/// The first line: the course and the progress, or what was typed and how many katas match.
fn head(course: &str, list: &List, columns: usize) -> String {
    let all = words::plural(list.rows().len(), "kata");
    match list.filter() {
        "" => {
            let rows = list.rows().iter();
            let passed = rows.filter(|row| row.standing == Standing::Passed).count();
            words::both_ends(course, &format!("{passed} of {all} passed"), columns)
        }
        filter => {
            let shown = list.shown().len();
            words::both_ends(
                &format!("Filter: {filter}▏"),
                &format!("{shown} of {all}"),
                columns,
            )
        }
    }
}

fn row(kata: &ListRow, is_current: bool, names: usize, columns: usize) -> String {
    let cursor = if is_current { "> " } else { "  " };
    let id = words::clip(&kata.id, names);
    let pad = " ".repeat(names - words::width(&id) + 2);
    let id = match is_current {
        true => id.bold().underline(),
        false => id.normal(),
    };
    let standing = format!("{:<STANDING$}", kata.standing.word());
    let standing = match kata.standing {
        Standing::Passed => standing.green(),
        Standing::Tried => standing.yellow(),
        Standing::Untouched => standing.dimmed(),
    };
    let mut row = format!("{cursor}{standing}{id}{pad}");
    let mut used = CURSOR + STANDING + names + 2;
    if used + DIFFICULTY <= columns {
        row.push_str(&format!("{:<DIFFICULTY$}", kata.difficulty));
        used += DIFFICULTY;
    }
    let more = format!("{:<POINTS$}{}  ", kata.points, kata.tracks.join(" "));
    // A title of a few letters is useless.
    if used + more.len() + 16 <= columns {
        row.push_str(&more);
        row.push_str(&words::clip(&kata.title, columns - used - more.len()));
    }
    row.trim_end().to_owned()
}
