"""Those without a name: their states and sectors by the words of their phrase. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, tree

from legation.coding.groups import backs, each_of, told_sectors
from legation.coding.names import find_names
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer


def phrases_of(draft: Draft) -> Phrases:
    """A sentence with its tree."""
    made = reading(draft)
    return Phrases(made.sentences[0], made.text.body)


def of(draft: Draft) -> Participants:
    """The participants of a sentence."""
    made = reading([draft])
    return Participants([Phrases(s, made.text.body) for s in made.sentences], Gazetteer.load(), None)


def party(draft: Draft, start: int, end: int) -> tuple[str | None, tuple[str, ...]]:
    """State and sectors of whom a range of words means."""
    people = of(draft)
    key = people.of_span(0, start, end).key
    entities, ids = people.entities({key})
    (entity,) = [e for e in entities if e.id == ids[key]]
    return entity.code, entity.sectors


PATROL = tree(
    "Omani Omani ADJ JJ 4 amod | and and CCONJ CC 3 cc | Kenyan Kenyan ADJ JJ 1 conj | police police NOUN NNS 5 nsubj | "
    "slept sleep VERB VBD 0 root",
    NORP="Omani|Kenyan",
)


@pytest.mark.parametrize(("start", "end", "code"), [(0, 1, "OMN"), (2, 4, "KEN"), (2, 3, "KEN")])
def test_each_of_two_nations_before_one_noun_is_what_the_noun_says(start: int, end: int, code: str) -> None:
    assert party(PATROL, start, end) == (code, ("COP",))


def test_those_of_two_states_together_are_of_neither() -> None:
    assert party(PATROL, 0, 4) == (None, ("COP",))


HEADS = (
    "The the DET DT 3 det | two two NUM CD 3 nummod | {whom} {lemma} NOUN NNS 4 nsubj | "
    "slept sleep VERB VBD 0 root | in in ADP IN 6 case | Peru Peru PROPN NNP 4 obl"
)


@pytest.mark.parametrize(("whom", "lemma", "code"), [("presidents", "president", None), ("farmers", "farmer", "PER")])
def test_two_presidents_are_of_two_states_and_two_farmers_may_be_of_one(
    whom: str, lemma: str, code: str | None
) -> None:
    draft = tree(HEADS.format(whom=whom, lemma=lemma), LOC="Peru")
    assert party(draft, 0, 3)[0] == code


def test_foreign_soldiers_are_of_no_state_that_the_sentence_names() -> None:
    draft = tree(
        "Foreign foreign ADJ JJ 2 amod | soldiers soldier NOUN NNS 3 nsubj | left leave VERB VBD 0 root | "
        "Peru Peru PROPN NNP 3 obj",
        LOC="Peru",
    )
    assert party(draft, 0, 2) == (None, ("MIL",))


WHOM = "the the DET DT 3 det | {before} {before} {upos} XX 3 {relation} | {noun} {noun} NOUN NN 4 nsubj | {end}"
SLEPT = "slept sleep VERB VBD 0 root"


@pytest.mark.parametrize(
    ("before", "upos", "relation", "noun", "sectors"),
    [
        ("union", "NOUN", "compound", "treasurer", ("LAB",)),
        ("rebel", "ADJ", "amod", "garrison", ("REB",)),
        ("police", "NOUN", "compound", "unit", ("COP",)),
        ("army", "NOUN", "compound", "engineer", ("MIL",)),
        ("government", "NOUN", "compound", "soldier", ("MIL",)),
        ("rebel", "NOUN", "compound", "widow", ("CVL",)),
        ("warder", "NOUN", "compound", "union", ("LAB",)),
        ("deputy", "NOUN", "compound", "leader", ("GOV",)),
        ("army", "NOUN", "compound", "jetty", ("MIL",)),
        ("retired", "ADJ", "amod", "general", ("ELI",)),
    ],
)
def test_whose_men_they_are_tells_the_sectors(
    before: str, upos: str, relation: str, noun: str, sectors: tuple[str, ...]
) -> None:
    draft = tree(WHOM.format(before=before, upos=upos, relation=relation, noun=noun, end=SLEPT))
    assert party(draft, 0, 3)[1] == sectors


def test_who_stands_for_others_behind_of_is_of_their_sectors() -> None:
    draft = tree(
        "Delegates delegate NOUN NNS 5 nsubj | of of ADP IN 4 case | the the DET DT 4 det | "
        "dockers docker NOUN NNS 1 nmod | slept sleep VERB VBD 0 root"
    )
    assert party(draft, 0, 4)[1] == ("LAB",)


def test_an_attorney_general_is_one_title() -> None:
    draft = tree(
        "Peru Peru PROPN NNP 3 nmod:poss | 's 's PART POS 1 case | attorney attorney NOUN NN 5 nsubj | "
        "general general ADJ JJ 3 amod | slept sleep VERB VBD 0 root",
        LOC="Peru",
    )
    assert party(draft, 0, 4) == ("PER", ("GOV",))


def test_peacekeepers_are_of_the_united_nations_whatever_their_nation() -> None:
    draft = tree(
        "Ghanaian Ghanaian ADJ JJ 2 amod | peacekeepers peacekeeper NOUN NNS 3 nsubj | slept sleep VERB VBD 0 root",
        NORP="Ghanaian",
    )
    assert party(draft, 0, 2)[0] == "UNO"


def test_the_secretary_general_of_a_body_is_of_that_body() -> None:
    draft = tree(
        "the the DET DT 4 det | NATO NATO PROPN NNP 3 compound | secretary secretary NOUN NN 4 compound | "
        "general general NOUN NN 5 nsubj | slept sleep VERB VBD 0 root",
        ORG="NATO",
    )
    assert party(draft, 0, 4)[0] == "IGO"


def test_whose_farmers_are_of_the_state_before() -> None:
    draft = tree(
        "Peru Peru PROPN NNP 6 nsubj | , , PUNCT , 5 punct | whose whose PRON WP$ 4 nmod:poss | "
        "farmers farmer NOUN NNS 5 nsubj | rested rest VERB VBD 1 acl:relcl | slept sleep VERB VBD 0 root",
        LOC="Peru",
    )
    assert party(draft, 3, 4) == ("PER", ("AGR",))


def test_the_nation_of_his_counterpart_is_that_of_the_adjective() -> None:
    draft = tree(
        "Peru Peru PROPN NNP 3 nmod:poss | 's 's PART POS 1 case | president president NOUN NN 4 nsubj | "
        "met meet VERB VBD 0 root | his his PRON PRP$ 7 nmod:poss | Omani Omani ADJ JJ 7 amod | "
        "counterpart counterpart NOUN NN 4 obj",
        LOC="Peru",
        NORP="Omani",
    )
    assert party(draft, 4, 7)[0] == "OMN"


LENT = (
    "Peru Peru PROPN NNP 2 nsubj | asked ask VERB VBD 0 root | {more}and and CCONJ CC {lent} cc | "
    "Oman Oman PROPN NNP {lent} nsubj | helped help VERB VBD 2 conj | it it PRON PRP {lent} obj"
)


def test_it_as_an_object_is_the_only_subject_outside_its_clause() -> None:
    people = of(tree(LENT.format(more="", lent=5), LOC="Peru|Oman"))
    assert people.of_span(0, 5, 6).code == "PER"


def test_it_as_an_object_is_open_where_another_noun_fits() -> None:
    people = of(tree(LENT.format(more="Fiji Fiji PROPN NNP 2 obj | ", lent=6), LOC="Peru|Oman|Fiji"))
    assert people.of_span(0, 6, 7).code is None


def test_him_is_the_only_person_told_of_though_no_subject() -> None:
    draft = tree(
        "Police police NOUN NNS 2 nsubj | freed free VERB VBD 0 root | a a DET DT 5 det | "
        "Peruvian Peruvian ADJ JJ 5 amod | judge judge NOUN NN 2 obj | and and CCONJ CC 8 cc | "
        "soldiers soldier NOUN NNS 8 nsubj | beat beat VERB VBD 2 conj | him he PRON PRP 8 obj",
        NORP="Peruvian",
    )
    assert of(draft).of_span(0, 8, 9).code == "PER"


def test_the_last_noun_of_an_unbroken_phrase_is_its_head_where_the_tree_does_not_join_it() -> None:
    draft = tree(
        "freed free VERB VBD 0 root | Omani Omani ADJ JJ 1 obj | and and CCONJ CC 4 cc | Kenyan Kenyan ADJ JJ 2 conj | "
        "soldiers soldier NOUN NNS 1 obj",
        NORP="Omani|Kenyan",
    )
    assert party(draft, 3, 5) == ("KEN", ("MIL",))


@pytest.mark.parametrize(("case", "thing", "sectors"), [("with", "guns", ("UAF",)), ("in", "masks", ("UAF",)), ("in",
    "taxis", ("CVL",))])  # fmt: skip
def test_men_with_guns_or_in_masks_are_armed(case: str, thing: str, sectors: tuple[str, ...]) -> None:
    draft = tree(
        f"Men man NOUN NNS 4 nsubj | {case} {case} ADP IN 3 case | {thing} {thing[:-1]} NOUN NNS 1 nmod | "
        "slept sleep VERB VBD 0 root"
    )
    assert party(draft, 0, 3)[1] == sectors


def test_a_minister_whom_a_state_sends_is_its_own() -> None:
    draft = tree(
        "Lima Lima PROPN NNP 2 nsubj | sent send VERB VBD 0 root | a a DET DT 4 det | minister minister NOUN NN 2 obj | "
        "to to ADP IN 6 case | Oman Oman PROPN NNP 2 obl",
        LOC="Lima|Oman",
    )
    assert party(draft, 2, 4)[0] == "PER"


@pytest.mark.parametrize(("state", "code"), [("Burundi", "BDI"), ("Rwanda", "RWA"), ("Peru", "RWA")])
def test_a_people_of_two_states_is_that_of_the_one_named(state: str, code: str) -> None:
    draft = tree(
        "Hutu Hutu ADJ JJ 2 amod | rebels rebel NOUN NNS 3 nsubj | left leave VERB VBD 0 root | "
        f"{state} {state} PROPN NNP 3 obj",
        NORP="Hutu",
        LOC=state,
    )
    assert party(draft, 0, 2) == (code, ("REB",))


def test_a_people_of_many_states_is_of_none_that_is_not_named() -> None:
    draft = tree(
        "Kurdish Kurdish ADJ JJ 2 amod | rebels rebel NOUN NNS 3 nsubj | slept sleep VERB VBD 0 root", NORP="Kurdish"
    )
    assert party(draft, 0, 2)[0] is None


@pytest.mark.parametrize(("words", "sectors"), [("land agency", ("GOV",)), ("rebel agency", ("REB",))])
def test_a_noun_that_says_little_means_what_it_mostly_does_where_nothing_tells_more(
    words: str, sectors: tuple[str, ...]
) -> None:
    first, noun = words.split()
    draft = tree(
        f"the the DET DT 3 det | {first} {first} NOUN NN 3 compound | {noun} {noun} NOUN NN 4 nsubj | "
        "slept sleep VERB VBD 0 root"
    )
    phrases = phrases_of(draft)
    assert told_sectors(2, phrases, lambda word: None) == sectors


def test_of_several_nations_that_share_a_noun_each_is_a_party() -> None:
    draft = tree(
        "the the DET DT 5 det | Kenyan Kenyan ADJ JJ 5 amod | and and CCONJ CC 4 cc | Omani Omani ADJ JJ 2 conj | "
        "ministers minister NOUN NNS 6 nsubj | met meet VERB VBD 0 root",
        NORP="Kenyan|Omani",
    )
    phrases = phrases_of(draft)
    assert each_of(0, 5, phrases, find_names(0, phrases, Gazetteer.load())) == [(0, 2), (3, 5)]


@pytest.mark.parametrize("words", ["Kenyan minister NOUN NN", "Kenyan ministers NOUN NNS"])
def test_those_of_one_nation_are_one_party(words: str) -> None:
    first, noun, *tags = words.split()
    draft = tree(
        f"{first} {first} ADJ JJ 2 amod | {noun} minister {' '.join(tags)} 3 nsubj | slept sleep VERB VBD 0 root",
        NORP="Kenyan",
    )
    phrases = phrases_of(draft)
    assert each_of(0, 2, phrases, find_names(0, phrases, Gazetteer.load())) == [(0, 2)]


def test_who_is_backed_by_a_state_is_not_of_it() -> None:
    backed = "Omani Omani ADJ JJ 3 compound | - - PUNCT HYPH 3 punct | backed back VERB VBN 4 amod | "
    draft = tree(backed + "fighters fighter NOUN NNS 5 nsubj | slept sleep VERB VBD 0 root", NORP="Omani")
    phrases = phrases_of(draft)
    assert [backs(m, phrases) for m in find_names(0, phrases, Gazetteer.load())] == [True]
    assert party(PATROL, 2, 4)[0] == "KEN"


@pytest.mark.parametrize(
    ("verb", "counting", "sectors"), [("slept", "nummod", ("CVL",)), ("fled", "nummod", ("REF",)), ("slept", "det", ())]
)
def test_so_many_of_a_nation_are_its_people(verb: str, counting: str, sectors: tuple[str, ...]) -> None:
    lemma = {"slept": "sleep", "fled": "flee"}[verb]
    draft = tree(
        f"forty forty NUM CD 2 {counting} | Kenyans Kenyan PROPN NNPS 3 nsubj | {verb} {lemma} VERB VBD 0 root",
        NORP="Kenyans",
    )
    assert party(draft, 0, 2) == ("KEN", sectors)


def test_deputies_of_a_party_are_of_parliament() -> None:
    deputies = "{word} {word} ADJ JJ 2 amod | deputies deputy NOUN NNS 3 nsubj | slept sleep VERB VBD 0 root"
    assert party(tree(deputies.format(word="opposition")), 0, 2)[1] == ("LEG", "OPP")
    assert party(tree(deputies.format(word="nationalist")), 0, 2)[1] == ("LEG",)


def test_one_of_a_nation_is_an_official_and_all_of_another_their_state() -> None:
    words = "The the DET DT 2 det | {name} {name} ADJ JJ 3 nsubj | left leave VERB VBD 0 root"
    assert party(tree(words.format(name="Algerian"), NORP="Algerian"), 0, 2) == ("DZA", ("GOV",))
    assert party(tree(words.format(name="Japanese"), NORP="Japanese"), 0, 2) == ("JPN", ())


def test_so_many_of_a_nation_with_one_form_for_all_are_people() -> None:
    words = "Forty forty NUM CD 2 nummod | Burmese Burmese ADJ JJ 3 nsubj | slept sleep VERB VBD 0 root"
    assert party(tree(words, NORP="Burmese"), 0, 2) == ("MMR", ("CVL",))


@pytest.mark.parametrize(("many", "lemma", "pos"), [("Half", "half", "DET DT"), ("Eleven", "eleven", "NUM CD")])
def test_a_part_of_some_is_what_they_are(many: str, lemma: str, pos: str) -> None:
    words = (
        f"{many} {lemma} {pos} 6 nsubj | of of ADP IN 5 case | the the DET DT 5 det | Omani Omani ADJ JJ 5 amod | "
        "nurses nurse NOUN NNS 1 nmod | slept sleep VERB VBD 0 root"
    )
    assert party(tree(words, NORP="Omani"), 0, 5) == ("OMN", ("MED",))


def test_a_nation_before_a_craft_that_two_share_is_a_state() -> None:
    words = (
        "Omani Omani ADJ JJ 4 amod | and and CCONJ CC 3 cc | Kenyan Kenyan ADJ JJ 1 conj | jets jet NOUN NNS 5 nsubj | "
        "flew fly VERB VBD 0 root"
    )
    assert party(tree(words, NORP="Omani|Kenyan"), 0, 1) == ("OMN", ())


def test_a_title_may_be_joined_behind_its_first_noun() -> None:
    words = (
        "Peru Peru PROPN NNP 3 nmod:poss | 's 's PART POS 1 case | attorney attorney NOUN NN 6 nsubj | - - PUNCT HYPH 3 punct | "
        "general general NOUN NN 3 compound | slept sleep VERB VBD 0 root"
    )
    assert party(tree(words, GPE="Peru"), 0, 5) == ("PER", ("GOV",))
