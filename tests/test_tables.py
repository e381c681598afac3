"""The shipped tables hold true facts in a clean form, and the gazetteer finds their names in words.

Sentences are invented and assert nothing.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.coding.tables import (
    Country,
    Gazetteer,
    Match,
    Organization,
    Spelling,
    Title,
    compile_names,
    find_title,
    load_countries,
    load_not_actors,
    load_organizations,
    load_titles,
    read_index,
    title_codes,
)
from legation.errors import ModelError
from legation.shipped import parse_rows


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRIMARY = words_of(
    """
    COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK
    """
)
SECONDARY = words_of(
    """
    AGR BUS CRM CVL EDU ELI JRN LAB MED OPP PRE REF REL SOC
    """
)
SUPRANATIONAL = words_of(
    """
    IGO UNO EUR NGO ISM IMG MNC
    """
)
# Every ISO 3166 entry that another state controls, or where nobody lives.
DEPENDENCIES = words_of(
    """
    ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM FLK FRO GGY GIB GLP GRL GUF GUM HKG HMD
    IMN IOT JEY MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB
    VIR WLF
    """
)
KINDS = words_of(
    """
    head_of_state head_of_government royal minister official diplomat spokesperson adviser legislator
    military intelligence police judicial party opposition rebel paramilitary armed criminal business
    labor farming media education analyst religious activist refugee civilian former unknown
    """
)
TABLES = (
    "body_sectors.csv",
    "countries.csv",
    "gender_words.csv",
    "given_names.csv",
    "homes.csv",
    "pronouns.csv",
    "side_words.csv",
    "organizations.csv",
    "noun_sectors.csv",
    "offices.csv",
    "role_verbs.csv",
    "titles.csv",
    "title_codes.csv",
    "not_actors.csv",
)


def find(text: str, start: int = 0) -> tuple[int, Match] | None:
    return Gazetteer.load().longest(text.split(), start)


def match_of(text: str) -> Match:
    """What all the words of `text` (cut at spaces) name."""
    found = find(text)
    assert found is not None, text
    assert found[0] == len(text.split()), text
    return found[1]


def all_spellings() -> Iterator[tuple[str, Spelling]]:
    for country in load_countries():
        for spelling in (*country.names, *country.demonyms, *country.capitals, *country.cities):
            yield country.code, spelling
        for seat in country.seats:
            yield country.code, seat.spelling
    for body in load_organizations():
        for spelling in body.names:
            yield f"{body.code} {body.name}", spelling


# ---------------------------------------------------------------- the form of the tables


@pytest.mark.parametrize("file", TABLES)
def test_a_table_explains_every_column_and_names_its_licence(file: str) -> None:
    text = (files("legation") / "data" / file).read_text(encoding="utf-8")
    comment = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    header = next(line for line in text.splitlines() if line and not line.startswith("#"))
    assert "CC BY 4.0" in comment
    assert re.search(r"\d{4}-\d{2}-\d{2}", comment)
    for column in header.split(","):
        assert re.search(rf"^# {column} ", comment, re.MULTILINE), column


def test_every_state_code_is_in_iso_3166_or_kosovo() -> None:
    for country in load_countries():
        assert country.code == "XKX" or pycountry.countries.get(alpha_3=country.code), country.code


def test_every_iso_entry_is_a_row_or_a_dependency() -> None:
    rows = {country.code for country in load_countries()}
    iso = {entry.alpha_3 for entry in pycountry.countries}
    assert iso - rows == DEPENDENCIES


def test_state_codes_and_names_are_unique() -> None:
    countries = load_countries()
    assert len({country.code for country in countries}) == len(countries) == 198
    assert len({country.name for country in countries}) == len(countries)


def test_every_state_has_a_people_and_a_capital_or_shares_its_name() -> None:
    named_like_the_state = {"DJI", "LUX", "MCO", "SGP", "SMR", "STP", "VAT"}
    assert {country.code for country in load_countries() if not country.capitals} == named_like_the_state
    assert {country.code for country in load_countries() if not country.demonyms} == {"VAT"}


def test_a_spelling_in_two_rows_is_marked_ambiguous_in_both() -> None:
    rows: dict[str, list[tuple[str, Spelling]]] = defaultdict(list)
    for row, spelling in all_spellings():
        rows[spelling.text].append((row, spelling))
    shared = {text: entries for text, entries in rows.items() if len(entries) > 1}
    assert {"Congo", "Korea", "Dominican", "RSF", "Brussels", "Kashmir"} <= set(shared)
    for text, entries in shared.items():
        assert all(spelling.ambiguous for _, spelling in entries), text


def test_spellings_are_clean_and_have_no_article() -> None:
    for row, spelling in all_spellings():
        assert spelling.text == " ".join(spelling.text.split()) != "", row
        assert not re.search(r"[?|,;:]", spelling.text), spelling
        assert not spelling.text.startswith("the "), spelling
    assert {spelling.text for _, spelling in all_spellings() if spelling.text.startswith("The ")} == {"The Hague"}


def test_a_name_in_lower_case_is_ambiguous_or_no_common_word() -> None:
    lower = {spelling.text for _, spelling in all_spellings() if spelling.text[0].islower() and not spelling.ambiguous}
    prefixes = ("al-", "al ", "anti-", "ni-", "mainland ", "uMkhonto")
    known = words_of(
        """
        janjaweed peshmerga carabinieri dpa teleSUR interahamwe shabiha shabbiha kadyrovtsy autodefensas ver.di antifa
        gardai spetsnaz kaibiles carabineros contras iStories n-tv
        """
    ) | {"thahan phran", "gilets jaunes", "eSafety Commissioner"}
    assert {text for text in lower if not text.startswith(prefixes)} == known


def test_seat_sectors_are_plover_sectors() -> None:
    for country in load_countries():
        for seat in country.seats:
            assert seat.sector in PRIMARY | {"REL"}, (country.code, seat)


def test_organisation_codes_countries_and_sectors_are_valid() -> None:
    states = {country.code for country in load_countries()}
    for body in load_organizations():
        assert body.code in states | SUPRANATIONAL, body
        assert body.country is None or body.country in states, body
        assert set(body.sectors) <= PRIMARY | SECONDARY, body
        assert body.code not in states or body.sectors, body


def test_a_body_of_a_state_belongs_to_that_state() -> None:
    exceptions = {"Baath Party"}
    for body in load_organizations():
        if body.code not in SUPRANATIONAL and body.name not in exceptions:
            assert body.country == body.code, body


def test_primary_sectors_stand_before_secondary() -> None:
    for sectors in [body.sectors for body in load_organizations()] + [title.sectors for title in load_titles()]:
        assert list(sectors) == sorted(sectors, key=lambda sector: sector in SECONDARY), sectors


def test_organisation_names_are_unique_in_their_state() -> None:
    names = [(body.code, body.name) for body in load_organizations()]
    assert len(names) == len(set(names)) >= 6000


def test_the_compiled_index_is_that_of_the_tables() -> None:
    """After a change of a table: python -m training.registry."""
    assert read_index("names.index") == compile_names()


def test_the_compiled_index_leads_to_what_the_whole_tables_name() -> None:
    whole = Gazetteer(load_countries(), load_organizations(), load_not_actors())
    for pieces in sorted(spelled_pieces())[::7]:
        assert Gazetteer.load().longest(pieces, 0) == whole.longest(pieces, 0)


def test_titles_are_lower_case_unique_and_of_a_known_kind() -> None:
    titles = load_titles()
    assert len({title.title for title in titles}) == len(titles) >= 300
    for title in titles:
        assert title.title == title.title.lower()
        assert title.kind in KINDS, title
        # Experts, observers and rescuers of a state may be anybody's.
        assert title.sectors or title.kind in ("analyst", "official"), title
        assert set(title.sectors) <= PRIMARY | SECONDARY, title


def test_every_kind_of_title_is_used() -> None:
    assert {title.kind for title in load_titles()} == KINDS


def test_a_code_of_a_title_is_known_and_the_title_is_one_of_the_table() -> None:
    assert set(title_codes()) <= {title.title for title in load_titles()}
    assert set(title_codes().values()) <= {country.code for country in load_countries()} | {"UNO", "IGO", "NGO"}


def test_a_plural_names_only_its_own_title() -> None:
    titles = load_titles()
    singular = {title.title for title in titles}
    plurals = [title.plural for title in titles if title.plural is not None]
    assert len(plurals) == len(set(plurals))
    assert not singular & set(plurals)


def test_every_not_actor_holds_a_shorter_name_and_is_none_itself() -> None:
    plain = Gazetteer(load_countries(), load_organizations())
    for name in load_not_actors():
        words = re.findall(r"\w+|[^\w\s]", name)
        inner = [plain.longest(words, start) for start in range(len(words))]
        assert any(inner), name
        assert all(found is None or found[0] < len(words) for found in inner), name


# ---------------------------------------------------------------- facts

FACTS = """
Kremlin|RUS seat GOV; the Kremlin|RUS seat GOV; White House|USA seat GOV; Pentagon|USA seat MIL
State Department|USA seat GOV; Capitol Hill|USA seat LEG; Downing Street|GBR seat GOV
Whitehall|GBR seat GOV; Élysée|FRA seat GOV; Quai d'Orsay|FRA seat GOV; Blue House|KOR seat GOV
Zhongnanhai|CHN seat GOV; Bundestag|DEU seat LEG; Knesset|ISR seat LEG; Bundeswehr|DEU seat MIL
Aso Rock|NGA seat GOV; Burma|MMR name; Zaire|COD name; Soviet Union|RUS name; USSR|RUS name
DPRK|PRK name; DRC|COD name; UAE|ARE name; PRC|CHN name; Republic of China|TWN name; ROK|KOR name
Holy See|VAT name; Swaziland|SWZ name; Ivory Coast|CIV name; Côte d'Ivoire|CIV name; Cabo Verde|CPV name
Timor-Leste|TLS name; Hong Kong|CHN name; Macau|CHN name; Puerto Rico|USA name; Greenland|DNK name
Gibraltar|GBR name; New Caledonia|FRA name; Scotland|GBR name; Kosovo|XKX name; Kyiv|UKR capital
Kiev|UKR capital; Naypyitaw|MMR capital; Canberra|AUS capital; Ottawa|CAN capital; Nairobi|KEN capital
Abuja|NGA capital; Brasília|BRA capital; Pretoria|ZAF capital; Ankara|TUR capital; Astana|KAZ capital
Suva|FJI capital; Dutch|NLD demonym; Danes|DNK demonym; Filipino|PHL demonym; Argentines|ARG demonym
Frenchman|FRA demonym; Nigerien|NER demonym; Nigerian|NGA demonym; Basotho|LSO demonym
Malagasy|MDG demonym; Ivorian|CIV demonym; Emirati|ARE demonym; Saudis|SAU demonym; Burmese|MMR demonym
Palestinians|PSE demonym; New Zealanders|NZL demonym; Kyrgyz|KGZ demonym; Shanghai|CHN city
Mumbai|IND city; St. Petersburg|RUS city; Gaza|PSE city; Crimea|UKR city; Xinjiang|CHN city
Texas|USA city; Lagos|NGA city; Darfur|SDN city; Tigray|ETH city; Dubai|ARE city; Bougainville|PNG city
Chechnya|RUS city; Catalonia|ESP city; Nagorno-Karabakh|AZE city; Cabo Delgado|MOZ city
UNHCR|UNO organization; WHO|UNO organization; IAEA|UNO organization; EU|EUR organization
NATO|IGO organization; ASEAN|IGO organization; OPEC|IGO organization; IMF|IGO organization
Red Cross|NGO organization; Human Rights Watch|NGO organization; ICJ|UNO organization JUD
Hamas|PSE organization REB; Houthis|YEM organization REB; M23|COD organization REB
FARC|COL organization REB; Islamic State|IMG organization REB; al-Qaida|IMG organization REB
Boko Haram|IMG organization REB; Tamil Tigers|LKA organization REB; CIA|USA organization SPY
FBI|USA organization COP; Mossad|ISR organization SPY; FSB|RUS organization SPY
MI6|GBR organization SPY; IRGC|IRN organization MIL; IDF|ISR organization MIL; PLA|CHN organization MIL
Duma|RUS organization LEG; KCNA|PRK organization JRN; Xinhua|CHN organization JRN
TASS|RUS organization JRN; Reuters|GBR organization JRN; Gazprom|RUS organization BUS
Wagner Group|RUS organization PRM
"""


@pytest.mark.parametrize("fact", [fact.strip() for fact in re.split(r"[;\n]", FACTS) if fact.strip()])
def test_a_name_stands_for_what_the_world_says(fact: str) -> None:
    words, _, expected = fact.partition("|")
    match = match_of(words)
    assert [match.code, match.kind, *match.sectors] == expected.split()


def test_there_are_facts_enough() -> None:
    assert len([fact for fact in re.split(r"[;\n]", FACTS) if fact.strip()]) >= 100


# ---------------------------------------------------------------- the longest match


@pytest.mark.parametrize(
    ("text", "code", "length"),
    [
        ("South Korea and Japan", "KOR", 2),
        ("Korea and Japan", "KOR", 1),
        ("North Korean troops", "PRK", 2),
        ("Guinea - Bissau voted", "GNB", 3),
        ("Guinea voted", "GIN", 1),
        ("Papua New Guinea voted", "PNG", 3),
        ("Equatorial Guinea voted", "GNQ", 2),
        ("Democratic Republic of the Congo said", "COD", 5),
        ("the Democratic Republic of Congo said", "COD", 5),
        ("Republic of the Congo said", "COG", 4),
        ("Republic of Korea said", "KOR", 3),
        ("People 's Republic of China", "CHN", 5),
        ("South Sudan 's army", "SSD", 2),
        ("Sudan 's army", "SDN", 1),
        ("Dominican Republic officials", "DOM", 2),
        ("New Mexico officials", "USA", 2),
        ("Mexico City officials", "MEX", 2),
        ("Northern Ireland parties", "GBR", 2),
        ("Ireland parties", "IRL", 1),
        ("United Nations Security Council vote", "UNO", 4),
        ("South African rand", "ZAF", 2),
        ("Bosnia and Herzegovina , which", "BIH", 3),
        ("Bosnia and Croatia", "BIH", 1),
        ("Washington Post reporter", "USA", 2),
        ("Central African Republic rebels", "CAF", 3),
    ],
)
def test_the_longest_name_wins(text: str, code: str, length: int) -> None:
    found = find(text)
    assert found is not None
    assert (found[0], found[1].code) == (length, code)


def test_a_name_that_is_only_begun_gives_the_shorter_one() -> None:
    assert find("Bosnia and") == find("Bosnia fell")
    assert find("Democratic Republic of") is None


@pytest.mark.parametrize(
    "words",
    [
        ["U.S."],
        ["U", ".", "S", "."],
        ["U.S", "."],
        ["the", "U.S."],
        ["The", "U.S."],
        ["the", "United", "States"],
        ["THE", "US"],
    ],
)
def test_a_name_is_found_however_it_is_tokenised(words: list[str]) -> None:
    found = Gazetteer.load().longest(words, 0)
    assert found is not None
    assert (found[0], found[1].code) == (len(words), "USA")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["Guinea-Bissau"], "GNB"),
        (["Guinea", "\u2011", "Bissau"], "GNB"),
        (["Côte", "d\u2019", "Ivoire"], "CIV"),
        (["Co\u0302te", "d'Ivoire"], "CIV"),
        (["People", "\u2019s", "Liberation", "Army"], "CHN"),
        (["People\u2019s", "Liberation", "Army"], "CHN"),
        (["Sana", "'a"], "YEM"),
        (["Nuku'alofa"], "TON"),
        (["al", "-", "Qaeda"], "IMG"),
        (["Port", "-", "au", "-", "Prince"], "HTI"),
    ],
)
def test_hyphens_and_apostrophes_may_stand_apart_or_be_typographic(words: list[str], code: str) -> None:
    found = Gazetteer.load().longest(words, 0)
    assert found is not None
    assert (found[0], found[1].code) == (len(words), code)


def test_names_joined_by_a_hyphen_are_found_one_by_one() -> None:
    words = ["U.S.", "-", "North", "Korea", "diplomacy"]
    gazetteer = Gazetteer.load()
    assert [found and found[1].code for found in (gazetteer.longest(words, start) for start in range(5))] == [
        "USA",
        None,
        "PRK",
        "KOR",
        None,
    ]


def test_a_match_ends_with_a_whole_word() -> None:
    assert Gazetteer.load().longest(["U.S.-North", "Korea"], 0) is None
    assert Gazetteer.load().longest(["Guinea-Bissauans"], 0) is None


def test_a_possessive_is_left_out_of_the_match() -> None:
    found = find("Russia 's veto")
    assert found is not None
    assert found[0] == 1


def test_the_article_belongs_to_the_hague_and_is_counted_once() -> None:
    hague = find("The Hague ruled")
    assert hague is not None
    assert (hague[0], hague[1].ambiguous) == (2, False)
    the_hague = find("the Hague ruled")
    assert the_hague is not None
    assert (the_hague[0], the_hague[1].ambiguous) == (2, True)


@pytest.mark.parametrize(
    "text",
    ["us", "turkey", "polish", "who", "chad", "china", "is", "the", "The North", "the North", "a", "", "."],
)
def test_common_words_name_nobody(text: str) -> None:
    assert Gazetteer.load().longest([*text.split(), "said"], 0) is None


def test_beyond_the_words_there_is_no_name() -> None:
    assert Gazetteer.load().longest(["Peru"], 1) is None
    assert Gazetteer.load().longest([], 0) is None
    assert Gazetteer.load().longest(["the"], 0) is None


# ---------------------------------------------------------------- what a match says


@pytest.mark.parametrize(
    "text", ["Washington", "Georgetown", "San Jose", "Victoria", "Santiago", "Kingston", "Tripoli"]
)
def test_a_capital_named_like_something_else_is_ambiguous(text: str) -> None:
    assert match_of(text).ambiguous


@pytest.mark.parametrize("text", ["Georgia", "Jordan", "Chad", "Turkey", "Guinea", "Dominica", "Congo", "Korea"])
def test_a_state_named_like_something_else_is_ambiguous(text: str) -> None:
    assert match_of(text).ambiguous


@pytest.mark.parametrize("text", ["Russia", "Kremlin", "Moscow", "U.S.", "Cuba", "Pyongyang", "NATO", "Hamas"])
def test_a_plain_name_is_not_ambiguous(text: str) -> None:
    match = match_of(text)
    assert not match.ambiguous
    assert match.alternatives == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Congolese", ("COD", "COG")),
        ("Dominican", ("DOM", "DMA")),
        ("Korean", ("KOR", "PRK")),
        ("Georgia", ("GEO", "USA")),
        ("Brussels", ("EUR", "BEL")),
        ("RSF", ("NGO", "SDN")),
        ("Papuan", ("IDN", "PNG")),
    ],
)
def test_a_shared_spelling_names_its_other_readings(text: str, codes: tuple[str, ...]) -> None:
    match = match_of(text)
    assert (match.code, *match.alternatives) == codes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soviets", "Russia"),
        ("U.K.", "United Kingdom"),
        ("Kiev", "Kyiv"),
        ("Peking", "Beijing"),
        ("Elysee", "Elysee"),
        ("Shanghai", "Shanghai"),
        ("Daesh", "Islamic State"),
        ("UN", "United Nations"),
    ],
)
def test_a_match_carries_the_usual_name(text: str, name: str) -> None:
    assert match_of(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "South China Sea",
        "the Korean Peninsula",
        "Gulf of Mexico",
        "Latin American",
        "Paris Agreement",
        "New Guinea",
    ],
)
def test_a_sea_a_war_or_an_agreement_is_no_actor(text: str) -> None:
    match = match_of(text)
    assert (match.kind, match.code, match.sectors) == ("not_actor", "", ())


def test_a_gazetteer_can_be_made_of_other_tables() -> None:
    ruritania = Country("RUR", "Ruritania", (Spelling("Ruritania"),), (), (Spelling("Strelsau", True),), (), ())
    guard = Organization("RUR", "Blue Guard", (Spelling("Blue Guard"), Spelling("BG")), ("MIL",), "RUR", None)
    gazetteer = Gazetteer([ruritania], [guard], ["Ruritania Sea"])
    assert gazetteer.longest(["BG"], 0) == (1, Match("RUR", "organization", "Blue Guard", ("MIL",)))
    assert gazetteer.longest(["Strelsau"], 0) == (1, Match("RUR", "capital", "Strelsau", (), ambiguous=True))
    assert gazetteer.longest(["Ruritania", "Sea"], 0) == (2, Match("", "not_actor", "Ruritania Sea"))
    assert gazetteer.longest(["Russia"], 0) is None


def test_two_states_with_one_name_are_ambiguous_even_unmarked() -> None:
    states = [Country(code, "Graustark", (Spelling("Graustark"),), (), (), (), ()) for code in ("GRA", "GRB", "GRA")]
    found = Gazetteer(states).longest(["Graustark"], 0)
    assert found == (1, Match("GRA", "name", "Graustark", ambiguous=True, alternatives=("GRB",)))


# ---------------------------------------------------------------- properties


@cache
def spelled_pieces() -> frozenset[tuple[str, ...]]:
    texts = [spelling.text for _, spelling in all_spellings()] + list(load_not_actors())
    return frozenset(tuple(re.findall(r"\w+|[^\w\s]", text)) for text in texts)


def is_name(words: list[str]) -> bool:
    return tuple(words) in spelled_pieces() or (words[0].lower() == "the" and tuple(words[1:]) in spelled_pieces())


NAME_WORDS = sorted({piece for pieces in spelled_pieces() for piece in pieces if len(pieces) > 1})


@settings(deadline=None)
@given(st.lists(st.sampled_from(["the", "The", "said", *NAME_WORDS]), min_size=1, max_size=7))
def test_the_match_is_the_longest_of_all_spellings(words: list[str]) -> None:
    lengths = [length for length in range(1, len(words) + 1) if is_name(words[:length])]
    found = Gazetteer.load().longest(words, 0)
    assert (found[0] if found else None) == (max(lengths) if lengths else None)


@settings(deadline=None)
@given(st.sampled_from(sorted(spelled_pieces())), st.data())
def test_every_spelling_is_found_however_its_pieces_are_joined(pieces: tuple[str, ...], data: st.DataObject) -> None:
    words = [pieces[0]]
    for piece in pieces[1:]:
        together = not (words[-1][-1].isalnum() and piece[0].isalnum()) and data.draw(st.booleans())
        if together:
            words[-1] += piece
        else:
            words.append(piece)
    found = Gazetteer.load().longest([*words, "said"], 0)
    assert found is not None
    assert found[0] == len(words)


@settings(deadline=None)
@given(st.lists(st.text(max_size=8), max_size=6), st.integers(0, 6))
def test_no_words_can_break_the_search(words: list[str], start: int) -> None:
    found = Gazetteer.load().longest(words, min(start, len(words)))
    assert found is None or 1 <= found[0] <= len(words) - start


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("text", "sectors", "kind"),
    [
        ("president", ("GOV",), "head_of_state"),
        ("Prime Minister", ("GOV",), "head_of_government"),
        ("defence minister", ("GOV",), "minister"),
        ("Defense Secretary", ("GOV",), "minister"),
        ("secretaries of state", ("GOV",), "minister"),
        ("spokeswoman", ("GOV",), "spokesperson"),
        ("envoys", ("GOV",), "diplomat"),
        ("senator", ("LEG",), "legislator"),
        ("lawmakers", ("LEG",), "legislator"),
        ("court", ("JUD",), "judicial"),
        ("troops", ("MIL",), "military"),
        ("armies", ("MIL",), "military"),
        ("police", ("COP",), "police"),
        ("rebels", ("REB",), "rebel"),
        ("gunmen", ("UAF",), "armed"),
        ("militia", ("PRM",), "paramilitary"),
        ("spies", ("SPY",), "intelligence"),
        ("protesters", ("CVL",), "activist"),
        ("villagers", ("CVL",), "civilian"),
        ("women", ("CVL",), "civilian"),
        ("boys", ("CVL",), "civilian"),
        ("witnesses", ("CVL",), "civilian"),
        ("monarchs", ("GOV",), "royal"),
        ("journalists", ("JRN",), "media"),
        ("state media", ("JRN",), "media"),
        ("nurses", ("MED",), "labor"),
        ("students", ("EDU",), "education"),
        ("Analyst", ("EDU",), "analyst"),
        ("workers", ("LAB",), "labor"),
        ("farmers", ("AGR",), "farming"),
        ("bishop", ("REL",), "religious"),
        ("churches", ("REL",), "religious"),
        ("refugees", ("REF",), "refugee"),
        ("opposition lawmakers", ("LEG", "OPP"), "opposition"),
        ("oligarch", ("BUS", "ELI"), "business"),
        ("secretary - general", ("GOV",), "official"),
        ("charge  d\u2019affaires", ("GOV",), "diplomat"),
    ],
)
def test_a_title_is_found_in_any_number_and_case(text: str, sectors: tuple[str, ...], kind: str) -> None:
    title = find_title(text)
    assert title is not None
    assert (title.sectors, title.kind) == (sectors, kind)


@pytest.mark.parametrize("text", ["", "former", "table", "presidential", "policeses", "ex", "excellent"])
def test_other_words_are_no_title(text: str) -> None:
    assert find_title(text) is None


@pytest.mark.parametrize(
    "text", ["former president", "Former Presidents", "ex-president", "ex - president", "ex president"]
)
def test_who_has_left_office_is_a_former_official(text: str) -> None:
    assert find_title(text) == Title("president", "presidents", ("ELI",), "former")


def test_who_left_no_office_keeps_the_sector() -> None:
    assert find_title("former rebel") == find_title("rebel")
    assert find_title("former former president") is None


# ---------------------------------------------------------------- reading a table


def test_comments_and_empty_lines_are_no_rows() -> None:
    lines = ["# a comment, with commas", "", "title,plural", "king,", "# another", "duke,dukes"]
    assert list(parse_rows(lines, "titles.csv")) == [
        {"title": "king", "plural": ""},
        {"title": "duke", "plural": "dukes"},
    ]


def test_a_table_without_rows_is_empty() -> None:
    assert list(parse_rows(["# only this"], "titles.csv")) == []
    assert list(parse_rows(["title,plural"], "titles.csv")) == []


@pytest.mark.parametrize("row", ["king", "king,kings,GOV"])
def test_a_row_of_another_width_names_its_file_and_line(row: str) -> None:
    with pytest.raises(ModelError, match=r"titles\.csv .* line 4 ") as caught:
        list(parse_rows(["# comment", "title,plural", "duke,dukes", row], "titles.csv"))
    assert caught.value.subject == "titles.csv"


# ---------------------------------------------------------------- speed


def fastest_of(count: int, load: Callable[[], object], forget: Callable[[], None]) -> float:
    """CPU milliseconds of the fastest of `count` loads from the file."""
    best = float("inf")
    for _ in range(count):
        forget()
        begun = time.process_time()
        load()
        best = min(best, (time.process_time() - begun) * 1000)
    return best


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer takes most of the time")
@pytest.mark.parametrize("load", [load_countries, load_titles, load_not_actors])
def test_a_table_loads_within_15_ms(load: Callable[[], object]) -> None:
    assert fastest_of(5, load, load.cache_clear) < 15  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer takes most of the time")
def test_the_gazetteer_is_made_within_25_ms() -> None:
    Gazetteer.load()
    assert fastest_of(5, Gazetteer.load, Gazetteer.load.cache_clear) < 25


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer takes most of the time")
def test_a_thousand_words_are_searched_within_20_ms() -> None:
    gazetteer = Gazetteer.load()
    sentence = "The envoys of South Korea and the U.S. met in Geneva on Tuesday , officials said ."
    words = sentence.split() * 59
    begun = time.process_time()
    found = [gazetteer.longest(words, start) for start in range(len(words))]
    assert (time.process_time() - begun) * 1000 < 20
    assert sum(match is not None for match in found) == 59 * 5


def test_a_table_is_read_once() -> None:
    assert load_countries() is load_countries()
    assert Gazetteer.load() is Gazetteer.load()
