//! Tests of the whole lock: creating, reading, updating, stale and tampered files, right and wrong keys.

mod tolerance;

use super::*;
use crate::array::{Array, Dtype, Value};
use crate::files::Cache;
use crate::spec::{Case, Spec, parse, parse_sealed};
use crate::verdict::Failure;

const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

const SPEC: &str = "\
format: 1
title: t
difficulty: easy
points: 1
function: f
params: {x: \"f32[n]\"}
returns: f32[n]
narrow: two numbers are two numbers
cases:
- {name: one, given: {x: [1, 2]}, expect: [2, 3]}
- {name: two, hidden: true, given: {x: [3, 4]}}
- {name: three, hidden: true, given: {x: [5, 6]}}
pitfalls: {off: It is one off.}
";

const SEALED: &str = "\
format: 1
cases:
- {name: four, note: Mind the sign., given: {x: [7, 8]}, expect: [1234.5, 9]}
";

fn spec(text: &str) -> Spec {
    parse("kata.yaml", text, &|_| {
        Err(std::io::ErrorKind::NotFound.into())
    })
    .unwrap()
}

fn f32s(values: &[f32]) -> Value {
    let bits: Vec<u64> = values.iter().map(|value| value.to_bits().into()).collect();
    Value::Array(Array::flat(Dtype::F32, &bits))
}

fn key(text: &str) -> ClassKey {
    ClassKey::new(Zeroizing::new(text.as_bytes().to_vec())).unwrap()
}

/// A complete kata with its author's files.
struct World {
    _folder: tempfile::TempDir,
    cache: Cache,
    spec: Spec,
    hidden: Vec<(String, Value)>,
    mistakes: Vec<Mistake>,
    used: Option<Vec<Used>>,
    solution: Vec<(String, String)>,
    sealed: Vec<Case>,
    key: Option<ClassKey>,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spec = spec(SPEC);
        let files = |_: &str| Err(std::io::ErrorKind::NotFound.into());
        let sealed = parse_sealed("sealed.yaml", SEALED, &spec, &files).unwrap();
        let panicked = Failure::Panicked {
            message: String::new(),
            place: None,
        };
        Self {
            cache: Cache::in_folder(folder.path()),
            _folder: folder,
            hidden: vec![
                ("two".into(), f32s(&[4.0, 5.0])),
                ("three".into(), f32s(&[6.0, 7.0])),
            ],
            mistakes: vec![Mistake {
                id: "off".into(),
                track: "rust".into(),
                source: "fn f() {}\n".into(),
                outcomes: [&[1.0, 2.0][..], &[4.0, 5.0], &[5.0]]
                    .map(|numbers| Ok(f32s(numbers)))
                    .to_vec(),
                sealed: vec![Err(panicked)],
            }],
            used: Some(vec![Used {
                traces: Vec::new(),
                case: "one".into(),
                inputs: vec!["x".into()],
            }]),
            solution: vec![("solution.rs".into(), "fn f() { right() }\n".into())],
            sealed,
            key: Some(key("correct horse battery staple")),
            spec,
        }
    }

    fn parts(&self) -> Parts<'_> {
        Parts {
            pairs: None,
            id: "kata",
            spec: &self.spec,
            hidden: &self.hidden,
            mistakes: &self.mistakes,
            variants: &[],
            used: self.used.as_deref(),
            solution: Some(&self.solution),
            sealed: &self.sealed,
            class_key: self.key.as_ref(),
            cost: CHEAP,
            cache: &self.cache,
        }
    }

    fn lock(&self) -> Lock {
        make(&self.parts(), None).unwrap()
    }

    fn findings(&self, lock: &Lock) -> Vec<String> {
        let found = check(&self.parts(), Some(lock), true).unwrap();
        found.into_iter().map(|finding| finding.what).collect()
    }
}

#[test]
fn a_lock_is_read_as_it_was_made_and_fits() {
    let world = World::new();
    let lock = world.lock();
    let read = Lock::read("kata", &lock.bytes()).unwrap();
    assert_eq!(read, lock);
    read.fits(&world.spec).unwrap();
    assert_eq!(world.findings(&lock), Vec::<String>::new());
    assert_eq!(lock.sealed_names().collect::<Vec<_>>(), ["four"]);
}

#[test]
fn sealing_again_changes_nothing_that_has_not_changed() {
    let mut world = World::new();
    let lock = world.lock();
    assert_eq!(make(&world.parts(), Some(&lock)).unwrap(), lock);
    // Without the key the sealed cases stay as they are.
    let held = world.key.take();
    assert_eq!(make(&world.parts(), Some(&lock)).unwrap(), lock);
    assert!(matches!(make(&world.parts(), None), Err(SealError::NoKey)));
    world.key = held;
    world.hidden[0].1 = f32s(&[4.0, 5.5]);
    let other = make(&world.parts(), Some(&lock)).unwrap();
    assert_ne!(other.hidden[0].salt, lock.hidden[0].salt);
    assert_eq!(other.hidden[1], lock.hidden[1]);
    assert_eq!(other.sealed, lock.sealed);
    assert_ne!(other.solution, lock.solution);
}

#[test]
fn nothing_secret_can_be_read_in_it() {
    let world = World::new();
    let text = String::from_utf8(world.lock().bytes()).unwrap();
    for secret in ["right()", "Mind the sign", "1234.5", "staple"] {
        assert!(!text.contains(secret), "{secret}");
        assert!(!text.contains(&hex::encode(secret.as_bytes())), "{secret}");
    }
    let bytes = |value: f32| hex::encode(&value.to_le_bytes());
    for value in [4.0, 5.0, 6.0, 7.0, 1234.5] {
        assert!(!text.contains(&bytes(value).repeat(2)), "{value}");
    }
}

#[test]
fn fingerprints_identify_the_outputs_of_a_mistake() {
    let world = World::new();
    let lock = world.lock();
    let [recorded] = lock.pitfalls() else {
        panic!("one mistake is recorded");
    };
    let [shown, same, short] = recorded.cases.as_slice() else {
        panic!("each case has a fingerprint");
    };
    let form = canonical::canonical(
        &world.spec,
        world.spec.cases[0].kind,
        Ok(&f32s(&[1.0, 2.0])),
    );
    assert_eq!(*shown, Fingerprint::quick(&Ok(f32s(&[1.0, 2.0])), &form));
    assert_eq!(*same, Fingerprint::Right);
    assert_eq!(*short, Fingerprint::Wrong);
}

#[test]
fn only_the_right_outputs_decrypt_the_solution() {
    let world = World::new();
    let lock = world.lock();
    let open = |hidden: &[_]| lock.open_solution("kata", &world.spec, hidden).unwrap();
    assert_eq!(open(&world.hidden), Some(world.solution.clone()));
    let mut wrong = world.hidden.clone();
    wrong[1].1 = f32s(&[6.0, f32::from_bits(7.0_f32.to_bits() + 1)]);
    assert_eq!(open(&wrong), None);
    assert!(matches!(
        lock.open_solution("kata", &world.spec, &world.hidden[..1]),
        Err(SealError::NoOutput { .. })
    ));
    assert_eq!(
        lock.open_solution("other", &world.spec, &world.hidden)
            .unwrap(),
        None
    );
}

#[test]
fn the_class_key_decrypts_sealed_cases_and_a_wrong_key_is_recognized() {
    let world = World::new();
    let lock = world.lock();
    let opened = lock
        .open_sealed("kata", world.key.as_ref().unwrap())
        .unwrap();
    let same =
        |a: &Case, b: &Case| (&a.given, &a.expect, &a.note) == (&b.given, &b.expect, &b.note);
    assert!(same(&opened[0], &world.sealed[0]));
    let wrong = lock.open_sealed("kata", &key("correct horse battery stapel"));
    assert!(matches!(wrong, Err(SealError::WrongKey)));
    let mut damaged = lock.clone();
    let cases = &mut damaged.sealed.as_mut().unwrap().cases;
    "three".clone_into(&mut cases[0].name);
    assert!(matches!(
        damaged.open_sealed("kata", world.key.as_ref().unwrap()),
        Err(SealError::Damaged { .. })
    ));
}

#[test]
fn every_change_of_the_file_is_noticed() {
    let world = World::new();
    let text = String::from_utf8(world.lock().bytes()).unwrap();
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut places = Vec::new();
    leaves(&whole, &mut String::new(), &mut places);
    assert!(places.len() > 25, "{places:?}");
    for place in places {
        let mut other = whole.clone();
        let leaf = other.pointer_mut(&place).unwrap();
        *leaf = match &*leaf {
            serde_json::Value::String(text) => {
                // Another digit, so that it is still hexadecimal.
                let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
                format!("{}{rest}", if first == "1" { "2" } else { "1" }).into()
            }
            serde_json::Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
            _ => "x".into(),
        };
        let error = Lock::read("kata", other.to_string().as_bytes());
        let error = error.expect_err(&place);
        let expected = match place.as_str() {
            "/format" => matches!(error, SealError::Newer { format: 3 }),
            _ => matches!(error, SealError::Changed | SealError::NoLock { .. }),
        };
        assert!(expected, "{place}: {error}");
    }
}

fn leaves(value: &serde_json::Value, at: &mut String, places: &mut Vec<String>) {
    let length = at.len();
    let mut inside = |key: &str, value: &serde_json::Value| {
        at.push('/');
        at.push_str(key);
        leaves(value, at, places);
        at.truncate(length);
    };
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| inside(key, value)),
        serde_json::Value::Array(list) => {
            let numbered = list.iter().enumerate();
            numbered.for_each(|(index, value)| inside(&index.to_string(), value));
        }
        _ => places.push(at.clone()),
    }
}

#[test]
fn a_lock_that_is_none_is_refused() {
    let world = World::new();
    let bytes = world.lock().bytes();
    assert!(matches!(
        Lock::read("other", &bytes),
        Err(SealError::OtherKata { .. })
    ));
    for wrong in [
        &bytes[..bytes.len() / 2],
        b"",
        b"[]",
        b"{\"format\": 2}",
        b"\xff",
    ] {
        assert!(matches!(
            Lock::read("kata", wrong),
            Err(SealError::NoLock { .. })
        ));
    }
}

#[test]
fn a_change_of_the_spec_that_matters_makes_it_out_of_date() {
    let world = World::new();
    let lock = world.lock();
    for (old, new) in [
        ("[1, 2]", "[1, 2.5]"),
        ("[3, 4]", "[3, -4]"),
        ("[2, 3]", "[2, 4]"),
        ("name: two", "name: zwei"),
        ("function: f", "function: g"),
        ("off: It", "on: It"),
        ("narrow:", "zeros: equal\nnarrow:"),
        ("narrow:", "compare: {ulp: 1}\nnarrow:"),
    ] {
        let other = spec(&SPEC.replace(old, new));
        assert!(matches!(lock.fits(&other), Err(SealError::Stale)), "{new}");
    }
    for (old, new) in [
        ("title: t", "title: u"),
        ("It is", "You are"),
        ("points: 1", "points: 2"),
    ] {
        lock.fits(&spec(&SPEC.replace(old, new))).unwrap();
    }
}

#[test]
fn an_older_lock_has_no_data_about_inputs() {
    let mut world = World::new();
    let used = world.used.take();
    let old = world.lock();
    assert!(!String::from_utf8(old.bytes()).unwrap().contains("used"));
    assert_eq!(Lock::read("kata", &old.bytes()).unwrap(), old);
    world.used = used;
    assert_eq!(
        world.findings(&old),
        ["kata.lock is out of date: it does not say which inputs matter."]
    );
    let new = make(&world.parts(), Some(&old)).unwrap();
    assert_eq!(new.used("one"), Some(["x".to_owned()].as_slice()));
    assert_eq!((new.hidden, new.solution), (old.hidden, old.solution));
}

#[track_caller]
fn check_finding(change: impl FnOnce(&mut World), expected: &[&str]) {
    let mut world = World::new();
    let lock = world.lock();
    change(&mut world);
    assert_eq!(world.findings(&lock), expected);
}

#[test]
fn outdated_files_are_reported() {
    check_finding(
        |world| world.spec = spec(&SPEC.replace("[3, 4]", "[3, 5]")),
        &["kata.lock is out of date: kata.yaml has changed."],
    );
    check_finding(
        |world| world.hidden[1].1 = f32s(&[0.0, 0.0]),
        &["kata.lock is out of date: hidden.yaml has a different output for `three`."],
    );
    check_finding(
        |world| world.solution[0].1.push('\n'),
        &["kata.lock is out of date: the reference solution has changed."],
    );
    check_finding(
        |world| world.mistakes[0].source.push(' '),
        &["kata.lock is out of date: the wrong implementations have changed."],
    );
    check_finding(
        |world| world.used = Some(Vec::new()),
        &["kata.lock is out of date: it lists inputs other than those that matter."],
    );
    // Nothing is known about a solution that was not run.
    check_finding(|world| world.used = None, &[]);
    check_finding(
        |world| world.sealed[0].expect = Some(f32s(&[0.0, 0.0])),
        &["kata.lock is out of date: sealed.yaml has changed."],
    );
    check_finding(
        |world| world.spec.narrow = None,
        &["No hidden case is wide: none has 8 distinct outputs and more than 40 bits of freedom."],
    );
}

#[test]
fn a_lock_is_required_if_there_is_something_to_seal() {
    let world = World::new();
    let found = check(&world.parts(), None, false).unwrap();
    assert_eq!(found[0].what, "There is no kata.lock.");
    assert_eq!(found[0].instead, "katas author seal kata");
}
