//! The screen after a run: what happened, the first difference, what it means, what to try next.
//!
//! It always fits on the screen: each part requests lines, and the most important requests are served first.

use colored::Colorize;

use super::fit::{ALL, Section, Wish, cut, fit};
use super::{Ui, compiler, duration, failure, groups, inputs, meaning, mismatch, plural, words};
use crate::compare::Rule;
use crate::spec::Spec;
use crate::verdict::{CaseResult, CaseVerdict, Judged, KataResult, Ran, Refusal};

/// The number of lines of the smallest supported screen, which is also assumed if the size is unknown; and the lines
/// that follow the result: a blank line, the next steps, the prompt.
const SCREEN: usize = 24;
const AFTER: usize = 4;

/// The number of lines in which a result still makes sense; a smaller screen is scrolled.
const LEAST: usize = 8;

/// A screen with fewer columns is assumed to be part of a larger one with more lines.
const NARROW: usize = 60;
const NARROW_SCREEN: usize = 40;

/// The sentence about an answer that is still the starter.
pub(super) const UNWRITTEN: &str = "The answer is not written yet.";

/// The maximum number of lines of the task in a starter's panic message.
const TO_DO: usize = 4;

/// The parts of the screen, from top to bottom.
#[derive(Clone, Copy)]
enum Place {
    Head,
    Groups,
    Title,
    Inputs,
    Details,
    Table,
    Meaning,
    Note,
    Printed,
}

use Place::{Details, Groups, Head, Inputs, Meaning, Note, Printed, Table, Title};

/// The requests for lines, by priority. The headline, the location and the meaning each get a little before any of
/// them gets much. Then text comes before pictures, because an explanation often ends with what to do, and both come
/// before parts that only repeat data.
const WISHES: &[(Place, usize)] = &[
    (Head, ALL),
    (Title, ALL),
    (Meaning, 3),
    (Details, 2),
    (Inputs, 1),
    (Groups, 3),
    (Note, 2),
    (Table, 2),
    (Meaning, WORDS),
    // A learner who prints something wants to see it.
    (Printed, 2),
    (Groups, 4),
    (Table, 4),
    (Details, 4),
    (Inputs, 2),
    (Table, ALL),
    (Note, ALL),
    (Printed, 4),
    (Inputs, ALL),
    (Groups, ALL),
    (Meaning, ALL),
    (Details, ALL),
    (Printed, ALL),
];

/// All lines of the first explanation's text, without pictures and without other explanations.
const WORDS: usize = ALL - 1;

impl Ui {
    /// Shows the result of judging an answer.
    pub fn result(&mut self, result: &KataResult, spec: &Spec) {
        match &result.judged {
            Judged::Refused(refusal) => self.refused(result, refusal),
            Judged::Ran(ran) => self.ran(result, ran, spec),
        }
    }

    /// The number of lines that remain before the next steps.
    fn left(&self) -> usize {
        if self.whole {
            return ALL;
        }
        if let (true, Some(height)) = (self.has_keys, self.height) {
            // Only the screen's own lines are seen at once, and no prompt comes after them.
            return height.saturating_sub(self.lines).max(LEAST);
        }
        let least = if self.width < NARROW {
            NARROW_SCREEN
        } else {
            SCREEN
        };
        let screen = self.height.map_or(least, |height| height.max(least));
        screen.saturating_sub(self.lines + AFTER)
    }

    fn ran(&mut self, result: &KataResult, ran: &Ran, spec: &Spec) {
        let first = first(ran);
        if let Some(what) = to_do(ran) {
            self.unwritten(result, what);
            return;
        }
        let (columns, is_whole) = (self.width, self.whole);
        let asked = ran.only;
        // A passing case has nothing to explain, but one that was asked for is shown if everything is.
        let passing = ran.cases.iter().find(|case| asked == Some(case.number));
        let subject = first.or(passing.filter(|_| is_whole));
        let head = lines(&head(result, ran, spec), columns, 0);
        let meaning = meaning::meaning(result, ran, first, spec);
        let (words, meaning) = meaning.drawn(columns);
        let printed = match first {
            Some(case) => case.printed.as_str(),
            None => ran
                .cases
                .iter()
                .map(|case| case.printed.as_str())
                .find(|printed| !printed.trim().is_empty())
                .filter(|_| result.passed())
                .unwrap_or_default(),
        };
        let parts = [
            text(false, head, columns),
            Section {
                apart: true,
                least: 1,
                draw: Box::new(move |most| match asked {
                    Some(_) => Vec::new(),
                    None => groups::groups(&ran.cases, columns, most),
                }),
            },
            text(true, title(ran, first, columns), columns),
            Section {
                apart: false,
                least: 1,
                draw: Box::new(move |most| match is_whole {
                    true => inputs::whole(subject, spec, columns),
                    false => inputs::inputs(first, spec, columns, most),
                }),
            },
            Section {
                apart: false,
                least: 1,
                draw: Box::new(move |most| {
                    let failure = first.and_then(CaseResult::failure);
                    failure
                        .map_or_else(Vec::new, |failure| failure::details(failure, columns, most))
                }),
            },
            Section {
                apart: true,
                least: 2,
                draw: Box::new(move |most| table(first, columns, most)),
            },
            Section {
                apart: true,
                least: 1,
                draw: meaning,
            },
            text(true, note(first, columns), columns),
            Section {
                apart: true,
                least: 2,
                draw: Box::new(move |most| print_lines(printed, columns, most)),
            },
        ];
        let wishes: Vec<Wish> = WISHES
            .iter()
            .map(|(place, wanted)| Wish {
                part: *place as usize,
                lines: if *wanted == WORDS { words } else { *wanted },
            })
            .collect();
        self.parts(&parts, &wishes);
    }

    /// Prints the parts in the remaining lines.
    fn parts(&mut self, parts: &[Section<'_>], wishes: &[Wish]) {
        let lines = fit(parts, wishes, self.width, self.left());
        self.print(&lines.join("\n"));
    }

    fn unwritten(&mut self, result: &KataResult, what: &str) {
        let not_yet = "not yet.".yellow().bold();
        self.print(&format!("{}: {not_yet} {UNWRITTEN}", result.kata.bold()));
        self.blank();
        let mut facts = vec![("file".to_owned(), result.answer.display().to_string())];
        if !what.is_empty() {
            let what = what.lines().take(TO_DO).collect::<Vec<_>>().join("\n");
            let what = words::clip(&what, TO_DO * self.width.saturating_sub(10));
            facts.push(("to do".to_owned(), what));
        }
        self.facts(&facts);
    }

    fn refused(&mut self, result: &KataResult, refusal: &Refusal) {
        let not_yet = "not yet.".yellow().bold();
        let (what, details, meaning) = failure::refusal(refusal, &result.kata, &result.answer);
        let (columns, colored) = (self.width, self.colored);
        let head = format!("{}: {not_yet} {what}", result.kata.bold());
        let details: Box<dyn Fn(usize) -> Vec<String>> = match refusal {
            Refusal::Errors { messages, .. } => {
                Box::new(move |most| compiler::errors(messages, colored, columns, most))
            }
            _ => Box::new(move |most| details.lines(columns, most)),
        };
        let parts = [
            text(false, lines(&head, columns, 0), columns),
            Section {
                apart: true,
                least: 1,
                draw: details,
            },
            text(true, lines(&meaning, columns, 0), columns),
        ];
        let wishes = [0, 2, 1].map(|part| Wish { part, lines: ALL });
        self.parts(&parts, &wishes);
    }
}

/// Sentences as a part; truncated text ends in an ellipsis.
fn text(apart: bool, lines: Vec<String>, columns: usize) -> Section<'static> {
    let text = lines.join("\n");
    Section {
        apart,
        least: 1,
        draw: Box::new(move |most| cut(&text, most, columns)),
    }
}

fn lines(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let wrapped = words::wrap(text, columns, indent);
    wrapped.lines().map(str::to_owned).collect()
}

/// The first sentence of all.
fn head(result: &KataResult, ran: &Ran, spec: &Spec) -> String {
    let word = if result.passed() {
        "passed.".green().bold()
    } else {
        "not yet.".yellow().bold()
    };
    let took = if result.took.is_zero() {
        String::new()
    } else {
        words::unbroken(&format!("({})", duration::short(result.took)))
    };
    let what = standing(ran, spec, result.passed());
    let line = format!("{}: {word} {what}. {took}", result.kata.bold());
    line.trim_end().to_owned()
}

/// The first case that did not pass.
fn first(ran: &Ran) -> Option<&CaseResult> {
    let mut cases = ran.cases.iter();
    cases.find(|case| !case.good() && !case.is_waiting())
}

/// The task of an answer that is not written yet; empty if its message has none, and `None` for every other answer.
pub(super) fn to_do(ran: &Ran) -> Option<&str> {
    let failure = first(ran).and_then(CaseResult::failure)?;
    let is_unwritten = failure.is_unwritten() && ran.passed_of().0 == 0;
    failure
        .message()
        .filter(|_| is_unwritten)
        .map(failure::to_do)
}

/// How many cases the answer passed, as a clause.
pub(super) fn standing(ran: &Ran, spec: &Spec, is_passed: bool) -> String {
    let (passed, all) = ran.passed_of();
    match (ran.only, is_passed) {
        (Some(number), true) => format!("Case {number} matches"),
        (Some(number), false) => format!("Case {number} does not pass"),
        (None, true) => {
            let cases = match passed {
                1 => "The only case matches".to_owned(),
                2 => "Both cases match".to_owned(),
                passed => format!("All {passed} cases match"),
            };
            match spec.rule {
                Rule::Bits if spec.returns.is_float() => format!("{cases}, bit for bit"),
                Rule::Bits => format!("{cases} exactly"),
                rule => format!("{cases}, within {}", words::rule(&rule)),
            }
        }
        (None, false) => format!("{passed} of {} passed", plural(all, "case")),
    }
}

/// The first case that did not pass, and how it differs. Of sealed cases, only the number that passed is shown.
fn title(ran: &Ran, first: Option<&CaseResult>, columns: usize) -> Vec<String> {
    let Some(case) = first else {
        return Vec::new();
    };
    if case.is_sealed() {
        let sealed = ran.cases.iter().filter(|case| case.is_sealed());
        let passed = sealed.clone().filter(|case| case.good()).count();
        let all = plural(sealed.count(), "sealed case");
        let title = format!("{passed} of {all} passed.");
        return lines(&title.bold().to_string(), columns, 0);
    }
    let what = match &case.verdict {
        CaseVerdict::Different(different) => mismatch::sentence(different),
        CaseVerdict::Failed(failure) => format!("the answer {}.", failure.clause()),
        CaseVerdict::Passed | CaseVerdict::NotRun(_) => return Vec::new(),
    };
    let title = format!("Case {}, {}:", case.number, case.name);
    lines(&format!("{} {what}", title.bold()), columns, 0)
}

fn table(first: Option<&CaseResult>, columns: usize, most: usize) -> Vec<String> {
    let Some(CaseVerdict::Different(different)) = first.map(|case| &case.verdict) else {
        return Vec::new();
    };
    let Some(outputs) = &different.outputs else {
        return Vec::new();
    };
    let table = mismatch::table(different, outputs, columns, most);
    table.lines().map(str::to_owned).collect()
}

/// The author's note for a learner whose answer fails only a hidden case.
fn note(first: Option<&CaseResult>, columns: usize) -> Vec<String> {
    let note = first.filter(|case| !case.is_shown());
    let note = note.and_then(|case| case.note.as_deref());
    note.map_or_else(Vec::new, |note| lines(note, columns, 0))
}

/// The first lines of the answer's output, and the number of lines if there are more.
fn print_lines(printed: &str, columns: usize, most: usize) -> Vec<String> {
    if printed.trim().is_empty() {
        return Vec::new();
    }
    let all = printed.lines().count();
    let head = match all < most {
        true => "It printed:".to_owned(),
        false => format!("It printed {} (all with `--full`):", plural(all, "line")),
    };
    let shown = printed.lines().take(most - 1);
    // On a screen, the width of a tab is not known.
    let shown = shown.map(|line| words::clip(&line.replace('\t', "    "), columns - 2));
    let shown = shown.map(|line| format!("  {line}"));
    std::iter::once(head).chain(shown).collect()
}
