"""Who a word of the text means. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from readings import Draft, reading, tree

from legation.coding import code
from legation.coding.entities import Participant, entity_span
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer
from legation.records import Entity


def of(*drafts: Draft) -> Participants:
    """The participants of a paragraph."""
    made = reading(list(drafts))
    return Participants([Phrases(s, made.text.body) for s in made.sentences], Gazetteer.load(), None)


def dated(dateline: str | None, *drafts: Draft, year: int | None = None) -> Participants:
    """The participants of a paragraph that is dated from a state, in a year."""
    made = reading(list(drafts))
    published = date(year, 5, 17) if year else None
    return Participants(
        [Phrases(s, made.text.body) for s in made.sentences], Gazetteer.load(), published, None, dateline
    )


def codes_of(people: Participants) -> dict[str, str | None]:
    """The code of each entity by its name, of the unnamed as well."""
    everyone = {
        p.key for n, s in enumerate(people.sentences) for w in range(len(s.tokens)) for p in people.of_word(n, w)
    }
    return {entity.name: entity.code for entity in people.entities(everyone)[0]}


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


# ---------------------------------------------------------------- the registry


SHARED = (
    "The the DET DT 3 det | Labour Labour PROPN NNP 3 compound | Party Party PROPN NNP 4 nsubj | "
    "slept sleep VERB VBD 0 root"
)
VISIT = "{state} {state} PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root"


@pytest.mark.parametrize(("state", "code"), [("Norway", "NOR"), ("Malta", "MLT")])
def test_a_body_whose_name_many_states_share_is_that_of_the_state_named(state: str, code: str) -> None:
    party = tree(SHARED, ORG="Labour Party")
    people = of(tree(VISIT.format(state=state), LOC=state), party)
    assert codes(people.of_word(1, 2)) == [code]


def test_a_body_whose_name_many_states_share_stays_open_where_none_of_them_is_named() -> None:
    assert codes(of(tree(SHARED, ORG="Labour Party")).of_word(0, 2)) == [None]


@pytest.mark.parametrize(("state", "code"), [(None, "NGO"), ("Sudan", "SDN"), ("Peru", "NGO")])
def test_the_likeliest_body_is_meant_where_it_belongs_to_no_state(state: str | None, code: str) -> None:
    body = tree("RSF RSF PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", ORG="RSF")
    drafts = [body] if state is None else [body, tree(VISIT.format(state=state), LOC=state)]
    assert codes(of(*drafts).of_word(0, 0)) == [code]


def test_a_body_that_did_not_exist_yet_is_not_matched() -> None:
    draft = tree("UNTAC UNTAC PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", ORG="UNTAC")
    assert codes(dated(None, draft, year=1992).of_word(0, 0)) == ["UNO"]
    assert codes(dated(None, draft, year=2010).of_word(0, 0)) == [None]


PRIEST = (
    "Oda Oda PROPN NNP 6 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | a a DET DT 5 det | "
    "{role} {role} NOUN NN 1 appos | slept sleep VERB VBD 0 root"
)


@pytest.mark.parametrize(
    ("role", "code"), [("priest", "NOR"), ("farmer", "NOR"), ("envoy", None), ("professor", "NOR")]
)
def test_who_lives_at_the_place_of_the_dateline_is_of_its_state(role: str, code: str | None) -> None:
    draft = tree(PRIEST.format(role=role), PER="Oda Lind")
    assert codes_of(dated("NOR", draft))["Oda Lind"] == code
    assert codes_of(dated(None, draft))["Oda Lind"] is None


def test_without_a_known_dateline_place_the_state_most_named_is_that_of_the_place() -> None:
    drafts = [tree(VISIT.format(state="Peru"), LOC="Peru"), tree(PRIEST.format(role="priest"), PER="Oda Lind")]
    chile = tree(VISIT.format(state="Chile"), LOC="Chile")
    assert codes_of(dated("", *drafts, chile, drafts[0]))["Oda Lind"] == "PER"
    assert codes_of(dated(None, drafts[1], drafts[0], chile))["Oda Lind"] is None


@pytest.mark.parametrize("organ", ["Court", "Ministry"])
def test_an_organ_of_no_state_is_that_of_the_only_one_named(organ: str) -> None:
    draft = tree(f"The the DET DT 2 det | {organ} {organ} PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root", ORG=organ)
    peru, chile = (tree(VISIT.format(state=state), LOC=state) for state in ("Peru", "Chile"))
    assert codes_of(dated(None, peru, draft))[organ] == "PER"
    assert codes_of(dated(None, peru, chile, draft))[organ] is None


def test_the_bearer_of_a_title_is_meant_by_it_later() -> None:
    later = tree("The the DET DT 2 det | priest priest NOUN NN 3 nsubj | slept sleep VERB VBD 0 root")
    people = of(tree(PRIEST.format(role="priest"), PER="Oda Lind"), later)
    (found,) = people.of_word(1, 1)
    assert (found.key, found.span.text) == ("person:oda lind", "The priest")


def test_a_title_with_more_words_to_it_is_somebody_elses() -> None:
    later = tree(
        "The the DET DT 3 det | Kenyan kenyan ADJ JJ 3 amod | priest priest NOUN NN 4 nsubj | slept sleep VERB VBD 0 root",
        NORP="Kenyan",
    )
    (found,) = of(tree(PRIEST.format(role="priest"), PER="Oda Lind"), later).of_word(1, 2)
    assert found.key == "group:KEN:priest"


def test_a_family_name_that_the_model_took_for_a_body_is_the_person_named_before() -> None:
    later = tree("Lind Lind PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", ORG="Lind")
    people = of(tree(PRIEST.format(role="priest"), PER="Oda Lind"), later)
    assert [p.key for p in people.of_word(1, 0)] == ["person:oda lind"]


def test_a_leader_whom_the_model_overlooked_is_found_by_the_full_name() -> None:
    draft = tree(
        "Angela Angela PROPN NNP 3 nsubj | Merkel Merkel PROPN NNP 1 flat | slept sleep VERB VBD 0 root",
    )
    people = dated(None, draft, year=2010)
    assert codes_of(people)["Angela Merkel"] == "DEU"


def test_a_bare_family_name_is_the_leaders_where_his_state_is_named() -> None:
    bare = tree("Merkel Merkel PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", PER="Merkel")
    named = tree(VISIT.format(state="Germany"), LOC="Germany")
    assert codes_of(dated(None, named, bare, year=2010))["Angela Merkel"] == "DEU"
    assert codes_of(dated(None, bare, year=2010)) == {"Merkel": None}


def test_rebel_leaders_are_no_government() -> None:
    draft = tree(
        "Jonas Jonas PROPN NNP 3 nsubj | Savimbi Savimbi PROPN NNP 1 flat | slept sleep VERB VBD 0 root",
        PER="Jonas Savimbi",
    )
    (person,) = dated(None, draft, year=1993).entities(set())[0]
    assert (person.code, person.sectors) == ("AGO", ("REB",))


def test_a_body_that_no_table_knows_is_of_the_state_beside_its_name() -> None:
    draft = tree(
        "Norway Norway PROPN NNP 4 nmod:poss | 's 's PART POS 1 case | Blue Blue PROPN NNP 4 compound | "
        "Guard Guard PROPN NNP 5 nsubj | slept sleep VERB VBD 0 root",
        LOC="Norway",
        ORG="Blue Guard",
    )
    assert codes_of(of(draft))["Blue Guard"] == "NOR"


@pytest.mark.parametrize("preposition", ["in", "from"])
def test_a_group_is_of_the_place_it_sits_in_or_comes_from(preposition: str) -> None:
    draft = tree(
        f"Doctors doctor NOUN NNS 4 nsubj | {preposition} {preposition} ADP IN 3 case | Havana Havana PROPN NNP 1 nmod | "
        "slept sleep VERB VBD 0 root",
        LOC="Havana",
    )
    (found,) = dated("PER", draft).of_word(0, 0)
    assert found.code == "CUB"


CREW = (
    "Harbour harbour NOUN NN 2 compound | crews crew NOUN NNS 5 nsubj | {word} {word} ADP IN 4 case | "
    "Taiwan Taiwan PROPN NNP 2 nmod | slept sleep VERB VBD 0 root"
)


@pytest.mark.parametrize(("word", "code"), [("from", "TWN"), ("near", "TWN"), ("against", None)])
def test_a_party_is_of_the_only_state_that_its_words_name(word: str, code: str | None) -> None:
    people = of(tree(CREW.format(word=word), LOC="Taiwan"))
    assert people.of_span(0, 0, 4).code == code


def test_a_group_is_of_the_state_of_the_place_where_the_sentence_puts_what_it_does() -> None:
    draft = tree(
        "Farmers farmer NOUN NNS 2 nsubj | slept sleep VERB VBD 0 root | in in ADP IN 5 case | "
        "southern southern ADJ JJ 5 amod | Peru Peru PROPN NNP 2 obl",
        LOC="Peru",
    )
    assert codes(of(draft, draft).of_word(0, 0)) == ["PER"]


def test_a_group_in_a_region_that_a_state_owns_is_of_the_state() -> None:
    draft = tree(
        "Teachers teacher NOUN NNS 7 nsubj | in in ADP IN 6 case | Mali Mali PROPN NNP 6 nmod:poss | "
        "'s 's PART POS 3 case | eastern eastern ADJ JJ 6 amod | region region NOUN NN 1 nmod | "
        "slept sleep VERB VBD 0 root",
        LOC="Mali",
    )
    assert codes(of(draft, draft).of_word(0, 0)) == ["MLI"]


AGENCY = (
    "{who} {who} {upos} XX 3 amod | aid aid NOUN NN 3 compound | agencies agency NOUN NNS 4 nsubj | "
    "slept sleep VERB VBD 0 root | in in ADP IN 6 case | Peru Peru PROPN NNP 4 obl"
)


def test_an_aid_agency_is_of_no_state_unless_a_nation_stands_beside_it() -> None:
    agencies = of(tree(AGENCY.format(who="Large", upos="ADJ"), LOC="Peru"))
    assert codes(agencies.of_word(0, 2)) == ["NGO"]
    (found,) = (e for e in agencies.entities({"group:NGO:aid agency"})[0] if e.name == "aid agencies")
    assert (found.code, found.sectors, found.country) == ("NGO", (), None)
    norwegian = of(tree(AGENCY.format(who="Norwegian", upos="ADJ"), LOC="Peru", NORP="Norwegian"))
    assert codes(norwegian.of_word(0, 2)) == ["NOR"]


def test_those_of_whom_a_number_is_told_are_who_is_meant() -> None:
    draft = tree(
        "Nine nine NUM CD 5 nsubj | of of ADP IN 4 case | the the DET DT 4 det | rebels rebel NOUN NNS 1 nmod | "
        "slept sleep VERB VBD 0 root"
    )
    (found,) = of(draft).of_word(0, 0)
    assert found.span.text == "rebels"


def test_a_group_whose_kind_is_told_is_one_and_no_quantity() -> None:
    draft = tree("Rights rights NOUN NNS 2 compound | groups group NOUN NNS 3 nsubj | slept sleep VERB VBD 0 root")
    assert codes(of(draft).of_word(0, 1)) == ["NGO"]


# ---------------------------------------------------------------- he, it, they

SAID_IT = tree(
    "Peru Peru PROPN NNP 2 nsubj | said say VERB VBD 0 root | it it PRON PRP 5 nsubj | would would AUX MD 5 aux "
    "| sign sign VERB VB 2 ccomp",
    LOC="Peru",
)


def test_it_is_the_only_subject_before_it() -> None:
    assert codes(meant(SAID_IT, "it")) == ["PER"]


def test_it_is_not_a_person() -> None:
    said = tree(
        "Oda Oda PROPN NNP 3 nsubj | Lind Lind PROPN NNP 1 flat | said say VERB VBD 0 root | it it PRON PRP 5 nsubj "
        "| rained rain VERB VBD 3 ccomp",
        PER="Oda Lind",
    )
    assert meant(said, "it") == []


def test_it_is_nobody_where_two_subjects_stand_before_it() -> None:
    said = tree(
        "Peru Peru PROPN NNP 2 nsubj | knew know VERB VBD 0 root | Chile Chile PROPN NNP 4 nsubj "
        "| feared fear VERB VBD 2 ccomp | it it PRON PRP 6 nsubj | lost lose VERB VBD 4 ccomp",
        LOC="Peru|Chile",
    )
    assert meant(said, "it") == []


def test_what_is_done_to_it_is_not_done_by_it_and_an_object_stays_open() -> None:
    bombed = tree("Peru Peru PROPN NNP 2 nsubj | bombed bomb VERB VBD 0 root | it it PRON PRP 2 obj", LOC="Peru")
    assert meant(bombed, "it") == []


def test_he_is_the_person_who_is_the_subject_before_him_even_as_an_object() -> None:
    heard = tree(
        "The the DET DT 3 det | Chilean chilean ADJ JJ 3 amod | president president NOUN NN 4 nsubj "
        "| knew know VERB VBD 0 root | Peru Peru PROPN NNP 6 nsubj | deceived deceive VERB VBD 4 ccomp "
        "| him he PRON PRP 6 obj",
        NORP="Chilean", LOC="Peru",
    )  # fmt: skip
    assert codes(meant(heard, "him")) == ["CHL"]


def test_he_is_not_who_does_it_to_him() -> None:
    beaten = tree(
        "A a DET DT 3 det | Chilean chilean ADJ JJ 3 amod | officer officer NOUN NN 4 nsubj | beat beat VERB VBD 0 root "
        "| him he PRON PRP 4 obj",
        NORP="Chilean",
    )
    assert meant(beaten, "him") == []


def test_they_are_a_plural_subject_but_not_two_that_are_joined() -> None:
    rebels = tree(
        "Chilean chilean ADJ JJ 2 amod | rebels rebel NOUN NNS 3 nsubj | said say VERB VBD 0 root "
        "| they they PRON PRP 5 nsubj | left leave VERB VBD 3 ccomp",
        NORP="Chilean",
    )
    joined = tree(
        "Iran Iran PROPN NNP 4 nsubj | and and CCONJ CC 3 cc | Iraq Iraq PROPN NNP 1 conj | said say VERB VBD 0 root "
        "| they they PRON PRP 6 nsubj | slept sleep VERB VBD 4 ccomp",
        LOC="Iran|Iraq",
    )
    assert codes(meant(rebels, "they")) == ["CHL"]
    assert meant(joined, "they") == []


def test_a_pronoun_in_front_of_every_subject_stays_open() -> None:
    first = tree(
        "It it PRON PRP 2 nsubj | lost lose VERB VBD 0 root | when when ADV WRB 5 advmod | Peru Peru PROPN NNP 5 nsubj "
        "| won win VERB VBD 2 advcl",
        LOC="Peru",
    )
    assert meant(first, "It") == []
