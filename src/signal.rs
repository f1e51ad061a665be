//! Signals that end a program, with their numbers on this system.

use std::fmt;

use rustix::process::Signal as System;

/// A signal that ended a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal(i32);

impl Signal {
    /// An illegal instruction.
    pub const ILL: Self = Self(System::ILL.as_raw());
    /// A call of `abort`.
    pub const ABORT: Self = Self(System::ABORT.as_raw());
    /// A bad memory access.
    pub const BUS: Self = Self(System::BUS.as_raw());
    /// An arithmetic fault.
    pub const FPE: Self = Self(System::FPE.as_raw());
    /// The signal that cannot be caught.
    pub const KILL: Self = Self(System::KILL.as_raw());
    /// A bad memory access.
    pub const SEGV: Self = Self(System::SEGV.as_raw());
    /// The CPU time limit.
    pub const XCPU: Self = Self(System::XCPU.as_raw());
    /// The file size limit.
    pub const XFSZ: Self = Self(System::XFSZ.as_raw());
    /// A forbidden system call.
    pub const SYS: Self = Self(System::SYS.as_raw());

    /// The signal with this number.
    #[must_use]
    pub fn new(number: i32) -> Self {
        Self(number)
    }

    /// Its number on this system.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Signal {
    /// Writes its number.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shell adds 128 to the number of the signal that ended a program.
    #[test]
    fn numbers_are_those_of_the_system() {
        for (name, signal) in [
            ("ABRT", Signal::ABORT),
            ("SEGV", Signal::SEGV),
            ("XCPU", Signal::XCPU),
        ] {
            let kill = format!("ulimit -c 0; kill -s {name} $$");
            let status = std::process::Command::new("sh")
                .args(["-c", &kill])
                .status()
                .unwrap();
            let ended_by = std::os::unix::process::ExitStatusExt::signal(&status);
            assert_eq!(ended_by.map(Signal::new), Some(signal), "{name}");
        }
    }
}
