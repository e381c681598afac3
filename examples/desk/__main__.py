"""`python -m examples.desk [FOLDER]`: shows the demo desk, and leaves it in FOLDER.

Exit code 1: a step did not show what it should.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from examples.desk.demo import Demo, NotShown
from examples.desk.stories import load_news
from legation.errors import LegationError

DESK = Path("build/desk")


def main(arguments: Sequence[str]) -> int:
    """Runs the demo; the exit code."""
    folder = Path(arguments[0]) if arguments else DESK
    try:
        Demo(load_news(), folder, lambda line: print(line, flush=True)).run()
    except NotShown as failure:
        print(f"\nThis step does not show what it should. {failure}", file=sys.stderr)
        return 1
    except LegationError as error:
        print(f"\n{error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
