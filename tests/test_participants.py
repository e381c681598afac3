"""Who a word of the text means. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from readings import Draft, reading, tree

from legation.coding import code
from legation.coding.participants import Participant, Participants, entity_span
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer
from legation.records import Entity


def of(*drafts: Draft) -> Participants:
    """The participants of a paragraph."""
    made = reading(list(drafts))
    return Participants([Phrases(s, made.text.body) for s in made.sentences], Gazetteer.load(), None)


def meant(draft: Draft, word: str, *, places: bool = False) -> list[Participant]:
    """Who a word means."""
    return of(draft).of_word(0, draft.words.index(word), places=places)


def codes(found: list[Participant]) -> list[str | None]:
    """Their codes."""
    return [p.code for p in found]


JOINED = tree(
    "Iran Iran PROPN NNP 4 nsubj | and and CCONJ CC 3 cc | Iraq Iraq PROPN NNP 1 conj | slept sleep VERB VBD 0 root",
    LOC="Iran|Iraq",
)


def test_joined_names_are_all_meant() -> None:
    assert codes(meant(JOINED, "Iran")) == ["IRN", "IRQ"]
    assert codes(meant(JOINED, "Iraq")) == ["IRQ"]


def test_a_state_named_twice_in_a_row_is_meant_once() -> None:
    draft = tree("Iran Iran PROPN NNP 0 root | and and CCONJ CC 3 cc | Iran Iran PROPN NNP 1 conj", LOC="Iran")
    assert codes(meant(draft, "Iran")) == ["IRN"]


OFFICE = (
    "The the DET DT 3 det | {people} {people} ADJ JJ 3 amod | {noun} {noun} NOUN NN 4 nsubj | "
    "spoke speak VERB VBD 0 root"
)


def test_an_office_of_a_state_is_a_participant_of_its_own() -> None:
    (found,) = meant(tree(OFFICE.format(people="Norwegian", noun="government"), NORP="Norwegian"), "government")
    assert (found.code, found.indirect, found.span.text) == ("NOR", False, "Norwegian government")
    assert found.key.startswith("group:NOR")


def test_a_thing_of_a_state_only_points_to_it() -> None:
    (found,) = meant(tree(OFFICE.format(people="Norwegian", noun="table"), NORP="Norwegian"), "table")
    assert (found.code, found.indirect) == ("NOR", True)


def test_an_office_of_nobody_known_has_no_code() -> None:
    (found,) = meant(tree(OFFICE.format(people="angry", noun="government")), "government")
    assert found.code is None


def test_a_thing_of_nobody_means_nobody() -> None:
    assert meant(tree(OFFICE.format(people="angry", noun="table")), "table") == []


def test_the_president_of_a_state_is_its_own() -> None:
    draft = tree(
        "president president NOUN NN 4 nsubj | of of ADP IN 3 case | Kenya Kenya PROPN NNP 1 nmod | "
        "spoke speak VERB VBD 0 root",
        LOC="Kenya",
    )
    assert codes(meant(draft, "president")) == ["KEN"]


def test_a_counted_group_is_what_is_counted() -> None:
    draft = tree(
        "Dozens dozen NOUN NNS 4 nsubj | of of ADP IN 3 case | Kenyans Kenyans PROPN NNPS 1 nmod | "
        "slept sleep VERB VBD 0 root",
        NORP="Kenyans",
    )
    assert codes(meant(draft, "Dozens")) == ["KEN"]


def test_a_relative_pronoun_means_the_noun_before_it() -> None:
    draft = tree(
        "Iran Iran PROPN NNP 4 nsubj | which which PRON WDT 3 nsubj | slept sleep VERB VBD 1 acl:relcl | "
        "spoke speak VERB VBD 0 root",
        LOC="Iran",
    )
    assert codes(meant(draft, "which")) == ["IRN"]


@pytest.mark.parametrize("word", ["it", "they", "he"])
def test_a_pronoun_that_nobody_resolved_means_nobody(word: str) -> None:
    assert meant(tree(f"{word} {word} PRON PRP 2 nsubj | slept sleep VERB VBD 0 root"), word) == []


def test_a_resolved_pronoun_is_a_mention() -> None:
    draft = tree("Iran Iran PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root | it it PRON PRP 2 dep", LOC="Iran")
    people = of(draft)
    people.pronouns[0, 2] = "state:IRN"
    assert codes(people.of_word(0, 2)) == ["IRN"]
    (entity,) = people.entities(set())[0]
    assert [m.text for m in entity.mentions] == ["Iran", "it"]


CITY = "{city} {city} PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root"


def test_a_capital_acts_and_another_city_only_where_places_may() -> None:
    capital, city = (tree(CITY.format(city=name), LOC=name) for name in ("Tokyo", "Osaka"))
    assert codes(meant(capital, "Tokyo")) == ["JPN"]
    assert meant(city, "Osaka") == []
    assert codes(meant(city, "Osaka", places=True)) == ["JPN"]


def test_the_north_is_a_korea_where_the_article_names_it() -> None:
    alone = tree("the the DET DT 2 det | North North PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root")
    named = tree(
        "North North PROPN NNP 2 compound | Korea Korea PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root",
        LOC="North Korea",
    )
    assert of(alone).of_word(0, 1) == []
    assert codes(of(named, alone).of_word(1, 1)) == ["PRK"]


def test_the_north_before_a_noun_is_a_direction() -> None:
    named = tree(
        "North North PROPN NNP 2 compound | Korea Korea PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root",
        LOC="North Korea",
    )
    sea = tree(
        "the the DET DT 3 det | North North PROPN NNP 3 compound | coast coast NOUN NN 4 nsubj | "
        "slept sleep VERB VBD 0 root"
    )
    assert of(named, sea).of_word(1, 1) == []


def entities(*drafts: Draft) -> tuple[Entity, ...]:
    """The entities of a paragraph with nothing used."""
    return of(*drafts).entities(set())[0]


def test_an_entity_has_one_id_and_all_its_mentions() -> None:
    iran, iraq = entities(JOINED, JOINED)
    assert (iran.id, iraq.id) == ("n1", "n2")
    assert (len(iran.mentions), iran.name, iran.kind, iran.country, iran.resolved_by) == (
        2,
        "Iran",
        "state",
        "IRN",
        "registry",
    )


def test_groups_are_entities_only_where_they_are_used() -> None:
    draft = tree(OFFICE.format(people="Norwegian", noun="officials"), NORP="Norwegian")
    people = of(draft)
    (found,) = people.of_word(0, 2)
    assert found.key not in people.entities(set())[1]
    kept, ids = people.entities({found.key})
    group = next(e for e in kept if e.id == ids[found.key])
    assert (group.name, group.kind, group.country, group.sectors) == (
        "Norwegian officials",
        "group",
        "NOR",
        ("GOV",),
    )
    assert entity_span(found, ids).entity == group.id


def test_an_international_body_has_a_code_and_no_country() -> None:
    (body,) = entities(tree("U.N. U.N. PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", ORG="U.N."))
    assert (body.code, body.country, body.kind) == ("UNO", None, "organization")


def test_a_leader_of_the_table_has_state_and_office_on_the_day_of_publication() -> None:
    drafts = [
        tree(
            "President President PROPN NNP 2 nmod:desc | Putin Putin PROPN NNP 3 nsubj | met meet VERB VBD 0 root | "
            "reporters reporter NOUN NNS 3 obj | . . PUNCT . 3 punct",
            PER="Putin",
        )
    ]
    report = code(replace(reading(drafts), text=replace(reading(drafts).text, published=date(2019, 5, 2))))
    (person,) = (entity for entity in report.entities if entity.kind == "person")
    assert (person.name, person.code, person.sectors, person.resolved_by) == (
        "Vladimir Putin",
        "RUS",
        ("GOV",),
        "registry",
    )


def test_a_surname_without_title_or_courtesy_stays_open() -> None:
    draft = tree(
        "Putin Putin PROPN NNP 2 nsubj | laughed laugh VERB VBD 0 root | . . PUNCT . 2 punct",
        PER="Putin",
    )
    report = code(reading([draft]))
    (person,) = (entity for entity in report.entities if entity.kind == "person")
    assert (person.name, person.code) == ("Putin", None)
