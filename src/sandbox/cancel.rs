//! A token that cancels jobs from another thread: the runner no longer wants their outcome.

use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Cancels all jobs that have it: those that run are killed, and none is started any more.
#[derive(Clone, Debug)]
pub struct CancelToken(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    cancelled: AtomicBool,
    /// Readable once the token is cancelled, so that waiting for a process and for the token is one call.
    read: PipeReader,
    write: PipeWriter,
}

impl CancelToken {
    /// Creates a token.
    ///
    /// # Errors
    /// When the system has no descriptors left.
    pub fn new() -> io::Result<Self> {
        let (read, write) = io::pipe()?;
        Ok(Self(Arc::new(Inner {
            cancelled: AtomicBool::new(false),
            read,
            write,
        })))
    }

    /// Cancels the jobs.
    pub fn cancel(&self) {
        if !self.0.cancelled.swap(true, Ordering::SeqCst) {
            // A byte instead of closing the pipe: a process between fork and exec has a copy of the write end. The
            // pipe is empty, so this cannot block.
            let _ = (&self.0.write).write_all(&[0]);
        }
    }

    /// Whether the jobs are cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::SeqCst)
    }
}

impl AsFd for CancelToken {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.read.as_fd()
    }
}
