//! Retries what failed only because of a temporary shortage.
//!
//! A machine on which many answers are judged may briefly run out of processes, memory or descriptors. After a short
//! wait, they are available again, so no answer remains without a verdict.

use std::error::Error;
use std::io;
use std::time::Duration;

use rustix::io::Errno;

/// The wait before each new attempt: five seconds in total.
const WAITS: [Duration; 8] = [
    Duration::from_millis(20),
    Duration::from_millis(40),
    Duration::from_millis(80),
    Duration::from_millis(160),
    Duration::from_millis(320),
    Duration::from_millis(640),
    Duration::from_millis(1280),
    Duration::from_millis(2560),
];

/// Starts something, and retries while the machine is short of a resource.
pub(super) fn on_shortage<T, E: Error + 'static>(
    mut start: impl FnMut() -> Result<T, E>,
) -> Result<T, E> {
    for wait in WAITS {
        match start() {
            Err(error) if comes_from_shortage(&error) => std::thread::sleep(wait),
            done => return done,
        }
    }
    start()
}

/// Whether this error means that a resource is temporarily exhausted.
pub(super) fn is_shortage(errno: i32) -> bool {
    [Errno::AGAIN, Errno::NOMEM, Errno::MFILE, Errno::NFILE]
        .map(Errno::raw_os_error)
        .contains(&errno)
}

/// Whether such an error is this one or one of its causes.
fn comes_from_shortage(error: &(dyn Error + 'static)) -> bool {
    let of_io = error.downcast_ref::<io::Error>();
    let errno = of_io.and_then(io::Error::raw_os_error).or_else(|| {
        let errno = error.downcast_ref::<Errno>();
        errno.map(|errno| errno.raw_os_error())
    });
    errno.is_some_and(is_shortage) || error.source().is_some_and(comes_from_shortage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::SandboxError;

    fn error(errno: i32) -> SandboxError {
        SandboxError::Confine {
            program: "program".into(),
            source: Box::new(io::Error::from_raw_os_error(errno)),
        }
    }

    #[test]
    fn only_temporary_shortages_are_retried() {
        for (errno, failures, expected) in [
            (libc::EAGAIN, 2, Ok(3)),
            (libc::ENOMEM, 1, Ok(2)),
            (libc::EMFILE, 1, Ok(2)),
            (libc::ENFILE, 1, Ok(2)),
            (libc::ENOENT, 1, Err(1)),
            (libc::EACCES, 1, Err(1)),
        ] {
            let mut attempts = 0;
            let done = on_shortage(|| {
                attempts += 1;
                if attempts > failures {
                    Ok(attempts)
                } else {
                    Err(error(errno))
                }
            });
            assert_eq!(done.map_err(|_| attempts), expected, "errno {errno}");
        }
    }
}
