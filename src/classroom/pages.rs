//! The texts of a class template: a README for students, a page for the teacher, and files for git and editors.

use super::course::CourseFiles;
use super::template::fill;
use super::{ClassOptions, Tree, Way};
use crate::catalog::Kata;
use crate::spec::{CaseKind, Credit};
use crate::words::plural;

/// Adds everything in a student's folder, except a workflow.
pub(super) fn students(folder: &mut Tree, taken: &CourseFiles, wanted: &ClassOptions) {
    for part in [&taken.course, &taken.answers] {
        folder.add_all(part.clone());
    }
    let katas = taken.katas.iter().map(|kata| {
        let title = kata.spec.title.replace('|', "\\|");
        format!("| `{}` | {title} | {} |", kata.id, kata.spec.points)
    });
    let install = match &wanted.pin {
        Some(pin) => pin.install_instructions(),
        None => "Your teacher will tell you where it is.\n".to_owned(),
    };
    let way = match &wanted.way {
        Way::Actions => ACTIONS,
        Way::Classroom50 { .. } => CLASSROOM50,
        Way::Gradescope { .. } => GRADESCOPE,
    };
    let text = fill(
        include_str!("template/README.md"),
        &[
            ("TITLE", &taken.title),
            ("KATAS", &katas.collect::<Vec<_>>().join("\n")),
            ("INSTALL", &install),
            ("ANSWER", &answer(taken)),
            ("CREDIT", credit(taken)),
            ("WAY", way.trim_end()),
        ],
    );
    folder.add("README.md", text);
    folder.add(".gitignore", IGNORED);
    folder.add(".gitattributes", ATTRIBUTES);
    let tracks = wanted.tracks.all().iter();
    for (path, text) in tracks.filter_map(|track| track.editor_settings()) {
        folder.add(path, text);
    }
}

/// Writes the page for the teacher.
pub(super) fn teacher(taken: &CourseFiles, wanted: &ClassOptions) -> String {
    let (text, assignment) = match &wanted.way {
        Way::Actions => (include_str!("template/TEACHER-actions.md"), ""),
        Way::Classroom50 { assignment } => (
            include_str!("template/TEACHER-classroom50.md"),
            assignment.as_str(),
        ),
        Way::Gradescope { .. } => (include_str!("template/TEACHER-gradescope.md"), ""),
    };
    let holds = match &wanted.way {
        Way::Gradescope { key: Some(_) } => HOLDS_KEY,
        _ => HOLDS_NO_KEY,
    };
    let program = match wanted.program {
        Some(_) => PROGRAM,
        None => "",
    };
    let points: u32 = taken.katas.iter().map(|kata| kata.spec.points).sum();
    fill(
        text,
        &[
            ("TITLE", &taken.title.replace(['"', '$', '`', '\\'], "'")),
            ("ASSIGNMENT", assignment),
            ("COUNT", &plural(taken.katas.len(), "kata")),
            ("POINTS", &plural(points as usize, "point")),
            ("ANSWER", &answer(taken)),
            ("PROGRAM", program),
            ("HOLDS", holds),
            ("TRUST", TRUST),
            ("PUBLIC", public(taken)),
            ("KEY", if is_sealed(taken) { KEY } else { "" }),
        ],
    )
}

/// The path of the first answer file.
fn answer(taken: &CourseFiles) -> String {
    let files = taken.answers.files();
    files
        .first()
        .map_or_else(String::new, |file| file.path.clone())
}

fn credit(taken: &CourseFiles) -> &'static str {
    match taken.credit {
        Credit::Cases => {
            "Each kata has several cases, and earns points in proportion to the cases that pass.\nAn answer that cannot be run earns none."
        }
        Credit::All => {
            "Each kata has several cases, and earns its points if all of them are right, and none otherwise."
        }
    }
}

/// A warning for the teacher if the course's answers are public.
fn public(taken: &CourseFiles) -> &'static str {
    match taken.katas.iter().any(Kata::is_built_in) {
        true => PUBLIC,
        false => "",
    }
}

/// Returns whether any kata has sealed cases.
fn is_sealed(taken: &CourseFiles) -> bool {
    taken.katas.iter().any(|kata| {
        let lock = kata.lock().ok().flatten();
        let sealed = lock.is_some_and(|lock| lock.sealed_names().next().is_some());
        sealed
            || kata
                .spec
                .cases
                .iter()
                .any(|case| case.kind == CaseKind::Sealed)
    })
}

const PUBLIC: &str = "
The reference answers of the built-in course are public: they are in the repository of `katas`, and `katas solution ID --give-up` shows them on a student's machine.
The command records this on that machine, but a student can remove the record.
If points count, add sealed cases (`katas author class-key`) or katas of your own.
";

const ACTIONS: &str = "
Commit and push, and your answers are judged in the *Actions* tab: the run's summary says what is right, what is wrong and why.
Until every kata passes, the run is marked as failed; you can push as often as you like.
What the run shows is only advisory; the points that count are those of your teacher's own run.
";

const CLASSROOM50: &str = "
Submit the way your class does, with a push or `gh student submit`; the result is a release of your repository, which says what is right, what is wrong and why.
You can submit as often as you like.
What the release shows is only advisory; the points that count are those of your teacher's own run.
";

const GRADESCOPE: &str = "
Upload your answers to Gradescope: the files themselves, or a zip of this folder.
It shows which cases pass, and what is wrong and why.
";

/// Generated files, and the teacher's page, which is not for students.
const IGNORED: &str = "\
# Your progress, and files for your editor. katas writes them.
.katas/
rust-project.json
# Backups from `katas reset`.
*.backup
/TEACHER.md
";

const ATTRIBUTES: &str = "\
* text=auto eol=lf
kata.lock linguist-generated
";

const KEY: &str = " --key-file ~/class.key";

const TRUST: &str = "\
## How far to trust the results

A run in the student's repository or container is only advisory, because the student controls the workflow file and can read whatever the job reads.
What counts is your own run over the collected submissions, with the sealed cases.

For *shown* cases, everything is printed.
*Hidden* cases run on the student's machine too: anyone who looks can find their inputs, but their expected outputs are stored only as salted, slow hashes.
*Sealed* cases are encrypted with the class key; without the key they are not run and do not count.
Never put the class key into a repository that a student can read, or into a secret that a student's workflow can use.
";

const HOLDS_NO_KEY: &str = "\
It contains no class key either, so sealed cases are not run; `--key-file` puts the key into it.";

const HOLDS_KEY: &str = "\
It contains the class key, because you asked for it, so the sealed cases are run.
Anyone who can download the zip from Gradescope can read the key: keep the assignment's staff small, and use the key for this class only.";

const PROGRAM: &str = "\
The grader contains the `katas` program that you passed. That program must run on the machine that judges, which is Linux with an ordinary C library.

";
