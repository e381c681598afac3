"""The papers of the demo desk on this machine: one server, whose clock is set from outside."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from examples.desk.pages import Page, feed_path, page_at
from examples.desk.stories import Feed, News


class Asked(NamedTuple):
    """A request, and how it was answered."""

    path: str
    status: int


class NewsServer:
    """Serves what the papers had published by `moment`, which may be set at any time. `asked` has all requests.

    It listens on 127.0.0.1 only, while used as a context.
    """

    def __init__(self, news: News, moment: datetime) -> None:
        self.news, self.moment = news, moment
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def home(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, feed: Feed) -> str:
        """The address of a feed."""
        return self.home + feed_path(feed)

    def __enter__(self) -> NewsServer:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def is_unchanged(page: Page, headers: Message[str, str]) -> bool:
    """Whether a request says that it has the page already (RFC 9110: where there is an ETag, the date is not asked)."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or page.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    try:
        since = parsedate_to_datetime(headers.get("If-Modified-Since") or "")
        return page.changed <= since
    except (ValueError, TypeError):
        return False


def _handler(server: NewsServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """A feed, a page, or nothing."""
            path = self.path.partition("?")[0]
            page = page_at(server.news, path, server.moment, server.home)
            status = 404 if page is None else 304 if is_unchanged(page, self.headers) else 200
            server.asked.append(Asked(path, status))
            with suppress(BrokenPipeError, ConnectionResetError):
                self._answer(status, page)

        def _answer(self, status: int, page: Page | None) -> None:
            self.send_response(status)
            if page is not None:
                self.send_header("ETag", page.etag)
                self.send_header("Last-Modified", page.last_modified)
            body = page.body if page is not None and status == 200 else b""
            if page is not None and status == 200:
                self.send_header("Content-Type", page.media_type)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing: `asked` tells."""

    return Handler
