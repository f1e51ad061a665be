//! An environment to attack: a course, a home and a cache in a temporary folder, with something to steal and someone
//! to contact.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use katas::array::Value;
use katas::catalog::{Course, Kata};
use katas::files::Cache;
use katas::grade::{self, Cases, Request, Unconfined};
use katas::sandbox::{Author, Limits};
use katas::track::rust::{self, RustTrack, UnsafeCode};
use katas::track::{Answer, CaseOutcome, Prepared, Purpose, Session, Tools, Track, TrackError};
use katas::verdict::{KataResult, Refusal};

use crate::common::{library, toolchain};

/// A session with short time limits: no attack needs longer to succeed.
struct Short(Box<dyn Session>);

impl Session for Short {
    fn track(&self) -> &'static str {
        self.0.track()
    }

    fn purpose(&self) -> Purpose {
        self.0.purpose()
    }

    fn tools(&self) -> &Tools {
        self.0.tools()
    }

    fn limits(&self) -> Limits {
        Limits {
            wall: Duration::from_secs(3),
            processor: Duration::from_secs(2),
            // So small that a flood exceeds it long before the time limit, even on a busy machine.
            results: 1 << 20,
            ..self.0.limits()
        }
    }

    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError> {
        self.0.prepare(answer)
    }

    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        self.0.run(prepared, cases, limits)
    }
}

pub(crate) struct World {
    _folder: tempfile::TempDir,
    /// The folder that contains everything.
    pub(crate) root: PathBuf,
    /// The secret word.
    pub(crate) canary: String,
    mark: String,
    kata: Kata,
    cache: Cache,
    port: TcpListener,
    socket: UnixListener,
    /// Open across exec, as a careless parent of the runner would leave it.
    _inherited: std::os::fd::OwnedFd,
}

impl World {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let canary = format!("canary-{}-{number}-ebd9f2", std::process::id());
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/course");
        for file in [
            "katas/course.yaml",
            "katas/attack/kata.yaml",
            "katas/attack/kata.lock",
            "solutions/attack/solution.rs",
        ] {
            let text = std::fs::read_to_string(fixture.join(file)).unwrap();
            write(
                &root.join("course").join(file),
                &text.replace("CANARY", &canary),
            );
        }
        write(
            &root.join("home/secret.rs"),
            &format!("pub fn secret() {{ \"{canary}\" }}"),
        );
        write(&root.join("home/.bashrc"), "# a shell's");
        write(&root.join("beside.txt"), &canary);
        let kata = Course::find(&root.join("course"))
            .unwrap()
            .kata("attack")
            .unwrap();
        let spec = root.join("course/katas/attack/kata.yaml");
        std::os::unix::fs::symlink(&spec, root.join("link")).unwrap();
        let cache = root.join("cache");
        std::fs::create_dir(&cache).unwrap();
        let built = library();
        std::os::unix::fs::symlink(built.join("nnx"), cache.join("nnx")).unwrap();
        std::fs::copy(built.join("toolchain.json"), cache.join("toolchain.json")).unwrap();
        // Readable by everyone: the sandbox must keep a program out, whatever its uid is.
        set_mode(&root, 0o755);
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        port.set_nonblocking(true).unwrap();
        let socket = UnixListener::bind(root.join("socket")).unwrap();
        socket.set_nonblocking(true).unwrap();
        set_mode(&root.join("socket"), 0o777);
        let inherited = rustix::io::dup(std::fs::File::open(&spec).unwrap()).unwrap();
        Self {
            mark: canary.replace("canary", "mark"),
            _folder: folder,
            root,
            canary,
            kata,
            cache: Cache::in_folder(&cache),
            port,
            socket,
            _inherited: inherited,
        }
    }

    pub(crate) fn spec(&self) -> PathBuf {
        self.root.join("course/katas/attack/kata.yaml")
    }

    /// Adds an answer next to everything else, with the paths of this environment in it.
    pub(crate) fn answer(&self, text: &str) -> PathBuf {
        let answer = self.root.join("answer.rs");
        let path = |name: &str| self.root.join(name).display().to_string();
        let mut text = text.to_owned();
        for (token, value) in [
            ("@SPEC@", self.spec().display().to_string()),
            ("@LOCK@", path("course/katas/attack/kata.lock")),
            ("@SOLUTION@", path("course/solutions/attack/solution.rs")),
            ("@HOME@", path("home")),
            ("@SECRET@", path("home/secret.rs")),
            ("@LINK@", path("link")),
            ("@SOCKET@", path("socket")),
            ("@CACHE@", path("cache")),
            ("@ANSWER@", path("answer.rs")),
            ("@SYSROOT@", toolchain().display().to_string()),
            ("@ROOT@", self.root.display().to_string()),
            ("@MARK@", self.mark.clone()),
            ("@PORT@", self.port.local_addr().unwrap().port().to_string()),
            ("@BANGS@", "!".repeat(100_000)),
        ] {
            text = text.replace(token, &value);
        }
        write(&answer, &text);
        answer
    }

    /// Judges an answer as every command does.
    pub(crate) fn judge(&self, answer: &Path, author: Author) -> KataResult {
        self.judge_with(answer, author, UnsafeCode::Refused)
    }

    pub(crate) fn judge_with(
        &self,
        answer: &Path,
        author: Author,
        unsafe_code: UnsafeCode,
    ) -> KataResult {
        let session = self.session(author, unsafe_code);
        let request = Request {
            cancel: None,
            kata: &self.kata,
            session: &session,
            answer: grade::Answer::File(answer),
            shown_as: Path::new("answer.rs"),
            cases: Cases::All,
            time_limit: None,
            unconfined: Unconfined::Refuse,
            width: 100,
            cache: &self.cache,
            sealed: None,
        };
        grade::judge(&request).unwrap()
    }

    fn session(&self, author: Author, unsafe_code: UnsafeCode) -> Short {
        let purpose = Purpose::Class {
            workers: 1,
            untrusted: author == Author::Untrusted,
        };
        let track = RustTrack { unsafe_code };
        Short(track.open(&self.cache, purpose, &mut |_| {}).unwrap())
    }

    /// Runs the first case of an answer under limits only, without a sandbox.
    pub(crate) fn run_without_a_jail(&self, text: &str, author: Author) -> CaseOutcome {
        let answer = self.answer(text);
        let session = self.session(author, UnsafeCode::Allowed);
        let prepared = session.prepare(&Answer {
            cancel: None,
            spec: &self.kata.spec,
            source: &std::fs::read_to_string(answer).unwrap(),
            shown_as: "answer.rs",
            width: 100,
        });
        let prepared = prepared.unwrap().expect("it compiles");
        let free = rust::without_jail(&prepared).unwrap();
        let inputs = self.kata.spec.cases[0].given.as_slice();
        let limits = Limits {
            file: 1 << 20,
            ..session.limits()
        };
        session.run(&free, &[inputs], limits).unwrap().remove(0)
    }

    /// Every file outside the cache with its contents, and the files of the cache except builds.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        walk(&self.root, &mut files);
        files.retain(|path, _| !path.starts_with(self.root.join("cache/answers")));
        for folder in ["/tmp", "/dev/shm", "/var/tmp", "/"] {
            let path = Path::new(folder).join(&self.mark);
            if path.exists() {
                files.insert(path, Vec::new());
            }
        }
        files
    }

    /// Processes whose program is in this environment's cache, or whose working directory is in it.
    pub(crate) fn processes(&self) -> Vec<(String, u32)> {
        let cache = self.cache.folder();
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let Some(pid) = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse().ok())
            else {
                continue;
            };
            for link in ["exe", "cwd"] {
                if let Ok(path) = std::fs::read_link(entry.path().join(link))
                    && path.starts_with(cache)
                {
                    found.push((path.display().to_string(), pid));
                }
            }
        }
        found
    }

    /// Leftovers that a run must not leave: unfinished builds, scratch folders, connections to the port or the
    /// socket.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let mut left = Vec::new();
        for folder in ["cache/answers", "cache/scratch"] {
            for entry in std::fs::read_dir(self.root.join(folder))
                .into_iter()
                .flatten()
                .flatten()
            {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') || folder.ends_with("scratch") {
                    left.push(format!("{folder}/{name} remains"));
                }
            }
        }
        if self.port.accept().is_ok() {
            left.push("someone called by TCP".to_owned());
        }
        if self.socket.accept().is_ok() {
            left.push("someone called by a Unix socket".to_owned());
        }
        left
    }
}

fn walk(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = std::fs::symlink_metadata(&path).unwrap();
        if about.is_dir() {
            files.insert(path.clone(), Vec::new());
            walk(&path, files);
        } else if about.is_file() {
            files.insert(path.clone(), std::fs::read(&path).unwrap());
        } else {
            files.insert(path, b"special".to_vec());
        }
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn set_mode(path: &Path, mode: u32) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(path, mode).unwrap();
}
