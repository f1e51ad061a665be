//! Which program opens an answer: the one that was named, the one whose terminal this is, or the usual variables.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// Editors to look for if nothing names one: the command, and whether it needs the terminal.
const KNOWN: &[(&str, bool)] = &[
    ("code", false),
    ("zed", false),
    ("hx", true),
    ("nvim", true),
    ("vim", true),
    ("nano", true),
    ("vi", true),
];

/// Editors that have a window of their own, by the first word of a command.
const WINDOWS: &[&str] = &[
    "code",
    "code-insiders",
    "codium",
    "cursor",
    "gedit",
    "gvim",
    "kate",
    "subl",
    "zed",
    "zeditor",
];

/// A way to open a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Editor {
    /// A command of the shell, to which the file's path is added.
    command: String,
    /// Whether it takes the terminal until the learner leaves it.
    takes_terminal: bool,
}

/// Finds the editor: `given` is the command that the learner named. `None` if there is none.
///
/// The terminal of an editor comes before `$VISUAL`, because the learner is already there.
#[must_use]
pub(crate) fn find(
    given: Option<&str>,
    variable: &dyn Fn(&str) -> Option<String>,
    is_installed: &dyn Fn(&str) -> bool,
) -> Option<Editor> {
    let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    if let Some(command) = given {
        return Some(by_name(command));
    }
    let in_window = |command: &str| Editor {
        command: command.to_owned(),
        takes_terminal: false,
    };
    match set("TERM_PROGRAM").as_deref() {
        Some("vscode") if is_installed("code") => return Some(in_window("code --reuse-window")),
        Some("zed") if is_installed("zed") => return Some(in_window("zed")),
        _ => {}
    }
    if set("NVIM").is_some() && is_installed("nvim") {
        return Some(in_window("nvim --server \"$NVIM\" --remote"));
    }
    if set("ZELLIJ").is_some() && is_installed("zellij") {
        return Some(in_window("zellij action edit"));
    }
    if let Some(command) = set("VISUAL").or_else(|| set("EDITOR")) {
        return Some(by_name(&command));
    }
    let mut known = KNOWN.iter();
    let (command, takes_terminal) = known.find(|(command, _)| is_installed(command))?;
    Some(Editor {
        command: (*command).to_owned(),
        takes_terminal: *takes_terminal,
    })
}

fn by_name(command: &str) -> Editor {
    let first = command.split_whitespace().next().unwrap_or_default();
    let name = Path::new(first).file_name().unwrap_or_default();
    Editor {
        command: command.to_owned(),
        takes_terminal: !WINDOWS.iter().any(|window| name == *window),
    }
}

impl Editor {
    /// The command, as shown.
    #[must_use]
    pub(crate) fn command(&self) -> &str {
        &self.command
    }

    /// Whether it takes the terminal until the learner leaves it.
    #[must_use]
    pub(crate) fn takes_terminal(&self) -> bool {
        self.takes_terminal
    }

    /// Opens a file. An editor with a window prints nothing here, and must return soon.
    ///
    /// # Errors
    /// When the shell cannot be started.
    pub(crate) fn open(&self, file: &Path) -> io::Result<ExitStatus> {
        let mut command = Command::new("/bin/sh");
        command
            .arg("-c")
            .arg(format!("{} \"$1\"", self.command))
            .arg("katas")
            .arg(file);
        if !self.takes_terminal {
            command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
        }
        command.status()
    }
}

/// Whether a program is on the path.
#[must_use]
pub(crate) fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        given: Option<&str>,
        variables: &[(&str, &str)],
        installed: &[&str],
        expected: Option<(&str, bool)>,
    ) {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let found = find(given, &variable, &|program| installed.contains(&program));
        let expected = expected.map(|(command, takes_terminal)| Editor {
            command: command.to_owned(),
            takes_terminal,
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn the_nearest_editor_is_chosen() {
        let vim = ("EDITOR", "vim -u NONE");
        check(Some("hx"), &[vim], &[], Some(("hx", true)));
        check(
            Some("/usr/bin/code -r"),
            &[],
            &[],
            Some(("/usr/bin/code -r", false)),
        );
        check(None, &[vim], &["code"], Some(("vim -u NONE", true)));
        check(None, &[vim, ("VISUAL", "nano")], &[], Some(("nano", true)));
        check(
            None,
            &[vim, ("VISUAL", " ")],
            &[],
            Some(("vim -u NONE", true)),
        );
        let vscode = ("TERM_PROGRAM", "vscode");
        check(
            None,
            &[vim, vscode],
            &["code"],
            Some(("code --reuse-window", false)),
        );
        // A terminal over ssh may have the variable without the program.
        check(None, &[vim, vscode], &[], Some(("vim -u NONE", true)));
        check(
            None,
            &[vim, ("TERM_PROGRAM", "zed")],
            &["zed"],
            Some(("zed", false)),
        );
        check(
            None,
            &[vim, ("ZELLIJ", "0")],
            &["zellij"],
            Some(("zellij action edit", false)),
        );
        let nvim = Some(("nvim --server \"$NVIM\" --remote", false));
        check(None, &[vim, ("NVIM", "/tmp/socket")], &["nvim"], nvim);
        check(None, &[], &["nano", "vi"], Some(("nano", true)));
        check(None, &[], &[], None);
    }
}
