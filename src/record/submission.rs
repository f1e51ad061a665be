//! What one person or group handed in, with its results.

use serde::{Deserialize, Serialize};

use super::{KataRecord, Points};

/// Holds what one person or group handed in, and the result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// What tells it from all others of the class: the name of its folder or file; empty when it is the only one.
    pub id: String,
    /// Who handed it in, as far as the place it came from says.
    pub student: Student,
    /// One for each kata of the course, in its order.
    pub katas: Vec<KataRecord>,
    /// What is wrong with the submission as a whole, in a sentence: a zip that cannot be read, two files for one kata.
    pub problems: Vec<String>,
}

/// Says who handed something in, in the words of the place it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Student {
    /// The person's name.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The number or login by which the school knows the person.
    pub sis_id: Option<String>,
    /// The number by which Canvas knows the person.
    pub canvas_id: Option<String>,
    /// The number by which Moodle knows the person in this assignment.
    pub moodle_id: Option<String>,
}

impl Submission {
    /// The points of all katas.
    #[must_use]
    pub fn points(&self) -> Points {
        self.katas.iter().map(|kata| kata.points).sum()
    }

    /// The result of its answer to the kata with this name, which stands at this place in the course.
    #[must_use]
    pub fn kata(&self, place: usize, id: &str) -> Option<&KataRecord> {
        // They stand in the course's order; a record from elsewhere may leave one out.
        let placed = self.katas.get(place).filter(|kata| kata.kata == id);
        placed.or_else(|| self.katas.iter().find(|kata| kata.kata == id))
    }

    /// What to call it: the person's name, else the id.
    #[must_use]
    pub fn label(&self) -> &str {
        self.student.name.as_deref().unwrap_or(&self.id)
    }
}
