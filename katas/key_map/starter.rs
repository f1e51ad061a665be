/// Returns, for each line of `names`, the path of a tensor in the Flax model and whether it is transposed.
///
/// Each line is like `model/layers/#0/mlp/up_proj/kernel|T`, or `no rule`.
pub fn key_map(names: &str) -> String {
    let lines: Vec<String> = names.lines().map(place).collect();
    lines.join("\n")
}

/// The line for one name.
fn place(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();

    todo!("find the rule for {name:?} and write the path of {parts:?}")
}
