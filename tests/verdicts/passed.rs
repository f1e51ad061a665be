//! Answers that pass, whatever else they do.

super::screens! {
    own_names: 0,
    prints: 0,
    prints_controls: 0,
}

/// The warning's words are the compiler's own and change with its versions.
#[test]
fn a_warning_is_told_beside_the_pass() {
    super::judge("hf_load", "warns", 0)
        .says("hf_load: passed.")
        .says("The compiler warns about line 17: unused variable: `unused`");
}
