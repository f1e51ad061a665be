//! The list of katas to choose from: typing filters it, and keys move the cursor.

use super::event::Key;

/// A kata in the list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// The kata's name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The title of its chapter.
    pub chapter: String,
    /// "easy", "medium", "hard".
    pub difficulty: String,
    /// What it is worth.
    pub points: u32,
    /// The languages it can be solved in.
    pub tracks: Vec<&'static str>,
    /// The learner's progress.
    pub standing: Standing,
}

/// A learner's progress in a kata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// An answer passed.
    Passed,
    /// An answer was judged, but none passed.
    Tried,
    /// Nothing was judged.
    Untouched,
}

impl Standing {
    /// The word by which it is shown and found.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Tried => "tried",
            Self::Untouched => "new",
        }
    }
}

/// What the learner wants after a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// To stay in the list.
    Stay,
    /// To open the kata at this place in the course.
    Open(usize),
    /// To leave the list.
    Leave,
    /// To leave the program, because of Ctrl-C.
    Interrupt,
}

/// The list.
#[derive(Clone, Debug)]
pub struct List {
    rows: Vec<ListRow>,
    filter: String,
    /// The place of the cursor among the rows that are shown.
    cursor: usize,
    /// How many rows one screen has.
    room: usize,
}

impl List {
    /// The whole list, with the cursor at this place.
    #[must_use]
    pub fn new(rows: Vec<ListRow>, cursor: usize) -> Self {
        Self {
            rows,
            filter: String::new(),
            cursor,
            room: 1,
        }
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> &[ListRow] {
        &self.rows
    }

    /// What was typed.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The place of the cursor among [`List::shown`].
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// How many rows one screen has, for the keys that move by a screen.
    pub fn fit(&mut self, room: usize) {
        self.room = room.max(1);
    }

    /// The places of the rows that match every word that was typed.
    #[must_use]
    pub fn shown(&self) -> Vec<usize> {
        let filter = self.filter.to_lowercase();
        let rows = self.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| filter.split_whitespace().all(|word| has(row, word)));
        rows.map(|(place, _)| place).collect()
    }

    /// Handles a key.
    pub fn on(&mut self, key: Key) -> Choice {
        let count = self.shown().len();
        let last = count.saturating_sub(1);
        let screen = self.room.saturating_sub(1).max(1);
        match key {
            Key::Interrupt => return Choice::Interrupt,
            Key::Enter => {
                return match self.shown().get(self.cursor) {
                    Some(place) => Choice::Open(*place),
                    None => Choice::Stay,
                };
            }
            Key::Escape if self.filter.is_empty() => return Choice::Leave,
            Key::Escape => self.refilter(String::new()),
            Key::Backspace => {
                let mut filter = self.filter.clone();
                filter.pop();
                self.refilter(filter);
            }
            Key::Char(char) => self.refilter(format!("{}{char}", self.filter)),
            Key::Up => self.cursor = self.cursor.saturating_sub(1),
            Key::Down => self.cursor = (self.cursor + 1).min(last),
            Key::PageUp => self.cursor = self.cursor.saturating_sub(screen),
            Key::PageDown => self.cursor = (self.cursor + screen).min(last),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = last,
        }
        Choice::Stay
    }

    /// Filters again; the cursor stays on its kata if that is still shown.
    fn refilter(&mut self, filter: String) {
        let current = self.shown().get(self.cursor).copied();
        self.filter = filter;
        let shown = self.shown();
        let place = shown.iter().position(|place| Some(*place) == current);
        self.cursor = place.unwrap_or(0);
    }
}

/// Whether a row has this word, in lower case, in what is shown of it.
fn has(row: &ListRow, word: &str) -> bool {
    let texts = [&row.id, &row.title, &row.chapter, &row.difficulty];
    let mut texts = texts.into_iter();
    texts.any(|text| text.to_lowercase().contains(word))
        || row.standing.word().starts_with(word)
        || row.tracks.iter().any(|track| track.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        let row = |id: &str, title: &str, difficulty: &str, standing| ListRow {
            id: id.to_owned(),
            title: title.to_owned(),
            chapter: "Linear layers".to_owned(),
            difficulty: difficulty.to_owned(),
            points: 1,
            tracks: vec!["rust", "python"],
            standing,
        };
        let rows = vec![
            row("hf_load", "A kernel", "easy", Standing::Passed),
            row("split_merge", "Two parts", "easy", Standing::Tried),
            row("rope", "Rotary halves", "hard", Standing::Untouched),
        ];
        List::new(rows, 1)
    }

    fn typed(list: &mut List, text: &str) {
        for char in text.chars() {
            assert_eq!(list.on(Key::Char(char)), Choice::Stay);
        }
    }

    #[test]
    fn every_word_must_match() {
        for (text, expected) in [
            ("", &[0, 1, 2][..]),
            ("easy", &[0, 1]),
            ("EASY tried", &[1]),
            ("linear", &[0, 1, 2]),
            ("rust hard", &[2]),
            ("rotary", &[2]),
            ("new", &[2]),
            ("nothing", &[]),
        ] {
            let mut list = list();
            typed(&mut list, text);
            assert_eq!(list.shown(), expected, "{text}");
        }
    }

    #[test]
    fn the_cursor_stays_on_its_kata() {
        let mut list = list();
        typed(&mut list, "split");
        assert_eq!((list.cursor(), list.on(Key::Enter)), (0, Choice::Open(1)));
        assert_eq!(list.on(Key::Escape), Choice::Stay);
        assert_eq!(list.cursor(), 1);
        list.on(Key::Down);
        list.on(Key::Down);
        assert_eq!(list.on(Key::Enter), Choice::Open(2));
        typed(&mut list, "nothing");
        assert_eq!(list.on(Key::Enter), Choice::Stay);
        for _ in 0..7 {
            list.on(Key::Backspace);
        }
        list.on(Key::Home);
        assert_eq!(list.on(Key::Enter), Choice::Open(0));
        assert_eq!(list.on(Key::Escape), Choice::Leave);
    }
}
