//! The pipes and files that connect the runner with a job.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::os::fd::{AsFd, OwnedFd};

/// A pipe that is read without blocking, up to a limit.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) pipe: File,
    pub(super) bytes: Vec<u8>,
    pub(super) most: usize,
    pub(super) open: bool,
    pub(super) full: bool,
}

impl Stream {
    pub(super) fn new(pipe: OwnedFd, most: usize) -> Self {
        Self {
            pipe: File::from(pipe),
            bytes: Vec::new(),
            most,
            open: true,
            full: false,
        }
    }

    /// Reads at most one buffer, so that neither pipe can delay the other or the time limit.
    pub(super) fn read_what_is_there(&mut self) -> std::io::Result<()> {
        let mut buffer = [0; 64 * 1024];
        match self.pipe.read(&mut buffer) {
            Ok(0) => self.open = false,
            Ok(count) => {
                let room = self.most - self.bytes.len();
                self.full |= count > room;
                self.bytes.extend(&buffer[..count.min(room)]);
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Reads the rest of the pipe of a program that has ended.
    pub(super) fn drain(&mut self) -> std::io::Result<()> {
        let mut before = usize::MAX;
        while self.open && !self.full && before != self.bytes.len() {
            before = self.bytes.len();
            self.read_what_is_there()?;
        }
        Ok(())
    }
}

/// A pipe with a nonblocking reading end that no other child inherits.
pub(super) fn pipe() -> std::io::Result<(OwnedFd, OwnedFd)> {
    let (read, write) = std::io::pipe()?;
    let (read, write) = (OwnedFd::from(read), OwnedFd::from(write));
    rustix::io::ioctl_fionbio(read.as_fd(), true)?;
    Ok((read, write))
}

/// The input as an unnamed file, so that writing it never blocks.
pub(super) fn input_file(bytes: &[u8]) -> std::io::Result<File> {
    let mut file = unnamed_file()?;
    file.write_all(bytes)?;
    file.rewind()?;
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::SealFlags;
        let seals = SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE;
        rustix::fs::fcntl_add_seals(&file, seals)?;
    }
    Ok(file)
}

#[cfg(target_os = "linux")]
fn unnamed_file() -> std::io::Result<File> {
    use rustix::fs::MemfdFlags;
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    Ok(File::from(rustix::fs::memfd_create("katas-input", flags)?))
}

#[cfg(not(target_os = "linux"))]
fn unnamed_file() -> std::io::Result<File> {
    tempfile::tempfile()
}
