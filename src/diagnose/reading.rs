//! The shape and the order of axes with which a flat array was read, found from where its elements are in the output.

/// A reading of a flat array: reshaped, and then with its axes in another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The shape.
    pub(super) shape: Vec<usize>,
    /// For each axis of the output, the axis of the shape.
    pub(super) order: Vec<usize>,
}

/// The reading with the fewest axes that gives these elements; `None` if there is none.
///
/// The axes of the output are found from the last to the first: along each, the elements are a constant distance apart.
pub(super) fn reading(elements: &[usize]) -> Option<Reading> {
    if elements.first() != Some(&0) {
        return None;
    }
    // The length of each axis of the output and the distance of its elements in the array, from the last axis.
    let mut axes: Vec<(usize, usize)> = Vec::new();
    let mut block = 1;
    while block < elements.len() {
        let stride = *elements.get(block)?;
        let steps = elements.len() / block;
        let along = (0..steps)
            .take_while(|step| elements[step * block] == step * stride)
            .count();
        let length = (2..=along)
            .rev()
            .find(|length| steps.is_multiple_of(*length))?;
        axes.push((length, stride));
        block *= length;
    }
    axes.reverse();
    let mut by_stride: Vec<usize> = (0..axes.len()).collect();
    by_stride.sort_by_key(|axis| std::cmp::Reverse(axes[*axis].1));
    let shape: Vec<usize> = by_stride.iter().map(|axis| axes[*axis].0).collect();
    let mut order = vec![0; axes.len()];
    for (place, axis) in by_stride.iter().enumerate() {
        order[*axis] = place;
    }
    let reading = Reading { shape, order };
    (reading.elements() == elements).then_some(reading)
}

impl Reading {
    /// For each element of the output, the element of the array.
    fn elements(&self) -> Vec<usize> {
        let mut strides = vec![1; self.shape.len()];
        for axis in (1..self.shape.len()).rev() {
            strides[axis - 1] = strides[axis] * self.shape[axis];
        }
        let mut elements = vec![0];
        for axis in &self.order {
            let (length, stride) = (self.shape[*axis], strides[*axis]);
            elements = elements
                .into_iter()
                .flat_map(|before| (0..length).map(move |at| before + at * stride))
                .collect();
        }
        elements
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(elements: &[usize], expected: Option<(&[usize], &[usize])>) {
        let expected = expected.map(|(shape, order)| Reading {
            shape: shape.to_vec(),
            order: order.to_vec(),
        });
        assert_eq!(reading(elements), expected);
    }

    #[test]
    fn a_transpose_has_its_shape_and_order() {
        check(&[0, 1, 2, 3], Some((&[4], &[0])));
        check(&[0, 2, 4, 1, 3, 5], Some((&[3, 2], &[1, 0])));
        check(&[0, 3, 1, 4, 2, 5], Some((&[2, 3], &[1, 0])));
        // Two blocks of a 2 by 2 matrix, each transposed; and the axes (2, 3, 2) as 1, 2, 0.
        check(&[0, 2, 1, 3, 4, 6, 5, 7], Some((&[2, 2, 2], &[0, 2, 1])));
        check(
            &[0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11],
            Some((&[2, 6], &[1, 0])),
        );
        for none in [
            &[][..],
            &[1, 0],
            &[0, 2, 1],
            &[0, 0],
            &[0, 1, 3, 2],
            &[0, 2, 4, 6],
        ] {
            check(none, None);
        }
    }

    proptest! {
        #[test]
        fn the_reading_gives_the_elements(shape in prop::collection::vec(2_usize..5, 1..5), seed in any::<u64>()) {
            let mut order: Vec<usize> = (0..shape.len()).collect();
            order.sort_by_key(|axis| seed.rotate_left(*axis as u32 * 13) & 0xff);
            let elements = Reading { shape, order }.elements();
            let found = reading(&elements);
            prop_assert_eq!(found.map(|found| found.elements()), Some(elements));
        }
    }
}
