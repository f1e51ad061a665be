//! The plan of a run: the katas and everything that a result depends on, prepared once for all submissions.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::catalog::Kata;
use crate::digest;
use crate::files::Cache;
use crate::grade::{self, GradeError, Unconfined};
use crate::record::{CaseAbout, ClassPart, CourseAbout, FORMAT, Judge, KataAbout, Record, Wording};
use crate::sandbox::{Author, Limits};
use crate::seal::ClassKey;
use crate::seal::hex::encode;
use crate::spec::{Case, CaseKind, Credit, KataLimits, SealedResults, Spec};
use crate::track::{Fault, Progress, Purpose, Session, Track, TrackError};
use crate::verdict::{Confined, KataResult};

/// Words a result; the function comes from `ui`, which is above this module.
pub type Tell = fn(&KataResult, &Spec) -> Wording;

/// The settings of a run.
pub struct Settings<'a> {
    /// The course's title.
    pub title: &'a str,
    /// How partial credit is given.
    pub credit: Credit,
    /// What students learn about sealed cases.
    pub sealed: SealedResults,
    /// The katas, in the course's order.
    pub katas: Vec<Kata>,
    /// The tracks that answers may be written in; a kata accepts those for which it has a starter.
    pub tracks: Vec<&'static dyn Track>,
    /// The class key; without it, sealed cases are not run.
    pub key: Option<&'a ClassKey>,
    /// The time limit, if one was given.
    pub time_limit: Option<Duration>,
    /// The number of answers that are judged in parallel.
    pub jobs: usize,
    /// What to do if this machine cannot confine the answers.
    pub unconfined: Unconfined,
    /// The cache for programs and results.
    pub cache: &'a Cache,
    /// Words the results.
    pub tell: Tell,
}

/// A track with its session, or why it has none.
type Opened = (&'static dyn Track, Result<Box<dyn Session>, TrackError>);

/// Everything that judging needs, shared by all workers.
pub struct Plan<'a> {
    /// The course, for the record.
    pub course: CourseAbout,
    /// The judge, for the record.
    pub judge: Judge,
    pub(super) settings: Settings<'a>,
    /// The session of each track, or why it has none.
    pub(super) sessions: Vec<Opened>,
    /// The decrypted sealed cases of each kata; empty without the key.
    pub(super) sealed: Vec<Option<Vec<Case>>>,
    /// The tracks of each kata.
    pub(super) offers: Vec<Vec<Offer>>,
}

/// A track in which a kata can be solved.
pub(super) struct Offer {
    /// Its index among the sessions.
    pub(super) session: usize,
    /// The kata's starter.
    pub(super) starter: String,
    /// The digest of everything that results depend on, except the answer; `None` if answers cannot be judged.
    pub(super) digest: [u8; 32],
}

impl<'a> Plan<'a> {
    /// Prepares the tools, the sealed cases and the digests.
    ///
    /// If a track's tools do not work, only its own answers are not judged: [`Plan::unavailable`] lists such tracks.
    ///
    /// # Errors
    /// When no track's tools work, this machine cannot confine the answers, or a kata is broken.
    pub fn new(
        settings: Settings<'a>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, GradeError> {
        let confined = grade::confined(Author::Untrusted);
        if settings.unconfined == Unconfined::Refuse && !confined.is_whole() {
            return Err(TrackError::not_confined(&confined.gaps()).into());
        }
        let purpose = Purpose::Class {
            workers: settings.jobs,
            untrusted: true,
        };
        let sessions = open(&settings, purpose, progress)?;
        let opened = sessions
            .iter()
            .filter_map(|(_, session)| session.as_deref().ok());
        let usual = KataLimits::default();
        let limits: Vec<_> = opened
            .clone()
            .map(|session| grade::limits(session, usual, settings.time_limit))
            .collect();
        let longest = limits.iter().map(|limits| limits.wall).max();
        let key = match settings.key {
            None => None,
            Some(key) => Some(key.name().map_err(|error| {
                TrackError::new(
                    Fault::Broken,
                    format!("cannot compute the digest of the class key: {error}"),
                    "a digest takes 32 MiB of memory; close some programs and try again",
                )
            })?),
        };
        let judge = Judge {
            katas: env!("CARGO_PKG_VERSION").to_owned(),
            digest: build(&limits),
            tools: opened
                .clone()
                .map(|session| (session.track().to_owned(), session.tools().name.clone()))
                .collect(),
            confined: layers(&confined, opened),
            not_confined: confined.gaps(),
            key,
            seconds: longest.unwrap_or_default().as_secs(),
        };
        let mut katas = Vec::new();
        let mut sealed = Vec::new();
        let mut offers = Vec::new();
        for kata in &settings.katas {
            let opened = match settings.key {
                None => None,
                Some(key) => Some(grade::open_sealed(kata, key)?),
            };
            let content = kata.digest()?;
            let mut about = about(kata, opened.as_deref(), &content)?;
            let mut offered = Vec::new();
            for (place, (track, session)) in sessions.iter().enumerate() {
                if !kata.has_starter(track.extension()) {
                    continue;
                }
                let starter = kata.starter(track.extension())?;
                about
                    .starters
                    .insert(track.name().to_owned(), starter.clone());
                offered.push(Offer {
                    session: place,
                    starter,
                    digest: session.as_ref().map_or([0; 32], |session| {
                        digest(&settings, &judge, &**session, kata, &content)
                    }),
                });
            }
            offers.push(offered);
            katas.push(about);
            sealed.push(opened);
        }
        let mut course = CourseAbout {
            title: settings.title.to_owned(),
            credit: settings.credit,
            sealed: settings.sealed,
            katas,
        };
        course.make_printable();
        Ok(Self {
            course,
            judge,
            settings,
            sessions,
            sealed,
            offers,
        })
    }

    /// The record of one submission before any of its answers is judged: what remains of it if the run is ended.
    #[must_use]
    pub fn unjudged(&self) -> Record {
        Record::unjudged(self.judge.clone(), self.course.clone(), ENDED)
    }

    /// The record of these submissions, which were judged by this plan; `part` says which part of the class they are.
    pub(super) fn record<S>(&self, part: Option<ClassPart>, submissions: S) -> Record<S> {
        Record {
            format: FORMAT.to_owned(),
            judge: self.judge.clone(),
            course: self.course.clone(),
            part,
            submissions,
        }
    }

    /// The tracks whose answers cannot be judged here, with the reasons.
    pub fn unavailable(&self) -> impl Iterator<Item = (&'static str, &TrackError)> {
        let all = self.sessions.iter();
        all.filter_map(|(track, session)| Some((track.name(), session.as_ref().err()?)))
    }
}

const ENDED: &str = "not judged: the grader was stopped before this answer's turn.";

/// Collects what a report needs to know about a kata; `sealed` contains its sealed cases if they were decrypted.
///
/// # Errors
/// When the lock cannot be read.
pub fn about(
    kata: &Kata,
    sealed: Option<&[Case]>,
    digest: &[u8; 32],
) -> Result<KataAbout, GradeError> {
    let case = |name: &str, kind| CaseAbout {
        name: name.to_owned(),
        kind,
    };
    let mut cases: Vec<_> = kata
        .spec
        .cases
        .iter()
        .map(|it| case(&it.name, it.kind))
        .collect();
    match sealed {
        Some(sealed) => cases.extend(sealed.iter().map(|it| case(&it.name, it.kind))),
        None => {
            if let Ok(Some(lock)) = kata.fitting_lock() {
                cases.extend(lock.sealed_names().map(|name| case(name, CaseKind::Sealed)));
            }
        }
    }
    Ok(KataAbout {
        id: kata.id.clone(),
        title: kata.spec.title.clone(),
        points: kata.spec.points,
        digest: encode(&digest[..16]),
        starters: BTreeMap::new(),
        cases,
    })
}

/// The layers that confine other people's answers, in words: one text, or two if only some languages run as static
/// binaries.
fn layers<'a>(confined: &Confined, sessions: impl Iterator<Item = &'a dyn Session>) -> Vec<String> {
    let words = |session: &dyn Session| {
        let held = session.held();
        let confined = Confined {
            one_file: held.one_file,
            nobody: confined.nobody && held.own_uid,
            ..confined.clone()
        };
        confined.words()
    };
    let words: BTreeSet<_> = sessions.map(words).collect();
    words.into_iter().collect()
}

/// Opens a session of each track of a kata.
///
/// # Errors
/// When no session can be opened.
fn open(
    settings: &Settings<'_>,
    purpose: Purpose,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Opened>, GradeError> {
    let mut sessions: Vec<Opened> = Vec::new();
    for track in &settings.tracks {
        let mut katas = settings.katas.iter();
        if katas.any(|kata| kata.has_starter(track.extension())) {
            sessions.push((*track, track.open(settings.cache, purpose, progress)));
        }
    }
    if sessions.iter().all(|(_, session)| session.is_err()) {
        // If there are several reasons, the first is reported.
        if let Some((_, Err(error))) = sessions.into_iter().next() {
            return Err(error.into());
        }
        for kata in &settings.katas {
            for track in &settings.tracks {
                // Says which starter is missing.
                kata.starter(track.extension())?;
            }
        }
        return Ok(Vec::new());
    }
    Ok(sessions)
}

/// The digest of this build of katas and of the limits.
fn build(limits: &[Limits]) -> String {
    let text = format!("{} {limits:?}", env!("KATAS_SOURCES"));
    encode(&Sha256::digest(text)[..8])
}

/// The digest of everything that a result depends on, except the answer.
fn digest(
    settings: &Settings<'_>,
    judge: &Judge,
    session: &dyn Session,
    kata: &Kata,
    content: &[u8; 32],
) -> [u8; 32] {
    let tools = session.tools();
    let limits = grade::limits(session, kata.spec.limits, settings.time_limit);
    let limits = format!("{limits:?}");
    let confined = format!("{:?} {:?}", judge.confined, judge.not_confined);
    let credit = format!("{:?} {:?}", settings.credit, settings.sealed);
    digest::of_parts([
        env!("KATAS_SOURCES").as_bytes(),
        judge.katas.as_bytes(),
        tools.name.as_bytes(),
        tools.digest.as_bytes(),
        session.track().as_bytes(),
        limits.as_bytes(),
        confined.as_bytes(),
        credit.as_bytes(),
        judge.key.as_deref().unwrap_or_default().as_bytes(),
        kata.id.as_bytes(),
        content,
    ])
}
