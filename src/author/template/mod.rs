//! The files of a new kata, filled in from its signature. What only a person can write is left as `TODO`.

use std::fmt::Write;

use super::signature::Signature;
use crate::array::Dtype;
use crate::spec::{self, Faults, Type};
use crate::track::{Track, TrackError};

/// An author's description of a new kata.
#[derive(Clone, Debug)]
pub(crate) struct NewKata {
    /// Its id.
    pub id: String,
    /// What it teaches; `None` to leave it open.
    pub title: Option<String>,
    /// `easy`, `medium` or `hard`.
    pub difficulty: &'static str,
    /// Its points.
    pub points: u32,
    /// Its function.
    pub signature: Signature,
}

/// A file of a new kata, by its path from the course's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// The path, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A new kata could not be created from the description.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TemplateError {
    /// The signature is not valid in a spec.
    #[error("the signature does not make a valid kata:\n{0}")]
    Spec(Faults),
    /// No sizes give whole lengths for the signature.
    #[error("no sizes were found for which every length of the signature is a whole number")]
    Sizes,
    /// A track does not support the signature.
    #[error(transparent)]
    Track(#[from] TrackError),
}

/// Sizes that are tried for all dimensions at once. The first one works for most signatures.
const SIZES: [i128; 8] = [2, 3, 4, 6, 8, 12, 24, 48];

/// Creates the files of a new kata, to be solved in these tracks.
///
/// # Errors
/// When no kata can have this signature.
pub(crate) fn files(
    wanted: &NewKata,
    tracks: &[&'static dyn Track],
) -> Result<Vec<NewFile>, TemplateError> {
    let NewKata { id, signature, .. } = wanted;
    let title = wanted
        .title
        .clone()
        .unwrap_or_else(|| format!("{} what is learned", super::OPEN));
    let (given, expect) = SIZES
        .iter()
        .find_map(|size| samples(signature, *size))
        .ok_or(TemplateError::Sizes)?;
    let mut params = String::new();
    for (name, ty) in &signature.params {
        let _ = write!(params, "\n  {name}: {ty}");
    }
    if params.is_empty() {
        params.push_str(" {}");
    }
    let names: Vec<&str> = signature
        .params
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let ending = tracks.first().map_or("", |track| track.extension());
    let fill = |text: &str| {
        // The inputs are in the braces of a flow map.
        text.replace("{{{given}}}", &format!("{{{given}}}"))
            .replace("{{id}}", id)
            .replace("{{title}}", &title)
            .replace("{{difficulty}}", wanted.difficulty)
            .replace("{{points}}", &wanted.points.to_string())
            .replace("{{function}}", &signature.function)
            .replace("{{params}}", &params)
            .replace("{{returns}}", &signature.returns.to_string())
            .replace("{{tolerances}}", &spec::tolerance_examples())
            .replace("{{names}}", &names.join(", "))
            .replace("{{expect}}", &expect)
            .replace("{{ending}}", ending)
    };
    let kata = fill(include_str!("kata.yaml"))
        .replace(&format!("title: {title}"), &format!("title: {title:?}"));
    let read = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    let spec =
        spec::parse(&format!("katas/{id}/kata.yaml"), &kata, &read).map_err(TemplateError::Spec)?;
    let open = super::OPEN;
    let file = |path: String, text: String| NewFile { path, text };
    // One for each track.
    let programs = |tracks: &[&'static dyn Track], place: &str, about: &str, body: &str| {
        let all = tracks.iter().map(|track| {
            let path = format!("{place}.{}", track.extension());
            Ok(file(path, track.program(&spec, about, body)?))
        });
        all.collect::<Result<Vec<_>, TrackError>>()
    };
    let gives = format!("{open}: what it returns, in one sentence.");
    let mut files = vec![
        file(format!("katas/{id}/kata.yaml"), kata),
        file(
            format!("katas/{id}/README.md"),
            fill(include_str!("README.md")),
        ),
        file(
            format!("katas/{id}/hints.md"),
            fill(include_str!("hints.md")),
        ),
    ];
    files.extend(programs(
        tracks,
        &format!("katas/{id}/starter"),
        &gives,
        &format!("{open}: say what is left to do with"),
    )?);
    files.extend(programs(
        tracks,
        &format!("solutions/{id}/solution"),
        &gives,
        &format!("{open}: the answer, with comments that teach, from"),
    )?);
    files.push(file(
        format!("solutions/{id}/hidden.yaml"),
        fill(include_str!("hidden.yaml")),
    ));
    // One language is enough to recognize a mistake in all of them.
    files.extend(programs(
        &tracks[..tracks.len().min(1)],
        &format!("solutions/{id}/wrong/first_mistake"),
        "",
        &format!("{open}: the answer with the mistake, from"),
    )?);
    Ok(files)
}

/// Inputs and a result of the right lengths when every dimension has this size; `None` if a length is not a whole
/// number.
fn samples(signature: &Signature, size: i128) -> Option<(String, String)> {
    let mut given = Vec::new();
    for (index, (name, ty)) in signature.params.iter().enumerate() {
        given.push(format!("{name}: {}", sample(ty, size, Some(index))?));
    }
    Some((given.join(", "), sample(&signature.returns, size, None)?))
}

/// A sample value of a type; a result is all zeros.
fn sample(ty: &Type, size: i128, input: Option<usize>) -> Option<String> {
    let number = |dtype: Dtype, index: usize| match (dtype, input) {
        (Dtype::Bool, Some(_)) => (index.is_multiple_of(2)).to_string(),
        (Dtype::Bool, None) => "false".to_owned(),
        (_, Some(_)) => (index % 9 + 1).to_string(),
        (_, None) => "0".to_owned(),
    };
    Some(match ty {
        Type::Array { dtype, dims, open } => {
            let mut count = usize::from(*open).max(1);
            for dim in dims {
                count *= dim.eval(&|_| Some(size)).ok()?;
            }
            let all: Vec<_> = (0..count).map(|index| number(*dtype, index)).collect();
            format!("[{}]", all.join(", "))
        }
        Type::Usize if input.is_some() => size.to_string(),
        Type::Usize => "0".to_owned(),
        Type::Scalar(dtype)
            if dtype.range().is_some() && *dtype != Dtype::Bool && input.is_some() =>
        {
            size.to_string()
        }
        Type::Scalar(dtype) => number(*dtype, 0),
        Type::Bytes if input.is_some() => "[1, 2]".to_owned(),
        Type::Bytes => "[]".to_owned(),
        Type::Str if input.is_some() => "\"text\"".to_owned(),
        Type::Str => "\"\"".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::python::PYTHON;
    use crate::track::rust::RUST;

    const TRACKS: &[&dyn Track] = &[&RUST, &PYTHON];

    #[track_caller]
    fn made(signature: &str) -> Vec<NewFile> {
        let wanted = NewKata {
            id: "new_kata".to_owned(),
            title: None,
            difficulty: "easy",
            points: 2,
            signature: Signature::parse(signature).expect("a signature"),
        };
        files(&wanted, TRACKS).unwrap_or_else(|error| panic!("{signature}: {error}"))
    }

    #[test]
    fn every_kind_of_signature_makes_a_spec() {
        for signature in [
            "f() -> f32[]",
            "f(x: f32[in], features: usize) -> f32[features]",
            "f(x: f32[(heads + 2) * dim / 4], heads: usize, dim: i64) -> f32[heads, dim]",
            "f(data: bytes, name: str, flag: bool, half: u16) -> str",
            "f(x: bool[n], y: f64) -> bytes",
            "f(q: f32[n / 3], n: usize) -> u64",
        ] {
            made(signature);
        }
    }

    #[test]
    fn an_undetermined_length_is_reported() {
        let wanted = NewKata {
            id: "x".to_owned(),
            title: None,
            difficulty: "easy",
            points: 2,
            signature: Signature::parse("f(x: f32[a * b]) -> f32[a]").unwrap(),
        };
        let error = files(&wanted, TRACKS).unwrap_err().to_string();
        assert!(error.contains("nothing gives `a` a value"), "{error}");
    }

    #[test]
    fn long_signatures_are_broken() {
        let files = made(
            "f(aaaaaaaaaaaaaaa: f32[in], bbbbbbbbbbbbbbbbb: f32[in], ccccccccccccccc: usize) -> f32[in]",
        );
        let starter = &files[3].text;
        assert!(
            starter.contains("pub fn f(\n    aaaaaaaaaaaaaaa: &Array1<f32>,\n    bbb"),
            "{starter}"
        );
        assert!(
            starter.contains("ccccccccccccccc: usize,\n) -> Array1<f32> {\n"),
            "{starter}"
        );
    }
}
