//! Settings of a user, a shell or a school: other folders, limits, and cargo configuration files.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;

use super::Bench;

/// Each of these alone once prevented the build of the library, or changed its result.
const HOSTILE: &str = r#"
[build]
target = "wasm32-unknown-unknown"
rustc-wrapper = "/nowhere/wrapper"
rustc-workspace-wrapper = "/nowhere/wrapper"
rustflags = ["--nonsense"]
target-dir = "/proc/nowhere"
build-dir = "/proc/nowhere"
incremental = true

[target.'cfg(all())']
linker = "/nowhere/linker"
rustflags = ["--nonsense"]

[target.x86_64-unknown-linux-gnu]
linker = "/nowhere/linker"

[profile.release]
panic = "abort"
lto = "fat"
opt-level = 0
overflow-checks = true
strip = true

[profile.release.package.ndarray]
opt-level = 3
overflow-checks = true
"#;

#[test]
fn a_moved_cache_is_rebuilt_with_any_cargo_settings() {
    let bench = Bench::new();
    bench.copied_library();
    let settings = bench.course.cache.join(".cargo");
    std::fs::create_dir(&settings).expect("the cache can be written");
    std::fs::write(settings.join("config.toml"), HOSTILE).expect("the cache can be written");
    bench
        .run()
        .exits(0)
        .says("Built in")
        .says("hf_load: passed.");
    bench.passes();
    // If cargo itself fails, its message is shown.
    std::fs::write(settings.join("config.toml"), "[build\n").expect("the cache can be written");
    std::fs::remove_file(bench.library().join("library.json")).expect("it is built");
    bench.new_answer();
    bench.run().exits(4).says("config.toml").says("hint: ");
    bench.course.katas("doctor").exits(4).says("config.toml");
}

#[test]
fn a_limit_on_memory_is_not_the_answers() {
    let bench = Bench::new();
    // The library and the record of the toolchain exist already.
    let limited = |command: &mut Command| {
        let program = command.get_program().to_owned();
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        let mut shell = Command::new("/bin/sh");
        shell
            .args(["-c", "ulimit -v 400000; exec \"$0\" \"$@\""])
            .arg(program)
            .args(arguments)
            .env_clear()
            .current_dir(&bench.course.root);
        for (name, value) in command.get_envs() {
            shell.env(name, value.unwrap_or_default());
        }
        shell.arg0("sh");
        *command = shell;
    };
    bench.is_not_judged_with("even a known-good answer fails", &limited);
    bench.passes();
}

#[test]
fn a_cache_whose_path_linkers_cannot_take_is_refused() {
    let bench = Bench::new();
    for name in ["two\nlines", "a:colon"] {
        let place = bench.course.root.join(name);
        let odd = |command: &mut Command| {
            command.env("KATAS_CACHE", &place);
        };
        bench.is_not_judged_with("cannot use the cache folder", &odd);
    }
    bench.passes();
}

#[test]
fn without_a_home_the_cache_is_this_users_alone() {
    let bench = Bench::new();
    let shared = bench.course.root.join("shared");
    std::fs::create_dir(&shared).expect("a folder");
    let homeless = |command: &mut Command| {
        for name in ["HOME", "KATAS_CACHE", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        // Without rustc, so that nothing is built there.
        command.env("PATH", "/nowhere").env("TMPDIR", &shared);
    };
    bench.command("doctor", &homeless).exits(4).says("writable");
    let user = rustix::process::geteuid().as_raw();
    let cache = shared.join(format!("katas-{user}"));
    let about = std::fs::symlink_metadata(&cache).expect("the cache was made");
    assert_eq!(about.permissions().mode() & 0o777, 0o700);
    // A folder that others may write to, and a link to one: other users could then decide what runs.
    let open = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(&cache, open).expect("it is ours");
    let refused = |what: &str| {
        let doctor = bench.command("doctor", &homeless);
        doctor
            .exits(4)
            .says(what)
            .says("hint: choose a folder of your own");
    };
    refused("cannot use the cache folder");
    std::fs::remove_dir_all(&cache).expect("it is ours");
    let elsewhere = bench.course.root.join("elsewhere");
    std::fs::create_dir(&elsewhere).expect("a folder");
    let private = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(&elsewhere, private).expect("it is ours");
    std::os::unix::fs::symlink(&elsewhere, &cache).expect("a link");
    refused("cannot use the cache folder");
}
