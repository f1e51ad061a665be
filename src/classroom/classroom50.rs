//! Classroom 50: the bundle with `autograder.py`, which its runner fetches for each submission, and what the assignment
//! needs.
//!
//! Everyone can read a published bundle, so it contains nothing that a student's repository does not.

use super::course::CourseFiles;
use super::template::{RUST, fill};
use super::{ClassOptions, ClassroomError, Pin, Tree, unjudged};

/// The maximum size of a bundle in bytes, a little below Classroom 50's limit, because its runner packs differently.
const LARGEST_BUNDLE: usize = (10 << 20) - (256 << 10);

/// Checks an assignment's short name, which is used in URLs and as a folder name.
pub(super) fn check(assignment: &str) -> Result<(), ClassroomError> {
    let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    let fits = assignment.chars().all(plain)
        && !assignment.is_empty()
        && assignment.len() <= 64
        && !assignment.starts_with('-')
        && !assignment.ends_with('-');
    match fits {
        true => Ok(()),
        false => Err(ClassroomError::Assignment(assignment.to_owned())),
    }
}

/// Adds the bundle and `runtime.json`.
pub(super) fn bundle(
    folder: &mut Tree,
    taken: &CourseFiles,
    wanted: &ClassOptions,
    assignment: &str,
) -> Result<(), ClassroomError> {
    let mut bundle = Tree::default();
    let pin = match (&wanted.program, &wanted.pin) {
        (Some(program), _) => {
            bundle.add_program("bin/katas", program.clone());
            "{}".to_owned()
        }
        (None, Some(pin)) => written(pin),
        (None, None) => return Err(ClassroomError::NoPin),
    };
    let autograder = fill(include_str!("template/autograder.py"), &[("PIN", &pin)]);
    bundle.add_program("autograder.py", autograder);
    bundle.add("fallback.json", unjudged::report(taken, "classroom50")?);
    bundle.add_below("course", taken.course.clone());
    let size = bundle.zip()?.len();
    if size > LARGEST_BUNDLE {
        return Err(ClassroomError::TooLarge {
            size,
            most: LARGEST_BUNDLE,
        });
    }
    folder.add_below(&format!("autograders/{assignment}"), bundle);
    folder.add("runtime.json", format!("{{\"rust\": \"{RUST}\"}}\n"));
    Ok(())
}

/// The pin as a Python literal; a URL has no character that needs escaping.
fn written(pin: &Pin) -> String {
    match pin {
        Pin::Git { url, rev } => format!("{{\"git\": \"{url}\", \"rev\": \"{rev}\"}}"),
        Pin::Release { url, sha256 } => {
            let archive = if pin.is_archive() { "True" } else { "False" };
            format!("{{\"release\": \"{url}\", \"sha256\": \"{sha256}\", \"archive\": {archive}}}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_has_a_short_name() {
        for (name, expected) in [
            ("port-weights", true),
            ("hw1", true),
            ("", false),
            ("-a", false),
            ("a-", false),
            ("a_b", false),
            ("A", false),
            ("a/b", false),
            ("..", false),
        ] {
            assert_eq!(check(name).is_ok(), expected, "{name}");
        }
    }
}
