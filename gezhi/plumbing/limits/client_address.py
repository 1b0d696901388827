"""客户端地址: the address that a request came from, also behind reverse proxies that are known.

Whoever calls may write any header, so one is believed only as far as listed proxies vouch for it: read from the right,
the first address that no listed proxy has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Literal

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
ProxyHeader = Literal["x-forwarded-for", "forwarded"]

FOR = re.compile(r'(?:^|;)\s*for\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)
WITH_PORT = re.compile(r"\A(?:\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>[\d.]+)(?::\d+)?)\Z")
ENVIRON: dict[ProxyHeader, str] = {"x-forwarded-for": "HTTP_X_FORWARDED_FOR", "forwarded": "HTTP_FORWARDED"}


def networks_of(words: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks (`10.0.0.0/8`); ValueError where one is neither."""
    return tuple(ip_network(word, strict=False) for word in words)


def client_address(environ: dict[str, Any], proxies: tuple[Network, ...], header: ProxyHeader) -> str:
    """The client's address; the peer's where it is no listed proxy, or where nothing else can be read.

    Only one header is read, the one that the proxies write: of the other a stranger is the only author.
    """
    peer = str(environ.get("REMOTE_ADDR", ""))
    client = _address(peer)
    if client is None or not proxies:
        return peer
    for hop in reversed(_hops(str(environ.get(ENVIRON[header], "")), header)):
        if not _is_proxy(client, proxies):
            break
        told = _address(hop)
        if told is None:  # `unknown`, a name, or rubbish: what stands left of it is worth no more
            break
        client = told
    return str(client)


def is_proxy(peer: str, proxies: tuple[Network, ...]) -> bool:
    """Whether this is the address of a listed proxy, which stands for many clients."""
    address = _address(peer)
    return address is not None and _is_proxy(address, proxies)


def _is_proxy(address: Address, proxies: tuple[Network, ...]) -> bool:
    return any(address in network for network in proxies)


def _hops(text: str, header: ProxyHeader) -> list[str]:
    words = text.split(",")
    if header == "x-forwarded-for":
        return [word.strip() for word in words]
    return [match[1].strip().strip('"') if (match := FOR.search(word)) else "" for word in words]


def _address(word: str) -> Address | None:
    """Without brackets, port and zone; an IPv4 address in IPv6 clothes is the IPv4 address."""
    match = WITH_PORT.match(word)
    plain = (match["six"] or match["four"]) if match else word
    try:
        address = ip_address(plain.split("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
