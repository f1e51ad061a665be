//! A busy machine: the time that a program waits for a processor does not count against it.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use ::katas::sandbox::{self, Confinement, End, Job, Limits, Outcome};

/// The number of other programs that use the processor.
const OTHERS: usize = 6;

fn shell(script: &str, wall: Duration) -> Outcome {
    let limits = Limits {
        wall,
        processor: Duration::from_secs(60),
        memory: 1 << 30,
        address: 4 << 30,
        printed: 1 << 16,
        results: 1 << 16,
        file: 0,
    };
    let job = Job {
        cancel: None,
        program: Path::new("/bin/sh").canonicalize().expect("a shell"),
        arguments: ["-c", script].map(OsString::from).to_vec(),
        environment: Vec::new(),
        folder: "/".into(),
        input: Vec::new(),
        limits,
        confinement: Confinement::none(),
    };
    sandbox::run(&job).expect("a shell runs")
}

#[test]
fn waiting_for_a_processor_is_not_the_programs_time() {
    // Processes that are started from here on stay on one processor.
    sandbox::stay_on_one(0, usize::MAX);
    let count = "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done";
    let alone = shell(count, Duration::from_secs(60));
    assert_eq!(alone.end, End::Exited(0));
    std::thread::scope(|scope| {
        // Each runs as a separate job, because the kernel divides a processor among sessions, not among processes.
        for _ in 0..OTHERS {
            scope.spawn(|| shell("while :; do :; done", alone.wall * 10));
        }
        std::thread::sleep(alone.wall);
        // It gets a seventh of the processor, so it takes about seven times as long.
        let busy = shell(count, alone.wall * 4);
        assert_eq!(
            busy.end,
            End::Exited(0),
            "{:?} after {:?}",
            busy.wall,
            alone.wall
        );
    });
    // A sleeping program does not wait for a processor, so its limit is not extended.
    let sleeper = shell("sleep 60", Duration::from_millis(300));
    assert_eq!(sleeper.end, End::OutOfTime);
}
