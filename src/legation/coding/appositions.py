"""Where the words stand that say what somebody is: before a name, behind it, and whatever the tree joins."""

from __future__ import annotations

from legation.coding.names import is_title
from legation.coding.phrases import Phrases
from legation.coding.tables import find_title

CUT = frozenset({"who", "which", "that", ","})
# Who leads, serves or speaks for others is of their sector.
SERVING = frozenset(
    """
    leader head chief chair chairman chairwoman director president secretary treasurer founder co-founder member
    spokesman spokeswoman spokesperson representative delegate organizer organiser coordinator commander adviser advisor
    manager deputy official officer employee worker lawyer
    """.split()
)
LINKS = frozenset({",", "named", "called"})
LONGEST = 6
"""Words before the end of a phrase that says what somebody is."""
# Forms of address that tell what somebody is; as common nouns most of them mean somebody else.
CLERICAL = """
    Father Fr Sister Brother Reverend Rev Monsignor Msgr Imam Rabbi Ayatollah Canon Cardinal Mullah
    """.split()
ADDRESSES: dict[str, tuple[str, ...]] = {
    "Dr": ("MED",), "Prof": ("EDU",), "Professor": ("EDU",), "Sen": ("LEG",), "Rep": ("LEG",), "Congressman": ("LEG",),
    "Congresswoman": ("LEG",), "Gov": ("GOV",), **dict.fromkeys(CLERICAL, ("REL",)),
}  # fmt: skip
# Kinds of titles that only persons have, and endings of nouns for persons; with them, what is no person.
PERSONAL_KINDS = frozenset({"head_of_state", "head_of_government", "royal", "minister", "diplomat", "spokesperson"})
PERSONAL_ENDINGS = ("er", "or", "ist", "man", "woman", "ian", "eer", "ant", "ess", "end", "mate")
# Nouns for persons that end otherwise.
PERSONS = frozenset(
    """
    abbot academic academician advocate agent architect artist author blacksmith boxer boy cadet candidate captain
    cardinal carpenter chef chieftain clerk cleric coach colonel conscript constable cook corporal cousin coroner
    counsel curate cyclist deacon deportee deputy detective dissident evacuee executive expert farmhand friar general
    gendarme girl goldsmith guard guerrilla guide imam judge lama lawyer locksmith magistrate maid mason matron mechanic
    medic midwife monk mullah muezzin nanny novice nun nurse nurseryman official orphan paramedic parson physician pilot
    poet priest principal pupil rabbi rebel recruit referee refugee registrar returnee saboteur seamstress sergeant
    sheriff shepherd spy steward surgeon swami undergraduate vet veteran vicar warden widow
    """.split()
)
IMPERSONAL = frozenset(
    """
    answer anger barrier border bother butter calendar car center chamber chapter character charter clamor cluster
    color computer copper corner corridor counter cover danger dinner disaster disorder dollar door
    drawer end error factor fear feather fever fiber finger fire flavor floor flower folder freezer fur
    gather gender grant harbor helicopter hour hunger ladder laughter layer ledger letter list litter lumber manner
    matter meter mirror moment motor murder newspaper number offer order oyster paper peer pepper plant poster powder
    power printer quarter rather register reminder restaurant revolver river roller rubber rumor sector semester server
    shelter shoulder shower silver slander slaughter sticker sugar summer supper temper tender terror theater thunder
    timber tower tractor trailer transfer trend trigger vapor war water weather weekend winter wonder year
    """.split()
)


def is_role(word: int, phrases: Phrases) -> bool:
    """Whether a noun tells what one person is."""
    token = phrases.tokens[word]
    lemma = token.lemma.lower()
    title = find_title(lemma)
    if token.upos != "NOUN" or token.xpos != "NN" or title is None or lemma in IMPERSONAL:
        return False
    return title.kind in PERSONAL_KINDS or lemma in PERSONS or lemma.endswith(PERSONAL_ENDINGS)


def words_before(start: int, end: int, phrases: Phrases) -> list[tuple[int, int]]:
    """The words of the same phrase before a name: "former CIA official", "North Korean leader"."""
    low = start
    while low > 0 and _describes(phrases, low - 1, start, end):
        low -= 1
    return [(low, start)] if low < start else []


def run_before(start: int, phrases: Phrases) -> list[tuple[int, int]]:
    """The unbroken run of nouns and adjectives before a name, "of" included, for when the tree went wrong."""
    low = start
    while low > 0:
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
    head = phrases.head_of(start, end)
    owner = phrases.tokens[head].head
    if phrases.tokens[head].deprel == "appos" and owner >= 0:
        first, _ = phrases.subtree(server(owner, phrases))
        found.append((first, _without_comma(phrases, start)))
    behind = _phrase_behind(end, phrases)
    if behind is not None and behind[0] not in {first for first, _ in found}:
        found.append(behind)
    # "A farmer named Oda Lind", "a guard, Oda Lind,": whatever the tree joins.
    link = start - 1
    while link > 1 and (is_title(phrases.forms[link]) or phrases.forms[link].rstrip(".") in ADDRESSES):
        link -= 1
    noun = link - 2 if link > 1 and phrases.forms[link - 1].lower() in ("here", "there") else link - 1
    if noun >= 0 and phrases.forms[link].lower() in LINKS and is_role(noun, phrases):
        found.append((_phrase_start(noun, phrases), noun + 1))
    return [(s, e) for s, e in found if s < e]


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
