"""Articles from the web, from a real server on the loopback address."""

from __future__ import annotations

import gzip
import ipaddress
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from news_site import HTML_TYPE as HTML
from news_site import Site, answer, serving

from legation.collect import MAX_BYTES, collect
from legation.collect.web import fetch, is_anywhere, is_public
from legation.errors import FetchError, TooLargeError
from legation.records import Article

STORY = b"<html><body><p>The envoy left the capital on Tuesday.</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def get(url: str, **options: float) -> Article:
    return fetch(url, MAX_BYTES, allow=is_anywhere, **options)  # type: ignore[arg-type]


def why(url: str, **options: float) -> str:
    """The sentence of the FetchError that fetching `url` raises."""
    with pytest.raises(FetchError) as caught:
        get(url, **options)
    assert caught.value.subject == url
    return str(caught.value)


def test_a_page_is_fetched(site: Site) -> None:
    url = site.page("/a", STORY, ("Content-Type", "Text/HTML; charset=ISO-8859-1"))
    article = collect(url, allow_private=True, published=date(2024, 4, 3))
    assert article == Article(
        name=url,
        content=STORY,
        media_type="text/html",
        charset="iso-8859-1",
        url=url,
        published=date(2024, 4, 3),
    )


def test_the_request_says_who_asks(site: Site) -> None:
    get(site.page("/a", STORY, HTML))
    [(_, headers)] = site.requests
    assert headers["User-Agent"].startswith("Legation/")
    assert headers["User-Agent"].endswith(" (+https://pypi.org/project/legation/)")
    assert headers["Accept-Encoding"] == "gzip, deflate"


def test_an_answer_without_a_type_is_taken(site: Site) -> None:
    article = get(site.page("/a", STORY))
    assert (article.media_type, article.charset) == (None, None)


def test_redirects_are_followed_to_the_address_that_answers(site: Site) -> None:
    site.page("/end", STORY, HTML)
    site.redirect("/middle", "/end")
    article = get(site.redirect("/start", site.url("/middle")))
    assert article.content == STORY
    assert article.name == site.url("/start")
    assert article.url == site.url("/end")


def test_five_redirects_are_followed_and_a_sixth_is_not(site: Site) -> None:
    site.page("/0", STORY, HTML)
    for step in range(1, 7):
        site.redirect(f"/{step}", f"/{step - 1}")
    assert get(site.url("/5")).content == STORY
    assert "redirects more than 5 times" in why(site.url("/6"))


def test_a_redirect_loop_ends(site: Site) -> None:
    url = site.redirect("/a", "/a")
    assert why(url) == f"{url} redirects more than 5 times."
    assert len(site.requests) == 6


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/a"])
def test_a_redirect_to_another_scheme_is_refused(site: Site, target: str) -> None:
    assert "neither http nor https" in why(site.redirect("/a", target))


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404 (Not Found)"), (403, "403 (Forbidden)"), (500, "500 (Internal Server Error)"), (599, "599")],
)
def test_a_failure_names_the_url_and_the_answer(site: Site, status: int, words: str) -> None:
    url = site.page("/a", b"no", HTML, status=status)
    assert why(url) == f"{url} answered {words}."


@pytest.mark.parametrize("media_type", ["image/png", "application/zip", "application/json", "video/mp4"])
def test_an_answer_of_another_type_is_refused(site: Site, media_type: str) -> None:
    url = site.page("/a", b"\x89PNG", ("Content-Type", media_type))
    assert why(url) == f"{url} answered with {media_type}, which is not an article."


def test_a_drip_of_a_body_is_cut_off_in_time(site: Site) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.05)

    site.pages["/a"] = drip
    begun = time.monotonic()
    assert "did not answer in full within 0.4 seconds" in why(site.url("/a"), seconds=0.4)
    assert time.monotonic() - begun < 2


def test_a_drip_of_headers_is_cut_off_in_time(site: Site) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            request.wfile.write(b"X-%d: x\r\n" % number)
            time.sleep(0.05)

    site.pages["/a"] = drip
    begun = time.monotonic()
    assert "did not answer in full" in why(site.url("/a"), seconds=0.4)
    assert time.monotonic() - begun < 2


def test_the_time_covers_all_redirects_together(site: Site) -> None:
    def slow(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.3)
        answer(request, 302, b"", ("Location", "/a"))

    site.pages["/a"] = slow
    assert "did not answer in full" in why(site.url("/a"), seconds=0.7)


def test_a_slow_name_server_is_not_waited_for() -> None:
    def find(host: str, port: int) -> list[str]:
        time.sleep(5)
        return ["127.0.0.1"]

    begun = time.monotonic()
    with pytest.raises(FetchError, match="did not answer in full"):
        fetch("http://slow.test/", MAX_BYTES, seconds=0.2, find=find)
    assert time.monotonic() - begun < 2


def test_the_size_limit_holds_without_a_length(site: Site) -> None:
    def flood(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(1000):
            request.wfile.write(bytes(65_536))

    site.pages["/a"] = flood
    with pytest.raises(TooLargeError, match="is larger than 1 MB"):
        fetch(site.url("/a"), 1_000_000, allow=is_anywhere)


def test_a_gzip_bomb_is_refused_at_the_limit(site: Site) -> None:
    bomb = gzip.compress(bytes(60_000_000))
    assert len(bomb) < 100_000
    url = site.page("/a", bomb, HTML, ("Content-Encoding", "gzip"))
    with pytest.raises(TooLargeError) as caught:
        get(url)
    assert str(caught.value) == f"{url} is larger than 20 MB, the most Legation reads of one article."


def raw_deflate(content: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(content) + compressor.flush()


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", lambda content: gzip.compress(content[:9]) + gzip.compress(content[9:]) + bytes(3)),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("identity", bytes),
    ],
)
def test_content_codings_are_undone(site: Site, coding: str, encode: Callable[[bytes], bytes]) -> None:
    content = STORY * 5000
    url = site.page("/a", encode(content), HTML, ("Content-Encoding", coding))
    assert get(url).content == content


@pytest.mark.parametrize(
    ("coding", "body"),
    [("br", b"\x0b\x02\x80"), ("gzip", STORY), ("gzip", gzip.compress(STORY, mtime=0)[:30]), ("gzip, gzip", b"x")],
)
def test_a_coding_that_cannot_be_undone_is_an_error(site: Site, coding: str, body: bytes) -> None:
    assert "an answer that is damaged" in why(site.page("/a", body, HTML, ("Content-Encoding", coding)))


def test_an_answer_cut_short_is_an_error(site: Site) -> None:
    def cut(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"only this")

    site.pages["/a"] = cut
    assert "damaged" in why(site.url("/a"))


def test_what_is_not_http_is_an_error(site: Site) -> None:
    def mumble(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"\0\1\2 no such protocol\r\n\r\n")

    site.pages["/a"] = mumble
    assert "damaged" in why(site.url("/a"))


def test_a_closed_port_is_an_error(site: Site) -> None:
    url = site.url("/a")
    site.server.server_close()
    site.server.shutdown()
    assert "cannot be reached" in why(url)


def test_an_unknown_host_is_named() -> None:
    assert why("http://no-such-host.invalid/a").endswith("no address is known for no-such-host.invalid.")


@pytest.mark.parametrize("url", ["http://", "http://a b/", "http://[::1", "http://x:99999/", "https:///a"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        collect(url)
    assert url in str(caught.value)


# ---------------------------------------------------------------- where a URL may lead


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0"])
def test_this_machine_is_refused_however_it_is_written(site: Site, host: str) -> None:
    site.page("/a", STORY, HTML)
    with pytest.raises(FetchError, match="an address of this machine or a private network"):
        collect(site.url("/a", host))
    assert site.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2001:db8::1",
    ],
)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def only_first(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return str(address) == "127.0.0.1"


def test_a_redirect_to_a_refused_address_is_not_followed(site: Site) -> None:
    url = site.redirect("/a", f"http://localhost.test:{site.port}/secret")
    places = {"127.0.0.1": ["127.0.0.1"], "localhost.test": ["127.0.0.2"]}
    with pytest.raises(FetchError, match=r"localhost\.test is an address of this machine"):
        fetch(url, MAX_BYTES, allow=only_first, find=lambda host, port: places[host])
    assert [path for path, _ in site.requests] == ["/a"]


def test_a_name_that_changes_its_address_is_checked_each_time(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    def close(request: BaseHTTPRequestHandler) -> None:
        answer(request, 302, b"", ("Location", "/b"), ("Connection", "close"))

    site.pages["/a"] = close
    with pytest.raises(FetchError, match="private network"):
        fetch(site.url("/a", "moving.test"), MAX_BYTES, allow=only_first, find=lambda *_: next(answers))


def test_the_checked_address_is_the_one_connected_to(site: Site) -> None:
    site.page("/a", STORY, HTML)
    asked: list[tuple[str, int]] = []

    def find(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.2", "127.0.0.1"]

    article = fetch(site.url("/a", "paper.test"), MAX_BYTES, allow=only_first, find=find)
    assert article.content == STORY
    assert asked == [("paper.test", site.port)]
    assert site.requests[0][1]["Host"] == f"paper.test:{site.port}"


def test_the_next_address_is_tried_when_one_does_not_answer(site: Site) -> None:
    site.page("/a", STORY, HTML)
    article = fetch(
        site.url("/a", "paper.test"), MAX_BYTES, allow=is_anywhere, find=lambda *_: ["127.0.0.9", "127.0.0.1"]
    )
    assert article.content == STORY


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_in_the_environment_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, site.url(""))
    site.page("/a", STORY, HTML)
    with pytest.raises(FetchError, match="private network"):
        collect("http://127.0.0.2/a")
    assert site.requests == []


# ---------------------------------------------------------------- secure connections


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for paper.test that only itself vouches for, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "paper.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("paper.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "paper.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(pem))
    return path


@pytest.fixture
def secure_site(site: Site, certificate: Path) -> Site:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.page("/a", STORY, HTML)
    return site


def secure(site: Site, host: str) -> Article:
    url = f"https://{host}:{site.port}/a"
    return fetch(url, MAX_BYTES, allow=is_anywhere, find=lambda *_: ["127.0.0.1"])


def test_a_certificate_nobody_vouches_for_is_refused(secure_site: Site) -> None:
    with pytest.raises(FetchError, match="no secure connection that can be trusted"):
        secure(secure_site, "paper.test")


def test_the_name_and_not_the_address_is_checked_in_tls(
    secure_site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert secure(secure_site, "paper.test").content == STORY
    with pytest.raises(FetchError, match="no secure connection that can be trusted"):
        secure(secure_site, "other.test")
