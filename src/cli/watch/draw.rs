//! Shows the current page and the status.

use super::super::here;
use super::view::View;
use super::watching::Watching;
use crate::track::Progress;
use crate::ui::{Footer, Status, Terminal};
use crate::watch::Page;

impl Watching<'_> {
    /// Shows the current page and the status.
    pub(super) fn draw(&mut self) {
        let file = self.kata.answer(self.track.extension());
        let file = here::from_here(&self.kata.root.join(file));
        let file = file.display().to_string();
        let footer = Footer {
            kata: &self.kata.id,
            file: &file,
            next: self.ids.get(self.state.kata() + 1).map(String::as_str),
            katas: self.ids.len(),
            status: &self.status,
        };
        match &mut self.view {
            View::Whole(terminal) => {
                let size = Terminal::size();
                let rows = match (self.state.page(), &mut self.list) {
                    (Page::List, Some(list)) => {
                        self.ui
                            .list_screen(&self.course.description.title, list, size)
                    }
                    _ => self
                        .ui
                        .watch_screen(&mut self.state, &self.page, &footer, size),
                };
                terminal.draw(rows);
            }
            View::Lines { can_type, told } => {
                if matches!(
                    self.status,
                    Status::Judging | Status::JudgingAll(..) | Status::Preparing(_)
                ) {
                    if let Status::Preparing(Progress::Starts { .. }) = self.status {
                        self.ui.watch_waiting(&self.state, &footer, false);
                    }
                    return;
                }
                let page = std::mem::take(&mut self.page).join("\n");
                if !page.is_empty() {
                    self.ui.blank();
                    self.ui.print(&page);
                }
                let now = format!("{:?} {:?}", self.state.question(), self.status);
                if !page.is_empty() || *told != now {
                    self.ui.watch_waiting(&self.state, &footer, *can_type);
                    *told = now;
                }
            }
        }
    }
}
