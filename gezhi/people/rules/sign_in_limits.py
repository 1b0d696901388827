"""登录限制: how often signing in may fail, so that nobody guesses a password and nobody locks another out.

Failures count for a quarter of an hour. Five with one name from one place lock that name there; many from one address
(spraying names), many with one name (from many addresses), and very many in sum stop whoever is not known. A device
that signed in under this name before is stopped by its own failures alone; an address from which that was done, also
by many failures from there, for others may sit behind it. GB/T 22239-2019 8.1.4.1.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

import msgspec

from gezhi.kernel.problems import Problem

WINDOW_S: Final = 15 * 60
HERE, NAME, ADDRESS, SUM = "here", "name", "address", "sum"
MOST: Final[dict[str, int]] = {HERE: 5, NAME: 20, ADDRESS: 20, SUM: 500}
KNOWN_FOR_DAYS: Final = 90
NETWORK_OF_ONE: Final = 64


class LockedOut(Problem):
    code = "people.session.locked-out"
    status = 429
    title = "登录失败次数过多，此账号在本机已锁定，请 {minutes} 分钟后再试。"
    title_en = "Too many failed attempts: the account is locked for your address; try again in {minutes} minutes."


class TooManyFailures(Problem):
    code = "people.session.too-many-failures"
    status = 429
    title = "失败的登录过多，为防止猜测密码，请 {minutes} 分钟后再试，或使用以前登录过的电脑、手机登录。"
    title_en = (
        "Too many sign-ins have failed; against guessing, try again in {minutes} minutes, or use a device that signed "
        "in before."
    )


class Known(StrEnum):
    """What signed in under this name before."""

    NOTHING = "nothing"
    ADDRESS = "address"
    DEVICE = "device"


COUNTS_FOR: Final[dict[Known, frozenset[str]]] = {
    Known.NOTHING: frozenset({NAME, ADDRESS, SUM}),
    Known.ADDRESS: frozenset({ADDRESS}),
    Known.DEVICE: frozenset(),
}


class Failures(msgspec.Struct, frozen=True, kw_only=True):
    """Of each count the moment of the failure that reached it, if any did within the window."""

    here: int | None = None
    name: int | None = None
    address: int | None = None
    sum: int | None = None


def place_of(address: str) -> str:
    """What counts as one address: of IPv6 the network that one subscriber has."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip_network((ip, NETWORK_OF_ONE), strict=False))
    return address


def check_failures(failures: Failures, *, known: Known, now: int) -> None:
    """Raise what says why no password is looked at now, and when one is again."""
    if failures.here is not None:
        raise _until(LockedOut, failures.here, now)
    reached = [at for count in COUNTS_FOR[known] if (at := getattr(failures, count)) is not None]
    if reached:
        raise _until(TooManyFailures, max(reached), now)


def _until(kind: type[Problem], at: int, now: int) -> Problem:
    """The failure that reached the count leaves the window."""
    seconds = max(1, at + WINDOW_S - now)
    problem = kind(minutes=-(-seconds // 60))
    problem.retry_after_s = seconds
    return problem
