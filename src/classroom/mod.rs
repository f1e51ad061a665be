//! What a teacher hands to a class: the course without its solutions, and the files that let a classroom judge it.
//!
//! `cli` calls [`make`] and writes what it gives. The texts are files in `template/`; a file beside this one fills in those
//! of one kind of classroom. Nothing here opens a connection, runs anything or writes a file.

mod actions;
mod classroom50;
mod course;
mod gradescope;
mod pages;
mod pin;
mod tree;
mod unjudged;

pub use pin::{Pin, PinError};
pub use tree::{Tree, TreeError};

use crate::catalog::{CatalogError, Course};
use crate::grade::GradeError;
use crate::seal::Zeroizing;

/// The version of Rust that is installed where there is none.
const RUST: &str = "1.95.0";

/// The kind of classroom, with what only this kind needs.
#[derive(Clone)]
pub enum Way {
    /// A repository for each student, judged by a workflow of its own.
    Actions,
    /// Classroom 50, with the assignment's short name.
    Classroom50 {
        /// As it stands in addresses.
        assignment: String,
    },
    /// Gradescope.
    Gradescope {
        /// The class key, if the sealed cases are to be run there.
        key: Option<Zeroizing<Vec<u8>>>,
    },
}

/// What is wanted.
#[derive(Clone)]
pub struct Wanted {
    /// The kind of classroom.
    pub way: Way,
    /// The katas; all of the course if there is none.
    pub katas: Vec<String>,
    /// How `katas` is installed.
    pub pin: Option<Pin>,
    /// The program itself, to go with the grader where there is room for it.
    pub program: Option<Vec<u8>>,
    /// Whether the locks keep the reference solutions, encrypted as they are.
    pub solutions: Solutions,
}

/// What becomes of the encrypted reference solutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solutions {
    /// They stay in the locks.
    Kept,
    /// They are taken out.
    LeftOut,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// How many katas there are in it.
    pub katas: usize,
    /// The folder for students, and for Classroom 50 what is beside it.
    pub folder: Tree,
    /// The zip for Gradescope.
    pub zip: Option<Vec<u8>>,
}

/// Nothing can be made of this.
#[derive(Debug, thiserror::Error)]
pub enum ClassroomError {
    /// Nobody said where `katas` comes from.
    #[error("it is not specified which katas the class installs")]
    NoPin,
    /// A program cannot be put anywhere.
    #[error("a template for GitHub Actions cannot include a program: its workflow installs katas")]
    NoRoom,
    /// The assignment's name makes no address.
    #[error("`{0}` is not a valid short name of an assignment")]
    Assignment(String),
    /// A kata has hidden cases that nothing is known of without its solutions.
    #[error("katas/{kata}/kata.lock is missing, so its hidden cases cannot be judged")]
    NoLock {
        /// The kata.
        kata: String,
    },
    /// A sealed case was written and never sealed.
    #[error("the sealed case `{case}` of {kata} is not in katas/{kata}/kata.lock")]
    NotSealed {
        /// The kata.
        kata: String,
        /// The case.
        case: String,
    },
    /// The bundle is larger than Classroom 50 takes.
    #[error("the bundle has {size} bytes, and Classroom 50 takes {most}")]
    TooLarge {
        /// What it has.
        size: usize,
        /// What is allowed.
        most: usize,
    },
    /// The course cannot be read.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The course cannot be used.
    #[error(transparent)]
    Grade(#[from] GradeError),
    /// The zip cannot be made.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

/// Makes everything that a class needs of a course.
///
/// # Errors
/// When the course is not ready for students, or what is wanted does not fit together.
pub fn make(course: &Course, wanted: &Wanted) -> Result<Made, ClassroomError> {
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
    Ok(Made {
        katas: taken.katas.len(),
        folder,
        zip,
    })
}

/// Fills the names in a template, each written as `@NAME@`.
fn fill(template: &str, names: &[(&str, &str)]) -> String {
    let fill =
        |text: String, (name, value): &(&str, &str)| text.replace(&format!("@{name}@"), value);
    names.iter().fold(template.to_owned(), fill)
}
