//! Keeps a thread, and all that it starts, on one processor.
//!
//! A compiler and a linker have threads that mostly wait for each other, and moving them between processors costs more than
//! it gains as soon as there is an answer for every processor. Measured on two: a fifth more answers a second.

/// Keeps the calling thread, and what it starts from now on, on one of its processors: the `place`-th, counted round.
///
/// It stays free where there are fewer threads than processors, as each may then use what the others leave, and where it
/// may use fewer processors than it sees: others are kept to the same share of a machine, and would meet on the same ones.
/// Nothing depends on it, so it fails in silence.
#[cfg(target_os = "linux")]
pub fn stay_on_one(place: usize, threads: usize) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let Ok(allowed) = sched_getaffinity(None) else {
        return;
    };
    let processors: Vec<usize> = (0..CpuSet::MAX_CPU)
        .filter(|processor| allowed.is_set(*processor))
        .collect();
    // This counts the quota of a container as well.
    let usable = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    if usable != processors.len() || threads < usable {
        return;
    }
    if let Some(processor) = processors.get(place % usable) {
        let mut one = CpuSet::new();
        one.set(*processor);
        let _ = sched_setaffinity(None, &one);
    }
}

/// Elsewhere there is no such call.
#[cfg(not(target_os = "linux"))]
pub fn stay_on_one(_place: usize, _threads: usize) {}
