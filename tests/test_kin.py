"""Kin: whom "her husband" means by what an article has told of husbands and wives. All sentences are invented."""

from __future__ import annotations

from readings import Draft, reading, says, tree

from legation.coding import code


def names(*paragraphs: Draft | list[Draft]) -> list[str | None]:
    """The names of who makes the statements of an article."""
    report = code(reading(*paragraphs))
    by_id = {entity.id: entity.name for entity in report.entities}
    return [by_id.get((s.speaker.entity if s.speaker else None) or "") for s in report.statements]


CAPTAIN = tree(
    "Captain captain NOUN NN 2 nmod:desc | Nils Nils PROPN NNP 4 nsubj | Lind Lind PROPN NNP 2 flat | "
    "left leave VERB VBD 0 root | . . PUNCT . 4 punct",
    PER="Nils Lind",
)


def wife(first: str) -> Draft:
    """ "Oda Berg, the captain's wife, stayed." """
    return tree(
        f"{first} {first} PROPN NNP 9 nsubj | Berg Berg PROPN NNP 1 flat | , , PUNCT , 7 punct | the the DET DT 5 det | "
        "captain captain NOUN NN 7 nmod:poss | 's 's PART POS 5 case | wife wife NOUN NN 1 appos | , , PUNCT , 1 punct | "
        "stayed stay VERB VBD 0 root | . . PUNCT . 9 punct",
        PER=f"{first} Berg",
    )


def kin(noun: str, owner: str = "Her") -> Draft:
    """ "Her husband said that trade grew." """
    return tree(
        f"{owner} {owner.lower()} PRON PRP$ 2 nmod:poss | {noun} {noun} NOUN NN 3 nsubj | said say VERB VBD 0 root | "
        "that that SCONJ IN 6 mark | trade trade NOUN NN 6 nsubj | grew grow VERB VBD 3 ccomp | . . PUNCT . 3 punct",
        says("said", f"{owner} {noun}", "that trade grew"),
    )


def test_her_husband_is_he_whose_wife_somebody_was_told_to_be() -> None:
    assert names(CAPTAIN, wife("Oda"), kin("husband")) == ["Nils Lind"]


def test_his_wife_is_who_was_called_a_wife() -> None:
    assert names(CAPTAIN, wife("Oda"), kin("wife", "His")) == ["Oda Berg"]


def test_a_brother_is_nobody_of_whom_only_a_wife_is_told() -> None:
    assert names(CAPTAIN, wife("Oda"), kin("brother")) in ([None], ["brother"])


def test_his_wife_is_nobody_where_two_are_told_to_be_wives() -> None:
    assert names(CAPTAIN, wife("Oda"), wife("Ilse"), kin("wife", "His")) in ([None], ["wife"])


def test_my_husband_is_nobody_named() -> None:
    assert names(CAPTAIN, wife("Oda"), kin("husband", "My")) in ([None], ["husband"])
