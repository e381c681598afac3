"""Terms found in text, and issues and options told from them. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.positions.issues import Issue, Option
from legation.positions.library import library_of, shipped_library
from legation.positions.matching import Candidate, Matcher
from legation.positions.terms import fold, forms, index_of, words_of


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(shipped_library())


def found(terms: list[str], text: str) -> list[str]:
    return [one.term.text for one in index_of((term, None) for term in terms).find(words_of(text))]


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("lift", "They lifted it"),
        ("lift", "Lifting them now"),
        ("carry", "It was carried away"),
        ("ban", "He banned the march"),
        ("withdraw", "She withdrew"),
        ("freeze", "The funds were frozen"),
        ("woman", "the women of Herat"),
        ("cease fire", "a cease-fire tonight"),
        ("women's rights", "on women’s rights"),
        ("recognise", "would not recognize it"),
        ("defence", "the defense budget"),
        ("labour", "forced labor"),
        ("denuclear*", "Denuclearization first"),
        ("u.n. force", "the U.N. force"),
        ("free trade", "FREE TRADE NOW"),
        ("open trad* deal", "an open trading deal"),
        ("WHO", "told the WHO"),
        ("1.5 degrees", "keep 1.5 degrees alive"),
    ],
)
def test_a_term_is_found(term: str, text: str) -> None:
    assert found([term], text) == [term]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("lift", "the lifter"),
        ("free trade", "free and open trade"),
        ("free trade", "free"),
        ("WHO", "Who said so? He who knows"),
        ("dam", "Amsterdam and its damage"),
        ("denuclear*", "nuclear"),
    ],
)
def test_what_only_resembles_a_term_is_none(term: str, text: str) -> None:
    assert found([term], text) == []


def test_terms_are_found_in_the_order_of_their_starts_and_may_overlap() -> None:
    assert found(["trade", "free trade", "free"], "free trade") == ["free", "free trade", "trade"]


def test_words_of_four_letters_keep_their_spelling() -> None:
    assert [fold(word) for word in ("four", "Size", "your")] == ["four", "size", "your"]


@given(st.text(max_size=30))
def test_any_text_has_words_that_find_themselves(text: str) -> None:
    for word in words_of(text):
        assert found([word], text)


@given(st.from_regex(r"[a-z]{2,10}", fullmatch=True))
def test_a_word_is_among_its_forms(word: str) -> None:
    assert fold(word) in forms(word)


# ---------------------------------------------------------------- issues


def best(matcher: Matcher, evidence: str, content: str | None = None, context: str = "") -> Candidate | None:
    content = content or evidence
    return next(iter(matcher.match(evidence, content, f"{context} {content}")), None)


@pytest.mark.parametrize(
    ("evidence", "issue", "option"),
    [
        ("the sanctions must be lifted", "sanctions", "relieve"),
        ("tighten the sanctions on the generals", "sanctions", "impose"),
        ("the sanctions have failed", "sanctions", "impose"),
        ("scrap the tariffs on steel", "tariffs", "cut"),
        ("slap new tariffs on steel", "tariffs", "raise"),
        ("a ceasefire must come tonight", "ceasefire", "stop"),
        ("withdraw from the nuclear deal", "nuclear-deal", "leave"),
        ("return to the nuclear deal", "nuclear-deal", "keep"),
        ("forbid any new nuclear power plant", "nuclear-power", "close"),
        ("build six nuclear power plants", "nuclear-power", "build"),
        ("veto accession talks with the European Union", "union-membership", "stay-out"),
        ("disarm the militia", "disarming-groups", "disarm"),
        ("abolish conscription", "conscription", "end"),
        ("bring back conscription", "conscription", "call-up"),
        ("extend the mandate of the peacekeepers", "peacekeeping", "send"),
        ("stop the missile tests", "weapons-tests", "stop"),
        ("cut oil output by a million barrels a day", "oil-output", "cut"),
        ("recognise the Palestinian state", "recognition", "recognise"),
        ("expel the diplomats and cut diplomatic relations", "diplomatic-relations", "cut"),
        ("abolish the death penalty", "death-penalty", "abolish"),
        ("reopen the border crossing and pull down the border fence", "border-closure", "open"),
        ("cancel the joint military exercises", "military-exercises", "suspend"),
        ("send more artillery shells and fighter jets", "arms-supplies", "supply"),
        ("waive vaccine patents in a pandemic", "pandemic-rules", "accept"),
        ("deploy the missile shield", "missile-defence", "deploy"),
        ("accept the IMF loan and its conditions", "bailout", "accept"),
        ("bar foreign investors from the takeover", "foreign-investment", "block"),
        ("end deforestation in the rainforest", "forests", "protect"),
        ("grant the region autonomy", "autonomy", "grant"),
    ],
)
def test_an_issue_and_its_option_are_told(matcher: Matcher, evidence: str, issue: str, option: str) -> None:
    found = best(matcher, evidence)
    assert found is not None
    assert (found.issue, found.option) == (issue, option)


@pytest.mark.parametrize(
    ("evidence", "option", "polarity"),
    [
        ("the sanctions must be lifted", "relieve", "with"),
        ("the sanctions must not be lifted", "relieve", "against"),
        ("refuses to lift the sanctions", "relieve", "against"),
        ("end the sanctions", "relieve", "with"),
        ("is against lifting the sanctions", "relieve", "against"),
        ("can't lift the sanctions", "relieve", "against"),
        ("the sanctions", "impose", None),
    ],
)
def test_the_option_is_the_course_that_is_spoken_of(
    matcher: Matcher, evidence: str, option: str, polarity: str | None
) -> None:
    found = best(matcher, evidence, "The sanctions on the junta, the envoy said")
    assert found is not None
    assert (found.issue, found.option, found.polarity) == ("sanctions", option, polarity)


def test_the_matter_may_stand_in_the_context_alone(matcher: Matcher) -> None:
    assert best(matcher, "called the step a mistake") is None
    found = best(matcher, "called the step a mistake", context="Ministers impose sanctions and an asset freeze")
    assert found is not None
    assert found.issue == "sanctions"


def test_what_no_issue_is_about_gets_none(matcher: Matcher) -> None:
    assert matcher.match("a fine evening", "It was a fine evening, he said", "The gardener spoke") == ()
    assert matcher.match("", "", "") == ()


def test_the_terms_that_led_to_it_are_told(matcher: Matcher) -> None:
    found = best(matcher, "lift the sanctions")
    assert found is not None
    assert {"sanction", "lift"} <= {*found.terms} or {"sanctions", "lift"} <= {*found.terms}


def test_more_and_surer_words_give_a_higher_confidence(matcher: Matcher) -> None:
    few = best(matcher, "the sanctions are a mistake")
    many = best(matcher, "the sanctions and the asset freeze are a mistake", context="Sanctions relief, the travel ban")
    assert few is not None
    assert many is not None
    assert few.confidence < many.confidence


MOON = Issue(
    "moon", "The moon", None, None,
    (Option("land", "to land", words=("land",)), Option("leave", "to leave", words=("leave", "go home"))),
    words=("moon",), hints=("crater", "dust"), excluded=("honey moon",), patterns=(r"\bluna-\d",),
)  # fmt: skip


def test_words_inside_what_is_excluded_do_not_count() -> None:
    own = Matcher(library_of({"moon": MOON}), least_sure=0.0)
    assert own.match("the honey moon", "") == ()
    assert own.match("the honey moon", "the moon")[0].issue == "moon"


def test_a_pattern_names_an_issue() -> None:
    assert Matcher(library_of({"moon": MOON}), least_sure=0.0).match("send Luna-9", "")[0].terms == (r"\bluna-\d",)


def test_without_a_default_no_option_is_told_where_none_is_named() -> None:
    own = Matcher(library_of({"moon": MOON}), least_sure=0.0)
    assert own.match("the moon", "")[0].option is None
    assert own.match("go home from the moon", "")[0].option == "leave"


def test_no_option_is_told_where_two_are_named_alike() -> None:
    own = Matcher(library_of({"moon": MOON}), least_sure=0.0)
    assert own.match("land on the moon and leave", "")[0].option is None


def test_several_issues_are_ranked(matcher: Matcher) -> None:
    issues = [
        c.issue for c in matcher.match("lift the sanctions and the tariffs", "lift the sanctions and the tariffs")
    ]
    assert {"sanctions", "tariffs"} <= {*issues} or not issues
    ranked = Matcher(shipped_library(), least_sure=0.0).match("lift the sanctions and the tariffs", "")
    assert {"sanctions", "tariffs"} <= {c.issue for c in ranked}
    assert [c.score for c in ranked] == sorted((c.score for c in ranked), reverse=True)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_answered(evidence: str, content: str, context: str) -> None:
    for candidate in _SHARED.match(evidence, content, context):
        assert 0.0 <= candidate.confidence <= 1.0


_SHARED = Matcher(shipped_library())


# ---------------------------------------------------------------- what weighs how much

SUN = Issue(
    "sun", "The sun", None, None,
    (Option("watch", "to watch", words=("watch",)), Option("shun", "to shun", words=("shun",), verbs=("stop",))),
    default="watch", words=("sun",), hints=("dust", "moon base"),
)  # fmt: skip


def test_a_hint_alone_names_no_issue() -> None:
    own = Matcher(library_of({"moon": MOON, "sun": SUN}))
    assert own.match("the dust", "the dust") == ()
    assert own.match("the sun and its dust", "")[0].issue == "sun"


def score_of(issue: str, text: str, *issues: Issue) -> float:
    own = Matcher(library_of({one.id: one for one in issues}), least_sure=0.0)
    return next(one.score for one in own.match(text, "") if one.issue == issue)


def test_a_word_inside_a_longer_term_of_another_issue_weighs_less() -> None:
    assert score_of("moon", "the moon base", MOON, SUN) < score_of("moon", "the moon base", MOON)


def test_a_word_that_stands_in_texts_about_anything_weighs_less() -> None:
    common = replace(MOON, words=("minister",))
    assert score_of("moon", "the minister", common) < score_of("moon", "the moon", MOON)


def test_words_of_a_term_count_one_by_one_as_well() -> None:
    issue = replace(MOON, words=("lunar orbit", "moon"))
    assert score_of("moon", "the moon in its orbit", issue) > score_of("moon", "the moon in its glory", issue)


def test_a_verb_of_ending_names_the_option_that_ends(matcher: Matcher) -> None:
    for evidence in ("cancel the joint military exercises", "postpone the import tariffs"):
        found = best(matcher, evidence)
        assert found is not None
        assert found.option in ("suspend", "cut")


def test_what_several_terms_of_one_length_match_counts_as_the_heaviest() -> None:
    issue = Issue("door", "The door", None, None, (Option("shut", "to shut", words=("shut",)),), words=("door", "doo*"))
    assert Matcher(library_of({"door": issue}), least_sure=0.0).match("the door", "")[0].score == pytest.approx(
        Matcher(library_of({"door": Issue("door", "", None, None, issue.options, words=("door",))}), least_sure=0.0)
        .match("the door", "")[0]
        .score
    )
