//! What is kept of judged answers: plain data with a version, the one thing that every report is made from.
//!
//! `grade` fills it, `class` keeps and joins it, `report` and `ui` show it. It is also what `--report json` writes and what
//! `katas merge` reads, so whatever a report says, a record read back says too. A record of a class holds no times and no
//! dates: judging the same answers again gives the same bytes.

mod format;
mod kata;
mod made;
mod points;
mod spool;
mod students;
mod submission;
mod submissions;
mod texts;

pub use format::{CaseAbout, ClassPart, CourseAbout, FORMAT, Judge, KataAbout, Record};
pub use kata::{Answer, CaseRecord, CaseStatus, Cause, KataRecord, Message, Status, StudentView};
pub use made::{Wording, made, of_run};
pub use points::{Points, share, shown};
pub use spool::{Spool, Values};
pub use submission::{Student, Submission};
pub use submissions::{AnyRecord, Submissions};
