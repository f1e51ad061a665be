//! The text of each page: what the command for it prints.

use super::super::failure::Failure;
use super::super::{api, here, hint, judged, listing, reset, show, solution};
use super::watching::Watching;
use crate::progress::Progress;
use crate::ui::Ui;
use crate::watch::{List, Page};

impl Watching<'_> {
    /// The lines of a page.
    pub(super) fn make(&mut self, page: Page) -> Vec<String> {
        let id = self.kata.id.clone();
        let tracks = self.tracks;
        match page {
            Page::Verdict => self.verdict_lines(),
            Page::Hint => self.captured(|ui| hint::hint(&hint::Hint::of(id), tracks, ui)),
            Page::Task => self.captured(|ui| show::show(&show::Show::of(id), tracks, ui)),
            Page::Api => self.captured(|ui| api::api(&api::Api::all(), tracks, ui)),
            Page::Solution => self.solution(false),
            Page::All => {
                let summary = std::mem::take(&mut self.summary);
                let lines = self.captured(|ui| {
                    match summary.is_empty() {
                        true => ui.print("Judging your answers to all katas …"),
                        false => ui.summary(&summary),
                    }
                    Ok(())
                });
                self.summary = summary;
                lines
            }
            Page::Help if self.view.is_whole() => self.captured(|ui| {
                ui.watch_keys();
                Ok(())
            }),
            Page::Help => self.captured(|ui| {
                ui.watch_words();
                Ok(())
            }),
            Page::List => self.list_lines(),
        }
    }

    /// Restores the starter; returns what the command says.
    pub(super) fn reset(&mut self) -> Vec<String> {
        let (id, tracks) = (self.kata.id.clone(), self.tracks);
        self.captured(|ui| reset::reset(&reset::Reset::of(id), tracks, ui))
    }

    /// The reference answer.
    pub(super) fn solution(&mut self, give_up: bool) -> Vec<String> {
        let command = solution::Solution::of(self.kata.id.clone(), give_up);
        let tracks = self.tracks;
        self.captured(|ui| solution::solution(&command, tracks, ui))
    }

    /// What a command prints on a screen of this size.
    pub(super) fn captured<T>(
        &mut self,
        print: impl FnOnce(&mut Ui) -> Result<T, Failure>,
    ) -> Vec<String> {
        let (columns, rows) = self.view.room(self.ui);
        let (mut ui, captured) = self.ui.capture(columns, rows);
        if let Err(failure) = print(&mut ui) {
            failure.show(&mut ui);
        }
        captured.lines()
    }

    fn verdict_lines(&mut self) -> Vec<String> {
        let Some(verdict) = self.verdict.take() else {
            let file = self.kata.answer(self.track.extension());
            let file = here::from_here(&self.kata.root.join(file));
            return vec![format!(
                "Nothing was judged yet. Save {}, and the verdict appears here.",
                file.display()
            )];
        };
        let is_full = self.state.is_full();
        let root = self.course.root.clone();
        let course = self.course.clone();
        let lines = self.captured(|ui| {
            if is_full {
                ui.show_all();
            }
            let result = verdict.result.as_ref().map_err(Clone::clone)?;
            judged::warnings(&verdict.kata, result, ui);
            judged::show(&verdict.before, &verdict.kata, result, ui);
            let about = (&*verdict.kata, &**result);
            judged::learned(&course, &Progress::of(&root)?, &verdict.before, about, ui);
            Ok(())
        });
        self.verdict = Some(verdict);
        lines
    }

    /// Reads the list again; the cursor is on the current kata. Without a screen, returns its lines.
    fn list_lines(&mut self) -> Vec<String> {
        let (course, tracks) = (self.course.clone(), self.tracks);
        if !self.view.is_whole() {
            return self.captured(|ui| {
                listing::print(&course, tracks, &Progress::of(&course.root)?, ui)?;
                ui.blank();
                ui.print("The name of a kata opens that kata.");
                Ok(())
            });
        }
        let mut rows = Vec::new();
        let failed = self.captured(|_| {
            let progress = Progress::of(&course.root)?;
            rows = listing::rows(&course, tracks, &progress)?;
            Ok(())
        });
        let kept = self.list.take().filter(|list| !list.filter().is_empty());
        self.list = kept.or_else(|| (!rows.is_empty()).then(|| List::new(rows, self.state.kata())));
        failed
    }
}
