"""The page of a result: everything is escaped, and the contents of the record are shown."""

from html.parser import HTMLParser

from katas.page import failure, page
from katas.record import Case, Cause, Kata, Message

HOSTILE = "<script>alert(1)</script>\"'&"


class Tags(HTMLParser):
    """The tags, the attributes and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def kata(**changes: object) -> Kata:
    whole: dict[str, object] = {
        "id": "one",
        "status": "failed",
        "headline": "not yet. 1 of 2 cases passed.",
        "screen": "",
        "file": "katas/one/one.py",
        "cases": (),
        "causes": (),
        "errors": (),
        "not_confined": (),
    }
    return Kata(**{**whole, **changes})  # type: ignore[arg-type]


def test_nothing_of_others_becomes_markup() -> None:
    table = f"     index  expected  got\n  >  [0]  {'<b>'}  {'<i>'}\n"
    hostile = kata(
        id=HOSTILE,
        headline=HOSTILE,
        screen=table,
        cases=(Case(1, HOSTILE, "shown", "differs", HOSTILE, HOSTILE), Case(2, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)),
        causes=(Cause(True, HOSTILE, HOSTILE),),
        errors=(Message(HOSTILE, HOSTILE, 1, 2),),
        not_confined=(HOSTILE,),
    )
    for text in (page(hostile, HOSTILE), failure(HOSTILE)):
        tags = Tags(text)
        assert tags.open == []
        known = {
            "div",
            "style",
            "h4",
            "span",
            "p",
            "b",
            "code",
            "table",
            "caption",
            "tr",
            "th",
            "td",
            "details",
            "summary",
            "pre",
        }
        assert tags.tags <= known, tags.tags
        assert tags.attributes <= {"class", "style", "open"}
        assert HOSTILE in tags.text
    assert "<b>" in Tags(page(hostile, "")).text and "<i>" in Tags(page(hostile, "")).text


def test_a_page_says_what_the_record_says() -> None:
    text = page(
        kata(
            cases=(
                Case(1, "small", "shown", "differs", "1 of 2 values differs, the first at [0].", "hello"),
                Case(2, "large", "hidden", "waits", "It was not run.", ""),
            ),
            screen="     index  expected  got  distance\n  >  [0]           1    2  > 9999 ulp\n     [1]           1    1  same\n",
            causes=(Cause(True, "This is a known mistake.", "The bias is missing."),),
            not_confined=("they can reach the network",),
        ),
        "the whole screen",
    )
    shown = Tags(text).text
    for part in [
        "not yet",
        "1 of 2 cases passed.",
        "small",
        "differs",
        "large (hidden)",
        "not run",
        "hello",
        "Case 1, small",
        "> 9999 ulp",
        "This is a known mistake.",
        "The bias is missing.",
        "they can reach the network",
        "%hint one",
        "the whole screen",
    ]:
        assert part in shown, part
    assert text.count("style='background") == 1


def test_a_pass_and_what_was_not_judged() -> None:
    assert "passed" in Tags(page(kata(status="passed", headline="passed. All 2 cases match."), "")).text
    assert "not judged" in Tags(page(kata(status="unjudged", headline="not judged: no compiler."), "")).text
    assert "no compiler" in Tags(failure("error: no compiler")).text
