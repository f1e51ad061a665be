//! A report, created in advance, which says that nothing was judged: it remains if a grader cannot even start.

use super::ClassroomError;
use super::course::CourseFiles;
use crate::class;
use crate::record::{CourseAbout, Judge, Record};
use crate::report;

/// The text that a student reads in it.
const SAYS: &str =
    "not judged: the grader could not finish. That is not your fault; tell your teacher.";

/// Renders it in the format with this name.
pub(super) fn report(taken: &CourseFiles, format: &str) -> Result<Vec<u8>, ClassroomError> {
    let katas = taken.katas.iter();
    let about = katas.map(|kata| Ok(class::about(kata, None, &kata.digest()?)?));
    let course = CourseAbout {
        title: taken.title.clone(),
        credit: taken.credit,
        sealed: taken.sealed,
        katas: about.collect::<Result<_, ClassroomError>>()?,
    };
    let record = Record::unjudged(Judge::not_ready(), course, SAYS);
    let format = report::format(format).expect("a format that this program has");
    Ok(format.render(&record))
}
