"""Persons: which mentions are one, and what the text says of them. All are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, tree

from legation.coding import code
from legation.coding.names import Mention
from legation.coding.people import join_names
from legation.records import Entity, Span


def mention(name: str) -> Mention:
    """A person's mention by itself."""
    key = f"person:{name.lower()}"
    return Mention(0, 0, 1, 0, "person", key, name, None, (), Span(0, len(name), name))


def joined(*names: str) -> list[str]:
    """The name of the person that each mention means."""
    return [m.name for m in join_names([mention(name) for name in names])]


def person(draft: Draft) -> Entity:
    """The one person of a sentence."""
    (found,) = (entity for entity in code(reading(draft)).entities if entity.kind == "person")
    return found


def test_a_last_name_means_the_person_named_in_full() -> None:
    assert joined("Oda Lind", "Lind", "Oda") == ["Oda Lind"] * 3


def test_a_last_name_may_come_before_the_only_full_name() -> None:
    assert joined("Lind", "Oda Lind") == ["Oda Lind", "Oda Lind"]


def test_a_last_name_of_two_persons_means_the_one_named_last() -> None:
    assert joined("Oda Lind", "Nils Lind", "Lind") == ["Oda Lind", "Nils Lind", "Nils Lind"]
    assert joined("Oda Lind", "Nils Lind", "Oda Lind", "Lind")[-1] == "Oda Lind"


def test_a_last_name_before_two_full_names_stays_by_itself() -> None:
    assert joined("Lind", "Oda Lind", "Nils Lind")[0] == "Lind"


def test_a_last_name_goes_before_one_half_of_a_double_one() -> None:
    assert joined("Oda Lind", "Tora Lind-Berg", "Lind")[-1] == "Oda Lind"
    assert joined("Oda Holm", "Tora Lind-Berg", "Lind")[-1] == "Tora Lind-Berg"


def test_a_middle_name_makes_no_other_person() -> None:
    assert joined("Oda Lind", "Oda Maria Lind") == ["Oda Lind", "Oda Lind"]


def test_other_first_names_are_other_persons() -> None:
    assert joined("Oda Lind", "Nils Lind") == ["Oda Lind", "Nils Lind"]


def test_joining_keeps_every_mention_in_order() -> None:
    made = [mention(name) for name in ("Oda Lind", "Berg", "Lind", "Nils Berg")]
    assert [m.span for m in join_names(made)] == [m.span for m in made]


def test_the_role_before_a_name_gives_sector_and_state() -> None:
    found = person(
        tree(
            "Norwegian norwegian ADJ JJ 3 amod | foreign foreign ADJ JJ 3 amod | "
            "minister minister NOUN NN 4 nmod:desc | "
            "Oda Oda PROPN NNP 6 nsubj | Lind Lind PROPN NNP 4 flat | spoke speak VERB VBD 0 root",
            PER="Oda Lind",
            NORP="Norwegian",
        )
    )
    assert (found.role, found.code, found.sectors) == ("Norwegian foreign minister", "NOR", ("GOV",))
    assert found.resolved_by == "context"


PROFESSOR = (
    "Oda Oda PROPN NNP 10 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | a a DET DT 5 det | "
    "{noun} {noun} NOUN NN 1 appos | "
    "at at ADP IN 8 case | Velmont Velmont PROPN NNP 8 compound | "
    "University University PROPN NNP 5 nmod | , , PUNCT , 1 punct | spoke speak VERB VBD 0 root"
)


def test_the_apposition_behind_a_name_gives_role_and_affiliation() -> None:
    found = person(tree(PROFESSOR.format(noun="professor"), PER="Oda Lind", ORG="Velmont University"))
    assert (found.role, found.affiliation, found.sectors) == ("professor", "Velmont University", ("EDU",))
    assert found.code is None and found.resolved_by == "none"


def test_an_apposition_that_names_no_role_gives_none() -> None:
    found = person(tree(PROFESSOR.format(noun="table"), PER="Oda Lind", ORG="Velmont University"))
    assert (found.role, found.affiliation) == (None, None)


def test_a_former_official_belongs_to_the_elites() -> None:
    found = person(
        tree(
            "former former ADJ JJ 3 amod | Norwegian norwegian ADJ JJ 3 amod | "
            "diplomat diplomat NOUN NN 4 nmod:desc | Oda Oda PROPN NNP 6 nsubj | "
            "Lind Lind PROPN NNP 4 flat | spoke speak VERB VBD 0 root",
            PER="Oda Lind",
            NORP="Norwegian",
        )
    )
    assert (found.sectors, found.code) == (("ELI",), "NOR")


def test_a_role_given_once_holds_for_every_mention() -> None:
    first = tree(
        "Norwegian norwegian ADJ JJ 2 amod | diplomat diplomat NOUN NN 3 nmod:desc | "
        "Oda Oda PROPN NNP 5 nsubj | Lind Lind PROPN NNP 3 flat | "
        "spoke speak VERB VBD 0 root",
        PER="Oda Lind",
        NORP="Norwegian",
    )
    second = tree("Lind Lind PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", PER="Lind")
    (found,) = (entity for entity in code(reading(second, first)).entities if entity.kind == "person")
    assert [m.text for m in found.mentions] == ["Lind", "Oda Lind"]
    assert found.code == "NOR"


def test_nobody_is_given_a_role_that_stands_elsewhere() -> None:
    found = person(
        tree(
            "Oda Oda PROPN NNP 3 nsubj | Lind Lind PROPN NNP 1 flat | met meet VERB VBD 0 root | "
            "a a DET DT 6 det | Norwegian norwegian ADJ JJ 6 amod | "
            "minister minister NOUN NN 3 obj",
            PER="Oda Lind",
            NORP="Norwegian",
        )
    )
    assert (found.role, found.code) == (None, None)


# ---------------------------------------------------------------- whom somebody serves

SERVES = (
    "Oda Oda PROPN NNP {verb} nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 4 punct | "
    "{head} {head} NOUN NN 1 appos | of of ADP IN 7 case | a a DET DT 7 det | {body} {body} NOUN NN 4 nmod | "
    "spoke speak VERB VBD 0 root"
)


@pytest.mark.parametrize(
    ("head", "body", "sectors"),
    [
        ("secretary", "union", ("LAB",)),
        ("head", "company", ("BUS",)),
        ("spokeswoman", "militia", ("PRM",)),
        ("leader", "opposition", ("PTY", "OPP")),
        ("secretary", "thing", ("GOV",)),
        ("priest", "union", ("REL",)),
    ],
)
def test_who_leads_or_serves_others_has_their_sectors(head: str, body: str, sectors: tuple[str, ...]) -> None:
    assert person(tree(SERVES.format(verb=8, head=head, body=body), PER="Oda Lind")).sectors == sectors


def test_who_serves_a_body_of_the_tables_has_its_sectors_and_state() -> None:
    draft = tree(
        "Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 4 punct | spokeswoman spokeswoman NOUN NN 1 appos | "
        "for for ADP IN 7 case | the the DET DT 7 det | CIA CIA PROPN NNP 4 nmod | spoke speak VERB VBD 0 root",
        PER="Oda Lind",
        ORG="CIA",
    )
    found = person(draft)
    assert (found.code, found.sectors) == ("USA", ("SPY",))


CLAUSE = (
    "Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | who who PRON WP 5 nsubj | "
    "{form} {lemma} VERB VBZ 1 acl:relcl | a a DET DT 7 det | {noun} {noun} NOUN NN 5 obj | slept sleep VERB VBD 0 root"
)


@pytest.mark.parametrize(
    ("form", "lemma", "noun", "sectors"),
    [
        ("leads", "lead", "union", ("LAB",)),
        ("commands", "command", "battalion", ("MIL",)),
        ("teaches", "teach", "thing", ("EDU",)),
        ("leads", "lead", "thing", ()),
        ("eats", "eat", "union", ()),
    ],
)
def test_a_clause_tells_what_somebody_is(form: str, lemma: str, noun: str, sectors: tuple[str, ...]) -> None:
    assert person(tree(CLAUSE.format(form=form, lemma=lemma, noun=noun), PER="Oda Lind")).sectors == sectors


def test_a_nation_tells_the_state_of_whom_no_table_has_a_role() -> None:
    draft = tree(
        "Oda Oda PROPN NNP 7 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 6 punct | a a DET DT 6 det | "
        "Norwegian norwegian ADJ JJ 6 amod | glassblower glassblower NOUN NN 1 appos | slept sleep VERB VBD 0 root",
        PER="Oda Lind",
        NORP="Norwegian",
    )
    assert person(draft).code == "NOR"


def test_two_persons_whom_the_model_took_for_one_are_parted() -> None:
    draft = tree(
        "Oda Oda PROPN NNP 6 nsubj | Lind Lind PROPN NNP 1 flat | and and CCONJ CC 4 cc | Nils Nils PROPN NNP 1 conj | "
        "Berg Berg PROPN NNP 4 flat | slept sleep VERB VBD 0 root",
        PER="Oda Lind and Nils Berg",
    )
    names = [entity.name for entity in code(reading(draft)).entities]
    assert names == ["Oda Lind", "Nils Berg"]


def test_a_trade_is_no_title_before_a_name() -> None:
    draft = tree(
        "Mason Mason PROPN NNP 3 nsubj | Lind Lind PROPN NNP 1 flat | slept sleep VERB VBD 0 root", PER="Mason Lind"
    )
    assert person(draft).name == "Mason Lind"


def test_a_short_form_of_a_rank_is_a_title() -> None:
    draft = tree(
        "Gen. Gen. PROPN NNP 2 nmod:desc | Oda Oda PROPN NNP 4 nsubj | Lind Lind PROPN NNP 2 flat | slept sleep VERB VBD 0 root",
        PER="Gen. Oda Lind",
    )
    found = person(draft)
    assert (found.name, found.sectors) == ("Oda Lind", ("MIL",))


def test_an_office_that_is_over_makes_an_elite() -> None:
    draft = tree(
        "Oda Oda PROPN NNP 6 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | once once ADV RB 5 advmod | "
        "mayor mayor NOUN NN 1 appos | slept sleep VERB VBD 0 root",
        PER="Oda Lind",
    )
    assert person(draft).sectors == ("ELI",)


@pytest.mark.parametrize(
    ("address", "sectors"),
    [("Father", ("REL",)), ("Sister", ("REL",)), ("Dr.", ("MED",)), ("Prof.", ("EDU",)), ("Mrs.", ())],
)
def test_a_form_of_address_tells_what_somebody_is(address: str, sectors: tuple[str, ...]) -> None:
    found = person(
        tree(
            f"{address} {address} PROPN NNP 2 nmod:desc | Oda Oda PROPN NNP 4 nsubj | Lind Lind PROPN NNP 2 flat | "
            "slept sleep VERB VBD 0 root",
            PER="Oda Lind",
        )
    )
    assert found.sectors == sectors


def test_who_is_of_a_body_has_its_state_and_sectors() -> None:
    found = person(
        tree(
            "Oda Oda PROPN NNP 7 nsubj | Lind Lind PROPN NNP 1 flat | of of ADP IN 6 case | the the DET DT 6 det | "
            "State State PROPN NNP 6 compound | Department Department PROPN NNP 1 nmod | slept sleep VERB VBD 0 root",
            PER="Oda Lind",
            ORG="State Department",
        )
    )
    assert (found.code, found.sectors, found.role) == ("USA", ("GOV",), None)


DWELT = (
    "Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | who who PRON WP 5 nsubj | "
    "{form} {lemma} VERB {tag} 1 acl:relcl | {word} {word} ADP IN 7 case | {noun} {noun} {upos} NN 5 obl | "
    "slept sleep VERB VBD 0 root"
)


@pytest.mark.parametrize(
    ("form", "lemma", "word", "code"),
    [("lives", "live", "in", "PER"), ("came", "come", "from", "PER"), ("spoke", "shout", "in", None)],
)
def test_a_clause_tells_where_somebody_lives_or_comes_from(form: str, lemma: str, word: str, code: str | None) -> None:
    rows = DWELT.format(form=form, lemma=lemma, tag="VBZ", word=word, noun="Cusco", upos="PROPN")
    assert person(tree(rows, PER="Oda Lind", LOC="Cusco")).code == code


@pytest.mark.parametrize(("tag", "sectors"), [("VBZ", ("GOV",)), ("VBD", ("ELI",))])
def test_who_served_in_an_office_is_one_of_the_elites(tag: str, sectors: tuple[str, ...]) -> None:
    rows = DWELT.format(form="served", lemma="serve", tag=tag, word="as", noun="governor", upos="NOUN")
    assert person(tree(rows, PER="Oda Lind")).sectors == sectors


@pytest.mark.parametrize(("role", "code"), [("nurse", "PER"), ("ambassador", None)])
def test_an_envoy_is_not_of_the_state_he_is_sent_to(role: str, code: str | None) -> None:
    found = person(
        tree(
            f"Oda Oda PROPN NNP 7 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 4 punct | {role} {role} NOUN NN 1 "
            "appos | in in ADP IN 6 case | Lima Lima PROPN NNP 4 nmod | slept sleep VERB VBD 0 root",
            PER="Oda Lind",
            LOC="Lima",
        )
    )
    assert found.code == code


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("an a DET DT 5 det | engineer engineer NOUN NN 1 appos", "engineer"),
        ("who who PRON WP 5 nsubj | teaches teach VERB VBZ 9 acl:relcl", "teaches"),
    ],
)
def test_what_stands_behind_a_comma_tells_the_role_whatever_the_tree_joins(words: str, role: str) -> None:
    draft = tree(
        f"Oda Oda PROPN NNP 7 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 1 punct | {words} | , , PUNCT , 1 punct | "
        "slept sleep VERB VBD 0 root | near near ADP IN 9 case | Rain rain NOUN NN 7 obl",
        PER="Oda Lind",
    )
    assert person(draft).role == role


OF = (
    "Oda Oda PROPN NNP 7 nsubj | Lind Lind PROPN NNP 1 flat | of of ADP IN 6 case | a a DET DT 6 det | "
    "{state} {state} ADJ JJ 6 amod | {noun} {noun} NOUN NN 1 nmod | slept sleep VERB VBD 0 root"
)


@pytest.mark.parametrize(("noun", "sector"), [("weekly", "JRN"), ("garrison", "MIL"), ("hospital", "MED")])
def test_who_is_of_a_kind_of_body_has_its_sector_and_its_state(noun: str, sector: str) -> None:
    found = person(tree(OF.format(noun=noun, state="Peruvian"), PER="Oda Lind", NORP="Peruvian"))
    assert (found.code, found.sectors) == ("PER", (sector,))


def test_a_preacher_who_is_called_sheikh_is_of_the_clergy() -> None:
    draft = tree(
        "Sheikh Sheikh PROPN NNP 2 compound | Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 2 flat | , , PUNCT , 2 punct | "
        "a a DET DT 6 det | preacher preacher NOUN NN 2 appos | , , PUNCT , 2 punct | slept sleep VERB VBD 0 root",
        PER="Oda Lind",
    )
    assert person(draft).sectors == ("REL",)


def test_who_speaks_for_a_body_between_states_is_of_it_and_who_once_did_is_not() -> None:
    rows = (
        "Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | who who PRON WP 5 nsubj | "
        "{verb} speak VERB {tag} 1 acl:relcl | for for ADP IN 7 case | UNICEF UNICEF PROPN NNP 5 obl | slept sleep VERB VBD 0 root"
    )
    assert person(tree(rows.format(verb="speaks", tag="VBZ"), PER="Oda Lind", ORG="UNICEF")).code == "UNO"
    assert person(tree(rows.format(verb="spoke", tag="VBD"), PER="Oda Lind", ORG="UNICEF")).code is None


def test_who_fled_is_a_refugee_from_there() -> None:
    draft = tree(
        "Oda Oda PROPN NNP 7 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | who who PRON WP 5 nsubj | "
        "fled flee VERB VBD 1 acl:relcl | Peru Peru PROPN NNP 5 obj | slept sleep VERB VBD 0 root",
        PER="Oda Lind",
        LOC="Peru",
    )
    found = person(draft)
    assert (found.code, found.sectors) == ("PER", ("REF",))


@pytest.mark.parametrize("name", ["Lind", "Berg"])
def test_a_name_in_the_middle_of_a_full_one_means_its_bearer(name: str) -> None:
    assert joined("Oda Lind Berg", name) == ["Oda Lind Berg", "Oda Lind Berg"]


def test_a_last_name_goes_before_one_in_the_middle() -> None:
    assert joined("Nils Lind", "Oda Lind Berg", "Lind") == ["Nils Lind", "Oda Lind Berg", "Nils Lind"]


def test_a_particle_in_the_middle_is_no_name() -> None:
    assert joined("Oda van Berg", "Van") == ["Oda van Berg", "Van"]


def test_a_family_name_before_a_hyphenated_given_name_means_its_bearer() -> None:
    full = "Pak Pak PROPN NNP 3 nsubj | Chol-su Chol-su PROPN NNP 1 flat | left leave VERB VBD 0 root | . . PUNCT . 3 punct"
    bare = "Pak Pak PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root | . . PUNCT . 2 punct"
    report = code(reading([tree(full, PER="Pak Chol-su"), tree(bare, ORG="Pak")]))
    assert [(entity.kind, len(entity.mentions)) for entity in report.entities] == [("person", 2)]


def test_who_holds_a_passport_is_of_its_state() -> None:
    draft = tree(
        "Oda Oda PROPN NNP 10 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | who who PRON WP 5 nsubj | "
        "carries carry VERB VBZ 1 acl:relcl | a a DET DT 8 det | Peruvian Peruvian ADJ JJ 8 amod | "
        "passport passport NOUN NN 5 obj | , , PUNCT , 5 punct | slept sleep VERB VBD 0 root",
        PER="Oda Lind",
        NORP="Peruvian",
    )
    assert person(draft).code == "PER"


def test_who_commands_a_post_in_a_state_is_of_it() -> None:
    draft = tree(
        "Oda Oda PROPN NNP 11 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | who who PRON WP 5 nsubj | "
        "commands command VERB VBZ 1 acl:relcl | a a DET DT 7 det | post post NOUN NN 5 obj | in in ADP IN 9 case | "
        "Peru Peru PROPN NNP 7 nmod | , , PUNCT , 5 punct | slept sleep VERB VBD 0 root",
        PER="Oda Lind",
        LOC="Peru",
    )
    assert person(draft).code == "PER"


def test_a_papal_nuncio_is_of_the_holy_see() -> None:
    draft = tree(
        "the the DET DT 3 det | papal papal ADJ JJ 3 amod | nuncio nuncio NOUN NN 8 nsubj | , , PUNCT , 5 punct | "
        "Aldo Aldo PROPN NNP 3 appos | Brenn Brenn PROPN NNP 5 flat | , , PUNCT , 5 punct | slept sleep VERB VBD 0 root",
        PER="Aldo Brenn",
    )
    assert person(draft).code == "VAT"


def test_whose_cousin_somebody_is_is_not_called_a_cousin() -> None:
    draft = tree(
        "Priests priest NOUN NNS 2 nsubj | buried bury VERB VBD 0 root | a a DET DT 4 det | cousin cousin NOUN NN 2 obj | "
        "of of ADP IN 6 case | Oda Oda PROPN NNP 4 nmod | Lind Lind PROPN NNP 6 flat",
        PER="Oda Lind",
    )
    assert person(draft).role is None


def test_a_leader_whose_name_the_model_marks_by_half_is_found() -> None:
    draft = tree(
        "Ban Ban PROPN NNP 5 nsubj | Ki Ki PROPN NNP 1 flat | - - PUNCT HYPH 4 punct | moon moon PROPN NNP 1 flat | "
        "slept sleep VERB VBD 0 root",
        LOC="Ki - moon",
    )
    assert person(draft).name == "Ban Ki-moon"


@pytest.mark.parametrize(
    ("noun", "link", "code"), [("expert", "on", None), ("minister", "of", "PER"), ("adviser", "for", "PER")]
)
def test_an_expert_on_a_state_is_not_of_it(noun: str, link: str, code: str | None) -> None:
    draft = tree(
        f"Oda Oda PROPN NNP 9 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | an an DET DT 5 det | "
        f"{noun} {noun} NOUN NN 1 appos | {link} {link} ADP IN 7 case | Peru Peru PROPN NNP 5 nmod | , , PUNCT , 5 punct | "
        "left leave VERB VBD 0 root | Chile Chile PROPN NNP 9 obj",
        PER="Oda Lind",
        LOC="Peru",
    )
    assert person(draft).code == code
