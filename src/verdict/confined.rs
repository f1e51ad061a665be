//! The confinement of an answer while it was compiled and run, recorded with every result.

/// What this machine enforced on the answer's compiler and program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confined {
    /// The operating system, as `linux` or `macos`.
    pub system: &'static str,
    /// The version of Landlock; `None` without it.
    pub landlock: Option<u32>,
    /// Whether system calls were filtered.
    pub calls: bool,
    /// Whether the program was a static binary, for which no system call with a path works.
    pub one_file: bool,
    /// Whether the program ran under a uid that owns nothing.
    pub nobody: bool,
    /// What was not enforced, each as a verb phrase about the answer; empty if it was confined.
    pub missing: Vec<String>,
}

impl Confined {
    /// Whether nothing was missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    /// What was missing, each as a clause about answers: "they can read and change your files".
    #[must_use]
    pub fn gaps(&self) -> Vec<String> {
        let gaps = self.missing.iter();
        gaps.map(|missing| format!("they {missing}")).collect()
    }

    /// The warning if something is missing.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let (last, before) = self.missing.split_last()?;
        let missing = if before.is_empty() {
            last.clone()
        } else {
            format!("{}, and it {last}", before.join(", it "))
        };
        let system = match self.system {
            "linux" => "this Linux",
            "macos" => "macOS",
            other => other,
        };
        Some(format!(
            "NOT CONFINED on {system}: an answer {missing}. Only run code you trust."
        ))
    }

    /// The active layers, in words.
    #[must_use]
    pub fn words(&self) -> String {
        let mut layers = Vec::new();
        if let Some(version) = self.landlock {
            layers.push(format!("Landlock ABI {version}"));
        }
        if self.calls {
            layers.push("seccomp".to_owned());
        }
        if self.one_file {
            layers.push("static binary".to_owned());
        }
        if self.nobody {
            layers.push("separate uid".to_owned());
        }
        layers.push("resource limits".to_owned());
        layers.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_names_what_is_missing() {
        let mut confined = Confined {
            system: "macos",
            landlock: None,
            calls: false,
            one_file: false,
            nobody: false,
            missing: vec![
                "can read and change your files".to_owned(),
                "can reach the network".to_owned(),
            ],
        };
        let warning = confined.warning().expect("something is missing");
        assert_eq!(
            warning,
            "NOT CONFINED on macOS: an answer can read and change your files, and it can reach the network. \
             Only run code you trust."
        );
        assert_eq!(confined.words(), "resource limits");
        confined.missing.clear();
        assert_eq!(confined.warning(), None);
    }
}
