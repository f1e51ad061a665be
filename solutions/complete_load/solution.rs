use std::collections::BTreeMap;

/// Compares a file with a model, name by name and shape by shape, and returns a report.
///
/// `model` has lines "path shape"; `file` has lines "name shape" from PyTorch. If `tied`, the head uses the embedding table.
pub fn complete_load(model: &str, file: &str, tied: bool) -> String {
    let model: BTreeMap<&str, &str> = rows(model).collect();

    // Maps each path to the tensors of the file that belong there. Only the model can show what is missing, so its paths are
    // the keys.
    let mut sources: BTreeMap<&str, Vec<(&str, String)>> = BTreeMap::new();
    let mut unexpected = Vec::new();
    for (name, shape) in rows(file) {
        // If there is no rule, or the model has no such path, the tensor is unexpected.
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
            // If the embeddings are tied, the head may be missing, but nothing else.
            [] if tied && path == "lm_head/kernel" => excused.push(format!("excused {path}")),
            [] => missing.push(format!("missing {path}")),
            // Compare the whole shape, not the number of elements: 4x6 and 6x4 have the same number.
            [(_, got)] if got != want => shapes.push(format!("shape {path} want {want} got {got}")),
            [_] => {}
            // Several tensors have the same path. All but one of them would be lost without an error.
            several => {
                let mut names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
                names.sort_unstable();
                double.push(format!("double {path} {}", names.join(" ")));
            }
        }
    }
    // A BTreeMap sorts its paths, but the names in the file are not sorted.
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

/// The two columns of a text.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once(' '))
}

/// The path in the model for a name of the file, and the shape that the tensor has there; nothing if no rule fits.
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
