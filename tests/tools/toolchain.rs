//! The toolchain and the C compiler: half updated, or moved.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Bench, run};
use crate::common::toolchain;

/// A toolchain that may be damaged: its files are hard links to the real ones if possible, and otherwise copies.
struct Copy {
    folder: PathBuf,
    gcc: PathBuf,
    path: String,
}

impl Copy {
    fn new(folder: &Path) -> Self {
        let real = toolchain();
        let rustc = Command::new("rustc").arg("-vV").output().expect("rustc");
        let about = String::from_utf8(rustc.stdout).expect("text");
        let host = about.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host.expect("a host");
        let all = [
            "bin/rustc".into(),
            "bin/cargo".into(),
            format!("lib/rustlib/{host}/lib"),
            format!("lib/rustlib/{host}/bin"),
        ];
        let shared = std::fs::read_dir(real.join("lib")).expect("a folder");
        let shared = shared.map(|entry| entry.expect("an entry").file_name());
        let shared = shared
            .map(|name| format!("lib/{}", name.to_string_lossy()))
            .filter(|name| name.contains(".so"));
        for name in all.into_iter().chain(shared) {
            let place = folder.join(&name);
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            let linked = Command::new("cp")
                .arg("-al")
                .args([&real.join(&name), &place])
                .output();
            if !linked.is_ok_and(|output| output.status.success()) {
                let _ = std::fs::remove_dir_all(&place);
                run(Command::new("cp")
                    .arg("-a")
                    .args([&real.join(&name), &place]));
            }
        }
        // A C compiler whose own files are in a folder of the test.
        let gcc = folder.join("gcc");
        std::fs::create_dir(&gcc).expect("a folder");
        for name in ["libgcc.a", "libgcc_eh.a", "libgcc_s.so"] {
            let found = Command::new("cc")
                .arg(format!("-print-file-name={name}"))
                .output()
                .expect("cc");
            let found = String::from_utf8(found.stdout).expect("a path");
            run(Command::new("cp").arg("-L").arg(found.trim()).arg(&gcc));
        }
        let cc = folder.join("bin/cc");
        let script = format!(
            "#!/bin/sh\nPATH={:?} exec cc -B{:?} \"$@\"\n",
            std::env::var("PATH").expect("cargo sets PATH"),
            gcc.join("")
        );
        std::fs::write(&cc, script).expect("a script");
        std::fs::set_permissions(&cc, std::fs::Permissions::from_mode(0o755)).expect("a mode");
        let path = std::env::var("PATH").expect("cargo sets PATH");
        Self {
            path: format!("{}:{path}", folder.join("bin").display()),
            folder: folder.to_owned(),
            gcc,
        }
    }

    /// The files of the standard library.
    fn std(&self) -> Vec<PathBuf> {
        let host = self.folder.join("lib/rustlib");
        let hosts = std::fs::read_dir(host).expect("a folder");
        let host = hosts.map(|entry| entry.expect("an entry").path()).next();
        let files = std::fs::read_dir(host.expect("a host").join("lib")).expect("a folder");
        let files = files.map(|entry| entry.expect("an entry").path());
        let named = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("libstd-")
        };
        files.filter(named).collect()
    }
}

#[test]
fn a_toolchain_without_its_std_and_a_c_compiler_that_moved() {
    let bench = Bench::new();
    std::fs::remove_file(bench.course.cache.join("nnx")).expect("it is a link");
    std::fs::remove_file(bench.course.cache.join("toolchain.json")).expect("it was copied");
    let copy = Copy::new(&bench.course.root.join("toolchain"));
    let with = |command: &mut Command| {
        command.env("PATH", &copy.path);
    };
    bench.run_with(&with).exits(0).says("Built in");
    let description = bench.library().join("library.json");
    let description = std::fs::read_to_string(description).expect("it is built");
    assert!(description.contains(copy.gcc.to_str().expect("a path")));

    // An update that failed halfway.
    let files = copy.std();
    assert!(files.len() >= 2, "{files:?}");
    let away = |path: &Path| PathBuf::from(format!("{}.away", path.display()));
    for file in &files {
        std::fs::rename(file, away(file)).expect("it is ours");
    }
    bench.new_answer();
    bench.is_not_judged_with("can't find crate for `std`", &with);
    bench
        .command("doctor", &with)
        .exits(4)
        .says("answers cannot be built")
        .says("can't find crate for `std`");
    for file in &files {
        std::fs::rename(away(file), file).expect("it is ours");
    }
    // The files are the same as before, so the library is still valid.
    bench.run_with(&with).exits(0).says_nothing_of("Building");
    bench.passes_with(&with);

    // After an update of the distribution, katas asks `cc` again where its files are.
    std::fs::rename(&copy.gcc, copy.folder.join("gcc-away")).expect("it is ours");
    bench.new_answer();
    bench.run_with(&with).exits(0).says("hf_load: passed.");
    bench.passes_with(&with);
}
