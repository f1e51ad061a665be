//! One sentence about the verdicts that changed since the last run, if any did.

use super::{Ui, words};
use crate::progress::{KataProgress, LastVerdict};
use crate::verdict::{CaseResult, Failure, Judged, KataResult, VerdictKind};

/// The maximum number of cases named by number in one clause, of clauses, and of characters of a name.
const MOST: usize = 6;
const CLAUSES: usize = 3;
const NAME: usize = 24;

impl Ui {
    /// Describes which verdicts changed since the last failed run, if that run is remembered.
    pub fn changes(&mut self, before: &KataProgress, result: &KataResult) {
        let changed = match &result.judged {
            _ if result.passed() => None,
            Judged::Ran(ran) if !ran.cases.iter().any(is_unwritten) => {
                sentence(&before.cases, &ran.cases)
            }
            Judged::Ran(_) | Judged::Refused(_) => None,
        };
        let said = changed.or_else(|| {
            let passed = before.last_passed && !result.passed();
            passed.then(|| "Your last answer passed every case; this one does not.".to_owned())
        });
        if let Some(said) = said {
            self.say(0, &said);
            self.blank();
        }
    }
}

fn is_unwritten(case: &CaseResult) -> bool {
    case.failure().is_some_and(Failure::is_unwritten)
}

/// Cases whose verdicts changed in the same way: the severity (0 is the worst), the verdict before, the verdict now.
type Group<'a> = (u8, Option<VerdictKind>, VerdictKind, Vec<&'a CaseResult>);

/// The sentence, most severe changes first: cases that no longer pass, cases that fail in a different way, cases that
/// pass now.
fn sentence(before: &[LastVerdict], cases: &[CaseResult]) -> Option<String> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for case in cases {
        let last = before.iter().find(|last| last.case == case.name);
        let Some(last) = last else { continue };
        let (was, now) = (last.verdict, case.verdict.kind());
        // A case that was not run in one of the two runs says nothing about the answer.
        if was == now || verb(was).is_none() || verb(now).is_none() {
            continue;
        }
        // For a case that passes now, the earlier verdict is not mentioned.
        let (rank, was) = match (was, now) {
            (VerdictKind::Passed, _) => (0, Some(was)),
            (_, VerdictKind::Passed) => (2, None),
            _ => (1, Some(was)),
        };
        match groups
            .iter_mut()
            .find(|group| (group.1, group.2) == (was, now))
        {
            Some(group) => group.3.push(case),
            None => groups.push((rank, was, now, vec![case])),
        }
    }
    groups.sort_by_key(|group| group.0);
    let clauses = groups.iter();
    let mut clauses: Vec<String> = clauses
        .filter_map(|(_, was, now, cases)| clause(*was, *now, cases))
        .collect();
    if clauses.len() > CLAUSES {
        clauses.truncate(CLAUSES);
        clauses.push("more has changed".to_owned());
    }
    (!clauses.is_empty()).then(|| format!("Compared with the last run: {}.", clauses.join("; ")))
}

/// "case 3 cycle passed before and now differs", "cases 4 and 5 pass now".
fn clause(was: Option<VerdictKind>, now: VerdictKind, cases: &[&CaseResult]) -> Option<String> {
    let numbers: Vec<String> = cases.iter().map(|case| case.number.to_string()).collect();
    let (who, one) = match (cases, numbers.split_last()?) {
        ([case], _) if words::width(&case.name) <= NAME => {
            (format!("case {} {}", case.number, case.name), true)
        }
        ([case], _) => (format!("case {}", case.number), true),
        (_, (last, rest)) if cases.len() <= MOST => {
            (format!("cases {} and {last}", rest.join(", ")), false)
        }
        _ => (words::plural(cases.len(), "case"), false),
    };
    let (one_now, many_now, _, _) = verb(now)?;
    let present = if one { one_now } else { many_now };
    let past = was.and_then(verb);
    let past = past.map(|(_, _, one_was, many_was)| if one { one_was } else { many_was });
    Some(match (past, present) {
        (Some(past), present) => format!("{who} {past} before and now {present}"),
        (None, present) => format!("{who} {present} now"),
    })
}

/// The verb of a verdict, for one case and for several, in the present and in the past; `None` if the case was not
/// run.
fn verb(verdict: VerdictKind) -> Option<(&'static str, &'static str, &'static str, &'static str)> {
    Some(match verdict {
        VerdictKind::Passed => ("passes", "pass", "passed", "passed"),
        VerdictKind::Different => ("differs", "differ", "differed", "differed"),
        VerdictKind::Panicked => ("panics", "panic", "panicked", "panicked"),
        VerdictKind::Unusable => (
            "returns the wrong kind of value",
            "return the wrong kind of value",
            "returned the wrong kind of value",
            "returned the wrong kind of value",
        ),
        VerdictKind::Raised => (
            "raises an exception",
            "raise an exception",
            "raised an exception",
            "raised an exception",
        ),
        VerdictKind::Exited => ("exits", "exit", "exited", "exited"),
        VerdictKind::Aborted => ("aborts", "abort", "aborted", "aborted"),
        VerdictKind::Crashed => ("crashes", "crash", "crashed", "crashed"),
        VerdictKind::DidNotFinish => (
            "does not finish",
            "do not finish",
            "did not finish",
            "did not finish",
        ),
        VerdictKind::StackOverflow => (
            "overflows the stack",
            "overflow the stack",
            "overflowed the stack",
            "overflowed the stack",
        ),
        VerdictKind::OutOfTime => ("times out", "time out", "timed out", "timed out"),
        VerdictKind::OutOfMemory => (
            "runs out of memory",
            "run out of memory",
            "ran out of memory",
            "ran out of memory",
        ),
        VerdictKind::TooMuchOutput => (
            "prints too much",
            "print too much",
            "printed too much",
            "printed too much",
        ),
        VerdictKind::TooLargeResult => (
            "returns too much",
            "return too much",
            "returned too much",
            "returned too much",
        ),
        VerdictKind::NotRun
        | VerdictKind::NotAskedFor
        | VerdictKind::Sealed
        | VerdictKind::Unknown => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::CaseKind;
    use crate::verdict::{CaseVerdict, Difference, Mismatch, NotRun};

    fn verdict(letter: char) -> CaseVerdict {
        match letter {
            'p' => CaseVerdict::Passed,
            'd' => CaseVerdict::Different(Mismatch {
                how: Difference::Undisclosed,
                parts: Vec::new(),
                outputs: None,
            }),
            's' => CaseVerdict::Failed(Failure::OutOfTime {
                limit: std::time::Duration::from_secs(10),
            }),
            'x' => CaseVerdict::Failed(Failure::Aborted),
            _ => CaseVerdict::NotRun(NotRun::ShownCasesFirst),
        }
    }

    fn cases(letters: &str) -> Vec<CaseResult> {
        let case = |(index, letter)| CaseResult {
            name: format!("c{index}"),
            number: index + 1,
            kind: CaseKind::Shown,
            note: None,
            verdict: verdict(letter),
            printed: String::new(),
        };
        letters.chars().enumerate().map(case).collect()
    }

    #[track_caller]
    fn check(before: &str, now: &str, expected: &str) {
        let last = cases(before).into_iter().map(|case| LastVerdict {
            verdict: case.verdict.kind(),
            case: case.name,
        });
        let last: Vec<_> = last.collect();
        let said = sentence(&last, &cases(now)).unwrap_or_default();
        assert_eq!(said, expected, "{before} {now}");
    }

    #[test]
    fn only_changes_are_shown() {
        check("ppd", "ppd", "");
        check("", "pd", "");
        check("pd", "p", "");
        check(
            "ppd",
            "pdp",
            "Compared with the last run: case 2 c1 passed before and now differs; case 3 c2 passes now.",
        );
        check(
            "pppd",
            "dddx",
            "Compared with the last run: cases 1, 2 and 3 passed before and now differ; case 4 c3 differed before and now aborts.",
        );
        check(
            "sspp",
            "xdss",
            "Compared with the last run: cases 3 and 4 passed before and now time out; case 1 c0 timed out before and now aborts; \
             case 2 c1 timed out before and now differs.",
        );
        check(
            "dxsddd",
            "pppppp",
            "Compared with the last run: cases 1, 2, 3, 4, 5 and 6 pass now.",
        );
        check(
            "ddddddd",
            "ppppppp",
            "Compared with the last run: 7 cases pass now.",
        );
        // Hidden cases wait while a shown case fails, and are judged once none fails.
        check(
            "ddww",
            "ppdp",
            "Compared with the last run: cases 1 and 2 pass now.",
        );
        check(
            "pppd",
            "dpww",
            "Compared with the last run: case 1 c0 passed before and now differs.",
        );
    }
}
