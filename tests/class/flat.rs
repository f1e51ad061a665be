//! Memory does not grow with the class: it contains a few bytes for each answer, and the rest is on disk.

use std::process::Stdio;

use katas::report::FORMATS;

use super::made::parts as made_class;
use crate::common::Course;

const KATAS: usize = 2;
const PARTS: usize = 4;

/// Merges a generated class into every report, and returns the peak memory in KiB.
fn joined(course: &Course, students: usize) -> u64 {
    let folder = course.root.join(format!("made-{students}"));
    std::fs::create_dir(&folder).expect("a new folder");
    let parts = made_class(&folder, students, KATAS, PARTS);
    let mut words = vec!["merge".to_owned()];
    words.extend(parts.iter().map(|part| part.display().to_string()));
    let formats = FORMATS.iter();
    for format in
        formats.filter(|format| format.can_contain_class() || format.name() == "gradescope")
    {
        let path = folder.join(format.name());
        let path = match format.can_contain_class() {
            true => path.display().to_string(),
            false => format!("{}/{{id}}", path.display()),
        };
        words.push(format!("--report={}={path}", format.name()));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut command = course.command(&words);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("katas starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        most = most.max(kib.unwrap_or(0));
        if let Some(ended) = child.try_wait().expect("its end can be waited for") {
            assert!(ended.success(), "{students} students: {ended}");
            return most;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn joining_a_class_takes_the_same_memory_however_large_it_is() {
    let course = Course::of_learner();
    let (some, many) = (joined(&course, 60), joined(&course, 600));
    assert!(some > 4096, "{some} KiB is not what katas takes");
    // In memory, the records of 540 students took 19 MiB; the buffers in front of the disk take a few.
    assert!(
        many < some + 8192,
        "{some} KiB for 60 students, {many} KiB for 600"
    );
}
