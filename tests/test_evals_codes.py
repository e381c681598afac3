"""Scores of the codes of parties. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, tells, tree

from evals.codes import CodesScore, code_of, score_codes
from evals.counts import Counts
from legation.coding import code
from training.event_corpus import Sentence
from training.event_drafts import Event as Gold
from training.event_drafts import Party

TEXT = "Norwegian police attacked Iraq."
ROWS = (
    "Norwegian norwegian ADJ JJ 2 amod | police police NOUN NN 3 nsubj | attacked attack VERB VBD 0 root | "
    "Iraq Iraq PROPN NNP 3 obj | . . PUNCT . 3 punct"
)


def draft(kind: str = "ASSAULT") -> Draft:
    return tree(ROWS, tells("attacked", kind, "Norwegian police", "Iraq"), LOC="Iraq", NORP="Norwegian")


def score(actor: str | None, recipient: str | None, made: Draft | None = None) -> CodesScore:
    """The score of the sentence with these gold codes."""
    sides = (Party((0, 16), actor),), (Party((26, 30), recipient),)
    event = Gold((17, 25), "ASSAULT", None, *sides, "actual", ())
    return score_codes([Sentence("s", "g", "test", TEXT, (event,))], [code(reading(made or draft()))])


def test_code_and_state_are_right_each_for_itself() -> None:
    found = score("NOR.COP", "IRQ")
    assert found.codes == found.countries == Counts(2, 2, 2)
    other = score("NOR.MIL", "IRN")
    assert (other.codes, other.countries) == (Counts(0, 2, 2), Counts(1, 2, 2))
    assert other.roles == {"actor": Counts(0, 1, 1), "recipient": Counts(0, 1, 1)}


def test_the_order_of_sectors_does_not_count() -> None:
    assert score("NOR.COP.GOV", "IRQ").codes == score("NOR.GOV.COP", "IRQ").codes == Counts(1, 2, 2)


def test_a_code_that_nobody_could_know_is_right_where_none_is_given() -> None:
    assert score("?", "IRQ").codes == Counts(1, 2, 2)
    assert code_of(None) == ("", frozenset())


def test_sectors_alone_are_of_no_state() -> None:
    assert (score(".COP", "IRQ").codes, score(".COP", "IRQ").countries) == (Counts(1, 2, 2), Counts(1, 2, 2))


def test_parties_without_a_gold_code_do_not_count() -> None:
    assert score(None, "IRQ").codes == Counts(1, 1, 1)


@pytest.mark.parametrize("kind", ["COERCE", "AID"])
def test_parties_of_an_event_of_another_type_do_not_count(kind: str) -> None:
    assert score("NOR.COP", "IRQ", draft(kind)).codes == Counts()


def test_a_party_whose_words_are_not_met_does_not_count() -> None:
    event = Gold((17, 25), "ASSAULT", None, (Party((26, 30), "NOR.COP"),), (), "actual", ())
    assert score_codes([Sentence("s", "g", "test", TEXT, (event,))], [code(reading(draft()))]).codes == Counts()
