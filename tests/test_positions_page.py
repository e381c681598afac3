"""The page of positions: the picture, the words beneath, and nothing that an article could do to it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import lxml.html
import pytest
from positions import voice
from years import year_reports

from legation.positions.findings import Findings, findings
from legation.positions.known_issues import known_issues
from legation.positions.page import MOST_ACTORS, draw, render_page
from legation.positions.voices import Voice, voices_of

ASKED = {
    "issue": "sanctions", "by": "speaker", "since": None, "until": None, "months": None, "normalise": "average",
    "articles": 64, "whole_confidence": 0.0, "confidence": 0.9,
}  # fmt: skip
HOSTILE = '</style><script>alert("x")</script>"\u202e\x1b[2J'


def page_of(found: Findings, **asked: Any) -> str:
    return render_page(found, known_issues(), {**ASKED, **asked})


def parsed(page: str) -> Any:
    return lxml.html.fromstring(page)


def of_years() -> Findings:
    return findings(list(voices_of(year_reports())), months=6)


def hostile_voices() -> list[Voice]:
    said = [voice(name, "impose", "for", issue="sanctions") for name in (f"Ada {HOSTILE}", "Bo")]
    return [
        replace(
            one, evidence=HOSTILE, title=HOSTILE, source=HOSTILE, url="javascript:alert(1)", role=HOSTILE,
            affiliation=HOSTILE, country=HOSTILE, article=HOSTILE, option=HOSTILE if one.actor == "Bo" else one.option,
        )
        for one in said
    ]  # fmt: skip


def test_every_link_leads_to_a_place_on_the_page_and_no_id_is_there_twice() -> None:
    page = parsed(page_of(of_years(), issue="all"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(ids)


def test_how_sure_each_position_is_stands_beside_its_words() -> None:
    sure = ((0.72, 0.31), (0.95, None))
    voices = [
        replace(one, stance_confidence=side, whole_confidence=whole)
        for one, (side, whole) in zip(hostile_voices(), sure, strict=True)
    ]
    page = " ".join(parsed(page_of(findings(voices), confidence=0.5)).text_content().split())
    assert "Sides of a confidence of at least 0.5." in page
    assert "31%, side unsure" in page and "side 95%" in page and "95%, side unsure" not in page


def test_every_position_stands_on_the_page_with_its_source() -> None:
    found = of_years()
    page = parsed(page_of(found, issue="all"))
    items = [" ".join(item.text_content().split()) for item in page.xpath("//section[@id='words']//li")]
    assert len(items) == len(found.voices) == 202
    for one in found.voices:
        assert any(one.evidence in item and f"{one.source}, {one.day}, article {one.article}" in item for item in items)


def test_the_picture_shows_each_actor_once_and_no_name_on_another() -> None:
    found = of_years()
    picture = draw(found, {s.actor: f"a{n}" for n, s in enumerate(found.table)})
    assert len(picture.dots) == found.actors == 33 and picture.left_out == 0
    for one, other in combinations([dot.box for dot in picture.dots], 2):
        assert abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.1 or abs(one.y - other.y) >= one.height - 0.1


def test_lines_tell_agreeing_from_differing() -> None:
    said = [voice(n, o, s) for o in ("x", "y") for n, s in (("Ada", "for"), ("Bo", "for"), ("Cy", "against"))]  # type: ignore[arg-type]
    picture = draw(findings(said), {"Ada": "a1", "Bo": "a2", "Cy": "a3"})
    assert {(line.joins, line.kind) for line in picture.lines} == {
        ("a1 a2", "congruence"), ("a1 a3", "conflict"), ("a2 a3", "conflict"),
    }  # fmt: skip
    assert {dot.name: dot.side for dot in picture.dots} == {"Ada": "for", "Bo": "for", "Cy": "against"}


def test_of_a_crowd_those_heard_most_are_drawn_and_the_rest_is_counted() -> None:
    said = [voice(f"Person {n:03}", "cut", "for") for n in range(MOST_ACTORS + 7)]
    said += [voice("Person 054", "cut", "for"), replace(voice("officials", "cut", "for"), kind="unnamed")]
    page = page_of(findings(said))
    assert "7 actors heard less often left out." in page
    assert page.count('class="dot ') == MOST_ACTORS and ">+ Person 054</text>" in page
    assert ">+ officials</text>" not in page and "officials" in page


def test_nothing_from_an_article_is_markup_or_leads_away() -> None:
    page = page_of(findings(hostile_voices()), issue=HOSTILE)
    tree = parsed(page)
    assert tree.xpath("//script") == [] and len(tree.xpath("//style")) == 1
    assert "\u202e" not in page and "\x1b" not in page
    assert not [href for href in tree.xpath("//@href") if not href.startswith(("#", "data:,"))]
    assert not re.search(r"<[^>]+\son\w+=", page)


def test_the_page_is_whole_without_moves_windows_ties_or_a_known_issue() -> None:
    page = page_of(findings([voice("Ada", "lower", "mixed", None, issue="harbour-dues")]), issue="harbour-dues")
    text = " ".join(parsed(page).text_content().split())
    assert "1 position of 1 actor; 64 articles read." in text
    assert "Nobody was heard on one side and later on the other." in text
    assert "Over time" not in text


@pytest.mark.parametrize(("url", "linked"), [("https://a.example/x", True), ("ftp://a", False), ("http://[", False)])
def test_only_web_addresses_are_links(url: str, linked: bool) -> None:
    page = page_of(findings([replace(voice("Ada", "cut", "for"), url=url)]))
    assert (f'href="{url}"' in page) is linked
