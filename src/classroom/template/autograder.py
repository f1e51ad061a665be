#!/usr/bin/env python3
"""Judges one submission with katas, for Classroom 50. `katas classroom new --classroom50` made it.

The runner starts it in the student's checkout, and reads result.json there. Whatever happens, a whole one is left and this
ends with 0: after any other code the student would see 0 of 0 and no word of why.

Everything is judged by the course that lies beside this file, so what a student changes in the checkout's own course changes
nothing; only the answers are read from there. Nothing is started in the checkout, where a file could change how it runs.
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

# Where katas comes from, if the program itself is not in the bundle.
PIN = @PIN@

# Classroom 50 ends the whole job after 15 minutes, and then there is no feedback at all.
END = time.monotonic() + float(os.environ.get("KATAS_SECONDS", 12 * 60))

# What a student reads where katas left nothing to read.
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
    except Exception as error:  # Whatever it is, the student gets a result.
        print(f"The grader could not finish: {error}", file=sys.stderr)
    try:
        # katas writes its report whole or not at all, and begins with one that says that nothing was judged.
        result = json.loads((work / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"katas left no report: {error}", file=sys.stderr)
        body = UNJUDGED
    try:
        # katas writes it beside its report.
        body = (work / "release-body.md").read_text(encoding="utf-8")
    except (OSError, ValueError):
        pass
    leave(result, body)
    shutil.rmtree(work, ignore_errors=True)


def judge(work):
    environment = dict(os.environ)
    # A runner of your own may keep what was built.
    environment.setdefault("KATAS_CACHE", str(work / "cache"))
    katas = install(work, environment)
    command = [katas, "grade", "--submission", CHECKOUT]
    command += ["--report", f"classroom50={work / 'result.json'}"]
    done = run(command, BUNDLE / "course", environment)
    print(f"katas ended with exit code {done}", flush=True)


def install(work, environment):
    """Gives the program's path; it is in the bundle, or is fetched, or is built."""
    bundled = BUNDLE / "bin" / "katas"
    if bundled.is_file():
        bundled.chmod(0o755)
        return bundled
    if "git" in PIN:
        root = work / "installed"
        command = ["cargo", "install", "--git", PIN["git"], "--rev", PIN["rev"], "--locked", "--root", root, "katas"]
        code = run(command, work, environment)
        if code != 0:
            raise RuntimeError(f"cargo install ended with exit code {code}")
        return root / "bin" / "katas"
    with urllib.request.urlopen(PIN["release"], timeout=max(1, END - time.monotonic())) as response:
        fetched = response.read()
    digest = hashlib.sha256(fetched).hexdigest()
    if digest != PIN["sha256"]:
        raise RuntimeError(f"{PIN['release']} has the SHA-256 {digest}, and not the one that was pinned")
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
    """Runs a command for as long as there is time, and gives its exit code."""
    sys.stdout.flush()
    process = subprocess.Popen([str(word) for word in command], cwd=folder, env=environment)
    try:
        return process.wait(timeout=max(1, END - time.monotonic()))
    except subprocess.TimeoutExpired:
        # It writes what it knows when it is asked to end.
        process.terminate()
        try:
            return process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def leave(result, body):
    """Writes what Classroom 50 reads, with the names that it knows this submission by."""
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
    """Writes a file whole, whatever a student has put in its place."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    written, name = tempfile.mkstemp(dir=path.parent)
    with open(written, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(name, 0o644)
    os.replace(name, path)


if __name__ == "__main__":
    main()
