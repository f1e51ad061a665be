//! Nothing is lost or half-written: hundreds of runs killed at random moments, some during a write; writes that the
//! system refuses; and eight runs at once.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::common::{Course, Output, repository};

const PROGRESS: &str = ".katas/progress.json";
const ANSWER: &str = "katas/hf_load/hf_load.rs";

fn progress(course: &Course) -> serde_json::Value {
    serde_json::from_str(&course.read(PROGRESS)).expect("progress is JSON")
}

fn solution() -> String {
    let path = repository().join("solutions/hf_load/solution.rs");
    std::fs::read_to_string(path).expect("a solution")
}

/// A course in which an answer has passed, so that there is progress to lose.
fn passed() -> Course {
    let course = Course::of_learner();
    course.solve("hf_load").katas("run hf_load").exits(0);
    course
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

/// Temporary files that were never renamed.
fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let mut found = files(folder);
    found.retain(|path| {
        let name = path.file_name().unwrap_or_default();
        name.as_encoded_bytes().starts_with(b".katas-")
    });
    found
}

/// Sets all timestamps in a folder two hours back.
fn age(folder: &Path) {
    let long_ago = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let kind = entry.file_type().expect("an entry");
        if kind.is_dir() {
            age(&entry.path());
        }
        if !kind.is_symlink() {
            let entry = std::fs::File::open(entry.path()).expect("it is ours");
            entry.set_modified(long_ago).expect("it is ours");
        }
    }
}

/// A deterministic generator of pseudorandom numbers.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) % most
    }
}

#[test]
fn hundreds_of_runs_killed_at_random() {
    let course = passed();
    let given: Vec<_> = files(&course.root.join("katas"))
        .into_iter()
        .filter(|path| !path.ends_with("hf_load.rs") && !path.ends_with("course.yaml"))
        .map(|path| (std::fs::read(&path).expect("a file"), path))
        .collect();
    let (right, starter) = (solution(), course.read("katas/hf_load/starter.rs"));
    let mut random = Random(2026);
    let (start, mut killed, mut rounds) = (Instant::now(), 0, 0);
    while rounds < 200 || (rounds < 600 && start.elapsed() < Duration::from_secs(25)) {
        rounds += 1;
        let answer = match random.below(3) {
            // An answer that is built already, so that kills also happen in later stages of a run.
            0 => right.clone(),
            _ => format!("{right}// {rounds}\n"),
        };
        course.write_answer("hf_load", &answer);
        // A course that `init` has to complete: it lacks a file, and may also lack the next one.
        let missing = random.below(given.len() as u64) as usize;
        let (words, longest): (&[&str], u64) = match random.below(6) {
            0 => (&["reset", "hf_load"], 12),
            1 => (&["hint", "split_merge"], 12),
            2 => {
                let _ = std::fs::remove_file(&given[missing].1);
                (&["init", ".", "--no-build"], 40)
            }
            _ => (&["run", "hf_load"], 80),
        };
        let mut command = course.command(words);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("katas can be started");
        std::thread::sleep(Duration::from_micros(random.below(longest * 1000)));
        child.kill().expect("it can be killed");
        let status = child.wait().expect("it ends");
        killed += usize::from(status.signal().is_some());
        let what = format!("round {rounds}: {words:?}");
        assert_eq!(
            progress(&course)["katas"]["hf_load"]["rust"]["passed"],
            true,
            "{what}"
        );
        let now = course.read(ANSWER);
        if words[0] == "reset" && now != answer {
            assert_eq!(now, starter, "{what}");
            let kept = files(&course.root.join("katas/hf_load"));
            let mut kept = kept
                .iter()
                .filter(|path| path.extension().is_some_and(|ending| ending == "backup"));
            assert!(
                kept.any(|path| std::fs::read_to_string(path).is_ok_and(|text| text == answer)),
                "{what}"
            );
        } else {
            assert_eq!(now, answer, "{what}");
        }
        for (bytes, path) in &given {
            match std::fs::read(path) {
                Ok(now) => assert_eq!(&now, bytes, "{what}: {}", path.display()),
                // `init` was killed before it wrote this file.
                Err(_) => std::fs::write(path, bytes).expect("the course can be written"),
            }
        }
    }
    assert!(killed > rounds / 3, "only {killed} of {rounds} were killed");
    course.solve("hf_load");
    // The next run that builds something removes leftover files once they are old.
    age(&course.cache);
    age(&course.root);
    course.write_answer("hf_load", &format!("{right}// the last one\n"));
    course
        .katas("run hf_load")
        .exits(0)
        .says("hf_load: passed.");
    course.katas("hint hf_load").exits(0);
    course.katas("list").exits(0).says("1 of 3 katas passed");
    let left = [".katas", "katas/hf_load"].map(|folder| leftovers(&course.root.join(folder)));
    assert_eq!(left, [[], []] as [[PathBuf; 0]; 2]);
    let scratch = std::fs::read_dir(course.cache.join("scratch"));
    assert_eq!(scratch.into_iter().flatten().count(), 0);
    let unfinished = std::fs::read_dir(course.cache.join("answers")).expect("it was used");
    let unfinished = unfinished
        .flatten()
        .filter(|entry| entry.file_name().as_encoded_bytes().starts_with(b"."));
    assert_eq!(unfinished.count(), 0);
}

#[test]
fn unrenamed_files_are_never_read() {
    let course = passed();
    let before = course.read(PROGRESS);
    for (folder, text) in [
        (".katas", &before[..before.len() / 2]),
        (".katas", ""),
        ("katas/hf_load", "fn"),
        ("katas", ""),
    ] {
        for name in ["abc123", "Zyxwvu"] {
            course.write(&format!("{folder}/.katas-{name}"), text);
        }
    }
    let unfinished = course.cache.join("answers/.build-abc123");
    std::fs::create_dir(&unfinished).expect("the cache can be written");
    std::fs::write(unfinished.join("answer"), "half a program").expect("the cache can be written");
    course
        .katas("run hf_load")
        .exits(0)
        .says("hf_load: passed.");
    course.katas("list").exits(0).says("1 of 3 katas passed");
    assert_eq!(course.read(PROGRESS), before);
}

/// A katas process that may write files of at most `blocks` blocks of 512 bytes. If it exceeds this, the system kills
/// it in the middle of the write, or, if that signal is ignored, refuses the rest of the write.
fn limited(course: &Course, blocks: usize, refuse: bool, words: &[&str]) -> Command {
    let mut katas = course.command(words);
    let mut command = Command::new("/bin/sh");
    let ignore = if refuse { "trap '' XFSZ; " } else { "" };
    command
        .arg("-c")
        .arg(format!("{ignore}ulimit -S -f {blocks}; exec \"$0\" \"$@\""))
        .arg(katas.get_program())
        .args(katas.get_args())
        .env_clear()
        .current_dir(&course.root);
    for (name, value) in katas.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    katas.stdout(Stdio::null());
    command
}

/// Smaller than an answer or the progress file in these tests, and larger than any other file that is written.
const SOME: usize = 8;

/// Commands that write into a course, for an answer whose verdict is cached.
const WRITERS: [&[&str]; 3] = [
    &["hint", "hf_load"],
    &["reset", "hf_load"],
    &["run", "hf_load"],
];

fn untouched(course: &Course, answer: &str, before: &str) {
    assert_eq!(course.read(ANSWER), answer);
    assert_eq!(course.read(PROGRESS), before);
}

/// A passed course, with another answer that is wrong and already built.
fn written() -> (Course, String, String) {
    let course = passed();
    let answer = format!("{}// {}\n", solution(), "a long remark ".repeat(400));
    course.write_answer("hf_load", &answer);
    course.katas("run hf_load").exits(0);
    let entry = r#"{"tries":1,"passed":true,"hints":0,"last":"","last_passed":true}"#;
    let others: Vec<_> = (0..100)
        .map(|index| format!("\"gone_{index}\":{entry}"))
        .collect();
    let before = format!(
        "{{\"format\":1,\"katas\":{{\"hf_load\":{entry},{}}}}}",
        others.join(",")
    );
    course.write(PROGRESS, &before);
    (course, answer, before)
}

#[test]
fn killed_between_the_write_and_the_renaming() {
    for words in WRITERS {
        let (course, answer, before) = written();
        // Nothing of the new file can be written, or only a part of it.
        for blocks in [0, SOME] {
            let output = course.finish(&mut limited(&course, blocks, false, words));
            assert_eq!(output.code, None, "{output}");
            untouched(&course, &answer, &before);
        }
        assert!(!leftovers(&course.root).is_empty(), "{words:?}");
        course
            .katas("run hf_load")
            .exits(0)
            .says("hf_load: passed.");
        assert_eq!(course.read(ANSWER), answer);
        age(&course.root.join(".katas"));
        age(&course.root.join("katas"));
        course.katas("run hf_load").exits(0);
        course.katas("hint hf_load").exits(0);
        assert_eq!(leftovers(&course.root), [] as [PathBuf; 0]);
    }
}

#[track_caller]
fn refused(output: Output) {
    output
        .exits(4)
        .says("error: cannot write")
        .says("hint: free some disk space");
}

#[test]
fn writes_that_are_refused() {
    for words in WRITERS {
        let (course, answer, before) = written();
        refused(course.finish(&mut limited(&course, SOME, true, words)));
        untouched(&course, &answer, &before);
        assert_eq!(leftovers(&course.root), [] as [PathBuf; 0], "{words:?}");
        course.katas("run hf_load").exits(0);
    }
    // A new answer cannot even be built, and is not blamed for this.
    let (course, _, before) = written();
    let fresh = format!("{}// new\n", solution());
    course.write_answer("hf_load", &fresh);
    refused(course.finish(&mut limited(&course, SOME, true, &["run", "hf_load"])));
    untouched(&course, &fresh, &before);
    course.katas("run hf_load").exits(0);
}

#[test]
fn eight_at_once_lose_nothing() {
    let course = Course::of_learner();
    let ids = ["hf_load", "split_merge", "state_translation"];
    for round in 0..3 {
        let _ = std::fs::remove_dir_all(course.root.join(".katas"));
        for id in ids {
            let path = repository().join("solutions").join(id).join("solution.rs");
            let text = std::fs::read_to_string(path).expect("a solution");
            course.write_answer(id, &format!("{text}// {round}\n"));
        }
        std::thread::scope(|scope| {
            for id in ids {
                let course = &course;
                scope.spawn(move || course.katas(&format!("run {id}")).exits(0));
                scope.spawn(move || course.katas(&format!("hint {id} --all")).exits(0));
            }
            scope.spawn(|| course.katas("run hf_load").exits(0));
            scope.spawn(|| course.katas("list").exits(0));
        });
        for id in ids {
            let kata = &progress(&course)["katas"][id]["rust"];
            assert_eq!(kata["passed"], true, "{id}");
            assert_eq!(kata["tries"], 1, "{id}");
            assert!(kata["hints"].as_u64() >= Some(3), "{id}: {kata}");
        }
    }
}

#[test]
fn eight_resets_at_once_keep_the_answer() {
    let course = Course::of_learner();
    course.write_answer("hf_load", "// mine\n");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| course.katas("reset hf_load").exits(0));
        }
    });
    assert_eq!(course.read(ANSWER), course.read("katas/hf_load/starter.rs"));
    let mut kept = files(&course.root.join("katas/hf_load"));
    kept.retain(|path| path.extension().is_some_and(|ending| ending == "backup"));
    assert!(!kept.is_empty());
    for path in kept {
        assert_eq!(
            std::fs::read_to_string(path).expect("a backup"),
            "// mine\n"
        );
    }
}

#[test]
fn eight_that_find_a_damaged_file_set_it_aside_once() {
    let course = Course::of_learner();
    course.write(PROGRESS, "{ damaged");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| course.katas("hint hf_load").exits(0));
        }
    });
    assert_eq!(course.read(".katas/progress.json.damaged"), "{ damaged");
    assert!(progress(&course)["katas"]["hf_load"]["rust"]["hints"].as_u64() >= Some(1));
}
