//! Streams: the order of keys, and the fallback.

use ndarray::arr0;
use nnx::{Linear, Rngs, Tensor, random};

use crate::panics::panic_of;
use crate::truth::bits;

#[test]
fn keys_count_up() {
    let mut rngs = Rngs::new(42);
    for count in 0..3 {
        assert_eq!(rngs.params(), random::fold_in(random::key(42), count));
    }
    let count = rngs.stream("default").unwrap().count.get_value();
    assert_eq!(count, Tensor::from_array(arr0(3_u32)));
}

#[test]
fn a_missing_stream_falls_back_to_default_and_shares_its_count() {
    let mut rngs = Rngs::from_streams([("default", 5), ("dropout", 9)]);
    assert_eq!(rngs.params(), random::fold_in(random::key(5), 0));
    assert_eq!(
        rngs.next_key("anything").unwrap(),
        random::fold_in(random::key(5), 1)
    );
    assert_eq!(rngs.dropout(), random::fold_in(random::key(9), 0));
    assert_eq!(rngs.params(), random::fold_in(random::key(5), 2));
}

#[test]
fn the_name_of_a_stream_is_not_in_its_keys() {
    let kernel = |mut rngs: Rngs| bits(&Linear::new(3, 4, &mut rngs).kernel.value());
    let expected = kernel(Rngs::new(7));
    assert_eq!(kernel(Rngs::from_streams([("params", 7)])), expected);
    assert_eq!(
        kernel(Rngs::from_streams([("default", 7), ("dropout", 1)])),
        expected
    );
    assert_eq!(
        kernel(Rngs::from_streams([("default", 0), ("params", 7)])),
        expected
    );
    assert_ne!(
        kernel(Rngs::from_streams([("default", 7), ("params", 8)])),
        expected
    );
}

#[test]
fn a_bias_takes_a_key_too() {
    let second = |with_bias: bool| {
        let mut rngs = Rngs::new(0);
        if with_bias {
            Linear::new(3, 4, &mut rngs);
        } else {
            Linear::without_bias(3, 4, &mut rngs);
        }
        rngs.params()
    };
    assert_eq!(second(true), random::fold_in(random::key(0), 2));
    assert_eq!(second(false), random::fold_in(random::key(0), 1));
}

#[test]
fn without_stream_and_default_there_is_an_error() {
    let rngs = || Rngs::from_streams([("carry", 1), ("dropout", 1)]);
    let expected = "nnx.Rngs: there is no stream params and no default; there is carry, dropout";
    assert_eq!(rngs().next_key("params").unwrap_err().to_string(), expected);
    let text = panic_of(|| Linear::new(3, 4, &mut rngs()));
    assert_eq!(text, expected);
}

#[test]
fn rngs_are_a_module() {
    let mut rngs = Rngs::from_streams([("params", 1), ("dropout", 2)]);
    rngs.params();
    let (graphdef, state) = nnx::split(&rngs);
    let paths: Vec<String> = state.paths().iter().map(ToString::to_string).collect();
    assert_eq!(
        paths,
        ["dropout.count", "dropout.key", "params.count", "params.key"]
    );
    let mut again = nnx::merge(&graphdef, state.copy()).unwrap();
    assert_eq!(again.params(), rngs.params());
    assert_eq!(state["params.key"].metadata()["tag"], "params");
}
