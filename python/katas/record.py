"""The part of katas' records (`katas/record/v2`) that a learner's own result contains: plain data, read from JSON.

`program` reads records through this module. Nothing here runs or shows anything.
"""

import json
from dataclasses import dataclass
from typing import Any

#: The version of records that is read here.
FORMAT = "katas/record/v2"


class RecordError(Exception):
    """The text is not a record of the version that this package reads."""


@dataclass(frozen=True)
class CaseAbout:
    """Names one case of a kata."""

    name: str
    #: `shown`, `hidden` or `sealed`.
    kind: str


@dataclass(frozen=True)
class KataAbout:
    """One kata of the course."""

    id: str
    title: str
    cases: tuple[CaseAbout, ...]


@dataclass(frozen=True)
class Case:
    """The result of one case."""

    number: int
    name: str
    kind: str
    #: `passed`, `differs`, `failed`, `waits` or `open`.
    status: str
    said: str
    printed: str


@dataclass(frozen=True)
class Cause:
    """One explanation of why an answer is wrong."""

    certain: bool
    lead: str
    text: str


@dataclass(frozen=True)
class Message:
    """One message of a compiler."""

    text: str
    code: str
    line: int
    column: int


@dataclass(frozen=True)
class Kata:
    """The result of one answer."""

    id: str
    #: `passed`, `failed`, `refused`, `missing` or `unjudged`.
    status: str
    headline: str
    screen: str
    file: str | None
    cases: tuple[Case, ...]
    causes: tuple[Cause, ...]
    errors: tuple[Message, ...]
    #: What was not enforced while the answer ran, each as a clause; empty if it was confined.
    not_confined: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every case passed and all other requirements are met."""
        return self.status == "passed"


@dataclass(frozen=True)
class Record:
    """The course, and the results of its single submission."""

    course: list[KataAbout]
    katas: list[Kata]


def read(text: str) -> Record:
    """Reads a record of one submission."""
    try:
        record = json.loads(text)
        found = record["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise RecordError(f"katas wrote no record: {error}") from error
    if found != FORMAT:
        raise RecordError(f"katas wrote {found}, but this package reads {FORMAT}; install the same version of both")
    return Record(
        course=[_about(kata) for kata in record["course"]["katas"]],
        katas=[_kata(kata, record["judge"]) for kata in record["submissions"][0]["katas"]],
    )


def _about(kata: dict[str, Any]) -> KataAbout:
    cases = tuple(CaseAbout(case["name"], case["kind"]) for case in kata["cases"])
    return KataAbout(kata["id"], kata["title"], cases)


def _kata(kata: dict[str, Any], judge: dict[str, Any]) -> Kata:
    case_keys = ("number", "name", "kind", "status", "said", "printed")
    answer = kata["answer"]
    return Kata(
        id=kata["kata"],
        status=kata["status"],
        headline=kata["headline"],
        screen=kata["screen"],
        file=answer["file"] if answer else None,
        cases=tuple(Case(**{key: case[key] for key in case_keys}) for case in kata["cases"]),
        causes=tuple(Cause(cause["certain"], cause["lead"], cause["text"]) for cause in kata["causes"]),
        errors=tuple(Message(one["text"], one["code"], one["line"], one["column"]) for one in kata["errors"]),
        not_confined=tuple(judge["not_confined"]),
    )
