"""Writes a trained run as one int8 ONNX graph, with its labels and tokenizer, into the package.

python -m training.export --run training/runs/v2

The graph is joined of two: that of the first lesson (`training.first_export`), and that of statements
(`training.statement_export`), which reads what the lower layers of the first give.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from training.first_export import load_labels, write_first
from training.statement_export import join, load_statements, write_statements
from training.statement_network import LABELS
from training.train import base_model

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "legation" / "data" / "model"


def export_model(run: Path, out: Path, *, integers: bool = True) -> None:
    """Writes a run's graph, in integers or in floats, its labels and its tokenizer to a folder."""
    out.mkdir(parents=True, exist_ok=True)
    labels = load_labels(run)
    with tempfile.TemporaryDirectory() as name:
        first, statements = Path(name) / "first.onnx", Path(name) / "statements.onnx"
        write_first(run, first, integers=integers)
        write_statements(load_statements(run, labels), labels, first, statements, integers=integers)
        join(first, statements, out / "model.onnx")
    table = json.loads((run / "labels.json").read_text(encoding="utf-8"))
    (out / "labels.json").write_text(json.dumps(table | LABELS, indent=1), encoding="utf-8")
    shutil.copy(base_model() / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    """Exports a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/v2"))
    parser.add_argument("--out", type=Path, default=PACKAGE)
    parser.add_argument("--float", action="store_true", help="write the float graph too, to compare with")
    options = parser.parse_args()
    export_model(options.run, options.out)
    if options.float:
        export_model(options.run, options.run / "float", integers=False)


if __name__ == "__main__":
    main()
