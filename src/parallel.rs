//! Maps a slice with several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Maps each item on at most this many threads; each thread takes the next item.
///
/// # Errors
/// The first error in the order of the items; after an error, no further item is taken.
pub(crate) fn map<T: Sync, R: Send, E: Send>(
    items: &[T],
    threads: usize,
    function: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place) else {
                return done;
            };
            let result = function(item);
            if result.is_err() {
                next.store(items.len(), Ordering::Relaxed);
            }
            done.push((place, result));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut done = work();
        for other in others {
            let theirs = other.join();
            done.extend(theirs.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The number of processors that this process may use.
#[must_use]
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn results_come_in_order_and_threads_work_side_by_side() {
        // Each item waits for another, so a single thread would never finish.
        let pair = Barrier::new(2);
        let square = |number: &u32| {
            pair.wait();
            Ok::<_, ()>(number * number)
        };
        assert_eq!(map(&[1, 2, 3, 4], 2, square), Ok(vec![1, 4, 9, 16]));
    }

    #[test]
    fn no_item_is_taken_after_an_error() {
        let taken = AtomicUsize::new(0);
        let refuse = |number: &u32| {
            taken.fetch_add(1, Ordering::Relaxed);
            if *number == 2 { Err(*number) } else { Ok(()) }
        };
        assert_eq!(map(&[1, 2, 3, 4], 1, refuse), Err(2));
        assert_eq!(taken.into_inner(), 2);
    }
}
