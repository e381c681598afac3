"""Common nouns that mean one person: by the table of titles, by kinship, by their ending."""

from __future__ import annotations

from legation.coding.nouns import HUMAN
from legation.coding.phrases import Phrases
from legation.coding.standing import BODIES
from legation.coding.tables import find_title

# Kinds of titles that only persons have, and endings of nouns for persons; with them, what is no person.
PERSONAL_KINDS = frozenset({"head_of_state", "head_of_government", "royal", "minister", "diplomat", "spokesperson"})
PERSONAL_ENDINGS = ("er", "or", "ist", "man", "woman", "ian", "eer", "ant", "ess", "end", "mate")
WITH_NESS = frozenset({"witness", "eyewitness", "governess", "baroness", "deaconess", "patroness"})
# Nouns for persons that end otherwise.
PERSONS = frozenset(
    """
    abbot academic academician accused acrobat adolescent advocate agent amateur appointee architect artist author
    autocrat blacksmith boss boxer boy cadet candidate captain cardinal carpenter chauffeur chef chieftain cleric
    clerk client clown coach colonel connoisseur conscript constable cook coroner corporal counsel cousin critic
    curate cyclist deacon dean democrat deportee deputy detective dissident doyen earl evacuee executive expert
    farmhand friar gendarme general girl goldsmith graduate guard guerrilla guest guide heir heiress heretic hero
    heroine host imam incumbent internee judge laird lama laureate lawyer legate locksmith maestro magistrate maid
    mason matriarch matron mechanic medic midwife mogul monk muezzin mullah mystic nanny nominee novice nun nurse
    nurseryman official opponent orphan paramedic parson patriarch physician pilot poet prelate priest principal
    proponent protégé protégée provocateur pupil rabbi rebel recruit referee refugee registrar returnee rival
    saboteur sceptic seamstress secretary sergeant shepherd sheriff skeptic sleuth sovereign spy squire steward
    subordinate surgeon suspect swami technocrat trainee undergraduate understudy vet veteran vicar virtuoso warden
    widow
    """.split()
)
IMPERSONAL = frozenset(
    """
    access adapter address altar amber anchor anger answer ant armor banner bar barrier beaker beer behavior bend
    blend blister blocker blunder bomber border bother boulder breaker buffer bulldozer bumper burger business
    butter calendar caliber calibre canister career cedar cellar center chamber chandelier chant chapter character
    charter checklist checkmate chess chopper cider cigar cinder clamor climate cloister cluster clutter collar
    color computer condor congress container cooker cooler copper corner corridor counter covenant cover cracker
    crater currant cursor cutter cylinder cypress dagger damper danger deer demeanor denominator deodorant detector
    determinant detonator diaper dinner disaster disclaimer disorder distress dividend dollar door drawer dress
    dryer duress duster egress elephant elevator ember end endeavor error escalator estimate excess eyeliner factor
    favor fear feather fender fertilizer fever fiber filter finger fire firecracker fist flavor floor flower flyer
    folder footer forefinger fortress freezer freighter fur gather gear gender generator ginger gist glacier glamor
    grant grater grist gunpowder gutter hammer hamper handover hanger hangover harbor header heater helicopter honor
    hour humor hunger hydrant implant indicator jar jumper labor ladder laser laughter launcher layer leather ledger
    legend letter lever lighter limiter liner liquor list litter locker loudspeaker lumber manner manor marker
    matter mattress median merger meridian mess meteor meter microcomputer mirror misdemeanor mist mitigator monitor
    mortar motor murder nectar newsletter newspaper nomenclator number obsidian odor offer opener order oyster paper
    parameter parlor passover peer pendant pennant pepper perimeter pier pillar plant plaster platter plunder
    pointer poker pollutant poster powder power powerplant prayer press primate printer process processor progress
    projector propeller prowess quadrant quarter quaver radar radiator razor reactor rear receiver recess recorder
    redress refrigerator register regress remainder reminder remnant restaurant revolver rigor river roller rotor
    router rover rubber rudder rumor rumour rupture saucer scanner scatter scooter screwdriver sealant sector
    semester sensor server sewer shelter shiver shortlist shoulder shower shudder shutter silencer silver simulator
    skyscraper slander slant slaughter slipper slumber spear spider splendor splinter squalor stalemate stapler
    steamer sticker stimulant stopper stress stretcher stupor success sucker sugar summer supper surrender sweater
    swelter takeover tanker tear temper tender tenor terror theater thermometer thriller thunder tiger timber
    toaster topper tower tractor trailer transfer transformer transistor trawler tremor trend tress trigger trouser
    tumor turnover twist typewriter udder ulcer valor vapor variant vector vigor voucher waitlist waiver war warrant
    washer water watercress waver weather weekend whisper wilderness winter wonder wrist year yesteryear zipper
    """.split()
)
"""What ends like nouns for persons and is none."""
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
        return (title.kind in HUMAN or is_by_form(noun)) and noun not in BODIES and noun not in COLLECTIVE
    return noun in KIN or is_by_form(noun)


def is_by_form(noun: str) -> bool:
    """Whether a noun is listed as one for a person, or ends like one."""
    if noun in PERSONS or noun in WITH_NESS:
        return True
    return noun.endswith(PERSONAL_ENDINGS) and not noun.endswith("ness") and noun not in IMPERSONAL


def is_role(word: int, phrases: Phrases) -> bool:
    """Whether a noun tells what one person is: a title of the table, in the singular."""
    token = phrases.tokens[word]
    lemma = token.lemma.lower()
    title = find_title(lemma)
    if token.upos != "NOUN" or token.xpos != "NN" or title is None or lemma in IMPERSONAL or lemma in COLLECTIVE:
        return False
    return title.kind in PERSONAL_KINDS or is_by_form(lemma)
