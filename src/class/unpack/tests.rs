//! What is unpacked, and what is reported about submissions that are too large.

use super::*;
use std::io::Write;
use zip::write::SimpleFileOptions;

/// Unpacks a zip of these files, with at most 2,000 bytes per submission; returns a description of each.
fn told(files: &[(&str, usize)], all: u64) -> (Vec<String>, tempfile::TempDir) {
    let base = tempfile::tempdir().unwrap();
    let path = base.path().join("class.zip");
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![b'x'; *bytes]).unwrap();
    }
    zip.finish().unwrap();
    let out = base.path().join("out");
    files::make_folder(&out).unwrap();
    let bounds = Bounds { each: 2000, all };
    let unpacked = unpack(&path, &out, &["rs"], &bounds).unwrap();
    let submissions = unpacked.submissions.into_iter().map(|(id, one)| {
        let says = one.lost.clone().or(one.problem()).unwrap_or_default();
        format!("{id}: {says}")
    });
    let others = unpacked.passed_over.into_iter();
    (submissions.chain(others).collect(), base)
}

#[test]
fn a_zip_bomb_affects_only_its_submission() {
    let it = "it unpacks to more than 0 MiB; ask for the answers only";
    // Nested folders: earlier files of the submission are removed, later ones are not unpacked, and the space is
    // available again.
    let (says, base) = told(
        &[
            ("hw_export/submission_1/a.rs", 1500),
            ("hw_export/submission_1/b.rs", 501),
            ("hw_export/submission_1/c.rs", 1),
            ("hw_export/submission_2/a.rs", 2000),
        ],
        2001,
    );
    assert_eq!(
        says,
        [format!("submission_1: {it}"), "submission_2: ".to_owned()]
    );
    let out = base.path().join("out/hw_export");
    assert_eq!(
        std::fs::read_dir(out.join("submission_1")).unwrap().count(),
        0
    );
    assert_eq!(
        std::fs::read(out.join("submission_2/a.rs")).unwrap().len(),
        2000
    );
    // A flat export.
    let (says, base) = told(
        &[
            ("Ana_1_assignsubmission_file_a.rs", 1500),
            ("Ana_1_assignsubmission_file_b.rs", 1500),
            ("Bo_2_assignsubmission_file_a.rs", 1500),
        ],
        9000,
    );
    assert_eq!(says, [format!("Ana_1: {it}"), "Bo_2: ".to_owned()]);
    let length = |name: &str| {
        std::fs::metadata(base.path().join("out").join(name))
            .unwrap()
            .len()
    };
    assert_eq!(length("Ana_1_assignsubmission_file_a.rs"), 0);
    assert_eq!(length("Bo_2_assignsubmission_file_a.rs"), 1500);
}

#[test]
fn submissions_beyond_the_total_limit_get_a_hint() {
    let (says, _base) = told(&[("a/x.rs", 2000), ("b/x.rs", 2000), ("c/x.rs", 500)], 2500);
    let all = "the whole zip unpacks to more than 0 MiB; unpack it yourself and pass the folder";
    assert_eq!(
        says,
        ["a: ".to_owned(), format!("b: {all}"), "c: ".to_owned()]
    );
}

#[test]
fn odd_names_are_reported_with_their_submission() {
    let deep = format!("a_export/s4/{}x.rs", "d/".repeat(DEEPEST + 1));
    let long = format!("a_export/s5/{}.rs", "x".repeat(40_000));
    let (says, base) = told(
        &[
            ("a_export/s1/..\\s2\\x.rs", 1),
            ("a_export/s2/../s1/x.rs", 1),
            ("a_export/s2/y\\x.rs", 1),
            ("a_export/s3/x.rs", 1),
            (&deep, 1),
            (&long, 1),
            ("a_export/../s9/x.rs", 1),
            ("/a_export/s8/x.rs", 1),
        ],
        9000,
    );
    let (most, last) = says.split_at(4);
    assert_eq!(
        most,
        [
            "s1: 1 file could not be unpacked, first a_export/s1/..\\s2\\x.rs",
            "s2: 2 files could not be unpacked, first a_export/s2/../s1/x.rs",
            "s3: ",
            "s4: it has folders more than 12 deep; their contents were ignored",
        ]
    );
    assert!(last[0].starts_with("s5: 1 file could not be unpacked, first a_export/s5/xxx"));
    assert!(last[0].chars().count() < 300);
    assert_eq!(last[1..], ["a_export/../s9/x.rs", "/a_export/s8/x.rs"]);
    let out = std::fs::read_dir(base.path().join("out/a_export")).unwrap();
    let mut names: Vec<_> = out.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["s1", "s2", "s3", "s4", "s5"]);
}
