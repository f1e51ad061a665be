"""A result as HTML for a notebook: the verdict, each case, the numbers around the first difference, the explanation.

`magic` shows it. Every text is escaped, and nothing in it runs. Colors come from the notebook's theme, light or dark.
"""

from html import escape

from katas import record, screen

#: The words and the CSS class for each status of a case.
_CASES = {
    "passed": ("passed", "good"),
    "differs": ("differs", "bad"),
    "failed": ("failed", "bad"),
    "waits": ("not run", "quiet"),
    "open": ("does not count", "quiet"),
}

_STYLE = """
.katas { line-height: 1.45; max-width: 60rem; }
.katas table { border-collapse: collapse; margin: .6em 0; font-size: 1em; }
.katas th, .katas td { padding: .15em .7em; text-align: left; vertical-align: top; background: none;
  border: 0; border-bottom: 1px solid rgba(128, 128, 128, .3); white-space: pre-wrap; }
.katas th { font-weight: 600; }
.katas .numbers td, .katas .numbers th { font-family: monospace; text-align: right; white-space: pre; }
.katas .pair { display: flex; flex-wrap: wrap; gap: 0 2.5em; }
.katas caption { caption-side: top; text-align: left; padding: 0; color: inherit; opacity: .75; }
.katas .badge { border-radius: .6em; padding: 0 .6em; white-space: nowrap; }
.katas .good { background: rgba(46, 160, 67, .25); }
.katas .bad { background: rgba(219, 88, 41, .28); }
.katas .quiet { background: rgba(128, 128, 128, .2); }
.katas h4 { margin: 0 0 .3em; font-size: 1.1em; }
.katas pre { white-space: pre; overflow-x: auto; }
"""


def page(kata: record.Kata, text: str) -> str:
    """Returns the HTML of a result; `text` is the program's output."""
    word, look = ("passed", "good") if kata.passed else ("not yet", "bad")
    if kata.status == "unjudged":
        word, look = "not judged", "quiet"
    headline = kata.headline.removeprefix(f"{word}.").strip()
    parts = [
        f"<style>{_STYLE}</style>",
        f"<h4>{escape(kata.id)} <span class='badge {look}'>{word}</span></h4>",
        f"<p>{escape(headline)}</p>" if headline else "",
        _not_confined(kata.not_confined),
        _messages(kata.errors),
        _cases(kata.cases),
        _numbers(kata),
        *(f"<p><b>{escape(cause.lead)}</b> {escape(cause.text)}</p>" for cause in kata.causes),
        "" if kata.passed else f"<p><code>%hint {escape(kata.id)}</code> gives a hint.</p>",
        # The compiler's picture of the line is only in the output.
        f"<details{' open' if kata.errors else ''}><summary>Terminal output</summary><pre>{escape(text)}</pre></details>",
    ]
    return f"<div class='katas'>{''.join(parts)}</div>"


def failure(message: str) -> str:
    """Returns the HTML of an answer that was not judged."""
    badge = "<span class='badge quiet'>not judged</span>"
    return f"<div class='katas'><style>{_STYLE}</style><h4>{badge}</h4><pre>{escape(message)}</pre></div>"


def _not_confined(missing: tuple[str, ...]) -> str:
    if not missing:
        return ""
    return f"<p><b>Answers were not confined:</b> {escape(', and '.join(missing))}. Only run code you trust.</p>"


def _messages(messages: tuple[record.Message, ...]) -> str:
    rows = ""
    for message in messages:
        place = f"line {message.line}, column {message.column}" if message.line else ""
        rows += f"<tr><td>{place}</td><td>{escape(message.text)}</td></tr>"
    return f"<table>{rows}</table>" if rows else ""


def _cases(cases: tuple[record.Case, ...]) -> str:
    rows = ""
    for case in cases:
        word, look = _CASES.get(case.status, (escape(case.status), "quiet"))
        kind = "" if case.kind == "shown" else f" ({escape(case.kind)})"
        printed = f"<details><summary>printed</summary><pre>{escape(case.printed)}</pre></details>" if case.printed else ""
        rows += (
            f"<tr><td>{case.number}</td><td>{escape(case.name)}{kind}</td>"
            f"<td><span class='badge {look}'>{word}</span></td><td>{escape(case.said)}{printed}</td></tr>"
        )
    return f"<table>{rows}</table>" if rows else ""


def _numbers(kata: record.Kata) -> str:
    found = screen.picture(kata.screen)
    wrong = next((case for case in kata.cases if case.status == "differs" and case.kind == "shown"), None)
    about = f"Case {wrong.number}, {escape(wrong.name)}" if wrong else ""
    if isinstance(found, screen.Table):
        return _table(found, about)
    if isinstance(found, screen.Matrices):
        expected = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in found.expected)
        got = "".join(f"<tr>{''.join(_hot(cell.text, cell.heat) for cell in row)}</tr>" for row in found.got)
        return (
            f"<div class='pair'><table class='numbers'><caption>{about}: expected</caption>{expected}</table>"
            f"<table class='numbers'><caption>got</caption>{got}</table></div>"
        )
    return ""


def _table(table: screen.Table, about: str) -> str:
    header = "".join(f"<th>{escape(title)}</th>" for title in table.header)
    rows = ""
    for cells, heat in table.rows:
        shown = (_hot(cell, heat) if place == 2 else f"<td>{escape(cell)}</td>" for place, cell in enumerate(cells))
        rows += f"<tr>{''.join(shown)}</tr>"
    return f"<table class='numbers'><caption>{about}</caption><tr>{header}</tr>{rows}</table>"


def _hot(text: str, heat: float) -> str:
    """A cell whose background shows its heat; the color is not the only sign, because the number is shown too."""
    style = f" style='background: rgba(219, 88, 41, {0.1 + 0.6 * heat:.2f})'" if heat else ""
    return f"<td{style}>{escape(text)}</td>"
