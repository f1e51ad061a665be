//! No cycles between files: two files that use each other can only be understood together.
//!
//! A test in `code.rs` checks the order of the modules in `src/lib.rs`; this one checks the files inside each module.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{files, none};

/// A file as a module: its place in the module tree, and the names that it uses.
struct Module {
    file: String,
    /// The paths in its `use` lines, each with the name that it binds.
    uses: Vec<(String, Vec<String>)>,
    /// The paths in the rest of its code.
    paths: Vec<Vec<String>>,
    /// All words outside `use` lines.
    words: BTreeSet<String>,
}

type Modules = BTreeMap<Vec<String>, Module>;

fn modules() -> Modules {
    let files = files("src", ".rs").into_iter().filter_map(|file| {
        let inside = file.path.strip_prefix("src/")?.strip_suffix(".rs")?;
        let inside = inside.strip_suffix("/mod").unwrap_or(inside);
        // The driver is a separate crate, and tests may use everything.
        let others = ["main", "lib", "track/rust/driver"];
        if others.iter().any(|other| inside.starts_with(other)) || inside.contains("tests") {
            return None;
        }
        let code: Vec<_> = file.code().map(|(_, line)| line).collect();
        let (uses, rest) = split_uses(&tokens(&code.join("\n")));
        let module = Module {
            file: file.path.clone(),
            uses,
            paths: paths(&rest),
            words: rest.into_iter().collect(),
        };
        Some((inside.split('/').map(str::to_owned).collect(), module))
    });
    files.collect()
}

/// The words, the `::` and the single signs of code, without comments and strings.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(char) = rest.chars().next() {
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        let length = if let Some(text) = rest.strip_prefix("//") {
            2 + text.find('\n').unwrap_or(text.len())
        } else if char == '"' {
            string(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if is_word(char) {
            rest.find(|char| !is_word(char)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            char.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if char != '"' && !token.starts_with("//") && !char.is_whitespace() {
            tokens.push(token.to_owned());
        }
        rest = after;
    }
    tokens
}

/// The length of the string literal at the start of a text.
fn string(text: &str) -> usize {
    let mut escaped = true;
    for (index, char) in text.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// The paths in `use` lines, and all other tokens.
fn split_uses(tokens: &[String]) -> (Vec<(String, Vec<String>)>, Vec<String>) {
    let (mut uses, mut rest) = (Vec::new(), Vec::new());
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        if token == "use" {
            let tree: Vec<_> = tokens.by_ref().take_while(|token| *token != ";").collect();
            expand(&tree, &mut Vec::new(), &mut uses);
        } else if token == "pub" && tokens.as_slice().first().is_some_and(|next| next == "(") {
            // A visibility is not a use.
            tokens.by_ref().find(|token| *token == ")");
        } else if token == "mod" {
            // A declaration uses nothing.
            tokens.next();
        } else {
            rest.push(token.clone());
        }
    }
    (uses, rest)
}

/// Adds each path of a tree `a::{b, c::d as e}` with the name that it binds.
fn expand(tree: &[&String], before: &mut Vec<String>, uses: &mut Vec<(String, Vec<String>)>) {
    let (mut depth, mut start) = (0, 0);
    for end in 0..=tree.len() {
        match tree.get(end).map(|token| token.as_str()) {
            Some("{") => depth += 1,
            Some("}") => depth -= 1,
            Some(",") | None if depth == 0 => {
                branch(&tree[start..end], before, uses);
                start = end + 1;
            }
            _ => {}
        }
    }
}

fn branch(tree: &[&String], before: &mut Vec<String>, uses: &mut Vec<(String, Vec<String>)>) {
    let depth = before.len();
    if tree.is_empty() {
        return;
    }
    for (index, token) in tree.iter().enumerate() {
        match token.as_str() {
            "{" => {
                expand(&tree[index + 1..tree.len() - 1], before, uses);
                before.truncate(depth);
                return;
            }
            "as" => break,
            "::" => {}
            "self" if index == 0 && depth > 0 => {}
            name => before.push(name.to_owned()),
        }
    }
    let bound = tree.last().filter(|last| **last != "self");
    if let Some(name) = bound
        .map(|name| name.as_str())
        .or(before.last().map(|name| name.as_str()))
    {
        uses.push((name.to_owned(), before.clone()));
    }
    before.truncate(depth);
}

/// The paths among tokens: words with `::` between them.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut paths: Vec<Vec<String>> = Vec::new();
    let is_word = |token: &str| token.starts_with(|char: char| char.is_alphabetic() || char == '_');
    for (index, token) in tokens.iter().enumerate() {
        if !is_word(token) {
            continue;
        }
        match paths.last_mut() {
            Some(path)
                if index >= 2 && tokens[index - 1] == "::" && is_word(&tokens[index - 2]) =>
            {
                path.push(token.clone());
            }
            _ => paths.push(vec![token.clone()]),
        }
    }
    paths.retain(|path| path.len() > 1);
    paths
}

/// The file that defines the item at a path, seen from a module; `None` if it is not one of our files.
fn definer(modules: &Modules, from: &[String], path: &[String]) -> Option<Vec<String>> {
    let mut at = from.to_vec();
    let mut names = path.iter().peekable();
    match names.peek()?.as_str() {
        "crate" => {
            at.clear();
            names.next();
        }
        "self" => {
            names.next();
        }
        "super" => {
            while names.next_if(|name| *name == "super").is_some() {
                at.pop();
            }
        }
        child => {
            at.push(child.to_owned());
            if !modules.contains_key(&at) {
                return None;
            }
            at.pop();
        }
    }
    for name in names {
        at.push(name.clone());
        if modules.contains_key(&at) {
            continue;
        }
        at.pop();
        // An item that a module re-exports counts as defined there.
        let uses = &modules.get(&at)?.uses;
        let handed_on = uses.iter().find(|(bound, _)| bound == name);
        return match handed_on {
            Some((_, path)) => definer(modules, &at, path),
            None => Some(at),
        };
    }
    Some(at)
}

/// For each file, the other files of its module that it uses, each with a name as an example.
fn arrows(modules: &Modules) -> BTreeMap<&str, BTreeMap<&str, String>> {
    let mut arrows: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for (own, module) in modules {
        let uses = module.uses.iter();
        // A file that only re-exports a name does not use it.
        let used = uses.filter(|(bound, _)| bound == "*" || module.words.contains(bound));
        for path in used.map(|(_, path)| path).chain(&module.paths) {
            let Some(other) = definer(modules, own, path) else {
                continue;
            };
            if other != *own && other.first() == own.first() && modules.contains_key(&other) {
                let name = path.last().cloned().unwrap_or_default();
                let from = arrows.entry(&module.file).or_default();
                from.entry(&modules[&other].file).or_insert(name);
            }
        }
    }
    arrows
}

/// The shortest cycle from a file back to itself, as text.
fn circle(
    arrows: &BTreeMap<&str, BTreeMap<&str, String>>,
    start: &str,
) -> Option<BTreeSet<String>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for next in arrows.get(file).into_iter().flat_map(BTreeMap::keys) {
            if before.contains_key(next) {
                continue;
            }
            before.insert(next, file);
            queue.push_back(next);
        }
    }
    let mut steps = BTreeSet::new();
    let mut at = start;
    loop {
        let from = *before.get(at)?;
        steps.insert(format!("{from} uses {} of {at}", arrows[from][at]));
        at = from;
        if at == start {
            return Some(steps);
        }
    }
}

#[test]
fn files_of_a_module_form_no_circle() {
    let modules = modules();
    let arrows = arrows(&modules);
    let number: usize = arrows.values().map(BTreeMap::len).sum();
    assert!(number > 300, "only {number} uses were seen");
    let circles: BTreeSet<_> = arrows
        .keys()
        .filter_map(|file| circle(&arrows, file))
        .collect();
    let findings: Vec<_> = circles
        .iter()
        .map(|circle| {
            let steps: Vec<_> = circle.iter().map(String::as_str).collect();
            format!("A circle:\n  {}", steps.join("\n  "))
        })
        .collect();
    none(&findings);
}

#[test]
fn paths_and_uses_are_understood() {
    let code =
        "use super::{self as up, a::{B, C as D}, e};\nmod f;\nlet x = g::h(i, \"j::k\"); // l::m\n";
    let (uses, rest) = split_uses(&tokens(code));
    let uses: Vec<_> = uses
        .iter()
        .map(|(name, path)| format!("{name}={}", path.join("::")))
        .collect();
    assert_eq!(
        uses,
        ["up=super", "B=super::a::B", "D=super::a::C", "e=super::e"]
    );
    assert_eq!(paths(&rest), [["g", "h"]]);
}

#[test]
fn the_shortest_circle_is_found() {
    let uses = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("b", "a")];
    let mut arrows: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for (from, to) in uses {
        arrows
            .entry(from)
            .or_default()
            .insert(to, to.to_uppercase());
    }
    let steps = ["a uses B of b", "b uses A of a"].map(str::to_owned);
    assert_eq!(circle(&arrows, "a"), Some(BTreeSet::from(steps)));
    assert_eq!(circle(&arrows, "d"), None);
}
