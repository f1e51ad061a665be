//! A generated class: records of the real type, all answers different, with texts of realistic lengths. It is always
//! the same.

use std::io::Write;
use std::path::{Path, PathBuf};

use katas::record::{
    Answer, CaseAbout, CaseRecord, CaseStatus, Cause, ClassPart, CourseAbout, FORMAT, Judge,
    KataAbout, KataRecord, Message, Points, Record, Status, Student, Submission, share,
};
use katas::spec::{CaseKind, Credit, SealedResults};
use sha2::{Digest, Sha256};

/// The number of cases of a kata.
const CASES: usize = 8;

/// The lines that answers consist of.
const CALLS: &[&str] = &[
    "mapv(|x| x * {n}.0)",
    "t().to_owned()",
    "sum_axis(Axis({a}))",
    "slice(s![.., ..{n}]).to_owned()",
    "to_shape(({n}, {a})).unwrap().to_owned()",
    "mean_axis(Axis({a})).unwrap()",
    "dot(&weight)",
    "into_dyn()",
    "iter().rev().cloned().collect::<Vec<_>>()",
    "insert_axis(Axis({a}))",
    "permuted_axes([{a}, 1, 0])",
    "fold(0.0, |all, one| all + one)",
    "select(Axis({a}), &[{n}, 1])",
    "broadcast(({n}, {a})).unwrap().to_owned()",
    "max(&bias)",
    "powi({a})",
];

/// A deterministic generator of numbers that look random.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

/// Writes the records of all parts of a class, and returns their files.
pub(crate) fn parts(folder: &Path, students: usize, katas: usize, of: usize) -> Vec<PathBuf> {
    let ids: Vec<String> = (0..students)
        .map(|one| format!("student-{one:06}"))
        .collect();
    let mut class = Sha256::new();
    for id in &ids {
        class.update((id.len() as u64).to_le_bytes());
        class.update(id);
    }
    let digest = class.finalize();
    let class: String = digest[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let file = |index: usize| {
        let mut record = about(katas);
        record.part = Some(ClassPart {
            index: index + 1,
            of,
            submissions: students,
            class: class.clone(),
        });
        let dealt = (index..students).step_by(of);
        record.submissions = dealt.map(|one| submission(one, &ids[one], katas)).collect();
        let path = folder.join(format!("part-{index}.json"));
        let out = std::fs::File::create(&path).expect("the part can be made");
        let mut out = std::io::BufWriter::new(out);
        serde_json::to_writer_pretty(&mut out, &record).expect("the part can be written");
        out.flush().expect("the part can be written");
        path
    };
    (0..of).map(file).collect()
}

fn about(katas: usize) -> Record {
    let kata = |kata: usize| KataAbout {
        id: format!("kata_{kata:02}"),
        title: format!("The kata {kata}"),
        points: 4,
        digest: format!("{kata:032x}"),
        cases: (1..=CASES)
            .map(|case| CaseAbout {
                name: format!("case {case}"),
                kind: kind(case),
            })
            .collect(),
        starters: [(
            "rust".to_owned(),
            "pub fn answer(input: &Array1<f64>) -> Array1<f64> {\n    todo!()\n}\n".to_owned(),
        )]
        .into(),
    };
    Record {
        format: FORMAT.to_owned(),
        judge: Judge {
            katas: "0.1.0".to_owned(),
            digest: "b111d0fca7a50001".to_owned(),
            tools: [("rust".to_owned(), "rustc 1.95.0".to_owned())].into(),
            confined: vec!["landlock".to_owned(), "seccomp".to_owned()],
            not_confined: Vec::new(),
            key: None,
            seconds: 10,
        },
        course: CourseAbout {
            title: "A made course".to_owned(),
            credit: Credit::Cases,
            sealed: SealedResults::Count,
            katas: (0..katas).map(kata).collect(),
        },
        part: None,
        submissions: Vec::new(),
    }
}

fn kind(case: usize) -> CaseKind {
    if case > 5 {
        CaseKind::Hidden
    } else {
        CaseKind::Shown
    }
}

fn submission(number: usize, id: &str, katas: usize) -> Submission {
    Submission {
        id: id.to_owned(),
        student: Student {
            name: Some(format!("Student {number}")),
            email: Some(format!("{id}@example.org")),
            ..Student::default()
        },
        katas: (0..katas).map(|kata| judged(number, kata)).collect(),
        problems: Vec::new(),
    }
}

/// The result of an answer: a third are right, some do not compile, some are missing, and most of the rest have an
/// explanation.
fn judged(student: usize, kata: usize) -> KataRecord {
    let mut dice = Dice((student * 1000 + kata) as u64);
    let id = format!("kata_{kata:02}");
    let (status, right) = match dice.throw(20) {
        0..7 => (Status::Passed, CASES),
        7..17 => (Status::Failed, dice.throw(CASES)),
        17..19 => (Status::Refused, 0),
        _ => (Status::Missing, 0),
    };
    let mut record = KataRecord::without_cases(&id, status, 4, "no answer: there is no file.");
    if status == Status::Missing {
        return record;
    }
    let source = source(&mut dice, student);
    record.answer = Some(Answer {
        track: "rust".to_owned(),
        file: format!("katas/{id}/{id}.rs"),
        digest: format!("{:064x}", student * 1000 + kata),
        source: Some(source.clone()),
    });
    if status == Status::Refused {
        record.headline = "not yet. It does not compile.".to_owned();
        record.errors = vec![Message {
            text: format!("cannot find value `x{student}` in this scope"),
            code: "E0425".to_owned(),
            line: 7,
            column: 5,
        }];
        let lines: Vec<_> = source.lines().skip(5).take(12).collect();
        record.screen = format!("{id}: {}\n\n{}\n", record.headline, lines.join("\n"));
        return record;
    }
    record.cases = (1..=CASES)
        .map(|case| of_case(&mut dice, student, case, right))
        .collect();
    record.points = share(Credit::Cases, 4, status == Status::Passed, right, CASES);
    if status == Status::Passed {
        record.points = Points {
            given: 4.0,
            most: 4,
        };
    }
    record.headline = format!("{right} of {CASES} cases passed.");
    let rows: String = (0..12)
        .map(|row| {
            format!(
                "  output[{row}]  expected {}.0  got {}.{student}\n",
                dice.throw(90),
                dice.throw(90)
            )
        })
        .collect();
    record.screen = format!("{id}: {}\n\n{rows}", record.headline);
    if status == Status::Failed {
        record.outputs = Some(format!("{:016x}", student * 1000 + kata));
        if dice.throw(3) > 0 {
            record.causes = vec![Cause {
                kind: "pitfall".to_owned(),
                id: format!("pitfall_{}", dice.throw(6)),
                certain: dice.throw(2) == 0,
                lead: "This is a known mistake.".to_owned(),
                text: "The kernel still lies as PyTorch stored it, (out, in).".to_owned(),
            }];
        }
    }
    record
}

fn of_case(dice: &mut Dice, student: usize, number: usize, right: usize) -> CaseRecord {
    let passed = number <= right;
    let said = format!(
        "{} of 12 numbers differ: output[{}] is {}.{student} instead of {}.0.",
        dice.throw(12) + 1,
        dice.throw(12),
        dice.throw(90),
        dice.throw(90)
    );
    CaseRecord {
        number,
        name: format!("case {number}"),
        kind: kind(number),
        status: if passed {
            CaseStatus::Passed
        } else {
            CaseStatus::Differs
        },
        said: if passed { String::new() } else { said },
        printed: String::new(),
    }
}

fn source(dice: &mut Dice, student: usize) -> String {
    let mut text = String::from(
        "//! An answer.\n\nuse ndarray::prelude::*;\n\npub fn answer(input: &Array1<f64>) -> Array1<f64> {\n    let step_0 = input.to_owned();\n",
    );
    for step in 1..=24 {
        let call = CALLS[dice.throw(CALLS.len())];
        let call = call.replace("{n}", &dice.throw(9).to_string());
        let call = call.replace("{a}", &dice.throw(3).to_string());
        text.push_str(&format!(
            "    let step_{step} = step_{}.{call};\n",
            step - 1
        ));
    }
    text.push_str(&format!("    // by student {student}\n    step_24\n}}\n"));
    text
}
