//! The screen of `katas` without a command: progress and the next kata.

use colored::Colorize;

use super::Ui;
use crate::compare::Rule;
use crate::spec::Spec;

/// The kata that comes next.
pub struct NextKata<'a> {
    /// Its name.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Whether the learner's file exists.
    pub has_answer: bool,
}

impl Ui {
    /// Shows the learner's progress in one line, and the next commands.
    ///
    /// `closing` is the author's text for the end of the course.
    pub fn home(
        &mut self,
        course: &str,
        closing: Option<&str>,
        (passed, all): (usize, usize),
        next: Option<&NextKata<'_>>,
    ) {
        let katas = super::plural(all, "kata");
        self.say(0, &format!("{}: {passed} of {katas} passed", course.bold()));
        self.blank();
        match next {
            None if all == 0 => {
                self.say(
                    0,
                    "This course has no katas yet. `katas author new ID` creates one.",
                );
            }
            Some(NextKata {
                id,
                title,
                has_answer,
            }) => {
                let run = match has_answer {
                    true => "judge your answer",
                    false => "judge your answer; the first run creates the file",
                };
                self.say(0, &format!("Next: {}, {title}", id.bold()));
                self.blank();
                self.steps(&[
                    (&format!("katas show {id}"), "read the task"),
                    (&format!("katas run {id}"), run),
                    (
                        &format!("katas hint {id}"),
                        "get a hint; each one tells you more",
                    ),
                    ("katas list", "see every kata and your progress"),
                ]);
            }
            None => {
                if let Some(closing) = closing {
                    self.say(0, closing);
                    self.blank();
                }
                self.say(0, "You have passed every kata. `katas run --all` judges your files as they are now, and `katas solution ID` shows the reference answer to a kata that your file passes.");
            }
        }
    }

    /// Shows the end of a chapter or of the course, with the author's text.
    pub fn end(&mut self, what: &str, text: Option<&str>) {
        self.blank();
        self.say(0, &what.bold().to_string());
        if let Some(text) = text {
            self.say(0, text);
        }
    }

    /// Shows the tolerance of a kata, if it has one.
    pub fn tolerance(&mut self, spec: &Spec) {
        let mut rules = spec.rules_of_parts().filter(|rule| *rule != Rule::Bits);
        let Some(rule) = rules.next() else {
            return;
        };
        let what = match spec.parts.is_empty() {
            true => "Each value must be",
            false => "Values must be",
        };
        self.say(0, &format!("{what} within {}.", super::words::rule(&rule)));
        self.blank();
    }

    /// Shows commands to type, with what each does, unless keys do the same.
    pub fn steps(&mut self, steps: &[(&str, &str)]) {
        if self.has_keys {
            return;
        }
        let rows: Vec<Vec<String>> = steps
            .iter()
            .map(|(command, does)| vec![command.cyan().to_string(), (*does).to_owned()])
            .collect();
        let text = super::table::render(&rows, &[], 2);
        if text
            .lines()
            .any(|line| super::words::width(line) > self.width())
        {
            for row in &rows {
                self.print(&format!("  {}", row[0]));
            }
        } else {
            self.print(&text);
        }
    }

    /// Shows facts by name.
    pub fn facts(&mut self, facts: &[(String, String)]) {
        let widest = facts.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        for (name, fact) in facts {
            let text = super::words::wrap(fact, self.width(), widest + 2);
            let room = " ".repeat(widest - name.len());
            self.print(&format!("{}{room}  {}", name.bold(), text.trim_start()));
        }
    }
}
