//! Calls every weight a kernel and transposes it.

pub fn key_map(names: &str) -> String {
    let lines: Vec<String> = names.lines().map(place).collect();
    lines.join("\n")
}

fn place(name: &str) -> String {
    let parts: Vec<String> = name
        .replace("weight", "kernel")
        .split('.')
        .map(numbered)
        .collect();
    parts.join("/") + "|T"
}

fn numbered(part: &str) -> String {
    match part.parse::<usize>() {
        Ok(index) => format!("#{index}"),
        Err(_) => part.to_owned(),
    }
}
