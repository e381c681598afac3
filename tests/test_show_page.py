from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from factories import (
    STRAIT_TEXT,
    Words,
    empty_report,
    make_entity,
    make_event,
    make_statement,
    small_report,
    strait_report,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from positions import unsure

from legation.records import DateExpression, Place, Position, Rejection, Report
from legation.show.page import render_page

VOID = {"meta", "link", "br"}
LOADING = {"src", "srcset", "srcdoc", "data", "action", "formaction", "poster", "background", "ping", "style"}


class Page(HTMLParser):
    """A page taken apart: elements with their attributes, nesting checked, and the text by element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attrs})
        assert len(attrs) == len(element[1]), "an attribute stands twice"
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(tag for tag, _ in self.open), data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def text(self, inside: str, without: str = "nothing") -> str:
        return "".join(data for tags, data in self.texts if inside in tags and without not in tags)

    def marked(self, words: str) -> dict[str, str]:
        """The attributes of the first marked piece with exactly these words."""
        position = next(i for i, (tags, data) in enumerate(self.texts) if data == words and "article" in tags)
        return self._owner(position)

    def _owner(self, position: int) -> dict[str, str]:
        return self.owners[position]

    def feed(self, data: str) -> None:
        self.owners: list[dict[str, str]] = []
        handle, owners = self.handle_data, self.owners

        def recording(text: str) -> None:
            owners.append(self.open[-1][1] if self.open else {})
            handle(text)

        self.handle_data = recording  # type: ignore[method-assign,assignment]
        super().feed(data)


STRAIT = Page(render_page(strait_report()))


def article_text(page: Page) -> str:
    """The words of the article's paragraphs, without the references set between them."""
    return page.text("article", without="sup")


def test_the_page_is_whole_and_well_nested() -> None:
    assert render_page(strait_report()).lower().startswith("<!doctype html>")
    assert [tag for tag, _ in STRAIT.elements].count("h1") == 1
    for landmark in ("header", "nav", "main", "article", "footer"):
        assert len(STRAIT.all(landmark)) == 1
    assert STRAIT.all("html")[0]["lang"] == "en"


def test_the_article_is_shown_word_for_word() -> None:
    shown = " ".join(article_text(STRAIT).split())
    assert " ".join(STRAIT_TEXT.split()) in shown


def test_each_paragraph_of_the_article_is_one_of_the_page() -> None:
    html = render_page(strait_report())
    text = html[html.index('<div class="text"') : html.index("</article>")]
    assert text.count("<p>") == STRAIT_TEXT.count("\n\n") + 1 == 8


def test_no_id_stands_twice() -> None:
    assert len(STRAIT.ids) == len(set(STRAIT.ids))


def test_every_link_within_the_page_has_a_target() -> None:
    targets = {link["href"][1:] for link in STRAIT.all("a") if link["href"].startswith("#")}
    assert len(targets) > 80
    assert targets <= set(STRAIT.ids)


@pytest.mark.parametrize("letter", "esnpd")
def test_each_row_leads_to_its_words_and_the_words_lead_back(letter: str) -> None:
    links = [link["href"] for link in STRAIT.all("a")]
    rows = [row["id"] for row in STRAIT.all("tr") if re.fullmatch(letter + r"\d+", row.get("id", ""))]
    assert len(rows) == {"e": 9, "s": 9, "n": 13, "p": 4, "d": 8}[letter]
    in_article = {
        attributes["href"]
        for attributes, (tags, _) in zip(STRAIT.owners, STRAIT.texts, strict=True)
        if "article" in tags and "href" in attributes
    }
    for row in rows:
        assert f"#{row}-text" in links
        assert f"#{row}" in in_article


def test_each_later_mention_is_led_to_as_well() -> None:
    links = [link["href"] for link in STRAIT.all("a")]
    assert {"#n2-text", "#n2-text-2", "#n2-text-3", "#n2-text-4"} <= set(links)


def test_an_event_inside_a_statement_belongs_to_both() -> None:
    moving = STRAIT.marked("moving")
    assert moving["href"] == "#e4"
    assert moving["data-of"].split() == ["e4", "s3"]
    assert {"event", "content", "q4"} <= set(moving["class"].split())


def test_a_statement_within_a_statement_is_underlined_twice() -> None:
    assert "nested" in STRAIT.marked("‘a calm sea by spring’")["class"].split()
    assert "nested" not in STRAIT.marked("“and we will not pay for them.”")["class"].split()


def test_both_pieces_of_a_statement_belong_to_it() -> None:
    for piece in (
        "“We will not accept inspectors who report to our rivals,”",
        "“and we will not pay for them.”",
    ):
        assert STRAIT.marked(piece)["data-of"] == "s2"


def test_the_participants_of_an_event_are_tied_to_it() -> None:
    assert "e2" in STRAIT.marked("Lorne Strait Council")["data-by"].split()


def test_a_trigger_that_hides_a_cue_leaves_a_way_to_the_statement() -> None:
    warned = STRAIT.marked("warned")
    assert warned["href"] == "#e5"
    assert "s4" in warned["data-of"].split()
    assert STRAIT.text("sup").count("s4") == 1


def test_two_events_with_one_trigger_both_have_a_way_back() -> None:
    report = small_report()
    twin = replace(report.events[0], id="e2", type="REJECT")
    page = Page(render_page(replace(report, events=(*report.events, twin))))
    assert "#e2" in [link["href"] for link in page.all("a") if link.get("class") == "ref"]


def test_a_participant_leads_to_the_row_of_its_entity() -> None:
    rows = render_page(strait_report())
    assert re.search(
        r'<tr[^>]* id="e2">.*?<a href="#n4">Kestria</a>.*?<a href="#n5">Lorne Strait Council</a>', rows, re.S
    )


def test_details_of_an_event_are_given() -> None:
    details = " ".join(STRAIT.text("tbody").split())
    for words in (
        "14 arrested",
        "Tuesday before publication",
        "verbal cooperation",
        "according to s1",
        "at p2",
    ):
        assert words in details


def test_positions_are_given() -> None:
    assert "against: arms-control, limit" in STRAIT.text("tbody")
    assert "for: tariffs, cut" in STRAIT.text("tbody")


@pytest.mark.parametrize(
    ("confidence", "whole", "shown"),
    [(0.72, 0.3, "limit (30%, side unsure)"), (0.95, 0.3, "limit (30%)"), (0.95, None, "limit (side 95%)")],
)
def test_a_position_is_given_with_its_confidence_however_low_it_is(
    confidence: float, whole: float | None, shown: str
) -> None:
    assert shown in render_page(unsure(strait_report(), confidence, whole))


def test_empty_lists_say_so() -> None:
    html = render_page(empty_report())
    for nothing in ("No events found.", "No statements found.", "No places found.", "No dates found."):
        assert nothing in html
    assert "<table" not in html


def test_an_undated_article_is_told_how_to_give_a_date() -> None:
    assert "--published YYYY-MM-DD" in render_page(empty_report())
    assert "--published" not in render_page(strait_report())


def test_a_rejected_article_says_why_and_shows_no_tables() -> None:
    html = render_page(replace(empty_report(), rejected=Rejection("scanned", "The pages are pictures.")))
    assert "The pages are pictures." in html
    assert "No events found." not in html


def test_the_language_of_the_article_is_declared() -> None:
    page = Page(render_page(small_report(language="en-GB")))
    assert page.all("h1")[0]["lang"] == "en-GB"


@pytest.mark.parametrize("language", [None, "", '"><script>', "日本"])
def test_a_language_that_is_none_is_declared_as_english(language: str | None) -> None:
    assert Page(render_page(small_report(language=language))).all("h1")[0]["lang"] == "en"


# ---------------------------------------------------------------- safety


def policy(page: Page) -> str:
    (content,) = (m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    return content


def test_the_policy_allows_nothing_but_the_page_s_own_style() -> None:
    digest = hashlib.sha256(STRAIT.text("style").encode()).digest()
    rules = policy(STRAIT).split("; ")
    assert rules[:2] == ["default-src 'none'", f"style-src 'sha256-{base64.b64encode(digest).decode()}'"]
    assert "unsafe" not in policy(STRAIT)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    assert not {tag for tag, _ in STRAIT.elements} & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
    }
    assert [link["href"] for link in STRAIT.all("link")] == ["data:,"]
    assert "url(" not in STRAIT.text("style")
    assert "@import" not in STRAIT.text("style")


HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)></style></title><!-- "
    "{{ 7*7 }} {% raw %} &lt; \x00\x1b[31m"
)


def hostile_report(hostile: str = HOSTILE) -> Report:
    """Hostile words wherever a report can hold any, ids included."""
    words = Words(hostile)
    whole, who = words.span(hostile), words.who(hostile, hostile)
    report = small_report(hostile, title=hostile, source=hostile, url=hostile, published=hostile, id=hostile)
    entity = make_entity(
        hostile,
        hostile,
        "person",
        whole,
        whole,
        country=hostile,
        role=hostile,
        affiliation=hostile,
        sectors=(hostile,),
    )
    event = make_event(hostile, hostile, whole, actor=(who,), recipient=(who,), mode=hostile, place=hostile)
    event = replace(event, quad=hostile, cameo=hostile, contexts=(hostile,), according_to=hostile)
    said = make_statement(
        hostile,
        whole,
        whole,
        speaker=who,
        act=hostile,
        addressee=who,
        positions=(Position(hostile, "cut", "for", whole),),
    )
    place = Place(hostile, 0, len(hostile), hostile, hostile, hostile)
    when = DateExpression(0, len(hostile), hostile, "DATE", hostile)
    return replace(
        report,
        entities=(entity,),
        events=(event,),
        statements=(said,),
        places=(place,),
        dates=(when,),
        notes=(hostile,),
    )


def shape(page: Page) -> set[tuple[str, str]]:
    """Which attributes stand on which elements."""
    return {(tag, name) for tag, attributes in page.elements for name in attributes}


def test_hostile_text_adds_no_element_and_no_attribute() -> None:
    page = Page(render_page(hostile_report()))
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert not {name for _, name in shape(page)} & LOADING
    assert not [name for _, name in shape(page) if name.startswith("on")]
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in STRAIT.elements} | {"sup"}


def test_hostile_text_is_shown_as_it_stands() -> None:
    page = Page(render_page(hostile_report()))
    assert "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>" in article_text(page)
    assert "{{ 7*7 }} {% raw %} &lt; ␀␛[31m" in article_text(page)


def test_hostile_ids_make_no_anchor_and_no_rule() -> None:
    page = Page(render_page(hostile_report()))
    assert all(re.fullmatch(r"[a-z]+\d*(-text(-\d+)?|-heading)?", id) for id in page.ids)
    assert "alert" not in page.text("style")


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=60))
def test_any_text_at_all_makes_a_well_nested_page(text: str) -> None:
    html = render_page(hostile_report(text))
    html.encode("utf-8")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", html)
    assert {tag for tag, _ in Page(html).elements} <= {tag for tag, _ in STRAIT.elements} | {"sup"}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host.example/x",
        "https:",
        "http://[broken",
        "vbscript:x",
        "ftp://host.example/x",
    ],
)
def test_an_address_that_is_not_of_the_web_is_no_link(url: str) -> None:
    page = Page(render_page(small_report(url=url)))
    assert all(link["href"].startswith("#") for link in page.all("a"))


def test_an_address_of_the_web_is_a_link_that_tells_nothing() -> None:
    (link,) = (link for link in STRAIT.all("a") if not link["href"].startswith("#"))
    assert link["href"] == "https://courier.example/world/strait-talks"
    assert {"noopener", "noreferrer"} <= set(link["rel"].split())


def test_every_table_has_headings_for_rows_and_columns() -> None:
    assert len(STRAIT.all("table")) == 5
    scopes = [heading.get("scope") for heading in STRAIT.all("th")]
    assert None not in scopes
    assert scopes.count("row") == 43
    labels = [table["aria-labelledby"] for table in STRAIT.all("table")]
    assert set(labels) <= set(STRAIT.ids)
