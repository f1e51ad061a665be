//! A pseudo-terminal with the binary in it: keys go in, and the screen is read as a person would see it.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::OwnedFd;
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::OpenptFlags;
use rustix::termios::{LocalModes, Winsize};

use super::Course;

/// How long to wait for a text, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Columns and rows.
pub(crate) type Size = (u16, u16);

/// The program in its terminal. It is killed when this is dropped.
pub(crate) struct Terminal {
    child: Child,
    keys: File,
    /// The program's end, kept open so that its modes can be read after the program has ended.
    inside: OwnedFd,
    modes: LocalModes,
    screen: Arc<Mutex<vt100::Parser>>,
    /// Whether the thread that reads the screen goes on.
    reading: Arc<AtomicBool>,
}

fn nonzero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a screen has a size")
}

fn winsize((columns, rows): Size) -> Winsize {
    Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}

impl Terminal {
    /// Starts `katas` with these arguments, separated by spaces, without color.
    pub(crate) fn start(course: &Course, words: &str, size: Size) -> Self {
        Self::with(course, words, size, &[("NO_COLOR", "1")])
    }

    /// Starts `katas` with these variables.
    pub(crate) fn with(
        course: &Course,
        words: &str,
        size: Size,
        variables: &[(&str, &str)],
    ) -> Self {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        // A program of another test that had it too would keep the terminal open.
        #[cfg(target_os = "linux")]
        let flags = flags | OpenptFlags::CLOEXEC;
        let outside = rustix::pty::openpt(flags).expect("a pseudo-terminal");
        rustix::pty::grantpt(&outside).expect("it can be opened");
        rustix::pty::unlockpt(&outside).expect("it can be opened");
        let name = rustix::pty::ptsname(&outside, Vec::new()).expect("it has a name");
        let name = name.into_string().expect("its name is text");
        let inside = File::options().read(true).write(true).open(name);
        let inside = OwnedFd::from(inside.expect("it can be opened"));
        rustix::termios::tcsetwinsize(&outside, winsize(size)).expect("it has a size");
        let modes = rustix::termios::tcgetattr(&inside).expect("it has modes");
        let end = || inside.try_clone().expect("a descriptor");
        let mut command = course.command(&words.split(' ').collect::<Vec<_>>());
        command
            .env_remove("COLUMNS")
            .env("TERM", "xterm-256color")
            .envs(variables.iter().copied())
            .stdin(end())
            .stdout(end())
            .stderr(end());
        let child = command.spawn().expect("katas can be started");
        let (columns, rows) = size;
        let parser = vt100::Parser::new(nonzero(rows), nonzero(columns), 0);
        let screen = Arc::new(Mutex::new(parser));
        let keys = File::from(outside);
        let mut output = keys.try_clone().expect("a descriptor");
        let drawn = Arc::clone(&screen);
        let reading = Arc::new(AtomicBool::new(true));
        let goes_on = Arc::clone(&reading);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                drawn.lock().expect("no panic").process(&bytes[..count]);
                if !goes_on.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        Self {
            child,
            keys,
            inside,
            modes: modes.local_modes,
            screen,
            reading,
        }
    }

    /// Presses keys.
    pub(crate) fn press(&self, keys: &str) -> &Self {
        let mut terminal = &self.keys;
        terminal.write_all(keys.as_bytes()).expect("it reads keys");
        self
    }

    /// What is on the screen.
    pub(crate) fn text(&self) -> String {
        self.screen.lock().expect("no panic").screen().contents()
    }

    /// Waits for a text on the screen.
    #[track_caller]
    pub(crate) fn shows(&self, text: &str) -> &Self {
        self.waits(text, |screen| screen.contains(text))
    }

    /// Waits until a text is no longer on the screen.
    #[track_caller]
    pub(crate) fn hides(&self, text: &str) -> &Self {
        self.waits(text, |screen| !screen.contains(text))
    }

    #[track_caller]
    fn waits(&self, text: &str, so: impl Fn(&str) -> bool) -> &Self {
        let deadline = Instant::now() + PATIENCE;
        while !so(&self.text()) {
            let screen = self.text();
            assert!(Instant::now() < deadline, "waited for {text:?}:\n{screen}");
            std::thread::sleep(Duration::from_millis(5));
        }
        self
    }

    /// Gives the terminal another size. The program has no controlling terminal, so it gets the signal from here.
    pub(crate) fn resize(&self, size: Size) -> &Self {
        let (columns, rows) = size;
        let mut screen = self.screen.lock().expect("no panic");
        screen
            .screen_mut()
            .set_size(nonzero(rows), nonzero(columns));
        drop(screen);
        rustix::termios::tcsetwinsize(&self.keys, winsize(size)).expect("it has a size");
        self.signal(Signal::WINCH)
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: Signal) -> &Self {
        kill_process(Pid::from_child(&self.child), signal).expect("it runs");
        self
    }

    /// The program's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Closes the terminal, as its window would, and waits for the program's end.
    pub(crate) fn ends_when_closed(mut self) -> ExitStatus {
        // The thread that reads the screen has a descriptor too, and ends at the next output.
        let closed = File::open("/dev/null").expect("it is there");
        drop(std::mem::replace(&mut self.keys, closed));
        self.reading.store(false, Ordering::SeqCst);
        self.signal(Signal::WINCH);
        self.child.wait().expect("it ends")
    }

    /// Presses keys, and then as [`Self::ends`].
    #[track_caller]
    pub(crate) fn ends_after(self, keys: &str) -> ExitStatus {
        self.press(keys);
        self.ends()
    }

    /// Waits for the program's end, and checks that the terminal is as it was.
    #[track_caller]
    pub(crate) fn ends(mut self) -> ExitStatus {
        let status = self.child.wait().expect("it ends");
        let modes = rustix::termios::tcgetattr(&self.inside).expect("it has modes");
        assert_eq!(modes.local_modes, self.modes);
        let is_left = |screen: &vt100::Screen| !screen.alternate_screen() && !screen.hide_cursor();
        let deadline = Instant::now() + PATIENCE;
        while !is_left(self.screen.lock().expect("no panic").screen()) {
            assert!(Instant::now() < deadline, "the other screen is still there");
            std::thread::sleep(Duration::from_millis(5));
        }
        status
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
