//! Prepares everything that a job needs between fork and exec, while allocation and errors are still easy.

use std::ffi::{CString, OsStr};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;

use rustix::fs::{Mode, OFlags};
use rustix::process::Resource;

use super::entry::Entry;
#[cfg(target_os = "linux")]
use super::entry::Jail;
use super::{Job, Profile, SandboxError, enter};

/// The stack of a program's main thread. The driver uses it to distinguish an overflow from other faults.
const STACK: u64 = 8 << 20;

/// Prepares a job that gets these descriptors; `runner` is a pipe that closes when this process ends.
pub(super) fn entry(
    job: &Job,
    input: OwnedFd,
    printed: OwnedFd,
    results: OwnedFd,
    runner: OwnedFd,
) -> Result<Entry, SandboxError> {
    let failed = |source| SandboxError::Start {
        program: job.program.clone(),
        source,
    };
    #[cfg(target_os = "linux")]
    let program = open(&job.program, OFlags::PATH).map_err(failed)?;
    #[cfg(not(target_os = "linux"))]
    let program = text([job.program.as_os_str()]).map_err(failed)?;
    let name = job.program.as_os_str();
    let arguments = std::iter::once(name).chain(job.arguments.iter().map(AsRef::as_ref));
    let arguments = arguments.map(|argument| text([argument]));
    let environment = job.environment.iter();
    let environment = environment.map(|(name, value)| text([name, OsStr::new("="), value]));
    let errors = printed.try_clone().map_err(failed)?;
    let descriptors = [input, printed, errors, results].map(enter::above);
    let [input, printed, errors, results] = descriptors;
    #[cfg(target_os = "linux")]
    let jail = jail(job, &program)?;
    #[cfg(target_os = "linux")]
    let threads = jail.privileges.threads();
    #[cfg(not(target_os = "linux"))]
    let threads = None;
    Ok(Entry {
        #[cfg(target_os = "linux")]
        jail,
        program,
        arguments: arguments.collect::<Result<_, _>>().map_err(failed)?,
        environment: environment.collect::<Result<_, _>>().map_err(failed)?,
        folder: open(&job.folder, OFlags::DIRECTORY).map_err(failed)?,
        descriptors: [
            input.map_err(failed)?,
            printed.map_err(failed)?,
            errors.map_err(failed)?,
            results.map_err(failed)?,
        ],
        runner: may_start_others(job.confinement.profile).then_some(runner),
        bounds: bounds(job, threads),
    })
}

/// Whether the job may start processes that have to end with the runner. On Linux, a program cannot start any, and
/// the kernel kills the program itself; so it does not get this extra descriptor.
fn may_start_others(profile: Profile) -> bool {
    let is_program = matches!(
        profile,
        Profile::Program | Profile::LinkedProgram | Profile::Interpreter
    );
    !(cfg!(target_os = "linux") && is_program)
}

/// The layers for this job. Layers that the kernel lacks are left out: [`super::Enforced`] reports this beforehand.
#[cfg(target_os = "linux")]
fn jail(job: &Job, program: &OwnedFd) -> Result<Jail, SandboxError> {
    use super::{calls, paths, privileges};

    let confinement = &job.confinement;
    if confinement.profile == Profile::Unconfined {
        return Ok(Jail::default());
    }
    let failed = |source| SandboxError::Confine {
        program: job.program.clone(),
        source,
    };
    Ok(Jail {
        paths: paths::rules(confinement, program).map_err(failed)?,
        calls: if enter::filters_calls() {
            let mut random = [0; 8];
            getrandom::fill(&mut random).map_err(|error| failed(error.to_string().into()))?;
            calls::Filter::of(confinement.profile, calls::Key::of(random)).unwrap_or_default()
        } else {
            calls::Filter::default()
        },
        privileges: privileges::of(confinement, &job.program),
    })
}

/// The resource limits, none above the current ones; `threads` is the limit on threads if the program has its own
/// uid.
fn bounds(job: &Job, threads: Option<u64>) -> Vec<(Resource, u64, u64)> {
    let limits = job.limits;
    let processor = limits.processor.as_secs_f64().ceil() as u64;
    let mut bounds = vec![
        // The hard limit is one second higher, so that the soft limit's signal can be distinguished.
        (Resource::Cpu, processor, processor + 1),
        (Resource::Data, limits.memory, limits.memory),
        (Resource::As, limits.address, limits.address),
        (Resource::Fsize, limits.file, limits.file),
        (Resource::Core, 0, 0),
        (Resource::Memlock, 0, 0),
    ];
    #[cfg(target_os = "linux")]
    bounds.push((Resource::Msgqueue, 0, 0));
    match job.confinement.profile {
        Profile::Program | Profile::LinkedProgram => {
            bounds.push((Resource::Stack, STACK, STACK));
            bounds.push((Resource::Nofile, 16, 16));
            // It counts every thread of the user, so the existing ones already reach it.
            bounds.push((Resource::Nproc, 1, 1));
        }
        Profile::InterpreterHost => {
            bounds.push((Resource::Stack, STACK, STACK));
            bounds.push((Resource::Nofile, 64, 64));
            // The host lives as long as the session; each child gets its own limit.
            bounds.retain(|(resource, ..)| *resource != Resource::Cpu);
        }
        Profile::Interpreter => {
            bounds.push((Resource::Stack, STACK, STACK));
            bounds.push((Resource::Nofile, 64, 64));
            // Under the user's own uid there is no limit on threads, because the system counts all of the user's,
            // including browsers. Each thread's stack counts as memory.
            bounds.extend(threads.map(|most| (Resource::Nproc, most, most)));
        }
        // No limit on processes: the system counts those of the user and not of the job, so parallel compilers would
        // use up each other's. A compiler runs no code of the answer, and its whole group is killed with it.
        Profile::Compiler => bounds.push((Resource::Nofile, 256, 256)),
        Profile::Unconfined => {}
    }
    for (resource, soft, hard) in &mut bounds {
        if let Some(maximum) = rustix::process::getrlimit(*resource).maximum {
            *hard = maximum.min(*hard);
            *soft = maximum.min(*soft);
        }
    }
    bounds
}

fn open(path: &std::path::Path, flags: OFlags) -> io::Result<OwnedFd> {
    Ok(rustix::fs::open(
        path,
        flags | OFlags::CLOEXEC,
        Mode::empty(),
    )?)
}

fn text<const N: usize>(parts: [&OsStr; N]) -> io::Result<CString> {
    let bytes: Vec<u8> = parts
        .into_iter()
        .flat_map(|part| part.as_bytes())
        .copied()
        .collect();
    CString::new(bytes).map_err(io::Error::other)
}
