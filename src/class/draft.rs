//! What can be recorded when judging does not begin: whoever waits for a report gets one that names the katas and the reason.

use crate::catalog::{CatalogError, Course, Kata};
use crate::record::{CourseAbout, Judge, KataAbout, Record};
use crate::spec::{Credit, SealedResults};

/// A record that is not begun yet: what is asked, as far as it is known.
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
                // A report without a single row would be taken for a broken one.
                katas: vec![KataAbout::unread("katas")],
            },
        }
    }
}

impl Draft {
    /// Reads the katas that were named, or all of them, in the course's order; what is asked is noted as soon as it is known.
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

    /// The record of a submission of which nothing was judged, for this reason.
    #[must_use]
    pub fn unjudged(&self, why: &str) -> Record {
        let headline = format!("not judged: {why}.");
        Record::unjudged(Judge::not_ready(), self.course.clone(), &headline)
    }
}
