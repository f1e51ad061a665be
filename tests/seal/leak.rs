//! Searches for leaks: the program, and a course that it creates, contain no hidden output and no line of a solution.

use std::collections::BTreeSet;
use std::path::Path;

use super::{IDS, files, initialized};
use crate::common::repository;
use katas::array::{Value, hex, shortest};

#[test]
fn no_hidden_output_and_no_solution_is_distributed() {
    let course = initialized();
    let program = std::fs::read(env!("CARGO_BIN_EXE_katas")).unwrap();
    let mut places = vec![("the program".to_owned(), program)];
    walk(&course.root, &mut |path| {
        places.push((path.display().to_string(), std::fs::read(path).unwrap()));
    });
    let (secrets, known) = secrets();
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
    // The search finds existing text: a shown output, in the program and in the course.
    let known: Vec<_> = known.iter().collect();
    let shown = |(_, bytes): &&(String, Vec<u8>)| !found(bytes, &known).is_empty();
    assert!(places.iter().filter(shown).count() > IDS.len());
}

/// The hidden outputs in every form with the lines of the solutions, and the outputs of shown cases, which are not
/// secret.
pub(crate) fn secrets() -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let repository = katas::catalog::Course::find(repository()).expect("a course");
    let mut secrets = Vec::new();
    let mut known = Vec::new();
    for id in IDS {
        let kata = repository.kata(id).expect("a kata");
        let cases = kata.spec.cases.iter();
        let inputs: Vec<Vec<u8>> = cases.flat_map(|case| &case.given).flat_map(forms).collect();
        // Some outputs also appear among the inputs: a column of a rotation is the image of a unit vector.
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
    (secrets, known)
}

/// An output in all forms in which it might be written: bytes in either order, hexadecimal bits, decimal numbers,
/// several separators.
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
            // `13, 21` or `1321` appears in any large program by chance, but longer lists do not.
            if form.len() >= 12 {
                forms.push(form);
            } else {
                forms.push([b"[", form.as_slice(), b"]"].concat());
            }
        }
    }
    forms
}

/// Lines of the solutions and of the wrong answers that appear nowhere else, three at a time, and all their comments.
fn secret_texts(id: &str) -> BTreeSet<String> {
    let folder = repository().join("solutions").join(id);
    let mut texts = BTreeSet::new();
    let course = katas::catalog::Course::find(repository()).expect("a course");
    let kata = course.kata(id).expect("a kata");
    let wrong = kata.wrong().expect("they can be read").into_iter();
    let wrong = wrong.map(|wrong| (wrong.extension, wrong.source.expect("the diff applies")));
    let right = ["rs", "py"].map(|ending| {
        let text = read(&folder.join(format!("solution.{ending}")));
        (ending.to_owned(), text)
    });
    for (ending, text) in wrong.chain(right) {
        let starter = format!("katas/{id}/starter.{ending}");
        let starter = read(&repository().join(starter));
        let lines: Vec<&str> = text.lines().collect();
        for three in lines.windows(3) {
            let three = three.join("\n");
            if !starter.contains(&three) && three.len() > 60 {
                texts.insert(three);
            }
        }
        for line in lines.iter().map(|line| line.trim()) {
            if (line.starts_with("// ") || line.starts_with("# ")) && line.len() > 20 {
                texts.insert(line.to_owned());
            }
        }
    }
    assert!(texts.len() > 10);
    texts
}

/// Which of these appear in the bytes, found in a single pass.
pub(crate) fn found<'a>(bytes: &[u8], what: &[&'a Vec<u8>]) -> BTreeSet<&'a [u8]> {
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

fn walk(folder: &Path, see: &mut impl FnMut(&Path)) {
    for path in files(folder) {
        if path.is_dir() {
            walk(&path, see);
        } else {
            see(&path);
        }
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file is there")
}
