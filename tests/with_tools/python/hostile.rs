//! Hostile answers in Python: what becomes of them, and that nothing outside changes.

use std::net::TcpListener;
use std::path::Path;

use super::{floats, numbered, open, raised, spec, usual};
use katas::array::Value;
use katas::track::{Answer, CaseOutcome, Purpose, Session};
use katas::verdict::Failure;

/// Runs an answer as one's own, and as somebody else's.
fn each(source: &str, check: impl Fn(&CaseOutcome)) {
    let untrusted = Purpose::Class {
        workers: 1,
        untrusted: true,
    };
    for purpose in [Purpose::One, untrusted] {
        let session = open(purpose);
        check(&only(&*session, source));
    }
}

/// What the only case of an answer gives.
fn only(session: &dyn Session, source: &str) -> CaseOutcome {
    let spec = usual();
    let answer = Answer {
        spec: &spec,
        source,
        shown_as: "katas/k/answer.py",
        width: 80,
    };
    let prepared = session.prepare(&answer).expect("the tools work");
    let prepared = prepared.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let inputs = numbered(1).remove(0);
    let ran = session.run(&prepared, &[&inputs], session.limits());
    ran.expect("the answer is at fault").remove(0)
}

/// Every attempt has to be refused with an error of the system; the answer says which were not.
#[test]
fn files_processes_and_the_network_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "word").expect("a file");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let text = format!(
        "\
import ctypes, os, resource, signal, socket, subprocess, sys, threading

secret = {secret:?}
parent = os.getppid()
libc = ctypes.CDLL(None, use_errno=True)

def call(*arguments):
    ctypes.set_errno(0)
    if libc.syscall(*arguments) == -1:
        raise OSError(ctypes.get_errno(), 'syscall')

tries = {{
    'read': lambda: open(secret).read(),
    'passwd': lambda: open('/etc/passwd').read(),
    'home': lambda: os.listdir('/root'),
    'list': lambda: os.listdir('/'),
    'environ': lambda: open('/proc/self/environ').read(),
    'memory': lambda: open(f'/proc/{{parent}}/mem', 'rb').read(1),
    'write': lambda: open(secret, 'w'),
    'append': lambda: open(secret, 'a'),
    'make': lambda: open({made:?}, 'w'),
    'driver': lambda: open(sys.path[0] + '/check.py', 'a'),
    'package': lambda: open(__import__('jax').__file__, 'a'),
    'tmp': lambda: open('/tmp/katas-escaped', 'w'),
    'remove': lambda: os.remove(secret),
    'rename': lambda: os.rename(secret, secret + '2'),
    'chmod': lambda: os.chmod(secret, 0o777),
    'link': lambda: os.symlink(secret, secret + '3'),
    'folder': lambda: os.mkdir(secret + '4'),
    'fork': os.fork,
    'vfork': lambda: call(58),
    'clone': lambda: call(56, 17, 0, 0, 0, 0),
    'shared clone': lambda: call(56, 0x100 | 17, 0, 0, 0, 0),
    'exec': lambda: os.execv('/bin/sh', ['sh', '-c', 'true']),
    'execveat': lambda: call(322, -100, b'/bin/sh', 0, 0, 0),
    'spawn': lambda: subprocess.run(['/bin/true']),
    'kill': lambda: os.kill(parent, signal.SIGTERM),
    'kill all': lambda: os.kill(-1, 0),
    'kill oneself': lambda: os.kill(os.getpid(), signal.SIGKILL),
    'tgkill': lambda: call(234, parent, parent, 9),
    'ptrace': lambda: call(101, 16, parent, 0, 0),
    'tcp': lambda: socket.create_connection(('127.0.0.1', {port})),
    'udp': lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    'unix': lambda: socket.socket(socket.AF_UNIX),
    'pair': socket.socketpair,
    'pipe': os.pipe,
    'memfd': lambda: os.memfd_create('a'),
    'unshare': lambda: call(272, 0x10000000),
    'setuid': lambda: os.setuid(0 if os.getuid() else 1),
    'limits': lambda: resource.setrlimit(resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU)),
    'dumpable': lambda: call(157, 4, 1, 0, 0, 0),
    'io_uring': lambda: call(425, 1, 0),
    'bpf': lambda: call(321, 0, 0, 0),
    'owner': lambda: __import__('fcntl').fcntl(1, 8, parent),
}}
escaped = []
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, ValueError):
        continue
    escaped.append(name)
assert not escaped, escaped

def f(case, x):
    return x
",
        made = folder.path().join("made"),
    );
    each(&text, |outcome| {
        assert_eq!(outcome.output, Ok(floats(&[1.0, 2.0])), "{outcome:?}");
    });
    let kept = std::fs::read_to_string(&secret).expect("it is still there");
    assert_eq!(kept, "word");
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("it is there")
            .count(),
        1
    );
    assert!(!Path::new("/tmp/katas-escaped").exists());
    listener.set_nonblocking(true).expect("a socket");
    assert!(listener.accept().is_err(), "somebody connected");
}

/// Threads are what XLA computes with; what they start ends with the answer.
#[test]
fn threads_work_and_do_not_outlive_the_answer() {
    let text = "\
import atexit, threading, time

def forever():
    while True:
        time.sleep(1)

def f(case, x):
    atexit.register(forever)
    threading.Thread(target=forever).start()
    return x
";
    each(text, |outcome| {
        assert_eq!(outcome.output, Ok(floats(&[1.0, 2.0])), "{outcome:?}");
    });
}

#[test]
fn an_answer_that_ends_the_process_gives_nothing() {
    let exits = "import os\n\ndef f(case, x):\n    os._exit(0)\n";
    each(exits, |outcome| {
        assert_eq!(outcome.output, Err(Failure::Exited { status: 0 }));
    });
    let closes = "import os\n\ndef f(case, x):\n    os.close(3)\n    return x\n";
    each(closes, |outcome| {
        assert!(
            matches!(
                outcome.output,
                Err(Failure::DidNotFinish | Failure::Exited { .. })
            ),
            "{outcome:?}"
        );
    });
    let aborts = "import os\n\ndef f(case, x):\n    os.abort()\n";
    each(aborts, |outcome| {
        assert_eq!(outcome.output, Err(Failure::Aborted))
    });
    let faults = "import ctypes\n\ndef f(case, x):\n    ctypes.string_at(8)\n";
    each(faults, |outcome| {
        assert_eq!(outcome.output, Err(Failure::Crashed { signal: 11 }));
    });
}

/// Records that the driver did not send, without the nonce: there is no output.
#[test]
fn forged_records_count_for_nothing() {
    let text = "\
import os, struct

def block(data):
    return struct.pack('<I', len(data)) + data

def f(case, x):
    calls = block(b'\\x02' + struct.pack('<I', 0))
    returned = block(b'\\x03\\x00\\x00' + block(struct.pack('<ff', 1, 2)))
    os.write(3, calls + returned + block(b'\\x05' + bytes(16)))
    os._exit(0)
";
    each(text, |outcome| {
        assert!(outcome.output.is_err(), "{outcome:?}");
    });
    let garbage = "import os\n\ndef f(case, x):\n    os.write(3, b'\\xff' * 100)\n    return x\n";
    each(garbage, |outcome| {
        assert_eq!(outcome.output, Err(Failure::DidNotFinish), "{outcome:?}");
    });
}

#[test]
fn what_takes_too_much_is_stopped() {
    let loops = "def f(case, x):\n    n = 1\n    while True:\n        n += 1\n";
    let in_c = "def f(case, x):\n    return 10 ** (10 ** 9)\n";
    let sleeps = "import time\n\ndef f(case, x):\n    time.sleep(1000)\n";
    let ignores = "\
import signal

def f(case, x):
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass
";
    let spec = spec(super::TAKES, "f32[]");
    let session = super::session();
    let mut limits = session.limits();
    limits.wall = std::time::Duration::from_secs(6);
    for source in [loops, in_c, sleeps, ignores] {
        let prepared = super::prepare(&spec, source).expect("it is Python");
        let inputs = numbered(1).remove(0);
        let inputs: &[Value] = &inputs;
        let ran = session
            .run(&prepared, &[inputs], limits)
            .expect("the answer is at fault");
        assert!(
            matches!(ran[0].output, Err(Failure::OutOfTime { .. })),
            "{source}: {ran:?}"
        );
    }
}

#[test]
fn memory_and_floods_are_bounded() {
    let bomb = "def f(case, x):\n    kept = []\n    while True:\n        kept.append(bytearray(1 << 24))\n";
    each(bomb, |outcome| {
        let (message, _) = raised(outcome);
        assert_eq!(message, "MemoryError");
    });
    let of_jax = "import jax.numpy as jnp\n\ndef f(case, x):\n    return jnp.ones((1 << 32,), jnp.float32)\n";
    each(of_jax, |outcome| {
        let (message, _) = raised(outcome);
        assert!(
            message.contains("RESOURCE_EXHAUSTED") || message.contains("Out of memory"),
            "{message}"
        );
    });
    let prints = "def f(case, x):\n    while True:\n        print('x' * 1000)\n";
    each(prints, |outcome| {
        assert!(
            matches!(outcome.output, Err(Failure::TooMuchOutput { .. })),
            "{outcome:?}"
        );
    });
    let sends =
        "import os\n\ndef f(case, x):\n    while True:\n        os.write(3, bytes(100000))\n";
    each(sends, |outcome| {
        assert!(
            matches!(outcome.output, Err(Failure::TooLargeResult { .. })),
            "{outcome:?}"
        );
    });
    let threads = "\
import threading, time

def f(case, x):
    while True:
        threading.Thread(target=time.sleep, args=(100,)).start()
";
    each(threads, |outcome| {
        let (message, _) = raised(outcome);
        assert!(message.contains("can't start new thread"), "{message}");
    });
}

/// One process forks the processes of many answers. What an answer changes in its own is not seen by the next, and it finds
/// nothing there but its own four descriptors.
#[test]
fn what_one_answer_changes_the_next_does_not_see() {
    let untrusted = Purpose::Class {
        workers: 1,
        untrusted: true,
    };
    let session = open(untrusted);
    let changes = "\
import jax.numpy as jnp, numpy, os, sys

def is_open(number):
    try:
        os.fstat(number)
        return True
    except OSError:
        return False

def f(case, x):
    numbers = [number for number in range(256) if is_open(number)]
    for number in range(256):
        if number > 3:
            try:
                os.write(number, b'reap')
            except OSError:
                pass
    jnp.add = jnp.negative = numpy.add = lambda *a: a[0]
    sys.modules['katas_driver.host'] = None
    return x * 0 + len(numbers)
";
    let honest = "\
import jax.numpy as jnp

def f(case, x):
    return jnp.add(x, x)
";
    let first = only(&*session, changes);
    assert_eq!(first.output, Ok(floats(&[4.0, 4.0])));
    for _ in 0..2 {
        assert_eq!(only(&*session, honest).output, Ok(floats(&[2.0, 4.0])));
    }
}
