"""How long a statement, a wait for a lock and an idle transaction may last, set by the processes that serve.

Web and worker set them when they begin. Commands of the command line do not: a migration, a simulation and a proof of
the whole log take as long as they take. PostgreSQL keeps the limits, so they hold also for a thread that hangs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections

UNIX_SOCKET = "/"
OVER_THE_NETWORK = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A cable that is pulled is noticed after 25 seconds at the latest; by itself the system would wait two hours."""


@dataclass(frozen=True)
class Limits:
    """In seconds; 0 is none."""

    statement_s: int
    lock_s: int
    idle_s: int

    def as_options(self) -> str:
        values = {
            "statement_timeout": self.statement_s,
            "lock_timeout": self.lock_s,
            "idle_in_transaction_session_timeout": self.idle_s,
        }
        return " ".join(f"-c {name}={seconds}s" for name, seconds in values.items())


def network_options(host: str) -> dict[str, Any]:
    return {} if not host or host.startswith(UNIX_SOCKET) else dict(OVER_THE_NETWORK)


def limit_this_process(limits: Limits) -> None:
    """Every connection that this process opens from now on has the limits; those that are open are closed."""
    options = connections["default"].settings_dict["OPTIONS"]
    options["options"] = f"{options.get('options', '')} {limits.as_options()}".strip()
    connections.close_all()
