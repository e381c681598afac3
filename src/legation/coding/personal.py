"""Common nouns that mean one person: by the table of titles, by kinship, by their ending."""

from __future__ import annotations

from legation.coding.nouns import HUMAN
from legation.coding.phrases import Phrases
from legation.coding.standing import BODIES
from legation.coding.tables import find_title

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
    poet priest principal pupil rabbi rebel recruit referee refugee registrar returnee saboteur seamstress secretary
    sergeant sheriff shepherd spy steward surgeon swami undergraduate vet veteran vicar warden widow
    """.split()
)
IMPERSONAL = frozenset(
    """
    anchor answer anger barrier border bother butter calendar car center chamber chapter character charter clamor
    cluster
    color computer copper corner corridor counter cover danger dinner disaster disorder dollar door
    drawer end error factor fear feather fever fiber finger fire flavor floor flower folder freezer fur
    gather gender grant harbor helicopter hour hunger ladder laughter layer ledger letter list litter lumber manner
    matter meter mirror moment motor murder newspaper number offer order oyster paper peer pepper plant poster powder
    power printer quarter rather register reminder restaurant revolver river roller rubber rumor sector semester server
    shelter shoulder shower silver slander slaughter sticker sugar summer supper temper tender terror theater thunder
    timber tower tractor trailer transfer trend trigger vapor war water weather weekend winter wonder year
    """.split()
)
COLLECTIVE = frozenset(
    """
    airline archdiocese artillery assembly association authorities authority bank battalion bench brewery brigade bureau
    cabinet carabineros carabinieri carrier cartel cathedral caucus cavalry chancellery channel charity choir church
    clergy clinic coalition coastguard college company conglomerate congregation consortium constabulary consulate
    convent corporation couple court-martial crowd cruiser customs daily delegation department destroyer diocese
    directorate faculty faithful family firm fleet flotilla foundation frigate gang garrison gendarmerie gunboat
    hospital hotel infantry inspectorate institute judiciary junta jury league legation legislature mafia magazine media
    mob monarchy monastery mosque municipality newspaper non-profit nonprofit orchestra parish party people platoon
    politburo prefecture presidency press public radio refinery regiment school seminary senate shipyard society
    squadron start-up startup submarine subsidiary supermarket synagogue synod tabloid tanker townspeople treasury
    trawler tribunal troops ulema university utility warplane warship watchdog weekly
    """.split()
)
"""Titles of the table that mean a body, or what carries one."""
KIN = frozenset(
    """
    husband wife widow widower father mother son daughter brother sister uncle aunt cousin nephew niece grandfather
    grandmother parent child spouse fiancé fiancée friend colleague neighbour neighbor
    """.split()
)


def is_personal(noun: str) -> bool:
    """Whether a noun means one person, by the table of titles or else by its ending."""
    title = find_title(noun)
    if title is not None:
        return title.kind in HUMAN and noun not in BODIES and noun not in COLLECTIVE
    return noun in KIN or (noun.endswith(PERSONAL_ENDINGS) and noun not in IMPERSONAL)


def is_role(word: int, phrases: Phrases) -> bool:
    """Whether a noun tells what one person is: a title of the table, in the singular."""
    token = phrases.tokens[word]
    lemma = token.lemma.lower()
    title = find_title(lemma)
    if token.upos != "NOUN" or token.xpos != "NN" or title is None or lemma in IMPERSONAL or lemma in COLLECTIVE:
        return False
    return title.kind in PERSONAL_KINDS or lemma in PERSONS or lemma.endswith(PERSONAL_ENDINGS)
