//! The output after an answer is judged: what the learner has learned, and likely next commands.

use super::here;
use crate::catalog::{Course, Kata};
use crate::progress::Progress;
use crate::ui::Ui;
use crate::verdict::KataResult;

/// Shows what the learner has learned with a passing answer; a first pass may also complete a chapter or the course.
pub(super) fn a_pass(
    course: &Course,
    progress: &Progress,
    kata: &Kata,
    passed_before: bool,
    ui: &mut Ui,
) {
    if let Some(takeaway) = &kata.spec.takeaway {
        ui.blank();
        ui.say(0, takeaway);
    }
    if passed_before {
        return;
    }
    let description = &course.description;
    let mut chapters = description.chapters.iter();
    let chapter = chapters.find(|chapter| chapter.katas.contains(&kata.id));
    if let Some(chapter) =
        chapter.filter(|chapter| chapter.katas.iter().all(|id| progress.passed(id)))
    {
        ui.end(
            &format!("You have finished the chapter: {}.", chapter.title),
            chapter.recap.as_deref(),
        );
    }
    if course.ids().all(|id| progress.passed(id)) {
        ui.end(
            "You have finished the course.",
            description.closing.as_deref(),
        );
    }
}

/// Shows likely next commands. `is_whole`: whether all cases were run; `help`: what a hint offers; `compare`: whether
/// the reference answer is available.
pub(super) fn next_steps(
    course: &Course,
    progress: &Progress,
    result: &KataResult,
    is_whole: bool,
    (help, compare): (&str, bool),
    ui: &mut Ui,
) {
    let id = &result.kata;
    let mut show = |steps: &[(&str, &str)]| {
        if !steps.is_empty() {
            ui.blank();
            ui.steps(steps);
        }
    };
    if !result.passed() {
        show(&[
            (&format!("katas hint {id}"), help),
            (&format!("katas show {id}"), "read the task"),
        ]);
    } else if !is_whole {
        show(&[(&format!("katas run {id}"), "run all cases")]);
    } else {
        let next = here::next(course, progress).filter(|next| next != id);
        let next = next.map(|next| format!("katas show {next}"));
        let solution = compare.then(|| format!("katas solution {id}"));
        let next = next
            .iter()
            .map(|next| (next.as_str(), "read the next kata"));
        let solution = solution.iter();
        let solution = solution.map(|shown| (shown.as_str(), "compare with the reference answer"));
        show(&next.chain(solution).collect::<Vec<_>>());
    }
}
