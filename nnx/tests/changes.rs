//! The author's switch: each change of the arithmetic, with numbers that it affects. The switch belongs to the
//! process, so its test has a separate process.
//!
//! 2²⁴ + 1 = 2²⁴ in f32, a tie, to even.

use ndarray::{Array2, array};
use nnx::arithmetic::{change, dot};
use nnx::{LayerNorm, Linear, RMSNorm, Rngs};

const BIG: f32 = 16_777_216.0;

#[test]
fn each_change_changes_what_its_name_says() {
    let model = Linear::new(4, 1, &mut Rngs::new(0));
    model.kernel.set_value(Array2::ones((4, 1)));
    model.bias.set_value(array![1.0]);
    let layer = |x: [f32; 4]| model.call(&array![x[0], x[1], x[2], x[3]])[0];
    let sum = |x: [f32; 4]| nnx::sum(&array![x[0], x[1], x[2], x[3]]);
    let rising = [1.0, 1.0, 1.0, BIG];

    // In the written order: 3 + 2²⁴ is a tie, to 2²⁴ + 4; one more is lost.
    assert_eq!((layer(rising), sum(rising)), (BIG + 4.0, BIG + 4.0));
    change("sum_reversed");
    assert_eq!(
        (layer(rising), sum(rising), dot(&rising, &[1.0; 4])),
        (BIG, BIG, BIG)
    );
    change("sum_pairwise"); // 2 + (1 + 2²⁴); with the bias 2²⁴ + 3 again
    assert_eq!((layer(rising), sum(rising)), (BIG + 4.0, BIG + 2.0));
    change("in_f64"); // the bias too
    assert_eq!((layer(rising), sum(rising)), (BIG + 4.0, BIG + 4.0));
    assert_eq!(layer([BIG, 1.0, 0.0, 0.0]), BIG + 2.0);
    change("no_bias");
    assert_eq!((layer([1.0; 4]), sum([1.0; 4])), (4.0, 4.0));
    change("double_bias");
    assert_eq!((layer([1.0; 4]), sum([1.0; 4])), (6.0, 4.0));

    // (1 + 2⁻¹²)² - 1 - 2⁻¹¹ is 2⁻²⁴, or nothing if the product is rounded alone.
    let near = 1.0 + 2.0_f32.powi(-12);
    let (x, weights) = ([-1.0 - 2.0_f32.powi(-11), near], [1.0, near]);
    assert_eq!(dot(&x, &weights), 2.0_f32.powi(-24));
    change("no_fma");
    assert_eq!(dot(&x, &weights), 0.0);

    // 1 + 2⁻⁸ is a tie in bfloat16, 1 + 2⁻¹¹ in float16; x is not rounded, the bias is.
    model.kernel.set_value(array![
        [1.0 + 1.0 / 256.0],
        [1.0 + 1.0 / 2048.0],
        [0.0],
        [0.0]
    ]);
    model.bias.set_value(array![1.0 + 1.0 / 2048.0]);
    let x = [1.0 + 1.0 / 2048.0, 0.0, 0.0, 0.0];
    change("through_bf16");
    assert_eq!(layer(x), 2.0 + 1.0 / 2048.0);
    change("through_f16");
    assert_eq!(layer([0.0, 1.0, 0.0, 0.0]), 2.0);
    change("nothing");
    assert_eq!(layer([0.0, 1.0, 0.0, 0.0]), 2.0 + 1.0 / 1024.0);

    // The normalization layers sum, scale and shift through the same switch.
    let norm = RMSNorm {
        epsilon: 0.0,
        ..RMSNorm::new(4, &mut Rngs::new(0))
    };
    norm.scale
        .set_value(array![1.0 + 1.0 / 256.0, 1.0, 1.0, 1.0]);
    let ones = array![1.0, 1.0, 1.0, 1.0];
    assert_eq!(norm.call(&ones)[0], 1.0 + 1.0 / 256.0);
    change("through_bf16");
    assert_eq!(norm.call(&ones)[0], 1.0);
    change("nothing");
    let roots = array![1.0, 1.0, 1.0, 4096.0]; // their squares are those above
    let forward = norm.call(&roots)[3];
    change("sum_reversed");
    assert!(norm.call(&roots)[3] > forward);
    change("nothing");
    let norm = LayerNorm {
        epsilon: 0.0,
        ..LayerNorm::new(2, &mut Rngs::new(0))
    };
    norm.bias.set_value(array![8.0, 8.0]);
    for (name, expected) in [("nothing", 9.0), ("no_bias", 1.0), ("double_bias", 17.0)] {
        change(name);
        assert_eq!(norm.call(&array![5.0, 3.0])[0], expected);
    }
    change("nothing");

    let text = std::panic::catch_unwind(|| change("in_f16")).unwrap_err();
    let text = text.downcast::<String>().unwrap();
    assert_eq!(*text, "there is no change of the arithmetic \"in_f16\"");
}
