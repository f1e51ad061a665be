//! Catches a panic and returns its text; its location must be the call of nnx. The other tests use this.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// The text of the panic of `act`. Its reported location must be the call of this function.
#[track_caller]
pub(crate) fn panic_of<T>(act: impl FnOnce() -> T) -> String {
    let caller = Location::caller();
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let old = take_hook();
        set_hook(Box::new(move |info| {
            if EXPECTED.get() {
                let place = info.location().expect("panics have a location");
                PLACE.set(Some((place.file().to_owned(), place.line())));
            } else {
                old(info);
            }
        }));
    });
    EXPECTED.set(true);
    let result = catch_unwind(AssertUnwindSafe(act));
    EXPECTED.set(false);
    let Err(payload) = result else {
        panic!("there was no panic")
    };
    let text = payload.downcast::<String>().map(|text| *text);
    let text = text.or_else(|payload| payload.downcast::<&str>().map(|text| (*text).to_owned()));
    let (file, line) = PLACE.take().expect("the hook has run");
    assert_eq!(file, caller.file());
    assert!(
        (caller.line()..caller.line() + 6).contains(&line),
        "{line} is not in the call"
    );
    text.expect("a text")
}

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
    static PLACE: Cell<Option<(String, u32)>> = const { Cell::new(None) };
}
