//! The position of an element: its flat index and its coordinates in a shape, in row-major order.
//!
//! `ui` shows the coordinates of a difference, and `diagnose` permutes them to recognize a transposed answer.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flat_index(coordinates: &[usize], shape: &[usize]) -> usize {
        let both = coordinates.iter().zip(shape);
        both.fold(0, |flat, (coordinate, length)| flat * length + coordinate)
    }

    #[track_caller]
    fn check(flat: usize, shape: &[usize], expected: Option<&[usize]>) {
        assert_eq!(coordinates(flat, shape).as_deref(), expected);
        if let Some(coordinates) = expected {
            assert_eq!(flat_index(coordinates, shape), flat);
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
    }

    proptest! {
        #[test]
        fn coordinates_lead_back(shape in prop::collection::vec(1_usize..6, 0..5), seed in any::<prop::sample::Index>()) {
            let flat = seed.index(shape.iter().product());
            let coordinates = coordinates(flat, &shape).unwrap();
            prop_assert_eq!(flat_index(&coordinates, &shape), flat);
            prop_assert!(coordinates.iter().zip(&shape).all(|(coordinate, length)| coordinate < length));
        }
    }
}
