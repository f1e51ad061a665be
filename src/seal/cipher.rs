//! Encrypts texts with XChaCha20-Poly1305, a random nonce, and associated data that identifies the text.
//!
//! The crate `chacha20poly1305` is named only here.

use super::Zeroizing;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};

use super::SealError;
use super::bounds::FORMAT;
use super::hex::{Hex, HexText};
use super::slow::Digest;

/// A text that is encrypted, with its nonce. Its length is that of the text and sixteen bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ciphertext {
    nonce: Hex<24>,
    text: HexText,
}

/// The associated data of a string: it can be decrypted only in its own kata, purpose and version.
pub(super) fn about(id: &str, what: &str, name: &str) -> String {
    format!("katas lock {FORMAT}\n{id}\n{what}\n{name}")
}

/// Encrypts a text with the associated data `about`.
///
/// # Errors
/// When the system has no random numbers.
pub(super) fn encrypt(key: &Digest, about: &str, text: &[u8]) -> Result<Ciphertext, SealError> {
    let nonce = Hex::<24>::random()?;
    let payload = Payload {
        msg: text,
        aad: about.as_bytes(),
    };
    let text = cipher(key)
        .encrypt(&XNonce::from(nonce.0), payload)
        .map_err(|_| SealError::System("the text is too long to encrypt".to_owned()))?;
    Ok(Ciphertext {
        nonce,
        text: HexText(text),
    })
}

/// Decrypts a text; `None` if the key or the associated data is wrong, or anything was changed.
pub(super) fn decrypt(
    key: &Digest,
    about: &str,
    ciphertext: &Ciphertext,
) -> Option<Zeroizing<Vec<u8>>> {
    let payload = Payload {
        msg: &ciphertext.text.0,
        aad: about.as_bytes(),
    };
    let text = cipher(key).decrypt(&XNonce::from(ciphertext.nonce.0), payload);
    text.ok().map(Zeroizing::new)
}

/// Encrypts a text, unless the old ciphertext contains the same text: then it is kept, so the file does not change.
pub(super) fn keep_or_encrypt(
    key: &Digest,
    about: &str,
    text: &[u8],
    old: Option<&Ciphertext>,
) -> Result<Ciphertext, SealError> {
    match old {
        Some(old) if decrypt(key, about, old).is_some_and(|was| *was == text) => Ok(old.clone()),
        _ => encrypt(key, about, text),
    }
}

fn cipher(key: &Digest) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(**key).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::hex::decode;

    fn key(byte: u8) -> Digest {
        Zeroizing::new([byte; 32])
    }

    #[test]
    fn a_text_opens_with_its_key_as_what_it_is_and_unchanged() {
        let sealed = encrypt(&key(1), "about", b"text").unwrap();
        assert_eq!(**decrypt(&key(1), "about", &sealed).unwrap(), *b"text");
        assert_eq!(decrypt(&key(2), "about", &sealed), None);
        assert_eq!(decrypt(&key(1), "abou", &sealed), None);
        for index in 0..sealed.text.0.len() {
            let mut other = sealed.clone();
            other.text.0[index] ^= 1;
            assert_eq!(decrypt(&key(1), "about", &other), None);
        }
        for index in 0..24 {
            let mut other = sealed.clone();
            other.nonce.0[index] ^= 1;
            assert_eq!(decrypt(&key(1), "about", &other), None);
        }
    }

    #[test]
    fn an_unchanged_text_keeps_its_ciphertext() {
        let sealed = encrypt(&key(1), "about", b"text").unwrap();
        let again = keep_or_encrypt(&key(1), "about", b"text", Some(&sealed)).unwrap();
        assert_eq!(sealed, again);
        let other = keep_or_encrypt(&key(1), "about", b"other", Some(&sealed)).unwrap();
        assert_ne!(sealed, other);
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1; the associated data there is not text, so the test calls the crate
    /// directly.
    #[test]
    fn the_cipher_is_that_of_the_draft() {
        let bytes = |text: &str| decode(text).unwrap();
        let key: [u8; 32] =
            bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f")
                .try_into()
                .unwrap();
        let nonce: [u8; 24] = bytes("404142434445464748494a4b4c4d4e4f5051525354555657")
            .try_into()
            .unwrap();
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let payload = Payload {
            msg: plain,
            aad: &bytes("50515253c0c1c2c3c4c5c6c7"),
        };
        let sealed = cipher(&Zeroizing::new(key))
            .encrypt(&XNonce::from(nonce), payload)
            .unwrap();
        assert_eq!(sealed[..16], bytes("bd6d179d3e83d43b9576579493c0e939"));
        assert_eq!(
            sealed[sealed.len() - 16..],
            bytes("c0875924c1c7987947deafd8780acf49")
        );
    }
}
