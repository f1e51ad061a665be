//! The page of a single submission: one student's full result. It has no script.

use std::io::{Result, Write};

use serde::Serialize;

use super::about::About;
use super::class::label;
use super::policy;
use super::templates::{STYLE, lay_out};
use super::words::{
    PRINTED, SHOWN, case_letter, case_words, class, clipped, kind, percent, sentence, share,
    visible,
};
use crate::record::{AnyRecord, Cause, KataAbout, KataRecord, Message, Submission, shown};
use crate::report::text::word;
use crate::words::plural;

/// The values for the template.
#[derive(Serialize)]
struct Page<'a> {
    policy: String,
    style: &'static str,
    about: About,
    /// Empty for a single submission without a name: then the page only names the course.
    name: &'a str,
    given: String,
    most: String,
    share: String,
    class: &'static str,
    problems: &'a [String],
    katas: Vec<Kata<'a>>,
}

#[derive(Serialize)]
struct Kata<'a> {
    id: &'a str,
    title: &'a str,
    class: &'static str,
    status: &'static str,
    share: String,
    given: String,
    most: u32,
    headline: String,
    screen: String,
    file: &'a str,
    source: String,
    cases: Vec<Case<'a>>,
    causes: &'a [Cause],
    errors: &'a [Message],
    warnings: &'a [Message],
}

#[derive(Serialize)]
struct Case<'a> {
    number: usize,
    name: &'a str,
    kind: &'static str,
    letter: char,
    words: &'static str,
    said: String,
    printed: String,
}

/// Renders the page.
pub(super) fn page(record: &AnyRecord, submission: &Submission, out: &mut dyn Write) -> Result<()> {
    let katas = submission.katas.iter().map(|kata| {
        let about = record
            .course
            .katas
            .iter()
            .find(|about| about.id == kata.kata);
        one(about, kata)
    });
    let points = submission.points();
    let page = Page {
        policy: policy::policy(STYLE, None),
        style: STYLE,
        about: About::of(record),
        name: if submission.label().is_empty() {
            ""
        } else {
            label(submission)
        },
        given: shown(points.given),
        most: plural(points.most as usize, "point"),
        share: percent(points.fraction()),
        class: super::table::heat(points.fraction()),
        problems: &submission.problems,
        katas: katas.collect(),
    };
    lay_out("one.html", &page, out)
}

fn one<'a>(about: Option<&'a KataAbout>, kata: &'a KataRecord) -> Kata<'a> {
    let answer = kata.answer.as_ref();
    let source = answer.and_then(|answer| answer.source.as_deref());
    Kata {
        id: &kata.kata,
        title: about.map_or("", |about| about.title.as_str()),
        class: class(kata.status, share(kata)),
        status: word(kata.status),
        share: percent(share(kata)),
        given: shown(kata.points.given),
        most: kata.points.most,
        headline: sentence(&kata.headline),
        screen: visible(&clipped(&kata.screen, SHOWN)),
        file: answer.map_or("", |answer| answer.file.as_str()),
        source: visible(&clipped(source.unwrap_or_default(), SHOWN)),
        cases: kata
            .cases
            .iter()
            .map(|case| Case {
                number: case.number,
                name: &case.name,
                kind: kind(case.kind),
                letter: case_letter(case.status),
                words: case_words(case.status),
                said: visible(&case.said),
                printed: visible(&clipped(&case.printed, PRINTED)),
            })
            .collect(),
        causes: &kata.causes,
        errors: &kata.errors,
        warnings: &kata.warnings,
    }
}
