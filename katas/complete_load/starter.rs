use std::collections::BTreeMap;

/// Compares a file with a model, name by name and shape by shape, and returns a report.
///
/// `model` has lines "path shape", and `file` has lines "name shape", as PyTorch wrote them.
/// If `tied` is true, the head uses the embedding table.
pub fn complete_load(model: &str, file: &str, tied: bool) -> String {
    // The shape of each path.
    let model: BTreeMap<&str, &str> = rows(model).collect();
    // The name of each tensor, with its path and its shape in the model if there is a rule.
    let file: Vec<(&str, Option<(String, String)>)> = rows(file)
        .map(|(name, shape)| (name, place(name, shape)))
        .collect();

    todo!("report (tied: {tied}) what the model has, {model:?}, and what the file has, {file:?}")
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
