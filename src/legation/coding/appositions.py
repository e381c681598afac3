"""Where the words stand that say who somebody is: before a name, in apposition to it, and whatever the tree joins."""

from __future__ import annotations

from legation.coding.names import is_title
from legation.coding.personal import is_personal, is_role
from legation.coding.phrases import Phrases

CUT = frozenset({"who", "which", "that", ","})
NAMING = frozenset({"named", "called"})
ENDING = frozenset({",", ".", ";", ")", "—", "–", "who", "whose", "and"})
MADAM = frozenset({"madam", "madame", "mr", "mr.", "mister"})
PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "PART"})
FARTHEST = 10
"""Words before a comma among which the noun is looked for."""
LONGEST = 6
"""Words before the end of a phrase behind a comma that says what somebody is."""
# Who leads, serves or speaks for others is of their sector.
SERVING = frozenset(
    """
    leader head chief chair chairman chairwoman director president secretary treasurer founder co-founder member
    spokesman spokeswoman spokesperson representative delegate organizer organiser coordinator commander adviser advisor
    manager deputy official officer employee worker lawyer
    """.split()
)
# Forms of address that tell what somebody is; as common nouns most of them mean somebody else.
CLERICAL = """
    Father Fr Sister Brother Reverend Rev Monsignor Msgr Imam Rabbi Ayatollah Canon Cardinal Mullah
    """.split()
ADDRESSES: dict[str, tuple[str, ...]] = {
    "Dr": ("MED",), "Prof": ("EDU",), "Professor": ("EDU",), "Sen": ("LEG",), "Rep": ("LEG",), "Congressman": ("LEG",),
    "Congresswoman": ("LEG",), "Gov": ("GOV",), **dict.fromkeys(CLERICAL, ("REL",)),
}  # fmt: skip


def beside(start: int, end: int, phrases: Phrases) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The words before a name, and its appositions: looked for once, however many ask what somebody is."""
    found = phrases.known_beside.get((start, end))
    if found is None:
        found = words_before(start, end, phrases), appositions_of(start, end, phrases)
        phrases.known_beside[start, end] = found
    return found


def words_before(start: int, end: int, phrases: Phrases) -> list[tuple[int, int]]:
    """The words of the same phrase before a name: "former CIA official", "North Korean leader".

    A role right before it belongs to it whatever the tree joins.
    """
    low = start
    while low > 0 and _describes(phrases, low - 1, start, end):
        low -= 1
    if low == start and start > 0 and is_role(start - 1, phrases):
        low = _phrase_start(start - 1, phrases)
    return [(low, start)] if low < start else []


def run_before(start: int, phrases: Phrases) -> list[tuple[int, int]]:
    """The unbroken run of nouns and adjectives before a name, "of" included, for when the tree went wrong.

    Who stands behind "of" is another: "a cousin of Oda Lind".
    """
    low = start
    while low > 0 and phrases.forms[start - 1].lower() != "of":
        token = phrases.tokens[low - 1]
        if token.upos not in ("NOUN", "PROPN", "ADJ") and token.text.lower() != "of":
            break
        low -= 1
    return [(low, start)] if low < start else []


def _describes(phrases: Phrases, word: int, start: int, end: int) -> bool:
    token = phrases.tokens[word]
    if token.upos not in ("NOUN", "PROPN", "ADJ", "PUNCT", "PART", "ADP", "DET", "VERB") or token.text in ',;:“”"—(':
        return False
    at, steps = word, 0
    while at >= 0 and steps < 8:
        if start <= at < end:
            return True
        at = phrases.tokens[at].head
        steps += 1
        if at >= 0 and phrases.tokens[at].upos in ("VERB", "AUX") and not start <= at < end:
            return False
    return False


def appositions_of(start: int, end: int, phrases: Phrases) -> list[tuple[int, int]]:
    """The phrases in apposition to a name, on either side of it."""
    found = []
    for word in range(start, end):
        for child in phrases.children_in(word, "appos"):
            first, last = phrases.subtree(child)
            stop = next((i for i in range(child + 1, last) if phrases.forms[i].lower() in CUT), last)
            found.append((max(first, end), stop))
    owner = apposed_to(start, end, phrases)
    if owner is not None:
        first, _ = phrases.subtree(server(owner, phrases))
        found.append((first, _without_comma(phrases, start)))
        above = phrases.tokens[owner].head
        if phrases.tokens[owner].deprel == "appos" and above >= 0 and _is_for_person(above, phrases):
            found.append((phrases.subtree(above)[0], _without_comma(phrases, phrases.subtree(owner)[0])))
    behind = _phrase_behind(end, phrases)
    if behind is not None and behind[0] not in {first for first, _ in found}:
        found.append(behind)
    noun = _noun_linked(start, end, phrases)
    if noun is not None:
        found.append((_phrase_start(noun, phrases), noun + 1))
    return [(s, e) for s, e in found if s < e]


def _noun_linked(start: int, end: int, phrases: Phrases) -> int | None:
    """The noun right before a name but for a comma or "named", whatever the tree joins: "a guard, Oda Lind,"."""
    if _has_own_apposition(end, phrases):
        return None
    link = start - 1
    while link > 1 and (is_title(phrases.forms[link]) or phrases.forms[link].rstrip(".") in ADDRESSES):
        link -= 1
    noun = link - 2 if link > 1 and phrases.forms[link - 1].lower() in ("here", "there") else link - 1
    linked = noun >= 0 and phrases.forms[link].lower() in NAMING | {","} and is_role(noun, phrases)
    return noun if linked else None


def _phrase_behind(end: int, phrases: Phrases) -> tuple[int, int] | None:
    """The phrase for what one person is that begins behind a comma, to the next one: "Oda Lind, a Lima builder"."""
    if end + 1 >= len(phrases.tokens) or phrases.forms[end] != ",":
        return None
    for at in range(end + 1, min(end + 1 + LONGEST, len(phrases.tokens))):
        if is_role(at, phrases):
            stop = next((i for i in range(at + 1, len(phrases.tokens)) if phrases.forms[i].lower() in CUT), None)
            return (end + 1, stop) if stop is not None else None
        if phrases.tokens[at].upos not in ("ADJ", "DET", "NOUN", "NUM", "PROPN"):
            return None
    return None


def _phrase_start(noun: int, phrases: Phrases) -> int:
    """Where the unbroken phrase of a noun begins."""
    at = noun
    while at > 0 and phrases.tokens[at - 1].upos in ("ADJ", "NOUN", "PROPN", "NUM"):
        at -= 1
    return at


def apposed_to(start: int, end: int, phrases: Phrases) -> int | None:
    """The noun before a name that stands for the same person: "the judge, Oda Lind", "a judge named Oda Lind".

    The words themselves tell it where the tree joins a name between commas to no noun for a person.
    """
    head = phrases.head_of(start, end)
    token = phrases.tokens[head]
    joined = token.head if token.deprel == "appos" and token.head >= 0 else None
    if joined is not None and _is_for_person(joined, phrases):
        return joined
    above = phrases.tokens[token.head]
    if token.head >= 0 and above.text.lower() in NAMING and above.deprel.startswith("acl") and above.head >= 0:
        return above.head
    beside = _noun_before_comma(start, end, phrases)
    return joined if beside is None else beside


def _is_for_person(noun: int, phrases: Phrases) -> bool:
    token = phrases.tokens[noun]
    return token.xpos in ("NN", "NNP") and token.upos in ("NOUN", "PROPN") and is_personal(token.lemma.lower())


def _noun_before_comma(start: int, end: int, phrases: Phrases) -> int | None:
    """The noun for a person of the phrase that ends with the comma before a name, which another comma or a stop ends.

    A phrase behind it belongs to it: "the envoy to the Pacific, Oda Lind, said". Where an indefinite article follows,
    the name has an apposition of its own, and may be the subject of what was begun: "After a talk with the envoy, Oda
    Lind, a pilot, said".
    """
    tokens, forms = phrases.tokens, phrases.forms
    comma = start - 1
    while comma > 0 and forms[comma] != "," and (tokens[comma].upos == "PROPN" or forms[comma] in NAMING):
        comma -= 1
    after = forms[end].lower() if end < len(forms) else "."
    if comma <= 0 or forms[comma] != "," or after not in ENDING:
        return None
    if _has_own_apposition(end, phrases):
        return None
    at = comma - 1
    while at >= 0 and comma - at < FARTHEST and _goes_on(at, phrases):
        owned = forms[at + 1] in ("'s", "’s")
        last = tokens[at + 1].upos not in ("NOUN", "PROPN") and forms[at + 1] != "-"
        if tokens[at].upos in ("NOUN", "PROPN") and last and not owned and _is_for_person(at, phrases):
            return at if _has_article(at, phrases) else None
        at -= 1
    return None


def _goes_on(word: int, phrases: Phrases) -> bool:
    """Whether a word may stand inside the phrase of a noun: "families of the detained"."""
    token = phrases.tokens[word]
    named_by_deed = token.upos == "VERB" and word > 0 and phrases.tokens[word - 1].upos == "DET"
    return token.upos in PHRASE or token.text in ("'s", "’s", "-") or named_by_deed


def _has_own_apposition(end: int, phrases: Phrases) -> bool:
    """Whether an indefinite article follows a name behind a comma: "Oda Lind, a pilot"."""
    return [form.lower() for form in phrases.forms[end : end + 2]] in ([",", "a"], [",", "an"])


def _has_article(noun: int, phrases: Phrases) -> bool:
    """Whether a noun stands behind an article, or somebody whose it is, with only what describes it between."""
    at = noun - 1
    while at >= 0 and phrases.tokens[at].upos in ("NOUN", "ADJ", "PROPN", "NUM", "VERB", "ADV"):
        if phrases.forms[at].lower() in MADAM:
            return True
        at -= 1
    return at >= 0 and (phrases.tokens[at].upos in ("DET", "PRON", "PART") or phrases.forms[at] == "-")


def server(noun: int, phrases: Phrases) -> int:
    """The noun that an apposition belongs to: of "a spokesman for the minister, Oda Lind" the spokesman."""
    above = phrases.tokens[noun].head
    if above < 0 or phrases.tokens[noun].deprel != "nmod":
        return noun
    serves = phrases.forms[above].lower() in SERVING and phrases.case(noun) in ("for", "to")
    # A person is no apposition to a town or a body: "a baker from Lima, Oda Lind".
    beside_name = phrases.tokens[noun].upos == "PROPN" and is_role(above, phrases)
    return above if serves or beside_name else noun


def _without_comma(phrases: Phrases, end: int) -> int:
    return end - 1 if end > 0 and phrases.forms[end - 1] == "," else end
