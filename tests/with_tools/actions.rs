//! GitHub Actions: runs the steps of the workflow in an environment like a runner's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{bare, finished, warm, write};
use crate::common::classroom::{new, read, release, solution};
use crate::common::{Course, Output, repository};

/// A step with commands.
#[derive(Debug, Default)]
struct Step {
    name: String,
    id: String,
    folder: String,
    commands: String,
}

/// A runner, with its folders and files.
struct Runner {
    _course: Course,
    checkout: PathBuf,
    temporary: PathBuf,
    workflow: String,
    variables: BTreeMap<String, String>,
}

impl Runner {
    fn of(words: &str) -> Self {
        let course = Course::of_author();
        new(&course, &format!("checkout {words}"));
        let checkout = course.root.join("checkout");
        let temporary = course.root.join("temp");
        std::fs::create_dir_all(&temporary).expect("a folder");
        warm(&temporary.join("katas/cache"));
        let workflow = read(&checkout.join(".github/workflows/grade.yml"));
        let mut variables = BTreeMap::new();
        let (_, after) = workflow.split_once("\nenv:\n").expect("variables");
        for line in after.lines().take_while(|line| line.starts_with("  ")) {
            let (name, value) = line.trim().split_once(": ").expect("a variable");
            variables.insert(name.to_owned(), value.trim_matches('\'').to_owned());
        }
        Self {
            _course: course,
            checkout,
            temporary,
            workflow,
            variables,
        }
    }

    fn answer(&self, kata: &str, text: &str) -> &Self {
        write(self.checkout.join(format!("katas/{kata}/{kata}.rs")), text);
        self
    }

    /// The steps with commands, in order.
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for text in self.workflow.split("\n      - ").skip(1) {
            let mut step = Step::default();
            let mut in_commands = false;
            for line in text.lines() {
                if in_commands && line.starts_with("          ") {
                    step.commands.push_str(&format!("{}\n", &line[10..]));
                    continue;
                }
                in_commands = line.trim() == "run: |";
                match line.trim().split_once(": ") {
                    Some(("name", name)) => step.name = name.to_owned(),
                    Some(("id", id)) => step.id = id.to_owned(),
                    Some(("working-directory", folder)) => step.folder = folder.to_owned(),
                    _ => {}
                }
            }
            if !step.commands.is_empty() {
                steps.push(step);
            }
        }
        steps
    }

    /// Runs a step, and returns its output and the contents of the files that a runner provides.
    fn run(&mut self, step: &Step) -> (Output, BTreeMap<&'static str, String>) {
        let file = |name: &str| self.temporary.join(format!("{}-{name}", step.name));
        let files = [
            "GITHUB_OUTPUT",
            "GITHUB_STEP_SUMMARY",
            "GITHUB_ENV",
            "GITHUB_PATH",
        ];
        let folder = match step.folder.as_str() {
            "" => self.checkout.clone(),
            "${{ runner.temp }}" => self.temporary.clone(),
            other => panic!("{other}"),
        };
        let mut command = bare("bash", &folder);
        command
            .args([
                "--noprofile",
                "--norc",
                "-eo",
                "pipefail",
                "-c",
                &step.commands,
            ])
            .env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_WORKSPACE", &self.checkout)
            .env("RUNNER_TEMP", &self.temporary);
        for name in files {
            std::fs::write(file(name), "").expect("a file");
            command.env(name, file(name));
        }
        command.envs(&self.variables);
        let output = finished(&mut command);
        let read = |name: &'static str| (name, read(&file(name)));
        let written: BTreeMap<_, _> = files.into_iter().map(read).collect();
        for line in written["GITHUB_ENV"].lines() {
            let (name, value) = line.split_once('=').expect("a variable");
            self.variables.insert(name.to_owned(), value.to_owned());
        }
        for line in written["GITHUB_PATH"].lines() {
            let path = self.variables.get("PATH").cloned();
            let path = path.unwrap_or_else(|| std::env::var("PATH").expect("a path"));
            self.variables
                .insert("PATH".to_owned(), format!("{line}:{path}"));
        }
        (output, written)
    }

    /// Runs all steps up to the one that judges, and returns that step's result.
    fn judge(&mut self) -> (Output, BTreeMap<&'static str, String>) {
        for step in self.steps() {
            let (output, written) = self.run(&step);
            if step.id == "grade" {
                return (output, written);
            }
            output.exits(0);
        }
        panic!("no step judges");
    }

    /// The inputs of the reporter's step: the payload of each of its runners.
    fn payloads(&self, outputs: &str) -> Vec<(String, Value)> {
        let line = |start: &str| {
            let lines = self.workflow.lines().map(str::trim);
            let found: Vec<_> = lines.filter_map(|line| line.strip_prefix(start)).collect();
            assert_eq!(found.len(), 1, "{start} in\n{}", self.workflow);
            found[0].to_owned()
        };
        let runners = line("runners: ");
        let payload = |runner: &str| {
            assert!(
                runner.chars().all(|char| char.is_ascii_alphanumeric()),
                "{runner}"
            );
            let output = line(&format!("{}_RESULTS: ", runner.to_uppercase()));
            let output = output
                .strip_prefix("${{ steps.grade.outputs.")
                .expect("an output");
            let output = output.strip_suffix(" }}").expect("an output");
            let value = outputs
                .lines()
                .find_map(|line| line.strip_prefix(&format!("{output}=")));
            let value = value.unwrap_or_else(|| panic!("no {output} in {outputs}"));
            (runner.to_owned(), decoded(value, &self.temporary))
        };
        runners.split(',').map(payload).collect()
    }
}

fn decoded(value: &str, folder: &Path) -> Value {
    write(folder.join("value"), value);
    let output = finished(bare("base64", folder).args(["--decode", "value"])).exits(0);
    serde_json::from_str(&output.stdout).expect("JSON")
}

fn points(payloads: &[(String, Value)]) -> (f64, f64) {
    let mut sum = (0.0, 0.0);
    for (_, payload) in payloads {
        let tests = payload["tests"].as_array().expect("tests");
        sum.0 += tests
            .iter()
            .map(|test| test["score"].as_f64().expect("a score"))
            .sum::<f64>();
        sum.1 += payload["max_score"].as_f64().expect("points");
    }
    sum
}

#[test]
fn the_workflow_installs_katas_and_hands_the_reporter_what_it_reads() {
    let mut runner = Runner::of(&release());
    let wrong = repository().join("solutions/split_merge/wrong");
    let wrong = std::fs::read_dir(wrong)
        .expect("wrong answers")
        .next()
        .expect("one");
    runner
        .answer("hf_load", &solution("hf_load"))
        .answer("split_merge", &read(&wrong.expect("an entry").path()))
        .answer("state_translation", "this does not compile");
    let (output, written) = runner.judge();
    // This step succeeds even if a kata does not pass; the reporter's step fails instead.
    let output = output.exits(0);
    assert!(output.to_string().contains("::error "), "{output}");
    assert!(
        written["GITHUB_STEP_SUMMARY"].contains("hf_load"),
        "{output}"
    );
    let payloads = runner.payloads(&written["GITHUB_OUTPUT"]);
    let (score, most) = points(&payloads);
    assert!(
        (4.0..6.0).contains(&score) && (most - 9.0).abs() < 1e-9,
        "{score} of {most}"
    );
    let status: Vec<_> = payloads
        .iter()
        .map(|(_, payload)| &payload["status"])
        .collect();
    assert_eq!(status[0], "pass");
    assert_ne!(status[2], "pass");
    for file in ["junit.xml", "report.md", "report.html"] {
        let report = read(&runner.temporary.join("reports").join(file));
        assert!(report.contains("hf_load"), "{report}");
    }
    // Another push, with everything in the cache.
    for id in ["split_merge", "state_translation"] {
        runner.answer(id, &solution(id));
    }
    let (output, written) = runner.judge();
    let output = output.exits(0);
    let (score, _) = points(&runner.payloads(&written["GITHUB_OUTPUT"]));
    assert!((score - 9.0).abs() < 1e-9, "{output}");
}

#[test]
fn a_broken_course_is_reported_too() {
    let mut runner = Runner::of(&release());
    write(
        runner.checkout.join("katas/hf_load/kata.yaml"),
        "format: 1\n",
    );
    let (output, written) = runner.judge();
    assert_ne!(output.code, Some(0), "{output}");
    let payloads = runner.payloads(&written["GITHUB_OUTPUT"]);
    assert!(
        payloads
            .iter()
            .all(|(_, payload)| payload["status"] == "error")
    );
}

#[test]
fn another_program_than_the_one_that_was_pinned_is_not_started() {
    let release = release();
    let (address, digest) = release.rsplit_once(' ').expect("a digest");
    let other = format!("{address} {}", digest.chars().rev().collect::<String>());
    let mut runner = Runner::of(&other);
    let steps = runner.steps();
    let install = steps.iter().find(|step| step.name == "Install katas");
    let (output, _) = runner.run(install.expect("it is there"));
    assert_ne!(output.code, Some(0), "{output}");
    assert!(!runner.temporary.join("katas/bin/katas").exists());
}
