"""The news of the demo desk: the files that ship are right, others are taken as written or refused with line and remedy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.desk.stories import FOLDER, Article, News, StoriesError, load_news, parse_feeds, parse_stories

FIRST = """= id: coast-post/dam-1
= feed: coast-post
= published: 2031-03-02T06:30:00Z
= title: Valdoria opens the dam
= byline: -
= copy_of: -

Valdoria opened the dam on Sunday.

Kestria "regrets" it,
its minister said.
"""
FEEDS = """[[feed]]
id = "coast-post"
name = "The Coast Post"
kind = "rss"
layout = "wire"
country = "XVA"
owner = "Coast"
"""
COPY = (
    FIRST.replace("dam-1", "dam-2")
    .replace("copy_of: -", "copy_of: coast-post/dam-1")
    .replace("byline: -", "byline: Ann")
)
LATER = FIRST.replace("= feed", "= version: 2\n= feed").replace("06:30", "09:00").replace("opens", "shuts")


def load(folder: Path, *files: str, feeds: str = FEEDS) -> News:
    (folder / "stories").mkdir(exist_ok=True)
    (folder / "feeds.toml").write_text(feeds, encoding="utf-8")
    for number, text in enumerate(files):
        (folder / "stories" / f"{number}.txt").write_text(text, encoding="utf-8")
    return load_news(folder)


def test_the_news_that_ships_is_whole() -> None:
    news = load_news()
    assert (len(news.feeds), {feed.kind for feed in news.feeds}) == (12, {"rss", "atom", "jsonfeed"})
    assert len(news.versions) >= 300
    assert sum(versions[0].copy_of is not None for versions in news.versions.values()) >= 60
    assert sum(len(versions) > 1 for versions in news.versions.values()) >= 15
    assert all(
        datetime(2031, 3, 1, tzinfo=UTC) < each.published < datetime(2031, 5, 1, tzinfo=UTC) for each in news.articles
    )


def test_its_readme_counts_right_and_says_that_it_is_invented() -> None:
    news, readme = load_news(), (FOLDER / "README.md").read_text(encoding="utf-8")
    files = len(list((FOLDER / "stories").glob("*.txt")))
    assert files == 60
    assert f"Sixty stories, {len(news.versions)} articles, twelve papers and agencies" in readme
    assert "all of it is invented" in readme


def test_articles_are_read_with_their_versions_and_copies(tmp_path: Path) -> None:
    news = load(tmp_path, FIRST + "\n" + LATER, COPY)
    first, later, copy = news.articles
    assert first.paragraphs == ("Valdoria opened the dam on Sunday.", 'Kestria "regrets" it, its minister said.')
    assert (first.title, first.byline, first.copy_of, first.version) == ("Valdoria opens the dam", None, None, 1)
    assert (later.version, later.title, copy.byline, copy.copy_of) == (2, "Valdoria shuts the dam", "Ann", first.id)
    assert [each.place for each in (first, later, copy)] == ["0.txt, line 1", "0.txt, line 13", "1.txt, line 1"]
    assert [article.title for article in news.at(first.published)] == ["Valdoria opens the dam"] * 2
    assert news.at(first.published - timedelta(seconds=1)) == []
    assert {article.title for article in news.at(later.published)} == {
        "Valdoria shuts the dam",
        "Valdoria opens the dam",
    }


def test_a_file_of_another_system_is_read_alike() -> None:
    assert parse_stories("\ufeff" + FIRST.replace("\n", "\r\n"), "n") == parse_stories(FIRST, "n")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("= id: coast-post/dam-1\n", "", 1, "words before an article. Begin with a line"),
        ("= id: coast-post/dam-1", "= id: Coast Post", 1, "is no id. Write the feed, a slash"),
        ("= feed: coast-post\n", "", 1, "lacks its feed. Add a line `= feed: ...`"),
        ("= feed: coast-post", "= feed: other", 2, "the id begins with coast-post. Let them agree"),
        ("2031-03-02T06:30:00Z", "2 March 2031", 3, "is no moment. Write it as 2031-03-02T06:30:00Z"),
        ("2031-03-02T06:30:00Z", "2031-02-30T06:30:00Z", 3, "is no moment"),
        ("= title: Valdoria opens the dam", "= title:", 4, "title says nothing. Write"),
        ("= byline: -", "= author: -", 5, "there is no header 'author'. The headers are id,"),
        ("= copy_of: -", "= title: Again", 6, "a second title. Delete one"),
        ("= copy_of: -\n\n", "= copy_of: -\n", 7, "words right under the headers. Put a blank line"),
        ("Kestria", "= Kestria", 10, "a header within a body"),
        ("Kestria", "Kest\0ria", 10, "U+0000, which no page can show. Delete it"),
        ("Kestria", "Kest\ufffeia", 10, "U+FFFE"),
        ("= feed", "= version: 1\n= feed", 2, "is no later version. Write 2"),
        ("= feed", "= version: two\n= feed", 2, "is no later version"),
    ],
)
def test_a_mistake_is_refused_with_its_line_and_a_remedy(old: str, new: str, line: int, said: str) -> None:
    assert old in FIRST
    with pytest.raises(StoriesError) as raised:
        parse_stories(FIRST.replace(old, new, 1), "dam.txt")
    assert any(each.startswith(f"dam.txt, line {line}: ") and said in each for each in str(raised.value).split("\n"))


def test_an_article_without_words_is_refused() -> None:
    with pytest.raises(StoriesError, match=r"^dam.txt, line 1: the article has no body. Write it"):
        parse_stories(FIRST[: FIRST.index("Valdoria opened")], "dam.txt")
    with pytest.raises(StoriesError, match=r"^dam.txt, line 1: there is no article. Begin one"):
        parse_stories("\n\n", "dam.txt")


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(StoriesError) as raised:
        parse_stories(FIRST.replace("= byline: -\n", "") + COPY.replace("2031", "31"), "dam.txt")
    assert [fault.partition(":")[0] for fault in str(raised.value).split("\n")] == [
        "dam.txt, line 1",
        "dam.txt, line 13",
    ]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "There are no articles in"),
        ([FIRST, FIRST], "1.txt, line 1: coast-post/dam-1 is there twice, see 0.txt, line 1"),
        ([COPY], "there is no article coast-post/dam-1 to copy"),
        ([FIRST.replace("copy_of: -", "copy_of: coast-post/dam-1")], "it is a copy of itself"),
        ([FIRST.replace("06:30", "07:30"), COPY], "it came out before coast-post/dam-1, which it copies"),
        ([LATER], "coast-post/dam-1 lacks version 1, before its version 2"),
        ([FIRST, LATER.replace("09:00", "06:30")], "it did not come out after version 1"),
        (
            [FIRST, COPY, LATER.replace("copy_of: -", "copy_of: coast-post/dam-2")],
            "its copy_of is not that of version 1",
        ),
        ([FIRST.replace("coast-post", "hill-post")], "there is no feed hill-post. Add it to feeds.toml"),
    ],
)
def test_articles_that_do_not_fit_each_other_are_refused(files: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(StoriesError) as raised:
        load(tmp_path, *files)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[feed]]", "[[feed]", "feeds.toml is not TOML"),
        ("[[feed]]", "[feed]", "write each feed as a table [[feed]]"),
        ('"rss"', '"gopher"', "feed 1: there is no kind 'gopher'. Give one of rss, atom, jsonfeed"),
        ('"wire"', '"plain"', "there is no layout 'plain'"),
        ("owner", "publisher", "it has no field publisher"),
        ('owner = "Coast"', "", "it lacks its owner"),
        ('owner = "Coast"', 'owner = "Coast"\nagency = "yes"', "agency is neither true nor false"),
    ],
)
def test_a_wrong_list_of_feeds_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(StoriesError) as raised:
        parse_feeds(FEEDS.replace(old, new), "feeds.toml")
    assert said in str(raised.value)


def test_two_feeds_of_one_id_are_refused() -> None:
    with pytest.raises(StoriesError, match="two feeds have the id coast-post"):
        parse_feeds(FEEDS + FEEDS, "feeds.toml")


@given(
    st.text()
    | st.lists(st.sampled_from([*FIRST.split("\n"), "= id: a/b-1", "= ", "=", "= :", "\ud800"])).map("\n".join)
)
def test_any_file_is_read_or_refused(text: str) -> None:
    try:
        articles = parse_stories(text, "wild.txt")
    except StoriesError as error:
        assert all(fault.startswith("wild.txt, line ") for fault in str(error).split("\n"))
    else:
        assert articles
        assert all(article.paragraphs and article.title for article in articles)


# Words as articles have them: a line break within would be another line, and "= " at the front a header.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))).filter(
    lambda text: text not in ("", "-", "=")
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(
    st.lists(st.tuples(LINES, st.none() | LINES, st.lists(LINES, min_size=1, max_size=3), st.datetimes()), min_size=1)
)
def test_what_is_written_is_read(told: list[tuple[str, str | None, list[str], datetime]]) -> None:
    written = []
    for number, (title, byline, paragraphs, at) in enumerate(told, 1):
        published = at.replace(year=2031, day=1, microsecond=0, tzinfo=UTC)
        written.append(Article(f"a-b/c-{number}", "a-b", published, title, tuple(paragraphs), byline))
    assert parse_stories("\n".join(map(_as_text, written)), "n") == written


def _as_text(article: Article) -> str:
    return (
        f"= id: {article.id}\n= feed: {article.feed}\n= published: {article.published:%Y-%m-%dT%H:%M:%SZ}\n"
        f"= title: {article.title}\n= byline: {article.byline or '-'}\n= copy_of: -\n\n"
        + "\n\n".join(article.paragraphs)
        + "\n"
    )
