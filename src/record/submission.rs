//! A submission with its results.

use serde::{Deserialize, Serialize};

use super::{KataRecord, Points};

/// A submission and its results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Its id, unique in the class: the name of its folder or file; empty for a single submission.
    pub id: String,
    /// Who submitted it, as far as the platform says.
    pub student: Student,
    /// One for each kata of the course, in its order.
    pub katas: Vec<KataRecord>,
    /// Problems of the submission as a whole, in sentences: a zip that cannot be read, two files for one kata.
    pub problems: Vec<String>,
}

/// Who submitted something, as the platform identifies them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Student {
    /// The person's name.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The school's number or login for the person.
    pub sis_id: Option<String>,
    /// Canvas's number for the person.
    pub canvas_id: Option<String>,
    /// Moodle's number for the person in this assignment.
    pub moodle_id: Option<String>,
}

impl Submission {
    /// The points of all katas.
    #[must_use]
    pub fn points(&self) -> Points {
        self.katas.iter().map(|kata| kata.points).sum()
    }

    /// The result for the kata with this name and this index in the course.
    #[must_use]
    pub fn kata(&self, place: usize, id: &str) -> Option<&KataRecord> {
        // They are in the order of the course, but a foreign record may lack some.
        let placed = self.katas.get(place).filter(|kata| kata.kata == id);
        placed.or_else(|| self.katas.iter().find(|kata| kata.kata == id))
    }

    /// Its display name: the person's name, or else the id.
    #[must_use]
    pub fn label(&self) -> &str {
        self.student.name.as_deref().unwrap_or(&self.id)
    }
}
