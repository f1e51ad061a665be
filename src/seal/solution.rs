//! The reference solution, encrypted with a key derived from the kata's correct outputs.
//!
//! The key is the slow digest of the canonical outputs of all cases except sealed ones, length-prefixed and in the
//! order of the spec. The shown outputs are public; the hidden ones make it secret.

use serde::{Deserialize, Serialize};

use super::canonical::{self, cells_of};
use super::cipher::{self, Ciphertext};
use super::hex::Hex;
use super::parts::Parts;
use super::slow::{self, Digest, Purpose};
use super::{Cost, SealError, Zeroizing};
use crate::array::Value;
use crate::compare::Cell;
use crate::spec::{Case, CaseKind, Spec};

/// The encrypted reference solution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedSolution {
    salt: Hex<16>,
    /// One for each language.
    files: Vec<SealedFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedFile {
    name: String,
    text: Ciphertext,
}

impl SealedSolution {
    /// Decrypts the files with the correct outputs of the hidden cases: name and text of each file.
    ///
    /// `None` if the outputs are wrong.
    ///
    /// # Errors
    /// When the key cannot be computed.
    pub(super) fn open(
        &self,
        id: &str,
        spec: &Spec,
        cost: Cost,
        hidden: &[(String, Value)],
        cells: &CellsOf<'_>,
    ) -> Result<Option<Vec<(String, String)>>, SealError> {
        let key = key(cost, self.salt, spec, hidden, cells)?;
        let open = |file: &SealedFile| {
            let text = cipher::decrypt(&key, &about(id, &file.name), &file.text)?;
            Some((file.name.clone(), String::from_utf8(text.to_vec()).ok()?))
        };
        Ok(self.files.iter().map(open).collect())
    }
}

/// Encrypts the files of the reference solution; unchanged ones keep their old ciphertext.
pub(super) fn seal(
    parts: &Parts<'_>,
    files: &[(String, String)],
    old: Option<&SealedSolution>,
) -> Result<SealedSolution, SealError> {
    let salt = match old {
        Some(old) => old.salt,
        None => Hex::random()?,
    };
    let cells = |case: &Case, expected: &Value| Some(cells_of(parts.spec, case, expected));
    let key = key(parts.cost, salt, parts.spec, parts.hidden, &cells)?;
    let file = |(name, text): &(String, String)| {
        let old = old.and_then(|old| old.files.iter().find(|file| file.name == *name));
        let old = old.map(|file| &file.text);
        let about = about(parts.id, name);
        Ok(SealedFile {
            name: name.clone(),
            text: cipher::keep_or_encrypt(&key, &about, text.as_bytes(), old)?,
        })
    };
    let files = files.iter().map(file).collect::<Result<_, SealError>>()?;
    Ok(SealedSolution { salt, files })
}

fn about(id: &str, name: &str) -> String {
    cipher::about(id, "solution", name)
}

/// Looks up the cells of a hidden case, given its output; `None` if they are unknown.
pub(super) type CellsOf<'a> = dyn Fn(&Case, &Value) -> Option<Vec<Option<Cell>>> + 'a;

fn key(
    cost: Cost,
    salt: Hex<16>,
    spec: &Spec,
    hidden: &[(String, Value)],
    cells: &CellsOf<'_>,
) -> Result<Digest, SealError> {
    let mut outputs = Zeroizing::new(Vec::new());
    for case in &spec.cases {
        let expected = match case.kind {
            CaseKind::Sealed => continue,
            CaseKind::Shown => case.expect.as_ref(),
            CaseKind::Hidden => hidden
                .iter()
                .find(|(name, _)| *name == case.name)
                .map(|(_, value)| value),
        };
        let expected = expected.ok_or_else(|| SealError::NoOutput {
            case: case.name.clone(),
        })?;
        let cells = match case.kind {
            CaseKind::Hidden => cells(case, expected).ok_or_else(|| SealError::NoCase {
                case: case.name.clone(),
            })?,
            _ => Vec::new(),
        };
        let form = Zeroizing::new(canonical::with_cells(spec, case, &cells, Ok(expected)));
        outputs.extend_from_slice(&(form.len() as u64).to_le_bytes());
        outputs.extend_from_slice(&form);
    }
    slow::digest(cost, Purpose::Solution, &salt.0, &outputs)
}
