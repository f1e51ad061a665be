//! A process that forks others: each job becomes a child of a [`Host`], which has already loaded what all of them
//! need.
//!
//! The host runs our own code in its own sandbox, and its children enter a second one before they read anything
//! untrusted. The host stays the parent of its children, so none of their ids can be reused until the runner allows
//! it; the runner handles everything else (pipes, time, termination) as for every job.
//!
//! The runner and the host communicate over a socket with message boundaries, which is the host's descriptor 0:
//!
//! | from | message |
//! |---|---|
//! | host | `ready`, once |
//! | runner | a [`task`], with three descriptors: where the child prints, where its results go, what it reads |
//! | host | the child's id as an `i32`, or the negated error if there is no child |
//! | runner | `reap` and the id of a child that has ended |
//! | host | its exit code as an `i32`, or the negated signal that ended it |
//!
//! A [`Spare`] is a child that is started before there is an answer for it: it runs our own warm-up code, enters its
//! sandbox, reports this by closing a fourth descriptor, and waits for its input.
//!
//! Integers are little-endian.

use std::io::{self, IoSlice, PipeReader, PipeWriter, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::net::{
    AddressFamily, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags,
    SocketType, recv, sendmsg, socketpair,
};
use rustix::process::Pid;

use super::calls::{Filter, Key};
use super::privileges::{self, Privileges};
use super::supervise::{self, Running};
use super::{
    CancelToken, Confinement, End, Job, Limits, Outcome, Profile, SandboxError, enter, prepare,
    retry, stream,
};
use crate::signal::Signal;

const READY: &[u8] = b"ready";
const REAP: &[u8] = b"reap";

/// The time limit for the host's reply to a message: it only forks and reaps.
const PATIENCE: Duration = Duration::from_secs(10);

/// A process that forks others. Dropping it ends it and all its children.
#[derive(Debug)]
pub struct Host {
    job: Job,
    process: Pid,
    control: OwnedFd,
    /// The privileges of its children.
    privileges: Privileges,
    filter: Vec<u8>,
    /// The kernel kills the group when this closes.
    _runner: OwnedFd,
}

/// A host that did not become ready, and what it printed.
#[derive(Debug)]
pub struct NotReady {
    /// What it printed.
    pub printed: String,
}

impl Host {
    /// Starts a host, a job with [`Profile::InterpreterHost`], and waits until it is ready.
    ///
    /// # Errors
    /// When it cannot be started or watched.
    pub fn start(job: Job) -> Result<Result<Self, NotReady>, SandboxError> {
        retry::on_shortage(|| Self::begin(&job))
    }

    fn begin(job: &Job) -> Result<Result<Self, NotReady>, SandboxError> {
        let failed = |source: io::Error| supervise::failed(job, source);
        let no_errno = |error: rustix::io::Errno| failed(error.into());
        let (control, theirs) = socketpair(
            AddressFamily::UNIX,
            SocketType::SEQPACKET,
            SocketFlags::CLOEXEC,
            None,
        )
        .map_err(no_errno)?;
        let (printed, printed_end) = stream::pipe().map_err(failed)?;
        let results = printed_end.try_clone().map_err(failed)?;
        let (runner, runner_end) = io::pipe().map_err(failed)?;
        let entry = prepare::entry(job, theirs, printed_end, results, runner.into())?;
        let process = enter::start(entry).map_err(|source| SandboxError::Start {
            program: job.program.clone(),
            source,
        })?;
        let host = Self {
            job: job.clone(),
            process,
            control,
            privileges: of_children(job),
            filter: filter(),
            _runner: runner_end.into(),
        };
        match host.receive(job.limits.wall) {
            Ok(message) if message == READY => Ok(Ok(host)),
            _ => {
                drop(host);
                let mut said = Vec::new();
                // It has ended, so its output is complete.
                let _ = Read::take(PipeReader::from(printed), job.limits.printed as u64)
                    .read_to_end(&mut said);
                Ok(Err(NotReady {
                    printed: String::from_utf8_lossy(&said).into_owned(),
                }))
            }
        }
    }

    /// Runs a job in a child until it ends or exceeds a limit. The child has the host's own memory limits.
    ///
    /// # Errors
    /// When it cannot be started or watched, is cancelled, or is killed from outside. Unless it was cancelled, the host
    /// should then not be used again.
    pub fn run(
        &self,
        input: &[u8],
        limits: Limits,
        cancel: Option<&CancelToken>,
    ) -> Result<Outcome, SandboxError> {
        supervise::unless_cancelled(&self.job, cancel)?;
        let failed = |source: io::Error| supervise::failed(&self.job, source);
        let input = stream::input_file(input).map_err(failed)?;
        let running = self.fork(&[input.as_fd()], &[], limits)?;
        self.finish(running, limits, cancel)
    }

    /// Starts a child that waits for its input after the warm-up that `warm` describes, which must not be empty.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn spare(&self, warm: &[u8], limits: Limits) -> Result<Spare, SandboxError> {
        let failed = |source: io::Error| supervise::failed(&self.job, source);
        let (theirs, input) = io::pipe().map_err(failed)?;
        let (ready, ready_end) = io::pipe().map_err(failed)?;
        let running = self.fork(&[theirs.as_fd(), ready_end.as_fd()], warm, limits)?;
        Ok(Spare {
            running,
            input,
            ready,
            processor: limits.processor,
        })
    }

    /// Runs a job in a spare, which keeps the CPU limit that it was started with. The time until the spare is ready
    /// does not count.
    ///
    /// # Errors
    /// When the spare did not become ready, or the job cannot be watched or is cancelled.
    pub fn run_in(
        &self,
        spare: Spare,
        input: &[u8],
        limits: Limits,
        cancel: Option<&CancelToken>,
    ) -> Result<Outcome, SandboxError> {
        let failed = |source: io::Error| supervise::failed(&self.job, source);
        let Spare {
            mut running,
            input: mut input_end,
            ready,
            ..
        } = spare;
        let handed = closed(&ready, cancel).and_then(|()| {
            running.begin(limits);
            input_end.write_all(input)
        });
        // The end of its input.
        drop(input_end);
        if handed.is_err() {
            running.kill();
        }
        let outcome = self.finish(running, limits, cancel);
        supervise::unless_cancelled(&self.job, cancel)?;
        handed.map_err(failed)?;
        outcome
    }

    /// Ends a spare that is not needed.
    pub fn discard(&self, spare: Spare) {
        spare.running.kill();
        // If the host has ended, so has the child.
        let _ = self.reap(&spare.running);
    }

    /// Watches a child until it ends or is cancelled, and has it reaped.
    fn finish(
        &self,
        mut running: Running,
        limits: Limits,
        cancel: Option<&CancelToken>,
    ) -> Result<Outcome, SandboxError> {
        let failed = |source: io::Error| supervise::failed(&self.job, source);
        let stopped = running.watch(limits.wall, cancel);
        let used = running.processor_time();
        running.kill();
        let end = self.reap(&running).map_err(failed)?;
        supervise::unless_cancelled(&self.job, cancel)?;
        running.outcome(stopped, end, used, limits, &self.job)
    }

    /// Returns how a child ended; after this, its id may be reused.
    fn reap(&self, running: &Running) -> io::Result<End> {
        let message = [REAP, &running.process().as_raw_pid().to_le_bytes()].concat();
        Ok(match self.ask(&message, &[])? {
            code @ 0.. => End::Exited(code),
            signal => End::Signalled(Signal::new(-signal)),
        })
    }

    fn fork(
        &self,
        input: &[BorrowedFd<'_>],
        warm: &[u8],
        limits: Limits,
    ) -> Result<Running, SandboxError> {
        let failed = |source: io::Error| supervise::failed(&self.job, source);
        let (printed, printed_end) = stream::pipe().map_err(failed)?;
        let (results, results_end) = stream::pipe().map_err(failed)?;
        let task = task(limits, self.privileges, warm, &self.filter);
        let mut descriptors = vec![printed_end.as_fd(), results_end.as_fd()];
        descriptors.extend(input);
        let pid = self.ask(&task, &descriptors).map_err(failed)?;
        let process = Pid::from_raw(pid).filter(|pid| pid.as_raw_pid() > 0);
        let process = process.ok_or_else(|| SandboxError::Start {
            program: self.job.program.clone(),
            source: io::Error::from_raw_os_error(pid.saturating_neg()),
        })?;
        Ok(Running::new(process, printed, results, limits))
    }

    /// Sends a message and reads the number in the reply.
    fn ask(&self, message: &[u8], descriptors: &[BorrowedFd<'_>]) -> io::Result<i32> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(4))];
        let mut rights = SendAncillaryBuffer::new(&mut space);
        if !descriptors.is_empty() {
            rights.push(SendAncillaryMessage::ScmRights(descriptors));
        }
        let message = [IoSlice::new(message)];
        sendmsg(&self.control, &message, &mut rights, SendFlags::NOSIGNAL)?;
        let answer = self.receive(PATIENCE)?;
        let answer = <[u8; 4]>::try_from(answer.as_slice()).map_err(|_| gone())?;
        Ok(i32::from_le_bytes(answer))
    }

    /// The next message.
    fn receive(&self, patience: Duration) -> io::Result<Vec<u8>> {
        let mut fds = [PollFd::new(&self.control, PollFlags::IN)];
        let timeout = Timespec::try_from(patience).map_err(io::Error::other)?;
        if rustix::event::poll(&mut fds, Some(&timeout))? == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let mut message = vec![0; 16];
        let (_, length) = recv(&self.control, &mut message, RecvFlags::empty())?;
        message.truncate(length);
        match message.is_empty() {
            true => Err(gone()),
            false => Ok(message),
        }
    }
}

/// A child that was started in advance and is ready, or will be soon. It ends when it is dropped, or with its host.
#[derive(Debug)]
pub struct Spare {
    running: Running,
    input: PipeWriter,
    /// A pipe that closes when it is ready.
    ready: PipeReader,
    processor: Duration,
}

impl Spare {
    /// Whether these limits can be applied to it.
    #[must_use]
    pub fn fits(&self, limits: Limits) -> bool {
        self.processor == limits.processor
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = supervise::end(self.process);
    }
}

/// Waits until the write end of a pipe closes; a cancelled token is an error.
fn closed(mut pipe: &PipeReader, cancel: Option<&CancelToken>) -> io::Result<()> {
    let mut fds = vec![PollFd::new(pipe, PollFlags::IN)];
    fds.extend(cancel.map(|cancel| PollFd::new(cancel, PollFlags::IN)));
    let timeout = Timespec::try_from(PATIENCE).map_err(io::Error::other)?;
    match rustix::event::poll(&mut fds, Some(&timeout))? {
        0 => Err(io::ErrorKind::TimedOut.into()),
        _ if cancel.is_some_and(CancelToken::is_cancelled) => {
            Err(io::ErrorKind::Interrupted.into())
        }
        _ => pipe.read(&mut [0]).map(|_| ()),
    }
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the host has ended")
}

/// What becomes of root's capabilities in a child of this host.
fn of_children(host: &Job) -> Privileges {
    let confinement = Confinement {
        profile: Profile::Interpreter,
        ..host.confinement.clone()
    };
    privileges::of(&confinement, &host.program)
}

/// The message that starts a child, in numbers of 32 bits: the seconds of processor time it may use; the first of the
/// uids that one is chosen from by its process id, and how many there are, or 0 for none; the mask of root's
/// capabilities that it then keeps; how many threads it may have, or 0 for no bound; the length of what it warms up
/// with, which follows; how many places in the filter stand for its own id, and their offsets in bytes. Last come the
/// filter's instructions in the kernel's own layout.
fn task(limits: Limits, privileges: Privileges, warm: &[u8], filter: &[u8]) -> Vec<u8> {
    let seconds = limits.processor.as_secs_f64().ceil() as u32;
    let [first, count, kept] = match privileges {
        // The powers that are ever kept are among the first 32.
        Privileges::Nobody { uids, kept } => [uids.first, uids.count, kept.bits() as u32],
        _ => [0; 3],
    };
    let threads = privileges.threads().unwrap_or_default() as u32;
    let length = u32::try_from(warm.len()).unwrap_or(u32::MAX);
    let numbers = [seconds, first, count, kept, threads, length];
    let mut task = numbers.map(u32::to_le_bytes).concat();
    task.extend(warm);
    task.extend(filter);
    task
}

/// The part of a task that is the same for all children: the filter.
fn filter() -> Vec<u8> {
    let filter = match enter::filters_calls() {
        // Nothing is started in a child, so the key is never used.
        true => Filter::of(Profile::Interpreter, Key::default()).unwrap_or_default(),
        false => Filter::default(),
    };
    let own = filter.own_offsets();
    let mut bytes = u32::try_from(own.len())
        .unwrap_or_default()
        .to_le_bytes()
        .to_vec();
    for offset in own {
        bytes.extend(offset.to_le_bytes());
    }
    for instruction in filter.instructions() {
        bytes.extend(instruction.code.to_ne_bytes());
        bytes.extend([instruction.jt, instruction.jf]);
        bytes.extend(instruction.k.to_ne_bytes());
    }
    bytes
}
