"""Names: the model's marks joined with the tables. All sentences are invented."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Draft, phrases, tree

from legation.coding.names import Mention, find_names, name_key
from legation.coding.tables import Gazetteer


def names(draft: Draft) -> list[Mention]:
    """The names of a sentence."""
    return find_names(0, phrases(draft), Gazetteer.load())


def told(draft: Draft) -> list[tuple[str, str, str | None]]:
    """Words, kind and code of each name."""
    return [(m.span.text, m.kind, m.code) for m in names(draft)]


def words(text: str, **marks: str) -> Draft:
    """Words in a row, each hanging on the last: "Iran/PROPN met/VERB"."""
    parts = [part.rpartition("/") for part in text.split()]
    lines = [
        f"{form} {form.lower()} {pos} X {len(parts) if n < len(parts) else 0} dep"
        for n, (form, _, pos) in enumerate(parts, 1)
    ]
    return tree(" | ".join(lines), **marks)


def test_a_state_is_found_with_and_without_the_model() -> None:
    assert (
        told(words("Iran/PROPN met/VERB", LOC="Iran"))
        == told(words("Iran/PROPN met/VERB"))
        == [("Iran", "state", "IRN")]
    )


def test_the_longest_name_wins_and_the_article_stays_out() -> None:
    draft = words("the/DET United/ADJ States/PROPN met/VERB South/PROPN Korea/PROPN")
    assert told(draft) == [("United States", "state", "USA"), ("South Korea", "state", "KOR")]


def test_a_demonym_is_a_people_with_the_key_of_its_state() -> None:
    (iran, iranian) = names(words("Iran/PROPN and/CCONJ Iranian/ADJ ships/NOUN", LOC="Iran", NORP="Iranian"))
    assert (iranian.kind, iranian.code, iranian.key) == ("people", "IRN", iran.key)


def test_a_capital_is_a_place_that_may_stand_for_its_state() -> None:
    (beijing,) = names(words("Beijing/PROPN spoke/VERB", LOC="Beijing"))
    assert (beijing.kind, beijing.code, beijing.capital) == ("place", "CHN", True)


def test_a_city_is_a_place_and_no_capital() -> None:
    (city,) = names(words("Osaka/PROPN slept/VERB", LOC="Osaka"))
    assert (city.kind, city.code, city.capital) == ("place", "JPN", False)


def test_a_seat_of_government_is_a_body_with_its_sector() -> None:
    (kremlin,) = names(words("The/DET Kremlin/PROPN spoke/VERB", ORG="Kremlin"))
    assert (kremlin.kind, kremlin.code, kremlin.sectors) == ("organization", "RUS", ("GOV",))


def test_a_body_under_any_of_its_names_is_one() -> None:
    first, second = names(words("U.N./PROPN and/CCONJ United/ADJ Nations/PROPN", ORG="U.N.|United Nations"))
    assert first.key == second.key and first.code == second.code == "UNO"


def test_a_sea_is_no_actor() -> None:
    assert told(words("the/DET South/PROPN China/PROPN Sea/PROPN is/VERB deep/ADJ")) == []


def test_a_person_named_like_a_state_is_a_person() -> None:
    assert told(words("Paris/PROPN Jordan/PROPN spoke/VERB", PER="Paris Jordan")) == [("Paris Jordan", "person", None)]


@pytest.mark.parametrize(
    "label, expected", [("LOC", [("Jordan", "state", "JOR")]), ("PER", [("Jordan", "person", None)])]
)
def test_the_model_decides_on_a_name_that_is_several_things(
    label: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert told(words("Jordan/PROPN spoke/VERB", **{label: "Jordan"})) == expected


def test_unlisted_names_keep_the_kind_that_the_model_gives() -> None:
    draft = words(
        "Oda/PROPN Lind/PROPN of/ADP Velmont/PROPN Group/PROPN in/ADP Marrin/PROPN",
        PER="Oda Lind",
        ORG="Velmont Group",
        LOC="Marrin",
    )
    assert told(draft) == [
        ("Oda Lind", "person", None),
        ("Velmont Group", "organization", None),
        ("Marrin", "place", None),
    ]


def test_a_title_is_no_part_of_a_personal_name() -> None:
    draft = words("President/PROPN Ilse/PROPN Harrow/PROPN spoke/VERB", PER="President Ilse Harrow")
    assert told(draft) == [("Ilse Harrow", "person", None)]


def test_a_hyphenated_end_belongs_to_a_personal_name() -> None:
    draft = tree(
        "Kim Kim PROPN NNP 5 nsubj | Jong Jong PROPN NNP 1 flat | - - PUNCT HYPH 4 punct | "
        "un un PROPN NNP 1 flat | spoke speak VERB VBD 0 root",
        PER="Kim Jong",
    )
    assert told(draft)[0][0] == "Kim Jong-un"


@pytest.mark.parametrize("word", ["Monday", "March", "Sept.", "Minister", "Dr."])
def test_titles_and_dates_by_themselves_are_no_names(word: str) -> None:
    assert told(words(f"{word}/PROPN came/VERB", PER=word)) == []


def test_names_stand_in_order_and_never_overlap() -> None:
    draft = words(
        "Oda/PROPN Lind/PROPN told/VERB the/DET U.S./PROPN and/CCONJ Beijing/PROPN of/ADP Velmont/PROPN",
        PER="Oda Lind",
        LOC="Velmont|Beijing",
    )
    found = names(draft)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    body = phrases(draft).body
    assert all(body[m.span.start : m.span.end] == m.span.text for m in found)


@pytest.mark.parametrize("text", ["Kim Jong-un", "Kim Jong Un", "KIM JONG UN", "Kim  Jong-un’s", "Kim Jong Un's"])
def test_one_name_in_many_spellings_has_one_key(text: str) -> None:
    assert name_key(text) == "kim jong un"


@given(st.text())
def test_a_key_is_single_spaced_and_without_stops(text: str) -> None:
    key = name_key(text)
    assert key == " ".join(key.split()) and "." not in key and "-" not in key


@pytest.mark.parametrize(
    ("text", "marked", "found"),
    [
        ("Oslo 's Velmont University", "Oslo 's Velmont University", [("Oslo", "NOR"), ("Velmont University", None)]),
        ("Qwerth 's Velmont University", "Qwerth 's Velmont University", [("Qwerth 's Velmont University", None)]),
        ("Farmers 's Velmont Union", "Farmers 's Velmont Union", [("Farmers 's Velmont Union", None)]),
    ],
)
def test_a_body_keeps_its_own_name_behind_the_place_that_owns_it(
    text: str, marked: str, found: list[tuple[str, str | None]]
) -> None:
    draft = words(" ".join(f"{word}/PROPN" for word in text.split()) + " slept/VERB", ORG=marked)
    assert [(m.span.text.replace("'s", " 's").replace("  ", " "), m.code) for m in names(draft)] == found


FIRST_NAME = (
    "{before}Georgia Georgia PROPN NNP {head} {relation} | Halloran Halloran PROPN NNP {at} {second} | "
    "slept sleep VERB VBD 0 root"
)


def test_a_state_before_a_family_name_is_a_first_name() -> None:
    row = FIRST_NAME.format(before="", head=3, relation="nsubj", at=1, second="flat")
    assert told(tree(row, LOC="Georgia")) == [("Georgia Halloran", "person", None)]


def test_a_state_behind_a_preposition_is_no_first_name() -> None:
    row = FIRST_NAME.format(before="In in ADP IN 2 case | ", head=4, relation="obl", at=2, second="flat")
    assert told(tree(row, LOC="Georgia"))[0] == ("Georgia", "state", "GEO")


def test_an_office_in_what_the_model_took_for_a_person_is_none() -> None:
    draft = words(
        "President/NOUN of/ADP the/DET United/PROPN States/PROPN slept/VERB", PER="President of the United States"
    )
    assert told(draft) == [("United States", "state", "USA")]


@pytest.mark.parametrize(
    ("name", "sectors"),
    [
        ("Radio Velmont", ("JRN",)),
        ("Bank of Velmont", ("BUS",)),
        ("Velmont Assembly", ("LEG",)),
        ("Velmont Qwerth", ()),
    ],
)
def test_the_words_of_a_body_tell_its_sectors(name: str, sectors: tuple[str, ...]) -> None:
    draft = words(" ".join(f"{word}/PROPN" for word in name.split()) + " slept/VERB", ORG=name)
    (found,) = names(draft)
    assert found.sectors == sectors


def test_a_body_that_holds_a_listed_one_is_of_its_state_and_sectors() -> None:
    draft = words(
        "Yonsei/PROPN University/PROPN Harrow/PROPN School/PROPN met/VERB", ORG="Yonsei University Harrow School"
    )
    (school,) = names(draft)
    assert (school.code, school.sectors) == ("KOR", ("EDU",))


def test_a_body_that_holds_one_of_no_state_is_of_none() -> None:
    draft = words("United/PROPN Nations/PROPN Harrow/PROPN Fund/PROPN met/VERB", ORG="United Nations Harrow Fund")
    assert {m.code for m in names(draft)} <= {None, "UNO"}


def test_initials_with_full_stops_are_those_without() -> None:
    assert told(words("the/DET M.I.L.F./PROPN slept/VERB")) == [("M.I.L.F.", "organization", "PHL")]


def test_initials_behind_the_are_a_body_without_the_model() -> None:
    assert told(words("the/DET IRA/NOUN slept/VERB")) == [("IRA", "organization", "GBR")]
    assert told(words("an/DET IRA/NOUN grew/VERB")) == []


def test_several_whom_the_model_took_for_one_are_no_person() -> None:
    draft = tree(
        "The the DET DT 2 det | Marrinists Marrinists PROPN NNPS 3 nsubj | slept sleep VERB VBD 0 root",
        PER="Marrinists",
    )
    assert [(m.span.text, m.kind) for m in names(draft)] == [("Marrinists", "organization")]
