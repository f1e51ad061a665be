//! The screen after a run: what happened, where the first difference is, what it means, what to try next.

use colored::Colorize;

use super::{Ui, duration, failure, mismatch, numbers, plural, words};
use crate::compare::Rule;
use crate::diagnose::Explanation;
use crate::spec::{CaseKind, Spec};
use crate::verdict::{
    CaseResult, CaseVerdict, CompilerMessage, Failure, Judged, KataResult, NotRun, Ran, Refusal,
};

/// The lines of an ordinary screen, and those that come after the explanation: a blank one, what to try, the prompt.
const SCREEN: usize = 24;
const AFTER: usize = 4;

/// The fewest lines of a learner's own prints that are worth showing.
const PRINTED_LINES: usize = 1;

impl Ui {
    /// Shows what came of judging an answer.
    pub fn result(&mut self, result: &KataResult, spec: &Spec) {
        match &result.judged {
            Judged::Refused(refusal) => self.refused(result, refusal),
            Judged::Ran(ran) => self.ran(result, ran, spec),
        }
    }

    fn ran(&mut self, result: &KataResult, ran: &Ran, spec: &Spec) {
        let (passed, all) = ran.passed_of();
        let id = result.kata.bold();
        let first = ran
            .cases
            .iter()
            .find(|case| !case.good() && !case.is_waiting());
        if let Some(Failure::Panicked { message, .. }) = first.and_then(CaseResult::failure)
            && passed == 0
            && first
                .and_then(CaseResult::failure)
                .is_some_and(Failure::is_unwritten)
        {
            self.unwritten(result, message);
            return;
        }
        let took = duration::short(result.took);
        if result.passed() {
            let what = match (one_asked_for(ran), matches!(spec.rule, Rule::Bits)) {
                (Some(number), _) => format!("Case {number}"),
                (None, true) => format!("All {passed} cases, every bit"),
                (None, false) => format!("All {passed} cases, within {}", words::rule(&spec.rule)),
            };
            let passed = "passed.".green().bold();
            self.say(0, &format!("{id}: {passed} {what}. ({took})"));
        } else {
            let what = match one_asked_for(ran) {
                Some(number) => format!("Case {number} does not pass"),
                None => format!("{passed} of {} passed", plural(all, "case")),
            };
            let not_yet = "not yet.".yellow().bold();
            self.say(0, &format!("{id}: {not_yet} {what}. ({took})"));
        }
        self.blank();
        if one_asked_for(ran).is_none() {
            self.groups(&ran.cases);
        }
        if let Some(case) = first {
            if one_asked_for(ran).is_none() {
                self.blank();
            }
            self.case(case, spec, &ran.explanations);
        } else if !ran.never_called.is_empty() {
            self.blank();
            self.never_called(&ran.never_called);
        }
        if result.passed() {
            self.warnings(ran);
            self.prints_of(ran);
        }
    }

    fn unwritten(&mut self, result: &KataResult, message: &str) {
        let not_yet = "not yet.".yellow().bold();
        self.print(&format!(
            "{}: {not_yet} The answer is still to be written.",
            result.kata.bold()
        ));
        self.blank();
        let mut facts = vec![("file".to_owned(), result.answer.display().to_string())];
        let what = message
            .trim_start_matches("not yet implemented")
            .trim_start_matches(':')
            .trim();
        if !what.is_empty() {
            facts.push(("to do".to_owned(), what.to_owned()));
        }
        self.facts(&facts);
    }

    /// The cases by what came of them, one line for each kind.
    fn groups(&mut self, cases: &[CaseResult]) {
        let mut groups: Vec<(&str, Standing, Vec<String>)> = Vec::new();
        for case in cases {
            let (word, standing) = (case.verdict.word(), standing(&case.verdict));
            let kind = match (case.kind, &case.verdict) {
                (CaseKind::Shown, _) | (_, CaseVerdict::NotRun(NotRun::Sealed)) => "",
                (CaseKind::Hidden, _) => " (hidden)",
                (CaseKind::Sealed, _) => " (sealed)",
            };
            let name = words::unbroken(&format!("{} {}{kind}", case.number, case.name));
            match groups.iter_mut().find(|group| group.0 == word) {
                Some(group) => group.2.push(name),
                None => groups.push((word, standing, vec![name])),
            }
        }
        groups.sort_by_key(|group| group.1);
        let widest = groups
            .iter()
            .map(|group| words::width(group.0))
            .max()
            .unwrap_or(0);
        for (word, standing, names) in groups {
            let room = " ".repeat(widest - words::width(word));
            let indent = widest + 4;
            let text = words::wrap(&names.join(", "), self.width(), indent);
            let label = match standing {
                Standing::Good => word.green(),
                Standing::Bad => word.yellow(),
                Standing::Open => word.normal(),
            };
            self.print(&format!("  {label}{room}  {}", text.trim_start()));
        }
    }

    /// The first case that did not pass, in full.
    fn case(&mut self, case: &CaseResult, spec: &Spec, explanations: &[Explanation]) {
        let title = format!("Case {}, {}:", case.number, case.name);
        match &case.verdict {
            CaseVerdict::Different(different) => {
                let what = mismatch::sentence(different);
                self.say(0, &format!("{} {what}", title.bold()));
                if let Some(outputs) = &different.outputs {
                    self.inputs(case, spec);
                    self.blank();
                    let width = self.width();
                    let table = mismatch::table(&different.how, outputs, width);
                    self.print(&table);
                }
                let meaning =
                    mismatch::meaning(different, spec).filter(|_| explanations.is_empty());
                if let Some(meaning) = meaning {
                    self.blank();
                    self.say(0, &meaning);
                } else if !explanations.is_empty() || case.is_shown() {
                    self.blank();
                    self.explain(explanations);
                }
            }
            CaseVerdict::Failed(failure) => {
                self.say(
                    0,
                    &format!("{} the answer {}.", title.bold(), failure.clause()),
                );
                if case.is_shown() {
                    self.inputs(case, spec);
                }
                for line in failure::details(failure) {
                    self.say(2, &line);
                }
                self.blank();
                if explanations.is_empty() {
                    self.say(0, failure::meaning(failure));
                } else {
                    self.explain(explanations);
                }
            }
            CaseVerdict::Passed | CaseVerdict::NotRun(_) => {}
        }
        if let (false, Some(note)) = (case.is_shown(), &case.note) {
            self.blank();
            self.say(0, note);
        }
        self.printed(&case.printed);
    }

    /// Why the answer is wrong, in the lines that are left on the screen.
    fn explain(&mut self, explanations: &[Explanation]) {
        let left = self.left().max(3);
        self.explanations(explanations, left);
    }

    /// How many lines of the screen are left for what stands before the next steps.
    fn left(&self) -> usize {
        SCREEN.saturating_sub(self.lines + AFTER)
    }

    /// The compiler's errors as it shows them: the first, and what else fits on the screen.
    fn compiler(&mut self, messages: &[CompilerMessage], colored: bool) {
        for (index, message) in messages.iter().enumerate() {
            let text = message.rendered.trim_end();
            let text = if colored {
                text.to_owned()
            } else {
                words::strip(text)
            };
            let more = messages.len() - index;
            if index > 0 && text.lines().count() + 1 > self.left() {
                self.blank();
                self.say(
                    0,
                    &format!(
                        "… and {}. Mend the first and the others may go with it.",
                        plural(more, "more error")
                    ),
                );
                return;
            }
            if index > 0 {
                self.blank();
            }
            self.print(&text);
        }
    }

    fn inputs(&mut self, case: &CaseResult, spec: &Spec) {
        let Some(inputs) = spec.cases.get(case.number - 1) else {
            return;
        };
        let named = spec.params.iter().zip(&inputs.given);
        let shown: Vec<_> = named
            .map(|(param, value)| {
                words::unbroken(&format!("{} = {}", param.name, numbers::brief(value, 28)))
            })
            .collect();
        self.say(2, &shown.join(", "));
    }

    fn printed(&mut self, printed: &str) {
        if printed.trim().is_empty() {
            return;
        }
        self.blank();
        self.print("It printed:");
        let width = self.width();
        let room = self.left().saturating_sub(1).max(PRINTED_LINES);
        for line in printed.lines().take(room) {
            self.print(&format!("  {}", words::clip(line, width - 2)));
        }
        let left = printed.lines().count().saturating_sub(room);
        if left > 0 {
            self.print(&format!("  … and {} more", plural(left, "line")));
        }
    }

    /// What the answer printed in cases that passed, the first that printed anything.
    fn prints_of(&mut self, ran: &Ran) {
        if let Some(case) = ran
            .cases
            .iter()
            .find(|case| !case.printed.trim().is_empty())
        {
            self.printed(&case.printed);
        }
    }

    fn never_called(&mut self, names: &[String]) {
        let verb = if names.len() == 1 { "was" } else { "were" };
        let names = names.join(" and ");
        self.say(
            0,
            &format!("The numbers are right, but {names} {verb} never called."),
        );
        self.blank();
        let call = if verb == "was" {
            "that call"
        } else {
            "those calls"
        };
        self.say(
            0,
            &format!(
                "This kata is about {call}: the same numbers without prove nothing about the port."
            ),
        );
    }

    fn warnings(&mut self, ran: &Ran) {
        if let Some(warning) = ran.warnings.first() {
            let more = match ran.warnings.len() - 1 {
                0 => String::new(),
                count => format!(" (and {count} more)"),
            };
            self.blank();
            self.say(
                0,
                &format!(
                    "The compiler warns, line {}: {}{more}",
                    warning.line, warning.text
                ),
            );
        }
    }

    fn refused(&mut self, result: &KataResult, refusal: &Refusal) {
        let not_yet = "not yet.".yellow().bold();
        let (what, details, meaning) = failure::refusal(refusal, &result.kata, &result.answer);
        self.say(0, &format!("{}: {not_yet} {what}", result.kata.bold()));
        if let Refusal::Errors { messages } = refusal {
            self.blank();
            let colored = self.colored();
            self.compiler(messages, colored);
            return;
        }
        if !details.is_empty() {
            self.blank();
        }
        for line in details {
            self.print(&format!("  {line}"));
        }
        if !meaning.is_empty() {
            self.blank();
            self.say(0, &meaning);
        }
    }
}

/// The number of the case that was asked for, if it was one.
fn one_asked_for(ran: &Ran) -> Option<usize> {
    let others = |case: &&CaseResult| {
        !matches!(
            case.verdict,
            CaseVerdict::NotRun(NotRun::NotAskedFor | NotRun::Sealed)
        )
    };
    let mut asked = ran.cases.iter().filter(others);
    match (asked.next(), asked.next()) {
        (Some(case), None) if ran.cases.len() > 1 => Some(case.number),
        _ => None,
    }
}

/// Whether a case speaks for the answer; the order in which cases are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Good,
    Bad,
    Open,
}

/// How a case stands.
fn standing(verdict: &CaseVerdict) -> Standing {
    match verdict {
        CaseVerdict::Passed => Standing::Good,
        CaseVerdict::Different(_) | CaseVerdict::Failed(_) => Standing::Bad,
        CaseVerdict::NotRun(_) => Standing::Open,
    }
}
