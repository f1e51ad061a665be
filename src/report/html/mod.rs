//! `html`: the class page, one file that opens without a network and in which nothing of a student's runs.
//!
//! A class becomes a heat map with everything behind it; a single submission becomes one student's result, without any
//! script. Each part of the page has a file: it turns the record into plain values, which the templates lay out. Sources
//! and screens are in a store of their own ([`store`]), and the page's script shows them when they are asked for.

mod about;
mod alike;
mod class;
mod groups;
mod katas;
mod known;
mod mistakes;
mod one;
mod policy;
mod same;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod wrong;

use std::io::{Result, Write};
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::{Format, Renderer};
use crate::record::AnyRecord;

/// The class page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "the class page, one file for the teacher's browser"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Html {
    fn write(record: &AnyRecord, out: &mut dyn Write) -> Result<()> {
        match record.submissions.count() {
            // It is the page to give to the student.
            1 => {
                let alone = record.alone(0)?;
                let seen = alone.for_students();
                one::page(&*seen, &seen.submissions[0], out)
            }
            _ => class::page(record, out),
        }
    }
}

/// The templates and what each is called in the others.
const TEMPLATES: &[(&str, &str)] = &[
    ("parts.html", include_str!("page/parts.html")),
    ("class.html", include_str!("page/class.html")),
    ("table.html", include_str!("page/table.html")),
    ("row.html", include_str!("page/row.html")),
    ("rest.html", include_str!("page/rest.html")),
    ("table_end.html", include_str!("page/table_end.html")),
    ("note.html", include_str!("page/note.html")),
    ("katas.html", include_str!("page/katas.html")),
    ("mistakes.html", include_str!("page/mistakes.html")),
    ("alike.html", include_str!("page/alike.html")),
    ("one.html", include_str!("page/one.html")),
];

/// How the page looks; one text, so that the policy can name its digest.
const STYLE: &str = concat!(
    include_str!("page/style.css"),
    include_str!("page/table.css"),
    include_str!("page/print.css"),
);

/// Lays out a page or a part of one; whatever is in the values is text and never markup.
fn lay_out(template: &str, page: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);
    let text = ENVIRONMENT
        .get_template(template)
        .and_then(|template| template.render(Serde(page)));
    let text = text.expect("the templates are laid out in tests");
    out.write_all(text.as_bytes())
}

fn environment() -> Environment<'static> {
    let mut syntax = SyntaxConfig::builder();
    let syntax = syntax.trim_blocks(true).lstrip_blocks(true).build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.expect("these signs are the usual ones"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("marked", words::marked);
    for (name, text) in TEMPLATES {
        environment
            .add_template(name, text)
            .expect("the templates are read in tests");
    }
    environment
}
