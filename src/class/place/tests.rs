//! Links that replace a file while it is read, zips with contradictory directories, deep folders.

use super::*;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};

const RUST: AnswerLanguage<'_> = AnswerLanguage {
    extension: "rs",
    starter: "a starter",
};

fn place(base: &Path, holds: Holds) -> Place {
    Place {
        base: base.to_owned(),
        holds,
    }
}

/// A description of an answer: a word, or its text.
fn told(handed: SubmittedAnswer) -> String {
    match (handed.answer.map(|file| file.bytes), handed.lost) {
        (Some(Ok(bytes)), _) => String::from_utf8(bytes).unwrap(),
        (Some(Err(refusal)), _) => format!("{refusal:?}"),
        (None, Some(lost)) => format!("lost: {lost}"),
        (None, None) => handed.problem.unwrap_or_else(|| "nothing".to_owned()),
    }
}

/// Swaps a path with a link and back while another thread reads.
fn swapped(real: &Path, outside: &Path, read: impl FnOnce()) {
    let (aside, link) = (real.with_extension("aside"), real.with_extension("link"));
    symlink(outside, &link).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::fs::rename(real, &aside).unwrap();
                std::fs::rename(&link, real).unwrap();
                std::fs::rename(real, &link).unwrap();
                std::fs::rename(&aside, real).unwrap();
            }
        });
        read();
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn no_link_is_followed_at_any_moment() {
    let base = tempfile::tempdir().unwrap();
    let (class, secret) = (base.path().join("class"), base.path().join("secret"));
    for (folder, text) in [(class.join("ada"), "own"), (secret.clone(), "secret")] {
        for inside in ["katas/k", "elsewhere"] {
            std::fs::create_dir_all(folder.join(inside)).unwrap();
        }
        std::fs::write(folder.join("katas/k/k.rs"), text).unwrap();
        std::fs::write(folder.join("elsewhere/other.rs"), text).unwrap();
        let zip = File::create(folder.join("all.zip")).unwrap();
        let mut zip = zip::ZipWriter::new(zip);
        zip.start_file("k.rs", zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        zip.finish().unwrap();
    }
    let ada = |inside: &str| Path::new("ada").join(inside);
    let other = "elsewhere/other.rs";
    for (swap, kata, holds) in [
        ("katas/k/k.rs", "k", Holds::Folder("ada".into())),
        ("katas/k", "k", Holds::Folder("ada".into())),
        ("katas", "k", Holds::Folder("ada".into())),
        ("elsewhere", "other", Holds::Folder("ada".into())),
        ("", "k", Holds::Folder("ada".into())),
        (
            "elsewhere",
            "other",
            Holds::Files(vec![("other.rs".into(), ada(other))]),
        ),
        ("all.zip", "k", Holds::Zip(ada("all.zip"))),
        ("", "k", Holds::Zip(ada("all.zip"))),
    ] {
        let place = place(&class, holds);
        let real = match swap {
            "" => class.join("ada"),
            swap => class.join("ada").join(swap),
        };
        assert_eq!(told(place.answer(kata, &[RUST])), "own", "{swap}");
        swapped(&real, &secret.join(swap), || {
            for _ in 0..1000 {
                assert_ne!(told(place.answer(kata, &[RUST])), "secret", "{swap}");
            }
        });
        std::fs::remove_file(real.with_extension("link")).unwrap();
    }
}

#[test]
fn a_link_is_reported_as_a_link() {
    let base = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(base.path().join("ada/katas/k")).unwrap();
    std::fs::write(base.path().join("ada/k.rs"), "own").unwrap();
    std::fs::write(base.path().join("ada/katas/k/j.rs"), "own").unwrap();
    symlink("../../k.rs", base.path().join("ada/katas/k/k.rs")).unwrap();
    let place = place(base.path(), Holds::Folder("ada".into()));
    assert_eq!(told(place.answer("k", &[RUST])), "NotAnOrdinaryFile");
    assert_eq!(told(place.answer("j", &[RUST])), "own");
    assert_eq!(told(place.answer("i", &[RUST])), "nothing");
}

#[test]
fn deep_folders_are_reported() {
    let base = tempfile::tempdir().unwrap();
    let deep = |depth: usize| "d/".repeat(depth);
    for (name, depth) in [("most", DEEPEST), ("more", DEEPEST + 1)] {
        let folder = base.path().join(name).join(deep(depth));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("k.rs"), "own").unwrap();
    }
    let answer = |name: &str| place(base.path(), Holds::Folder(name.into())).answer("k", &[RUST]);
    assert_eq!(told(answer("most")), "own");
    assert_eq!(
        told(answer("more")),
        "it has folders more than 12 deep; their contents were ignored"
    );
}

/// The central directory of a zip, and its end record.
fn zip_of(entries: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for index in 0..entries {
        let name = format!("{index}");
        bytes.extend(b"PK\x01\x02");
        let mut entry = [0; 42];
        entry[24] = u8::try_from(name.len()).unwrap();
        bytes.extend(entry);
        bytes.extend(name.bytes());
    }
    let size = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    bytes.extend(end(entries, [size, [0; 4]], 0));
    bytes
}

/// The end record of a zip: the number of entries, the size and offset of the central directory, and the length of
/// the comment.
fn end(entries: usize, list: [[u8; 4]; 2], comment: u8) -> Vec<u8> {
    let entries = u16::try_from(entries).unwrap().to_le_bytes();
    let mut bytes = b"PK\x05\x06\0\0\0\0".to_vec();
    bytes.extend([entries, entries].concat());
    bytes.extend(list.concat());
    bytes.extend([comment, 0]);
    bytes
}

#[test]
fn a_zip_is_bounded_by_what_is_read_of_it() {
    let base = tempfile::tempdir().unwrap();
    let told = |bytes: &[u8]| {
        std::fs::write(base.path().join("zip"), bytes).unwrap();
        told(place(base.path(), Holds::Zip("zip".into())).answer("k", &[RUST]))
    };
    assert_eq!(told(&zip_of(20_000)), "nothing");
    let too_many = "lost: its zip cannot be read: it has more than 20000 files";
    assert_eq!(told(&zip_of(20_001)), too_many);
    // Its comment looks like another end record with one entry: a reader rejects it and takes the one before.
    let mut two_ends = zip_of(60_000);
    *two_ends.iter_mut().nth_back(1).unwrap() = 22;
    two_ends.extend(end(1, [[46, 0, 0, 0], [0xff, 0xff, 0xff, 0x7f]], 0));
    assert_eq!(told(&two_ends), too_many);
    assert_eq!(
        told(b"no zip"),
        "lost: its zip cannot be read: invalid Zip archive: Could not find EOCD"
    );
}

#[test]
fn a_name_that_is_not_a_file_is_not_reported_as_missing() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("ada");
    std::fs::create_dir(&folder).unwrap();
    symlink("/etc/hostname", folder.join("k.rs")).unwrap();
    let ada = place(base.path(), Holds::Folder("ada".into()));
    let handed = ada.answer("k", &[RUST]);
    let found = handed.answer.map(|file| (file.name, file.bytes));
    assert_eq!(
        found,
        Some(("k.rs".to_owned(), Err(Refusal::NotAnOrdinaryFile)))
    );
    // A file of that name takes precedence, wherever it is.
    std::fs::create_dir(folder.join("below")).unwrap();
    std::fs::write(folder.join("below/k.rs"), "own").unwrap();
    assert_eq!(told(ada.answer("k", &[RUST])), "own");
}
