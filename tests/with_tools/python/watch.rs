//! Answers judged in watch mode run in prepared processes, one after another, with the same verdicts.

use std::time::Duration;

use super::{floats, numbered, open, session, usual};
use katas::sandbox::Limits;
use katas::track::{Answer, CaseOutcome, Purpose, Session};

/// The output of a source in a session.
fn run(session: &dyn Session, source: &str) -> CaseOutcome {
    run_within(session, source, session.limits().wall)
}

fn run_within(session: &dyn Session, source: &str, wall: Duration) -> CaseOutcome {
    let spec = usual();
    let answer = Answer {
        cancel: None,
        spec: &spec,
        source,
        shown_as: "katas/k/answer.py",
        width: 80,
    };
    let prepared = session.prepare(&answer).expect("the tools work");
    let prepared = prepared.expect("it is Python");
    let limits = Limits {
        wall,
        ..session.limits()
    };
    let ran = session.run(&prepared, &[&numbered(1)[0]], limits);
    ran.expect("it is judged").remove(0)
}

/// Returns whether its input came by a pipe, which is the case only in a prepared process.
const WAS_READY: &str = "\
import os, stat

def f(case, x):
    return x * 0 + stat.S_ISFIFO(os.fstat(0).st_mode)
";

#[test]
fn as_many_batches_as_a_verdict_takes_find_a_process_ready() {
    let session = open(Purpose::Watch);
    session.warm(&usual());
    let ready: Vec<_> = (0..3)
        .map(|_| run(&*session, WAS_READY).output.expect("an output"))
        .collect();
    assert_eq!(
        ready,
        [[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]].map(|is| floats(&is))
    );
    session.warm(&usual());
    let again = run(&*session, WAS_READY).output.expect("an output");
    assert_eq!(again, floats(&[1.0, 1.0]));
}

#[test]
fn the_time_until_it_is_ready_is_not_the_answers() {
    // Without a pause: warming up takes longer than this answer runs.
    let session = open(Purpose::Watch);
    session.warm(&usual());
    let slow = "import time\n\ndef f(case, x):\n    time.sleep(2)\n    return x\n";
    let ran = run_within(&*session, slow, Duration::from_secs(3));
    let output = ran.output.expect("an output");
    assert_eq!(output, floats(&[1.0, 2.0]));
}

#[test]
fn an_answer_leaves_nothing_for_the_next() {
    let session = open(Purpose::Watch);
    let patches = "\
import jax
import jax.numpy as jnp
import flax.nnx as nnx

jnp.negative = jnp.add = jax.numpy.multiply = None
jax.kept = nnx.kept = 'by an answer'

def f(case, x):
    return x * 3
";
    let looks = "\
import jax
import jax.numpy as jnp
import flax.nnx as nnx

def f(case, x):
    assert not hasattr(jax, 'kept') and not hasattr(nnx, 'kept')
    return jnp.add(jnp.negative(x), jnp.multiply(x, 2.0))
";
    for _ in 0..2 {
        session.warm(&usual());
        let patched = run(&*session, patches).output.expect("an output");
        assert_eq!(patched, floats(&[3.0, 6.0]));
        let next = run(&*session, looks).output.expect("an output");
        assert_eq!(next, floats(&[1.0, 2.0]));
    }
}

#[test]
fn a_process_that_was_made_ready_has_the_same_bits() {
    let source = "\
import jax
import jax.numpy as jnp
from flax import nnx

def f(case, x):
    model = nnx.Linear(33, 17, rngs=nnx.Rngs(3))
    inputs = jax.random.normal(jax.random.key(5), (9, 33))
    y = jax.nn.softmax(jnp.tanh(model(inputs)) * jnp.exp(inputs[:, :17]))
    return jnp.concatenate([y.ravel(), jnp.sum(y, axis=0), jnp.cos(x)])
";
    let watching = open(Purpose::Watch);
    watching.warm(&usual());
    let one = run(session(), source).output.expect("an output");
    let watched = run(&*watching, source).output.expect("an output");
    assert_eq!(one, watched);
}
