//! Reports of records in which every text is an attack.

use katas::record::{Cause, KataRecord, Message, Record};
use katas::report::{FORMATS, Surroundings};

use super::{ATTACKS, check, check_values, table};
use crate::report::records;

/// Replaces every text of a record that is not a key, as a record from another program may contain it.
fn poison(record: &mut Record) {
    let text = format!("{ATTACKS}{}", table());
    record.course.title += &text;
    record.judge.tools.insert("rust".to_owned(), text.clone());
    record.judge.confined.push(text.clone());
    for about in &mut record.course.katas {
        about.title += &text;
        for case in &mut about.cases {
            case.name += &text;
        }
    }
    for one in &mut record.submissions {
        one.problems.push(text.clone());
        for field in [
            &mut one.student.name,
            &mut one.student.email,
            &mut one.student.sis_id,
        ] {
            *field = Some(format!("{}{text}", field.as_deref().unwrap_or_default()));
        }
        one.katas
            .iter_mut()
            .for_each(|kata| poison_kata(kata, &text));
    }
}

fn poison_kata(kata: &mut KataRecord, text: &str) {
    kata.headline += text;
    kata.screen += text;
    if let Some(answer) = &mut kata.answer {
        answer.file += text;
        answer.source = Some(text.to_owned());
    }
    for case in &mut kata.cases {
        for field in [&mut case.name, &mut case.said, &mut case.printed] {
            *field += text;
        }
    }
    let message = Message {
        text: text.to_owned(),
        code: text.to_owned(),
        line: 1,
        column: 1,
    };
    kata.warnings.push(message.clone());
    if !kata.errors.is_empty() {
        kata.errors.push(message);
    }
    kata.causes.push(Cause {
        kind: "cause".to_owned(),
        id: text.to_owned(),
        certain: false,
        lead: text.to_owned(),
        text: text.to_owned(),
    });
}

#[test]
fn no_report_hides_anything() {
    for (name, mut record) in records() {
        poison(&mut record);
        // A record from elsewhere, which katas reads.
        let bytes = serde_json::to_vec(&record).expect("JSON");
        let record = katas::report::read(&bytes).expect("a record");
        for format in FORMATS {
            if !format.can_contain_class() && record.submissions.len() != 1 {
                continue;
            }
            let what = format!("{name} as {}", format.name());
            let bytes = format.render_in(&record, &Surroundings::unknown());
            let text = String::from_utf8(bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
            // Spreadsheets require Windows line ends.
            check(&text.replace("\r\n", "\n"), false, &what);
            // The texts behind JSON's escapes are shown on pages and screens too; only the sources of answers stay
            // unchanged.
            if let (Ok(value), false) = (
                serde_json::from_str::<serde_json::Value>(&text),
                format.name() == "json",
            ) {
                check_values(&value, &what);
            }
        }
        if record.submissions.len() == 1 {
            let all = katas::report::classroom::annotations(&record, "a\u{202e}\n::error::b");
            let all = String::from_utf8(all).expect("text");
            check(&all, false, name);
            assert!(
                all.lines()
                    .all(|line| line.starts_with("::error file=")
                        || line.starts_with("::warning file=")),
                "{all}"
            );
        }
    }
}
