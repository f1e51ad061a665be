//! `katas`: exercises in porting model weights from PyTorch and Hugging Face to JAX and Flax, judged bit for bit.
//!
//! # Words
//! A *course* is a folder with `katas/course.yaml`; it holds *katas*. A kata is one exercise; its *spec* is
//! `kata.yaml`. A *case* is one set of inputs with the expected output, *shown* or *hidden*. A *track* is a language
//! a kata can be solved in, and a *session* is a track prepared for one purpose. An *answer* is the learner's file. A
//! *pitfall* is a named known mistake. A *verdict* is the result of judging. What one person or group submits is a
//! *submission*, and all of them are a *class*; the stored result of judging them is a *record*, and what is made
//! from it for a reader is a *report*.
//!
//! # Modules
//! Lowest first; a module names only modules before it in this list. Modules are private, so that the compiler
//! reports dead code, unless the tests, the benchmarks or the fuzz targets use them.

mod words;

mod digest;

mod parallel;

mod printable;

pub mod signal;

pub mod files;

mod tokens;

mod similar;

pub mod array;

pub mod compare;

pub mod spec;

pub mod diagnose;

pub mod verdict;

pub mod seal;

pub mod record;

pub mod catalog;

pub mod sandbox;

pub mod track;

pub mod grade;

pub mod class;

mod author;

mod progress;

mod watch;

mod editor;

pub mod report;

mod classroom;

pub mod ui;

pub mod cli;
