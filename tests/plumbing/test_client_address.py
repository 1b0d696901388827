"""Whose address counts, behind none, one and several proxies, and with whatever a stranger writes into headers."""

from __future__ import annotations

from typing import Any

import pytest

from gezhi.plumbing.limits.client_address import ProxyHeader, client_address, networks_of

LOOPBACK, TWO = ("127.0.0.1",), ("127.0.0.1", "10.0.0.0/8", "::1")
CASES: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    "no proxy is listed": ("203.0.113.9", (), "1.2.3.4", "203.0.113.9"),
    "the local proxy is not listed": ("127.0.0.1", (), "1.2.3.4", "127.0.0.1"),
    "a stranger writes the header": ("203.0.113.9", LOOPBACK, "1.2.3.4", "203.0.113.9"),
    "one proxy": ("127.0.0.1", LOOPBACK, "203.0.113.9", "203.0.113.9"),
    "what the client wrote stands left": ("127.0.0.1", LOOPBACK, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
    "two proxies": ("127.0.0.1", TWO, "1.2.3.4, 203.0.113.9, 10.2.3.4", "203.0.113.9"),
    "the second is not listed": ("127.0.0.1", LOOPBACK, "203.0.113.9, 10.2.3.4", "10.2.3.4"),
    "all are proxies": ("127.0.0.1", TWO, "10.0.0.5, 10.0.0.6", "10.0.0.5"),
    "no header": ("127.0.0.1", LOOPBACK, "", "127.0.0.1"),
    "rubbish": ("127.0.0.1", LOOPBACK, "1.2.3.4, <script>", "127.0.0.1"),
    "unknown": ("127.0.0.1", TWO, "1.2.3.4, unknown, 10.2.3.4", "10.2.3.4"),
    "with a port": ("127.0.0.1", LOOPBACK, "203.0.113.9:4711", "203.0.113.9"),
    "IPv6": ("::1", TWO, "2001:db8::17", "2001:db8::17"),
    "IPv6 with port": ("::1", TWO, "[2001:db8::17]:4711", "2001:db8::17"),
    "IPv4 in IPv6": ("::ffff:127.0.0.1", LOOPBACK, "::ffff:203.0.113.9", "203.0.113.9"),
    "a zone": ("::1", TWO, "fe80::1%eth0", "fe80::1"),
    "a socket": ("", LOOPBACK, "1.2.3.4", ""),
}
FORWARDED: dict[str, tuple[str, str]] = {
    "plain": ("for=203.0.113.9", "203.0.113.9"),
    "with more": ("For=203.0.113.9;proto=https;by=10.0.0.1", "203.0.113.9"),
    "last of several": ("for=1.2.3.4, by=10.0.0.1; for=203.0.113.9", "203.0.113.9"),
    "quoted IPv6": ('for="[2001:db8::17]:4711"', "2001:db8::17"),
    "hidden": ("for=1.2.3.4, for=_hidden", "127.0.0.1"),
    "no for": ("for=1.2.3.4, proto=https", "127.0.0.1"),
}


def environ(peer: str, **headers: str) -> dict[str, Any]:
    return {"REMOTE_ADDR": peer, **headers}


@pytest.mark.parametrize("case", CASES)
def test_the_client_is_the_rightmost_address_that_is_no_listed_proxy(case: str) -> None:
    peer, proxies, header, expected = CASES[case]
    asked = environ(peer, HTTP_X_FORWARDED_FOR=header)
    assert client_address(asked, networks_of(proxies), "x-forwarded-for") == expected


@pytest.mark.parametrize("case", FORWARDED)
def test_the_standard_header_is_read_where_the_proxies_write_it(case: str) -> None:
    header, expected = FORWARDED[case]
    assert client_address(environ("127.0.0.1", HTTP_FORWARDED=header), networks_of(LOOPBACK), "forwarded") == expected


@pytest.mark.parametrize(
    ("header", "other"), [("x-forwarded-for", "HTTP_FORWARDED"), ("forwarded", "HTTP_X_FORWARDED_FOR")]
)
def test_the_header_that_the_proxies_do_not_write_is_never_read(header: ProxyHeader, other: str) -> None:
    asked = environ("127.0.0.1", **{other: "for=1.2.3.4" if other == "HTTP_FORWARDED" else "1.2.3.4"})
    assert client_address(asked, networks_of(LOOPBACK), header) == "127.0.0.1"


def test_what_is_no_address_is_no_proxy() -> None:
    with pytest.raises(ValueError, match="nginx"):
        networks_of(["nginx"])
