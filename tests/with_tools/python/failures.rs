//! Failures of answers, reported with the learner's own lines, and never as an error of katas.

use super::{floats, numbered, prepare, raised, run, usual};
use katas::verdict::{Failure, Refusal};

/// The exception of the only case of an answer.
fn only(source: &str) -> (String, Option<(u32, u32)>) {
    let outcome = run(&usual(), source, &numbered(1)).remove(0);
    let (message, place) = raised(&outcome);
    (message.to_owned(), place)
}

#[test]
fn an_exception_is_reported_at_a_line_of_the_answer() {
    let text = "\
def f(case, x):
    return helper(x)

def helper(x):
    return 'ä', x.nothing
";
    let (message, place) = only(text);
    let says = "AttributeError: 'jaxlib._jax.ArrayImpl' object has no attribute 'nothing'\ncalled from line 2, in f";
    assert_eq!(message, says);
    assert_eq!(place, Some((5, 17)));
}

/// The error comes from deep inside JAX, and from inside a transformation.
#[test]
fn an_error_of_jax_is_reported_at_the_call() {
    let text = "\
import jax
import jax.numpy as jnp

@jax.jit
def wrong(x):
    y = x + 1
    return jnp.dot(y, jnp.ones((3,)))

def f(case, x):
    return wrong(x)
";
    let (message, place) = only(text);
    assert!(
        message.starts_with("TypeError: dot_general requires contracting"),
        "{message}"
    );
    assert!(message.ends_with("called from line 10, in f"), "{message}");
    assert_eq!(place, Some((7, 12)));
}

#[test]
fn a_top_level_exception_is_reported_for_every_case() {
    let text = "import nothing_of_this_name\n\ndef f(case, x):\n    return x\n";
    for outcome in run(&usual(), text, &numbered(2)) {
        let (message, place) = raised(&outcome);
        assert_eq!(
            message,
            "ModuleNotFoundError: No module named 'nothing_of_this_name'"
        );
        assert_eq!(place, Some((1, 1)));
    }
}

#[test]
fn exceptions_that_end_a_program_end_a_case() {
    let text = "\
import sys

class Odd(BaseException):
    def __str__(self):
        raise SystemExit(7)

def f(case, x):
    match case:
        case 0:
            sys.exit(3)
        case 1:
            raise KeyboardInterrupt
        case 2:
            raise Odd
        case 3:
            raise NotImplementedError('the rest')
    return x
";
    let outcomes = run(&usual(), text, &numbered(5));
    let says = [
        "SystemExit: 3",
        "KeyboardInterrupt",
        "Odd: (its text cannot be shown: `__str__` raised SystemExit)",
        "not yet implemented: the rest",
    ];
    for (outcome, says) in outcomes.iter().zip(says) {
        assert_eq!(raised(outcome).0, says);
    }
    assert_eq!(outcomes[4].output, Ok(floats(&[1.0, 2.0])));
}

#[test]
fn a_function_of_other_parameters_is_not_called() {
    let text = "print('begun')\n\n\ndef f(x, *, flag):\n    print('called')\n    return x\n";
    let outcome = run(&usual(), text, &numbered(1)).remove(0);
    let (message, place) = raised(&outcome);
    assert_eq!(
        message,
        "`f(x, *, flag)` cannot take the kata's 2 arguments: case, x"
    );
    assert_eq!(place, Some((4, 1)));
    assert_eq!(outcome.printed, "begun\n");
    let any = "def f(*given):\n    return given[1]\n";
    assert_eq!(
        run(&usual(), any, &numbered(1))[0].output,
        Ok(floats(&[1.0, 2.0]))
    );
}

#[test]
fn a_text_that_is_no_python_is_refused_with_its_line() {
    let Err(Refusal::Errors { messages, .. }) =
        prepare(&usual(), "def f(case, x):\n    return (x\n")
    else {
        panic!("it is no Python");
    };
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].text, "'(' was never closed");
    assert_eq!((messages[0].line, messages[0].column), (2, 12));
    assert_eq!(messages[0].code, "SyntaxError");
    let picture = "  File \"katas/k/answer.py\", line 2\n    return (x\n           ^\nSyntaxError: '(' was never closed\n";
    assert_eq!(messages[0].rendered, picture);
    let indented = prepare(&usual(), "def f(case, x):\nreturn x\n").expect_err("it is no Python");
    let Refusal::Errors { messages, .. } = indented else {
        panic!("{indented:?}");
    };
    assert_eq!(
        (messages[0].code.as_str(), messages[0].line),
        ("IndentationError", 2)
    );
}

#[test]
fn a_missing_function_is_reported_before_anything_runs() {
    let missing = Refusal::NoFunction {
        function: "f".to_owned(),
        wanted: "def f(case: int, x: jax.Array) -> jax.Array:".to_owned(),
    };
    for text in [
        "",
        "def g(case, x):\n    return x\n",
        "# def f(case, x): pass\n",
    ] {
        assert_eq!(
            prepare(&usual(), text).expect_err("there is no `f`"),
            missing,
            "{text}"
        );
    }
    // These define the function in unusual ways.
    for text in [
        "f = lambda case, x: x\n",
        "def g(case, x):\n    return x\nglobals()['f'] = g\n",
        "\u{feff}def f(case, x):\n    return x\n",
    ] {
        let outcome = run(&usual(), text, &numbered(1)).remove(0);
        assert_eq!(outcome.output, Ok(floats(&[1.0, 2.0])), "{text}");
    }
    // Only running it shows that it is not a function.
    let (message, _) = only("f = 1\n");
    assert_eq!(message, "the file has an int instead of a function `f`");
}

#[test]
fn warnings_of_python_are_kept() {
    let prepared =
        prepare(&usual(), "def f(case, x):\n    '\\d'\n    return x\n").expect("it is Python");
    assert_eq!(prepared.warnings.len(), 1);
    assert_eq!(prepared.warnings[0].line, 2);
    assert!(
        prepared.warnings[0]
            .text
            .contains("invalid escape sequence")
    );
}

#[test]
fn what_is_printed_is_shown_by_case() {
    let text = "\
import sys
import warnings

def f(case, x):
    print('case', case, 'ä')
    print('error', file=sys.stderr)
    warnings.warn('old', DeprecationWarning)
    return x
";
    let outcomes = run(&usual(), text, &numbered(2));
    let warning = "katas/k/answer.py:7: DeprecationWarning: old\n  warnings.warn('old', DeprecationWarning)\n";
    assert_eq!(outcomes[0].printed, format!("case 0 ä\nerror\n{warning}"));
    assert_eq!(outcomes[1].printed, "case 1 ä\nerror\n");
}

/// Flax still supports an older way of reading a variable, and warns once. (For the older way of writing one, it
/// gives a line in its own code.)
#[test]
fn an_older_flax_spelling_works_with_one_warning() {
    let text = "\
from flax import nnx

def f(case, x):
    kept = nnx.Param(x)
    kept.value = x + 0
    return kept.value
";
    let outcomes = run(&usual(), text, &numbered(2));
    for outcome in &outcomes {
        assert_eq!(outcome.output, Ok(floats(&[1.0, 2.0])));
    }
    let printed = &outcomes[0].printed;
    assert!(
        printed.starts_with("katas/k/answer.py:6: DeprecationWarning: "),
        "{printed:?}"
    );
    assert_eq!(outcomes[1].printed, "");
}

#[test]
fn what_nests_too_deeply_is_refused() {
    let text = format!("def f(case, x):\n    return {}x\n", "-".repeat(100_000));
    let refused = prepare(&usual(), &text).expect_err("no parser takes it");
    let is_known = matches!(
        &refused,
        Refusal::CompilerFailed { says } if says == "the code is nested too deeply"
    );
    assert!(
        is_known || matches!(refused, Refusal::Errors { .. }),
        "{refused:?}"
    );
}

#[test]
fn an_endless_recursion_is_an_exception() {
    let (message, place) = only("def f(case, x):\n    return f(case, x)\n");
    assert!(
        message.starts_with("RecursionError: maximum recursion depth exceeded"),
        "{message}"
    );
    assert_eq!(place, Some((2, 12)));
    let outcome = run(
        &usual(),
        "def f(case, x):\n    while True:\n        pass\n",
        &numbered(2),
    );
    assert!(
        matches!(outcome[0].output, Err(Failure::OutOfTime { .. })),
        "{outcome:?}"
    );
    assert!(!outcome[1].ran);
}
