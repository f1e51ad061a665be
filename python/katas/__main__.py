"""`python -m katas`: runs the program of this wheel, even if its folder is not on PATH."""

import os
import sys

from katas import program


def main() -> None:
    """Replaces this process with the program."""
    try:
        found = program.find()
    except program.ProgramError as error:
        sys.exit(str(error))
    os.execv(found, [str(found), *sys.argv[1:]])


if __name__ == "__main__":
    main()
