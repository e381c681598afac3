"""Web servers on the loopback address for tests of what is fetched: their pages are set by tests, their requests remembered.

All papers, places and events here are invented.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[[BaseHTTPRequestHandler], None]
RSS_TYPE = ("Content-Type", "application/rss+xml")
HTML_TYPE = ("Content-Type", "text/html; charset=utf-8")


@dataclass
class Site:
    """One web server. `requests` has the path and headers of each request, in their order."""

    server: ThreadingHTTPServer
    host: str
    pages: dict[str, Reply] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where the server listens."""
        return int(self.server.server_address[1])

    def url(self, path: str, host: str | None = None) -> str:
        """The address of a page."""
        return f"http://{host or self.host}:{self.port}{path}"

    def page(self, path: str, body: bytes | str, *headers: tuple[str, str], status: int = 200) -> str:
        """Sets a page; an ETag among its headers is honoured."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda request: answer(request, status, content, *headers)
        return self.url(path)

    def redirect(self, path: str, to: str) -> str:
        """Sets a page that leads elsewhere for now."""
        return self.page(path, b"", ("Location", to), status=302)

    def asked(self, path: str) -> int:
        """How often a page was asked for."""
        return sum(each == path for each, _ in self.requests)


def answer(request: BaseHTTPRequestHandler, status: int, body: bytes, *headers: tuple[str, str]) -> None:
    """Answers as an ordinary server does, with 304 where the validators say so."""
    tags = dict(headers)
    fresh = (
        tags.get("ETag") is not None and request.headers.get("If-None-Match") == tags["ETag"],
        tags.get("Last-Modified") is not None and request.headers.get("If-Modified-Since") == tags["Last-Modified"],
    )
    request.send_response(304 if status == 200 and any(fresh) else status)
    for name, value in headers:
        request.send_header(name, value)
    if status != 200 or not any(fresh):
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
    else:
        request.end_headers()


def _missing(request: BaseHTTPRequestHandler) -> None:
    answer(request, 404, b"not here")


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """A server without pages: what is not set is 404."""
    site = Site(ThreadingHTTPServer((host, 0), BaseHTTPRequestHandler), host)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            with suppress(BrokenPipeError, ConnectionResetError):
                site.pages.get(self.path, _missing)(self)

        def log_message(self, *_: object) -> None:
            pass

    site.server.RequestHandlerClass = Handler
    site.server.daemon_threads = True
    threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()


def story(title: str, *paragraphs: str, day: str = "2031-03-04") -> str:
    """The page of an invented article."""
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs or PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>{escape(title)}</title>"
        f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(title)}">'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head>'
        f"<body><main><article><h1>{escape(title)}</h1>{body}</article></main></body></html>"
    )


def rss(*entries: str, title: str = "The Harbour Courier") -> str:
    """An RSS feed of entries, as `entry` makes them."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(entries)}</channel></rss>'


def entry(link: str, title: str, *, guid: str | None = None, date: str = "Tue, 04 Mar 2031 08:00:00 GMT") -> str:
    """An entry of an RSS feed."""
    stated = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{guid or link}</guid>{stated}</item>"


PARAGRAPHS = (
    "Orvania recalled its ambassador from Teskia on Tuesday, hours after shells fired from across the border killed "
    "two farmers near the village of Dorn, the foreign ministry said in a statement read on the radio.",
    "Foreign Minister Ilse Varga told reporters that her government would not return to the talks before the batteries "
    "on the ridge were withdrawn and an inquiry by the monitoring mission had begun its work.",
    "Teskia denied that its army had fired and offered to open the archives of the border guard to the mission, which "
    "has kept 120 observers along the river since the ceasefire of 2019.",
)
