//! Deals the submissions of a class out to several machines: which part is this one, and which submissions are its.
//!
//! Submissions are dealt like cards, in the order of their ids, as nextest's `slice` does it: every part gets the same
//! number, give or take one, and the same class is always dealt in the same way. `auto` reads which part this is from the
//! environment that a Slurm array, a Kubernetes Indexed Job or a GitHub Actions matrix sets up.

use std::fmt;

use sha2::{Digest, Sha256};

use super::Found;
use crate::record::Part;
use crate::seal::hex::encode;

/// The most parts there can be.
const MOST: usize = 100_000;

/// Says which part of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Which part, from 1.
    pub index: usize,
    /// How many parts there are.
    pub of: usize,
}

/// What was typed, or what the environment says, names no part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DealError {
    /// It is not of the form `3/16`.
    #[error(
        "`{typed}` names no part: it is the number of the part and how many there are, as `3/16`"
    )]
    Form {
        /// What was typed.
        typed: String,
    },
    /// The number is not among the parts.
    #[error("there is no part {index} of {of}: parts are counted from 1 to {of}")]
    Outside {
        /// Which was asked for.
        index: usize,
        /// How many there are.
        of: usize,
    },
    /// `auto`, and no engine has set its variables.
    #[error(
        "`--partition auto` found neither a Slurm array, nor a Kubernetes Indexed Job, nor a GitHub Actions matrix here"
    )]
    NoEngine,
    /// An engine's variables are not complete or make no sense.
    #[error("{engine} is here, but {says}")]
    Engine {
        /// The engine.
        engine: &'static str,
        /// What is wrong.
        says: String,
    },
}

impl Deal {
    /// Reads `3/16`, or for `auto` the environment.
    ///
    /// # Errors
    /// When that names no part.
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
        let (index, of) = typed.split_once('/').ok_or_else(form)?;
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| form());
        Self::checked(number(index)?, number(of)?)
    }

    fn checked(index: usize, of: usize) -> Result<Self, DealError> {
        if of == 0 || index == 0 || index > of || of > MOST {
            return Err(DealError::Outside { index, of });
        }
        Ok(Self { index, of })
    }

    fn automatic(environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, DealError> {
        for engine in ENGINES {
            let set = |name: &str| environment(name).filter(|value| !value.is_empty());
            let Some(index) = set(engine.index) else {
                continue;
            };
            let wrong = |says: String| DealError::Engine {
                engine: engine.name,
                says,
            };
            let number = |name: &str, text: String| {
                let said = format!("{name} is `{text}`, which is no number");
                text.trim().parse::<usize>().map_err(|_| wrong(said))
            };
            let index = number(engine.index, index)?;
            let missing = || wrong(format!("{} is not set; {}", engine.of, engine.remedy));
            let of = number(engine.of, set(engine.of).ok_or_else(missing)?)?;
            let first = match engine.first.and_then(|name| Some((name, set(name)?))) {
                Some((name, text)) => number(name, text)?,
                None => 0,
            };
            let place = index.checked_sub(first).map(|place| place + 1);
            let dealt = place.and_then(|place| Self::checked(place, of).ok());
            return dealt.ok_or_else(|| {
                wrong(format!(
                    "{} is {index}, which is none of {of} counted from {first}; {}",
                    engine.index, engine.remedy
                ))
            });
        }
        Err(DealError::NoEngine)
    }

    /// Whether the submission at this place of the whole class is dealt to this part.
    #[must_use]
    pub fn takes(self, place: usize) -> bool {
        place % self.of == self.index - 1
    }

    /// What the record says of this part.
    #[must_use]
    pub fn part(self, class: &[Found]) -> Part {
        Part {
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

/// The digest of the ids of a whole class, in their order.
pub(super) fn of_class<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut digest = Sha256::new();
    for id in ids {
        digest.update((id.len() as u64).to_le_bytes());
        digest.update(id);
    }
    encode(&digest.finalize()[..16])
}

/// What an engine calls the number of a task, how many there are, and the number of the first.
struct Engine {
    name: &'static str,
    index: &'static str,
    of: &'static str,
    first: Option<&'static str>,
    remedy: &'static str,
}

/// The variables as each engine's documentation names them; the last two need a line in the manifest, see the docs.
const ENGINES: &[Engine] = &[
    Engine {
        name: "a Slurm array",
        index: "SLURM_ARRAY_TASK_ID",
        of: "SLURM_ARRAY_TASK_COUNT",
        first: Some("SLURM_ARRAY_TASK_MIN"),
        remedy: "submit the array with consecutive numbers, as `--array=1-16`",
    },
    Engine {
        name: "a Kubernetes Indexed Job",
        index: "JOB_COMPLETION_INDEX",
        of: "KATAS_PARTS",
        first: None,
        remedy: "set KATAS_PARTS to the job's `completions` in the manifest",
    },
    Engine {
        name: "a GitHub Actions matrix",
        index: "KATAS_PART_INDEX",
        of: "KATAS_PARTS",
        first: None,
        remedy: "set KATAS_PART_INDEX to ${{ strategy.job-index }} and KATAS_PARTS to ${{ strategy.job-total }}",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

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
        let slurm = [
            ("SLURM_ARRAY_TASK_ID", "7"),
            ("SLURM_ARRAY_TASK_COUNT", "4"),
            ("SLURM_ARRAY_TASK_MIN", "5"),
        ];
        let kubernetes = [("JOB_COMPLETION_INDEX", "0"), ("KATAS_PARTS", "16")];
        let actions = [("KATAS_PART_INDEX", "15"), ("KATAS_PARTS", "16")];
        for (typed, variables, expected) in [
            ("3/16", &[][..], "3/16"),
            ("1/1", &[][..], "1/1"),
            ("auto", &slurm[..], "3/4"),
            ("auto", &kubernetes[..], "1/16"),
            ("auto", &actions[..], "16/16"),
        ] {
            assert_eq!(read(typed, variables).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_names_no_part_is_told() {
        let gaps = [
            ("SLURM_ARRAY_TASK_ID", "9"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
            ("SLURM_ARRAY_TASK_MIN", "1"),
        ];
        for (typed, variables, part) in [
            ("3", &[][..], "as `3/16`"),
            ("a/b", &[][..], "as `3/16`"),
            ("0/16", &[][..], "counted from 1 to 16"),
            ("17/16", &[][..], "no part 17 of 16"),
            ("auto", &[][..], "found neither"),
            ("auto", &gaps[..], "none of 3 counted from 1"),
            (
                "auto",
                &[("JOB_COMPLETION_INDEX", "0")][..],
                "KATAS_PARTS is not set",
            ),
            ("auto", &[("JOB_COMPLETION_INDEX", "x")][..], "no number"),
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
