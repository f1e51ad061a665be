//! The templates of the page, and the engine that fills them in.

use std::io::{Result, Write};
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::words;

/// The templates with their names.
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

/// The page's CSS; a single text, so that the policy can contain its digest.
pub(super) const STYLE: &str = concat!(
    include_str!("page/style.css"),
    include_str!("page/table.css"),
    include_str!("page/print.css"),
);

/// Renders a page or a part of one; all values are escaped as text.
pub(super) fn lay_out(template: &str, page: &impl Serialize, out: &mut dyn Write) -> Result<()> {
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
    environment.set_syntax(syntax.expect("this syntax is valid"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("marked", words::marked);
    for (name, text) in TEMPLATES {
        environment
            .add_template(name, text)
            .expect("the templates are read in tests");
    }
    environment
}
