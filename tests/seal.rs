//! Hidden and sealed cases, as a learner, a thief, an author and a teacher meet them.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::common::{Course, repository};
use katas::array::{Value, hex, shortest};
use katas::files::Cache;
use katas::grade::{self, Cases};
use katas::seal::ClassKey;
use katas::track::TRACKS;
use katas::verdict::{CaseVerdict, Judged, NotRun};

const IDS: [&str; 3] = ["hf_load", "split_merge", "state_translation"];

/// A course as `katas init` makes it: out of the program alone.
fn initialized() -> Course {
    let course = Course::empty();
    course.katas("init . --no-build").exits(0);
    assert!(!course.root.join("solutions").exists());
    course
}

#[test]
fn without_the_solutions_a_right_answer_passes_every_case() {
    let course = initialized();
    for id in IDS {
        course.solve(id);
        let count = match id {
            "hf_load" => 8,
            _ => 6,
        };
        course
            .katas(&format!("run {id}"))
            .exits(0)
            .says(&format!("passed. All {count} cases"));
    }
    // The digests are remembered, and what is remembered still has to be right.
    course.katas("run hf_load").exits(0).says("All 8 cases");
}

#[test]
fn without_the_solutions_every_wrong_answer_fails() {
    let course = initialized();
    for id in IDS {
        for file in files(&repository().join("solutions").join(id).join("wrong")) {
            let text = std::fs::read_to_string(&file).unwrap();
            let screen = course.write_answer(id, &text).katas(&format!("run {id}"));
            assert_eq!(screen.code, Some(1), "{}\n{screen}", file.display());
        }
    }
}

#[test]
fn a_wrong_answer_to_a_hidden_case_learns_only_that_it_is_wrong() {
    let course = initialized();
    course.answer("hf_load", "shown_cases_only");
    let screen = course.katas("run hf_load").exits(1);
    let screen = screen.says("45° rotation").says("shows no numbers");
    for number in ["0.70710677", "0x3f3504f3", "floats"] {
        assert!(!screen.stdout.contains(number), "{screen}");
    }
}

#[test]
fn the_solution_opens_after_a_pass_and_not_before() {
    let course = initialized();
    for id in IDS {
        let command = format!("solution {id}");
        course.katas(&command).exits(1).says("does not pass yet");
        course
            .katas(&format!("{command} --give-up"))
            .exits(1)
            .says("giving up opens nothing here");
        course.solve(id);
        // What was noted does not matter, only what the answer gives.
        let screen = course.katas(&command).exits(0);
        let solution = repository().join("solutions").join(id).join("solution.rs");
        assert_eq!(screen.stdout, std::fs::read_to_string(solution).unwrap());
    }
}

#[test]
fn writing_that_one_has_passed_opens_nothing() {
    let course = initialized();
    let progress = "{\"format\": 1, \"katas\": {\"hf_load\": {\"tries\": 1, \"passed\": true, \"hints\": 0, \
                    \"last\": \"\", \"last_passed\": true}}}";
    course.write(".katas/progress.json", progress);
    course.katas("list").exits(0).says("1 of 3");
    course.katas("solution hf_load").exits(1);
    // Neither does an answer that is right wherever one can look.
    course.answer("hf_load", "shown_cases_only");
    course.katas("solution hf_load").exits(1);
}

#[test]
fn a_digest_planted_in_the_cache_opens_nothing() {
    let course = initialized();
    course.answer("hf_load", "shown_cases_only");
    course.katas("run hf_load").exits(1);
    let lock: serde_json::Value =
        serde_json::from_str(&course.read("katas/hf_load/kata.lock")).unwrap();
    for case in lock["hidden"].as_array().unwrap() {
        let (salt, digest) = (
            case["salt"].as_str().unwrap(),
            case["digest"].as_str().unwrap(),
        );
        for file in files(&course.cache.join("digests")) {
            if file
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(salt)
            {
                let line = std::fs::read_to_string(&file).unwrap();
                let (output, _) = line.split_once(' ').unwrap();
                std::fs::write(&file, format!("{output} {digest}\n")).unwrap();
            }
        }
    }
    // Whoever can write the cache can also write the program; the solution is behind the outputs themselves.
    course.katas("solution hf_load").exits(1);
}

#[test]
fn a_lock_that_does_not_fit_is_an_error_that_says_what_to_do() {
    let course = initialized();
    course.solve("hf_load");
    let (spec, lock) = (
        course.read("katas/hf_load/kata.yaml"),
        course.read("katas/hf_load/kata.lock"),
    );
    let wrong = [
        (
            spec.replace("x: [1, 1]", "x: [1, 2]"),
            lock.clone(),
            "kata.yaml was changed after it was made",
        ),
        (
            spec.clone(),
            lock.replace("\"passes\": 3", "\"passes\": 2"),
            "it was edited or damaged",
        ),
        (
            spec.clone(),
            lock.replace("\"format\": 1", "\"format\": 9"),
            "a newer katas made it",
        ),
        (
            spec.clone(),
            course.read("katas/split_merge/kata.lock"),
            "made for the kata `split_merge`",
        ),
        (
            spec.clone(),
            lock[..lock.len() / 2].to_owned(),
            "it is no lock",
        ),
    ];
    for (spec, lock, says) in wrong {
        course.write("katas/hf_load/kata.yaml", &spec);
        course.write("katas/hf_load/kata.lock", &lock);
        let screen = course
            .katas("run hf_load")
            .says("katas/hf_load/kata.lock cannot be used");
        let screen = screen.says(says).says("hint: ");
        assert_ne!(screen.code, Some(1), "{screen}");
        course
            .katas("author check hf_load")
            .exits(3)
            .says("do: katas author seal hf_load");
    }
    course
        .write("katas/hf_load/kata.yaml", &spec)
        .write("katas/hf_load/kata.lock", &lock);
    course.katas("run hf_load").exits(0);
}

#[test]
fn the_shipped_locks_are_up_to_date() {
    let course = Course::of_author();
    course
        .katas("author check")
        .exits(0)
        .says("3 katas checked");
    let before = IDS.map(|id| course.read(&format!("katas/{id}/kata.lock")));
    course.katas("author seal").exits(0).says("is up to date");
    let after = IDS.map(|id| course.read(&format!("katas/{id}/kata.lock")));
    assert!(before == after, "sealing again changes nothing");
}

#[test]
fn the_check_names_what_is_out_of_date_and_the_seal_mends_it() {
    let course = Course::of_author();
    let hidden = course.read("solutions/hf_load/hidden.yaml");
    course.write(
        "solutions/hf_load/hidden.yaml",
        &hidden.replace("[13, 21]", "[13, 22]"),
    );
    course
        .katas("author check")
        .exits(3)
        .says("hidden.yaml has another output for")
        .says("do: katas author seal hf_load");
    course.katas("author seal hf_load").exits(0).says("Wrote");
    course.katas("author check").exits(0);
    // A course without solutions, as a class template may be.
    course
        .katas("author seal hf_load --without-solutions")
        .exits(0)
        .says("no solution");
    course.write("solutions/hf_load/hidden.yaml", &hidden);
    course
        .katas("author seal hf_load --without-solutions")
        .exits(0);
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    course
        .solve("hf_load")
        .katas("run hf_load")
        .exits(0)
        .says("All 8 cases");
    course
        .katas("solution hf_load")
        .exits(2)
        .says("left the solutions out");
}

const SEALED: &str = "\
format: 1
cases:
- name: nine
  given: {seed: 7, x: [3, 5], hf_kernel_flat: [7, 11, 13, 17], hf_bias_flat: [19, 23], features: 2}
  expect: [95, 147]
- name: ten
  given: {seed: 7, x: [1, 0], hf_kernel_flat: [29, 31, 37, 41], hf_bias_flat: [0, 0], features: 2}
  expect: [29, 37]
";
const KEY: &str = "six words taken by mere chance";

/// An author's course with two sealed cases, encrypted with the key.
fn sealed_course() -> Course {
    let course = Course::of_author();
    course
        .write("solutions/hf_load/sealed.yaml", SEALED)
        .write("class.key", &format!("{KEY}\n"));
    course
        .katas("author seal hf_load")
        .exits(2)
        .says("no class key");
    course
        .katas("author seal hf_load --key-file class.key")
        .exits(0)
        .says("2 sealed cases");
    course
}

#[test]
fn sealed_cases_are_listed_and_cost_nothing() {
    let course = sealed_course();
    course.katas("author check hf_load").exits(0);
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    course
        .solve("hf_load")
        .katas("run hf_load")
        .exits(0)
        .says("passed. All 8 cases")
        .says("sealed, not run");
}

#[test]
fn a_wrong_class_key_is_told_and_never_repeated() {
    let course = sealed_course();
    for key in ["six words taken by mere choice", "zebra", ""] {
        course.write("other.key", key);
        let screen = course.katas("author check hf_load --key-file other.key");
        assert!(matches!(screen.code, Some(2)), "{screen}");
        assert!(
            key.is_empty() || !screen.to_string().contains(key),
            "{screen}"
        );
    }
    course
        .katas("author check hf_load --key-file class.key")
        .exits(0);
}

#[test]
fn the_class_key_leaves_the_environment_before_anything_is_started() {
    let course = sealed_course();
    // A compiler that notes all it is given and then does its work.
    let real = crate::common::toolchain().join("bin/rustc");
    let bin = course.root.join("bin");
    let noted = course.root.join("noted");
    let script = format!(
        "#!/bin/sh\n{{ env; tr '\\0' '\\n' < /proc/$PPID/environ; cat; }} >> {} 2>/dev/null\nexec {} \"$@\"\n",
        noted.display(),
        real.display()
    );
    course.write("bin/rustc", &script);
    std::fs::set_permissions(bin.join("rustc"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run = |words: &[&str]| {
        let mut command = course.command(words);
        command.env("PATH", &path).env("KATAS_CLASS_KEY", KEY);
        course.finish(&mut command)
    };
    run(&["author", "check", "hf_load"]).exits(0);
    run(&["author", "seal", "hf_load"]).says_nothing_of(KEY);
    course.solve("hf_load");
    run(&["run", "hf_load"]).says_nothing_of(KEY);
    run(&["doctor"]).says_nothing_of(KEY);
    let noted = std::fs::read(&noted).expect("the compiler was asked something");
    let noted = String::from_utf8_lossy(&noted);
    assert!(noted.contains("KATAS_CLASS_KEY=-"), "{noted}");
    assert!(!noted.contains(KEY), "{noted}");
}

#[test]
fn with_the_class_key_sealed_cases_are_judged() {
    let course = sealed_course();
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    let found = katas::catalog::Course::find(&course.root).unwrap();
    let kata = found.kata("hf_load").unwrap();
    let cache = Cache::in_folder(&course.cache);
    let key = ClassKey::new(KEY.as_bytes().to_vec().into()).unwrap();
    let judge = |name: &str, class_key| {
        let answer = repository().join("solutions/hf_load").join(name);
        let request = grade::Request {
            kata: &kata,
            track: TRACKS[0],
            answer: &answer,
            shown_as: Path::new("answer.rs"),
            cases: Cases::All,
            limits: grade::LIMITS,
            width: 80,
            cache: &cache,
            class_key,
        };
        let judged = grade::judge(&request, &mut |_| {}).unwrap().judged;
        let Judged::Ran(ran) = judged else {
            panic!("the answer compiles");
        };
        ran.cases
    };
    let cases = judge("solution.rs", Some(&key));
    assert_eq!(cases.len(), 10);
    assert!(
        cases
            .iter()
            .all(|case| matches!(case.verdict, CaseVerdict::Passed))
    );
    let cases = judge("solution.rs", None);
    assert!(matches!(
        cases[9].verdict,
        CaseVerdict::NotRun(NotRun::Sealed)
    ));
    // A wrong answer to shown cases leaves the sealed ones waiting; a program that lies is found out by them.
    let cases = judge("wrong/no_transpose.rs", Some(&key));
    assert!(cases[9].is_waiting());
}

/// What nobody may find in the program, or in a course that it makes.
#[test]
fn no_hidden_output_and_no_solution_is_distributed() {
    let course = initialized();
    let program = std::fs::read(env!("CARGO_BIN_EXE_katas")).unwrap();
    let mut places = vec![("the program".to_owned(), program)];
    walk(&course.root, &mut |path| {
        places.push((path.display().to_string(), std::fs::read(path).unwrap()));
    });
    let repository = katas::catalog::Course::find(repository()).unwrap();
    let mut secrets = Vec::new();
    let mut known = Vec::new();
    for id in IDS {
        let kata = repository.kata(id).unwrap();
        let cases = kata.spec.cases.iter();
        let inputs: Vec<Vec<u8>> = cases.flat_map(|case| &case.given).flat_map(forms).collect();
        // Some outputs stand among the inputs by their nature: a rotation's column is the image of a unit vector.
        let inputs = inputs.join(&b'|');
        let outputs: Vec<_> = kata
            .hidden()
            .iter()
            .flat_map(|(_, output)| forms(output))
            .collect();
        let among_inputs = found(&inputs, &outputs.iter().collect::<Vec<_>>());
        let is_input = |form: &Vec<u8>| among_inputs.contains(form.as_slice());
        secrets.extend(outputs.iter().filter(|form| !is_input(form)).cloned());
        secrets.extend(secret_texts(id).into_iter().map(String::into_bytes));
        known.extend(kata.spec.cases[0].expect.iter().flat_map(forms));
    }
    assert!(
        places.len() > 15 && secrets.len() > 200,
        "{} {}",
        places.len(),
        secrets.len()
    );
    for (place, bytes) in &places {
        let found = found(bytes, &secrets.iter().collect::<Vec<_>>());
        let found: Vec<_> = found.into_iter().map(String::from_utf8_lossy).collect();
        assert!(found.is_empty(), "{place} holds {found:?}");
    }
    // The search does find what is there: an output that is shown, in the program and in the course.
    let known: Vec<_> = known.iter().collect();
    let shown = |(_, bytes): &&(String, Vec<u8>)| !found(bytes, &known).is_empty();
    assert!(places.iter().filter(shown).count() >= 1 + IDS.len());
}

/// An output as one might write it: exact bytes of either order, bits in hexadecimal, decimal numbers, several separators.
fn forms(value: &Value) -> Vec<Vec<u8>> {
    let Value::Array(array) = value else {
        return Vec::new();
    };
    let dtype = array.dtype();
    let swapped = array
        .iter()
        .flat_map(|bits| bits.to_be_bytes()[8 - dtype.size()..].to_vec());
    let mut forms = vec![array.bytes().to_vec(), swapped.collect()];
    let short: Vec<String> = array.iter().map(|bits| shortest(dtype, bits)).collect();
    let whole = short
        .iter()
        .map(|text| text.trim_end_matches(".0").to_owned());
    let whole: Vec<String> = whole.collect();
    let digits = array.iter().map(|bits| hex(dtype, bits));
    let bare = array
        .iter()
        .map(|bits| hex(dtype, bits).trim_start_matches("0x").to_owned());
    for words in [short, whole, digits.collect(), bare.collect()] {
        let words: Vec<String> = words;
        for separator in [", ", ",", " ", "\n", ""] {
            let form = words.join(separator).into_bytes();
            // `13, 21` or `1321` stands in any large program by chance; the lists around it do not.
            if form.len() >= 12 {
                forms.push(form);
            } else {
                forms.push([b"[", form.as_slice(), b"]"].concat());
            }
        }
    }
    forms
}

/// Lines of the reference answer and of the wrong ones that stand nowhere else, three at a time, and all their comments.
fn secret_texts(id: &str) -> BTreeSet<String> {
    let folder = repository().join("solutions").join(id);
    let mut texts = BTreeSet::new();
    for file in files(&folder.join("wrong"))
        .into_iter()
        .chain([folder.join("solution.rs")])
    {
        let text = std::fs::read_to_string(&file).unwrap();
        let starter =
            std::fs::read_to_string(repository().join(format!("katas/{id}/starter.rs"))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for three in lines.windows(3) {
            let three = three.join("\n");
            if !starter.contains(&three) && three.len() > 60 {
                texts.insert(three);
            }
        }
        for line in lines.iter().map(|line| line.trim()) {
            if line.starts_with("// ") && line.len() > 20 {
                texts.insert(line.to_owned());
            }
        }
    }
    assert!(texts.len() > 10);
    texts
}

/// Which of these stand anywhere in the bytes, in one pass.
fn found<'a>(bytes: &[u8], what: &[&'a Vec<u8>]) -> BTreeSet<&'a [u8]> {
    let mut starts = vec![Vec::new(); 1 << 16];
    let start = |bytes: &[u8]| usize::from(u16::from_le_bytes([bytes[0], bytes[1]]));
    for form in what.iter().filter(|form| form.len() >= 8) {
        starts[start(form)].push(form.as_slice());
    }
    let mut found = BTreeSet::new();
    for (at, pair) in bytes.windows(2).enumerate() {
        for form in &starts[start(pair)] {
            if bytes[at..].starts_with(form) {
                found.insert(*form);
            }
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn walk(folder: &Path, see: &mut impl FnMut(&Path)) {
    for path in files(folder) {
        if path.is_dir() {
            walk(&path, see);
        } else {
            see(&path);
        }
    }
}
