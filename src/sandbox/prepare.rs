//! Makes everything ready that a job needs between fork and exec, while allocating and failing are still cheap.

use std::ffi::{CString, OsStr};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;

use rustix::fs::{Mode, OFlags};
use rustix::process::Resource;

use super::enter::{self, Entry};
use super::{Job, Profile, SandboxError};

/// The stack of a program's main thread. The driver tells an overflow from another fault by this.
const STACK: u64 = 8 << 20;

pub(super) fn entry(
    job: &Job,
    input: OwnedFd,
    printed: OwnedFd,
    results: OwnedFd,
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
    Ok(Entry {
        #[cfg(target_os = "linux")]
        jail: jail(job, &program)?,
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
        bounds: bounds(job),
    })
}

/// The layers for this job. A kernel that lacks one gets none of it: [`super::Enforced`] says so beforehand.
#[cfg(target_os = "linux")]
fn jail(job: &Job, program: &OwnedFd) -> Result<enter::Jail, SandboxError> {
    use super::{calls, confinement, paths};

    let confinement = &job.confinement;
    if confinement.profile == Profile::Unconfined {
        return Ok(enter::Jail::default());
    }
    let failed = |says: String| SandboxError::Confine {
        program: job.program.clone(),
        says,
    };
    Ok(enter::Jail {
        paths: paths::rules(confinement, program).map_err(|error| failed(error.to_string()))?,
        calls: if enter::filters_calls() {
            let mut random = [0; 8];
            getrandom::fill(&mut random).map_err(|error| failed(error.to_string()))?;
            calls::Filter::of(confinement.profile, calls::Key::of(random)).unwrap_or_default()
        } else {
            calls::Filter::default()
        },
        privileges: confinement::privileges(confinement),
    })
}

/// The limits that the system keeps, none above what it allows already.
fn bounds(job: &Job) -> Vec<(Resource, u64, u64)> {
    let limits = job.limits;
    let processor = limits.processor.as_secs_f64().ceil() as u64;
    let mut bounds = vec![
        // One second more on the hard limit, so that the first signal can still be told apart.
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
            // Counts every thread of the user, so this one is enough already.
            bounds.push((Resource::Nproc, 1, 1));
        }
        Profile::Compiler => {
            bounds.push((Resource::Nofile, 256, 256));
            if let Some(most) = threads_now() {
                bounds.push((Resource::Nproc, most + 64, most + 64));
            }
        }
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

/// How many threads this machine runs: at least as many as this user's, which is what the limit counts.
fn threads_now() -> Option<u64> {
    let load = std::fs::read_to_string("/proc/loadavg").ok()?;
    load.split(' ').nth(3)?.split('/').nth(1)?.parse().ok()
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
