//! `katas` for answers in Python, on a machine without Rust.

use super::course;
use crate::common::{Course, Output};

/// Runs `katas` without any Rust tools.
fn without_rust(course: &Course, words: &[&str]) -> Output {
    let mut command = course.command(words);
    course.finish(
        command
            .env("PATH", "/usr/bin:/bin")
            .env_remove("RUSTUP_HOME"),
    )
}

#[test]
fn the_solutions_have_the_bits() {
    let course = course(Course::of_author());
    for (id, cases) in [("hf_load", 8), ("split_merge", 6), ("state_translation", 6)] {
        let answer = format!("solutions/{id}/solution.py");
        without_rust(&course, &["run", id, "--answer", &answer])
            .exits(0)
            .says(&format!("All {cases} cases match, bit for bit"));
    }
}

#[test]
fn a_course_in_python_needs_no_rust() {
    let course = course(Course::empty());
    without_rust(&course, &["init", ".", "--track", "python"]).exits(0);
    assert!(course.root.join("katas/hf_load/hf_load.py").is_file());
    assert!(!course.root.join("katas/hf_load/hf_load.rs").exists());
    for id in ["hf_load", "split_merge", "state_translation"] {
        without_rust(&course, &["run", id])
            .exits(1)
            .says("is not written yet");
    }
    let doctor = without_rust(&course, &["doctor"]).exits(0);
    doctor
        .says("jax 0.10.")
        .says("Everything that katas needs is installed and works.");
    course.write("katas/hf_load/hf_load.py", "mine");
    without_rust(&course, &["reset", "hf_load"]).exits(0);
    assert_eq!(
        course.read("katas/hf_load/hf_load.py"),
        course.read("katas/hf_load/starter.py")
    );
    assert!(!course.root.join("katas/hf_load/hf_load.rs").exists());
}

#[test]
fn a_function_with_other_parameters_is_not_reported_as_stopped() {
    let course = course(Course::of_learner());
    course.write(
        "katas/hf_load/hf_load.py",
        "def load_hf_weights(a):\n    return a\n",
    );
    course
        .katas("run hf_load --track python")
        .exits(1)
        .says("cannot take the kata's 5 arguments")
        .says("Look at that line");
}

#[test]
fn a_wrong_answer_gets_an_explanation() {
    let course = course(Course::of_author());
    let solution = course.read("solutions/hf_load/solution.py");
    let wrong = solution.replace(".reshape(features, x.size)", ".reshape(x.size, features)");
    let wrong = wrong.replace("weight.T", "weight");
    assert_ne!(solution, wrong);
    course.write("katas/hf_load/hf_load.py", &wrong);
    without_rust(&course, &["run", "hf_load", "--track", "python"])
        .exits(1)
        .says("This is a known mistake. Your kernel has Flax's shape");
    course.write("katas/hf_load/hf_load.py", "def load_hf_weights(:\n");
    without_rust(&course, &["run", "hf_load", "--track", "python"])
        .exits(1)
        .says("File \"katas/hf_load/hf_load.py\", line 1");
}

#[test]
fn a_kata_about_a_call_asks_for_it() {
    let course = course(Course::of_author());
    let text = "\
import jax.numpy as jnp
from flax import nnx

def split_merge_round_trip(seed, x, bias, features):
    before = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))(x)
    after = before + bias
    return jnp.stack([before.sum(), after.sum(), jnp.abs(before - after).max()])
";
    course.write("katas/split_merge/split_merge.py", text);
    without_rust(&course, &["run", "split_merge"])
        .exits(1)
        .says("nnx.split")
        .says("nnx.merge");
}

/// A class in two languages: the file extension determines the track of each answer.
#[test]
fn a_class_in_both_languages() {
    let course = course(Course::of_author());
    let (rust, python) = ["solution.rs", "solution.py"]
        .map(|name| course.read(&format!("solutions/hf_load/{name}")))
        .into();
    course
        .write("class/ada/hf_load.rs", &rust)
        .write("class/bob/hf_load.py", &python)
        .write(
            "class/cyd/hf_load.py",
            "def load_hf_weights(seed, x, w, b, n):\n    return None\n",
        );
    let record = "grade hf_load --class class --report json=class.json";
    course.katas(record).exits(0);
    let record: serde_json::Value =
        serde_json::from_str(&course.read("class.json")).expect("a record");
    let submissions = record["submissions"].as_array().expect("a list");
    let told: Vec<_> = submissions
        .iter()
        .map(|one| {
            let kata = &one["katas"][0];
            let track = &kata["answer"]["track"];
            format!("{} {track} {}", one["id"], kata["status"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        told,
        ["ada rust passed", "bob python passed", "cyd python failed"]
    );
}
