//! A full disk and a read-only folder, created by the system: each in a separate mount namespace.
//!
//! `tests/lost.rs` tests the same without mounts, by limits on file sizes.

use std::process::Command;

use crate::common::{Course, Output};

const PROGRESS: &str = ".katas/progress.json";
const ANSWER: &str = "katas/hf_load/hf_load.rs";

/// Runs katas in a separate mount namespace, after a script that gets the course's folder as `$1` and the cache's as
/// `$2`.
fn katas_after(course: &Course, script: &str, words: &str) -> Command {
    let katas = course.command(&words.split(' ').collect::<Vec<_>>());
    let mut command = Command::new("unshare");
    // Root may mount; other users may in a user namespace.
    if !rustix::process::geteuid().is_root() {
        command.arg("--map-root-user");
    }
    command
        .args(["--mount", "/bin/sh", "-euc"])
        .arg(format!("{script}\ncd \"$1\"; shift 2; exec \"$@\""))
        .arg("sh")
        .args([&course.root, &course.cache])
        .arg(katas.get_program())
        .args(katas.get_args())
        .env_clear();
    for (name, value) in katas.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command
}

/// Puts the contents of the folder on a separate disk, and fills it to the last byte.
fn full(folder: &str) -> String {
    format!(
        "kept=$(mktemp -d -p \"$1/..\"); mount -t tmpfs -o size=8m katas \"$kept\"
         cp -a \"{folder}/.\" \"$kept\"; mount --bind \"$kept\" \"{folder}\"
         dd if=/dev/zero of=\"{folder}/.filler\" bs=4096 2>/dev/null || :"
    )
}

/// Makes the folder read-only.
fn read_only(folder: &str) -> String {
    format!("mount --bind \"{folder}\" \"{folder}\"; mount -o remount,bind,ro \"{folder}\"")
}

/// Compares the two important files on that disk before and after.
const SHOW: &str = "old=$(cat \"$1\"/katas/hf_load/hf_load.rs \"$1\"/.katas/progress.json | cksum); course=$1; shift 2; status=0
     cd \"$course\"; \"$@\" || status=$?
     now=$(cat katas/hf_load/hf_load.rs .katas/progress.json | cksum)
     [ \"$old\" = \"$now\" ] || echo CHANGED
     for left in .katas/.katas-* katas/hf_load/.katas-*; do [ ! -e \"$left\" ] || echo \"LEFT $left\"; done
     exit $status";

fn course() -> Course {
    let course = Course::of_learner();
    course.solve("hf_load").katas("run hf_load").exits(0);
    course
        .solve("split_merge")
        .katas("run split_merge")
        .exits(0);
    // An earlier answer that passed, so that a run has to write progress.
    let answer = format!("{}// another\n", course.read(ANSWER));
    course.write_answer("hf_load", &answer);
    let progress = course.read(PROGRESS);
    course.katas("run hf_load").exits(0);
    course.write(PROGRESS, &progress);
    course
}

#[track_caller]
fn refused(output: Output, cause: &str, hint: &str) {
    output
        .exits(4)
        .says("error: cannot ")
        .says(cause)
        .says(hint)
        .says_nothing_of("CHANGED")
        .says_nothing_of("LEFT");
}

#[test]
fn a_full_disk_under_the_course() {
    let course = course();
    let script = format!("{}\n{SHOW}", full("$1"));
    for words in ["run hf_load", "hint hf_load", "reset hf_load"] {
        let output = course.finish(&mut katas_after(&course, &script, words));
        refused(
            output,
            "No space left on device",
            "hint: free some disk space",
        );
    }
}

#[test]
fn a_full_disk_under_the_cache() {
    let course = course();
    course.write_answer("hf_load", &format!("{}// new\n", course.read(ANSWER)));
    // The cache contains a link to the library, not a copy.
    let script = format!("{}\n{SHOW}", full("$2"));
    let output = course.finish(&mut katas_after(&course, &script, "run hf_load"));
    refused(
        output,
        "No space left on device",
        "hint: free some disk space",
    );
    // Once there is space again, everything works.
    course.katas("run hf_load").exits(0);
}

#[test]
fn a_read_only_course() {
    let course = course();
    let script = format!("{}\n{SHOW}", read_only("$1"));
    for words in ["run hf_load", "hint hf_load", "reset hf_load"] {
        let output = course.finish(&mut katas_after(&course, &script, words));
        refused(
            output,
            "Read-only file system",
            "hint: make the folder writable",
        );
    }
    // Commands that only read still work.
    for words in ["list", "show hf_load", "solution hf_load"] {
        let mut command = katas_after(&course, &read_only("$1"), words);
        course.finish(&mut command).exits(0);
    }
}

#[test]
fn a_read_only_cache() {
    let course = course();
    course.write_answer("hf_load", &format!("{}// new\n", course.read(ANSWER)));
    let script = format!("{}\n{SHOW}", read_only("$2"));
    let output = course.finish(&mut katas_after(&course, &script, "run hf_load"));
    refused(output, "Read-only file system", "KATAS_CACHE");
}
