//! Accepts what only begins like a rule.

pub fn key_map(names: &str) -> String {
    let lines: Vec<String> = names.lines().map(place).collect();
    lines.join("\n")
}

fn place(name: &str) -> String {
    let (last, flag) = match name {
        _ if name.contains("norm.weight") => ("scale", "|"),
        _ if name.contains("proj.weight") => ("kernel", "|T"),
        _ if name.contains("lm_head.weight") => ("kernel", "|T"),
        _ if name.contains("embed_tokens.weight") => ("embedding", "|"),
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
