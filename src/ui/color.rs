//! Whether to use color: the flag, then `NO_COLOR`, then `CLICOLOR_FORCE`, then `TERM=dumb`, then the stream itself.

use std::ffi::OsString;

/// The choice given with `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorChoice {
    /// If the stream supports it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Decides by the conventions of no-color.org and bixense.com/clicolors.
pub(super) fn decide(
    choice: ColorChoice,
    terminal: bool,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> bool {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto
            if variable("CLICOLOR_FORCE")
                .is_some_and(|value| value != "0" && !value.is_empty()) =>
        {
            true
        }
        ColorChoice::Auto => terminal && variable("TERM").is_none_or(|term| term != "dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(choice: ColorChoice, terminal: bool, variables: &[(&str, &str)], expected: bool) {
        let find = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        assert_eq!(decide(choice, terminal, &find), expected);
    }

    #[test]
    fn the_flag_comes_first_and_the_stream_last() {
        use ColorChoice::{Always, Auto, Never};
        check(Auto, true, &[], true);
        check(Auto, false, &[], false);
        check(Auto, true, &[("TERM", "dumb")], false);
        check(Auto, true, &[("NO_COLOR", "1")], false);
        check(Auto, true, &[("NO_COLOR", "")], true);
        check(Auto, false, &[("CLICOLOR_FORCE", "1")], true);
        check(Auto, false, &[("CLICOLOR_FORCE", "0")], false);
        check(
            Auto,
            false,
            &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")],
            true,
        );
        check(
            Auto,
            true,
            &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
            false,
        );
        check(Always, false, &[("NO_COLOR", "1")], true);
        check(Never, true, &[("CLICOLOR_FORCE", "1")], false);
    }
}
