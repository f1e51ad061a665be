//! Splits programs into items, to find those that a changed copy of a program can share with it.
//!
//! `combined` compiles shared items once. An item is shared if both programs have it, and everything that it mentions.
//! Mentions are found by name, without resolving anything, so an item may be compiled again that could be shared. A
//! program with anything that is not understood here shares nothing.

use std::collections::BTreeSet;

use crate::tokens::{Kind, Source};

/// The keywords before the name of an item.
const DEFINING: &[&str] = &["fn", "struct", "enum", "union", "trait", "type", "const"];

/// Words in programs that share nothing: they refer to other modules, affect items that do not mention them, or have
/// state that each program must have for itself.
const UNSHARED: &[&str] = &[
    "crate",
    "macro_rules",
    "mod",
    "static",
    "super",
    "thread_local",
];

/// A program as items.
pub(super) struct Items<'a> {
    /// The `use` declarations.
    uses: BTreeSet<&'a str>,
    /// All other items, in order.
    items: Vec<Item<'a>>,
}

/// A function, type, constant or implementation, or a call of nnx's `module!`, which defines a type.
struct Item<'a> {
    /// Without the comments before it.
    text: &'a str,
    /// The names whose mention makes another item depend on it.
    names: BTreeSet<&'a str>,
    /// Every word in it, including those in strings: a format string can name a constant.
    words: BTreeSet<&'a str>,
}

impl<'a> Items<'a> {
    /// Splits a program; `None` if it shares nothing.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let source = Source::read(text)?;
        let mut uses = BTreeSet::new();
        let mut items = Vec::new();
        let mut headers = Vec::new();
        let mut imported = BTreeSet::new();
        let mut first = 0;
        while first < source.tokens.len() {
            let keyword = keyword(&source, first);
            let last = last(&source, keyword)?;
            let span = &text[source.span(first, last)];
            let words = words(&source, first..last + 1);
            if UNSHARED.iter().any(|word| words.contains(word)) {
                return None;
            }
            first = last + 1;
            match source.word(keyword) {
                "use" => {
                    uses.insert(span);
                    imported.extend(words);
                    continue;
                }
                "impl" => headers.push(header(&source, keyword)),
                "module" if source.has(keyword + 1, &["!"]) => headers.push(BTreeSet::new()),
                word if DEFINING.contains(&word) => headers.push(BTreeSet::new()),
                _ => return None,
            }
            items.push(Item {
                text: span,
                names: defined(&source, keyword..last),
                words,
            });
        }
        let names: BTreeSet<&str> = items.iter().flat_map(|item| item.names.clone()).collect();
        for (item, header) in items.iter_mut().zip(headers) {
            // Whatever mentions a type depends on its implementations.
            item.names.extend(header.intersection(&names));
        }
        // An imported variant of an enum would be used without mentioning the enum.
        let is_foreign = imported.is_disjoint(&names) && !imported.contains("self");
        is_foreign.then_some(Self { uses, items })
    }

    /// The items that this program must have for itself beside those of `original`, in order; `None` if it cannot be
    /// inside of that program.
    pub(super) fn own(&self, original: &Self) -> Option<Vec<&'a str>> {
        if self.uses != original.uses {
            return None;
        }
        let mut changed: BTreeSet<&str> = BTreeSet::new();
        for (one, other) in [(self, original), (original, self)] {
            for item in one.items.iter().filter(|item| !other.has(item)) {
                changed.extend(&item.names);
            }
        }
        let mut count = 0;
        while changed.len() > count {
            count = changed.len();
            let before = changed.clone();
            for item in self.items.iter().filter(|item| item.depends_on(&before)) {
                changed.extend(&item.names);
            }
        }
        let names = self.names();
        let more: BTreeSet<&str> = original.names().difference(&names).copied().collect();
        let own = self.items.iter().filter(|item| item.depends_on(&changed));
        let own: Vec<&Item<'_>> = own.collect();
        // Names that only the original has would be in scope.
        let is_sound = own.iter().all(|item| item.words.is_disjoint(&more));
        is_sound.then(|| own.into_iter().map(|item| item.text).collect())
    }

    fn has(&self, item: &Item<'_>) -> bool {
        self.items.iter().any(|own| own.text == item.text)
    }

    fn names(&self) -> BTreeSet<&'a str> {
        let all = self.items.iter().flat_map(|item| &item.names);
        all.copied().collect()
    }
}

impl Item<'_> {
    /// Whether it defines or mentions one of these names.
    fn depends_on(&self, names: &BTreeSet<&str>) -> bool {
        let mut all = self.words.iter().chain(&self.names);
        all.any(|word| names.contains(word))
    }
}

/// The keyword of the item that begins at a token, after its attributes and its visibility.
fn keyword(source: &Source<'_>, first: usize) -> usize {
    let mut at = first;
    loop {
        at = match source.word(at) {
            "#" if source.has(at + 1, &["["]) => source.tokens[at + 1].partner + 1,
            "pub" if source.has(at + 1, &["("]) => source.tokens[at + 1].partner + 1,
            "pub" => at + 1,
            "const" if source.has(at + 1, &["fn"]) => at + 1,
            _ => return at,
        };
    }
}

/// The last token of the item with this keyword; `None` if it has no end.
fn last(source: &Source<'_>, keyword: usize) -> Option<usize> {
    let needs_semicolon = matches!(source.word(keyword), "use" | "const" | "type");
    let mut at = keyword;
    loop {
        let token = source.tokens.get(at)?;
        match (token.kind, source.word(at)) {
            (Kind::Open, "{") if !needs_semicolon => return Some(token.partner),
            (Kind::Open, _) => at = token.partner + 1,
            (_, ";") => return Some(at),
            _ => at += 1,
        }
    }
}

/// The words of an implementation before its body.
fn header<'a>(source: &Source<'a>, keyword: usize) -> BTreeSet<&'a str> {
    let places = keyword..source.tokens.len();
    let before_body = places.map(|place| source.word(place));
    before_body.take_while(|word| *word != "{").collect()
}

/// The names that are defined between these tokens.
fn defined<'a>(source: &Source<'a>, places: std::ops::Range<usize>) -> BTreeSet<&'a str> {
    let defining = places.filter(|place| DEFINING.contains(&source.word(*place)));
    defining.map(|place| source.word(place + 1)).collect()
}

/// The words in these tokens.
fn words<'a>(source: &Source<'a>, places: std::ops::Range<usize>) -> BTreeSet<&'a str> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let all = places.filter_map(|place| match source.tokens[place].kind {
        Kind::Word | Kind::Text => Some(source.word(place)),
        _ => None,
    });
    let words = all.flat_map(|text| text.split(move |c| !is_letter(c)));
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGINAL: &str = "use std::fmt;\n\
        pub fn f(x: f32) -> f32 { scaled(x, LIMIT) }\n\
        /// A comment.\n\
        fn scaled(x: f32, y: f32) -> f32 { let scale = Scale(y); scale.of(x) }\n\
        const LIMIT: f32 = { 2.0 };\n\
        struct Scale(f32);\n\
        impl Scale { fn of(&self, x: f32) -> f32 { self.0 * x } }\n\
        fn said() -> String { format!(\"{LIMIT}\") }\n";

    /// What a copy with one change has for itself, by the first word after each keyword.
    #[track_caller]
    fn check(from: &str, to: &str, expected: Option<&[&str]>) {
        let copy = ORIGINAL.replacen(from, to, 1);
        assert_ne!(copy, ORIGINAL);
        let original = Items::read(ORIGINAL).expect("it is understood");
        let own = Items::read(&copy).and_then(|items| {
            let own = items.own(&original)?;
            Some(own.into_iter().map(str::to_owned).collect::<Vec<_>>())
        });
        let starts = own.map(|own| {
            let starts = own.iter().map(|item| item.split(['(', ':', '{']).next());
            starts
                .flatten()
                .map(|start| start.trim().to_owned())
                .collect::<Vec<_>>()
        });
        assert_eq!(
            starts.as_deref(),
            expected
                .map(|all| all
                    .iter()
                    .map(|item| (*item).to_owned())
                    .collect::<Vec<_>>())
                .as_deref()
        );
    }

    #[test]
    fn an_item_is_shared_if_all_that_it_mentions_is() {
        check("scaled(x, LIMIT)", "scaled(x, 1.0)", Some(&["pub fn f"]));
        check("// A", "// Another", Some(&[]));
        check(
            "{ 2.0 }",
            "{ 3.0 }",
            Some(&["pub fn f", "const LIMIT", "fn said"]),
        );
        // A method has the type of its implementation.
        let through_type = ["pub fn f", "fn scaled", "struct Scale", "impl Scale"];
        check("self.0 * x", "self.0 + x", Some(&through_type));
        check(
            "struct Scale(f32)",
            "struct Scale(pub f32)",
            Some(&through_type),
        );
        // More items are no obstacle, as long as nothing that is gone is used.
        check("fn said()", "fn more() {}\nfn said()", Some(&["fn more"]));
        check("fn said()", "fn told()", Some(&["fn told"]));
        check("fn scaled(", "fn other(", None);
    }

    #[test]
    fn what_is_not_understood_shares_nothing() {
        for (from, to) in [
            ("use std::fmt;", "use std::io;"),
            ("use std::fmt;", "use Scale as Other;"),
            ("use std::fmt;", "#![allow(warnings)] use std::fmt;"),
            ("const LIMIT: f32", "static LIMIT: f32"),
            ("fn said()", "mod inner {}\nfn said()"),
            ("fn said()", "macro_rules! none { () => {} }\nfn said()"),
            ("fn said()", "other! {}\nfn said()"),
            ("fn said()", "fn said("),
        ] {
            check(from, to, None);
        }
    }
}
