//! `nnx.Rngs`: named streams of random keys.
//!
//! Layers take a key from it for each initial value. A stream counts its keys, and key number i is the stream's key
//! with i folded in; the stream's name is not folded in. Inside [`crate::eval_shape()`], nothing is drawn or counted.

use std::collections::BTreeMap;

use ndarray::{arr0, arr1};

use crate::abstract_mode;
use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::module::{Module, Walk};
use crate::random::{Key, fold_in, key};
use crate::tensor::Tensor;
use crate::variable::{RngCount, RngKey, Variable};

/// Streams of random keys by name. It is a module, so a layer can hold it.
#[derive(Debug)]
pub struct Rngs {
    streams: BTreeMap<String, RngStream>,
}

/// One stream.
#[derive(Debug)]
pub struct RngStream {
    /// The stream's name.
    pub tag: String,
    /// How many keys it has generated: a uint32 of shape ().
    pub count: RngCount,
    /// The key that its keys are derived from: two uint32 (Flax shows it as one `key<fry>`).
    pub key: RngKey,
}

impl Rngs {
    /// Creates one stream, `default`. Only the low 32 bits of the seed are used.
    pub fn new(seed: i64) -> Self {
        Self::from_streams([(DEFAULT, seed)])
    }

    /// Creates a stream for each name: `nnx.Rngs(params=1, dropout=2)`. Other names fall back to `default`, if it exists.
    pub fn from_streams<N: Into<String>>(seeds: impl IntoIterator<Item = (N, i64)>) -> Self {
        note("nnx.Rngs");
        let stream = |(name, seed): (N, i64)| {
            let name = name.into();
            (name.clone(), RngStream::new(name, seed))
        };
        Self {
            streams: seeds.into_iter().map(stream).collect(),
        }
    }

    /// The stream with this name, or `default`.
    ///
    /// # Errors
    /// If neither exists.
    pub fn stream(&self, name: &str) -> Result<&RngStream, Error> {
        let found = self.streams.get(name).or_else(|| self.streams.get(DEFAULT));
        let missing = || Error::MissingStream {
            name: name.to_owned(),
            streams: self.streams.keys().cloned().collect(),
        };
        found.ok_or_else(missing)
    }

    /// The next key of the stream `params`, or of `default` if there is no such stream.
    ///
    /// # Panics
    /// If neither exists.
    #[track_caller]
    pub fn params(&mut self) -> Key {
        or_panic(self.next_key("params"))
    }

    /// The next key of the stream `dropout`, or of `default` if there is no such stream.
    ///
    /// # Panics
    /// If neither exists.
    #[track_caller]
    pub fn dropout(&mut self) -> Key {
        or_panic(self.next_key("dropout"))
    }

    /// The next key of the stream with this name, or of `default` if there is no such stream.
    ///
    /// # Errors
    /// If neither exists, or the stream is abstract.
    pub fn next_key(&mut self, name: &str) -> Result<Key, Error> {
        self.stream(name)?.next_key()
    }
}

impl RngStream {
    fn new(tag: String, seed: i64) -> Self {
        let count = RngCount::new(Tensor::from_array(arr0(0_u32))).with_metadata("tag", &tag);
        let key = RngKey::new(Tensor::from_array(arr1(&key(seed).0))).with_metadata("tag", &tag);
        Self { tag, count, key }
    }

    fn next_key(&self) -> Result<Key, Error> {
        if abstract_mode::is_on() {
            return Ok(Key([0, 0])); // no value is made from it
        }
        let [count] = words(&self.count, "count", &[])?;
        let key = words(&self.key, "key", &[2])?;
        let next = Tensor::from_array(arr0(count.wrapping_add(1)));
        self.count.set_value(next);
        Ok(fold_in(Key(key), count))
    }
}

/// The words of a stream's variable, as many as its shape says.
fn words<const N: usize>(
    variable: &Variable,
    name: &str,
    shape: &[usize],
) -> Result<[u32; N], Error> {
    let words = variable.elements(OPERATION, name)?;
    words.try_into().map_err(|_| Error::Shape {
        operation: OPERATION,
        path: variable.place_or(name),
        expected: shape.to_vec(),
        found: variable.shape(),
    })
}

impl Module for Rngs {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        walk.module("Rngs");
        let again = |(name, stream): (&String, &RngStream)| {
            (name.clone(), walk.child(name.as_str(), stream))
        };
        Self {
            streams: self.streams.iter().map(again).collect(),
        }
    }
}

impl Module for RngStream {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        walk.module("RngStream");
        Self {
            tag: walk.child("tag", &self.tag),
            count: walk.child("count", &self.count),
            key: walk.child("key", &self.key),
        }
    }
}

const DEFAULT: &str = "default";
const OPERATION: &str = "nnx.RngStream.__call__";
