//! Gradescope: the zip, unpacked as on Gradescope, and its two scripts.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;

use super::tools::Tools;
use super::{ENDLESS, bare, finished, warm, write};
use crate::common::classroom::{check_gradescope, json, new, release, solution, unpack};
use crate::common::{Course, Output, repository};

/// A machine of Gradescope, with a folder in place of `/autograder`.
struct Machine {
    course: Course,
    root: PathBuf,
    tools: Tools,
}

impl Machine {
    /// Builds an image that has all tools, so nothing is installed.
    fn built(course: Course, words: &str) -> Self {
        let tools = Tools::all(course.root.join("tools"));
        let machine = Self::built_with(course, words, tools);
        assert_eq!(machine.tools.asked(), [] as [&str; 0]);
        machine
    }

    /// Builds an image with these tools: the zip is unpacked into `source/`, and `setup.sh` is run.
    fn built_with(course: Course, words: &str, tools: Tools) -> Self {
        new(&course, &format!("--gradescope autograder.zip {words}"));
        let root = course.root.join("autograder");
        let source = root.join("source");
        unpack(&course.root.join("autograder.zip"), &source);
        warm(&root.join("katas/cache"));
        let mut command = bare("bash", &root);
        command
            .arg(source.join("setup.sh"))
            .env("AUTOGRADER_ROOT", &root)
            .env("PATH", tools.path());
        finished(&mut command)
            .exits(0)
            .says("Everything that katas needs is installed")
            .says("0 / 9");
        // Gradescope moves it out of `source/`.
        std::fs::copy(source.join("run_autograder"), root.join("run_autograder")).expect("a copy");
        Self {
            course,
            root,
            tools,
        }
    }

    fn of(words: &str) -> Self {
        Self::built(Course::of_author(), words)
    }

    /// Submits files, and runs the autograder in an environment like Gradescope's.
    fn judge(&self, files: &[(&str, &str)], variables: &[(&str, &str)]) -> (Output, Value) {
        for folder in ["submission", "results"] {
            let folder = self.root.join(folder);
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).expect("a folder");
        }
        for (name, text) in files {
            write(self.root.join("submission").join(name), text);
        }
        self.run(variables)
    }

    fn run(&self, variables: &[(&str, &str)]) -> (Output, Value) {
        let mut command = bare("./run_autograder", &self.root);
        // The variables of the image's build are not set any more.
        command
            .env("AUTOGRADER_ROOT", &self.root)
            .env("PATH", self.tools.path())
            .envs(variables.iter().copied());
        let output = finished(&mut command).exits(0);
        let results = json(&self.root.join("results/results.json"));
        check_gradescope(&results);
        (output, results)
    }
}

fn score(results: &Value) -> f64 {
    results["score"].as_f64().expect("a score")
}

#[test]
fn submissions_of_every_kind_have_results() {
    let machine = Machine::of(&release());
    let (one, two) = (solution("hf_load"), solution("split_merge"));
    let wrong = repository().join("solutions/hf_load/wrong/no_transpose.rs");
    let wrong = std::fs::read_to_string(wrong).expect("a wrong answer");
    let (output, results) = machine.judge(
        &[
            ("hf_load.rs", &one),
            ("katas/split_merge/split_merge.rs", &two),
        ],
        &[],
    );
    assert!((score(&results) - 6.0).abs() < 1e-9, "{output}");
    let (output, results) = machine.judge(&[("work/HF_LOAD.RS", &wrong)], &[]);
    assert!(score(&results) > 0.0 && score(&results) < 4.0, "{output}");
    assert!(output.stdout.contains("katas") || !output.stderr.is_empty());
    let (output, results) = machine.judge(&[], &[]);
    assert_eq!(score(&results), 0.0, "{output}");
    assert!(results.to_string().contains("no answer"), "{results}");
    let (output, results) = machine.judge(&[("hf_load.rs", "fn (")], &[]);
    assert_eq!(score(&results), 0.0, "{output}");
    assert!(results.to_string().contains("compile"), "{results}");
    // A submitted zip, and one that would fill the disk.
    for (answer, expected) in [(one.clone(), 4.0), ("/".repeat(64 << 20), 0.0)] {
        machine.judge(&[], &[]);
        let mut zip = zip::ZipWriter::new(
            std::fs::File::create(machine.root.join("submission/work.zip")).expect("a file"),
        );
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("katas/hf_load/hf_load.rs", options)
            .expect("an entry");
        std::io::Write::write_all(&mut zip, answer.as_bytes()).expect("its bytes");
        zip.finish().expect("a zip");
        let (output, results) = machine.run(&[]);
        assert!((score(&results) - expected).abs() < 1e-9, "{output}");
    }
}

#[test]
fn there_are_always_results() {
    let machine = Machine::of(&release());
    let right = solution("hf_load");
    let program = machine.root.join("katas/bin/katas");
    let katas = env!("CARGO_BIN_EXE_katas");
    for (script, seconds, expected) in [
        // The time limit ends the run during the second answer.
        (
            format!("exec {katas} \"$@\" --jobs 1 --time-limit 300"),
            "10",
            4.0,
        ),
        ("kill -KILL $$".to_owned(), "60", 0.0),
        ("exit 70".to_owned(), "60", 0.0),
        ("exec sleep 600".to_owned(), "1", 0.0),
    ] {
        std::fs::remove_file(&program).expect("it is there");
        write(program.clone(), &format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a mode");
        let files = [("hf_load.rs", right.as_str()), ("split_merge.rs", ENDLESS)];
        let (output, results) = machine.judge(&files, &[("KATAS_SECONDS", seconds)]);
        assert!(
            (score(&results) - expected).abs() < 1e-9,
            "{script}: {output}"
        );
        let text = results.to_string();
        assert!(text.contains("not judged"), "{script}: {text}");
    }
    // Nothing was installed.
    std::fs::remove_dir_all(machine.root.join("katas")).expect("it was there");
    let (output, results) = machine.judge(&[("hf_load.rs", &right)], &[]);
    assert_eq!(score(&results), 0.0, "{output}");
}

#[test]
fn with_the_class_key_the_sealed_cases_are_run_and_no_answer_finds_it() {
    let sealed = "format: 1\ncases:\n- name: nine\n  given: {seed: 7, x: [3, 5], hf_kernel_flat: [7, 11, 13, 17], \
                  hf_bias_flat: [19, 23], features: 2}\n  expect: [95, 147]\n";
    let course = Course::of_author();
    course
        .write("solutions/hf_load/sealed.yaml", sealed)
        .write("class.key", "six words taken by mere chance\n")
        .write("other.key", "six words taken by mere choice\n");
    // A sealed case that was never sealed is reported before the class starts.
    course
        .katas(&format!("classroom new --gradescope a.zip {}", release()))
        .exits(3)
        .says("`nine` of hf_load is not in katas/hf_load/kata.lock");
    course
        .katas("author seal --track rust hf_load --key-file class.key")
        .exits(0);
    course
        .katas(&format!(
            "classroom new --gradescope a.zip --key-file other.key {}",
            release()
        ))
        .exits(2)
        .says_nothing_of("choice");
    assert!(!course.root.join("a.zip").exists());
    let machine = Machine::built(course, &format!("--key-file class.key {}", release()));
    let zip = std::fs::metadata(machine.course.root.join("autograder.zip")).expect("the zip");
    assert_eq!(zip.permissions().mode() & 0o777, 0o600);
    let key = machine.root.join("source/class.key");
    let mode = std::fs::metadata(&key)
        .expect("the key")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let (output, results) = machine.judge(&[("hf_load.rs", &solution("hf_load"))], &[]);
    assert!((score(&results) - 4.0).abs() < 1e-9, "{output}");
    let names = results["tests"].as_array().expect("tests").iter();
    let names: Vec<_> = names.filter_map(|test| test["name"].as_str()).collect();
    // A student learns only how many of them passed.
    let sealed = "hf_load: 9 one of 1 (sealed)";
    assert!(names.contains(&sealed), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("nine")), "{names:?}");
    let thief = format!(
        "use ndarray::Array1;\npub fn load_hf_weights(_: i64, _: &Array1<f32>, _: &Array1<f32>, _: &Array1<f32>, _: usize) \
         -> Array1<f32> {{\n    panic!(\"{{:?}}\", std::fs::read({key:?}))\n}}\n",
    );
    let (output, results) = machine.judge(&[("hf_load.rs", &thief)], &[]);
    assert_eq!(score(&results), 0.0, "{output}");
    let text = format!("{results} {output}");
    assert!(text.contains("Err("), "{text}");
    assert!(
        !text.contains("mere chance") && !text.contains("115, 105, 120"),
        "{text}"
    );
    assert!(machine.course.root.join("class.key").exists());
}

#[test]
fn what_a_machine_lacks_is_installed() {
    let course = Course::of_author();
    let tools = Tools::few(course.root.join("tools"));
    let machine = Machine::built_with(course, &release(), tools);
    let asked = machine.tools.asked();
    let [update, install, curl, rustup] = asked.as_slice() else {
        panic!("{asked:#?}");
    };
    assert_eq!(update, "apt-get update");
    assert_eq!(
        install,
        "apt-get install -y --no-install-recommends build-essential ca-certificates curl git"
    );
    assert!(curl.ends_with(" https://sh.rustup.rs"), "{curl}");
    let options = "rustup-init -y --no-modify-path --profile minimal --default-toolchain 1.";
    assert!(rustup.starts_with(options), "{rustup}");
    let (output, results) = machine.judge(&[("hf_load.rs", &solution("hf_load"))], &[]);
    assert!((score(&results) - 4.0).abs() < 1e-9, "{output}");
    // Judging a submission installs nothing.
    assert_eq!(machine.tools.asked(), asked);
}
