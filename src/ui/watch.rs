//! The screen while an answer is watched: a page, and a footer with the status and the keys.

use colored::Colorize;

use super::capture::rows;
use super::{Ui, duration, words};
use crate::track::Progress;
use crate::watch::{Page, Question, State};

/// The keys: the name, the word in the footer, and what the key does. The most important ones come first, because a
/// narrow footer has only those that fit.
const KEYS: &[(&str, &str, &str)] = &[
    ("h", "hint", "the next hint; each one tells you more"),
    ("t", "task", "the task of the kata"),
    ("n", "next", "open the next kata"),
    ("f", "full", "the whole verdict, on any number of lines"),
    ("e", "edit", "open your answer in your editor"),
    ("l", "list", "choose from all katas"),
    ("r", "run", "judge your answer again"),
    ("s", "solution", "the reference answer"),
    ("i", "api", "what answers can use"),
    ("a", "all", "judge your answers to all katas"),
    ("p", "previous", "open the previous kata"),
    ("x", "reset", "start over; your file is kept as a backup"),
];

/// The keys that every footer has.
const LAST: &[(&str, &str, &str)] = &[("?", "keys", "this page"), ("q", "quit", "leave")];

/// The keys that scroll, for the help page.
const SCROLLING: &[(&str, &str)] = &[
    ("↑ ↓ j k", "scroll by a line"),
    ("Space b", "scroll by a screen"),
    ("g G", "to the beginning, to the end"),
    ("Esc", "back to the verdict"),
];

/// The columns for the position at the end of the status.
const POSITION: usize = 16;

/// The columns for a key with its word.
const NAME: usize = 10;

/// A screen with fewer rows has no line above its footer.
const ROOMY: usize = 16;

/// The most rows of a status.
const MOST: usize = 3;

/// What the footer says about the work.
#[derive(Debug)]
pub enum Status {
    /// Nothing is being judged.
    Waiting,
    /// An answer is being judged.
    Judging,
    /// The answers to all katas are being judged: how many were, and how many there are.
    JudgingAll(usize, usize),
    /// The tools are being prepared.
    Preparing(Progress),
    /// Something that the learner should know.
    Notice(String),
}

/// The contents of the footer.
pub struct Footer<'a> {
    /// The kata's name.
    pub kata: &'a str,
    /// The learner's file, as shown.
    pub file: &'a str,
    /// The name of the next kata.
    pub next: Option<&'a str>,
    /// The number of katas in the course.
    pub katas: usize,
    /// What is happening.
    pub status: &'a Status,
}

impl Ui {
    /// How many rows of the screen are for the page.
    #[must_use]
    pub fn room((_, rows): (usize, usize)) -> usize {
        let footer = if rows < ROOMY { 2 } else { 3 };
        rows.saturating_sub(footer).max(1)
    }

    /// The rows of the whole screen.
    #[must_use]
    pub fn watch_screen(
        &self,
        state: &mut State,
        page: &[String],
        footer: &Footer<'_>,
        size: (usize, usize),
    ) -> Vec<String> {
        let (columns, height) = size;
        let status: Vec<String> = words::wrap(&status(state, footer, columns), columns, 0)
            .lines()
            .take(MOST)
            .map(str::to_owned)
            .collect();
        // A long status takes its rows from the page.
        let room = Self::room(size).saturating_sub(status.len() - 1).max(1);
        let body = rows(page, columns);
        let first = state.fit(body.len(), room);
        let shown = body.len().min(first + room);
        let mut screen: Vec<String> = body[first..shown].to_vec();
        screen.resize(room, String::new());
        if height >= ROOMY {
            screen.push("─".repeat(columns).dimmed().to_string());
        }
        let position = match body.len() > room {
            true => format!("{}–{shown} of {}", first + 1, body.len()),
            false => format!("{}/{}", state.kata() + 1, footer.katas),
        };
        let position = position.dimmed().to_string();
        match status.as_slice() {
            [only] => screen.push(words::both_ends(only, &position, columns)),
            several => screen.extend(several.iter().cloned()),
        }
        screen.push(match state.question() {
            Some(_) => "y yes  any other key: no".to_owned(),
            None => keys(columns),
        });
        screen.truncate(height);
        if !self.colored {
            screen.iter_mut().for_each(|row| *row = words::strip(row));
        }
        screen
    }

    /// The page with the keys.
    pub fn watch_keys(&mut self) {
        self.say(0, "Each save of your answer is judged. The keys:");
        self.blank();
        for (key, _, does) in KEYS.iter().chain(LAST) {
            self.key(key, does);
        }
        for (keys, does) in SCROLLING {
            self.key(keys, does);
        }
    }

    /// The same for a terminal without a screen, where each key is a line.
    pub fn watch_words(&mut self) {
        self.say(
            0,
            "Each save of your answer is judged. Type a letter or a word, and Enter:",
        );
        self.blank();
        for (key, word, does) in KEYS.iter().chain(LAST) {
            self.key(&format!("{key} {word}"), does);
        }
        self.blank();
        self.say(0, "The name of a kata opens that kata.");
    }

    /// Prints a key and what it does; more lines are indented below its beginning.
    fn key(&mut self, key: &str, does: &str) {
        let pad = " ".repeat(NAME.saturating_sub(words::width(key)));
        let does = words::wrap(does, self.width, NAME + 4);
        self.print(&format!("  {}{pad}  {}", key.bold(), does.trim_start()));
    }

    /// The key for a letter or a word that was typed.
    #[must_use]
    pub fn watch_key(typed: &str) -> Option<char> {
        let typed = typed.trim();
        let mut keys = KEYS.iter().chain(LAST);
        let key = keys
            .find(|(key, word, _)| *key == typed || *word == typed)?
            .0;
        key.chars().next()
    }

    /// Tells a learner without a screen what happens next.
    pub fn watch_waiting(&mut self, state: &State, footer: &Footer<'_>, can_type: bool) {
        self.blank();
        self.say(0, &status(state, footer, self.width));
        if state.question().is_some() {
            self.say(0, "Type y for yes, anything else for no.");
        } else if can_type {
            self.say(0, "Type ? for the commands.");
        }
    }
}

/// What is happening, or what the learner can do now.
fn status(state: &State, footer: &Footer<'_>, columns: usize) -> String {
    match state.question() {
        Some(Question::Reset) => {
            return format!("Start {} over? Your file is kept as a backup.", footer.kata);
        }
        Some(Question::GiveUp) => {
            return "No answer has passed yet. Show the reference answer? This is recorded."
                .to_owned();
        }
        None => {}
    }
    match (footer.status, state.passed()) {
        (Status::Notice(text), _) => text.clone(),
        (Status::Judging, _) => "Judging …".to_owned(),
        (Status::JudgingAll(done, all), _) => format!("Judging … {done} of {all}"),
        (Status::Preparing(step), _) => preparing(step),
        (Status::Waiting, Some(true)) => {
            let next = footer.next.map(|next| format!(" n opens {next}."));
            format!("{}{}", "Passed.".green(), next.unwrap_or_default())
        }
        (Status::Waiting, _) if state.by_looking() => {
            "Saves are noticed late here; `katas watch --poll` is faster.".to_owned()
        }
        (Status::Waiting, _) if state.page() == Page::Hint => {
            "h shows the next hint. Esc shows the verdict.".to_owned()
        }
        (Status::Waiting, Some(false)) if state.page() != Page::Verdict => {
            "Not yet. Esc shows the verdict.".to_owned()
        }
        (Status::Waiting, _) => {
            let waiting = |file: &str| format!("Waiting for a save of {file}");
            let whole = waiting(footer.file);
            match words::width(&whole) + POSITION <= columns {
                true => whole,
                false => waiting(footer.file.rsplit('/').next().unwrap_or_default()),
            }
        }
    }
}

fn preparing(step: &Progress) -> String {
    match step {
        Progress::Starts { what } => format!("Building {what} …"),
        Progress::Waits => "Waiting for another katas process …".to_owned(),
        Progress::Step(name) => format!("Building {name} …"),
        Progress::Done(time) => format!("Built in {}. Judging …", duration::short(*time)),
    }
}

/// As many keys as fit in a row.
fn keys(columns: usize) -> String {
    let word = |(key, word, _): &(&str, &str, &str)| format!("{} {word}", key.bold());
    let mut all: Vec<String> = KEYS.iter().map(word).collect();
    let last: Vec<String> = LAST.iter().map(word).collect();
    loop {
        let row = all.iter().chain(&last).cloned().collect::<Vec<_>>();
        let row = row.join("  ");
        if words::width(&row) <= columns || all.pop().is_none() {
            return row;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_fit_in_every_row() {
        for columns in 20..160 {
            let row = keys(columns);
            assert!(words::width(&row) <= columns, "{columns}: {row}");
            assert!(words::strip(&row).ends_with("? keys  q quit"), "{row}");
        }
        assert!(words::strip(&keys(40)).starts_with("h hint  t task  "));
    }

    #[test]
    fn every_key_has_a_letter_and_a_word_of_its_own() {
        let names: Vec<_> = KEYS
            .iter()
            .chain(LAST)
            .flat_map(|key| [key.0, key.1])
            .collect();
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{name}");
        }
        assert_eq!(Ui::watch_key(" hint "), Some('h'));
        assert_eq!(Ui::watch_key("?"), Some('?'));
        assert_eq!(Ui::watch_key("hf_load"), None);
    }
}
