"""Sources as they are declared: TOML and OPML, both ways. All papers are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.collect.declarations import KINDS, repeated, source_of, sources_of, toml_of
from legation.collect.opml import opml_of, sources_of_opml
from legation.errors import SourcesError, UsageError
from legation.sources import Source

COURIER = Source(
    "The Harbour Courier",
    "https://courier.example/feed",
    "feed",
    "KEN",
    "en-GB",
    "newspaper",
    "Careful, late",
    "Harbour Media",
    ("coast", "press"),
    r"/world/\d+",
)
WIRE = Source("Invented Wire", "https://wire.example/sitemap.xml", "sitemap", tags=("press",))
MAIL = Source("Letters", "/var/mail/desk", "mail")

_WORDS = st.text(min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
_CLEAN = (
    _WORDS.map(lambda text: "".join(each for each in text if each.isprintable()))
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


def declared(words: st.SearchStrategy[str]) -> st.SearchStrategy[list[Source]]:
    one = st.builds(
        Source,
        name=words,
        url=st.integers(0, 999).map(lambda number: f"https://a.example/{number}?x=1&y"),
        kind=st.sampled_from(["feed", "sitemap", "page"]),
        country=st.none() | st.just("PER"),
        language=st.none() | st.just("pt-BR"),
        type=st.none() | words,
        reliability=st.none() | words,
        owner=st.none() | words,
        tags=st.lists(words, max_size=3, unique=True).map(tuple),
        links=st.none() | st.just("/a.b/"),
    )
    return st.lists(one, max_size=5, unique_by=(lambda each: each.url, lambda each: each.name.casefold()))


@given(declared(_CLEAN))
def test_what_goes_out_as_toml_comes_back_whole(sources: list[Source]) -> None:
    assert sources_of(toml_of(sources), "a.toml") == sources


def test_sources_are_written_as_a_user_would() -> None:
    assert toml_of([COURIER, MAIL]) == (
        '[[source]]\nname = "The Harbour Courier"\nurl = "https://courier.example/feed"\ncountry = "KEN"\n'
        'language = "en-GB"\ntype = "newspaper"\nreliability = "Careful, late"\nowner = "Harbour Media"\n'
        'tags = ["coast", "press"]\nlinks = "/world/\\\\d+"\n\n'
        '[[source]]\nname = "Letters"\nurl = "/var/mail/desk"\nkind = "mail"\n'
    )


def test_a_source_without_a_name_is_called_after_its_address() -> None:
    assert source_of({"url": "https://www.courier.example/feed"}).name == "courier.example"
    assert source_of({"url": "/srv/news", "kind": "files"}).name == "news"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({}, "A source needs its url"),
        ({"url": "courier.example/feed"}, "courier.example/feed is not a web address"),
        ({"url": "file:///etc/passwd"}, "file:///etc/passwd is not a web address"),
        ({"url": "https://a.example", "kind": "mail"}, "is an address, and a source of kind mail is a file or folder"),
        ({"url": "https://a.example", "kind": "fed"}, f"There is no kind of source 'fed': the kinds are {KINDS[0]}"),
        ({"url": "https://a.example", "country": "ke"}, "give three letters of ISO 3166-1, such as KEN"),
        ({"url": "https://a.example", "language": "English!"}, "give a language tag"),
        ({"url": "https://a.example", "links": "("}, "'(' is not a pattern of links"),
        ({"url": "https://a.example", "tags": "coast"}, "give a list of words"),
        ({"url": 7}, "give words in quotation marks"),
        ({"url": "https://a.example", "colour": "red"}, "A source has no field colour: the fields are name, url"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_remedy(table: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError) as caught:
        source_of(table)
    assert says in str(caught.value)


def test_all_that_is_wrong_with_a_file_is_told_at_once() -> None:
    text = toml_of([COURIER, replace(COURIER, name="Other")]) + '[[source]]\nurl = "x"\n'
    with pytest.raises(SourcesError) as caught:
        sources_of(text, "a.toml")
    assert str(caught.value).splitlines() == [
        "a.toml, source 3: x is not a web address: give one that begins with http:// or https://, or for a folder the "
        "kind (mail, files, warc).",
        "a.toml: https://courier.example/feed is there twice, as 'The Harbour Courier' and as 'Other'.",
    ]


@pytest.mark.parametrize("text", ["[[source", "source = 7"])
def test_a_file_that_holds_no_sources_is_refused(text: str) -> None:
    with pytest.raises(SourcesError, match=r"^a\.toml"):
        sources_of(text, "a.toml")


def test_two_sources_of_one_name_are_told() -> None:
    assert list(repeated([COURIER, replace(WIRE, name="the harbour courier")])) == [
        "Two sources are called 'the harbour courier': https://courier.example/feed and https://wire.example/sitemap.xml."
    ]


# ---------------------------------------------------------------- OPML


@given(declared(_CLEAN.filter(lambda text: not set(text) & set(",/"))))
def test_what_goes_out_as_opml_comes_back_whole(sources: list[Source]) -> None:
    back, left_out = sources_of_opml(opml_of(sources), "a.opml")
    assert left_out == []
    assert sorted(back, key=str) == sorted(sources, key=str)


def test_folders_are_tags() -> None:
    found, left_out = sources_of_opml(
        b"""<opml version="1.0"><head><title>Mine</title></head><body>
        <outline text="Press"><outline title="Coast">
          <outline text="Courier" type="rss" xmlUrl="https://courier.example/feed" category="/world/asia,daily"/>
        </outline></outline>
        <outline text="Again"><outline text="C" xmlUrl="https://courier.example/feed"/></outline>
        <outline text="Courier" xmlUrl="https://other.example/feed"/>
        <outline text="Page" type="link" url="https://a.example"/>
        <outline text="Bad" xmlUrl="feed:nothing"/></body></opml>""",
        "a.opml",
    )
    assert [(each.name, each.url, each.tags) for each in found] == [
        ("Courier", "https://courier.example/feed", ("Press", "Coast", "world/asia", "daily", "Again")),
        ("Courier (https://other.example/feed)", "https://other.example/feed", ()),
    ]
    assert left_out == [
        "feed:nothing is not a web address: give one that begins with http:// or https://, or for a folder the kind "
        "(mail, files, warc)."
    ]


def test_a_list_for_other_readers_has_a_folder_for_each_first_tag() -> None:
    out = opml_of([COURIER, WIRE, MAIL]).decode()
    assert out.count("<outline") == 5
    assert '<outline text="coast">' in out
    assert 'xmlUrl="https://courier.example/feed" category="coast,press"' in out


@pytest.mark.parametrize(
    "content", [b"", b"<rss/>", b"<opml/>", b"not xml", b"<opml><body>" + b"<outline text='a'>" * 5_000, b"\xff\xfe"]
)
def test_what_is_no_opml_is_refused_or_empty(content: bytes) -> None:
    try:
        assert sources_of_opml(content, "a.opml") == ([], [])
    except SourcesError as error:
        assert str(error) == "a.opml is not OPML: export the list of feeds from your reader again."
