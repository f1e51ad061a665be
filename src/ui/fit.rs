//! Fits all parts of a result on one screen: a list of line requests in order of priority distributes the lines among
//! the parts.

use super::words;

/// A part of the screen.
pub(super) struct Section<'a> {
    /// Whether an empty line comes before it.
    pub(super) apart: bool,
    /// The minimum number of lines in which it makes sense; with fewer it is left out.
    pub(super) least: usize,
    /// Draws it in at most this many lines.
    pub(super) draw: Box<dyn Fn(usize) -> Vec<String> + 'a>,
}

/// A request for a number of lines for a part, by its index.
pub(super) struct Wish {
    pub(super) part: usize,
    pub(super) lines: usize,
}

/// All lines of a part.
pub(super) const ALL: usize = usize::MAX;

/// Draws the parts in at most `room` lines. Requests are served in order; if the lines run out, a request is served
/// in part.
pub(super) fn fit(
    parts: &[Section<'_>],
    wishes: &[Wish],
    columns: usize,
    room: usize,
) -> Vec<String> {
    let drawn = |part: &Section<'_>, most| words::rows(&(part.draw)(most), columns);
    let whole: Vec<usize> = parts.iter().map(|part| drawn(part, ALL)).collect();
    let mut granted = vec![0; parts.len()];
    let mut left = room;
    for wish in wishes {
        let part = &parts[wish.part];
        let has = granted[wish.part];
        let wanted = wish.lines.min(whole[wish.part]);
        let blank = usize::from(part.apart && has == 0);
        let Some(more) = wanted.checked_sub(has).filter(|more| *more > 0) else {
            continue;
        };
        let more = more.min(left.saturating_sub(blank));
        if has + more >= part.least.min(whole[wish.part]) && more > 0 {
            // Lines that a part cannot use go to others.
            let used = drawn(part, has + more);
            granted[wish.part] = used;
            left = left.saturating_sub(blank + used.saturating_sub(has));
        }
    }
    let mut lines = Vec::new();
    for (part, granted) in parts.iter().zip(granted) {
        let drawn = match granted {
            0 => Vec::new(),
            granted => (part.draw)(granted),
        };
        if part.apart && !drawn.is_empty() && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(drawn);
    }
    lines
}

/// The lines of a text that may be truncated; then the last line ends in an ellipsis.
pub(super) fn cut(text: &str, most: usize, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = words::clip(&format!("{last} …"), columns);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(apart: bool, least: usize, name: &'static str, lines: usize) -> Section<'static> {
        Section {
            apart,
            least,
            draw: Box::new(move |most| {
                (0..lines.min(most))
                    .map(|line| format!("{name}{line}"))
                    .collect()
            }),
        }
    }

    #[track_caller]
    fn check(room: usize, expected: &str) {
        let parts = [
            part(false, 1, "a", 1),
            part(true, 2, "b", 4),
            part(true, 1, "c", 3),
        ];
        let wish = |part, lines| Wish { part, lines };
        let wishes = [
            wish(0, ALL),
            wish(2, 1),
            wish(1, 3),
            wish(2, ALL),
            wish(1, ALL),
        ];
        let lines = fit(&parts, &wishes, 80, room);
        assert_eq!(lines.join(" "), expected, "{room}");
        assert!(lines.len() <= room);
    }

    #[test]
    fn lines_go_to_the_first_wishes() {
        check(10, "a0  b0 b1 b2 b3  c0 c1 c2");
        check(9, "a0  b0 b1 b2  c0 c1 c2");
        check(8, "a0  b0 b1 b2  c0 c1");
        check(7, "a0  b0 b1 b2  c0");
        check(6, "a0  b0 b1  c0");
        // A part that would get less than its minimum is left out, and its lines go to others.
        check(5, "a0  c0 c1 c2");
        check(2, "a0");
        check(0, "");
    }

    #[test]
    fn truncated_text_shows_an_ellipsis() {
        assert_eq!(cut("one\ntwo\nthree", 2, 9), ["one", "two …"]);
        assert_eq!(cut("one\ntwo\nthree", 2, 4), ["one", "two…"]);
        assert_eq!(cut("one\ntwo", 2, 9), ["one", "two"]);
    }
}
