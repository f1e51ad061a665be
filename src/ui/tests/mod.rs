//! The screen after a failure always fits: every kind of verdict, with everything else as long as possible.

mod worst;

use std::cell::RefCell;
use std::io::Write;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use super::{Ui, words};
use crate::progress::{KataProgress, LastVerdict};
use crate::spec::{CaseKind, Spec};
use crate::verdict::{
    CaseVerdict, Confined, Difference, Judged, KataResult, Mismatch, NotRun, Ran, Refusal,
    VerdictKind,
};
use worst::{SENTENCE, cases, explanations, message, spec, verdicts};

#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn ui(columns: usize, screen: &Screen) -> Ui {
    Ui::of_streams(Box::new(screen.clone()), Box::new(screen.clone()), columns)
}

fn result(judged: Judged) -> KataResult {
    KataResult {
        kata: "a_kata".to_owned(),
        track: "rust",
        answer: PathBuf::from("katas/a_kata/a_kata.rs"),
        digest: String::new(),
        judged,
        took: Duration::from_millis(64),
        built: true,
        confined: Confined {
            system: "linux",
            landlock: None,
            calls: true,
            one_file: false,
            nobody: false,
            missing: vec![],
        },
    }
}

/// Shows a result as `katas run` does, and counts its lines including the prompt after it.
fn height(
    (columns, lines): (usize, Option<usize>),
    result: &KataResult,
    spec: &Spec,
    before: &KataProgress,
) -> (usize, String) {
    colored::control::set_override(false);
    let screen = Screen::default();
    let mut ui = ui(columns, &screen);
    ui.height = lines;
    // The first line of `katas run` without a name.
    ui.print("Judging a_kata, A kata");
    ui.blank();
    ui.changes(before, result);
    ui.result(result, spec);
    ui.blank();
    ui.steps(&[
        ("katas hint a_kata", "the hint that belongs to this mistake"),
        ("katas show a_kata", "read the task"),
    ]);
    let text = String::from_utf8(screen.0.borrow().clone()).expect("text");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    (words::rows(&lines, columns) + 1, text)
}

/// The maximum number of lines on an ordinary screen, on a narrow one (part of a larger screen), and on a terminal
/// that reports its height; each after its columns and height.
const BOUNDS: [((usize, Option<usize>), usize); 4] = [
    ((80, None), 24),
    ((40, None), 40),
    ((80, Some(50)), 50),
    ((80, Some(10)), 24),
];

#[test]
fn a_failure_always_fits_the_screen() {
    let long = "a case that an author has given a long name to say what it is about";
    let last = |kinds: &[VerdictKind], count: usize, name: &str| KataProgress {
        last_passed: kinds.len() == 1,
        cases: (0..count)
            .map(|at| LastVerdict {
                case: format!("{name} {at}"),
                verdict: kinds[at % kinds.len()],
            })
            .collect(),
        ..KataProgress::default()
    };
    let mut seen = 0;
    for (count, name) in [(1, "one"), (5, "short"), (30, long)] {
        let spec = spec(count, name);
        for before in [
            KataProgress::default(),
            last(&[VerdictKind::Passed], count, name),
            last(
                &[
                    VerdictKind::Panicked,
                    VerdictKind::Different,
                    VerdictKind::Passed,
                    VerdictKind::OutOfTime,
                    VerdictKind::Aborted,
                ],
                count,
                name,
            ),
        ] {
            for verdict in verdicts() {
                for explanations in explanations() {
                    for printed in ["", "one line\n", &"a line that goes on and on past the edge of every screen, and then some more of it\n".repeat(50)] {
                        let result = result(Judged::Ran(Ran {
                            only: None,
                            cases: cases(count, name, &verdict, printed),
                            unmet: vec![],
                            explanations: explanations.clone(),
                            warnings: vec![message(3)],
                        }));
                        for (terminal, most) in BOUNDS {
                            let (rows, text) = height(terminal, &result, &spec, &before);
                            assert!(rows <= most, "{rows} lines at {terminal:?}:\n{text}");
                            // The kata and the first failure are always shown.
                            let title = format!("Case 1, {name}").chars().take(30).collect::<String>();
                            assert!(text.contains(&title), "{text}");
                            seen += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(seen > 2500, "{seen}");
}

#[test]
fn an_explanation_is_complete_after_a_change_too() {
    let spec = spec(5, "short");
    // As long as real ones: four lines including the lead.
    let mut explanation = explanations().remove(1).remove(0);
    explanation.text = SENTENCE.repeat(2).trim().to_owned();
    let before = KataProgress {
        cases: vec![LastVerdict {
            case: "short 0".to_owned(),
            verdict: VerdictKind::Panicked,
        }],
        ..KataProgress::default()
    };
    let printed = "one line\n";
    let result = result(Judged::Ran(Ran {
        only: None,
        cases: cases(5, "short", &verdicts()[0], printed),
        unmet: vec![],
        explanations: vec![explanation],
        warnings: vec![],
    }));
    let (_, ordinary) = height((80, None), &result, &spec, &before);
    assert!(
        ordinary.contains("Compared with the last run"),
        "{ordinary}"
    );
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words(&ordinary).contains(words(&SENTENCE.repeat(2)).as_str()),
        "{ordinary}"
    );
    // A taller screen shows what an ordinary one has no room for.
    assert!(!ordinary.contains("It printed"), "{ordinary}");
    let (_, tall) = height((80, Some(50)), &result, &spec, &before);
    assert!(tall.contains("It printed"), "{tall}");
}

#[test]
fn a_hidden_case_fits_with_the_words_of_its_author() {
    let spec = spec(5, "short");
    let mut all = cases(5, "short", &CaseVerdict::Passed, "");
    all[3].verdict = CaseVerdict::Passed;
    for case in &mut all[5..] {
        case.note = Some(SENTENCE.repeat(12));
        case.verdict = CaseVerdict::Different(Mismatch {
            how: Difference::Undisclosed,
            parts: Vec::new(),
            outputs: None,
        });
    }
    for explanations in explanations() {
        let result = result(Judged::Ran(Ran {
            only: None,
            cases: all.clone(),
            unmet: vec![],
            explanations,
            warnings: vec![],
        }));
        for (terminal, most) in BOUNDS {
            let (rows, text) = height(terminal, &result, &spec, &KataProgress::default());
            assert!(rows <= most, "{rows} lines at {terminal:?}:\n{text}");
        }
    }
}

#[test]
fn an_answer_that_is_refused_fits_too() {
    let spec = spec(1, "one");
    let params: Vec<String> = (0..30)
        .map(|at| format!("an_input_{at}: &Array1<f32>"))
        .collect();
    let wanted = format!("pub fn f({}) -> Array1<f32>", params.join(", "));
    let refusals = [
        Refusal::Errors {
            broken: "It is broken",
            messages: vec![message(90)],
        },
        Refusal::Errors {
            broken: "It is broken",
            messages: (1..9).map(message).collect(),
        },
        Refusal::Errors {
            broken: "It is broken",
            messages: (0..90).map(|_| message(1)).collect(),
        },
        Refusal::NoFunction {
            function: "f".to_owned(),
            wanted: wanted.clone(),
        },
        Refusal::OtherSignature {
            found: Some(wanted.clone()),
            is_async: false,
            wanted,
        },
        Refusal::CompilerFailed {
            says: "words of a tool ".repeat(900),
        },
        Refusal::CompilerFailed {
            says: "words of a tool\n".repeat(900),
        },
    ];
    for refusal in refusals {
        let result = result(Judged::Refused(refusal));
        let before = KataProgress {
            last_passed: true,
            ..KataProgress::default()
        };
        for (terminal, most) in BOUNDS {
            let (rows, text) = height(terminal, &result, &spec, &before);
            assert!(rows <= most, "{rows} lines at {terminal:?}:\n{text}");
        }
    }
    // With `--full`, everything is shown.
    let screen = Screen::default();
    let mut ui = ui(80, &screen);
    ui.show_all();
    ui.result(
        &result(Judged::Refused(Refusal::Errors {
            broken: "It is broken",
            messages: vec![message(90)],
        })),
        &spec,
    );
    let text = String::from_utf8(screen.0.borrow().clone()).expect("text");
    assert_eq!(text.matches("error: what the compiler says").count(), 90);
}

/// Sealed cases that cannot be run here are not counted, and do not mean that a single case was chosen.
#[test]
fn a_case_next_to_sealed_ones_was_not_chosen_alone() {
    let spec = spec(1, "one");
    let mut cases = cases(1, "one", &CaseVerdict::Passed, "");
    cases.truncate(2);
    cases[1].kind = CaseKind::Sealed;
    cases[1].verdict = CaseVerdict::NotRun(NotRun::Sealed);
    let mut ran = Ran {
        only: None,
        cases,
        unmet: vec![],
        explanations: vec![],
        warnings: vec![],
    };
    let says = super::result::standing(&ran, &spec, true);
    assert_eq!(says, "The only case matches, bit for bit");
    ran.only = Some(1);
    let says = super::result::standing(&ran, &spec, true);
    assert_eq!(says, "Case 1 matches");
}
