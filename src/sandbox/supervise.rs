//! Starts a job, reads its output while it runs, and kills it when it exceeds a limit.

use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::{Pid, WaitOptions, WaitStatus};

use super::stream::Stream;
use super::{CancelToken, End, Job, Limits, Outcome, SandboxError, enter, prepare, retry, stream};
use crate::signal::Signal;

/// The polling interval on systems without process descriptors.
const LOOK: Duration = Duration::from_millis(2);

/// The maximum duration of one wait, and the most time that it counts against the program. If more time has passed,
/// the runner itself was stopped, for example by Ctrl-Z.
const TURN: Duration = Duration::from_secs(1);

/// The polling interval for a program that has used up its wall time but not its CPU time.
const AGAIN: Duration = Duration::from_millis(50);

/// The maximum factor by which a time limit is extended while the program waits for a processor, so that it always
/// ends.
const MOST_STRETCH: u32 = 4;

pub(super) fn run(job: &Job) -> Result<Outcome, SandboxError> {
    let cancel = job.cancel.as_ref();
    unless_cancelled(job, cancel)?;
    // The kernel kills the group once no process holds this any more.
    let (mut running, _runner) = retry::on_shortage(|| start(job))?;
    let stopped = running.watch(job.limits.wall, cancel);
    let used = running.processor_time();
    let status = end(running.process);
    unless_cancelled(job, cancel)?;
    let end = ended_by_itself(status.map_err(|source| failed(job, source))?);
    running.outcome(stopped, end, used, job.limits, job)
}

/// Fails if the outcome of a job is not wanted any more.
pub(super) fn unless_cancelled(
    job: &Job,
    cancel: Option<&CancelToken>,
) -> Result<(), SandboxError> {
    match cancel.is_some_and(CancelToken::is_cancelled) {
        true => Err(SandboxError::Cancelled {
            program: job.program.clone(),
        }),
        false => Ok(()),
    }
}

/// The error for a job that could not be supervised.
pub(super) fn failed(job: &Job, source: std::io::Error) -> SandboxError {
    SandboxError::Supervise {
        program: job.program.clone(),
        source,
    }
}

/// Starts a job; the returned guard ends it when it is dropped, or when this process ends.
fn start(job: &Job) -> Result<(Running, OwnedFd), SandboxError> {
    let failed = |source| failed(job, source);
    let input = stream::input_file(&job.input).map_err(failed)?;
    let (printed, printed_end) = stream::pipe().map_err(failed)?;
    let (results, results_end) = stream::pipe().map_err(failed)?;
    let (runner, runner_end) = std::io::pipe().map_err(failed)?;
    let entry = prepare::entry(
        job,
        input.into(),
        printed_end,
        results_end,
        OwnedFd::from(runner),
    )?;
    // The entry holds this process's copies of the write ends; without them the pipes end when the program does.
    let process = enter::start(entry).map_err(|source| SandboxError::Start {
        program: job.program.clone(),
        source,
    })?;
    let running = Running::new(process, printed, results, job.limits);
    Ok((running, OwnedFd::from(runner_end)))
}

const KILL: rustix::process::Signal = rustix::process::Signal::KILL;

/// Kills the whole group, and then reaps its leader: until it is reaped, no other process can get its id.
pub(super) fn end(process: Pid) -> std::io::Result<WaitStatus> {
    // No such group: the program ended before it created one.
    let _ = rustix::process::kill_process_group(process, KILL);
    loop {
        match rustix::process::waitpid(Some(process), WaitOptions::empty()) {
            Ok(Some((_, status))) => return Ok(status),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// The CPU time of a process that has not been reaped; `None` on systems without `/proc`.
fn processor_time(process: Pid) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", process.as_raw_pid())).ok()?;
    // The program's name comes before, in parentheses, and can hold anything; then the 12th and 13th fields are the ticks
    // it spent in user mode and in the kernel (proc_pid_stat(5)).
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks = ticks.map(str::parse::<u64>).sum::<Result<u64, _>>().ok()?;
    let millis = ticks.saturating_mul(1000) / rustix::param::clock_ticks_per_second().max(1);
    Some(Duration::from_millis(millis))
}

/// How long a thread of a process that has not been reaped was runnable without a processor. This is the maximum over
/// all threads, because the others may wait for that one. Zero on systems that do not report it.
fn waiting_time(process: Pid) -> Duration {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{}/task", process.as_raw_pid())) else {
        return Duration::ZERO;
    };
    // The second number of schedstat is the time on a run queue, in nanoseconds (the kernel's sched-stats.rst).
    let waited = threads.filter_map(|thread| {
        let stat = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        stat.split_whitespace().nth(1)?.parse().ok()
    });
    waited.max().map_or(Duration::ZERO, Duration::from_nanos)
}

fn ended_by_itself(status: WaitStatus) -> End {
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => End::Exited(code),
        (None, Some(signal)) => End::Signalled(Signal::new(signal)),
        (None, None) => End::Exited(-1),
    }
}

/// A running program.
#[derive(Debug)]
pub(super) struct Running {
    process: Pid,
    /// A descriptor of the process, since its id may be reused.
    descriptor: Option<OwnedFd>,
    printed: Stream,
    results: Stream,
    started: Instant,
    /// The CPU time that it used before its clock started.
    before: Duration,
    /// When time was last counted, and the total counted so far.
    counted: Instant,
    spent: Duration,
    /// How much of that it waited for a processor, as far as it was measured; and how much it waited before its clock
    /// started.
    waited: Duration,
    waited_before: Duration,
}

impl Running {
    /// A process that has just started, and the read ends of its pipes.
    pub(super) fn new(process: Pid, printed: OwnedFd, results: OwnedFd, limits: Limits) -> Self {
        let started = Instant::now();
        Self {
            process,
            descriptor: process_descriptor(process),
            printed: Stream::new(printed, limits.printed),
            results: Stream::new(results, limits.results),
            started,
            before: Duration::ZERO,
            counted: started,
            spent: Duration::ZERO,
            waited: Duration::ZERO,
            waited_before: Duration::ZERO,
        }
    }

    /// Its id, if it has not been reaped.
    #[cfg(target_os = "linux")]
    pub(super) fn process(&self) -> Pid {
        self.process
    }

    /// Restarts its clock with the limits of the job, so that earlier work does not count.
    #[cfg(target_os = "linux")]
    pub(super) fn begin(&mut self, limits: Limits) {
        self.printed.most = limits.printed;
        self.results.most = limits.results;
        self.before = self.processor_time();
        self.waited_before = waiting_time(self.process);
        self.started = Instant::now();
        self.counted = self.started;
    }

    /// Kills it, unless it has ended.
    #[cfg(target_os = "linux")]
    pub(super) fn kill(&self) {
        if let Some(process) = &self.descriptor {
            let _ = rustix::process::pidfd_send_signal(process, KILL);
        }
    }

    /// The CPU time that it used, if it has not been reaped.
    pub(super) fn processor_time(&self) -> Duration {
        let used = processor_time(self.process).unwrap_or_else(|| self.started.elapsed());
        used.saturating_sub(self.before)
    }

    /// The outcome of a process that was stopped, or ended by itself in this way.
    pub(super) fn outcome(
        mut self,
        stopped: std::io::Result<Option<End>>,
        ended: End,
        used: Duration,
        limits: Limits,
        job: &Job,
    ) -> Result<Outcome, SandboxError> {
        let failed = |source| failed(job, source);
        // Only what was in the pipes when the program ended; a process that still has them open is not waited for.
        self.printed.drain().map_err(failed)?;
        self.results.drain().map_err(failed)?;
        let stopped = stopped.map_err(failed)?.or(self.full());
        let end = match (stopped, ended) {
            (Some(end), _) => end,
            // The hard limit, if the program ignored the signal of the soft limit.
            (None, End::Signalled(Signal::KILL)) if used >= limits.processor => {
                End::Signalled(Signal::XCPU)
            }
            // The runner has not sent it, and a program cannot send it to itself.
            (None, End::Signalled(Signal::KILL)) => {
                return Err(SandboxError::Killed {
                    program: job.program.clone(),
                    has_sent: !self.results.bytes.is_empty(),
                });
            }
            (None, end) => end,
        };
        let wall = self.own_time();
        Ok(Outcome {
            end,
            printed: self.printed.bytes,
            results: self.results.bytes,
            wall,
        })
    }

    /// Reads until the program has ended or is cancelled; returns the reason if it exceeded a limit.
    pub(super) fn watch(
        &mut self,
        limit: Duration,
        cancel: Option<&CancelToken>,
    ) -> std::io::Result<Option<End>> {
        loop {
            let most = if self.descriptor.is_some() {
                TURN
            } else {
                LOOK
            };
            let patience = match limit.saturating_sub(self.spent) {
                Duration::ZERO => AGAIN,
                left => left.min(most),
            };
            let mut fds = Vec::with_capacity(4);
            if let Some(cancel) = cancel {
                fds.push(PollFd::new(cancel, PollFlags::IN));
            }
            for stream in [&self.printed, &self.results] {
                if stream.open {
                    fds.push(PollFd::new(&stream.pipe, PollFlags::IN));
                }
            }
            if let Some(process) = &self.descriptor {
                fds.push(PollFd::new(process, PollFlags::IN));
            }
            let timeout = Timespec::try_from(patience).map_err(std::io::Error::other)?;
            match rustix::event::poll(&mut fds, Some(&timeout)) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let ended = match &self.descriptor {
                Some(_) => fds.last().is_some_and(|fd| !fd.revents().is_empty()),
                None => has_ended(self.process)?,
            };
            if cancel.is_some_and(CancelToken::is_cancelled) {
                return Ok(None);
            }
            self.count();
            self.printed.read_what_is_there()?;
            self.results.read_what_is_there()?;
            if ended {
                return Ok(None);
            }
            if let Some(end) = self.full() {
                return Ok(Some(end));
            }
            if self.spent >= limit {
                self.waited = waiting_time(self.process).saturating_sub(self.waited_before);
                if self.own_time() >= limit {
                    return Ok(Some(End::OutOfTime));
                }
            }
        }
    }

    /// Adds the time since the last call.
    fn count(&mut self) {
        let now = Instant::now();
        self.spent += now.duration_since(self.counted).min(TURN);
        self.counted = now;
    }

    /// The time that counts against the program: waiting on a busy machine does not.
    fn own_time(&self) -> Duration {
        let own = self.spent.saturating_sub(self.waited);
        own.max(self.spent / MOST_STRETCH)
    }

    fn full(&self) -> Option<End> {
        if self.printed.full {
            Some(End::PrintedTooMuch)
        } else if self.results.full {
            Some(End::SentTooMuch)
        } else {
            None
        }
    }
}

#[cfg(target_os = "linux")]
fn process_descriptor(process: Pid) -> Option<OwnedFd> {
    rustix::process::pidfd_open(process, rustix::process::PidfdFlags::empty()).ok()
}

#[cfg(not(target_os = "linux"))]
fn process_descriptor(_process: Pid) -> Option<OwnedFd> {
    None
}

/// Whether a process has ended; it is not reaped, so that its group can still be killed by id.
fn has_ended(process: Pid) -> std::io::Result<bool> {
    use rustix::process::{WaitId, WaitIdOptions};
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    Ok(rustix::process::waitid(WaitId::Pid(process), look)?.is_some())
}
