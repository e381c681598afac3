"""Local web servers, one host for each of many feeds. All papers, places and events are invented."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

_SENTENCES = (
    "Orvania recalled its ambassador from Teskia on Tuesday, hours after shells fired from across the border killed "
    "two farmers near the village of Dorn, the foreign ministry said.",
    "Foreign Minister Ilse Varga told reporters that her government would not return to the talks before the "
    "batteries on the ridge were withdrawn and an inquiry had begun.",
    "Teskia denied that its army had fired, and offered to open the logs of the border guard to the mission, which "
    "has kept 120 observers along the river since the ceasefire of 2019.",
    "At noon the crossing was closed to lorries, and by evening some two hundred of them stood on the road to the "
    "coast.",
    "Diplomats of a third state said that they would carry messages if they were asked to, and that nobody had asked.",
)
_HTML, _RSS = "text/html; charset=utf-8", "application/rss+xml"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    items = 20

    def do_GET(self) -> None:
        """The feed, an article, or nothing."""
        if self.path == "/feed":
            self._answer(200, _RSS, self._feed())
        elif self.path.startswith("/story/"):
            self._answer(200, _HTML, self._story(self.path.removeprefix("/story/")))
        else:
            self._answer(404, "text/plain", "")

    def _feed(self) -> str:
        host = self.headers["Host"]
        items = "".join(
            f"<item><title>Story {number} of {host}</title><link>http://{host}/story/{number}</link>"
            f"<pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate></item>"
            for number in range(self.items)
        )
        return f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'

    def _story(self, number: str) -> str:
        title = f"Story {number} of {self.headers['Host']}"
        paragraphs = "".join(
            f"<p>{sentence} That is paragraph {n} of {title}.</p>" for n in range(3) for sentence in _SENTENCES
        )
        links = "".join(
            f'<li><a href="/story/{n}">Another headline, number {n}, of the day</a></li>' for n in range(30)
        )
        return (
            f'<!DOCTYPE html><html><head><title>{title}</title><meta property="article:published_time" '
            f'content="2025-03-04T08:00:00Z"></head><body><nav><ul>{links}</ul></nav><main><article><h1>{title}</h1>'
            f"{paragraphs}</article></main><footer><p>All rights reserved.</p></footer></body></html>"
        )

    def _answer(self, status: int, media_type: str, text: str) -> None:
        body = text.encode()
        tag = f'"{len(body)}"'
        unchanged = status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if unchanged else status)
        if status == 200:
            self.send_header("ETag", tag)
        if not unchanged:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def server_bind(self) -> None:
        """Without the look-up of the host's name, which takes long."""
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]


def serve(feeds: int, items: int, told: Connection) -> None:
    """Serves until `told` hears something; first sends the addresses of the feeds. Any 127.x.y.z is this machine."""
    _Handler.items = items
    server = _Server(("0.0.0.0", 0), _Handler)  # noqa: S104 - all of 127.0.0.0/8, which has no name of its own
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    told.send([f"http://127.1.{number // 250}.{number % 250 + 1}:{port}/feed" for number in range(feeds)])
    told.recv()
