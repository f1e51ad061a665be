//! Makes the texts of a record printable, since they come from answers or from an untrusted record.
//!
//! Answers and starters stay unchanged, because they are compared to find similar answers, and authors extract them.

use std::borrow::Cow;

use super::{CourseAbout, Judge, KataRecord, Record, Submission};
use crate::printable::{line, lines};

impl Record<()> {
    /// Makes every text printable.
    pub fn make_printable(&mut self) {
        self.judge.make_printable();
        self.course.make_printable();
        self.part
            .iter_mut()
            .for_each(|part| fit(&mut part.class, line));
    }
}

impl Judge {
    /// Makes every text printable.
    pub fn make_printable(&mut self) {
        let texts = [&mut self.katas, &mut self.digest];
        for text in texts.into_iter().chain(self.tools.values_mut()) {
            fit(text, line);
        }
        let layers = self.confined.iter_mut().chain(&mut self.not_confined);
        layers.chain(&mut self.key).for_each(|text| fit(text, line));
    }
}

impl CourseAbout {
    /// Makes every text but the starters printable.
    pub fn make_printable(&mut self) {
        fit(&mut self.title, line);
        for about in &mut self.katas {
            for text in [&mut about.id, &mut about.title, &mut about.digest] {
                fit(text, line);
            }
            about
                .cases
                .iter_mut()
                .for_each(|case| fit(&mut case.name, line));
        }
    }
}

impl Submission {
    /// Makes every text but the answers printable.
    pub fn make_printable(&mut self) {
        fit(&mut self.id, line);
        let student = &mut self.student;
        for name in [
            &mut student.name,
            &mut student.email,
            &mut student.sis_id,
            &mut student.canvas_id,
            &mut student.moodle_id,
        ] {
            name.iter_mut().for_each(|name| fit(name, line));
        }
        self.problems
            .iter_mut()
            .for_each(|problem| fit(problem, line));
        self.katas.iter_mut().for_each(KataRecord::make_printable);
    }
}

impl KataRecord {
    /// Makes every text but the answer printable.
    pub fn make_printable(&mut self) {
        fit(&mut self.kata, line);
        fit(&mut self.headline, lines);
        fit(&mut self.screen, lines);
        if let Some(answer) = &mut self.answer {
            fit(&mut answer.file, line);
            fit(&mut answer.digest, line);
        }
        for case in &mut self.cases {
            fit(&mut case.name, line);
            fit(&mut case.said, lines);
            fit(&mut case.printed, lines);
        }
        for cause in &mut self.causes {
            for text in [&mut cause.kind, &mut cause.id] {
                fit(text, line);
            }
            for text in [&mut cause.lead, &mut cause.text] {
                fit(text, lines);
            }
        }
        for message in self.errors.iter_mut().chain(&mut self.warnings) {
            fit(&mut message.text, lines);
            fit(&mut message.code, line);
        }
        self.outputs.iter_mut().for_each(|digest| fit(digest, line));
    }
}

fn fit(text: &mut String, printable: fn(&str) -> Cow<'_, str>) {
    if let Cow::Owned(fit) = printable(text) {
        *text = fit;
    }
}
