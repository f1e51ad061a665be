//! The record to write if judging does not begin: a report then still names the katas and the reason.

use crate::catalog::{CatalogError, Course, Kata};
use crate::record::{CourseAbout, Judge, KataAbout, Record};
use crate::spec::{Credit, SealedResults};

/// A draft of a record: the katas, as far as they are known.
pub struct Draft {
    course: CourseAbout,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            course: CourseAbout {
                title: String::new(),
                credit: Credit::default(),
                sealed: SealedResults::default(),
                // A report without rows would look broken.
                katas: vec![KataAbout::unread("katas")],
            },
        }
    }
}

impl Draft {
    /// Reads the named katas, or all of them, in the course's order; they are noted as soon as they are known.
    ///
    /// # Errors
    /// When there is no such kata, or one is broken.
    pub fn katas(&mut self, course: &Course, named: &[String]) -> Result<Vec<Kata>, CatalogError> {
        let asked = &mut self.course;
        asked.title.clone_from(&course.description.title);
        asked.credit = course.description.credit;
        asked.sealed = course.description.sealed;
        let named = named.iter().map(|id| course.lookup(id));
        let named = named.collect::<Result<Vec<_>, _>>()?;
        let mut ids: Vec<&str> = course.ids().collect();
        ids.retain(|id| named.is_empty() || named.contains(id));
        asked.katas = ids.iter().map(|id| KataAbout::unread(id)).collect();
        let mut katas = Vec::new();
        for (id, about) in ids.iter().zip(&mut asked.katas) {
            let kata = course.kata(id)?;
            about.title.clone_from(&kata.spec.title);
            about.points = kata.spec.points;
            katas.push(kata);
        }
        asked.make_printable();
        Ok(katas)
    }

    /// The record of a submission that was not judged, for this reason.
    #[must_use]
    pub fn unjudged(&self, why: &str) -> Record {
        let headline = format!("not judged: {why}.");
        Record::unjudged(Judge::not_ready(), self.course.clone(), &headline)
    }
}
