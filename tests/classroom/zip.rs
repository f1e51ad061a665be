//! The zip for Gradescope, as bytes and modes; `tests/with_tools/gradescope.rs` runs its contents.

use std::os::unix::fs::PermissionsExt;

use crate::common::Course;
use crate::common::classroom::{check_gradescope, json, listing, new, release, unpack};

#[test]
fn the_zip_has_what_gradescope_starts_and_the_same_bytes_each_time() {
    let course = Course::of_author();
    let release = release();
    for name in ["one", "two"] {
        new(&course, &format!("--gradescope {name}.zip {release}"));
    }
    let bytes = |name: &str| std::fs::read(course.root.join(name)).expect("the zip");
    assert_eq!(bytes("one.zip"), bytes("two.zip"));
    let folder = course.root.join("unpacked");
    unpack(&course.root.join("one.zip"), &folder);
    let mode = |name: &str| {
        let about = std::fs::metadata(folder.join(name)).expect(name);
        about.permissions().mode() & 0o777
    };
    assert_eq!(mode("run_autograder"), 0o755);
    assert_eq!(mode("setup.sh"), 0o755);
    assert_eq!(mode("fallback.json"), 0o644);
    assert!(
        !listing(&folder)
            .iter()
            .any(|name| name.ends_with("hf_load.rs"))
    );
    check_gradescope(&json(&folder.join("fallback.json")));
}
