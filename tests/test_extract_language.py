"""English is read, other languages are named, and what is too short to tell is not rejected."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import legation.extract
from legation.extract.language import check_language, english_function_words, language_names

SAMPLES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "languages.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("code", "name", "sentence"), SAMPLES)
def test_one_sentence_is_enough_to_name_a_language(code: str, name: str, sentence: str) -> None:
    found, rejection = check_language(sentence)
    assert found == code
    assert rejection is not None
    assert rejection.reason == "not_english"
    assert rejection.message == f"It is written in {name}; Legation reads English."


@pytest.mark.parametrize(
    "body",
    [
        "The envoy left the capital on Tuesday.",
        "THE ENVOY LEFT THE CAPITAL ON TUESDAY, A SPOKESMAN SAID.",
        "URGENT ORVANIA ARMY SEIZES TESKIA BORDER POST -- STATE TELEVISION",
        "Orvania recalls envoy",
        "Orvania, Teskia resume talks on prisoner swap",
        "Orvania President Vows Swift Response To Teskia Border Raid",
        "Protests, sanctions, shelling: five questions answered",
        "Ilse Varga, Jean-Pierre Dubois, Hans Müller, José Martínez de la Cruz, Nguyễn Văn An",
        "Paris\nBerlin\nMadrid\nRoma\nWien\nBruxelles\nKøbenhavn\n",
        "Nein!",
        "Vive la France",
        "OK",
        "“Wir werden nicht verhandeln, solange unsere Dörfer brennen”, she said, and the hall rose.",
        "The motto on the gate, “Liberté, égalité, fraternité”, was painted over by the protesters.",
    ],
)
def test_english_and_what_cannot_be_told_is_read(body: str) -> None:
    assert check_language(body) == ("en", None)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "12 345 — 67 %",
        "🇺🇳 🇫🇷",
        "...\n\n---",
        "http://example.org/eine/lange/adresse/der/zeitung/mit/vielen/worten",
        "info@zeitung.example, redaktion@zeitung.example",
    ],
)
def test_what_has_no_words_has_no_language(body: str) -> None:
    assert check_language(body) == (None, None)


def test_capitals_do_not_hide_another_language() -> None:
    assert check_language("DIE MINISTERIN SAGTE AM DIENSTAG, DIE GESPRÄCHE WÜRDEN FORTGESETZT.")[0] == "de"


def test_english_words_in_it_do_not_hide_another_language() -> None:
    body = "Der Sender „The World Tonight“ berichtete am Abend, die Gespräche seien ohne Ergebnis beendet."
    assert check_language(body)[0] == "de"


def test_a_long_text_is_judged_by_all_its_parts() -> None:
    german = "Die Ministerin sagte am Dienstag, die Gespräche würden fortgesetzt. "
    assert check_language(german * 100_000)[0] == "de"
    assert check_language("The envoy left the capital on Tuesday. " * 100_000) == ("en", None)


def test_the_model_is_not_loaded_for_english() -> None:
    code = (
        "import sys; from legation.extract.language import check_language as check;"
        "check('The envoy left the capital on Tuesday.'); sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_each_language_that_can_be_found_has_a_name() -> None:
    from legation.extract.language import _identifier

    assert set(_identifier().labels) - {"zxx"} <= set(language_names())
    assert all(name.strip() == name and name for name in language_names().values())


def test_the_function_words_are_lower_case_and_each_stands_once() -> None:
    path = Path(legation.extract.__file__).with_name("english_function_words.txt")
    words = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert words == sorted(set(words)) == sorted(english_function_words())
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(("code", "name", "sentence"), SAMPLES)
def test_no_other_language_is_full_of_english_function_words(code: str, name: str, sentence: str) -> None:
    words = [word.strip(".,").lower() for word in sentence.split()]
    assert sum(word in english_function_words() for word in words) <= 0.06 * len(words)
