//! Answers with a wrong output.

super::screens! {
    every_value: 1,
    negative_zero: 1,
    not_a_number: 1,
    nothing_returned: 1,
    one_bit: 1,
    prints_and_differs: 1,
    wrong_count: 1,
}

#[test]
fn a_call_that_is_never_made() {
    for answer in ["never_called", "half_called"] {
        let screen = super::judge("split_merge", answer, 1);
        super::shown(&format!("verdict_{answer}"), &screen);
    }
}
