//! A repository with GitHub Actions: the workflow that judges it on every push.
//!
//! The grader's step writes one output for each kata; the reporter's step adds them up. The reporter accepts only
//! names of letters and digits, and looks for the results of `hfload` in `HFLOAD_RESULTS`.

use super::course::CourseFiles;
use super::template::fill;
use super::{Pin, Tree};

/// The reports that a run uploads, by format and file name.
const REPORTS: &[(&str, &str)] = &[
    ("junit", "junit.xml"),
    ("markdown", "report.md"),
    ("html", "report.html"),
];

/// Adds the workflow.
pub(super) fn workflow(folder: &mut Tree, taken: &CourseFiles, pin: &Pin) {
    let ids: Vec<&str> = taken.katas.iter().map(|kata| kata.id.as_str()).collect();
    let runners = runners(&ids);
    let variables = pin.variables().into_iter();
    let variables = variables.map(|(name, value)| format!("  {name}: '{value}'"));
    let results = runners.iter().map(|(runner, id)| {
        let variable = runner.to_uppercase();
        format!("          {variable}_RESULTS: ${{{{ steps.grade.outputs.{id} }}}}")
    });
    let names: Vec<&str> = runners.iter().map(|(runner, _)| runner.as_str()).collect();
    let mut reports = vec!["            --report classroom".to_owned()];
    reports.extend(REPORTS.iter().map(|(format, file)| {
        format!("            --report {format}=\"$RUNNER_TEMP/reports/{file}\"")
    }));
    let text = fill(
        include_str!("template/grade.yml"),
        &[
            ("VARIABLES", &variables.collect::<Vec<_>>().join("\n")),
            ("VERSION", pin.version()),
            ("INSTALL", &indented(pin.shell(), 10)),
            ("REPORTS", &reports.join(" \\\n")),
            ("RESULTS", &results.collect::<Vec<_>>().join("\n")),
            ("RUNNERS", &names.join(",")),
        ],
    );
    folder.add(".github/workflows/grade.yml", text);
}

/// The reporter's name for each kata: its letters and digits, and a number if two would be equal.
fn runners<'a>(ids: &[&'a str]) -> Vec<(String, &'a str)> {
    let mut named: Vec<(String, &str)> = Vec::new();
    for id in ids {
        let plain = id.replace('_', "");
        let mut runner = plain.clone();
        let mut number = 2;
        while named.iter().any(|(taken, _)| *taken == runner) {
            runner = format!("{plain}x{number}");
            number += 1;
        }
        named.push((runner, id));
    }
    named
}

/// Indents each line.
pub(super) fn indented(text: &str, spaces: usize) -> String {
    let lines = text.lines();
    let lines = lines.map(|line| format!("{}{line}", " ".repeat(spaces)));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reporter_has_a_unique_name_for_each_kata() {
        let named = runners(&["hf_load", "hfload", "h_fload", "split_merge2"]);
        let names: Vec<_> = named.iter().map(|(runner, _)| runner.as_str()).collect();
        assert_eq!(names, ["hfload", "hfloadx2", "hfloadx3", "splitmerge2"]);
        assert_eq!(named[2].1, "h_fload");
    }
}
