//! `submission_metadata.yml` of Gradescope's exports: who submitted what.
//!
//! Names help a teacher but affect nothing, so an unreadable file is not an error: the caller reports it and
//! continues.

use super::yaml::{self, Kind, Node};

/// Who submitted one submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitters {
    /// The submission's folder.
    pub submission: String,
    /// The person's name; for a group, all names.
    pub name: Option<String>,
    /// The person's e-mail address; none for a group.
    pub email: Option<String>,
    /// The person's number at the school; none for a group.
    pub sid: Option<String>,
}

/// Reads the file; entries in a different form are skipped. `None` when it is not YAML, or uses a feature that katas
/// does not read, such as anchors.
#[must_use]
pub fn parse_submitters(text: &str) -> Option<Vec<Submitters>> {
    let root = yaml::parse(text).ok()??;
    let all = map(&root).iter().map(|(key, node)| {
        let people = get(node, "submitters").map(list).unwrap_or_default();
        let words = |key: &str| -> Vec<String> {
            let words = people.iter().filter_map(|person| scalar(get(person, key)?));
            words.collect()
        };
        let alone = |key: &str| words(key).into_iter().next().filter(|_| people.len() == 1);
        let names = words("name");
        Submitters {
            submission: key.text.to_string(),
            name: (!names.is_empty()).then(|| names.join(" and ")),
            email: alone("email"),
            sid: alone("sid"),
        }
    });
    Some(all.collect())
}

fn map<'n, 'a>(node: &'n Node<'a>) -> &'n [(yaml::Key<'a>, Node<'a>)] {
    match &node.kind {
        Kind::Map(entries) => entries,
        Kind::Scalar { .. } | Kind::List(_) => &[],
    }
}

fn list<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    match &node.kind {
        Kind::List(items) => items,
        Kind::Scalar { .. } | Kind::Map(_) => &[],
    }
}

/// The value of a key, which Gradescope writes as a Ruby symbol, with a colon before it.
fn get<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let mut entries = map(node).iter();
    let found = entries.find(|(known, _)| known.text.trim_start_matches(':') == key);
    found.map(|(_, node)| node)
}

fn scalar(node: &Node<'_>) -> Option<String> {
    match &node.kind {
        Kind::Scalar { text, .. } if !text.is_empty() => Some(text.to_string()),
        Kind::Scalar { .. } | Kind::List(_) | Kind::Map(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_and_groups_joined() {
        let text = "\
---
submission_11:
  :submitters:
  - :name: Jane Doe
    :sid: '0042'
    :email: jane@school.example
  :created_at: 2026-11-02 20:09:52.413000000 Z
  :score: 3.0
submission_12:
  :submitters:
  - :name: Ana
    :email: ana@school.example
  - :name: Bo
submission_13:
  :submitters: []
";
        let of = |submission: &str, name: Option<&str>, email: Option<&str>, sid: Option<&str>| {
            Submitters {
                submission: submission.to_owned(),
                name: name.map(str::to_owned),
                email: email.map(str::to_owned),
                sid: sid.map(str::to_owned),
            }
        };
        assert_eq!(
            parse_submitters(text).unwrap(),
            [
                of(
                    "submission_11",
                    Some("Jane Doe"),
                    Some("jane@school.example"),
                    Some("0042")
                ),
                of("submission_12", Some("Ana and Bo"), None, None),
                of("submission_13", None, None, None),
            ]
        );
        assert_eq!(parse_submitters("- no\n- map\n"), Some(Vec::new()));
        assert_eq!(parse_submitters("a: [\n"), None);
        assert_eq!(parse_submitters("a: &name 1\nb: *name\n"), None);
    }
}
