//! `silu`, `gelu` and `softmax` against the bits of Flax 0.12.8 on JAX 0.10.2.

use ndarray::{Array1, Array3, array};

const AT: [f32; 10] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    3.0,
    -3.0,
    -10.0,
    -100.0,
    f32::INFINITY,
];

fn bits<'a>(values: impl IntoIterator<Item = &'a f32>) -> Vec<u32> {
    values.into_iter().map(|value| value.to_bits()).collect()
}

/// A number that depends on every bit and on the order of the values.
fn fingerprint(values: &Array1<f32>) -> u64 {
    let weighted = (0_u64..)
        .zip(values)
        .map(|(index, value)| u64::from(value.to_bits()).wrapping_mul(2 * index + 1));
    weighted.fold(0, u64::wrapping_add)
}

/// Every 65537th float, without the tiny ones, which XLA may flush to zero.
fn floats() -> Array1<f32> {
    let all = (0..=u32::MAX).step_by(65537).map(f32::from_bits);
    all.filter(|x| x.is_finite() && x.abs() >= 1e-30).collect()
}

#[test]
fn silu_has_the_bits_of_flax() {
    let expected = [
        0x0,
        0x8000_0000,
        0x3f3b_26a8,
        0xbe89_b2b1,
        0x3e9f_597f,
        0x4036_e4ec,
        0xbe11_b13a,
        0xb9ee_03fe,
        0x8000_0000,
        0x7f80_0000,
    ];
    assert_eq!(bits(&nnx::silu(&Array1::from_iter(AT))), expected);
    assert_eq!(floats().len(), 58299);
    assert_eq!(fingerprint(&nnx::silu(&floats())), 0x66d7_3223_99ba_75b3);
}

#[test]
fn gelu_has_the_bits_of_flax() {
    let expected = [
        0x0,
        0x8000_0000,
        0x3f57_585c,
        0xbe22_9e8e,
        0x3eb1_016d,
        0x403f_c468,
        0xbb6e_6080,
        0x8000_0000,
        0x8000_0000,
        0x7f80_0000,
    ];
    assert_eq!(bits(&nnx::gelu(&Array1::from_iter(AT))), expected);
    assert_eq!(fingerprint(&nnx::gelu(&floats())), 0x665a_2933_554c_06be);
}

#[test]
fn softmax_has_the_bits_of_flax() {
    let x = array![[1.0, 2.0, 3.0], [1000.0, f32::NEG_INFINITY, 1001.0]];
    let expected = [
        0x3db8_61f3,
        0x3e7a_9a1a,
        0x3f2a_4d3b,
        0x3e89_b2b1,
        0x0,
        0x3f3b_26a8,
    ];
    assert_eq!(bits(&nnx::softmax(&x)), expected);
    let sizes: [(u16, u64); 9] = [
        (1, 0x3f80_0000),
        (2, 0xfa97_9b8a),
        (5, 0x5_e32a_58c1),
        (31, 0xdb_a98a_600f),
        (32, 0xe9_aab0_8d90),
        (33, 0xf8_ec3f_27a9),
        (64, 0x39c_7117_541c),
        (100, 0x8c4_6063_dcec),
        (500, 0xd6ab_3682_774a),
    ];
    for (size, expected) in sizes {
        let x: Array1<f32> = (0..size)
            .map(|k| f32::from(k * 37 % 101) / 8.0 - 6.0)
            .collect();
        assert_eq!(fingerprint(&nnx::softmax(&x)), expected, "{size}");
    }
}

#[test]
fn any_rank_is_taken_and_not_a_number_stays() {
    let x = Array3::from_shape_fn((2, 3, 4), |(i, j, k)| {
        (i * 12 + j * 4 + k) as f32 / 8.0 - 1.0
    });
    let flat = Array1::from_iter(x.iter().copied());
    assert_eq!(bits(&nnx::silu(&x)), bits(&nnx::silu(&flat)));
    assert_eq!(bits(&nnx::gelu(&x)), bits(&nnx::gelu(&flat)));
    let rows = x.rows().into_iter().flat_map(|row| nnx::softmax(&row));
    assert_eq!(bits(&nnx::softmax(&x)), bits(&rows.collect::<Vec<_>>()));
    let unknown = array![0.0, f32::NAN];
    assert!(nnx::silu(&unknown)[1].is_nan() && nnx::gelu(&unknown)[1].is_nan());
    assert!(nnx::softmax(&unknown).iter().all(|y| y.is_nan()));
    assert!(
        nnx::softmax(&array![f32::NEG_INFINITY])
            .iter()
            .all(|y| y.is_nan())
    );
}
