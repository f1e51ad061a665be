//! Postfix, the tests' small language: the words of a program, such as `x 2 *`, are applied to each element of the
//! first input.
//!
//! `seconds` is the time limit, `todo` ends the line and the program, and `#` begins a comment.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ::katas::array::{Array, Dtype, Value};
use ::katas::files::Cache;
use ::katas::sandbox::Limits;
use ::katas::spec::Spec;
use ::katas::track::{
    Answer, CaseOutcome, Finding, Prepared, Progress, Purpose, Session, Tools, Track, TrackError,
};
use ::katas::verdict::{CompilerMessage, Failure, Refusal};

/// The language.
pub(crate) struct Postfix {
    /// The number of open sessions.
    pub(crate) open: &'static AtomicUsize,
}

const VERSION: &str = "postfix 1";

impl Track for Postfix {
    fn name(&self) -> &'static str {
        "postfix"
    }

    fn extension(&self) -> &'static str {
        "post"
    }

    fn signature(&self, spec: &Spec) -> Result<String, TrackError> {
        Ok(format!("{}: x", spec.function))
    }

    fn program(&self, _: &Spec, about: &str, message: &str) -> Result<String, TrackError> {
        Ok(format!("# {about}\ntodo {message} x\n"))
    }

    fn open(
        &self,
        _: &Cache,
        purpose: Purpose,
        _: &mut dyn FnMut(Progress),
    ) -> Result<Box<dyn Session>, TrackError> {
        self.open.fetch_add(1, Ordering::SeqCst);
        let tools = Tools {
            name: VERSION.to_owned(),
            digest: "1".to_owned(),
        };
        Ok(Box::new(PostfixSession {
            open: self.open,
            purpose,
            tools,
        }))
    }

    fn doctor(&self, _: &Cache, _: &mut dyn FnMut(Progress)) -> Vec<Finding> {
        vec![Finding::good("postfix", VERSION)]
    }
}

struct PostfixSession {
    open: &'static AtomicUsize,
    purpose: Purpose,
    tools: Tools,
}

impl Drop for PostfixSession {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

enum Word {
    Input,
    Number(f32),
    Seconds,
    Times,
    Plus,
    Todo(String),
}

/// An unknown word, with its line and column.
struct NoWord(String, u32, u32);

fn words(source: &str) -> Result<Vec<Word>, NoWord> {
    let mut words = Vec::new();
    for (line, text) in (1..).zip(source.lines()) {
        let text = text.split('#').next().unwrap_or_default();
        let mut rest = text;
        while let Some(start) = rest.find(|char: char| !char.is_whitespace()) {
            rest = &rest[start..];
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            words.push(match word {
                "x" => Word::Input,
                "seconds" => Word::Seconds,
                "*" => Word::Times,
                "+" => Word::Plus,
                "todo" => {
                    words.push(Word::Todo(after.trim().to_owned()));
                    break;
                }
                word => Word::Number(word.parse().map_err(|_| {
                    let column = text.len() - rest.len() + 1;
                    NoWord(word.to_owned(), line, u32::try_from(column).unwrap_or(0))
                })?),
            });
            rest = after;
        }
    }
    Ok(words)
}

/// The result of a program for one element.
fn element(words: &[Word], input: f32, limits: Limits) -> Result<f32, Failure> {
    let mut stack = Vec::new();
    for word in words {
        let value = match word {
            Word::Input => input,
            Word::Number(number) => *number,
            Word::Seconds => limits.wall.as_secs_f32(),
            Word::Times => stack.pop().unwrap_or(0.0) * stack.pop().unwrap_or(0.0),
            Word::Plus => stack.pop().unwrap_or(0.0) + stack.pop().unwrap_or(0.0),
            Word::Todo(what) => {
                return Err(Failure::Raised {
                    message: format!("not yet implemented: {what}"),
                    place: None,
                });
            }
        };
        stack.push(value);
    }
    Ok(stack.pop().unwrap_or(0.0))
}

impl Session for PostfixSession {
    fn track(&self) -> &'static str {
        "postfix"
    }

    fn purpose(&self) -> Purpose {
        self.purpose
    }

    fn tools(&self) -> &Tools {
        &self.tools
    }

    fn limits(&self) -> Limits {
        Limits {
            wall: Duration::from_secs(7),
            processor: Duration::from_secs(7),
            memory: 1 << 20,
            address: 1 << 30,
            printed: 1 << 10,
            results: 1 << 20,
            file: 0,
        }
    }

    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError> {
        let words = words(answer.source).map(Prepared::new);
        Ok(words.map_err(|NoWord(word, line, column)| {
            let text = format!("there is no word `{word}`");
            Refusal::Errors {
                broken: "It is not valid postfix",
                messages: vec![CompilerMessage {
                    rendered: format!("{}:{line}:{column}: {text}\n", answer.shown_as),
                    text,
                    code: String::new(),
                    line,
                    column,
                }],
            }
        }))
    }

    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        let words = prepared.program::<Vec<Word>>()?;
        let outcome = |case: &&[Value]| {
            let Value::Array(input) = &case[0] else {
                panic!("the kata takes an array");
            };
            let bits = input.iter().map(|bits: u64| {
                let input = f32::from_bits(u32::try_from(bits).expect("an f32"));
                element(words, input, limits).map(|output| u64::from(output.to_bits()))
            });
            let bits = bits.collect::<Result<Vec<_>, _>>();
            CaseOutcome {
                output: bits.map(|bits| Value::Array(Array::flat(Dtype::F32, &bits))),
                calls: Vec::new(),
                printed: String::new(),
                ran: true,
            }
        };
        Ok(cases.iter().map(outcome).collect())
    }
}
