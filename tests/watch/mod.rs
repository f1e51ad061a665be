//! `katas watch` and the screen of `katas list`, in a pseudo-terminal: keys and saves go in, screens come out.

mod ends;
mod list;
mod many;
mod plain;
mod saves;
mod screens;

use crate::common::Course;
use crate::common::terminal::Size;

/// A narrow, a usual and a wide terminal.
const SIZES: [(&str, Size); 3] = [
    ("40x12", (40, 12)),
    ("80x24", (80, 24)),
    ("160x50", (160, 50)),
];

/// The last line while nothing is judged.
const WAITING: &str = "Waiting for a save";

/// Replaces the answer to hf_load by writing a new file and renaming it, as many editors do.
fn save_by_renaming(course: &Course, text: &str) {
    course.write("katas/hf_load/.hf_load.rs.new", text);
    let folder = course.root.join("katas/hf_load");
    let renamed = std::fs::rename(folder.join(".hf_load.rs.new"), folder.join("hf_load.rs"));
    renamed.expect("the course can be written");
}

/// An answer from `tests/answers`, as text.
fn answer(name: &str) -> String {
    let path = crate::common::repository()
        .join("tests/answers")
        .join(format!("{name}.rs"));
    std::fs::read_to_string(path).expect("it is there")
}
