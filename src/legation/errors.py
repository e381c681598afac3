"""Every error Legation raises.

LegationError                 base: one sentence for the user, and the subject it is about
├── UsageError                the request itself is wrong (exit code 2)
│   └── DateError             a date that is not one
├── CollectError              the source could not be had
│   ├── SourceNotFoundError   no such file, or a folder where a file was meant
│   ├── FetchError            a URL failed, or answered with something else
│   └── TooLargeError         over a stated limit
├── IncompleteError           a run over many that could not go on (exit code 3)
├── RegistryError             entries of the registry of names that cannot be taken
├── SourcesError              a list of sources that cannot be taken
├── RunningError              another process collects for the same desk
├── IssuesError               issues of a user's file that cannot be taken
├── StoreError                the desk's store cannot be used
│   ├── NoDeskError           there is no desk in this place (exit code 2)
│   ├── StoreBusyError        another process is writing, and went on for too long
│   ├── StoreDamagedError     the database file is not one, or no longer whole
│   └── StoreRevisionError    the store is of an older or a newer version of Legation
└── ModelError                the language model is missing or broken

What is wrong with one article (empty, not English, undated) is no error: it travels with the article
as a `Rejection`, so that a run over many never stops for one.
"""

from __future__ import annotations


class LegationError(Exception):
    """Base of all. `str(error)` is a sentence for the user that names its subject."""

    exit_code = 1

    def __init__(self, message: str, *, subject: str | None = None) -> None:
        super().__init__(message)
        self.subject = subject


class UsageError(LegationError):
    """The request is wrong: an option or argument that cannot be meant."""

    exit_code = 2


class DateError(UsageError):
    """A date that is not one."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given!r} is not a date. Give the day of publication as YYYY-MM-DD, for example 2024-04-03.",
            subject=given,
        )


class CollectError(LegationError):
    """The source could not be had."""


class SourceNotFoundError(CollectError):
    """No such file, or not a file."""


class FetchError(CollectError):
    """A URL failed, or answered with something that is not an article.

    `reason` is the short name of what went wrong, as `sources.FailureReason` lists them; `status` is that of the
    answer, and `retry_after` the value of its header, where there was one.
    """

    def __init__(
        self,
        message: str,
        *,
        subject: str | None = None,
        reason: str = "unreachable",
        status: int | None = None,
        retry_after: str | None = None,
    ) -> None:
        super().__init__(message, subject=subject)
        self.reason, self.status, self.retry_after = reason, status, retry_after


class TooLargeError(CollectError):
    """Over a limit; the sentence names the limit."""


class IncompleteError(LegationError):
    """A run over many articles that had to stop; what it wrote is whole, and it can be gone on with."""

    exit_code = 3


class RegistryError(LegationError):
    """Entries for the registry of names that cannot be taken; a sentence for each line that is wrong."""


class SourcesError(LegationError):
    """A list of sources that cannot be taken; a sentence for each thing that is wrong."""


class RunningError(LegationError):
    """Another process collects for the same desk."""


class IssuesError(LegationError):
    """Issues of a user's own that cannot be taken; a sentence for each line that is wrong."""


class StoreError(LegationError):
    """The desk's store cannot be opened, read or written."""


class NoDeskError(StoreError):
    """There is no desk where one was looked for."""

    exit_code = 2


class StoreBusyError(StoreError):
    """Another process holds the store for too long."""


class StoreDamagedError(StoreError):
    """The database is not one, or no longer whole."""


class StoreRevisionError(StoreError):
    """The store was made by an older or a newer version of Legation."""


class ModelError(LegationError):
    """The language model is missing, damaged, or of another version."""
