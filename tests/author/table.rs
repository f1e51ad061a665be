//! `katas author table`.

use crate::common::{Course, shown};

#[test]
fn a_table_for_each_kata() {
    let course = Course::of_author();
    shown("author_table", &course.katas("author table").exits(0));
}
