"""Ships by name. All are invented."""

from __future__ import annotations

from readings import Draft, reading, tree

from legation.coding import code
from legation.coding.names import find_names
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer
from legation.coding.vessels import with_vessels

BOARDED = (
    "Soldiers soldier NOUN NNS 2 nsubj | boarded board VERB VBD 0 root | the the DET DT {last} det | {ship}"
    "Firm Firm PROPN NNP {last} compound | Anchor Anchor PROPN NNP 2 obj"
)
TANKER = BOARDED.format(ship="tanker tanker NOUN NN 6 compound | ", last=6)
BARE = BOARDED.format(ship="", last=5)


def kinds(*drafts: Draft) -> list[list[tuple[str, str]]]:
    """Kind and words of the names in each sentence."""
    made = reading(list(drafts))
    sentences = [Phrases(sentence, made.text.body) for sentence in made.sentences]
    names = [find_names(n, phrases, Gazetteer.load()) for n, phrases in enumerate(sentences)]
    return [[(m.kind, m.span.text) for m in mentions] for mentions in with_vessels(sentences, names)]


def test_what_is_called_a_tanker_is_no_body_there_and_elsewhere() -> None:
    assert kinds(tree(TANKER, ORG="Firm Anchor"), tree(BARE, ORG="Anchor")) == [[("place", "Firm Anchor")]] * 2


def test_without_the_word_for_a_ship_a_name_stays_what_it_is() -> None:
    assert kinds(tree(BARE, ORG="Firm Anchor")) == [[("organization", "Firm Anchor")]]


def test_a_state_behind_the_word_for_a_ship_stays_one() -> None:
    draft = tree(
        "a a DET DT 2 det | ship ship NOUN NN 5 nsubj | Iran Iran PROPN NNP 4 nsubj | sent send VERB VBD 2 acl:relcl | "
        "sank sink VERB VBD 0 root",
        LOC="Iran",
    )
    assert kinds(draft) == [[("state", "Iran")]]


def test_a_prefix_of_ships_is_no_part_of_the_name() -> None:
    draft = tree(
        "USS USS PROPN NNP 2 compound | Marrin Marrin PROPN NNP 3 nsubj | sank sink VERB VBD 0 root", PER="Marrin"
    )
    assert kinds(draft) == [[("place", "Marrin")]]


def test_a_ship_is_no_entity_of_a_state() -> None:
    entities = code(reading([tree(TANKER, ORG="Firm Anchor"), tree(BARE, ORG="Anchor")])).entities
    assert [e.name for e in entities if e.kind == "organization"] == []
