//! The peak memory of merging a generated class, for each report: 10,000 students and 20 katas, all answers
//! different.
//!
//! `cargo bench --bench class_memory [-- STUDENTS KATAS]`. It takes several gigabytes of disk space under
//! `target/`, and several minutes.

#[path = "../tests/class/made.rs"]
mod made;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use katas::report::FORMATS;

const PARTS: usize = 16;

/// The maximum for 10,000 students and 20 katas, in MiB.
const ASKED: f64 = 64.0;

fn main() {
    let numbers = std::env::args().filter_map(|word| word.parse().ok());
    let numbers: Vec<usize> = numbers.collect();
    let students = numbers.first().copied().unwrap_or(10_000);
    let katas = numbers.get(1).copied().unwrap_or(20);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("class_memory");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let parts = made::parts(&folder, students, katas, PARTS);
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |about| about.len()) >> 20;
    let all: u64 = parts.iter().map(|part| size(part)).sum();
    say(&format!(
        "{students} students, {katas} katas, {all} MiB of records in {PARTS} parts; asked: {ASKED} MiB"
    ));
    let mut wanted: Vec<Vec<&str>> = vec![vec![]];
    wanted.extend(FORMATS.iter().map(|format| vec![format.name()]));
    wanted.push(FORMATS.iter().map(|format| format.name()).collect());
    for formats in wanted {
        let mut command = Command::new(env!("CARGO_BIN_EXE_katas"));
        command.arg("merge").args(&parts);
        command.env("KATAS_CACHE", folder.join("cache"));
        let mut written = Vec::new();
        for name in &formats {
            let can_contain_class =
                katas::report::format(name).is_some_and(|format| format.can_contain_class());
            let path = folder.join(name);
            let each = if can_contain_class { "" } else { "/{id}" };
            command.arg(format!("--report={name}={}{each}", path.display()));
            written.push(path);
        }
        let start = Instant::now();
        let most = most_memory(command.stdout(Stdio::null()).stderr(Stdio::null()));
        let what = match formats.as_slice() {
            [] => "no report",
            [one] => one,
            _ => "all of them",
        };
        let sizes: u64 = written
            .iter()
            .filter(|path| path.is_file())
            .map(|path| size(path))
            .sum();
        let seconds = start.elapsed().as_secs_f64();
        say(&format!(
            "{what:<14} {most:6.1} MiB of memory, {seconds:6.1} s, {sizes:5} MiB written"
        ));
        for path in written {
            let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
}

/// The peak memory of a program in MiB, read shortly before its end.
fn most_memory(command: &mut Command) -> f64 {
    let mut child = command.spawn().expect("katas starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        most = most.max(kib.unwrap_or(0.0) / 1024.0);
        if let Some(ended) = child.try_wait().expect("its end can be waited for") {
            assert!(ended.success(), "{ended}");
            return most;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn say(line: &str) {
    println!("{line}");
}
