"""Draws the picture of a read article that the README shows.

python -m bench.picture docs/read.svg
"""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from bench.run import ARTICLE, PUBLISHED
from legation.pipeline import read
from legation.show.terminal import render_terminal

PARAGRAPHS = 7
"""How much of the article the picture shows."""


def main() -> None:
    """Reads the beginning of the example article and writes what a terminal of 100 columns shows."""
    text = "\n".join(ARTICLE.read_text(encoding="utf-8").split("\n")[: 2 * PARAGRAPHS])
    report = read(text, published=PUBLISHED)
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    render_terminal(replace(report, article=replace(report.article, title=None)), console)
    Path(sys.argv[1]).write_text(console.export_svg(title="legation read examples/strait.txt"), encoding="utf-8")


if __name__ == "__main__":
    main()
