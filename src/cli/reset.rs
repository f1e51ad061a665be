//! `katas reset`: restores the starter; the old file is kept as a dated backup.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::catalog::Kata;
use crate::files::{self, FileAction, FileError};
use crate::track::{Track, Tracks};
use crate::ui::Ui;

#[derive(Args)]
pub(super) struct Reset {
    /// The kata
    id: String,
}

impl Reset {
    /// The command for a kata.
    pub(super) fn of(id: String) -> Self {
        Self { id }
    }
}

/// The tracks to reset: those with an answer, or the default one if there is none.
fn begun(tracks: Tracks, kata: &Kata) -> Result<Vec<&'static dyn Track>, Failure> {
    let mut offered = tracks.offered(kata)?;
    offered.retain(|track| {
        let answer = kata.root.join(kata.answer(track.extension()));
        std::fs::symlink_metadata(answer).is_ok()
    });
    if offered.is_empty() {
        offered.push(tracks.current(kata));
    }
    Ok(offered)
}

pub(super) fn reset(command: &Reset, tracks: Tracks, ui: &mut Ui) -> Result<Exit, Failure> {
    let (course, mut progress) = here::course(ui)?;
    let kata = here::kata(&course, &progress, Some(&command.id), ui)?;
    for track in begun(tracks, &kata)? {
        let starter = kata.starter(track.extension())?;
        let path = kata.root.join(kata.answer(track.extension()));
        let shown = here::from_here(&path);
        refuse_odd(&path, &shown)?;
        let old = match std::fs::read(&path) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(FileError::tag(FileAction::Read, &path)(error).into()),
        };
        match old {
            Some(old) if old == starter.as_bytes() => {
                let shown = shown.display();
                ui.say(
                    0,
                    &format!("{shown} is already the starter; nothing was changed."),
                );
                continue;
            }
            Some(old) => {
                let backup = back_up(&path, &old)?;
                files::write_whole(&path, starter.as_bytes())?;
                ui.print(&format!("{} is the starter again.", shown.display()));
                ui.print(&format!(
                    "Your old file is {}",
                    here::from_here(&backup).display()
                ));
            }
            None if files::write_new(&path, starter.as_bytes())? => {
                ui.print(&format!("Created {} from the starter.", shown.display()));
            }
            None => {
                let shown = shown.display();
                ui.say(
                    0,
                    &format!("Another program has just created {shown}; nothing was changed."),
                );
            }
        }
    }
    progress.reset(&kata.id)?;
    Ok(Exit::Passed)
}

/// Reading a pipe would block forever, and folders are never moved.
fn refuse_odd(path: &Path, shown: &Path) -> Result<(), Failure> {
    match std::fs::metadata(path) {
        Ok(about) if !about.is_file() => Err(Failure::new(
            Exit::MissingTool,
            format!("{} is not a regular file", shown.display()),
        )
        .hinted("move it away and try again; nothing was changed")),
        // A missing file is created; one that cannot be read is reported when it is read.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Renames the old answer to an unused name with the time in UTC: `hf_load.rs.2026-11-21-063000.backup`.
fn back_up(answer: &Path, old: &[u8]) -> Result<PathBuf, FileError> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs());
    let name = answer
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let date = utc(seconds);
    let mut number = 0;
    loop {
        let name = match number {
            0 => format!("{name}.{date}.backup"),
            number => format!("{name}.{date}.{number}.backup"),
        };
        let backup = answer.with_file_name(name);
        if files::write_new(&backup, old)? {
            return Ok(backup);
        }
        number += 1;
    }
}

/// Seconds since 1970 as `2026-11-21-063000` in UTC, by Howard Hinnant's `civil_from_days`.
fn utc(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}-{:02}{:02}{:02}",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(utc(0), "1970-01-01-000000");
        assert_eq!(utc(951_782_400), "2000-02-29-000000");
        assert_eq!(utc(1_795_242_600), "2026-11-21-063000");
    }
}
