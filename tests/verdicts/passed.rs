//! Answers that pass, with unusual behavior.

super::screens! {
    own_names: 0,
    prints: 0,
    prints_controls: 0,
}

/// The text of the warning comes from the compiler and changes with its version.
#[test]
fn a_warning_is_shown_with_the_pass() {
    super::judge("hf_load", "warns", 0)
        .says("hf_load: passed.")
        .says("The compiler warns about line 17: unused variable: `unused`");
}
