//! Counting the calls that a kata is about, in real Flax: those of the answer, under any name and through JAX.

use super::{floats, integer, run, session, spec};
use katas::spec::Spec;
use katas::track::python::PYTHON;
use katas::track::{Answer, Track};

/// A kata that counts these calls.
fn counting(names: &[&str]) -> Spec {
    let mut spec = spec(&[("case", "i64"), ("x", "f32[n]")], "f32[]");
    spec.uses = names.iter().map(|name| (*name).to_owned()).collect();
    spec
}

/// The numbers of calls of an answer, in the order of the spec.
#[track_caller]
fn check(names: &[&str], source: &str, expected: &[u64]) {
    let inputs = vec![integer(0), floats(&[1.0, 2.0])];
    // Each case is counted separately.
    for outcome in run(&counting(names), source, &[inputs.clone(), inputs]) {
        assert!(outcome.output.is_ok(), "{outcome:?}");
        let counts: Vec<_> = outcome.calls.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, expected, "{source}");
    }
}

const FOUR: &[&str] = &[
    "nnx.split",
    "nnx.merge",
    "nnx.Linear.__call__",
    "linen.Dense.apply",
];

#[test]
fn calls_by_the_answer_count_under_any_name() {
    let text = "\
from functools import partial
import jax
from flax import linen, nnx
from flax.nnx import split as cut

def f(case, x):
    model = nnx.Linear(2, 2, rngs=nnx.Rngs(0))
    graphdef, state = cut(model)
    join = partial(nnx.merge, graphdef)
    model = join(state)
    jax.jit(lambda x: model(x))(x)
    model(x)
    params = linen.Dense(2).init(jax.random.key(0), x)
    linen.Dense(2).apply(params, x)
    return x
";
    check(FOUR, text, &[1, 1, 2, 1]);
}

/// `nnx.Optimizer`, `nnx.jit` and `nnx.grad` call split and merge internally, and `apply` of another module is
/// a different function.
#[test]
fn what_flax_calls_itself_does_not_count() {
    let text = "\
import jax
from flax import linen, nnx

class Own(linen.Module):
    @linen.compact
    def __call__(self, x):
        return linen.Dense(2)(x)

def f(case, x):
    model = nnx.Linear(2, 2, rngs=nnx.Rngs(0))
    nnx.jit(lambda model, x: model.kernel[...] @ x)(model, x)
    nnx.grad(lambda model: model.kernel[...].sum())(model)
    Own().init_with_output(jax.random.key(0), x)
    Own().apply(Own().init(jax.random.key(0), x), x)
    return x
";
    check(FOUR, text, &[0, 0, 0, 0]);
}

#[test]
fn a_counted_function_keeps_its_signature_and_its_errors() {
    let text = "\
import inspect
from flax import nnx

assert 'node' in inspect.signature(nnx.split).parameters

def f(case, x):
    try:
        nnx.merge()
    except TypeError as error:
        assert 'graphdef' in str(error), error
    return x
";
    check(FOUR, text, &[0, 1, 0, 0]);
}

/// A call of the original model is not a call of the merged one, even if both have the same class.
#[test]
fn calls_of_a_merged_model_count_for_themselves() {
    let names = &["nnx.merge.__call__", "nnx.Linear.__call__", "nnx.merge"];
    let text = "\
from flax import nnx

class Own(nnx.Module):
    def __init__(self):
        self.inner = nnx.Linear(2, 2, rngs=nnx.Rngs(0))

    def __call__(self, x):
        return self.inner(x)

def f(case, x):
    for model in (nnx.Linear(2, 2, rngs=nnx.Rngs(0)), Own(), nnx.Dropout(0.5)):
        merged = nnx.merge(*nnx.split(model))
        if not isinstance(model, nnx.Dropout):
            model(x)
            merged(x)
            merged(x)
    return x
";
    // `Own` calls its layer in the answer's own code, twice through the merged model.
    check(names, text, &[4, 6, 3]);
    check(&names[..1], text, &[4]);
}

/// The teaching crate has the same counts for the same shapes.
#[test]
fn drawn_values_count_however_they_are_drawn() {
    let mut drawing = counting(&["nnx.merge"]);
    drawing.draws = Some(0);
    let text = "\
import jax
from flax import linen, nnx

@nnx.jit
def made(rngs):
    return nnx.Linear(3, 5, rngs=rngs)

def f(case, x):
    if case == 0:
        nnx.Linear(2, 4, rngs=nnx.Rngs(0))
        nnx.Embed(3, 2, rngs=nnx.Rngs(0))
    if case == 1:
        made(nnx.Rngs(0))
    if case == 2:
        jax.random.normal(jax.random.key(0), (7,))
        linen.Dense(2).init(jax.random.key(0), x)
    if case == 3:
        nnx.eval_shape(lambda: nnx.Linear(200, 400, rngs=nnx.Rngs(0)))
    return x
";
    let cases: Vec<_> = (0..4)
        .map(|case| vec![integer(case), floats(&[1.0, 2.0])])
        .collect();
    let outcomes = run(&drawing, text, &cases);
    let drawn = outcomes.iter().map(|outcome| {
        assert!(outcome.output.is_ok(), "{outcome:?}");
        outcome
            .calls
            .iter()
            .find(|(name, _)| name == "draws")
            .expect("it is counted")
            .1
    });
    // 2 · 4 + 3 · 2; 3 · 5, also in compiled code; 7 + 2 · 2; abstract values are not drawn.
    assert_eq!(drawn.collect::<Vec<_>>(), [14, 15, 11, 0]);
}

/// Every name that a spec may use for Python exists in Flax and can be counted.
#[test]
fn every_operation_can_be_counted() {
    let names = PYTHON.operations();
    assert!(names.len() > 10, "{names:?}");
    let text = "from flax import nnx\n\ndef f(case, x):\n    nnx.to_pure_dict(nnx.state(nnx.Rngs(0)))\n    return x\n";
    let called = |name: &&str| ["nnx.state", "nnx.to_pure_dict"].contains(name);
    let expected: Vec<_> = names.iter().map(|name| u64::from(called(name))).collect();
    check(names, text, &expected);
}

/// A call that cannot be counted is an error of the kata, and never silently ignored.
#[test]
fn what_cannot_be_counted_is_an_error() {
    let table = [
        (
            counting(&["nnx.no_such_thing"]),
            "whether it calls `nnx.no_such_thing`",
        ),
        (
            counting(&["nnx.split", "nnx.Linear"]),
            "whether it calls `nnx.Linear`",
        ),
    ];
    for (spec, what) in table {
        let answer = Answer {
            cancel: None,
            spec: &spec,
            source: "def f(case, x):\n    return x\n",
            shown_as: "answer.py",
            width: 80,
        };
        let error = session().prepare(&answer).expect_err("it is not counted");
        assert!(error.to_string().ends_with(what), "{error}");
    }
}
