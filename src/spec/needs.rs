//! `needs` in `course.yaml`: the katas that a kata builds on.

use std::collections::BTreeMap;

use super::faults::Sink;
use super::fields::{entries, items, text};
use super::yaml::Node;

const EXAMPLE: &str = "needs: {split_merge: [hf_load]}";

/// Reads the katas that each kata builds on; each must come before it in this order, so there are no cycles.
pub(super) fn read(
    node: &Node<'_>,
    order: &[&str],
    sink: &mut Sink<'_>,
) -> BTreeMap<String, Vec<String>> {
    let place = |id: &str| order.iter().position(|known| *known == id);
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, list) in entries(node, "`needs`", sink).unwrap_or_default() {
        let Some(own) = place(&key.text) else {
            sink.add(
                key.span,
                format!("there is no kata `{}` in the course", key.text),
                "list it in a chapter first",
            );
            continue;
        };
        for node in items(list, "what a kata needs", EXAMPLE, sink).unwrap_or_default() {
            let Some(id) = text(node, "a kata's id", "hf_load", sink) else {
                continue;
            };
            match place(id) {
                Some(before) if before < own => {
                    needs
                        .entry(key.text.to_string())
                        .or_default()
                        .push(id.to_owned());
                }
                Some(_) => sink.add(
                    node.span,
                    format!(
                        "`{}` cannot need `{id}`, which does not come before it",
                        key.text
                    ),
                    "put the kata that is needed first",
                ),
                None => sink.add(
                    node.span,
                    format!("there is no kata `{id}` in the course"),
                    "list it in a chapter first",
                ),
            }
        }
    }
    needs
}

#[cfg(test)]
mod tests {
    use crate::spec::parse_course;

    const CHAPTERS: &str = "format: 1\ntitle: A\nchapters: [{title: B, katas: [one, two]}, {title: C, katas: [three]}]\n";

    #[test]
    fn a_kata_can_need_those_before_it() {
        let text = format!("{CHAPTERS}needs: {{three: [one, two], two: [one]}}\n");
        let course = parse_course("course.yaml", &text).unwrap();
        let needs: Vec<_> = course.needs.iter().collect();
        let ids = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
        assert_eq!(
            needs,
            [
                (&"three".to_owned(), &ids(&["one", "two"])),
                (&"two".to_owned(), &ids(&["one"])),
            ]
        );
    }

    #[track_caller]
    fn refused(needs: &str, message: &str) {
        let text = format!("{CHAPTERS}needs: {needs}\n");
        let faults = parse_course("course.yaml", &text).unwrap_err();
        let told: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(told, [message]);
    }

    #[test]
    fn what_cannot_be_needed_is_refused() {
        refused(
            "{two: [two]}",
            "`two` cannot need `two`, which does not come before it",
        );
        refused(
            "{one: [three]}",
            "`one` cannot need `three`, which does not come before it",
        );
        refused("{one: [four]}", "there is no kata `four` in the course");
        refused("{four: [one]}", "there is no kata `four` in the course");
        refused(
            "{two: one}",
            "what a kata needs must be a list, not a single value",
        );
        refused("[two]", "`needs` must be a map, not a list");
    }
}
