//! `nnx.Rngs`: named streams of random keys.
//!
//! Layers ask it for a key for each initial value. A stream counts what it gave, and key number i is the stream's key with i
//! folded in; its name is not. Inside [`crate::eval_shape()`] nothing is drawn or counted.

use std::collections::BTreeMap;

use ndarray::{arr0, arr1};

use crate::abstract_mode;
use crate::calls::{Call, note};
use crate::error::{Error, or_panic};
use crate::module::{Module, Walk};
use crate::random::{Key, fold_in, key};
use crate::value::Value;
use crate::variable::{RngCount, RngKey};

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
    /// How many keys it has given: a uint32 of shape ().
    pub count: RngCount,
    /// What its keys are made from: two uint32 (Flax shows the same as one `key<fry>`).
    pub key: RngKey,
}

impl Rngs {
    /// One stream, `default`. Only the seed's low 32 bits count.
    pub fn new(seed: i64) -> Self {
        Self::from_streams([(DEFAULT, seed)])
    }

    /// A stream for each name: `nnx.Rngs(params=1, dropout=2)`. Other names fall back to `default`, if it is there.
    pub fn from_streams<N: Into<String>>(seeds: impl IntoIterator<Item = (N, i64)>) -> Self {
        note(Call::Rngs);
        let stream = |(name, seed): (N, i64)| {
            let name = name.into();
            (name.clone(), RngStream::new(name, seed))
        };
        Self {
            streams: seeds.into_iter().map(stream).collect(),
        }
    }

    /// The stream of this name, or `default`.
    ///
    /// # Errors
    /// If there is neither.
    pub fn stream(&self, name: &str) -> Result<&RngStream, Error> {
        let found = self.streams.get(name).or_else(|| self.streams.get(DEFAULT));
        let missing = || Error::MissingStream {
            name: name.to_owned(),
            streams: self.streams.keys().cloned().collect(),
        };
        found.ok_or_else(missing)
    }

    /// The next key of the stream `params`, or else of `default`.
    ///
    /// # Panics
    /// If there is neither.
    #[track_caller]
    pub fn params(&mut self) -> Key {
        or_panic(self.next_key("params"))
    }

    /// The next key of the stream `dropout`, or else of `default`.
    ///
    /// # Panics
    /// If there is neither.
    #[track_caller]
    pub fn dropout(&mut self) -> Key {
        or_panic(self.next_key("dropout"))
    }

    /// The next key of the stream of this name, or else of `default`.
    ///
    /// # Errors
    /// If there is neither, or the stream is abstract.
    pub fn next_key(&mut self, name: &str) -> Result<Key, Error> {
        self.stream(name)?.next_key()
    }
}

impl RngStream {
    fn new(tag: String, seed: i64) -> Self {
        let count = RngCount::new(Value::words(arr0(0))).with_metadata("tag", &tag);
        let key = RngKey::new(Value::words(arr1(&key(seed).0))).with_metadata("tag", &tag);
        Self { tag, count, key }
    }

    fn next_key(&self) -> Result<Key, Error> {
        if abstract_mode::is_on() {
            return Ok(Key([0, 0])); // no value is made from it
        }
        let count = self
            .count
            .words(OPERATION, "count")?
            .first()
            .copied()
            .unwrap_or(0);
        let key: Vec<u32> = self.key.words(OPERATION, "key")?.iter().copied().collect();
        let [a, b] = key[..] else {
            let (path, found) = (self.key.place_or("key"), self.key.shape());
            return Err(Error::Shape {
                operation: OPERATION,
                path,
                expected: vec![2],
                found,
            });
        };
        self.count
            .set_value(Value::words(arr0(count.wrapping_add(1))));
        Ok(fold_in(Key([a, b]), count))
    }
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
