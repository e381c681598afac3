"""How text is cut into words: the conventions of Universal Dependencies, and what no text may break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.read.words import split_words


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in split_words(text, 0, len(text))]


def cut(text: str) -> str:
    return "|".join(words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", "do|n't"),
        ("don’t", "do|n’t"),
        ("DON'T", "DO|N'T"),
        ("can't", "ca|n't"),
        ("won’t", "wo|n’t"),
        ("cannot", "can|not"),
        ("Cannot", "Can|not"),
        ("we'll", "we|'ll"),
        ("I’ve", "I|’ve"),
        ("they're", "they|'re"),
        ("he'd", "he|'d"),
        ("Novak's", "Novak|'s"),
        ("Novak’s,", "Novak|’s|,"),
        ("shouldn't've", "should|n't|'ve"),
        ("gonna", "gon|na"),
        ("dont", "do|nt"),
        ("dunno", "du|n|no"),
        ("the states' offer", "the|states|'|offer"),
        ("O'Hara's", "O'Hara|'s"),
    ],
)
def test_a_clitic_stands_alone(text: str, expected: str) -> None:
    assert cut(text) == expected


def test_an_apostrophe_inside_a_name_does_not_split_it() -> None:
    assert words("Sana'a o'clock d’Artois") == ["Sana'a", "o'clock", "d’Artois"]


@pytest.mark.parametrize("following", ["the", "a", "not"])
def test_its_splits_only_where_it_must_mean_it_is(following: str) -> None:
    assert words(f"its {following} same") == ["it", "s", following, "same"]
    assert words(f"its army {following}") == ["its", "army", following]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.-North", "U.S.|-|North"),
        ("three-year-old", "three|-|year|-|old"),
        ("so-called", "so|-|called"),
        ("Secretary-General", "Secretary|-|General"),
        ("al-Hadid", "al|-|Hadid"),
        ("2015-16", "2015|-|16"),
        ("non-member", "non-member"),
        ("Anti-war", "Anti-war"),
        ("ex-minister", "ex-minister"),
        ("co-operate", "co-operate"),
        ("e-mail", "e-mail"),
        ("mid-1980s", "mid-1980s"),
        ("UN-led", "UN|-|led"),
        ("CO-authors", "CO|-|authors"),
        ("over-the-top", "over|-|the|-|top"),
        ("Kafka-esque", "Kafka-esque"),
        ("east–west", "east|–|west"),
        ("talks—the", "talks|—|the"),
        ("talks--the", "talks|--|the"),
    ],
)
def test_a_hyphen_stands_alone_except_behind_a_bound_prefix(text: str, expected: str) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "p.m.", "U.S.", "U.N.", "D.C.", "Mr.", "Gen.", "Sept.", "e.g.", "Ph.D.", "J.",
        "9:30", "10,000", "1,234,567.89", "3.5", "9/11", "28/10/2004", "713-555-0100",
        "1980s", "80's", "21st", "'98",
        "https://example.org/a_b?c=1&d=2", "www.example.org/x",
        "jane.roe@example.org", "example.com", "report.pdf",
        "@envoy", "#summit", "AT&T", "...", "?!", "!!!", "--", ":-)", ":)", ";)", "<3", "US$", "HK$",
        "🇰🇷", "👩🏽‍⚕️", "❤️", "…",
    ],
)  # fmt: skip
def test_one_thing_is_one_word(text: str) -> None:
    assert words(f"then {text} and") == ["then", text, "and"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5pm", "5|pm"),
        ("7:30PM", "7:30|PM"),
        ("15%", "15|%"),
        ("$5", "$|5"),
        ("US$10m", "US$|10|m"),
        ("€3.5bn", "€|3.5|bn"),
        ("¥200,", "¥|200|,"),
        ("40km", "40|km"),
        ("and/or", "and|/|or"),
        ("KN-23", "KN|-|23"),
        ("F16", "F16"),
        ("4x4", "4x4"),
        ("(U.S.)", "(|U.S.|)"),
        ("2003's", "2003|'s"),
        ("[13,14]", "[|13|,|14|]"),
        ("(https://example.org).", "(|https://example.org|)|."),
        ("<jane@example.org>,", "<|jane@example.org|>|,"),
        ("“Yes,”", "“|Yes|,|”"),
        ('"Yes,"', '"|Yes|,|"'),
        ("‘No.’", "‘|No|.|’"),
        ("wait...", "wait|..."),
        ("3G...", "3G|..."),
    ],
)
def test_marks_units_and_currencies_stand_alone(text: str, expected: str) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ended.", "It|ended|."),
        ("Resolution No. 1718", "Resolution|No.|1718"),
        ("He said no. They", "He|said|no|.|They"),
        ("arms, oil, etc. and", "arms|,|oil|,|etc.|and"),
        ("arms, oil, etc.", "arms|,|oil|,|etc|."),
        ("arms, etc. They", "arms|,|etc|.|They"),
        ("in the U.S.", "in|the|U.S."),
        ("plan B.", "plan|B|."),
        ("J. B. Roe", "J.|B.|Roe"),
        ("So did I. They", "So|did|I|.|They"),
        ("Wash. and", "Wash.|and"),
        ("a wash. And", "a|wash|.|And"),
    ],
)
def test_a_full_stop_belongs_to_an_abbreviation_only(text: str, expected: str) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "word",
    [
        "co\u00adoperation",
        "nego\u200btiate",
        "Pyong\u2060yang",
        "re\u0301sume\u0301",
        "\ufeffSeoul",
        "क्षत्रिय",
    ],
)
def test_invisible_characters_and_marks_stay_in_their_word(word: str) -> None:
    assert words(f"a {word} b") == ["a", word, "b"]


def test_a_soft_hyphen_before_a_clitic_keeps_its_offset() -> None:
    assert split_words("x min\u00adister's", 2, 13) == [(2, 11), (11, 13)]


def test_only_the_asked_stretch_is_cut() -> None:
    text = "One two three"
    assert split_words(text, 4, 7) == [(4, 7)]
    assert split_words(text, 4, 6) == [(4, 6)]
    assert split_words(text, 3, 3) == []


def test_every_kind_of_white_space_separates() -> None:
    assert words("a\u00a0b\tc\r\nd\u2028e\u3000f\x85g") == list("abcdefg")


def test_a_very_long_run_is_cut_all_the_same() -> None:
    assert words("ab-" * 5000) == ["ab", "-"] * 5000


def check_spans(text: str, start: int, end: int) -> None:
    spans = split_words(text, start, end)
    covered: list[int] = []
    for first, last in spans:
        assert start <= first < last <= end
        covered.extend(range(first, last))
    assert covered == [i for i in range(start, end) if not text[i].isspace()]


@given(st.text())
def test_any_text_is_covered_once_and_in_order(text: str) -> None:
    check_spans(text, 0, len(text))


_PARTS = [
    "don't", "U.S.", "...", "-", "'s", "’", "http://", "a@b", "1,0", "12-", "/", "non-", "$", ":)",
    "\u200d", "\u0301",
    " ", "\n", "❤", "No.", "its", "“", ".com", "\u00ad", "etc.", "#", "it",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS)).map("".join), st.data())
def test_any_stretch_of_awkward_text_is_covered_once(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    check_spans(text, start, data.draw(st.integers(start, len(text))))


@given(st.text(), st.text())
def test_white_space_makes_texts_independent(left: str, right: str) -> None:
    """Behind a blank that follows no full stop and no contraction, a text is cut as it is alone."""
    joined = f"{left} , {right}"
    own = [(start + len(left) + 3, end + len(left) + 3) for start, end in split_words(right, 0, len(right))]
    assert split_words(joined, 0, len(joined))[-len(own) :] == own if own else True
