"""One request over HTTP, with limits on time, size, redirects, and where it may lead."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

import httpcore
import httpx

from legation.collect.address import (
    CheckedBackend,
    Deadline,
    IPAddress,
    RefusedAddressError,
    Resolve,
    UnknownHostError,
    is_public,
    resolve,
)
from legation.collect.inflate import CODINGS, CodingError, decoded
from legation.errors import FetchError, TooLargeError
from legation.sources import Answer, FailureReason
from legation.system import own_version

SECONDS = 30.0
MAX_REDIRECTS = 5
HOME = "https://pypi.org/project/legation/"

_PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost and where it may lead.

    All of it, redirects included, takes at most `seconds`; the content has at most `max_bytes`. `allow` says which
    addresses may be visited, `allowed_hosts` names hosts that may have any address, and `find` gives the addresses of
    a host. `check` is asked before each request, redirects too, and raises FetchError for an address not to be asked.
    """

    seconds: float = SECONDS
    max_bytes: int = 20_000_000
    allow: Callable[[IPAddress], bool] = is_public
    allowed_hosts: frozenset[str] = frozenset()
    find: Resolve = resolve
    check: Callable[[str], None] | None = field(default=None)


def get(url: str, headers: Mapping[str, str], limits: Limits, *, accept: Callable[[str | None], bool]) -> Answer:
    """The answer to a GET of `url`, an http or https address, its content codings undone.

    `accept` says of a media type (None where the server states none) whether the content is wanted. With validators
    among the `headers` the answer may be a 304 without content. Raises FetchError or TooLargeError.
    """
    backend = CheckedBackend(limits.allow, Deadline(limits.seconds), limits.find, limits.allowed_hosts)
    try:
        with _client(backend, headers, limits.check) as client, client.stream("GET", url) as response:
            conditional = any(name in headers for name in ("If-None-Match", "If-Modified-Since"))
            if response.status_code == HTTPStatus.NOT_MODIFIED and conditional:
                return Answer(str(response.url), response.status_code, marks=_marks(response), moved=_moved(response))
            return _answer(url, response, limits, accept)
    except _FAILURES as error:
        raise _failed(url, error, limits.seconds) from error
    except (httpcore.ProtocolError, CodingError) as error:
        raise FetchError(f"{url} gave an answer that is damaged: {error}.", subject=url, reason="damaged") from error
    except RefusedAddressError as error:
        message = f"{url} is not fetched: {error} is an address of this machine or a private network."
        raise FetchError(message, subject=url, reason="address") from error
    except UnknownHostError as error:
        message = f"{url} cannot be fetched: no address is known for {error}."
        raise FetchError(message, subject=url, reason="unknown_host") from error


def user_agent(contact: str | None = None) -> str:
    """Who asks, and where to complain: the user's own `contact`, an address of the web or of mail, else our page."""
    return f"Legation/{own_version()} (+{contact or HOME})"


class _Transport(httpx.BaseTransport):
    """httpx over a connection pool whose connections the given backend opens."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        # Proxies have no part here, as no pool knows any.
        self._pool = httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=backend)

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


def _ssl_context() -> ssl.SSLContext:
    """The user's certificates count."""
    return _loaded_ssl_context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)
def _loaded_ssl_context(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Loading all certificates takes longer than most requests."""
    return httpx.create_ssl_context()


def _client(
    backend: httpcore.NetworkBackend, headers: Mapping[str, str], check: Callable[[str], None] | None
) -> httpx.Client:
    asked = [lambda request: check(str(request.url))] if check else []
    return httpx.Client(
        transport=_Transport(backend),
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        trust_env=False,
        event_hooks={"request": asked},
        headers={"User-Agent": user_agent(), "Accept-Encoding": CODINGS, **headers},
    )


def _answer(url: str, response: httpx.Response, limits: Limits, accept: Callable[[str | None], bool]) -> Answer:
    _check_status(url, response)
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower() or None
    if not accept(media_type):
        message = f"{url} answered with {media_type}, which is not an article."
        raise FetchError(message, subject=url, reason="type")
    return Answer(
        url=str(response.url),
        status=response.status_code,
        content=_body(url, response, limits.max_bytes),
        media_type=media_type,
        charset=response.charset_encoding,
        marks=_marks(response),
        moved=_moved(response),
    )


def _marks(response: httpx.Response) -> dict[str, str]:
    named = (("etag", "ETag"), ("last_modified", "Last-Modified"))
    return {name: response.headers[header] for name, header in named if header in response.headers}


def _moved(response: httpx.Response) -> str | None:
    permanent = response.history and all(step.status_code in _PERMANENT for step in response.history)
    return str(response.url) if permanent else None


def _check_status(url: str, response: httpx.Response) -> None:
    code = response.status_code
    if not 200 <= code < 300:
        reason: FailureReason = "gone" if code in _GONE else "status"
        raise FetchError(
            f"{url} answered {_status(code)}.",
            subject=url,
            reason=reason,
            status=code,
            retry_after=response.headers.get("Retry-After"),
        )


def _status(code: int) -> str:
    try:
        return f"{code} ({HTTPStatus(code).phrase})"
    except ValueError:
        return str(code)


def _body(url: str, response: httpx.Response, max_bytes: int) -> bytes:
    stated = response.headers.get("Content-Length", "")
    if stated.isascii() and stated.isdigit() and int(stated[:20]) > max_bytes:
        raise _too_large(url, max_bytes)
    body = bytearray()
    for piece in decoded(response.iter_raw(), response.headers.get("Content-Encoding", "")):
        body += piece
        if len(body) > max_bytes:
            raise _too_large(url, max_bytes)
    return bytes(body)


def _too_large(url: str, max_bytes: int) -> TooLargeError:
    megabytes = max_bytes / 1_000_000
    return TooLargeError(f"{url} is larger than {megabytes:g} MB, the most Legation reads of one article.", subject=url)


def _failed(url: str, error: Exception, seconds: float) -> FetchError:
    reason, message = _why_failed(error, seconds)
    return FetchError(f"{url} {message}.", subject=url, reason=reason)


def _why_failed(error: Exception, seconds: float) -> tuple[FailureReason, str]:
    if isinstance(error, httpx.TooManyRedirects):
        return "redirects", f"redirects more than {MAX_REDIRECTS} times"
    if isinstance(error, (httpx.InvalidURL, httpx.LocalProtocolError)):
        return "unreachable", "is not a web address"
    if isinstance(error, (httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol)):
        return "redirects", "leads to an address that is neither http nor https"
    if isinstance(error, (httpcore.TimeoutException, httpx.TimeoutException)):
        return "timeout", f"did not answer in full within {seconds:g} seconds"
    if _is_tls(error):
        return "untrusted", f"has no secure connection that can be trusted: {error}"
    return "unreachable", f"cannot be reached: {error}"


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
