//! Writes the `html` report of a record: `class_page RECORD.json PAGE.html`. `scripts/class_page/run` tests it in a
//! browser.

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1);
    let (Some(from), Some(to)) = (paths.next(), paths.next()) else {
        return Err("usage: class_page RECORD.json PAGE.html".into());
    };
    let record = katas::report::read(&std::fs::read(from)?)?;
    let html = katas::report::format("html").ok_or("there is no format `html`")?;
    let start = Instant::now();
    let page = html.render(&record);
    let took = start.elapsed().as_millis();
    std::fs::write(to, &page)?;
    #[expect(clippy::print_stdout, reason = "the script that runs this reads it")]
    {
        println!("{took} ms, {} bytes", page.len());
    }
    Ok(())
}
