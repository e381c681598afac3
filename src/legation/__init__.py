"""Legation reads a news article: who did what to whom, when and where, and who said what.

>>> import legation
>>> report = legation.read("The minister flew to Lima on Tuesday.", published="2024-04-03")
>>> report.article.published
'2024-04-03'
>>> [place.text for place in report.places]
['Lima']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# Importing a subpackage sets its name on its parent, so `legation.read.reader`, loaded at the first reading,
# would put the package `read` in the place of the function. Loaded before it, the package never does.
import legation.read as _read_stage  # noqa: F401
from legation.errors import (
    CollectError,
    DateError,
    FetchError,
    LegationError,
    ModelError,
    NoDeskError,
    SourceNotFoundError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreRevisionError,
    TooLargeError,
    UsageError,
)
from legation.pipeline import Reader, read, read_source
from legation.records import (
    Article,
    ArticleInfo,
    DateExpression,
    Entity,
    EntitySpan,
    Event,
    EventDate,
    Magnitude,
    ModelInfo,
    Place,
    Position,
    Rejection,
    Report,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from legation.desk.folder import Desk

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticleInfo",
    "CollectError",
    "DateError",
    "DateExpression",
    "Desk",
    "Entity",
    "EntitySpan",
    "Event",
    "EventDate",
    "FetchError",
    "LegationError",
    "Magnitude",
    "ModelError",
    "ModelInfo",
    "NoDeskError",
    "Place",
    "Position",
    "Reader",
    "Rejection",
    "Report",
    "SourceNotFoundError",
    "Span",
    "Statement",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreRevisionError",
    "TooLargeError",
    "UsageError",
    "__version__",
    "read",
    "read_source",
]


def __getattr__(name: str) -> Any:
    """`Desk`, which brings a database toolkit with it, is loaded when it is first asked for."""
    if name == "Desk":
        from legation.desk.folder import Desk

        return Desk
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
