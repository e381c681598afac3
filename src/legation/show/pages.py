"""What the pages share: they ask nothing of the network, run no script, and escape all that comes from articles."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from legation.show.display import harmless, one_line

SHARED = PackageLoader("legation.show")
"""Where the head of a page and its colours lie."""


def environment(loader: BaseLoader, wording: Any) -> Environment:
    """The templates of a loader; `wording` is the module with the words they ask for."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["wording"] = wording
    made.filters.update(one_line=one_line, safe_link=safe_link)
    return made


def _finalized(value: Any) -> Any:
    return harmless(value) if type(value) is str else value


def styled(templates: Environment, sheets: Iterable[str], rules: Iterable[str]) -> dict[str, Any]:
    """What the head of a page needs of its style, some sheets and rules of its own: the style, and the hash by which
    the page's policy knows it."""
    loader = templates.loader
    assert loader is not None
    style = "".join([*(loader.get_source(templates, sheet)[0] for sheet in sheets), *rules])
    return {"style": Markup(style), "style_hash": b64encode(sha256(style.encode()).digest()).decode()}


def safe_link(url: str | None) -> str | None:
    """The address if a browser may be sent there, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
