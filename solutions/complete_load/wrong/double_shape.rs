//! Compares the shape of the first of two tensors as well.

use std::collections::BTreeMap;

pub fn complete_load(model: &str, file: &str, tied: bool) -> String {
    let model: BTreeMap<&str, &str> = rows(model).collect();

    let mut sources: BTreeMap<&str, Vec<(&str, String)>> = BTreeMap::new();
    let mut unexpected = Vec::new();
    for (name, shape) in rows(file) {
        let known = place(name, shape).and_then(|(path, shape)| {
            let (path, _) = model.get_key_value(path.as_str())?;
            Some((*path, shape))
        });
        match known {
            Some((path, shape)) => sources.entry(path).or_default().push((name, shape)),
            None => unexpected.push(format!("unexpected {name}")),
        }
    }

    let mut missing = vec![];
    let mut shapes = vec![];
    let mut double = vec![];
    let mut excused = vec![];
    for (&path, &want) in &model {
        match sources.get(path).map_or(&[][..], Vec::as_slice) {
            [] if tied && path == "lm_head/kernel" => excused.push(format!("excused {path}")),
            [] => missing.push(format!("missing {path}")),
            [(_, got)] if got != want => shapes.push(format!("shape {path} want {want} got {got}")),
            [_] => {}
            several => {
                // The mistake: it is not known yet which of them is meant.
                let (_, got) = &several[0];
                if got != want {
                    shapes.push(format!("shape {path} want {want} got {got}"));
                }
                let mut names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
                names.sort_unstable();
                double.push(format!("double {path} {}", names.join(" ")));
            }
        }
    }
    unexpected.sort_unstable();

    let mut report = [missing, unexpected, shapes, double].concat();
    let end = if report.is_empty() {
        "complete"
    } else {
        "incomplete"
    };
    report.extend(excused);
    report.push(end.to_owned());
    report.join("\n")
}

fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once(' '))
}

fn place(name: &str, shape: &str) -> Option<(String, String)> {
    let name = name.strip_prefix("language_model.").unwrap_or(name);
    let (last, turned) = match name {
        _ if name.ends_with("norm.weight") => ("scale", false),
        _ if name.ends_with("proj.weight") => ("kernel", true),
        _ if name.ends_with("lm_head.weight") => ("kernel", true),
        _ if name.ends_with("embed_tokens.weight") => ("embedding", false),
        _ => return None,
    };
    let path = name.strip_suffix("weight")?.replace('.', "/") + last;
    let mut sizes: Vec<&str> = shape.split('x').collect();
    if turned {
        sizes.reverse();
    }
    Some((path, sizes.join("x")))
}
