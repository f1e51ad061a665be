#!/usr/bin/env python3
"""Judges one submission with katas, for Classroom 50. Created by `katas classroom new --classroom50`.

The runner starts this script in the student's checkout and reads result.json there. The script always leaves a complete
result.json and exits with 0: after any other code, the student would see 0 of 0 points without a reason.

Answers are judged with the course next to this file. Only the answers are read from the checkout, so changes to the course
there have no effect. No program is started in the checkout, because files there could affect it.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request

BUNDLE = pathlib.Path(__file__).resolve().parent
CHECKOUT = pathlib.Path.cwd()

# Where to get katas, if the program is not in the bundle.
PIN = @PIN@

# Classroom 50 stops the job after 15 minutes, and the student then gets no feedback.
END = time.monotonic() + float(os.environ.get("KATAS_SECONDS", 12 * 60))

# What a student reads if katas wrote no text.
UNJUDGED = """# Not judged

The grader could not finish. That is not your fault; tell your teacher.
The log of this run says what happened.
"""


def main():
    result = json.loads((BUNDLE / "fallback.json").read_text(encoding="utf-8"))
    body = None
    leave(result, body)
    work = pathlib.Path(tempfile.mkdtemp(prefix="katas-"))
    try:
        judge(work)
    except Exception as error:  # The student must get a result after any error.
        print(f"The grader could not finish: {error}", file=sys.stderr)
    try:
        # katas writes a complete report or none. Its first report says that nothing was judged.
        result = json.loads((work / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"katas wrote no report: {error}", file=sys.stderr)
        body = UNJUDGED
    try:
        # katas writes this text next to its report.
        body = (work / "release-body.md").read_text(encoding="utf-8")
    except (OSError, ValueError):
        pass
    leave(result, body)
    shutil.rmtree(work, ignore_errors=True)


def judge(work):
    environment = dict(os.environ)
    # A self-hosted runner may keep the cache between jobs.
    environment.setdefault("KATAS_CACHE", str(work / "cache"))
    katas = install(work, environment)
    command = [katas, "grade", "--submission", CHECKOUT]
    command += ["--report", f"classroom50={work / 'result.json'}"]
    done = run(command, BUNDLE / "course", environment)
    print(f"katas exited with code {done}", flush=True)


def install(work, environment):
    """Returns the path of the program, which is in the bundle, downloaded or built."""
    bundled = BUNDLE / "bin" / "katas"
    if bundled.is_file():
        bundled.chmod(0o755)
        return bundled
    if "git" in PIN:
        root = work / "installed"
        command = ["cargo", "install", "--git", PIN["git"], "--rev", PIN["rev"], "--locked", "--root", root, "katas"]
        code = run(command, work, environment)
        if code != 0:
            raise RuntimeError(f"cargo install exited with code {code}")
        return root / "bin" / "katas"
    with urllib.request.urlopen(PIN["release"], timeout=max(1, END - time.monotonic())) as response:
        fetched = response.read()
    digest = hashlib.sha256(fetched).hexdigest()
    if digest != PIN["sha256"]:
        raise RuntimeError(f"{PIN['release']} has the SHA-256 {digest}, not the pinned one")
    program = work / "katas"
    if PIN["archive"]:
        (work / "fetched").write_bytes(fetched)
        with tarfile.open(work / "fetched") as archive:
            inside = [one for one in archive if one.isfile() and pathlib.PurePath(one.name).name == "katas"]
            with archive.extractfile(inside[0]) as unpacked, open(program, "wb") as file:
                shutil.copyfileobj(unpacked, file)
    else:
        program.write_bytes(fetched)
    program.chmod(0o755)
    return program


def run(command, folder, environment):
    """Runs a command, but no longer than the time allows, and returns its exit code."""
    sys.stdout.flush()
    process = subprocess.Popen([str(word) for word in command], cwd=folder, env=environment)
    try:
        return process.wait(timeout=max(1, END - time.monotonic()))
    except subprocess.TimeoutExpired:
        # On SIGTERM, katas writes the results so far.
        process.terminate()
        try:
            return process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def leave(result, body):
    """Writes the files that Classroom 50 reads, with Classroom 50's names and URLs for this submission."""
    names = {
        "classroom": "CLASSROOM",
        "assignment": "ASSIGNMENT",
        "assignment_type": "ASSIGNMENT_TYPE",
        "owner": "OWNER",
        "submission": "SUBMISSION_TAG",
        "commit": "COMMIT_URL",
        "release": "RELEASE_URL",
        "review": "REVIEW_URL",
    }
    for key, variable in names.items():
        if os.environ.get(variable):
            result[key] = os.environ[variable]
    result["datetime"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    replace(CHECKOUT / "result.json", json.dumps(result, indent=2) + "\n")
    if body is not None:
        replace(CHECKOUT / "release-body.md", body)


def replace(path, text):
    """Writes a file atomically, even if the student has put something else in its place."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    written, name = tempfile.mkstemp(dir=path.parent)
    with open(written, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(name, 0o644)
    os.replace(name, path)


if __name__ == "__main__":
    main()
