"""Writes the commands of each step of a workflow to a separate file, as GitHub's runner does before it runs them."""

import sys
from pathlib import Path

import ruamel.yaml


def main(workflow, folder):
    read = ruamel.yaml.YAML(typ="safe", pure=True).load(Path(workflow))
    written = 0
    for job in read["jobs"].values():
        for number, step in enumerate(job["steps"]):
            if "run" in step:
                Path(folder, f"step-{number}.sh").write_text(step["run"])
                written += 1
    if written < 3:
        sys.exit(f"{workflow} has {written} steps with commands")


if __name__ == "__main__":
    main(*sys.argv[1:])
