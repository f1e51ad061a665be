//! Gradescope's autograder: a zip with `setup.sh`, `run_autograder` and the course that students are judged by.
//!
//! The zip is in the teacher's account, and its files are on the machine that judges. An answer runs confined there
//! and cannot read them; still, the zip contains no solutions and no hidden outputs, and the class key only if the
//! teacher adds it.

use super::course::CourseFiles;
use super::template::{RUST, fill};
use super::{ClassOptions, ClassroomError, Tree, pages, unjudged};
use crate::seal::Zeroizing;

/// Creates the zip.
pub(super) fn zip(
    taken: &CourseFiles,
    wanted: &ClassOptions,
    key: Option<&Zeroizing<Vec<u8>>>,
) -> Result<Vec<u8>, ClassroomError> {
    let mut zip = Tree::default();
    let install = match (&wanted.program, &wanted.pin) {
        (Some(program), _) => {
            zip.add_program("katas", program.clone());
            "install -m 755 \"$source/katas\" \"$into/bin/katas\"".to_owned()
        }
        (None, Some(pin)) => {
            let variables = pin.variables().into_iter();
            let variables = variables.map(|(name, value)| format!("{name}='{value}'\n"));
            format!(
                "{}{}",
                variables.collect::<String>(),
                pin.shell().trim_end()
            )
        }
        (None, None) => return Err(ClassroomError::NoPin),
    };
    let setup = fill(
        include_str!("template/setup.sh"),
        &[("RUST", RUST), ("INSTALL", &install)],
    );
    let key_option = match key {
        Some(_) => " \\\n    --key-file \"$root/source/class.key\"",
        None => "",
    };
    let run = fill(
        include_str!("template/run_autograder"),
        &[("KEY", key_option)],
    );
    zip.add_program("setup.sh", setup);
    zip.add_program("run_autograder", run);
    zip.add("fallback.json", unjudged::report(taken, "gradescope")?);
    zip.add("TEACHER.md", pages::teacher(taken, wanted));
    zip.add_below("course", taken.course.clone());
    if let Some(key) = key {
        zip.add_secret("class.key", key.as_slice());
    }
    Ok(zip.zip()?)
}
