//! Starts a process inside its jail: the fork, everything between fork and exec, and the exec by descriptor.
//!
//! This is the one file of the runner with `unsafe`. All that can be made ready is made ready before the fork, in an
//! [`Entry`]: between fork and exec the child only makes system calls; it allocates nothing and takes no lock. The order
//! matters: descriptors first, then limits, then identity, and the jail last, because each layer forbids what the ones
//! before it still need.
//!
//! The standard library's `Command` is not used, for two reasons: it execs by path, which a program that has lost its uid
//! may not reach; and its own pipe for errors can lie on descriptor 3, where the results go.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

use rustix::process::{Pid, Resource, Rlimit};

/// Our descriptors are kept from here on, so that none of them lies where the child's own four go.
const ABOVE: RawFd = 10;

/// Everything a process needs to start, made ready before the fork.
pub(super) struct Entry {
    /// The program's file, opened before any right is given up.
    #[cfg(target_os = "linux")]
    pub(super) program: OwnedFd,
    /// The program's path: other systems cannot exec by descriptor.
    #[cfg(not(target_os = "linux"))]
    pub(super) program: CString,
    /// Its name and arguments.
    pub(super) arguments: Vec<CString>,
    /// Its environment, each as `NAME=value`.
    pub(super) environment: Vec<CString>,
    /// The folder it starts in.
    pub(super) folder: OwnedFd,
    /// Its standard input, output and error, and the pipe for results.
    pub(super) descriptors: [OwnedFd; 4],
    /// Its limits: soft and hard.
    pub(super) bounds: Vec<(Resource, u64, u64)>,
    /// What the kernel holds it to; other systems have nothing of the kind.
    #[cfg(target_os = "linux")]
    pub(super) jail: Jail,
}

/// The layers that the kernel enforces, as made ready by the other files of this folder.
#[cfg(target_os = "linux")]
#[derive(Default)]
pub(super) struct Jail {
    /// The Landlock rules.
    pub(super) paths: Option<OwnedFd>,
    /// The seccomp filter; empty when there is none.
    pub(super) calls: super::calls::Filter,
    /// What becomes of root's powers.
    pub(super) privileges: Privileges,
}

/// What becomes of root's powers.
#[cfg(target_os = "linux")]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Privileges {
    /// They stay as they are.
    #[default]
    Kept,
    /// The uid stays, so that its files can be reached; of its powers only reading does.
    Reading,
    /// The uid becomes one of these, by process id, which owns nothing.
    Nobody {
        /// The lowest.
        first: u32,
        /// How many.
        count: u32,
    },
}

/// Starts the process; returns once it has become the program, or with what kept it from that.
#[expect(unsafe_code, reason = "fork has no safe form")]
pub(super) fn start(entry: Entry) -> io::Result<Pid> {
    let (report, reports) = io::pipe()?;
    let reports = above(OwnedFd::from(reports))?;
    let mut ready = Ready::new(entry, reports)?;
    // SAFETY: the child calls only `enter`, which makes system calls, touches memory that was made ready here, and never
    // returns. The parent goes on as if nothing had happened.
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

/// The same descriptor at a number that the child does not use.
pub(super) fn above(descriptor: OwnedFd) -> io::Result<OwnedFd> {
    if descriptor.as_raw_fd() >= ABOVE {
        return Ok(descriptor);
    }
    Ok(rustix::io::fcntl_dupfd_cloexec(&descriptor, ABOVE)?)
}

/// An entry with the pointers that exec wants.
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

    /// In the child: becomes the program, or reports why not and ends.
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
        self.place_descriptors()?;
        rustix::process::fchdir(&self.entry.folder)?;
        for &(resource, soft, hard) in &self.entry.bounds {
            let limit = Rlimit {
                current: Some(soft),
                maximum: Some(hard),
            };
            rustix::process::setrlimit(resource, limit)?;
        }
        #[cfg(target_os = "linux")]
        {
            self.entry.jail.privileges.give_up()?;
            // After the change of uid, which would clear it.
            die_with(self.parent)?;
            self.entry.jail.shut()?;
        }
        self.exec()
    }

    /// Puts the four descriptors in their places; every other closes on exec, inherited ones too.
    #[expect(
        unsafe_code,
        reason = "descriptors 0 to 3 are numbers by agreement, which safe code cannot name"
    )]
    fn place_descriptors(&self) -> io::Result<()> {
        for (number, descriptor) in (0..).zip(&self.entry.descriptors) {
            // SAFETY: a system call on numbers; nothing in the child owns descriptors 0 to 3.
            said(unsafe { libc::dup2(descriptor.as_raw_fd(), number) })?;
        }
        #[cfg(target_os = "linux")]
        {
            // SAFETY: as above.
            let marked = unsafe {
                libc::syscall(
                    libc::SYS_close_range,
                    4,
                    libc::c_uint::MAX,
                    libc::CLOSE_RANGE_CLOEXEC,
                )
            };
            if marked == 0 {
                return Ok(());
            }
        }
        let most = rustix::process::getrlimit(Resource::Nofile).current;
        for number in 4..most.unwrap_or(1024).min(65536) {
            // SAFETY: as above; a number that is not open is an error that means nothing.
            unsafe { libc::fcntl(number as RawFd, libc::F_SETFD, libc::FD_CLOEXEC) };
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

/// Undoes what Rust's runtime changed and what a shell may have blocked.
#[expect(unsafe_code, reason = "signal dispositions have no safe form")]
fn usual_signals() -> io::Result<()> {
    // SAFETY: the set is initialised by the first call; the disposition is the default one.
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

/// Ties this process's life to the thread that started it; fails if that has ended already.
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
impl Privileges {
    #[expect(
        unsafe_code,
        reason = "glibc's own calls would signal the parent's threads"
    )]
    fn give_up(self) -> io::Result<()> {
        match self {
            Self::Kept => Ok(()),
            Self::Reading => {
                /// Two words of 32 bits: effective, permitted, inheritable.
                const READ_ANY_FILE: u32 = 1 << 2;
                let header: [u32; 2] = [0x2008_0522, 0];
                let sets: [u32; 6] = [READ_ANY_FILE, READ_ANY_FILE, 0, 0, 0, 0];
                // SAFETY: both arrays have the layout that version 3 of this call asks for.
                let dropped =
                    unsafe { libc::syscall(libc::SYS_capset, header.as_ptr(), sets.as_ptr()) };
                // A container may have withheld the right to read; then none stays.
                if dropped == -1 {
                    let sets = [0_u32; 6];
                    // SAFETY: as above.
                    return said(unsafe {
                        libc::syscall(libc::SYS_capset, header.as_ptr(), sets.as_ptr())
                    });
                }
                Ok(())
            }
            Self::Nobody { first, count } => {
                let own = rustix::process::getpid().as_raw_pid().unsigned_abs();
                let id = libc::c_ulong::from(first + own % count);
                // SAFETY: system calls on numbers, made directly: this process has one thread.
                unsafe {
                    said(libc::syscall(
                        libc::SYS_setgroups,
                        0_usize,
                        std::ptr::null::<libc::gid_t>(),
                    ))?;
                    said(libc::syscall(libc::SYS_setresgid, id, id, id))?;
                    said(libc::syscall(libc::SYS_setresuid, id, id, id))
                }
            }
        }
    }
}

#[cfg(target_os = "linux")]
impl Jail {
    /// Shuts the jail: from here on the kernel answers for what this process can do.
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
    // SAFETY: with this flag the call takes no memory and returns a number.
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
