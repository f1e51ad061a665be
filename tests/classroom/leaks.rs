//! Searches for leaks in everything that a class gets, and in the files on a grader's machine.

use crate::common::Course;
use crate::common::classroom::{listing, new, release, solution, unpack};
use crate::seal::{found, secrets};

#[test]
fn no_hidden_output_and_no_solution_goes_to_a_class() {
    let course = Course::of_author();
    // Files that a teacher may have in the course.
    course
        .solve("hf_load")
        .write("katas/hf_load/solution.rs", &solution("hf_load"))
        .write("katas/hf_load/hidden.yaml", "format: 1\n")
        .write("katas/hf_load/class.key", "six words taken by mere chance")
        .write("katas/hf_load/hf_load.rs.2026-11-21-063000.backup", "old");
    let release = release();
    new(&course, &format!("actions {release}"));
    new(
        &course,
        &format!("fifty {release} --classroom50 port-weights"),
    );
    new(&course, &format!("scope {release} --gradescope scope.zip"));
    unpack(
        &course.root.join("scope.zip"),
        &course.root.join("unpacked"),
    );
    let (secrets, known) = secrets();
    let (secrets, known): (Vec<_>, Vec<_>) = (secrets.iter().collect(), known.iter().collect());
    let mut seen = 0;
    for folder in ["actions", "fifty", "scope", "unpacked"] {
        let folder = course.root.join(folder);
        for name in listing(&folder) {
            let bytes = std::fs::read(folder.join(&name)).expect("a file");
            let held: Vec<_> = found(&bytes, &secrets).into_iter().collect();
            let held: Vec<_> = held.into_iter().map(String::from_utf8_lossy).collect();
            assert!(held.is_empty(), "{name} holds {held:?}");
            seen += usize::from(!found(&bytes, &known).is_empty());
            for never in [
                "solution.rs",
                "solution.py",
                "hidden.yaml",
                "sealed.yaml",
                ".key",
                ".backup",
            ] {
                assert!(!name.ends_with(never), "{name}");
            }
        }
    }
    // The search finds existing text: the outputs of shown cases in each of the five courses.
    assert!(seen >= 15, "{seen}");
}
