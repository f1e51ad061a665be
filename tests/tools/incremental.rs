//! What is kept between the compilations of a learner's answer: it changes no verdict, damaged or not.

use std::path::{Path, PathBuf};

use crate::common::Course;

/// The contents of a file, damaged.
type Damage = fn(Vec<u8>) -> Vec<u8>;

/// A right answer to `hf_load` that differs with `number`.
fn edited(number: usize) -> String {
    let text = include_str!("../../solutions/hf_load/solution.rs");
    let edited = text.replace(
        "model.call(x)",
        &format!("let _ = {number};\n    model.call(x)"),
    );
    assert_ne!(edited, text);
    edited
}

/// Every file below the folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn damaged_results_of_earlier_compilations_are_not_used() {
    let course = Course::of_author();
    let damages: [(&str, Damage); 4] = [
        ("empty", |_| Vec::new()),
        ("half", |text| text[..text.len() / 2].to_vec()),
        ("zeros", |text| vec![0; text.len()]),
        ("ones", |text| {
            let half = text.len() / 2;
            [&text[..half], &vec![255; text.len() - half]].concat()
        }),
    ];
    let mut number = 0;
    let mut run = || {
        number += 1;
        course.write_answer("hf_load", &edited(number));
        course.katas("run hf_load").exits(0);
    };
    run();
    for (name, damage) in damages {
        let kept = files(&course.cache.join("incremental"));
        let objects = kept
            .iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "o"));
        assert!(objects.count() > 0, "nothing was kept to damage ({name})");
        for file in kept {
            let text = std::fs::read(&file).expect("it can be read");
            std::fs::write(&file, damage(text)).expect("it can be written");
        }
        run();
        // And the run after it, which finds what this one left.
        run();
    }
}

#[test]
fn earlier_results_change_no_verdict() {
    let right = edited(0);
    let wrong = right.replace("let _ = 0;", "let x = &(x * 2.0);");
    let broken = right.replace("let _ = 0;", "let _: f32 = \"\";");
    let (keeping, forgetting) = (Course::of_author(), Course::of_author());
    for (text, code) in [
        (&right, 0),
        (&wrong, 1),
        (&broken, 1),
        (&right, 0),
        (&broken, 1),
        (&wrong, 1),
    ] {
        let screen = |course: &Course| {
            course.write_answer("hf_load", text);
            let screen = course.katas("run hf_load").exits(code).stdout;
            let untimed = screen.lines().filter(|line| !line.contains(" ms)"));
            untimed.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(screen(&keeping), screen(&forgetting));
        // Each answer is compiled again, also if it was judged before.
        for cache in [&keeping.cache, &forgetting.cache] {
            let _ = std::fs::remove_dir_all(cache.join("answers"));
        }
        std::fs::remove_dir_all(forgetting.cache.join("incremental")).expect("it is there");
    }
}

#[test]
fn several_processes_compile_one_answer() {
    let course = Course::of_author();
    course.write_answer("hf_load", &edited(0));
    for round in 1..4 {
        course.write_answer("hf_load", &edited(round));
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| course.katas("run hf_load").exits(0));
            }
        });
    }
}
