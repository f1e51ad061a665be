"""Validates every spec of the repository, and every broken one, against katas/kata.schema.json. Exits with 1 if one is judged wrongly."""

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft7Validator


def main(root):
    schema = json.loads((root / "katas/kata.schema.json").read_text())
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    good = sorted(
        [
            *root.glob("katas/*/kata.yaml"),
            *root.glob("tests/courses/*/katas/*/kata.yaml"),
            root / "tests/fixtures/specs/good.yaml",
        ]
    )
    broken = sorted(root.glob("tests/fixtures/schema/*.yaml"))
    wrong = []
    for path in good:
        # In YAML 1.1, `1e-3` is text; the schema accepts text for a number anyway.
        for error in validator.iter_errors(yaml.safe_load(path.read_text())):
            wrong.append(f"{path.relative_to(root)}: {error.json_path}: {error.message}")
    for path in broken:
        if validator.is_valid(yaml.safe_load(path.read_text())):
            wrong.append(f"{path.relative_to(root)}: accepted")
    print("\n".join(wrong) or f"{len(good)} specs accepted, {len(broken)} broken ones refused")
    if len(good) < 4 or len(broken) < 15:
        sys.exit("too few were found")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
