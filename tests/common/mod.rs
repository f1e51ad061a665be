//! Helpers for all tests: a course in a temporary folder, the real binary, and its output as text.

pub(crate) mod classroom;
mod course;
mod output;
pub(crate) mod terminal;
pub(crate) mod world;

pub(crate) use course::Course;
pub(crate) use output::Output;
pub(crate) use world::{katas, library, repository, toolchain};

/// Waits until a condition holds; building the library on a busy machine takes longest.
#[track_caller]
pub(crate) fn until(what: &str, so: impl Fn() -> bool) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !so() {
        assert!(
            std::time::Instant::now() < deadline,
            "waited in vain until {what}"
        );
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// Compares a screen with `snapshots/<name>.snap`.
pub(crate) fn shown(name: &str, screen: &impl std::fmt::Display) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (pattern, replacement) in FILTERS {
        settings.add_filter(pattern, *replacement);
    }
    settings.bind(|| insta::assert_snapshot!(name, screen));
}

/// Text that differs from run to run or from machine to machine.
const FILTERS: &[(&str, &str)] = &[
    (
        r"(?m)^((?:your|untrusted) answers)( +)[^\n]+(\n {10,}[^\n]+)*",
        "$1$2[LAYERS]",
    ),
    (r", in \d+(\.\d)? m?s\.", ", in 84 ms."),
    (r"\(\d+ ms\)", "(84 ms)"),
    (
        r"Confined by [^\n]+(\n[a-z][^\n]*)*",
        "Confined by [LAYERS]",
    ),
    (r"\(\d+\.\d s\)", "(84 ms)"),
    (r"\d{4}-\d\d-\d\d-\d{6}(\.\d+)?", "[DATE]"),
    (r"katas( +)\d+\.\d+\.\d+", "katas$1[VERSION]"),
    (
        r"rustc \d+\.\d+\.\d+ \([0-9a-f]+ [0-9-]+\)",
        "rustc [VERSION]",
    ),
    (r"ndarray-\d+\.\d+\.\d+", "ndarray-[VERSION]"),
    (r"(ndarray-\[VERSION\]/src/\w+\.rs):\d+:\d+", "$1:[LINE]"),
    (r"thread 'main' \(\d+\)", "thread 'main' (ID)"),
];
