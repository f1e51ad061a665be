//! The report of a submission of which nothing was judged, made ahead: a grader that cannot even start leaves this one.

use super::ClassroomError;
use super::course::Taken;
use crate::class;
use crate::record::{CourseAbout, FORMAT, Judge, KataRecord, Record, Status, Submission};
use crate::report;

/// What a student reads in it.
const SAYS: &str =
    "not judged: the grader could not finish. That is not your fault; tell your teacher.";

/// Writes it in a format, by the format's name.
pub(super) fn report(taken: &Taken, format: &str) -> Result<Vec<u8>, ClassroomError> {
    let katas = taken.katas.iter();
    let about = katas.map(|kata| Ok(class::about(kata, None, &kata.digest()?)?));
    let course = CourseAbout {
        title: taken.title.clone(),
        credit: taken.credit,
        katas: about.collect::<Result<_, ClassroomError>>()?,
    };
    let katas = course.katas.iter();
    let katas =
        katas.map(|kata| KataRecord::without_cases(&kata.id, Status::Unjudged, kata.points, SAYS));
    let record = Record {
        format: FORMAT.to_owned(),
        judge: Judge {
            katas: env!("CARGO_PKG_VERSION").to_owned(),
            toolchain: String::new(),
            confined: Vec::new(),
            not_confined: Vec::new(),
            key: None,
            seconds: 0,
        },
        submissions: vec![Submission {
            katas: katas.collect(),
            ..Submission::default()
        }],
        course,
        part: None,
    };
    let format = report::format(format).expect("a format that this program has");
    Ok(format.render(&record))
}
