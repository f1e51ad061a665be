//! The cases grouped by result; with little room, each group takes a single line.

use colored::Colorize;

use super::{plural, words};
use crate::spec::CaseKind;
use crate::verdict::{CaseResult, CaseVerdict, NotRun};

/// The group of a case, in the order in which groups are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Good,
    Bad,
    Open,
}

/// Cases with one verdict.
struct Group {
    word: &'static str,
    standing: Standing,
    names: Vec<String>,
}

/// The groups in at most `most` lines; if not all of them fit, failures come first.
pub(super) fn groups(cases: &[CaseResult], columns: usize, most: usize) -> Vec<String> {
    let widest = cases
        .iter()
        .map(|case| words::width(case.verdict.kind().word()));
    let indent = widest.max().unwrap_or(0) + 4;
    let groups = grouped(cases, columns.saturating_sub(indent + 1));
    let whole = |group: &Group| listed(&group.names, columns, indent, usize::MAX);
    let wanted: Vec<usize> = groups.iter().map(|group| whole(group).len()).collect();
    let mut granted = vec![0; groups.len()];
    let mut left = most;
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|place| match groups[*place].standing {
        Standing::Bad => 0,
        Standing::Good => 1,
        Standing::Open => 2,
    });
    // First each group gets one line, then more.
    for only in [1, usize::MAX] {
        for place in &order {
            let more = (wanted[*place] - granted[*place]).min(only).min(left);
            granted[*place] += more;
            left -= more;
        }
    }
    let mut lines = Vec::new();
    for (group, granted) in groups.iter().zip(granted) {
        let label = match group.standing {
            Standing::Good => group.word.green(),
            Standing::Bad => group.word.yellow(),
            Standing::Open => group.word.normal(),
        };
        let room = " ".repeat(indent - 2 - words::width(group.word));
        let names = listed(&group.names, columns, indent, granted);
        for (index, line) in names.into_iter().take(granted).enumerate() {
            lines.push(match index {
                0 => format!("  {label}{room}{}", line.trim_start()),
                _ => line,
            });
        }
    }
    lines
}

/// The groups, with names of at most `room` columns.
fn grouped(cases: &[CaseResult], room: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Only the number of sealed cases is shown.
    let (sealed, named): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.is_sealed());
    for case in named {
        let kind = match (case.kind, &case.verdict) {
            (CaseKind::Shown, _) | (_, CaseVerdict::NotRun(NotRun::Sealed)) => "",
            (CaseKind::Hidden, _) => " (hidden)",
            (CaseKind::Sealed, _) => " (sealed)",
        };
        let name = format!("{} {}", case.number, case.name);
        // A truncated name still shows that its case is hidden.
        let name = words::clip(&name, room.saturating_sub(kind.len())) + kind;
        add(&mut groups, &case.verdict, &name);
    }
    let (passed, missed): (Vec<_>, Vec<_>) = sealed.into_iter().partition(|case| case.good());
    for same in [passed, missed] {
        if let Some(case) = same.first() {
            let name = plural(same.len(), "sealed case");
            add(&mut groups, &case.verdict, &name);
        }
    }
    groups.sort_by_key(|group| group.standing);
    groups
}

fn add(groups: &mut Vec<Group>, verdict: &CaseVerdict, name: &str) {
    let (word, name) = (verdict.kind().word(), words::unbroken(name));
    match groups.iter_mut().find(|group| group.word == word) {
        Some(group) => group.names.push(name),
        None => groups.push(Group {
            word,
            standing: standing(verdict),
            names: vec![name],
        }),
    }
}

fn standing(verdict: &CaseVerdict) -> Standing {
    match verdict {
        CaseVerdict::Passed => Standing::Good,
        CaseVerdict::Different(_) | CaseVerdict::Failed(_) => Standing::Bad,
        CaseVerdict::NotRun(_) => Standing::Open,
    }
}

/// As many names as fit in at most `most` lines, and the number of the others.
fn listed(names: &[String], columns: usize, indent: usize, most: usize) -> Vec<String> {
    let lines = |count: usize| -> Vec<String> {
        let mut text = names[..count].join(", ");
        if count < names.len() {
            let more = format!(", … and {} more", names.len() - count);
            text.push_str(&more);
        }
        let wrapped = words::wrap(&text, columns, indent);
        wrapped.lines().map(str::to_owned).collect()
    };
    let whole = lines(names.len());
    if whole.len() <= most {
        return whole;
    }
    // More names never take fewer lines.
    let counts: Vec<usize> = (1..names.len()).collect();
    match counts.partition_point(|count| lines(*count).len() <= most) {
        0 => vec![format!(
            "{}{}",
            " ".repeat(indent),
            plural(names.len(), "case")
        )],
        count => lines(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Failure;

    #[test]
    fn a_long_name_is_cut_before_the_kind_of_its_case() {
        let mut cases = cases("p");
        cases[0].name = "one row of the whole kernel".to_owned();
        cases[0].kind = CaseKind::Hidden;
        let lines = groups(&cases, 40, 9);
        assert_eq!(
            words::strip(&lines[0]),
            "  passed  1 one row of the wh… (hidden)"
        );
    }

    fn cases(letters: &str) -> Vec<CaseResult> {
        let case = |(index, letter)| CaseResult {
            name: format!("case {letter}"),
            number: index + 1,
            kind: CaseKind::Shown,
            note: None,
            verdict: match letter {
                'p' => CaseVerdict::Passed,
                'a' => CaseVerdict::Failed(Failure::Aborted),
                _ => CaseVerdict::NotRun(NotRun::ShownCasesFirst),
            },
            printed: String::new(),
        };
        letters.chars().enumerate().map(case).collect()
    }

    #[track_caller]
    fn check(letters: &str, most: usize, expected: &[&str]) {
        let lines: Vec<String> = groups(&cases(letters), 40, most)
            .iter()
            .map(|line| words::strip(line))
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let failed = "  aborted  2 case a, 4 case a, 5 case a,\n           6 case a, 7 case a";
        let failed: Vec<&str> = failed.lines().collect();
        check(
            "papaaaaw",
            9,
            &[
                "  passed   1 case p, 3 case p",
                failed[0],
                failed[1],
                "  not run  8 case w",
            ],
        );
        check(
            "papaaaaw",
            3,
            &[
                "  passed   1 case p, 3 case p",
                "  aborted  2 case a, … and 4 more",
                "  not run  8 case w",
            ],
        );
        check("papaaaaw", 1, &["  aborted  2 case a, … and 4 more"]);
        check(
            "papaaaaw",
            2,
            &[
                "  passed   1 case p, 3 case p",
                "  aborted  2 case a, … and 4 more",
            ],
        );
        check("papaaaaw", 0, &[]);
    }
}
