"""Reads every golden report with an independent reader. Exits with 1 if one of them reports an error."""

import csv
import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped


def validator(path):
    schema = json.loads(path.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(path, validator):
    for error in validator.iter_errors(json.loads(path.read_text())):
        yield f"{path}: {error.json_path}: {error.message}"


def junit(path):
    """Checks that the declared counts are the actual counts."""
    for suite in JUnitXml.fromfile(str(path)):
        results = [result for case in suite for result in case.result]
        for name, kind in [("failures", Failure), ("errors", Error), ("skipped", Skipped)]:
            found = sum(isinstance(result, kind) for result in results)
            if getattr(suite, name) != found:
                yield f"{path}: {suite.name}: {name} says {getattr(suite, name)}, and there are {found}"
        if suite.tests != len(list(suite)):
            yield f"{path}: {suite.name}: tests says {suite.tests}, and there are {len(list(suite))}"


def table(path):
    """Checks that every row is as long as the first, and that no cell is a formula."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            yield f"{path}:{number}: {len(row)} cells instead of {len(rows[0])}"
        yield from (f"{path}:{number}: {cell!r} is a formula" for cell in row if cell[:1] in tuple("=+-@\t\r"))


def main(root):
    record = validator(root / "schemas/record-v2.schema.json")
    classroom50 = validator(root / "tests/fixtures/reports/classroom50-result-v1.schema.json")
    golden = root / "tests/report/golden"
    wrong, counts = [], {}
    for kind, pattern, check in [
        ("records", "json/*.json", lambda path: faults(path, record)),
        ("results of Classroom 50", "classroom50/*.json", lambda path: faults(path, classroom50)),
        ("JUnit files", "junit/*.xml", junit),
        ("gradebooks", "csv*/*.csv", table),
    ]:
        paths = sorted(golden.glob(pattern))
        counts[kind] = len(paths)
        for path in paths:
            wrong.extend(check(path))
    broken = sorted((root / "tests/report/broken").glob("*.json"))
    counts["broken records refused"] = len(broken)
    wrong.extend(f"{path}: accepted" for path in broken if not list(faults(path, record)))
    print("\n".join(wrong) or ", ".join(f"{count} {kind}" for kind, count in counts.items()))
    if min(counts.values()) < 8:
        sys.exit("too few were found")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
