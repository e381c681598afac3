"""The event lexicon: what its tables promise, the order of its rules, and what a broken table is answered."""

from __future__ import annotations

import re
import time
from collections import Counter
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.coding import lexicon
from legation.coding.lexicon import EVENT_COLUMNS, EventRule, Lexicon, build_lexicon, load_rules
from legation.errors import ModelError

TYPES = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack "
    "aerial drone heavy-weapons crowd-control unconventional",
}
# Past forms that no rule of spelling reaches.
IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "beat:beat begin:began behead:beheaded blow:blew break:broke bring:brought buy:bought cut:cut "
        "feed:fed fight:fought find:found flee:fled fly:flew forbid:forbade forgive:forgave freeze:froze "
        "give:gave go:went hang:hung have:had hit:hit hold:held hurt:hurt lay:laid leave:left lend:lent "
        "let:let make:made meet:met overrun:overran overthrow:overthrew pay:paid put:put retake:retook "
        "rebuild:rebuilt say:said seek:sought sell:sold send:sent set:set shoot:shot shut:shut sink:sank "
        "sit:sat slay:slew speak:spoke spread:spread stand:stood strike:struck swear:swore take:took "
        "throw:threw withdraw:withdrew withhold:withheld undertake:undertook unfreeze:unfroze "
    ).split()
)
ALL_RULES = [rule for rules in load_rules().rules.values() for rule in rules]


@cache
def inflections(lemma: str) -> frozenset[str]:
    """Regular English forms of a verb or noun, and the irregular past."""
    stems = {lemma, lemma + lemma[-1]}
    if lemma.endswith("e"):
        stems.add(lemma[:-1])
    if lemma.endswith("y"):
        stems.add(lemma[:-1] + "i")
    forms = {stem + ending for stem in stems for ending in ("", "s", "es", "d", "ed", "ing")}
    return frozenset(forms | {IRREGULAR.get(lemma, lemma)})


def rule_row(**cells: str) -> str:
    """A row of events.csv for a sound rule, with some cells changed."""
    sound = {
        "lemma": "recall",
        "pos": "V",
        "object": "@ambassador",
        "type": "SANCTION",
        "mode": "withdraw",
        "actor": "ARG0",
        "recipient": "from|in-ARG1",
        "needs_recipient": "yes",
        "contexts": "diplomatic",
        "domain": "state",
        "example": "Chile recalled its ambassador from Peru.",
        "example_actor": "Chile",
        "example_recipient": "Peru",
    }
    return ",".join({**sound, **cells}.get(column, "") for column in EVENT_COLUMNS)


OBJECTS = "# head\nclass,lemma\n@ambassador,ambassador\n@ambassador,envoy\n@leader,envoy\n"
PLOVER = "type,mode,quad,score,cameo\nSANCTION,,material conflict,-6,160\nSANCTION,withdraw,material conflict,-6,161\n"


def lexicon_of(*rows: str, objects: str = OBJECTS, plover: str = PLOVER) -> Lexicon:
    events = "\n".join(("# a head", "# of two lines", ",".join(EVENT_COLUMNS), *rows))
    return build_lexicon(events, objects, plover)


# ---------------------------------------------------------------- the shipped tables


def test_the_table_has_a_row_for_each_type_and_mode_and_no_other() -> None:
    expected: set[tuple[str, str | None]] = {(name, None) for names in TYPES.values() for name in names}
    expected |= {(name, mode) for name, modes in MODES.items() for mode in modes.split()}
    assert set(load_rules().plover.modes) == expected


@pytest.mark.parametrize(("quad", "names"), TYPES.items())
def test_each_type_stands_in_its_quad_class_with_all_its_modes(quad: str, names: tuple[str, ...]) -> None:
    plover = load_rules().plover
    assert {plover.quad(name) for name in names} == {quad}
    assert {row.quad for row in plover.modes.values() if row.type in names} == {quad}


def test_scores_have_the_sign_of_their_quad_class() -> None:
    for row in load_rules().plover.modes.values():
        if row.quad.endswith("cooperation"):
            assert 0 < row.score <= 10, row
        elif row.quad == "material conflict":
            assert -10 <= row.score < -4, row
        else:
            assert -4 <= row.score <= 0.5, row


def test_accuse_alone_has_the_minus_that_the_manual_lost() -> None:
    assert load_rules().plover.score("ACCUSE") == -3


def test_a_mode_has_its_own_score_and_code() -> None:
    plover = load_rules().plover
    assert (plover.score("RETREAT"), plover.score("RETREAT", "disarm")) == (6.5, 10)
    assert (plover.cameo("CONSULT"), plover.cameo("CONSULT", "visit")) == ("040", "042")


def test_default_codes_stand_in_the_chapter_of_their_type() -> None:
    chapters = {
        "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08",
        "RETREAT": "08", "REQUEST": "10", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
        "SANCTION": "16", "COERCE": "17",
    }  # fmt: skip
    plover = load_rules().plover
    assert {name: plover.cameo(name)[:2] for name in chapters} == chapters
    assert plover.cameo("ACCUSE")[:2] == "11"
    assert plover.cameo("ASSAULT")[:2] == "19"


def test_an_unknown_type_or_mode_is_named_in_the_error() -> None:
    with pytest.raises(ModelError, match="PLOVER has no FIGHT"):
        load_rules().plover.quad("FIGHT")
    with pytest.raises(ModelError, match="PLOVER has no AID visit"):
        load_rules().plover.score("AID", "visit")


def test_every_type_and_every_mode_is_reached_by_a_rule() -> None:
    reached = {(rule.type, rule.mode) for rule in ALL_RULES}
    open_types = {name for name, _ in reached}
    assert {(name, mode) for name, mode in load_rules().plover.modes if mode} <= reached
    assert open_types == {name for names in TYPES.values() for name in names}


def test_the_table_covers_newswire_broadly() -> None:
    assert len(ALL_RULES) >= 900
    assert len({rule.lemma for rule in ALL_RULES if rule.pos == "V"}) >= 400
    assert len({rule.lemma for rule in ALL_RULES if rule.pos == "N"}) >= 120
    assert min(Counter(rule.type for rule in ALL_RULES).values()) >= 30


def words_of(example: str) -> set[str]:
    words = set(re.findall(r"[\w'-]+", example.lower()))
    words |= {word.removesuffix("'s") for word in words}
    return words | {part for word in words for part in word.split("-")}


def shows_its_object(rule: EventRule) -> bool:
    """Whether a word that the object condition admits stands in the example, in the singular or plural."""
    classes = load_rules().classes
    words = words_of(rule.example)
    words |= {word.replace("men", "man") for word in words} | ({"self"} if "himself" in words else set())
    admitted = {word for name in rule.objects for word in classes.get(name, frozenset((name,)))}
    text = rule.example.lower()
    return any(words & inflections(word) or word.replace("-", " ") in text for word in admitted)


def test_an_example_contains_its_lemma() -> None:
    assert [rule.example for rule in ALL_RULES if not words_of(rule.example) & inflections(rule.lemma)] == []


def test_an_example_contains_its_actor_and_recipients() -> None:
    for rule in ALL_RULES:
        assert rule.example_actor and rule.example_actor in rule.example, rule.line
        for recipient in rule.example_recipients:
            assert recipient and recipient in rule.example and recipient != rule.example_actor, rule.line


def test_an_example_shows_the_particle_that_its_rule_needs() -> None:
    assert [r.example for r in ALL_RULES if r.particles and not words_of(r.example) & set(r.particles)] == []


def test_an_example_shows_the_object_that_its_rule_needs() -> None:
    conditioned = [rule for rule in ALL_RULES if rule.objects and rule.objects != ("-",)]
    assert len(conditioned) > 500
    assert [rule.example for rule in conditioned if not shows_its_object(rule)] == []


def test_examples_are_unique() -> None:
    assert [text for text, times in Counter(rule.example for rule in ALL_RULES).items() if times > 1] == []


def test_no_two_rules_ask_the_same() -> None:
    asked = Counter((r.lemma, r.pos, r.particles, r.objects, r.complements, r.subjects) for r in ALL_RULES)
    assert [conditions for conditions, times in asked.items() if times > 1] == []


def test_a_rule_that_takes_a_recipient_has_one_in_its_example() -> None:
    assert [r.example for r in ALL_RULES if r.needs_recipient and not r.example_recipients] == []
    assert [r.example for r in ALL_RULES if r.recipient == ("-",) and r.example_recipients] == []


@pytest.mark.parametrize("name", ["COOPERATE", "AID", "SANCTION"])
def test_types_that_need_a_recipient_ask_for_one(name: str) -> None:
    assert [rule.example for rule in ALL_RULES if rule.type == name and not rule.needs_recipient] == []


def test_every_class_is_used_by_a_rule() -> None:
    used = {name for rule in ALL_RULES for cell in rule.conditions for name in cell if name.startswith("@")}
    assert set(load_rules().classes) == used


def test_words_that_mostly_tell_no_event_have_no_rule_of_their_own() -> None:
    for lemma in ("say", "think", "be", "have", "go", "make", "take", "hold", "give", "reach", "strike-down"):
        bare = [rule.example for rule in load_rules().rules_for(lemma, "V") if not rule.conditions]
        assert bare == [], lemma


def test_british_and_american_spellings_tell_the_same_types() -> None:
    table = load_rules()
    for american, british in (
        ("apologize", "apologise"), ("criticize", "criticise"), ("demobilize", "demobilise"),
        ("legalize", "legalise"), ("mobilize", "mobilise"), ("nationalize", "nationalise"),
        ("neutralize", "neutralise"), ("normalize", "normalise"), ("organize", "organise"),
        ("penalize", "penalise"), ("recognize", "recognise"), ("vandalize", "vandalise"),
    ):  # fmt: skip
        one, other = (Counter((r.type, r.mode) for r in table.rules_for(x, "V")) for x in (american, british))
        assert one == other, british
        assert one, american


# ---------------------------------------------------------------- rules that people get wrong


def told(lemma: str, pos: str = "V", obj: str | None = None, particle: str | None = None) -> set[str]:
    """The types and modes of the first rule whose words are given, an object by its lemma."""
    table = load_rules()
    for rule in table.rules_for(lemma, pos):
        object_holds = not rule.objects or bool({obj, *table.object_classes(obj or "")} & set(rule.objects))
        particle_holds = not rule.particles or particle in rule.particles
        if object_holds and particle_holds and not rule.complements and not rule.subjects:
            return {rule.type, rule.mode or ""}
    return set()


@pytest.mark.parametrize(
    ("lemma", "obj", "particle", "type_", "mode"),
    [
        ("veto", "resolution", None, "REJECT", ""),
        ("vote", None, "against", "REJECT", ""),
        ("recall", "ambassador", None, "SANCTION", "withdraw"),
        ("recall", "soldier", None, "RETREAT", "withdraw"),
        ("announce", "withdrawal", None, "CONCEDE", ""),
        ("complete", "withdrawal", None, "RETREAT", "withdraw"),
        ("announce", "ceasefire", None, "CONCEDE", ""),
        ("sign", "truce", None, "RETREAT", "ceasefire"),
        ("test", "missile", None, "MOBILIZE", "weapons"),
        ("hold", "drill", None, "MOBILIZE", "troops"),
        ("hold", "drill", "with", "COOPERATE", ""),
        ("expel", "diplomat", None, "SANCTION", "expel"),
        ("expel", "migrant", None, "COERCE", "deport"),
        ("deport", "man", None, "COERCE", "deport"),
        ("impose", "sanction", None, "SANCTION", "discontinue"),
        ("impose", "curfew", None, "COERCE", "curfew"),
        ("summon", "ambassador", None, "ACCUSE", "disapprove"),
        ("grant", "amnesty", None, "CONCEDE", ""),
        ("free", "prisoner", None, "RETREAT", "release"),
        ("begin", "hunger-strike", None, "PROTEST", "hunger"),
        ("begin", "strike", None, "PROTEST", "strike"),
        ("host", "delegation", None, "CONSULT", "visit"),
        ("drop", "charge", None, "CONCEDE", ""),
        ("drop", "bomb", None, "ASSAULT", "aerial"),
        ("call", "talk", "off", "SANCTION", "withdraw"),
        ("break", "talk", "off", "SANCTION", "withdraw"),
        ("pull", "soldier", "out", "RETREAT", "withdraw"),
    ],
)
def test_a_rule_that_people_get_wrong(lemma: str, obj: str | None, particle: str | None, type_: str, mode: str) -> None:
    assert told(lemma, obj=obj, particle=particle) == {type_, mode}


def test_arms_given_are_aid_with_a_military_context() -> None:
    given_arms = [r for r in ALL_RULES if r.type == "AID" and "@armsaid" in r.objects]
    assert len(given_arms) > 5
    assert all("military" in rule.contexts for rule in given_arms)


def test_a_host_is_the_recipient_of_the_visit() -> None:
    for lemma in ("host", "receive", "greet"):
        visits = [rule for rule in load_rules().rules_for(lemma, "V") if rule.mode == "visit"]
        assert visits, lemma
        assert all("ARG1" in rule.actor and rule.recipient[0] == "ARG0" for rule in visits)


def test_a_visit_is_never_reciprocal_and_direct_talks_are() -> None:
    consults = [rule for rule in ALL_RULES if rule.type == "CONSULT"]
    assert not any(rule.reciprocal for rule in consults if rule.mode == "visit")
    assert all(rule.reciprocal for rule in consults if rule.mode == "phone")


@pytest.mark.parametrize("obj", ["record", "goal", "price", "theory", "rate", "match", "team", "profit"])
def test_ambiguous_verbs_stay_silent_on_sports_and_markets(obj: str) -> None:
    for lemma in "beat raise cut drop charge defeat hold reach set launch open".split():
        assert told(lemma, obj=obj) == set(), lemma


# ---------------------------------------------------------------- looking up


def test_a_lemma_without_rules_has_none() -> None:
    assert load_rules().rules_for("yodel", "V") == ()
    assert load_rules().rules_for("recall", "X") == ()


def test_lookup_ignores_case() -> None:
    assert load_rules().rules_for("Recall", "V") == load_rules().rules_for("recall", "V") != ()
    assert load_rules().object_classes("Ambassador") == load_rules().object_classes("ambassador")


def test_verb_and_noun_are_apart() -> None:
    assert {rule.pos for rule in load_rules().rules_for("attack", "V")} == {"V"}
    assert {rule.pos for rule in load_rules().rules_for("attack", "N")} == {"N"}


def test_more_conditions_come_first_everywhere() -> None:
    for rules in load_rules().rules.values():
        counts = [len(rule.conditions) for rule in rules]
        assert counts == sorted(counts, reverse=True)


def test_a_named_object_comes_before_a_class_and_a_small_class_before_a_large_one() -> None:
    objects = OBJECTS + "@leader,king\n@leader,queen\n"
    rows = [rule_row(object=cell) for cell in ("", "@leader", "@ambassador", "king")]
    rules = lexicon_of(*rows, objects=objects).rules_for("recall", "V")
    assert [rule.objects for rule in rules] == [("king",), ("@ambassador",), ("@leader",), ()]


def test_equal_rules_keep_the_order_of_the_table() -> None:
    rules = lexicon_of(rule_row(object="b"), rule_row(object="a")).rules_for("recall", "V")
    assert [rule.objects for rule in rules] == [("b",), ("a",)]


def test_a_lemma_may_belong_to_several_classes() -> None:
    assert lexicon_of(rule_row()).object_classes("envoy") == {"@ambassador", "@leader"}
    assert lexicon_of(rule_row()).object_classes("tree") == frozenset()


@given(st.sampled_from(sorted(load_rules().classes)))
def test_classes_and_their_inverse_agree(name: str) -> None:
    table = load_rules()
    assert all(name in table.object_classes(lemma) for lemma in table.classes[name])


@given(st.text())
def test_any_text_can_be_looked_up(text: str) -> None:
    table = load_rules()
    assert all(rule.lemma == text.lower() for rule in table.rules_for(text, "V"))
    assert table.object_classes(text) <= set(table.classes)


def test_a_row_becomes_a_rule() -> None:
    (rule,) = lexicon_of(rule_row(particle="from|out", reciprocal="yes")).rules_for("recall", "V")
    assert (rule.type, rule.mode, rule.domain, rule.line) == ("SANCTION", "withdraw", "state", 4)
    assert (rule.actor, rule.recipient) == (("ARG0",), ("from", "in-ARG1"))
    assert rule.conditions == (("from", "out"), ("@ambassador",))
    assert rule.reciprocal and rule.needs_recipient
    assert (rule.example_actor, rule.example_recipients) == ("Chile", ("Peru",))


def test_an_empty_mode_is_none() -> None:
    (rule,) = lexicon_of(rule_row(mode="")).rules_for("recall", "V")
    assert rule.mode is None


def test_the_lexicon_is_read_once_and_quickly() -> None:
    assert load_rules() is load_rules()
    times = []
    for _ in range(5):
        load_rules.cache_clear()
        start = time.process_time()
        load_rules()
        times.append(time.process_time() - start)
    assert min(times) < 0.1  # 30 ms is the aim; the rest is room for a slow machine


# ---------------------------------------------------------------- broken tables


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"lemma": "Recall"}, "'Recall' is no lemma in lower case"),
        ({"lemma": ""}, "is no lemma"),
        ({"pos": "ADJ"}, "pos V or N"),
        ({"domain": "world"}, "domain state or any"),
        ({"reciprocal": "no"}, "yes or nothing"),
        ({"type": "FIGHT", "mode": ""}, "PLOVER has no FIGHT"),
        ({"mode": "visit"}, "PLOVER has no SANCTION visit"),
        ({"actor": ""}, "needs slots"),
        ({"recipient": "-"}, "needs slots"),
        ({"actor": "ARG9"}, "'ARG9' is no slot"),
        ({"recipient": "from|beyond"}, "'beyond' is no slot"),
        ({"contexts": "sports"}, "'sports' is no PLOVER context"),
        ({"object": "@unicorn"}, "event_objects.csv has no @unicorn"),
        ({"complement": "@unicorn"}, "event_objects.csv has no @unicorn"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(cells: dict[str, str], said: str) -> None:
    with pytest.raises(ModelError, match=re.escape("events.csv, line 5: ")) as caught:
        lexicon_of(rule_row(object=""), rule_row(**cells))
    assert said in str(caught.value)
    assert caught.value.subject == "events.csv:5"


def test_two_rows_that_ask_the_same_are_refused() -> None:
    with pytest.raises(ModelError, match="line 6: asks the same as line 4"):
        lexicon_of(rule_row(), rule_row(object="envoy"), rule_row(mode=""))


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ModelError, match=f"line 4: has 2 cells where {len(EVENT_COLUMNS)} are due"):
        lexicon_of("recall,V")


def test_other_columns_are_refused() -> None:
    with pytest.raises(ModelError, match=r"event_objects\.csv, line 2: the columns must be class, lemma"):
        lexicon_of(rule_row(), objects="# head\nlemma,class\n@ambassador,envoy\n")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ambassador,envoy", "begins with @"),
        ("@ambassador,Envoy", "lower case"),
        ("@ambassador,envoy", "already"),
    ],
)
def test_a_wrong_class_row_is_named(row: str, said: str) -> None:
    with pytest.raises(ModelError, match=rf"event_objects.csv, line 6: .*{said}"):
        lexicon_of(rule_row(), objects=OBJECTS + row + "\n")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("AID,,material cooperation,ten,070", "'ten' is no score"),
        ("AID,,material cooperation,10,7", "'7' is no CAMEO"),
        ("AID,,material cooperation,10,x70", "'x70' is no CAMEO"),
    ],
)
def test_a_wrong_plover_row_is_named(row: str, said: str) -> None:
    with pytest.raises(ModelError, match=rf"plover.csv, line 4: .*{said}"):
        lexicon_of(rule_row(), plover=PLOVER + row + "\n")


def test_the_columns_documented_in_the_table_are_those_that_are_read() -> None:
    head = lexicon._shipped("events.csv").split("\nlemma,")[0]
    for column in EVENT_COLUMNS:
        assert re.search(rf"\b{column}\b", head), column
