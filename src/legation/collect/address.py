"""Connections to checked addresses only, under one deadline.

A name is resolved here, each address it has is checked, and the connection goes to the very address that
was checked, so that neither a redirect nor a second answer of the name server leads elsewhere. The name
itself stays in the Host header and in TLS, where httpcore puts it.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """A name that leads only to addresses that may not be visited."""


class UnknownHostError(Exception):
    """A name without an address."""


def is_public(address: IPAddress) -> bool:
    """Whether `address` belongs to the public internet.

    An IPv6 address that stands for an IPv4 one, mapped (RFC 4291) or by NAT64 (RFC 6052), is judged as that.
    One that is tunnelled to an IPv4 address by 6to4 (RFC 3056) must be public at both ends.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.sixtofour and not is_public(address.sixtofour):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_anywhere(address: IPAddress) -> bool:
    """Every address will do: for the user who allows private ones."""
    return True


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host` as the system knows them. Raises OSError, UnicodeError for a bad name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """A point in time by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain, more than 0. Raises httpcore.ReadTimeout when there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("out of time")
        return seconds

    def run(self, work: Callable[[], list[str]]) -> list[str]:
        """The result of `work`, which cannot be interrupted, or ReadTimeout when it takes too long."""
        results: list[list[str]] = []
        errors: list[BaseException] = []

        def call() -> None:
            try:
                results.append(work())
            except (OSError, UnicodeError) as error:
                errors.append(error)

        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        thread.join(self.left())
        if errors:
            raise errors[0]
        if not results:
            raise httpcore.ReadTimeout("out of time")
        return results[0]


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to an address that `allow` accepts, and gives every read and write what time is left.

    A host of `allowed_hosts` may have any address.
    """

    def __init__(
        self,
        allow: Callable[[IPAddress], bool],
        deadline: Deadline,
        find: Resolve = resolve,
        allowed_hosts: frozenset[str] = frozenset(),
    ) -> None:
        self._allow = allow
        self._allowed_hosts = allowed_hosts
        self._deadline = deadline
        self._find = find
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to the first address of `host` that may be connected to."""
        failure: Exception = RefusedAddressError(host)
        for address in self._checked(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)
            except httpcore.ConnectError as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = self._deadline.run(lambda: self._find(host, port))
        except (OSError, UnicodeError) as error:
            raise UnknownHostError(host) from error
        if host.lower() in self._allowed_hosts:
            return found
        return [address for address in found if self._allow(ipaddress.ip_address(address))]


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
