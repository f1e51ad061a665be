//! Splits the submissions of a class into parts for several machines: which part this machine judges, and which
//! submissions it contains.
//!
//! Submissions are assigned round-robin in the order of their ids, like nextest's `slice`: the parts differ in size
//! by at most one, and the same class is always split in the same way. nextest's prefix is accepted. `auto` reads
//! which part this is from the environment that a Slurm array, a Kubernetes Indexed Job or a GitHub Actions matrix
//! sets up.

use std::fmt;

use super::SubmissionFiles;
use crate::digest;
use crate::record::ClassPart;
use crate::seal::hex::encode;

/// The maximum number of parts.
const MOST: usize = 100_000;

/// One part of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deal {
    /// The number of this part, from 1.
    pub index: usize,
    /// The number of parts.
    pub of: usize,
}

/// The argument or the environment does not name a valid part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DealError {
    /// It is not of the form `3/16`.
    #[error(
        "`{typed}` is not a part: write its number and how many parts there are, such as `3/16`"
    )]
    Form {
        /// What was typed.
        typed: String,
    },
    /// The number is out of range.
    #[error("there is no part {index} of {of}: parts are counted from 1 to {of}")]
    Outside {
        /// The requested part.
        index: usize,
        /// How many there are.
        of: usize,
    },
    /// There are too many parts.
    #[error("{of} parts are too many: there can be {MOST}")]
    TooMany {
        /// The requested number of parts.
        of: usize,
    },
    /// `auto`, and no batch system has set its variables.
    #[error(
        "`--partition auto` found neither a Slurm array, nor a Kubernetes Indexed Job, nor a GitHub Actions matrix here"
    )]
    NoEngine,
    /// A batch system's variables are incomplete or inconsistent.
    #[error("{engine} was found, but {says}")]
    Engine {
        /// The batch system.
        engine: &'static str,
        /// What is wrong.
        says: String,
    },
}

impl Deal {
    /// Parses `3/16`, or reads the environment for `auto`.
    ///
    /// # Errors
    /// When that does not name a valid part.
    pub fn read(
        typed: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, DealError> {
        if typed == "auto" {
            return Self::automatic(environment);
        }
        let form = || DealError::Form {
            typed: typed.to_owned(),
        };
        let part = typed.strip_prefix("slice:").unwrap_or(typed);
        let (index, of) = part.split_once('/').ok_or_else(form)?;
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| form());
        Self::checked(number(index)?, number(of)?)
    }

    fn checked(index: usize, of: usize) -> Result<Self, DealError> {
        if of > MOST {
            return Err(DealError::TooMany { of });
        }
        if of == 0 || index == 0 || index > of {
            return Err(DealError::Outside { index, of });
        }
        Ok(Self { index, of })
    }

    fn automatic(environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, DealError> {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        let mut here = ENGINES.iter().filter(|engine| set(engine.index).is_some());
        let engine = here.next().ok_or(DealError::NoEngine)?;
        // Variables that a manifest sets on purpose take precedence over those that a batch system sets by itself.
        if let (false, Some(other)) = (engine.is_ours, here.next()) {
            return Err(engine.wrong(format!(
                "{} was found too: set KATAS_PART_INDEX and KATAS_PARTS to choose the part",
                other.name
            )));
        }
        let number = |name: &'static str| -> Result<usize, DealError> {
            let text = set(name);
            let text =
                text.ok_or_else(|| engine.wrong(format!("{name} is not set; {}", engine.remedy)))?;
            let parsed = text.trim().parse();
            parsed.map_err(|_| engine.wrong(format!("{name} is `{text}`, which is not a number")))
        };
        let (index, of) = (number(engine.index)?, number(engine.of)?);
        let first = engine.first.map_or(Ok(0), number)?;
        let step = engine.step.map_or(Ok(1), number)?;
        let last = engine
            .last
            .map_or(Ok(first + of.saturating_sub(1) * step), number)?;
        let is_even = step > 0 && of > 0 && last >= first && (last - first) / step + 1 == of;
        let place = index
            .checked_sub(first)
            .filter(|past| is_even && past % step == 0);
        let dealt = place.and_then(|past| Self::checked(past / step + 1, of).ok());
        dealt.ok_or_else(|| {
            engine.wrong(format!(
                "{} is {index}, which is not one of the {of} from {first} to {last}; {}",
                engine.index, engine.remedy
            ))
        })
    }

    /// Whether the submission at this index of the whole class belongs to this part.
    fn takes(self, place: usize) -> bool {
        place % self.of == self.index - 1
    }

    /// The submissions of the whole class that belong to this part.
    #[must_use]
    pub fn share(self, class: Vec<SubmissionFiles>) -> Vec<SubmissionFiles> {
        let all = class.into_iter().enumerate();
        let share = all.filter(|(place, _)| self.takes(*place));
        share.map(|(_, found)| found).collect()
    }

    /// This part as it is stored in the record.
    #[must_use]
    pub fn part(self, class: &[SubmissionFiles]) -> ClassPart {
        ClassPart {
            index: self.index,
            of: self.of,
            submissions: class.len(),
            class: of_class(class.iter().map(|found| found.id.as_str())),
        }
    }
}

impl fmt::Display for Deal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.index, self.of)
    }
}

/// The digest of the ids of a whole class, in order.
pub(super) fn of_class<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    encode(&digest::of_parts(ids)[..16])
}

/// The variables with which a batch system identifies a task.
struct Engine {
    name: &'static str,
    /// Whether the variables are our own, set in a manifest on purpose.
    is_ours: bool,
    index: &'static str,
    of: &'static str,
    first: Option<&'static str>,
    last: Option<&'static str>,
    step: Option<&'static str>,
    remedy: &'static str,
}

impl Engine {
    fn wrong(&self, says: String) -> DealError {
        DealError::Engine {
            engine: self.name,
            says,
        }
    }
}

/// The variables as each batch system's documentation names them; those that begin with KATAS need a line in the manifest.
const ENGINES: &[Engine] = &[
    Engine {
        name: "a GitHub Actions matrix",
        is_ours: true,
        index: "KATAS_PART_INDEX",
        of: "KATAS_PARTS",
        first: None,
        last: None,
        step: None,
        remedy: "set KATAS_PART_INDEX to ${{ strategy.job-index }} and KATAS_PARTS to ${{ strategy.job-total }}",
    },
    Engine {
        name: "a Kubernetes Indexed Job",
        is_ours: false,
        index: "JOB_COMPLETION_INDEX",
        of: "KATAS_PARTS",
        first: None,
        last: None,
        step: None,
        remedy: "set KATAS_PARTS to the job's `completions` in the manifest",
    },
    Engine {
        name: "a Slurm array",
        is_ours: false,
        index: "SLURM_ARRAY_TASK_ID",
        of: "SLURM_ARRAY_TASK_COUNT",
        first: Some("SLURM_ARRAY_TASK_MIN"),
        last: Some("SLURM_ARRAY_TASK_MAX"),
        step: Some("SLURM_ARRAY_TASK_STEP"),
        remedy: "submit the array with evenly spaced numbers, such as `--array=1-16`",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads Slurm's variables: the task, and the array's first and last number, step and count.
    fn slurm(id: &'static str, array: [&'static str; 4]) -> Vec<(&'static str, &'static str)> {
        vec![
            ("SLURM_ARRAY_TASK_ID", id),
            ("SLURM_ARRAY_TASK_MIN", array[0]),
            ("SLURM_ARRAY_TASK_MAX", array[1]),
            ("SLURM_ARRAY_TASK_STEP", array[2]),
            ("SLURM_ARRAY_TASK_COUNT", array[3]),
        ]
    }

    fn read(typed: &str, variables: &[(&str, &str)]) -> Result<String, String> {
        let environment = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let deal = Deal::read(typed, &environment);
        deal.map(|deal| deal.to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_part_is_typed_or_read_from_the_engine() {
        let slurm = slurm("7", ["5", "8", "1", "4"]);
        let stepped = self::slurm("9", ["1", "13", "4", "4"]);
        let kubernetes = [("JOB_COMPLETION_INDEX", "0"), ("KATAS_PARTS", "16")];
        let actions = [("KATAS_PART_INDEX", "15"), ("KATAS_PARTS", "16")];
        for (typed, variables, expected) in [
            ("3/16", &[][..], "3/16"),
            ("1/1", &[][..], "1/1"),
            ("slice:3/16", &[][..], "3/16"),
            ("auto", &slurm[..], "3/4"),
            ("auto", &stepped[..], "3/4"),
            ("auto", &kubernetes[..], "1/16"),
            ("auto", &actions[..], "16/16"),
        ] {
            assert_eq!(read(typed, variables).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn an_invalid_part_is_an_error() {
        // --array=1,3,7
        let gaps = slurm("7", ["1", "7", "1", "3"]);
        let both = [
            slurm("7", ["5", "8", "1", "4"]).as_slice(),
            &[("JOB_COMPLETION_INDEX", "0")],
        ]
        .concat();
        for (typed, variables, part) in [
            ("3", &[][..], "such as `3/16`"),
            ("a/b", &[][..], "such as `3/16`"),
            ("0/16", &[][..], "counted from 1 to 16"),
            ("17/16", &[][..], "no part 17 of 16"),
            ("auto", &[][..], "found neither"),
            ("auto", &gaps[..], "not one of the 3 from 1 to 7"),
            ("auto", &both[..], "a Slurm array was found too"),
            ("hash:1/2", &[][..], "such as `3/16`"),
            (
                "auto",
                &[("JOB_COMPLETION_INDEX", "0")][..],
                "KATAS_PARTS is not set",
            ),
            ("auto", &[("JOB_COMPLETION_INDEX", "x")][..], "not a number"),
        ] {
            let error = read(typed, variables).expect_err(typed);
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn every_submission_is_dealt_to_one_part_and_evenly() {
        for (submissions, of) in [(300, 16), (5, 16), (16, 16), (1, 1), (0, 3)] {
            let mut sizes = vec![0; of];
            for place in 0..submissions {
                let takers = (1..=of).filter(|index| Deal { index: *index, of }.takes(place));
                let takers: Vec<_> = takers.collect();
                assert_eq!(takers.len(), 1);
                sizes[takers[0] - 1] += 1;
            }
            let most = sizes.iter().max().unwrap();
            assert!(most - sizes.iter().min().unwrap() <= 1, "{sizes:?}");
        }
    }
}
