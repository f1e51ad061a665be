//! Starts a process inside its sandbox: the fork, everything between fork and exec, and the exec by descriptor.
//!
//! This is the one file of the runner with `unsafe`. Everything possible is prepared before the fork, in an
//! [`Entry`]: between fork and exec, the child only makes system calls; it allocates nothing and takes no locks. The
//! order matters: descriptors first, then identity, then limits, and the sandbox last. An exec after a change of uid
//! fails if that uid is at its limit of processes at the moment of the change, so the limits come after it.
//!
//! The standard library's `Command` is not used, for two reasons: it execs by path, which a program that has lost its
//! uid may be unable to access; and its own error pipe may get descriptor 3, which is for the results.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::os::unix::process::CommandExt;

use std::process::Command;

use rustix::process::{Pid, Resource, Rlimit};

use super::entry::Entry;
#[cfg(target_os = "linux")]
use super::entry::Jail;

/// Our descriptors are moved to numbers from here on, above the child's own four.
const ABOVE: RawFd = 10;

/// Starts the process; returns after the exec, or with the error that prevented it.
#[expect(unsafe_code, reason = "fork has no safe form")]
pub(super) fn start(entry: Entry) -> io::Result<Pid> {
    let (report, reports) = io::pipe()?;
    let reports = above(OwnedFd::from(reports))?;
    let mut ready = Ready::new(entry, reports)?;
    // SAFETY: the child calls only `enter`, which makes system calls, touches memory that was prepared here, and
    // never returns. The parent continues normally.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        ready.enter();
    }
    drop(ready);
    let pid = Pid::from_raw(pid).filter(|pid| pid.as_raw_pid() > 0);
    let pid = pid.ok_or_else(io::Error::last_os_error)?;
    let mut errno = [0; 4];
    match io::Read::read_exact(&mut io::BufReader::new(report), &mut errno) {
        // The pipe closed on exec: the program runs.
        Err(_) => Ok(pid),
        Ok(()) => {
            let _ = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty());
            Err(io::Error::from_raw_os_error(i32::from_ne_bytes(errno)))
        }
    }
}

/// Duplicates the descriptor to a number that the child does not use.
pub(super) fn above(descriptor: OwnedFd) -> io::Result<OwnedFd> {
    if descriptor.as_raw_fd() >= ABOVE {
        return Ok(descriptor);
    }
    Ok(rustix::io::fcntl_dupfd_cloexec(&descriptor, ABOVE)?)
}

/// An entry with the pointers that exec needs.
struct Ready {
    entry: Entry,
    arguments: Vec<*const libc::c_char>,
    environment: Vec<*const libc::c_char>,
    reports: OwnedFd,
    #[cfg(target_os = "linux")]
    parent: libc::pid_t,
}

impl Ready {
    fn new(mut entry: Entry, reports: OwnedFd) -> io::Result<Self> {
        entry.folder = above(entry.folder)?;
        entry.runner = entry.runner.map(above).transpose()?;
        #[cfg(target_os = "linux")]
        {
            entry.program = above(entry.program)?;
            entry.jail.paths = entry.jail.paths.map(above).transpose()?;
        }
        let pointers = |texts: &[CString]| {
            let texts = texts.iter().map(|text| text.as_ptr());
            texts.chain([std::ptr::null()]).collect()
        };
        Ok(Self {
            arguments: pointers(&entry.arguments),
            environment: pointers(&entry.environment),
            #[cfg(target_os = "linux")]
            parent: rustix::process::getpid().as_raw_pid(),
            reports,
            entry,
        })
    }

    /// In the child: executes the program, or reports the error and exits.
    #[expect(
        unsafe_code,
        reason = "a forked child must leave without running the parent's destructors"
    )]
    fn enter(&mut self) -> ! {
        let error = match self.become_program() {
            Ok(never) => match never {},
            Err(error) => error.raw_os_error().unwrap_or(libc::EIO),
        };
        let bytes = error.to_ne_bytes();
        // SAFETY: the bytes are there, and `_exit` ends this process and nothing else.
        unsafe {
            libc::write(self.reports.as_raw_fd(), bytes.as_ptr().cast(), bytes.len());
            libc::_exit(127)
        }
    }

    fn become_program(&mut self) -> io::Result<std::convert::Infallible> {
        rustix::process::setsid()?;
        usual_signals()?;
        if let Some(runner) = &self.entry.runner {
            kill_group_at_end_of(runner.as_raw_fd())?;
        }
        self.place_descriptors()?;
        rustix::process::fchdir(&self.entry.folder)?;
        #[cfg(target_os = "linux")]
        {
            self.entry.jail.privileges.give_up()?;
            // After the change of uid, which would clear it.
            die_with(self.parent)?;
        }
        for &(resource, soft, hard) in &self.entry.bounds {
            let limit = Rlimit {
                current: Some(soft),
                maximum: Some(hard),
            };
            rustix::process::setrlimit(resource, limit)?;
        }
        #[cfg(target_os = "linux")]
        self.entry.jail.shut()?;
        self.exec()
    }

    /// Moves the descriptors to their final numbers; all others, including inherited ones, close on exec.
    #[expect(
        unsafe_code,
        reason = "descriptors 0 to 4 are numbers by agreement, which safe code cannot name"
    )]
    fn place_descriptors(&self) -> io::Result<()> {
        let mut count = 0;
        for descriptor in self.entry.descriptors.iter().chain(&self.entry.runner) {
            // SAFETY: a system call on numbers; nothing in the child owns descriptors 0 to 4.
            said(unsafe { libc::dup2(descriptor.as_raw_fd(), count) })?;
            count += 1;
        }
        #[cfg(target_os = "linux")]
        {
            // SAFETY: as above.
            let marked = unsafe {
                libc::syscall(
                    libc::SYS_close_range,
                    count,
                    libc::c_uint::MAX,
                    libc::CLOSE_RANGE_CLOEXEC,
                )
            };
            if marked == 0 {
                return Ok(());
            }
        }
        let most = rustix::process::getrlimit(Resource::Nofile).current;
        for number in count..most.unwrap_or(1024).min(65536) as RawFd {
            // SAFETY: as above; the error for a number that is not open is harmless.
            unsafe { libc::fcntl(number, libc::F_SETFD, libc::FD_CLOEXEC) };
        }
        Ok(())
    }

    #[expect(unsafe_code, reason = "exec by descriptor has no safe form")]
    fn exec(&self) -> io::Result<std::convert::Infallible> {
        #[cfg(target_os = "linux")]
        let [program, flags] = {
            let key = self.entry.jail.calls.key();
            key.arguments(self.entry.program.as_raw_fd())
        };
        // SAFETY: the arrays end with a null pointer, and what they point to lives in `entry`.
        #[cfg(target_os = "linux")]
        unsafe {
            libc::syscall(
                libc::SYS_execveat,
                program,
                c"".as_ptr(),
                self.arguments.as_ptr(),
                self.environment.as_ptr(),
                flags,
            );
        }
        // SAFETY: as above.
        #[cfg(not(target_os = "linux"))]
        unsafe {
            libc::execve(
                self.entry.program.as_ptr(),
                self.arguments.as_ptr(),
                self.environment.as_ptr(),
            );
        }
        Err(io::Error::last_os_error())
    }
}

/// The error of a system call that said -1.
fn said(result: impl Into<i64>) -> io::Result<()> {
    if result.into() == -1 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// Resets signal settings that Rust's runtime changed or a shell may have blocked.
#[expect(unsafe_code, reason = "signal dispositions have no safe form")]
fn usual_signals() -> io::Result<()> {
    // SAFETY: the set is initialized by the first call; the disposition is the default one.
    unsafe {
        let mut none = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
        libc::sigemptyset(none.as_mut_ptr());
        said(libc::sigprocmask(
            libc::SIG_SETMASK,
            none.as_ptr(),
            std::ptr::null_mut(),
        ))?;
        for signal in [libc::SIGPIPE, libc::SIGXCPU, libc::SIGXFSZ] {
            libc::signal(signal, libc::SIG_DFL);
        }
    }
    Ok(())
}

/// Makes a command start in its own session, whose processes are all killed when the other end of this pipe closes.
#[expect(
    unsafe_code,
    reason = "what is done between fork and exec has no safe form"
)]
pub(super) fn end_with_runner(command: &mut Command, runner: OwnedFd) {
    #[cfg(target_os = "linux")]
    let parent = rustix::process::getpid().as_raw_pid();
    let enter = move || {
        rustix::process::setsid()?;
        kill_group_at_end_of(runner.as_raw_fd())?;
        #[cfg(target_os = "linux")]
        {
            rustix::io::fcntl_setfd(&runner, rustix::io::FdFlags::empty())?;
            die_with(parent)?;
        }
        Ok(())
    };
    // SAFETY: the closure makes only system calls.
    unsafe { command.pre_exec(enter) };
}

/// Makes the kernel kill this process's whole group when the write end of this pipe closes, that is, when the
/// runner has ended for any reason. The parent-death signal below reaches only one process; this one reaches a linker
/// too.
///
/// It works as long as a process of the group has the read end open.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the signal of a descriptor has no safe form")]
fn kill_group_at_end_of(runner: RawFd) -> io::Result<()> {
    /// glibc defines this constant, the libc crate does not.
    const F_SETSIG: libc::c_int = 10;
    let group = rustix::process::getpid().as_raw_pid();
    // SAFETY: system calls on numbers.
    unsafe {
        said(libc::fcntl(runner, libc::F_SETOWN, -group))?;
        said(libc::fcntl(runner, F_SETSIG, libc::SIGKILL))?;
        said(libc::fcntl(runner, libc::F_SETFL, libc::O_ASYNC))
    }
}

/// Forks a process into this group that waits for the end of the runner and then kills the group, including itself:
/// on other systems, a descriptor cannot send such a signal.
#[cfg(not(target_os = "linux"))]
#[expect(unsafe_code, reason = "fork has no safe form")]
fn kill_group_at_end_of(runner: RawFd) -> io::Result<()> {
    let most = rustix::process::getrlimit(Resource::Nofile).current;
    // SAFETY: the child makes only system calls, on numbers and one byte, and leaves without running destructors.
    unsafe {
        match libc::fork() {
            0 => {}
            pid => return said(pid),
        }
        // This process must not keep any pipe open.
        for number in 0..most.unwrap_or(1024).min(65536) as RawFd {
            if number != runner {
                libc::close(number);
            }
        }
        let mut byte = 0_u8;
        // Nothing is ever written: the read returns at the end of the pipe, or is interrupted by a signal.
        while libc::read(runner, (&raw mut byte).cast(), 1) == -1 {}
        libc::kill(0, libc::SIGKILL);
        libc::_exit(0)
    }
}

/// Makes this process end with the thread that started it; fails if that has already ended.
#[cfg(target_os = "linux")]
fn die_with(parent: libc::pid_t) -> io::Result<()> {
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let now = Pid::as_raw(rustix::process::getppid());
    if now == parent {
        Ok(())
    } else {
        Err(io::Error::from_raw_os_error(libc::ESRCH))
    }
}

#[cfg(target_os = "linux")]
impl Jail {
    /// Enters the sandbox: from here on, the kernel enforces what this process can do.
    #[expect(unsafe_code, reason = "landlock and seccomp have no safe form")]
    fn shut(&mut self) -> io::Result<()> {
        rustix::thread::set_no_new_privs(true)?;
        if let Some(rules) = &self.paths {
            // SAFETY: a system call on numbers.
            let restricted =
                unsafe { libc::syscall(libc::SYS_landlock_restrict_self, rules.as_raw_fd(), 0) };
            said(restricted)?;
        }
        self.calls
            .own_process(rustix::process::getpid().as_raw_pid());
        let instructions = self.calls.instructions();
        if instructions.is_empty() {
            return Ok(());
        }
        let program = libc::sock_fprog {
            len: instructions.len() as libc::c_ushort,
            filter: instructions.as_ptr().cast_mut().cast(),
        };
        // SAFETY: seccompiler's instruction has the kernel's layout, and the kernel copies them.
        said(unsafe {
            libc::syscall(
                libc::SYS_seccomp,
                libc::SECCOMP_SET_MODE_FILTER,
                0,
                &raw const program,
            )
        })
    }
}

/// The version of Landlock that this kernel has, from 1; `None` when it has none or it is switched off.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the landlock crate does not tell the version")]
pub(super) fn landlock_version() -> Option<u32> {
    const VERSION: u32 = 1;
    // SAFETY: with this flag, the call uses no pointers and returns a number.
    let version = unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<u8>(),
            0_usize,
            VERSION,
        )
    };
    u32::try_from(version).ok().filter(|version| *version > 0)
}

/// Whether this kernel filters system calls.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "seccomp has no safe form")]
pub(super) fn filters_calls() -> bool {
    let action: u32 = libc::SECCOMP_RET_ERRNO;
    // SAFETY: the call reads one number.
    let there = unsafe {
        libc::syscall(
            libc::SYS_seccomp,
            libc::SECCOMP_GET_ACTION_AVAIL,
            0,
            &raw const action,
        )
    };
    there == 0
}
