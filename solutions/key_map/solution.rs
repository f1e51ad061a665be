/// Returns, for each line of `names`, the path of a tensor in the Flax model and whether it is transposed.
pub fn key_map(names: &str) -> String {
    let lines: Vec<String> = names.lines().map(place).collect();
    lines.join("\n")
}

/// The line for one name.
fn place(name: &str) -> String {
    // The end of the whole name shows what the tensor is. A search for "norm" or "proj" anywhere in the name would also find
    // q_proj.weight_scale_inv, which is a different tensor.
    let (last, flag) = match name {
        _ if name.ends_with("norm.weight") => ("scale", "|"),
        _ if name.ends_with("proj.weight") => ("kernel", "|T"),
        _ if name.ends_with("lm_head.weight") => ("kernel", "|T"),
        // An embedding table has one row per token in both libraries.
        _ if name.ends_with("embed_tokens.weight") => ("embedding", "|"),
        // "no rule" is better than a guess: no tensor is written to a place where it does not belong.
        _ => return "no rule".to_owned(),
    };

    let mut parts: Vec<String> = name.split('.').map(numbered).collect();
    // The last part, which is always "weight", is replaced.
    parts.pop();
    parts.push(last.to_owned());

    parts.join("/") + flag
}

/// A part of a path: in Flax, a position in a list is a number, and everything else is text.
fn numbered(part: &str) -> String {
    // The whole part must be a number: "10" is one, "tower2" is not.
    match part.parse::<usize>() {
        Ok(index) => format!("#{index}"),
        Err(_) => part.to_owned(),
    }
}
