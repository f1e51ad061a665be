//! The environment of a report: names and URLs that `classroom50` needs and that are not in the record.
//!
//! `cli` passes in the variables and the time; only `classroom50` uses the result.

use std::time::Duration;

/// Where and when a report is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// The classroom's short name.
    pub classroom: String,
    /// The assignment's short name.
    pub assignment: String,
    /// `individual` or `group`.
    pub assignment_type: String,
    /// Who submitted it: a login, or a group's name.
    pub owner: String,
    /// The tag of the submission, which begins with `submit/`.
    pub submission: String,
    /// The address of the commit.
    pub commit: String,
    /// The address of the release.
    pub release: String,
    /// The URL of the review.
    pub review: String,
    /// The time of grading, as formatted by [`utc`].
    pub graded_at: String,
}

impl Surroundings {
    /// Reads them from the variables that Classroom 50 sets, and returns the names of missing ones.
    ///
    /// A missing value gets a placeholder, so that a report created elsewhere is valid too.
    pub fn read(
        variable: impl Fn(&str) -> Option<String>,
        now: Duration,
    ) -> (Self, Vec<&'static str>) {
        let mut missing = Vec::new();
        let given = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let mut needed = |name: &'static str, instead: &str| {
            given(name).unwrap_or_else(|| {
                missing.push(name);
                instead.to_owned()
            })
        };
        let commit = needed("COMMIT_URL", UNKNOWN);
        let read = Self {
            classroom: needed("CLASSROOM", UNKNOWN),
            assignment: needed("ASSIGNMENT", UNKNOWN),
            submission: needed("SUBMISSION_TAG", "submit/unknown"),
            release: needed("RELEASE_URL", UNKNOWN),
            // Classroom 50 overwrites these two anyway.
            owner: given("OWNER").unwrap_or_else(|| UNKNOWN.to_owned()),
            assignment_type: given("ASSIGNMENT_TYPE")
                .filter(|kind| kind == "group")
                .unwrap_or_else(|| "individual".to_owned()),
            review: given("REVIEW_URL").unwrap_or_else(|| commit.clone()),
            commit,
            graded_at: utc(now),
        };
        (read, missing)
    }

    /// Returns placeholders, for a report that was created elsewhere.
    #[must_use]
    pub fn unknown() -> Self {
        Self::read(|_| None, Duration::ZERO).0
    }
}

const UNKNOWN: &str = "unknown";

/// Formats a time since 1970 as `2026-11-24T21:05:00Z`.
#[must_use]
pub fn utc(since_1970: Duration) -> String {
    let seconds = since_1970.as_secs();
    let (mut days, clock) = (seconds / 86_400, seconds % 86_400);
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    format!(
        "{year:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        month + 1,
        days + 1,
        clock / 3600,
        clock / 60 % 60,
        clock % 60,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_796_860_799, "2026-12-09T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(utc(Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn missing_values_get_a_placeholder() {
        let given = |name: &str| match name {
            "CLASSROOM" => Some("cs50".to_owned()),
            "COMMIT_URL" => Some("https://example.org/c/1".to_owned()),
            "ASSIGNMENT_TYPE" => Some("duo".to_owned()),
            "ASSIGNMENT" => Some(" ".to_owned()),
            _ => None,
        };
        let (read, missing) = Surroundings::read(given, Duration::ZERO);
        assert_eq!(missing, ["ASSIGNMENT", "SUBMISSION_TAG", "RELEASE_URL"]);
        assert_eq!(read.classroom, "cs50");
        assert_eq!(read.review, "https://example.org/c/1");
        assert_eq!(read.assignment_type, "individual");
        assert_eq!(read.submission, "submit/unknown");
    }
}
