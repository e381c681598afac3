"""Bodies by a part of their name or by initials. All names are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, tree

from legation.coding.names import find_names
from legation.coding.phrases import Phrases
from legation.coding.short_names import join_bodies
from legation.coding.tables import Gazetteer

FULL = (
    "The the DET DT 4 det | Velmont Velmont PROPN NNP 4 compound | Harbour Harbour PROPN NNP 4 compound | "
    "Front Front PROPN NNP 5 nsubj | slept sleep VERB VBD 0 root"
)


def short(name: str, article: str = "The") -> Draft:
    """ "The Front slept." """
    return tree(
        f"{article} {article} DET DT 2 det | {name} {name} PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root", ORG=name
    )


def keys(*drafts: Draft) -> list[str]:
    """The key of the body in each sentence."""
    made = reading(list(drafts))
    sentences = [Phrases(sentence, made.text.body) for sentence in made.sentences]
    names = [find_names(n, phrases, Gazetteer.load()) for n, phrases in enumerate(sentences)]
    return [mentions[0].key for mentions in join_bodies(sentences, names)]


@pytest.mark.parametrize("name", ["VHF", "Front", "Velmont"])
def test_a_short_name_is_the_body_named_in_full_before(name: str) -> None:
    whole, found = keys(tree(FULL, ORG="Velmont Harbour Front"), short(name))
    assert found == whole == "organization:velmont harbour front"


def test_another_word_or_no_article_is_another_body() -> None:
    whole = tree(FULL, ORG="Velmont Harbour Front")
    assert keys(whole, short("Rampart"))[1] == "organization:rampart"
    assert keys(whole, short("Front", article="One"))[1] == "organization:front"


def test_a_short_name_before_any_full_one_stays_by_itself() -> None:
    assert keys(short("Front"), tree(FULL, ORG="Velmont Harbour Front"))[0] == "organization:front"


def test_a_body_of_the_tables_stays_what_it_is() -> None:
    assert keys(tree(FULL, ORG="Velmont Harbour Front"), short("NATO"))[1].startswith("organization:nato")


def test_a_short_name_that_the_model_overlooked_is_found_where_the_full_one_stood_before() -> None:
    bare = tree("The the DET DT 2 det | Front Front PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root")
    whole, found = keys(tree(FULL, ORG="Velmont Harbour Front"), bare)
    assert found == whole
