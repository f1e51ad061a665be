//! Builds a type of 16^12 parts.
//!
//! expect: errors | too much to compile
//! within: 25

use ndarray::Array1;

type A<T> = (T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T);
type B<T> = A<A<A<T>>>;
type C<T> = B<B<B<B<T>>>>;

#[derive(Default)]
pub struct Deep(Option<Box<C<u8>>>);

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let deep: Option<C<f32>> = if x.len() > 100 { panic!() } else { None };
    std::mem::drop(deep.clone());
    x.clone()
}
