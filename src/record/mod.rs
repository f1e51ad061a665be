//! Stored results: versioned plain data from which every report is made.
//!
//! `grade` fills records, `class` stores and merges them, `report` and `ui` show them. `--report json` writes a
//! record and `katas merge` reads it, so a report made from a record that was read back is the same. A record of a
//! class contains no times and no dates: judging the same answers again gives the same bytes.

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
