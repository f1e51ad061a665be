//! The files that a run writes for editors; `tests/with_tools/editor.rs` tests them with the real rust-analyzer.

use std::path::Path;

use serde_json::Value;

use crate::common::Course;

#[test]
fn a_run_helps_the_editor_too() {
    let course = Course::of_learner();
    course.katas("run hf_load").exits(1);
    let project: Value = serde_json::from_str(&course.read("rust-project.json")).expect("JSON");
    let crates = project["crates"].as_array().expect("crates");
    let answers: Vec<_> = crates
        .iter()
        .filter(|known| known["is_workspace_member"] == true)
        .collect();
    // Only the existing answer; the next run or `init` adds the others.
    assert_eq!(answers.len(), 1);
    let root = answers[0]["root_module"].as_str().expect("a path");
    assert!(Path::new(root).is_file() && root.ends_with("katas/hf_load/hf_load.rs"));
    let names = answers[0]["deps"].as_array().expect("deps");
    let names: Vec<_> = names
        .iter()
        .filter_map(|known| known["name"].as_str())
        .collect();
    assert_eq!(names.len(), 2);
    assert!(
        names.contains(&"nnx") && names.contains(&"ndarray"),
        "{names:?}"
    );
    for known in crates {
        let root = known["root_module"].as_str().expect("a path");
        assert!(Path::new(root).is_file(), "{root}");
    }
}

#[test]
fn a_cargo_package_keeps_its_own_files() {
    // A course that is a cargo package, as the repository of katas is: a `rust-project.json` at its top would hide
    // the package from editors.
    let course = Course::of_author();
    course.write("Cargo.toml", "[package]\nname = \"mine\"\n");
    course.katas("run hf_load").exits(1);
    assert!(!course.root.join("rust-project.json").exists());
    assert!(course.root.join(".katas/rust-project.json").is_file());
}
