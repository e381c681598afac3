"""What is in the package: its public names, its data, and that it works where only it is installed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import legation

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

PUBLIC = """
Article ArticleInfo CollectError DateError DateExpression Desk Entity EntitySpan Event EventDate FetchError
LegationError Magnitude ModelError ModelInfo NoDeskError Place Position Reader Rejection Report SourceNotFoundError Span
Statement StoreBusyError StoreDamagedError StoreError StoreRevisionError TooLargeError UsageError __version__ read
read_source
"""
DATA = [
    "data/model/model.onnx",
    "data/model/labels.json",
    "data/model/tokenizer.json",
    "data/model/calibration.json",
    "data/model/positions.json",
    "data/model/sides.json",
    "data/columns.csv",
    "data/countries.csv",
    "data/desk.toml",
    "data/systemd/legation.service",
    "data/leaders.csv",
    "data/leaders.index",
    "data/names.index",
    "data/offices.csv",
    "data/organizations.csv",
    "data/plover.csv",
    "data/cameo.csv",
    "data/cameo_status.csv",
    "data/cameo_words.csv",
    "data/issues.index",
    "data/issues.toml",
    "data/lemmas.json",
    "data/word_shares.csv",
    "data/telling_words.csv",
    "data/side_words.csv",
    "data/sentences.npz",
    "data/places.npz",
    "data/places.txt",
    "extract/languages.tsv",
    "extract/english_function_words.txt",
    "show/templates/page.html",
    "show/templates/page.css",
    "store/migrations/env.py",
    "store/migrations/versions/v0001.postgresql.sql",
    "store/migrations/versions/v0001.sqlite.sql",
]


def test_the_public_names_are_these() -> None:
    assert legation.__all__ == sorted(PUBLIC.split())
    for name in legation.__all__:
        assert getattr(legation, name) is not None


def test_every_public_name_says_what_it_is() -> None:
    for name in set(legation.__all__) - {"__version__"}:
        assert (getattr(legation, name).__doc__ or "").strip(), name


def test_every_error_has_its_place_in_the_tree() -> None:
    for name in legation.__all__:
        if name.endswith("Error"):
            assert issubclass(getattr(legation, name), legation.LegationError)


def test_the_command_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="legation")
    assert command.value == "legation.cli:main"


def test_what_the_library_imports_is_what_it_asks_for() -> None:
    asked = {_normal(re.split(r"[<>=\[; ]", line)[0]) for line in PROJECT["dependencies"]}
    distributions = {"pdfminer": "pdfminer-six"}
    used = set()
    for path in (ROOT / "src").rglob("*.py"):
        for name in re.findall(r"^\s*(?:import|from) (\w+)", path.read_text(encoding="utf-8"), re.M):
            if name not in sys.stdlib_module_names and name not in ("legation", "__future__"):
                used.add(_normal(distributions.get(name, name)))
    # charset-normalizer comes as the encoding guesser of extract only if it is imported there.
    assert used <= asked
    assert asked - used == set()


def test_everything_asked_for_is_locked_with_hashes() -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==[^ ]+(?: ;[^\\]*)? \\\n    --hash=sha256:[0-9a-f]{64}", locked, re.M)
    extras = PROJECT["optional-dependencies"]
    for line in [*PROJECT["dependencies"], *extras["test"], *extras["lint"]]:
        assert _normal(re.split(r"[<>=\[; ]", line)[0]) in pins
    assert len(pins) == len(re.findall(r"^[a-z0-9-]+==", locked, re.M))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_is_named_and_carries_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wheel.name == f"legation-{legation.__version__}-py3-none-any.whl"
    for name in DATA:
        assert f"legation/{name}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_table_of_places_takes_little_room_and_says_whose_it_is(wheel: Path) -> None:
    packed = zipfile.ZipFile(wheel)
    assert packed.getinfo("legation/data/places.npz").compress_size < 3_000_000
    told = packed.read("legation/data/places.txt").decode()
    assert "GeoNames" in told
    assert "CC BY 4.0" in told


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("legation/", f"legation-{legation.__version__}.dist-info/")), name
        assert "__pycache__" not in name


def test_the_wheel_reads_by_itself(wheel: Path, tmp_path: Path) -> None:
    # A wheel is a zip file, laid out as it is installed.
    zipfile.ZipFile(wheel).extractall(tmp_path)
    script = (
        "import legation, sys; print(legation.__file__); "
        "print(legation.read('Peru met Chile.').text, 'torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{tmp_path / 'legation' / '__init__.py'}\nPeru met Chile. False\n"
