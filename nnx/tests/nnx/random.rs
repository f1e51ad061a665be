//! Keys, bits and the truncated normal against values recorded from real JAX.

use nnx::random::{self, Key};

#[test]
fn keys_are_jax_keys() {
    let fold = |seed, data| random::fold_in(random::key(seed), data);
    assert_eq!(fold(0, 0), Key([0x6b20_0159, 0x99ba_4efe]));
    assert_eq!(fold(0, 1), Key([0x375f_238f, 0xcddb_151d]));
    assert_eq!(fold(42, 0), Key([0x6d3e_048f, 0x1022_172d]));
}

#[test]
fn only_the_low_half_of_a_seed_counts() {
    assert_eq!(random::key(-1), random::key(4_294_967_295));
    assert_eq!(random::key(1 << 32), random::key(0));
    assert_eq!(random::key((1 << 32) + 5), Key([0, 5]));
}

#[test]
fn bits_are_jax_bits() {
    let key = random::fold_in(random::key(0), 0);
    let expected = [0xd7a1_e7e1, 0x2eb0_5e5c, 0x3a28_59ec, 0x1ee7_e1ca];
    assert_eq!(random::bits(key, 4), expected);
    assert_eq!(random::bits(key, 2), expected[..2]);
    assert_eq!(random::bits_at(key, 3), expected[3]);
}

#[test]
fn truncated_normal_meets_the_check_points() {
    let points = [
        (0x00_0000, 0xbfff_fffe_u32),
        (0x00_0001, 0xbfff_ffed),
        (0x00_0002, 0xbfff_ffd9),
        (0x10_0000, 0xbf89_19c0),
        (0x15_5555, 0xbf68_8cea),
        (0x20_0000, 0xbf23_9cd7),
        (0x2f_fff0, 0xbe9b_7bfe),
        (0x3f_ffff, 0xb499_1ff6),
        (0x40_0000, 0x0000_0000),
        (0x40_0001, 0x3499_1ff6),
        (0x5a_5a5a, 0x3f03_afdf),
        (0x70_0000, 0x3f89_19c0),
        (0x7f_fffe, 0x3fff_ffd9),
        (0x7f_ffff, 0x3fff_ffed),
    ];
    for (mantissa, expected) in points {
        let z = random::truncated_normal_from_bits(mantissa << 9);
        assert_eq!(z.to_bits(), expected, "{mantissa:06x}");
        assert_eq!(
            random::truncated_normal_from_bits(mantissa << 9 | 0x1ff).to_bits(),
            expected
        );
    }
}

/// Every value there is, by the digest of real JAX's: FNV-1a of 64 bits over little-endian bytes.
#[test]
fn truncated_normal_is_jax_everywhere() {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for mantissa in 0..1_u32 << 23 {
        for byte in random::truncated_normal_from_bits(mantissa << 9).to_le_bytes() {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    assert_eq!(digest, 0x450e_8bd4_ca5c_5c08);
}

/// The normal distribution in the same way; real JAX's values of all mantissas, from `jax.random.bits` and `jax.random.normal`.
#[test]
fn normal_is_jax_everywhere() {
    let points = [
        (0x00_0000, 0xc0ad_7080_u32),
        (0x00_0001, 0xc0a3_fd7b),
        (0x10_0000, 0xbf93_3ea5),
        (0x40_0000, 0x33a0_6c98),
        (0x7f_ffff, 0x40a7_0b2a),
    ];
    for (mantissa, expected) in points {
        let z = random::normal_from_bits(mantissa << 9 | 0x1ff);
        assert_eq!(z.to_bits(), expected, "{mantissa:06x}");
    }
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for mantissa in 0..1_u32 << 23 {
        for byte in random::normal_from_bits(mantissa << 9).to_le_bytes() {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    assert_eq!(digest, 0x8b66_b922_5220_40a1);
}

#[test]
fn truncated_normal_fills_row_by_row() {
    let key = random::fold_in(random::key(7), 3);
    let wide = random::truncated_normal(key, &[2, 3]);
    assert_eq!(wide.shape(), [2, 3]);
    assert_eq!(wide[[1, 0]], random::truncated_normal(key, &[6])[[3]]);
    assert_eq!(
        wide[[1, 0]],
        random::truncated_normal_from_bits(random::bits_at(key, 3))
    );
}
