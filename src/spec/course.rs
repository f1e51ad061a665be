//! `course.yaml`: the title of a course, its chapters with their katas in order, and how points are given.

use super::document::{self, Head};
use super::faults::{Faults, Sink};
use super::fields::{Fields, choice, items, text};
use super::names::is_id;
use super::needs;
use super::yaml::Node;
use std::collections::{BTreeMap, HashMap};

/// The contents of `course.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub title: String,
    pub chapters: Vec<Chapter>,
    pub credit: Credit,
    pub sealed: SealedResults,
    /// The text that a learner sees after the last kata.
    pub closing: Option<String>,
    /// The katas that each kata builds on, all of which come before it.
    pub needs: BTreeMap<String, Vec<String>>,
}

/// A chapter: its title and the ids of its katas, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    pub title: String,
    pub katas: Vec<String>,
    /// The text that a learner sees once every kata of the chapter has passed.
    pub recap: Option<String>,
}

/// How partial credit is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Credit {
    /// Points in proportion to the cases that pass.
    #[default]
    Cases,
    /// All points if every case passes, otherwise none.
    All,
}

/// What students learn about the sealed cases of their answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SealedResults {
    /// How many passed in each kata.
    #[default]
    Count,
    /// Nothing: only the teacher's record has them.
    Teacher,
}

/// Reads a course.
///
/// # Errors
/// When the file has faults; the error contains all of them.
pub fn parse_course(file: &str, text: &str) -> Result<Course, Faults> {
    let head = Head {
        what: "a course",
        keys: KEYS,
    };
    document::read(file, text, &head, course)
}

/// The keys of a course.
const KEYS: &[&str] = &[
    "format", "title", "chapters", "points", "sealed", "needs", "closing",
];

const CHAPTERS: &str = "chapters: [{title: Bridges, katas: [hf_load]}]";

fn course(fields: &Fields<'_, '_>, sink: &mut Sink<'_>) -> Option<Course> {
    let title = fields.need("title", "the course", "title: what is learned", sink);
    let chapters = fields.need("chapters", "the course", CHAPTERS, sink);
    let title = title.and_then(|node| text(node, "`title`", "title: what is learned", sink));
    let chapters = chapters.map(|node| read_chapters(node, sink));
    let credit = fields
        .get("points")
        .map_or(Some(Credit::Cases), |node| read_credit(node, sink));
    let sealed = fields
        .get("sealed")
        .map_or(Some(SealedResults::Count), |node| read_sealed(node, sink));
    let chapters = chapters?;
    let order = chapters.iter().flat_map(|chapter| &chapter.katas);
    let order: Vec<&str> = order.map(String::as_str).collect();
    let needs = fields
        .get("needs")
        .map_or_else(BTreeMap::new, |node| needs::read(node, &order, sink));
    let closing = optional_text(fields, "closing", "what can be done now", sink);
    Some(Course {
        title: title?.trim().to_owned(),
        closing,
        chapters,
        credit: credit?,
        sealed: sealed?,
        needs,
    })
}

fn read_chapters(node: &Node<'_>, sink: &mut Sink<'_>) -> Vec<Chapter> {
    let mut seen = HashMap::new();
    let mut chapters = Vec::new();
    for node in items(node, "`chapters`", CHAPTERS, sink).unwrap_or_default() {
        let Some(fields) = Fields::read(node, "a chapter", &["title", "katas", "recap"], sink)
        else {
            continue;
        };
        let title = fields.need("title", "the chapter", "title: Bridges", sink);
        let title = title.and_then(|node| text(node, "`title`", "title: Bridges", sink));
        let katas = fields.need("katas", "the chapter", "katas: [hf_load]", sink);
        let katas = katas.map(|node| read_katas(node, &mut seen, sink));
        let recap = optional_text(&fields, "recap", "what the chapter was about", sink);
        if let (Some(title), Some(katas)) = (title, katas) {
            chapters.push(Chapter {
                title: title.trim().to_owned(),
                recap,
                katas,
            });
        }
    }
    chapters
}

fn read_katas(
    node: &Node<'_>,
    seen: &mut HashMap<String, usize>,
    sink: &mut Sink<'_>,
) -> Vec<String> {
    let mut katas = Vec::new();
    for node in items(node, "`katas`", "katas: [hf_load]", sink).unwrap_or_default() {
        let Some(id) = text(node, "a kata's id", "hf_load", sink) else {
            continue;
        };
        if !is_id(id) {
            sink.add(
                node.span,
                format!("`{id}` is not a valid id for a kata, which names a folder"),
                "use lowercase letters, digits and underscores: `hf_load`",
            );
        } else if let Some(line) = seen.get(id) {
            sink.add(
                node.span,
                format!("the kata `{id}` appears twice in the course"),
                format!("keep one: the first is on line {line}"),
            );
        } else {
            seen.insert(id.to_owned(), sink.line(node.span.start));
            katas.push(id.to_owned());
        }
    }
    katas
}

/// Reads a string that may be left out.
fn optional_text(
    fields: &Fields<'_, '_>,
    key: &str,
    example: &str,
    sink: &mut Sink<'_>,
) -> Option<String> {
    let node = fields.get(key)?;
    let text = text(
        node,
        &format!("`{key}`"),
        &format!("{key}: {example}"),
        sink,
    )?;
    Some(text.trim().to_owned())
}

fn read_credit(node: &Node<'_>, sink: &mut Sink<'_>) -> Option<Credit> {
    let fields = Fields::read(node, "`points`", &["credit"], sink)?;
    let node = fields.need("credit", "`points`", "credit: cases", sink)?;
    choice(
        node,
        "`credit`",
        &[("cases", Credit::Cases), ("all", Credit::All)],
        sink,
    )
}

fn read_sealed(node: &Node<'_>, sink: &mut Sink<'_>) -> Option<SealedResults> {
    let words = [
        ("count", SealedResults::Count),
        ("teacher", SealedResults::Teacher),
    ];
    choice(node, "`sealed`", &words, sink)
}
