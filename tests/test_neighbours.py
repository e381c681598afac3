"""States told by a neighbour's name."""

from __future__ import annotations

from readings import Draft, reading, tree

from legation.coding.names import find_names
from legation.coding.neighbours import with_neighbours
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer

SLEPT = "{name} {name} PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root"
THE = "The the DET DT 2 det | {name} {name} PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root"


def codes(*drafts: Draft, dateline: str | None = None) -> list[list[str | None]]:
    """The codes of the names in each sentence of an article, dated from a state."""
    made = reading(list(drafts))
    sentences = [Phrases(sentence, made.text.body) for sentence in made.sentences]
    names = [find_names(n, phrases, Gazetteer.load()) for n, phrases in enumerate(sentences)]
    return [[m.code for m in mentions] for mentions in with_neighbours(sentences, names, dateline)]


def test_beside_zaire_the_congo_is_the_smaller_one() -> None:
    zaire, congo = tree(SLEPT.format(name="Zaire"), LOC="Zaire"), tree(THE.format(name="Congo"), LOC="Congo")
    assert codes(zaire, congo) == [["COD"], ["COG"]]
    assert codes(congo) == [["COD"]]


def test_the_north_is_told_by_a_town_of_the_other_korea_too() -> None:
    north = tree(THE.format(name="North"), LOC="North")
    assert codes(tree(SLEPT.format(name="Pyongyang"), LOC="Pyongyang"), north)[1] == ["PRK"]


def test_the_north_is_told_by_the_state_that_an_article_is_dated_from() -> None:
    north = tree(THE.format(name="North"))
    assert codes(north, dateline="KOR") == [["PRK"]]
    assert codes(north, dateline="PER") == [[]]
