"""One article from the web, fetched with limits on time, size, redirects, and where it may lead."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import date
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

import httpcore
import httpx

from legation.collect.address import (
    CheckedBackend,
    Deadline,
    IPAddress,
    RefusedAddressError,
    Resolve,
    UnknownHostError,
    is_anywhere,
    is_public,
    resolve,
)
from legation.collect.inflate import CODINGS, CodingError, decoded
from legation.errors import FetchError, TooLargeError
from legation.records import Article

__all__ = ["fetch", "is_anywhere", "is_public"]

SECONDS = 30.0
MAX_REDIRECTS = 5

_READABLE = {
    "application/octet-stream",
    "application/pdf",
    "application/xhtml+xml",
    "message/rfc822",
    "text/html",
    "text/markdown",
    "text/plain",
}
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)


def fetch(
    url: str,
    max_bytes: int,
    *,
    published: date | None = None,
    allow: Callable[[IPAddress], bool] = is_public,
    seconds: float = SECONDS,
    find: Resolve = resolve,
) -> Article:
    """The article at `url`, an http or https address, its content codings undone.

    All of it, redirects included, takes at most `seconds`; the content has at most `max_bytes`; `allow`
    says which addresses may be visited, and `find` gives the addresses of a host. The article's `url`
    is the one that answered in the end. Raises FetchError or TooLargeError.
    """
    try:
        with (
            _client(CheckedBackend(allow, Deadline(seconds), find)) as client,
            client.stream("GET", url) as response,
        ):
            _check(url, response)
            content = _body(url, response, max_bytes)
    except _FAILURES as error:
        raise FetchError(_why_failed(url, error, seconds), subject=url) from error
    except (httpcore.ProtocolError, CodingError) as error:
        raise FetchError(f"{url} gave an answer that is damaged: {error}.", subject=url) from error
    except RefusedAddressError as error:
        message = f"{url} is not fetched: {error} is an address of this machine or a private network."
        raise FetchError(message, subject=url) from error
    except UnknownHostError as error:
        raise FetchError(f"{url} cannot be fetched: no address is known for {error}.", subject=url) from error
    media_type, charset = _content_type(response)
    return Article(
        name=url,
        content=content,
        media_type=media_type,
        charset=charset,
        url=str(response.url),
        published=published,
    )


class _Transport(httpx.BaseTransport):
    """httpx over a connection pool whose connections the given backend opens."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        # The user's certificates count (SSL_CERT_FILE); proxies have no part here, as no pool knows any.
        self._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        target = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(httpcore.Request(request.method, target, headers=request.headers.raw))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _client(backend: httpcore.NetworkBackend) -> httpx.Client:
    return httpx.Client(
        transport=_Transport(backend),
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        trust_env=False,
        headers={
            "User-Agent": f"Legation/{_version()} (+https://pypi.org/project/legation/)",
            "Accept": "text/html,application/xhtml+xml,text/plain,application/pdf;q=0.9,*/*;q=0.1",
            "Accept-Encoding": CODINGS,
        },
    )


def _version() -> str:
    try:
        return version("legation")
    except PackageNotFoundError:
        return "0"


def _check(url: str, response: httpx.Response) -> None:
    """Raise FetchError unless the answer is one that can hold an article."""
    if not 200 <= response.status_code < 300:
        raise FetchError(f"{url} answered {_status(response.status_code)}.", subject=url)
    media_type, _ = _content_type(response)
    if media_type is not None and media_type not in _READABLE:
        raise FetchError(f"{url} answered with {media_type}, which is not an article.", subject=url)


def _status(code: int) -> str:
    try:
        return f"{code} ({HTTPStatus(code).phrase})"
    except ValueError:
        return str(code)


def _content_type(response: httpx.Response) -> tuple[str | None, str | None]:
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type or None, response.charset_encoding


def _body(url: str, response: httpx.Response, max_bytes: int) -> bytes:
    body = bytearray()
    for piece in decoded(response.iter_raw(), response.headers.get("Content-Encoding", "")):
        body += piece
        if len(body) > max_bytes:
            megabytes = max_bytes / 1_000_000
            raise TooLargeError(
                f"{url} is larger than {megabytes:g} MB, the most Legation reads of one article.", subject=url
            )
    return bytes(body)


def _why_failed(url: str, error: Exception, seconds: float) -> str:
    if isinstance(error, httpx.TooManyRedirects):
        return f"{url} redirects more than {MAX_REDIRECTS} times."
    if isinstance(error, (httpx.InvalidURL, httpx.LocalProtocolError)):
        return f"{url} is not a web address."
    if isinstance(error, (httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol)):
        return f"{url} leads to an address that is neither http nor https."
    if isinstance(error, (httpcore.TimeoutException, httpx.TimeoutException)):
        return f"{url} did not answer in full within {seconds:g} seconds."
    if _is_tls(error):
        return f"{url} has no secure connection that can be trusted: {error}."
    return f"{url} cannot be reached: {error}."


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
