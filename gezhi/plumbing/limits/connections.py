"""How many connections one client address and all together may hold open (连接上限).

Above the ceiling the connection that has kept the server waiting longest is ended in favour of the new one, never one
whose request is being worked on. So half-sent requests that somebody holds open by the hundred push out each other,
while whoever sends whole ones, from the same address too, is served.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class ConnectionCeiling(Generic[T]):
    """`exempt`: which addresses stand for many clients (those of proxies): they count only in the sum."""

    def __init__(self, *, per_address: int, in_all: int, exempt: Callable[[str], bool] = lambda _: False) -> None:
        self.per_address = per_address
        self.in_all = in_all
        self.exempt = exempt
        self._address: dict[T, str] = {}
        self._held: dict[str, int] = {}
        self._waiting: dict[str, dict[T, None]] = {}
        self._waiting_in_all: dict[T, None] = {}

    def __len__(self) -> int:
        return len(self._address)

    def held_by(self, address: str) -> int:
        return self._held.get(address, 0)

    def opened(self, connection: T, address: str) -> T | None:
        """Take in a new connection; gives the one to end for it: itself where all others are being worked on."""
        ended: T | None = None
        if not self.exempt(address) and self.held_by(address) >= self.per_address:
            ended = next(iter(self._waiting.get(address, ())), connection)
        elif len(self) >= self.in_all:
            ended = next(iter(self._waiting_in_all), connection)
        if ended is not None:
            self.closed(ended)
        if ended is not connection:
            self._address[connection] = address
            self._held[address] = self.held_by(address) + 1
            self.waits(connection)
        return ended

    def waits(self, connection: T) -> None:
        """From now on the server waits for this client: for a request, or for the rest of one."""
        address = self._address.get(connection)
        if address is not None:
            self.works(connection)
            self._waiting.setdefault(address, {})[connection] = None
            self._waiting_in_all[connection] = None

    def works(self, connection: T) -> None:
        """From now on the client waits for the server."""
        self._waiting_in_all.pop(connection, None)
        waiting = self._waiting.get(self._address.get(connection, ""))
        if waiting is not None:
            waiting.pop(connection, None)
            if not waiting:
                del self._waiting[self._address[connection]]

    def closed(self, connection: T) -> None:
        """A connection that was refused or ended before is closed once more without harm."""
        self.works(connection)
        address = self._address.pop(connection, None)
        if address is not None:
            self._held[address] -= 1
            if not self._held[address]:
                del self._held[address]
