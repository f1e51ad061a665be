//! A deliberately slow digest: salted Argon2id, so that guessing is expensive.
//!
//! The crate `argon2` is named only here.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};

use super::{Cost, SealError, Zeroizing};

/// The maximum cost accepted from an untrusted lock; each processor may compute one digest.
const MOST: Cost = Cost {
    memory_kib: 256 * 1024,
    passes: 16,
    lanes: 16,
};

/// The purpose of a digest; digests for different purposes never match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To recognize an output.
    Output,
    /// To decrypt the reference solution.
    Solution,
    /// To decrypt sealed cases.
    ClassKey,
    /// To identify class keys.
    KeyName,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Output => b"katas output",
            Self::Solution => b"katas solution key",
            Self::ClassKey => b"katas class key",
            Self::KeyName => b"katas name of class key",
        }
    }
}

/// A digest, or a key.
pub(super) type Digest = Zeroizing<[u8; 32]>;

/// Returns the slow digest of some bytes.
///
/// # Errors
/// When the cost exceeds the maximum, or there is not enough memory.
pub(super) fn digest(
    cost: Cost,
    purpose: Purpose,
    salt: &[u8; 16],
    bytes: &[u8],
) -> Result<Digest, SealError> {
    let mut digest = Zeroizing::new([0; 32]);
    argon2id(
        cost,
        salt,
        &[],
        purpose.label(),
        bytes,
        digest.as_mut_slice(),
    )?;
    Ok(digest)
}

fn argon2id(
    cost: Cost,
    salt: &[u8],
    secret: &[u8],
    associated: &[u8],
    bytes: &[u8],
    digest: &mut [u8],
) -> Result<(), SealError> {
    let refuse = |error: argon2::Error| SealError::System(format!("no slow digest: {error}"));
    if cost.memory_kib > MOST.memory_kib || cost.passes > MOST.passes || cost.lanes > MOST.lanes {
        return Err(SealError::TooCostly { cost });
    }
    let params = ParamsBuilder::new()
        .m_cost(cost.memory_kib)
        .t_cost(cost.passes)
        .p_cost(cost.lanes)
        .output_len(digest.len())
        .data(AssociatedData::new(associated).map_err(refuse)?)
        .build()
        .map_err(refuse)?;
    let argon2 = Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params);
    argon2
        .and_then(|argon2| argon2.hash_password_into(bytes, salt, digest))
        .map_err(refuse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::COST;
    use crate::seal::hex::encode;

    /// RFC 9106, section 5.3.
    #[test]
    fn argon2id_is_that_of_the_rfc() {
        let cost = Cost {
            memory_kib: 32,
            passes: 3,
            lanes: 4,
        };
        let mut tag = [0; 32];
        argon2id(cost, &[2; 16], &[3; 8], &[4; 12], &[1; 32], &mut tag).unwrap();
        assert_eq!(
            encode(&tag),
            "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
        );
    }

    #[test]
    fn every_part_changes_the_digest() {
        let cost = Cost {
            memory_kib: 64,
            passes: 2,
            lanes: 1,
        };
        let base = digest(cost, Purpose::Output, &[1; 16], b"bytes").unwrap();
        let others = [
            digest(cost, Purpose::Solution, &[1; 16], b"bytes"),
            digest(cost, Purpose::Output, &[2; 16], b"bytes"),
            digest(cost, Purpose::Output, &[1; 16], b"byte"),
            digest(
                Cost { passes: 3, ..cost },
                Purpose::Output,
                &[1; 16],
                b"bytes",
            ),
            digest(
                Cost {
                    memory_kib: 72,
                    ..cost
                },
                Purpose::Output,
                &[1; 16],
                b"bytes",
            ),
        ];
        for other in others {
            assert_ne!(base, other.unwrap());
        }
        assert_eq!(
            base,
            digest(cost, Purpose::Output, &[1; 16], b"bytes").unwrap()
        );
    }

    #[test]
    fn a_lock_cannot_demand_all_memory() {
        let cost = Cost {
            memory_kib: u32::MAX,
            ..COST
        };
        assert!(matches!(
            digest(cost, Purpose::Output, &[0; 16], b""),
            Err(SealError::TooCostly { .. })
        ));
    }
}
