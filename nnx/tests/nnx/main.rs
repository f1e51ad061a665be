//! Holds nnx to recorded values of real Flax and to the meanings its documentation gives; a file for each topic.
//!
//! The test of a new layer is next to this folder, where cargo finds it by itself. So is that of the counters, which
//! belong to the process.

mod api;
mod arithmetic;
mod checkpoints;
mod errors;
mod eval_shape;
mod filters;
mod graph;
mod halves;
mod linear;
mod modules;
mod panics;
mod random;
mod rngs;
mod safetensors;
mod state;
mod tensor;
mod tidy;
mod truth;
mod variables;

#[test]
fn no_file_is_forgotten() {
    let here = format!("{}/tests/nnx", env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".rs").filter(|name| *name != "main") else {
            continue;
        };
        assert!(
            include_str!("main.rs").contains(&format!("mod {name};")),
            "{name} is not in main.rs"
        );
        seen += 1;
    }
    assert!(seen > 10);
}
