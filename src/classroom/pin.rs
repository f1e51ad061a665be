//! The version of `katas` that a class uses: a commit of a repository, or a program with its digest. Nothing else is
//! immutable.

/// The source of `katas`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pin {
    /// It is built from a commit.
    Git {
        /// The repository's URL.
        url: String,
        /// The commit.
        rev: String,
    },
    /// It is downloaded.
    Release {
        /// The URL of the program, or of a `.tar.gz` that contains it.
        url: String,
        /// The SHA-256 of the download, in hexadecimal.
        sha256: String,
    },
}

/// The arguments do not name an immutable version.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PinError {
    /// It is not a valid URL.
    #[error("{what} is not a valid URL: {why}")]
    Url {
        /// The argument, without anything that may be secret.
        what: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// It contains a user name or a token, which every student could read. The message does not repeat it, since logs
    /// keep messages.
    #[error("the URL contains a user name or a token, and every student can read it")]
    Secret,
    /// It is not a full commit hash.
    #[error("`{0}` is not a commit: a commit has 40 hexadecimal digits")]
    Rev(String),
    /// It is not a SHA-256.
    #[error("`{0}` is not a SHA-256: a SHA-256 has 64 hexadecimal digits")]
    Digest(String),
}

impl Pin {
    /// Parses a repository and a commit.
    ///
    /// # Errors
    /// When the URL is not valid, or the commit is not a full hash: a branch or a tag may point to a different commit
    /// tomorrow.
    pub(crate) fn git(url: &str, rev: &str) -> Result<Self, PinError> {
        let rev = rev.trim().to_lowercase();
        if !is_hexadecimal(&rev, 40) {
            return Err(PinError::Rev(rev));
        }
        Ok(Self::Git {
            url: address(url, &["https://", "ssh://", "file://"])?,
            rev,
        })
    }

    /// Parses a URL and a digest.
    ///
    /// # Errors
    /// When either is not valid.
    pub(crate) fn release(url: &str, sha256: &str) -> Result<Self, PinError> {
        let sha256 = sha256.trim().to_lowercase();
        if !is_hexadecimal(&sha256, 64) {
            return Err(PinError::Digest(sha256));
        }
        Ok(Self::Release {
            url: address(url, &["https://", "file://"])?,
            sha256,
        })
    }

    /// The variables that [`Pin::shell`] reads.
    pub(super) fn variables(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Git { url, rev } => vec![("KATAS_GIT", url), ("KATAS_REV", rev)],
            Self::Release { url, sha256 } => {
                vec![("KATAS_RELEASE", url), ("KATAS_SHA256", sha256)]
            }
        }
    }

    /// The variable that identifies the version.
    pub(super) fn version(&self) -> &'static str {
        match self {
            Self::Git { .. } => "KATAS_REV",
            Self::Release { .. } => "KATAS_SHA256",
        }
    }

    /// The shell commands that put the program into `$into/bin`.
    pub(super) fn shell(&self) -> &'static str {
        match self {
            Self::Git { .. } => GIT,
            Self::Release { url, .. } if is_archive(url) => ARCHIVE,
            Self::Release { .. } => PROGRAM,
        }
    }

    /// Returns instructions for students to install the program.
    pub(super) fn install_instructions(&self) -> String {
        match self {
            Self::Git { url, rev } => {
                format!("```console\n$ cargo install --git {url} --rev {rev} --locked katas\n```\n")
            }
            Self::Release { url, sha256 } => format!(
                "Download <{url}> and put `katas` into a folder of your `PATH`.\nThe download's SHA-256 is `{sha256}`.\n"
            ),
        }
    }

    /// Returns whether the download has to be unpacked.
    pub(super) fn is_archive(&self) -> bool {
        matches!(self, Self::Release { url, .. } if is_archive(url))
    }
}

fn is_archive(url: &str) -> bool {
    url.ends_with(".tar.gz") || url.ends_with(".tgz")
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.chars().all(|char| char.is_ascii_hexdigit())
}

/// A URL that is safe in YAML and in quoted strings of shells and Python, and that contains no secret.
fn address(url: &str, schemes: &[&str]) -> Result<String, PinError> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let host = rest.split('/').next().unwrap_or_default();
    if let Some((who, _)) = host.rsplit_once('@')
        && (scheme != "ssh" || who.contains(':'))
        // `git@example.org:a/katas` has an `@` but no secret; it is just not a URL.
        && (!scheme.is_empty() || who.contains(':'))
    {
        return Err(PinError::Secret);
    }
    let wrong = |why| {
        let shown = url.split(['?', '#']).next().unwrap_or_default();
        let what = match shown.contains('@') {
            true => "what was given".to_owned(),
            false => format!("`{shown}`"),
        };
        PinError::Url { what, why }
    };
    let scheme = schemes.iter().find(|scheme| url.starts_with(**scheme));
    let Some(scheme) = scheme else {
        return Err(wrong("a URL begins with https://"));
    };
    let rest = &url[scheme.len()..];
    let plain = |char: char| char.is_ascii_alphanumeric() || "-._~:/@%+=,?&#".contains(char);
    if rest.is_empty() || !rest.chars().all(plain) {
        return Err(wrong(
            "a URL may contain only letters, digits and -._~:/@%+=,?&#",
        ));
    }
    Ok(url.to_owned())
}

const GIT: &str = r#"cargo install --git "$KATAS_GIT" --rev "$KATAS_REV" --locked --root "$into" katas
"#;

const PROGRAM: &str = r#"mkdir -p "$into/bin"
curl --fail --silent --show-error --location --retry 3 --output "$into/download" "$KATAS_RELEASE"
printf '%s  %s\n' "$KATAS_SHA256" "$into/download" | sha256sum --check -
install -m 755 "$into/download" "$into/bin/katas"
"#;

const ARCHIVE: &str = r#"mkdir -p "$into/bin" "$into/unpacked"
curl --fail --silent --show-error --location --retry 3 --output "$into/download" "$KATAS_RELEASE"
printf '%s  %s\n' "$KATAS_SHA256" "$into/download" | sha256sum --check -
tar -xzf "$into/download" -C "$into/unpacked"
find "$into/unpacked" -type f -name katas -exec install -m 755 {} "$into/bin/katas" \;
test -x "$into/bin/katas"
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stays_what_it_is_is_taken() {
        let rev = "0123456789abcdef0123456789abcdef01234567";
        let digest = "ab".repeat(32);
        let git = |url: &str| Pin::git(url, rev).map_err(|error| error.to_string());
        assert!(git("https://example.org/a/katas.git").is_ok());
        assert!(git("ssh://git@example.org/a/katas").is_ok());
        for (url, says) in [
            ("example.org/katas", "begins with https://"),
            ("http://example.org/katas", "begins with https://"),
            ("https://", "letters, digits"),
            ("https://example.org/$(id)", "letters, digits"),
            ("https://example.org/${{ secrets.X }}", "letters, digits"),
            ("https://example.org/'", "letters, digits"),
            ("https://me:token@example.org/katas", "user name or a token"),
            ("http://me:token@example.org/katas", "user name or a token"),
            ("https://token@example.org/$(id)", "user name or a token"),
            ("ssh://me:token@example.org/katas", "user name or a token"),
            ("me:token@example.org/katas", "user name or a token"),
            ("http://example.org/katas?private=token", "begins with"),
            ("https://me:to/token@example.org/'", "letters, digits"),
            ("git@example.org:a/katas", "begins with https://"),
        ] {
            let error = git(url).unwrap_err();
            assert!(error.contains(says), "{url}: {error}");
            assert!(!error.replace("a token,", "").contains("token"), "{error}");
        }
        for rev in ["main", "v1.0", "0123456", &"g".repeat(40)] {
            assert!(Pin::git("https://example.org/katas", rev).is_err(), "{rev}");
        }
        assert!(Pin::release("https://example.org/katas", &digest).is_ok());
        assert!(Pin::release("https://example.org/katas", &digest[1..]).is_err());
    }
}
