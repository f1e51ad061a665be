//! The terminal as a whole screen: raw mode, the alternate screen, its size, its keys. Only this file names crossterm.
//!
//! However katas ends, the terminal is as it was: [`Terminal`] restores it when it is dropped, and before a panic is
//! printed. Signals that end katas have to end its main loop.

use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{
    self, BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap,
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};
use crossterm::{execute, queue};

use super::{Ui, words};
use crate::watch::Key;

/// How long the thread that reads keys waits before it looks whether it should end.
const TURN: Duration = Duration::from_millis(50);

/// How often to look whether the terminal is still there.
const LOOK: Duration = Duration::from_millis(500);

/// Whether the terminal is in raw mode now.
static IS_RAW: AtomicBool = AtomicBool::new(false);

/// What comes from the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// The terminal has a new size.
    Resized,
}

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// The terminal in raw mode, with another screen than the shell's. Dropping it restores everything.
pub struct Terminal {
    reader: Option<Reader>,
    send: Arc<dyn Fn(Input) + Send + Sync>,
    hook: Arc<Hook>,
    /// The rows that are on the screen.
    drawn: Vec<String>,
    size: (usize, usize),
}

impl Ui {
    /// Whether standard output is a terminal on which a whole screen can be drawn, and standard input gives its keys.
    #[must_use]
    pub fn has_screen(&self) -> bool {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        io::stdout().is_terminal() && io::stdin().is_terminal() && !dumb
    }
}

impl Terminal {
    /// Takes the whole screen; keys and new sizes go to a function.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn take(send: impl Fn(Input) + Send + Sync + 'static) -> io::Result<Self> {
        let hook: Arc<Hook> = std::panic::take_hook().into();
        let before = Arc::clone(&hook);
        std::panic::set_hook(Box::new(move |panic| {
            // On the other screen, the message would be lost.
            leave();
            before(panic);
        }));
        let mut taken = Self {
            reader: None,
            send: Arc::new(send),
            hook,
            drawn: Vec::new(),
            size: (0, 0),
        };
        taken.enter()?;
        Ok(taken)
    }

    /// The columns and rows of the screen.
    #[must_use]
    pub fn size() -> (usize, usize) {
        let size = terminal::size().ok();
        let size = size.filter(|(columns, rows)| *columns > 0 && *rows > 0);
        let (columns, rows) = size.unwrap_or((80, 24));
        (usize::from(columns), usize::from(rows))
    }

    /// Draws rows that fit on the screen. Only rows that have changed are written, all of them at once.
    pub fn draw(&mut self, rows: Vec<String>) {
        let size = Self::size();
        let mut bytes = Vec::new();
        // Writing to memory does not fail.
        let _ = queue!(bytes, BeginSynchronizedUpdate);
        if size != self.size {
            self.drawn.clear();
            self.size = size;
            let _ = queue!(bytes, Clear(ClearType::All));
        }
        let old = self.drawn.iter().map(Some).chain(std::iter::repeat(None));
        for (index, (row, old)) in rows.iter().zip(old).enumerate().take(size.1) {
            if Some(row) != old {
                let line = u16::try_from(index).unwrap_or(u16::MAX);
                let _ = queue!(bytes, MoveTo(0, line));
                bytes.extend(row.as_bytes());
                // At the end of a full row, clearing would erase its last character.
                if words::width(row) < size.0 {
                    let _ = queue!(bytes, Clear(ClearType::UntilNewLine));
                }
            }
        }
        if rows.len() < self.drawn.len() {
            let line = u16::try_from(rows.len()).unwrap_or(u16::MAX);
            let _ = queue!(bytes, MoveTo(0, line), Clear(ClearType::FromCursorDown));
        }
        let _ = queue!(bytes, EndSynchronizedUpdate);
        self.drawn = rows;
        let mut out = io::stdout().lock();
        // Without a terminal, a signal or the end of the input ends katas.
        let _ = out.write_all(&bytes).and_then(|()| out.flush());
    }

    /// Gives the terminal to another program until a function returns.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        // The thread would take keys from the other program.
        self.reader = None;
        leave();
        let done = run();
        self.enter()?;
        Ok(done)
    }

    fn enter(&mut self) -> io::Result<()> {
        terminal::enable_raw_mode()?;
        IS_RAW.store(true, Ordering::SeqCst);
        self.drawn.clear();
        self.size = (0, 0);
        execute!(io::stdout(), EnterAlternateScreen, DisableLineWrap, Hide)?;
        self.reader = Some(Reader::start(Arc::clone(&self.send))?);
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.reader = None;
        leave();
        // A panicking thread may not change the hook.
        if !std::thread::panicking() {
            let before = Arc::clone(&self.hook);
            std::panic::set_hook(Box::new(move |panic| before(panic)));
        }
    }
}

/// Restores the terminal, once.
fn leave() {
    if IS_RAW.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            io::stdout(),
            EndSynchronizedUpdate,
            EnableLineWrap,
            Show,
            LeaveAlternateScreen
        );
        let _ = terminal::disable_raw_mode();
    }
}

/// The thread that reads keys. Dropping it waits for its end, so that another program gets all following keys.
///
/// When a terminal is closed, crossterm reads its end again and again without returning. So a second thread looks for
/// that, and the wait has a limit.
struct Reader {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    fn start(send: Arc<dyn Fn(Input) + Send + Sync>) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("keys".to_owned()).spawn({
            let send = Arc::clone(&send);
            move || read(&stopped, &*send)
        })?;
        let stopped = Arc::clone(&stop);
        std::thread::Builder::new()
            .name("terminal".to_owned())
            .spawn(move || look_for_end(&stopped, &*send))?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let Some(thread) = self.thread.take() else {
            return;
        };
        let deadline = Instant::now() + 4 * TURN;
        while !thread.is_finished() && Instant::now() < deadline {
            std::thread::sleep(TURN / 50);
        }
    }
}

/// Asks katas to end once there is no terminal any more.
fn look_for_end(stop: &AtomicBool, send: &(dyn Fn(Input) + Send + Sync)) {
    while !stop.load(Ordering::SeqCst) {
        if !io::stdin().is_terminal() {
            return send(Input::Key(Key::Interrupt));
        }
        std::thread::sleep(LOOK);
    }
}

fn read(stop: &AtomicBool, send: &(dyn Fn(Input) + Send + Sync)) {
    while !stop.load(Ordering::SeqCst) {
        let input = match event::poll(TURN) {
            Ok(false) => continue,
            Ok(true) => event::read(),
            Err(error) => Err(error),
        };
        match input {
            Ok(event::Event::Key(key)) if key.kind != KeyEventKind::Release => {
                if let Some(key) = key_of(key) {
                    send(Input::Key(key));
                }
            }
            Ok(event::Event::Resize(..)) => send(Input::Resized),
            Ok(_) => {}
            // The terminal is gone.
            Err(_) => return send(Input::Key(Key::Interrupt)),
        }
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c' | 'd') => Some(Key::Interrupt),
            _ => None,
        };
    }
    match key.code {
        KeyCode::Char(char) => Some(Key::Char(char)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Escape),
        KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        KeyCode::Home => Some(Key::Home),
        KeyCode::End => Some(Key::End),
        _ => None,
    }
}
