"""How often a word tells an event, counted in annotated sentences."""

from __future__ import annotations

import pytest

from training.event_corpus import Sentence
from training.event_drafts import Event, Party
from training.telling_words import DOUBT, shares, table


def sentence(text: str, trigger: str = "") -> Sentence:
    start = text.index(trigger)
    told = Event((start, start + len(trigger)), "AID", None, (Party((0, 4)),), (), "actual", ())
    return Sentence("s", "theme", "train", text, (told,) if trigger else ())


def test_a_share_is_of_all_times_a_word_is_met() -> None:
    found = shares(
        [sentence("Oman sent grain.", "sent"), sentence("He Sent word."), sentence("Oman sent tents.", "sent")]
    )
    assert found == {("sent", "AID"): pytest.approx((2 + DOUBT) / 4)}


def test_what_hardly_ever_tells_is_left_out() -> None:
    assert shares([sentence("Oman sent grain.", "sent"), *[sentence("He sent word.")] * 60]) == {}


def test_a_word_with_a_comma_in_it_keeps_its_cell() -> None:
    assert table([sentence("Oman 1,000 tents.", "1,000")]).endswith('\n"1,000",AID,0.550\n')
