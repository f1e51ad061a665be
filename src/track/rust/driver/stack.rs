//! Reports a stack overflow, and keeps the address of a fault out of the kernel's log. The standard library reports
//! an overflow only if it may read `/proc`, which a sandboxed program may not.
//!
//! The handler runs on the alternate signal stack that the standard library sets up.

/// The standard library's message, which the runner looks for.
#[cfg(target_os = "linux")]
const SAYS: &str = "\nthread 'main' has overflowed its stack\n";

/// SIGILL, SIGBUS, SIGFPE and SIGSEGV.
#[cfg(target_os = "linux")]
const FAULTS: [i32; 4] = [4, 7, 8, 11];

/// Installs the handler, which distinguishes a fault just below the main thread's stack from others.
#[cfg(target_os = "linux")]
pub(crate) fn name_overflows() {
    let here = 0_u8;
    let mut limit = [8 << 20, 0_u64];
    // SAFETY: the numbers and layouts are those of 64-bit Linux, and the handler only makes calls that handlers may.
    unsafe {
        getrlimit(3, &mut limit);
        TOP = &raw const here as usize;
        LIMIT = limit[0] as usize;
        let mut action: Action = std::mem::zeroed();
        action.handler = on_fault as *const () as usize;
        // SA_SIGINFO | SA_ONSTACK.
        action.flags = 4 | 0x0800_0000;
        for signal in FAULTS {
            sigaction(signal, &action, std::ptr::null_mut());
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn name_overflows() {}

#[cfg(target_os = "linux")]
static mut TOP: usize = 0;
#[cfg(target_os = "linux")]
static mut LIMIT: usize = 0;

#[cfg(target_os = "linux")]
extern "C" fn on_fault(signal: i32, about: *const u8, _context: *mut u8) {
    // The kernel leaves a gap below the stack in which a fault still belongs to it.
    const GAP: usize = 1 << 20;
    // SAFETY: the kernel passes its siginfo, whose address is at byte 16; nothing writes the statics any more.
    unsafe {
        let address = about.add(16).cast::<usize>().read_unaligned();
        let (top, limit) = (TOP, LIMIT);
        if signal == 11 && address < top && address > top.saturating_sub(limit + GAP) {
            write(2, SAYS.as_ptr(), SAYS.len());
        }
        // The signal ends the program once this returns. If the instruction faulted again instead, the kernel would write its
        // address, which an answer can choose by its inputs, into a log that others may read.
        let usual: Action = std::mem::zeroed();
        sigaction(signal, &usual, std::ptr::null_mut());
        raise(signal);
    }
}

/// The C library's `struct sigaction` on Linux.
#[cfg(target_os = "linux")]
#[repr(C)]
struct Action {
    handler: usize,
    mask: [u64; 16],
    flags: i32,
    restorer: usize,
}

#[cfg(target_os = "linux")]
unsafe extern "C" {
    fn getrlimit(resource: i32, limit: *mut [u64; 2]) -> i32;
    fn sigaction(signal: i32, action: *const Action, old: *mut Action) -> i32;
    fn raise(signal: i32) -> i32;
    fn write(descriptor: i32, bytes: *const u8, count: usize) -> isize;
}
