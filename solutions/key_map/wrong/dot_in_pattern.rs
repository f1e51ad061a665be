//! Accepts any character where the endings have a dot.

pub fn key_map(names: &str) -> String {
    let lines: Vec<String> = names.lines().map(place).collect();
    lines.join("\n")
}

fn place(name: &str) -> String {
    // The mistake: any character before `weight` counts as the dot, as in the pattern `.*norm.weight`.
    let Some(start) = name.strip_suffix("weight") else {
        return "no rule".to_owned();
    };
    let mut characters = start.chars();
    characters.next_back();
    let layer = characters.as_str();
    let (last, flag) = match layer {
        _ if layer.ends_with("norm") => ("scale", "|"),
        _ if layer.ends_with("proj") => ("kernel", "|T"),
        _ if layer.ends_with("lm_head") => ("kernel", "|T"),
        _ if layer.ends_with("embed_tokens") => ("embedding", "|"),
        _ => return "no rule".to_owned(),
    };

    let mut parts: Vec<String> = name.split('.').map(numbered).collect();
    parts.pop();
    parts.push(last.to_owned());

    parts.join("/") + flag
}

fn numbered(part: &str) -> String {
    match part.parse::<usize>() {
        Ok(index) => format!("#{index}"),
        Err(_) => part.to_owned(),
    }
}
