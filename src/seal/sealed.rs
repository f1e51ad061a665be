//! Sealed cases: inputs, expected output and the mistakes' fingerprints, encrypted with the class key.
//!
//! Their names and sizes are not secret; everything else is. The key is checked first, to distinguish a wrong key
//! from a damaged file.

use serde::{Deserialize, Serialize};

use super::canonical::canonical;
use super::cipher::{self, Ciphertext};
use super::hex::{Hex, HexText};
use super::mistake::Fingerprint;
use super::parts::Parts;
use super::slow::Digest;
use super::{ClassKey, Cost, SealError, Zeroizing};
use crate::array::{Array, Dtype, Scalar, Value};
use crate::spec::{Case, CaseKind};

/// The sealed cases of a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedCases {
    salt: Hex<16>,
    cost: Cost,
    /// An empty text encrypted with the key, to check the key.
    check: Ciphertext,
    pub(super) cases: Vec<SealedCase>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedCase {
    pub(super) name: String,
    contents: Ciphertext,
}

/// The plaintext of a sealed case.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    note: Option<String>,
    given: Vec<Plain>,
    expect: Plain,
    /// By pitfall and track.
    pitfalls: Vec<(String, String, Fingerprint)>,
}

/// A value as exact bits.
#[derive(Serialize, Deserialize)]
enum Plain {
    Array(String, Vec<usize>, HexText),
    Number(String, Hex<8>),
    Bytes(HexText),
    Text(String),
}

impl SealedCases {
    /// Decrypts them.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] when they were encrypted with a different key.
    pub(super) fn open(&self, id: &str, key: &ClassKey) -> Result<Vec<Case>, SealError> {
        let key = key.derive(self.cost, self.salt)?;
        if cipher::decrypt(&key, &cipher::about(id, "key", ""), &self.check).is_none() {
            return Err(SealError::WrongKey);
        }
        let open = |case: &SealedCase| {
            open(id, &key, case).ok_or_else(|| SealError::Damaged {
                case: case.name.clone(),
            })
        };
        self.cases.iter().map(open).collect()
    }
}

/// Encrypts the sealed cases; unchanged ones keep their old ciphertext.
pub(super) fn seal(
    parts: &Parts<'_>,
    cases: &[Case],
    old: Option<&SealedCases>,
) -> Result<Option<SealedCases>, SealError> {
    if cases.is_empty() {
        return Ok(None);
    }
    let Some(class_key) = parts.class_key else {
        return Err(SealError::NoKey);
    };
    let about = cipher::about(parts.id, "key", "");
    let mut kept = None;
    if let Some(old) = old.filter(|old| old.cost == parts.cost) {
        let key = class_key.derive(old.cost, old.salt)?;
        if cipher::decrypt(&key, &about, &old.check).is_some() {
            kept = Some((old.salt, key, old.check.clone()));
        }
    }
    let (salt, key, check) = match kept {
        Some(kept) => kept,
        None => {
            let salt = Hex::random()?;
            let key = class_key.derive(parts.cost, salt)?;
            let check = cipher::encrypt(&key, &about, b"")?;
            (salt, key, check)
        }
    };
    let mut sealed = Vec::with_capacity(cases.len());
    for (index, case) in cases.iter().enumerate() {
        let old = old.and_then(|old| old.cases.iter().find(|known| known.name == case.name));
        let text = contents(parts, index, case)?;
        let about = cipher::about(parts.id, "sealed case", &case.name);
        sealed.push(SealedCase {
            name: case.name.clone(),
            contents: cipher::keep_or_encrypt(&key, &about, &text, old.map(|old| &old.contents))?,
        });
    }
    Ok(Some(SealedCases {
        salt,
        cost: parts.cost,
        check,
        cases: sealed,
    }))
}

fn contents(parts: &Parts<'_>, index: usize, case: &Case) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let expect = case.expect.as_ref().ok_or_else(|| SealError::NoOutput {
        case: case.name.clone(),
    })?;
    let mut pitfalls = Vec::new();
    for mistake in parts.mistakes {
        let Some(outcome) = mistake.sealed.get(index) else {
            continue;
        };
        let form = canonical(parts.spec, CaseKind::Sealed, outcome.as_ref());
        let is_right = form == canonical(parts.spec, CaseKind::Sealed, Ok(expect));
        let print = match is_right {
            true => Fingerprint::Right,
            false => Fingerprint::quick(outcome, &form),
        };
        pitfalls.push((mistake.id.clone(), mistake.track.clone(), print));
    }
    let contents = Contents {
        note: case.note.clone(),
        given: case.given.iter().map(plain).collect(),
        expect: plain(expect),
        pitfalls,
    };
    let text = serde_json::to_vec(&contents)
        .map_err(|_| SealError::System("a sealed case has no JSON form".to_owned()))?;
    Ok(Zeroizing::new(text))
}

fn open(id: &str, key: &Digest, case: &SealedCase) -> Option<Case> {
    let about = cipher::about(id, "sealed case", &case.name);
    let text = cipher::decrypt(key, &about, &case.contents)?;
    let contents: Contents = serde_json::from_slice(&text).ok()?;
    Some(Case {
        name: case.name.clone(),
        kind: CaseKind::Sealed,
        note: contents.note,
        given: contents
            .given
            .into_iter()
            .map(value)
            .collect::<Option<_>>()?,
        expect: Some(value(contents.expect)?),
        dims: Vec::new(),
        line: 0,
    })
}

fn plain(value: &Value) -> Plain {
    match value {
        Value::Array(array) => Plain::Array(
            array.dtype().to_string(),
            array.shape().to_vec(),
            HexText(array.bytes().to_vec()),
        ),
        Value::Scalar(scalar) => {
            Plain::Number(scalar.dtype.to_string(), Hex(scalar.bits.to_le_bytes()))
        }
        Value::Bytes(bytes) => Plain::Bytes(HexText(bytes.clone())),
        Value::Str(text) => Plain::Text(text.clone()),
    }
}

fn value(plain: Plain) -> Option<Value> {
    Some(match plain {
        Plain::Array(dtype, shape, data) => {
            Value::Array(Array::from_bytes(Dtype::parse(&dtype)?, shape, data.0)?)
        }
        Plain::Number(dtype, bits) => Value::Scalar(Scalar {
            dtype: Dtype::parse(&dtype)?,
            bits: u64::from_le_bytes(bits.0),
        }),
        Plain::Bytes(bytes) => Value::Bytes(bytes.0),
        Plain::Text(text) => Value::Str(text),
    })
}
