//! Looks for a word somewhere in the name.

pub fn key_map(names: &str) -> String {
    let lines: Vec<String> = names.lines().map(place).collect();
    lines.join("\n")
}

fn place(name: &str) -> String {
    // The mistake: the word decides, wherever it is.
    let (last, flag) = match name {
        _ if !name.ends_with(".weight") => return "no rule".to_owned(),
        _ if name.contains("norm") => ("scale", "|"),
        _ if name.contains("embed") => ("embedding", "|"),
        _ if name.contains("proj") => ("kernel", "|T"),
        _ if name.contains("lm_head") => ("kernel", "|T"),
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
