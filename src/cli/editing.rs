//! Which editor opens an answer, and what to say if it does not.

use std::io;
use std::process::ExitStatus;

use clap::Args;

use crate::editor::{self, Editor};

/// What to do without an editor.
pub(super) const NO_EDITOR: &str = "No editor found: set VISUAL or EDITOR, or use --edit-cmd.";

#[derive(Args, Default)]
pub(super) struct EditorChoice {
    /// The command that opens your answer; the file is added to it [default: the editor whose terminal this is, $VISUAL, $EDITOR, or one that is installed]
    #[arg(long, value_name = "COMMAND")]
    edit_cmd: Option<String>,
}

impl EditorChoice {
    /// The editor to use.
    pub(super) fn find(&self) -> Option<Editor> {
        let variable = |name: &str| std::env::var(name).ok();
        editor::find(self.edit_cmd.as_deref(), &variable, &editor::is_installed)
    }
}

/// Why an editor did not open a file, if it did not.
pub(super) fn problem(editor: &Editor, opened: &io::Result<ExitStatus>) -> Option<String> {
    let command = editor.command();
    match opened {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("`{command}` ended with {status}.")),
        Err(error) => Some(format!("Cannot start `{command}`: {error}.")),
    }
}
