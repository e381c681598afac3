"""Names that the model was unsure of, taken for persons by their given name. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from readings import reading, says, tree

from legation.coding import code
from legation.records import EntityKind, Reading


def unsure(name: str, label: str, score: float) -> Reading:
    """ "Masato Lind said that trade grew.", the name marked with a label that is so likely."""
    first, last = name.split()
    made = reading(
        tree(
            f"{first} {first} PROPN NNP 3 nsubj | {last} {last} PROPN NNP 1 flat | said say VERB VBD 0 root | "
            "that that SCONJ IN 6 mark | trade trade NOUN NN 6 nsubj | grew grow VERB VBD 3 ccomp | . . PUNCT . 3 punct",
            says("said", name, "that trade grew"),
            **{label: name},
        )
    )
    sentence = made.sentences[0]
    names = tuple(replace(one, score=score) for one in sentence.names)
    return replace(made, sentences=(replace(sentence, names=names),))


def kind_of(made: Reading) -> EntityKind:
    (entity,) = code(made).entities
    return entity.kind


@pytest.mark.parametrize("label", ["ORG", "LOC"])
def test_who_bears_a_given_name_and_speaks_is_a_person_where_the_model_is_unsure(label: str) -> None:
    assert kind_of(unsure("Masato Velmont", label, 0.5)) == "person"


def test_a_body_that_the_model_is_sure_of_stays_one() -> None:
    assert kind_of(unsure("Masato Velmont", "ORG", 0.95)) == "organization"


def test_a_body_that_begins_with_no_given_name_stays_one() -> None:
    assert kind_of(unsure("Granite Velmont", "ORG", 0.5)) == "organization"


def test_who_follows_makes_a_person_of_a_name() -> None:
    made = reading(
        tree(
            "Rain rain NOUN NN 2 nsubj | met meet VERB VBD 0 root | Masato Masato PROPN NNP 2 obj | "
            "Velmont Velmont PROPN NNP 3 flat | , , PUNCT , 7 punct | who who PRON WP 7 nsubj | left leave VERB VBD 3 acl:relcl | "
            ". . PUNCT . 2 punct",
            ORG="Masato Velmont",
        )
    )
    names = tuple(replace(one, score=0.5) for one in made.sentences[0].names)
    assert kind_of(replace(made, sentences=(replace(made.sentences[0], names=names),))) == "person"
