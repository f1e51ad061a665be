//! The sessions of one purpose, one for each track.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Progress, Purpose, Session, Track, TrackError};
use crate::files::Cache;

/// The sessions of one purpose: one for each track, opened on first use.
pub struct Sessions<'a> {
    cache: &'a Cache,
    purpose: Purpose,
    open: Mutex<Vec<Arc<dyn Session>>>,
}

impl<'a> Sessions<'a> {
    /// Creates an empty set.
    #[must_use]
    pub fn new(cache: &'a Cache, purpose: Purpose) -> Self {
        Self {
            cache,
            purpose,
            open: Mutex::default(),
        }
    }

    /// The session of a track.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn of(
        &self,
        track: &dyn Track,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Arc<dyn Session>, TrackError> {
        // Locked while a session is opened, so that it is opened only once. A panic leaves the list unchanged.
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(session) = open.iter().find(|session| session.track() == track.name()) {
            return Ok(Arc::clone(session));
        }
        let session: Arc<dyn Session> = track.open(self.cache, self.purpose, progress)?.into();
        open.push(Arc::clone(&session));
        Ok(session)
    }
}
