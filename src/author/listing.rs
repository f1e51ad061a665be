//! Adds a kata's id to a chapter of `course.yaml` as a person would, and leaves everything else as it is.

use crate::spec::{Course, parse_course};

/// Adds a kata at the end of a chapter, by its title, or of the last one. `None` if the layout of the file is not
/// supported, or it has no such chapter.
///
/// It tries each way to write a list and takes the first that gives the expected course.
#[must_use]
pub(crate) fn listed(text: &str, id: &str, chapter: Option<&str>) -> Option<String> {
    let mut wanted = parse_course("course.yaml", text).ok()?;
    let chapters = &mut wanted.chapters;
    let place = match chapter {
        Some(title) => chapters.iter().position(|known| known.title == title)?,
        None => chapters.len().checked_sub(1)?,
    };
    let last = chapters[place].katas.last().cloned();
    chapters[place].katas.push(id.to_owned());
    let says =
        |text: &str| parse_course("course.yaml", text).is_ok_and(|course: Course| course == wanted);
    let Some(last) = last else {
        let empty = text.match_indices("[]").map(|(at, _)| {
            let (before, after) = text.split_at(at);
            format!("{before}[{id}]{}", &after[2..])
        });
        return empty.into_iter().find(|text| says(text));
    };
    let places = text.match_indices(&last).map(|(at, _)| at + last.len());
    let ways = places.flat_map(|end| {
        let (before, after) = text.split_at(end);
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let dash = line.find('-').map_or("", |at| &line[..at]);
        let rest = after.find('\n').unwrap_or(after.len());
        [
            format!("{before}, {id}{after}"),
            format!("{before}{}\n{dash}- {id}{}", &after[..rest], &after[rest..]),
        ]
    });
    ways.into_iter().find(|text| says(text))
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[track_caller]
    fn check(chapters: &str, chapter: Option<&str>, expected: Option<&str>) {
        let whole = |chapters: &str| {
            format!(
                "# one, two\nformat: 1\ntitle: one two\nchapters:\n{chapters}points: {{credit: all}}\n"
            )
        };
        let listed = listed(&whole(chapters), "new", chapter);
        assert_eq!(listed, expected.map(whole));
    }

    #[test]
    fn a_kata_goes_to_the_end_of_a_chapter() {
        let flow = "  - title: A\n    katas: [one, two] # two\n  - {title: B, katas: [three]}\n";
        check(flow, None, Some(&flow.replace("three", "three, new")));
        check(
            flow,
            Some("A"),
            Some(&flow.replace("[one, two]", "[one, two, new]")),
        );
        check(flow, Some("C"), None);
        let block = "  - title: A\n    katas:\n      - one\n      - two # the last\n  - title: B\n    katas: []\n";
        check(
            block,
            Some("A"),
            Some(&block.replace("the last\n", "the last\n      - new\n")),
        );
        check(block, None, Some(&block.replace("[]", "[new]")));
        let broken = "  - title: A\n    katas: [\n      one,\n      two,\n    ]\n";
        check(broken, None, Some(&broken.replace("two,", "two, new,")));
    }
}
