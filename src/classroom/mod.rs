//! What a teacher distributes to a class: the course without its solutions, and the files that let a classroom judge
//! it.
//!
//! `cli` calls [`make`] and writes the result. The texts are files in `template/`; each kind of classroom has a
//! module that fills them in. Nothing here opens a connection, runs a program or writes a file.

mod actions;
mod classroom50;
mod course;
mod error;
mod gradescope;
mod pages;
mod pin;
mod template;
mod tree;
mod unjudged;
mod wanted;

pub(crate) use error::ClassroomError;
pub(crate) use pin::{Pin, PinError};
pub(crate) use tree::{Tree, TreeError};
pub(crate) use wanted::{ClassOptions, Solutions, Way};

use crate::catalog::Course;
use crate::grade;
use crate::seal::ClassKey;

/// The generated files.
#[derive(Clone, Debug)]
pub(crate) struct ClassFiles {
    /// The number of katas.
    pub katas: usize,
    /// The folder for students, and the other files of Classroom 50.
    pub folder: Tree,
    /// The zip for Gradescope.
    pub zip: Option<Vec<u8>>,
}

/// Creates everything that a class needs from a course.
///
/// # Errors
/// When the course is not ready for students, or the options contradict each other.
pub(crate) fn make(course: &Course, wanted: &ClassOptions) -> Result<ClassFiles, ClassroomError> {
    let taken = course::take(course, wanted)?;
    let mut folder = Tree::default();
    let mut zip = None;
    match &wanted.way {
        Way::Actions => {
            if wanted.program.is_some() {
                return Err(ClassroomError::NoRoom);
            }
            let pin = wanted.pin.as_ref().ok_or(ClassroomError::NoPin)?;
            pages::students(&mut folder, &taken, wanted);
            actions::workflow(&mut folder, &taken, pin);
            folder.add("TEACHER.md", pages::teacher(&taken, wanted));
        }
        Way::Classroom50 { assignment } => {
            classroom50::check(assignment)?;
            let mut template = Tree::default();
            pages::students(&mut template, &taken, wanted);
            folder.add_below("template", template);
            classroom50::bundle(&mut folder, &taken, wanted, assignment)?;
            folder.add("TEACHER.md", pages::teacher(&taken, wanted));
        }
        Way::Gradescope { key } => {
            pages::students(&mut folder, &taken, wanted);
            folder.add("TEACHER.md", pages::teacher(&taken, wanted));
            zip = Some(gradescope::zip(&taken, wanted, key.as_ref())?);
        }
    }
    Ok(ClassFiles {
        katas: taken.katas.len(),
        folder,
        zip,
    })
}

/// Checks that the class key opens every sealed case of the requested katas.
///
/// # Errors
/// When a case cannot be opened, or there is none.
pub(crate) fn check_key(
    course: &Course,
    wanted: &ClassOptions,
    key: &ClassKey,
) -> Result<(), ClassroomError> {
    let mut sealed = 0;
    for id in course.ids() {
        let named = wanted.katas.iter().map(|typed| course.lookup(typed));
        let named = named.flatten().any(|named| named == id);
        if wanted.katas.is_empty() || named {
            sealed += grade::open_sealed(&course.kata(id)?, key)?.len();
        }
    }
    match sealed {
        0 => Err(ClassroomError::NothingSealed),
        _ => Ok(()),
    }
}

/// Whether these bytes are a Linux program.
pub(crate) fn is_linux_program(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x7fELF")
}
