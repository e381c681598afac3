"""The records of a shard, many articles read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from legation.batch.reading import KILLED, MOST_TOGETHER, At, Outcome, Task, read_records
from legation.batch.shards import Shard
from legation.errors import ModelError
from legation.formats.report_json import report_to_json
from legation.pipeline import Reader
from legation.records import Article, Reading, Record, Rejection, Text

NEWS = (
    "Peru recalled its ambassador from Quito on Monday.",
    "The United States and Japan signed a defence treaty in Tokyo. Protesters burned flags outside the embassy.",
    "Mali's junta expelled the French ambassador, the foreign ministry in Bamako said on Tuesday in a statement that "
    "accused Paris of arming rebels in the north, and gave him three days to leave the country with his family.",
    "Rebels shelled the airport of Goma at dawn, killing nine people, a United Nations official said.",
)
DAY = date(2024, 4, 3)


def shard(*contents: Article | Text | None) -> Shard:
    empty = Rejection("no_text", "It has no text.")
    return Shard(0, tuple(Record(f"line {n}", c, None if c else empty) for n, c in enumerate(contents, 1)))


def texts(count: int) -> list[Text]:
    """Articles of one to four sentences, all different."""
    return [
        Text(" ".join(NEWS[n % 4 :] + NEWS[: n % 3]) + f" It was day {n}.", "A day", None, None, DAY)
        for n in range(count)
    ]


def outcomes(task: Task, reader: Reader, told: list[At] | None = None) -> list[Outcome]:
    return list(read_records(task, reader, (told if told is not None else []).append))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(threads=1)


def test_an_article_reads_the_same_alone_and_among_others(reader: Reader) -> None:
    given = texts(12)
    together = [outcome.report for outcome in outcomes(Task(shard(*given)), reader)]
    for text, report in zip(given, together, strict=True):
        assert report is not None
        assert report_to_json(report) == report_to_json(reader.read(text.body, published=DAY, title=text.title))


def test_outcomes_come_in_order_with_those_that_are_not_read_in_their_place(reader: Reader) -> None:
    mixed: list[Article | Text | None] = [
        *texts(2),
        None,
        Text("Der Kanzler sprach gestern mit dem Präsidenten über Getreide."),
        Article("a.gif", b"GIF89a"),
        *texts(1),
    ]
    found = outcomes(Task(shard(*mixed)), reader)
    assert [outcome.record.place for outcome in found] == [f"line {n}" for n in range(1, 7)]
    reasons = [outcome.rejection.reason if outcome.rejection else None for outcome in found]
    assert reasons == [None, None, "no_text", "not_english", "not_text", None]
    assert [outcome.report is None for outcome in found] == [False, False, True, False, False, False]


def test_a_shard_without_a_text_needs_no_model() -> None:
    reader = Reader(threads=1)
    assert [outcome.rejection for outcome in outcomes(Task(shard(None)), reader)] == [
        Rejection("no_text", "It has no text.")
    ]
    assert "_stage" not in vars(reader)


class Watched(Reader):
    """A reader that reads nothing, notes what it is given together, and fails where a text says so."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__(1)
        self.groups: list[list[str]] = []
        self._error = error or ValueError("seven")

    def readings_of(self, texts: Sequence[Text]) -> list[Reading]:
        self.groups.append([text.body[-8:] for text in texts])
        if any("fails" in text.body for text in texts):
            raise self._error
        return super().readings_of([])

    def text_of(self, content: Article | Text) -> Text:
        assert isinstance(content, Text)
        if "unreadable" in content.body:
            raise self._error
        return content


def long(name: str) -> Text:
    return Text("x" * (MOST_TOGETHER // 2) + name)


def test_so_many_articles_are_read_together_as_memory_allows() -> None:
    reader = Watched()
    with pytest.raises(ValueError, match="zip"):
        outcomes(Task(shard(*(long(f" article{n}") for n in range(1, 6)))), reader)
    assert reader.groups[0] == ["article1", "article2"]


def test_where_a_reading_fails_each_is_read_for_itself_and_only_the_culprit_is_rejected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = Reader(threads=1)
    plain = Reader.readings_of

    def failing(self: Reader, texts: Sequence[Text]) -> list[Reading]:
        if any("fails" in text.body for text in texts):
            raise ValueError("seven")
        return plain(self, texts)

    monkeypatch.setattr(Reader, "readings_of", failing)
    told: list[At] = []
    one, two, three = outcomes(Task(shard(Text(NEWS[0]), Text(NEWS[1] + " It fails."), Text(NEWS[2]))), real, told)
    assert one.report is not None and three.report is not None
    assert two.report is None and two.rejection is not None
    assert two.rejection.reason == "failed" and "ValueError: seven" in two.rejection.message
    assert told == [(0,), (1,), (2,), (0, 1, 2), (0,), (1,), (2,), (0,), (1,), (2,)]


def test_an_article_that_cannot_be_opened_is_rejected_with_what_happened() -> None:
    (outcome,) = outcomes(Task(shard(Text("unreadable"))), Watched())
    assert outcome.rejection is not None and "ValueError: seven" in outcome.rejection.message


@pytest.mark.parametrize("error", [ModelError("It is damaged."), OSError(28, "No space left on device")])
@pytest.mark.parametrize("words", ["unreadable", "It fails."])
def test_a_damaged_model_or_a_full_disk_is_not_the_articles_fault(error: Exception, words: str) -> None:
    with pytest.raises(type(error)):
        outcomes(Task(shard(Text(words))), Watched(error))


def test_what_killed_a_worker_twice_is_left_out_and_what_was_beside_it_is_read_alone(reader: Reader) -> None:
    told: list[At] = []
    task = Task(shard(*texts(5)), skipped=frozenset({1}), alone=frozenset({2}))
    found = outcomes(task, reader, told)
    assert [outcome.rejection for outcome in found] == [None, KILLED, None, None, None]
    assert [at for at in told if at == (0,) or len(at) > 1 or at == (2,)] == [
        (0,),
        (2,),
        (0,),
        (0,),
        (2,),
        (2,),
        (3, 4),
    ]
