//! The library in the cache: moved, truncated, or damaged without a trace.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{Bench, replace};

#[test]
fn a_file_that_was_emptied_is_noticed_and_the_library_built_anew() {
    let bench = Bench::new();
    bench.own_library();
    bench.run().exits(0).says_nothing_of("Building");
    let deps = bench.library().join("deps");
    replace(&deps.join("libnnx.rlib"), b"");
    bench.new_answer();
    bench
        .run()
        .exits(0)
        .says("Built in")
        .says("hf_load: passed.");
    // A rebuilt library is kept.
    bench.new_answer();
    bench.run().exits(0).says_nothing_of("Building");
    bench.passes();
}

/// A failing disk, or a crash that kept the timestamps: only the tools notice, and fail on every answer.
#[test]
fn damage_with_unchanged_timestamps_is_found_by_the_control() {
    let bench = Bench::new();
    bench.own_library();
    bench.run().exits(0);
    let library = bench.library();
    for name in ["libkatas_driver.so", "libkatas_driver.rlib"] {
        let file = library.join("deps").join(name);
        let bytes = vec![0; std::fs::metadata(&file).expect("it is there").len() as usize];
        replace(&file, &bytes);
    }
    let damaged = with_stamps_of_now(&library);
    // A built program no longer loads the library.
    bench
        .course
        .katas("run hf_load")
        .exits(4)
        .says("was damaged or replaced");
    // A new answer cannot be compiled; the damaged library is put back for each of the two.
    std::fs::write(library.join("library.json"), &damaged).expect("it is ours");
    bench.new_answer();
    let run = bench.run().exits(4).says("even a known-good answer fails");
    run.says("was damaged or replaced")
        .says_nothing_of("signature");
    std::fs::write(library.join("library.json"), &damaged).expect("it is ours");
    let graded = bench.grade_with(&|_| {}).says_nothing_of("not yet");
    graded.says("not judged");
    // `katas doctor` notices it too, and rebuilds the library.
    std::fs::write(library.join("library.json"), &damaged).expect("it is ours");
    bench.course.katas("doctor").exits(0).says("Built in");
    bench.passes();
}

#[test]
fn a_built_answer_that_was_damaged_is_built_anew() {
    let bench = Bench::new();
    bench.run().exits(0);
    let answers = std::fs::read_dir(bench.course.cache.join("answers")).expect("it is kept");
    for answer in answers {
        let program = answer.expect("an entry").path().join("answer");
        let length = std::fs::metadata(&program).expect("a program").len();
        replace(&program, &vec![0; length as usize]);
    }
    bench.run().exits(0).says("hf_load: passed.");
}

/// The description of a library, with the current timestamps of its files and the old digests.
fn with_stamps_of_now(library: &Path) -> String {
    let text = std::fs::read_to_string(library.join("library.json")).expect("it is text");
    let mut description: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let files = description["manifest"]["files"].as_array_mut();
    for file in files.expect("a list") {
        let path = file["path"].as_str().expect("a path");
        let about = std::fs::metadata(path).expect("it is there");
        file["stamp"] = serde_json::json!({
            "inode": about.ino(),
            "length": about.len(),
            "modified": [about.mtime(), about.mtime_nsec()],
            "changed": [about.ctime(), about.ctime_nsec()],
        });
    }
    let text = serde_json::to_string(&description).expect("it was JSON");
    std::fs::write(library.join("library.json"), &text).expect("it is ours");
    text
}
