//! Removes environments, drivers and compile caches that have not been used for a long time.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::files::{self, Cache};

/// How long something may stay unused; longer than a vacation.
const UNUSED: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// The prefixes of these folders' names.
const OURS: &[&str] = &["compiled-", "driver-", "env-"];

/// Marks these folders as used now, and removes old ones. Nothing depends on it, so errors are ignored.
pub(super) fn prune<'a>(cache: &Cache, used: impl IntoIterator<Item = &'a Path>) {
    // Links are resolved: a folder in use may be given by a different path.
    let Ok(place) = cache.folder().join("python").canonicalize() else {
        return;
    };
    let used = used.into_iter().flat_map(Path::canonicalize);
    for folder in used.filter(|folder| folder.starts_with(&place)) {
        let _ = File::open(folder).and_then(|folder| folder.set_modified(SystemTime::now()));
    }
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let age = entry.metadata().and_then(|about| about.modified());
        let age = age.ok().and_then(|changed| changed.elapsed().ok());
        if OURS.iter().any(|own| name.starts_with(own)) && age.is_some_and(|age| age > UNUSED) {
            files::tidy_away(&entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_and_not_used_goes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let at = |name: &str| folder.path().join("python").join(name);
        let old = SystemTime::now() - UNUSED - Duration::from_secs(60);
        for name in [
            "compiled-a",
            "driver-a",
            "env-a",
            "env-used",
            "env-new",
            "other-a",
        ] {
            std::fs::create_dir_all(at(name).join("lib")).unwrap();
            if name != "env-new" {
                File::open(at(name)).unwrap().set_modified(old).unwrap();
            }
        }
        // The user's own folders are not touched.
        let own = folder.path().join("env-own");
        std::fs::create_dir(&own).unwrap();
        File::open(&own).unwrap().set_modified(old).unwrap();
        for _ in 0..2 {
            prune(&cache, [at("env-used").as_path(), own.as_path()]);
            let entries = std::fs::read_dir(at("")).unwrap();
            let mut left: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
            left.sort();
            assert_eq!(left, ["env-new", "env-used", "other-a"]);
        }
        assert_eq!(std::fs::metadata(&own).unwrap().modified().unwrap(), old);
    }
}
