//! Where an element stands: its flat index and its coordinates in a shape, in row-major order.
//!
//! `ui` writes coordinates beside a difference, and `diagnose` permutes them to recognise a transposed answer.

/// Turns a flat index into one coordinate for each dimension; `None` when the shape has no such element.
#[must_use]
pub fn coordinates(flat: usize, shape: &[usize]) -> Option<Vec<usize>> {
    let mut rest = flat;
    let mut coordinates = vec![0; shape.len()];
    for (coordinate, length) in coordinates.iter_mut().zip(shape).rev() {
        *coordinate = rest.checked_rem(*length)?;
        rest /= length;
    }
    (rest == 0).then_some(coordinates)
}

/// Turns coordinates into the flat index; `None` when they are too many, too few or out of range.
#[must_use]
pub fn flat_index(coordinates: &[usize], shape: &[usize]) -> Option<usize> {
    if coordinates.len() != shape.len() {
        return None;
    }
    let mut flat: usize = 0;
    for (coordinate, length) in coordinates.iter().zip(shape) {
        if coordinate >= length {
            return None;
        }
        flat = flat.checked_mul(*length)?.checked_add(*coordinate)?;
    }
    Some(flat)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(flat: usize, shape: &[usize], expected: Option<&[usize]>) {
        assert_eq!(coordinates(flat, shape).as_deref(), expected);
        if let Some(coordinates) = expected {
            assert_eq!(flat_index(coordinates, shape), Some(flat));
        }
    }

    #[test]
    fn the_last_dimension_moves_fastest() {
        check(0, &[2, 3], Some(&[0, 0]));
        check(1, &[2, 3], Some(&[0, 1]));
        check(3, &[2, 3], Some(&[1, 0]));
        check(5, &[2, 3], Some(&[1, 2]));
        check(6, &[2, 3], None);
        check(0, &[], Some(&[]));
        check(1, &[], None);
        check(0, &[0], None);
        assert_eq!(flat_index(&[0, 3], &[2, 3]), None);
        assert_eq!(flat_index(&[0], &[2, 3]), None);
    }

    proptest! {
        #[test]
        fn coordinates_lead_back(shape in prop::collection::vec(1_usize..6, 0..5), seed in any::<prop::sample::Index>()) {
            let flat = seed.index(shape.iter().product());
            let coordinates = coordinates(flat, &shape).unwrap();
            prop_assert_eq!(flat_index(&coordinates, &shape), Some(flat));
        }
    }
}
