"""The page in a real browser. Needs Debian's Chromium; without it these tests fail and say how to get it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from factories import empty_report, strait_report
from playwright.sync_api import Browser, Locator, sync_playwright
from playwright.sync_api import Page as Tab
from test_positions_page import hostile_voices, of_years, page_of
from test_show_page import hostile_report

from legation.positions.findings import findings
from legation.show.page import render_page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = (1280, 860), (390, 844)

# The lowest contrast of any text on the page, with the text; backgrounds are looked for outwards.
LOWEST_CONTRAST = """() => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = rgb => rgb.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const back = channels(getComputedStyle(e).backgroundColor);
      if (back.length === 3 || back[3] === 1) return back;
    }
    throw new Error('no background');
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, words = walker.currentNode.data.trim();
    if (!words || !element.getClientRects().length) continue;
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(ground(element))];
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), words]);
  }
  return found.sort((a, b) => a[0] - b[0])[0];
}"""

# The edges of a name's box in the picture, and those of its letters.
BOXES = """dot => [dot.querySelector('rect'), dot.querySelector('text')].map(part => {
  const {left, right, top, bottom} = part.getBoundingClientRect();
  return {left, right, top, bottom};
})"""


@dataclass
class Visit:
    """A page in a tab, with everything it asked for and complained of."""

    tab: Tab
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing. To install it on Debian: apt-get install -y chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The reports as pages on a server on loopback."""
    folder = tmp_path_factory.mktemp("site")
    for name, report in (
        ("strait", strait_report()),
        ("empty", empty_report()),
        ("hostile", hostile_report()),
    ):
        (folder / f"{name}.html").write_text(render_page(report), encoding="utf-8")
    (folder / "years.html").write_text(page_of(of_years(), issue="all"), encoding="utf-8")
    (folder / "bad.html").write_text(page_of(findings(hostile_voices())), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing: the tests ask the browser what was requested."""


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Any]:
    tabs: list[Tab] = []

    def open_page(name: str = "strait.html", size: tuple[int, int] = DESK, scheme: Any = "light") -> Visit:
        tab = browser.new_page(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
        )
        tabs.append(tab)
        opened = Visit(tab)
        tab.on("request", lambda request: opened.requests.append(request.url))
        tab.on("console", lambda message: opened.complaints.append(message.text))
        tab.on("pageerror", lambda error: opened.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: opened.complaints.append(dialog.message))
        tab.goto(f"{site}/{name}")
        return opened

    yield open_page
    for tab in tabs:
        tab.close()


def colour(words: Locator) -> str:
    found: str = words.evaluate("element => getComputedStyle(element).backgroundColor")
    return found


def in_view(words: Locator) -> bool:
    """Whether the words lie within the window and within every scrolling part around them."""
    seen: bool = words.evaluate(
        """element => new Promise(done => new IntersectionObserver(
             entries => done(entries[0].intersectionRatio > 0.9)).observe(element))"""
    )
    return seen


@pytest.mark.parametrize("size", [DESK, PHONE, (800, 600)])
def test_a_click_on_a_row_brings_its_words_into_view_and_lights_them(visit: Any, size: tuple[int, int]) -> None:
    tab = visit(size=size).tab
    words = tab.locator("article [data-of~=e9]")
    before = colour(words)
    assert not in_view(words)
    tab.locator("#e9").click(position={"x": 5, "y": 5})
    assert tab.url.endswith("#e9-text")
    assert in_view(words)
    assert colour(words) != before


def test_a_click_anywhere_in_a_row_counts(visit: Any) -> None:
    tab = visit().tab
    # The row's link lies over the words, so the click is aimed at the place, not at the element.
    tab.get_by_text("historical", exact=True).click(force=True)
    assert tab.url.endswith("#e7-text")


def test_the_row_stays_in_view_beside_its_words(visit: Any) -> None:
    tab = visit().tab
    tab.locator("#s8 .row-link").click()
    assert in_view(tab.locator("#s8"))
    assert in_view(tab.locator("article [data-of~=s8]").first)
    assert colour(tab.locator("#s8")) != colour(tab.locator("#s7"))


def test_all_pieces_of_a_statement_light_up_and_nothing_else(visit: Any) -> None:
    tab = visit().tab
    plain = colour(tab.locator("article [data-of~=s8]").first)
    tab.locator("#s2 .row-link").click()
    pieces = tab.locator("article [data-of~=s2]")
    assert pieces.count() == 3
    assert len({colour(piece) for piece in pieces.all()} - {plain}) == 1
    assert colour(tab.locator("article [data-of~=s8]").first) == plain


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_words_lead_back_to_their_row(visit: Any, size: tuple[int, int]) -> None:
    tab = visit(size=size).tab
    tab.locator("article a[href='#e8']").click()
    row = tab.locator("#e8")
    assert tab.url.endswith("#e8")
    assert in_view(row)
    assert colour(row) != colour(tab.locator("#e7"))


def test_a_link_inside_a_row_wins_over_the_row(visit: Any) -> None:
    tab = visit().tab
    tab.locator("#e2").get_by_text("Lorne Strait Council").click()
    assert tab.url.endswith("#n5")


def test_the_keyboard_alone_reaches_a_row_and_its_words(visit: Any) -> None:
    tab = visit().tab
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").inner_text() == "Skip to the records"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    focused = tab.locator(":focus")
    assert focused.get_attribute("href") == "#e1-text"
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    assert in_view(tab.locator("article [data-of~=e1]"))


@pytest.mark.parametrize("name", ["strait.html", "empty.html", "hostile.html"])
def test_nothing_is_requested_and_nothing_complained_of(visit: Any, name: str) -> None:
    opened = visit(name)
    for link in opened.tab.locator("tbody tr:first-child .row-link").all():
        link.click()
    opened.tab.wait_for_timeout(200)
    assert {request.split("#")[0].rsplit("/", 1)[1] for request in opened.requests} == {name}
    assert opened.complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE, (320, 640), (1024, 768)])
@pytest.mark.parametrize("name", ["strait.html", "empty.html", "hostile.html"])
def test_the_page_is_never_wider_than_the_window(visit: Any, name: str, size: tuple[int, int]) -> None:
    tab = visit(name, size).tab
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("target", ["", "#s2-text", "#e5-text", "#n2-text-3", "#d1"])
def test_all_text_has_a_contrast_of_at_least_four_and_a_half(visit: Any, scheme: str, target: str) -> None:
    tab = visit(scheme=scheme).tab
    tab.evaluate("target => { location.hash = target }", target)
    ratio, words = tab.evaluate(LOWEST_CONTRAST)
    assert ratio >= 4.5, f"{ratio:.2f} for {words!r}"


def test_dark_and_light_follow_the_reader_s_choice(visit: Any) -> None:
    assert colour(visit(scheme="light").tab.locator("body")) != colour(visit(scheme="dark").tab.locator("body"))


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_all_text_but_references_has_sixteen_pixels(visit: Any, size: tuple[int, int]) -> None:
    smallest = visit(size=size).tab.evaluate(
        """() => Math.min(...[...document.querySelectorAll('body *:not(sup):not(.ref)')]
             .map(element => parseFloat(getComputedStyle(element).fontSize)))"""
    )
    assert smallest >= 16


def test_on_a_phone_a_row_names_its_fields(visit: Any) -> None:
    labels = visit(size=PHONE).tab.locator("#e1 .label")
    assert [label.inner_text() for label in labels.all()] == ["Date", "Actor", "Recipient", "Status", "Conf."]
    assert labels.first.is_visible()
    assert not visit(size=DESK).tab.locator("#e1 .label").first.is_visible()


def test_print_shows_the_whole_of_both_parts(visit: Any) -> None:
    tab = visit().tab
    tab.emulate_media(media="print")
    for part in tab.locator(".pane").all():
        assert part.evaluate("element => element.scrollHeight - element.clientHeight") <= 1
    assert not tab.locator("nav").is_visible()


# ---------------------------------------------------------------- the page of positions


@pytest.mark.parametrize("name", ["years.html", "bad.html"])
def test_positions_ask_for_nothing_and_complain_of_nothing(visit: Any, name: str) -> None:
    opened = visit(name)
    for link in opened.tab.locator(".dot").all():
        link.focus()
    opened.tab.keyboard.press("Enter")
    opened.tab.wait_for_timeout(200)
    assert {request.split("#")[0].rsplit("/", 1)[1] for request in opened.requests} == {name}
    assert opened.complaints == []


def test_no_name_in_the_picture_lies_on_another_or_leaves_its_box(visit: Any) -> None:
    tab = visit("years.html").tab
    dots = [dot.evaluate(BOXES) for dot in tab.locator(".dot").all()]
    assert len(dots) == 33
    for box, name in dots:
        assert box["left"] <= name["left"] and name["right"] <= box["right"]
    for one, other in combinations([box for box, _ in dots], 2):
        apart = one["right"] <= other["left"] + 0.2 or other["right"] <= one["left"] + 0.2
        assert apart or one["bottom"] <= other["top"] + 0.2 or other["bottom"] <= one["top"] + 0.2


def test_a_name_in_the_picture_leads_to_its_words_and_dims_the_ties_of_others(visit: Any) -> None:
    tab = visit("years.html").tab
    name = tab.locator(".dot", has_text="Arsen Melkumyan")
    anchor = (name.get_attribute("href") or "")[1:]
    own, others = (tab.locator(f".net line{which}") for which in (f"[data-of~={anchor}]", f":not([data-of~={anchor}])"))
    assert own.count() and others.count()
    name.hover()
    tab.wait_for_timeout(400)
    shown = "line => Number(getComputedStyle(line).opacity)"
    assert own.first.evaluate(shown) == 1 and others.first.evaluate(shown) < 0.1
    name.click()
    assert tab.url.endswith(f"#{anchor}")
    heading = tab.locator(f"#{anchor} h3")
    assert heading.inner_text() == "Arsen Melkumyan" and in_view(heading)


@pytest.mark.parametrize("size", [DESK, PHONE, (320, 640)])
@pytest.mark.parametrize("name", ["years.html", "bad.html"])
def test_the_page_of_positions_is_never_wider_than_the_window(visit: Any, name: str, size: tuple[int, int]) -> None:
    assert visit(name, size).tab.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_positions_have_contrast_and_size(visit: Any, scheme: str) -> None:
    tab = visit("years.html", scheme=scheme).tab
    tab.evaluate("location.hash = 'a1'")
    tab.locator("svg").evaluate_all("all => all.forEach(picture => picture.remove())")
    ratio, words = tab.evaluate(LOWEST_CONTRAST)
    assert ratio >= 4.5, f"{ratio:.2f} for {words!r}"
    smallest = (
        "Math.min(...[...document.querySelectorAll('body *')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert tab.evaluate(smallest) >= 16
