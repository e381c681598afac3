"""States of places, and where an article plays. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, tree

from legation.coding.localities import Scene, state_dated_from, state_of, with_places, with_towns_of_bodies
from legation.coding.names import Mention, find_names
from legation.coding.phrases import Phrases
from legation.coding.places import find_places
from legation.coding.tables import Gazetteer
from legation.records import Place, Span

IN_PLACE = (
    "Rain rain NOUN NN 2 nsubj | fell fall VERB VBD 0 root | in in ADP IN 4 case | {town} {town} PROPN NNP 2 obl | "
    "on on ADP IN 6 case | Monday Monday PROPN NNP 2 obl"
)
SLEPT = "{name} {name} PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root"


def read(*drafts: Draft) -> tuple[list[Phrases], list[list[Mention]]]:
    """The sentences of a paragraph and the names in each."""
    made = reading(list(drafts))
    sentences = [Phrases(sentence, made.text.body) for sentence in made.sentences]
    return sentences, [find_names(n, phrases, Gazetteer.load()) for n, phrases in enumerate(sentences)]


def placed(*drafts: Draft) -> list[tuple[str, str, str | None]]:
    """Words, kind and code of each mention once the places are known."""
    sentences, names = read(*drafts)
    found = with_places(sentences, names, find_places(sentences, names))
    return [(m.span.text, m.kind, m.code) for mentions in found for m in mentions]


@pytest.mark.parametrize(
    ("country", "code"), [("NOR", "NOR"), ("GRL", "DNK"), ("HKG", "CHN"), ("ATA", None), (None, None)]
)
def test_a_dependency_belongs_to_its_state(country: str | None, code: str | None) -> None:
    assert state_of(country) == code


def test_a_town_that_the_first_tables_lack_leads_to_its_state() -> None:
    assert placed(tree(IN_PLACE.format(town="Szeged"), LOC="Szeged")) == [("Szeged", "place", "HUN")]


@pytest.mark.parametrize("label", ["PER", "ORG"])
def test_what_stands_where_a_place_would_is_one_whatever_the_model_calls_it(label: str) -> None:
    assert placed(tree(IN_PLACE.format(town="Szeged"), **{label: "Szeged"})) == [("Szeged", "place", "HUN")]


def test_a_part_of_a_full_name_stays_a_person() -> None:
    full = Mention(0, 3, 4, 3, "person", "person:ilse szeged", "Ilse Szeged", None, (), Span(13, 19, "Szeged"))
    sentences, names = read(tree(IN_PLACE.format(town="Szeged"), LOC="Szeged"))
    places = find_places(sentences, names)
    assert with_places(sentences, [[full]], places) == [[full]]


def test_a_body_without_a_name_of_its_own_is_no_place() -> None:
    assert placed(tree(IN_PLACE.format(town="Parliament"), ORG="Parliament")) == []


def test_a_place_that_no_table_knows_has_no_state() -> None:
    assert placed(tree(IN_PLACE.format(town="Marrin"), LOC="Marrin")) == [("Marrin", "place", None)]


def place(start: int, country: str | None) -> Place:
    """A place of four letters."""
    return Place(f"p{start}", start, start + 4, "Ruda", "Ruda", country)


def test_a_dateline_stands_in_the_state_of_its_last_known_place() -> None:
    places = [place(0, "CYP"), place(6, "GEO"), place(20, "RUS")]
    assert state_dated_from(places, 0, 12) == "GEO"
    assert state_dated_from([place(0, "CYP"), place(6, None)], 0, 12) == "CYP"
    assert state_dated_from(places, 12, 18) is None


def scene(*names: str, dateline: str | None = None, dated: bool = False) -> Scene:
    """An article of one sentence a name."""
    sentences, mentions = read(*(tree(SLEPT.format(name=name), LOC=name) for name in names))
    return Scene(sentences, mentions, dateline, dated=dated)


def home(where: Scene, role: str | None, *sectors: str, kind: str = "person", at: int = 0) -> str | None:
    """The state of somebody at an offset."""
    return where.home_of(kind, "Oda Lind", role, sectors, Span(at, at + 1, "x"))  # type: ignore[arg-type]


def test_without_a_dateline_the_only_state_named_is_where_it_plays() -> None:
    assert home(scene("Peru"), "professor", "EDU") == "PER"
    assert home(scene("Peru", "Chile"), "professor", "EDU") is None


def test_where_several_states_are_named_only_who_lives_where_he_is_met_is_of_the_one_named_most() -> None:
    where = scene("Peru", "Peru", "Chile")
    assert home(where, "farmer", "AGR") == "PER"
    assert home(where, "professor", "EDU") is None
    assert home(scene("Peru", "Chile"), "farmer", "AGR") is None


def test_who_is_met_where_another_state_was_spoken_of_stays_open() -> None:
    where = scene("Norway", "Chile", dateline="NOR", dated=True)
    assert home(where, "soldier", "MIL") == "NOR"
    assert home(where, "soldier", "MIL", at=13) is None
    assert home(where, "farmer", "AGR", at=13) == "NOR"


@pytest.mark.parametrize("role", ["envoy", "consul", "peacekeeper", "foreign correspondent"])
def test_who_works_abroad_stays_open(role: str) -> None:
    assert home(scene("Norway", dateline="NOR", dated=True), role, "GOV") is None


def test_who_has_no_role_is_at_home_only_where_the_article_is_about_the_state_of_its_dateline() -> None:
    assert home(scene("Norway", dateline="NOR", dated=True), None) == "NOR"
    assert home(scene("Chile", dateline="NOR", dated=True), None) is None
    assert home(scene("Norway"), None) is None


def test_a_dateline_that_no_table_knows_stands_in_the_state_named_most() -> None:
    assert home(scene("Peru", "Chile", "Peru", dated=True), "priest", "REL") == "PER"


def test_who_holds_an_office_of_a_state_speaks_for_where_an_article_plays() -> None:
    sentences, mentions = read(*(tree(SLEPT.format(name=name), LOC=name) for name in ("Peru", "Chile")))
    assert home(Scene(sentences, mentions, None, dated=False), "farmer", "AGR") is None
    assert home(Scene(sentences, mentions, None, [(0, "CHL")], dated=False), "farmer", "AGR") == "CHL"


def test_soldiers_and_ministers_are_of_the_state_that_an_article_without_a_dateline_is_about() -> None:
    where = scene("Peru", "Peru", "Chile")
    assert home(where, "soldier", "MIL", kind="unnamed", at=13) == "PER"
    assert home(where, "minister", "GOV") == "PER"
    assert home(scene("Peru", "Chile"), "minister", "GOV") is None


@pytest.mark.parametrize("role", ["professor", "former minister", "analyst", "envoy"])
def test_scholars_and_former_officials_speak_of_other_states_and_stay_open(role: str) -> None:
    assert home(scene("Peru", "Peru", "Peru", "Chile"), role, "EDU") is None


def test_a_body_is_of_the_state_that_an_article_is_about_where_its_sentence_names_no_other() -> None:
    where = scene("Peru", "Peru", "Peru", "Chile")
    assert home(where, None, kind="organization") == "PER"
    assert home(where, None, kind="organization", at=len("Peru slept ") * 3) is None
    assert home(scene("Peru", "Peru", "Chile"), None, kind="organization") is None


@pytest.mark.parametrize("verb", ["contribute", "report"])
def test_a_line_that_tells_who_wrote_an_article_places_nobody(verb: str) -> None:
    wrote = tree(f"Lind Lind PROPN NNP 2 nsubj | {verb} {verb} VERB VBD 0 root")
    drafts = [*(tree(SLEPT.format(name="Peru"), LOC="Peru") for _ in range(3)), wrote]
    sentences, mentions = read(*drafts)
    at = len("Peru slept ") * 3
    assert home(Scene(sentences, mentions, None, dated=False), None, kind="organization", at=at) is None


IN_FRONT = (
    "In in ADP IN 2 case | {place} {place} PROPN NNP 5 obl | , , PUNCT , 2 punct | Lind Lind PROPN NNP 5 nsubj | "
    "slept sleep VERB VBD 0 root"
)


def test_who_stands_behind_a_place_in_front_of_a_sentence_is_of_its_state() -> None:
    drafts = [
        tree(SLEPT.format(name="Chile"), LOC="Chile"),
        tree(IN_FRONT.format(place="Lima"), LOC="Lima", PER="Lind"),
    ]
    sentences, mentions = read(*drafts)
    where = Scene(sentences, mentions, "CHL", dated=True)
    assert home(where, "professor", "EDU", at=len("Chile slept In Lima , ")) == "PER"
    assert home(where, "envoy", "GOV", at=len("Chile slept In Lima , ")) is None


def test_a_noun_that_no_table_knows_has_no_state() -> None:
    assert home(scene("Peru"), None, kind="unnamed") is None


def test_a_body_of_which_nothing_is_known_is_at_home_only_behind_a_dateline() -> None:
    assert home(scene("Peru"), None, kind="organization") is None
    assert home(scene("Peru"), None, "EDU", kind="organization") == "PER"
    assert home(scene("Peru", dateline="PER", dated=True), None, kind="organization") == "PER"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Szeged University", "HUN"),
        ("University of Szeged", "HUN"),
        ("Velmont University", None),
        ("Szeged Qwerth", None),
        ("Valencia University", None),
    ],
)
def test_a_body_whose_name_tells_what_it_is_is_of_the_town_it_is_named_after(body: str, code: str | None) -> None:
    words = body.split()
    rows = [f"{word} {word} PROPN NNP {len(words) + 1} dep" for word in words]
    draft = tree(" | ".join([*rows, "slept sleep VERB VBD 0 root"]), ORG=body)
    ((found,),) = with_towns_of_bodies(*read(draft))
    assert (found.span.text, found.code) == (body, code)


def test_a_town_of_a_body_is_the_one_in_a_state_that_the_article_names() -> None:
    rows = (
        "Valencia Valencia PROPN NNP 2 compound | University University PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root"
    )
    spain = tree(SLEPT.format(name="Spain"), LOC="Spain")
    _, (found,) = with_towns_of_bodies(*read(spain, tree(rows, ORG="Valencia University")))
    assert found.code == "ESP"
