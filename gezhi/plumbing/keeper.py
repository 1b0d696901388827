"""The keeper of the embedded database: `python -m gezhi.plumbing.keeper HOME BINARIES [OPTIONS]`.

It starts PostgreSQL as its child and lives as long as any process holds the shared lock on `postgres.users.lock`; the
kernel frees that lock however a process ends. When nobody is left it stops PostgreSQL cleanly and ends. PostgreSQL
killed alone is started anew; the keeper killed alone takes PostgreSQL along.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from gezhi.plumbing.gateways.cluster import as_owner, ensure_owner, make_cluster, make_folders, server_command
from gezhi.plumbing.gateways.places import Places, places_of
from gezhi.plumbing.gateways.roles import set_up_roles
from gezhi.plumbing.process_ties import FileLock, is_running, tied_to_me

POLL_S = 0.3
LINGER_POLLS = 3
"""So many looks in a row must find nobody: commands that follow each other find the database still up."""
STOP_WITHIN_S = 30
LEFTOVER_ENDS_WITHIN_S = 10
ORPHANS_END_WITHIN_S = 5
PAUSE_BEFORE_RESTART_S = 0.5
QUICK_DEATH_S = 5.0
QUICK_DEATHS_AT_MOST = 60
"""After a kill the server refuses to start while orphans of the old one end; beyond this it is another trouble."""


class Keeper:
    def __init__(self, places: Places, command: list[str], log: IO[Any]) -> None:
        self.places = places
        self.command = command
        self.log = log
        self.users = FileLock(places.users_lock)
        self.asked_to_end = False
        self.idle_polls = 0

    def run(self) -> None:
        quick_deaths = 0
        while quick_deaths < QUICK_DEATHS_AT_MOST:
            self._end_leftover()
            self._end_orphans()
            started = time.monotonic()
            server = self._start()
            if self._watch(server):
                self._stop(server)
                return
            quick_deaths = quick_deaths + 1 if time.monotonic() - started < QUICK_DEATH_S else 0
            if self._nobody_left():
                return
            time.sleep(PAUSE_BEFORE_RESTART_S)

    def end(self, *_: object) -> None:
        self.asked_to_end = True

    def _end_leftover(self) -> None:
        """The server of a keeper that was killed is told by the kernel to stop. One that hangs over it (asked in the
        middle of a recovery, it may wait for ever) would hold the data against every other.
        """
        pid = leftover_server(self.places)
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            deadline = time.monotonic() + LEFTOVER_ENDS_WITHIN_S
            while pid is not None and time.monotonic() < deadline:
                time.sleep(POLL_S)
                pid = leftover_server(self.places)
            if pid is None:
                return
            self.log.write(f"keeper: {how.name} to a server left by an earlier keeper, {pid}\n".encode())
            self.log.flush()
            with suppress(ProcessLookupError):
                os.kill(pid, how)

    def _end_orphans(self) -> None:
        """Processes of a server that is gone end by themselves, but not one that waits for a lock which another held
        when it was killed: it would hold the shared memory, and so the data, for ever.
        """
        deadline = time.monotonic() + ORPHANS_END_WITHIN_S
        while (left := orphans_of(self.places)) and time.monotonic() < deadline:
            time.sleep(POLL_S)
        for pid in left:
            self.log.write(f"keeper: SIGKILL to a process of a server that is gone, {pid}\n".encode())
            self.log.flush()
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - the binaries that were asked for
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            preexec_fn=tied_to_me(signal.SIGINT),  # noqa: PLW1509 - this process has one thread
            start_new_session=True,
            **as_owner(self.places),
        )

    def _watch(self, server: subprocess.Popen[bytes]) -> bool:
        """True when it is time to stop; False when the server died by itself."""
        while server.poll() is None:
            if self._nobody_left():
                return True
            time.sleep(POLL_S)
        return False

    def _nobody_left(self) -> bool:
        """Ends holding the exclusive lock, so that a newcomer waits until the old server is gone."""
        if self.asked_to_end or not self.users.still_there():
            return True
        if not self.users.try_lock():
            self.idle_polls = 0
            return False
        self.idle_polls += 1
        if self.idle_polls >= LINGER_POLLS:
            return True
        self.users.unlock()
        return False

    def _stop(self, server: subprocess.Popen[bytes]) -> None:
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            server.send_signal(how)
            try:
                server.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                continue
            return


def leftover_server(places: Places) -> int | None:
    """The process that holds the data, if it is a server of ours: a number that another program got is left alone."""
    try:
        pid = int((places.data / "postmaster.pid").read_text().split()[0])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return None
    return pid if os.fsencode(places.data) in words and is_running(pid) else None


def orphans_of(places: Places) -> list[int]:
    """Processes of PostgreSQL that work in the data while no server does; all of them stand in its folder."""
    if leftover_server(places) is not None:
        return []
    return [int(process.name) for process in Path("/proc").glob("[0-9]*") if _works_in(process, places.data)]


def _works_in(process: Path, data: Path) -> bool:
    with suppress(OSError):
        is_server = (process / "exe").readlink().name.startswith("postgres")
        return is_server and (process / "cwd").samefile(data) and is_running(int(process.name))
    return False


def main(home: str, binaries: str, more: str = "") -> int:
    ensure_owner()
    places = places_of(Path(home))
    alone = FileLock(places.keeper_lock)
    if not alone.try_lock():
        return 0
    if os.fork():
        os._exit(0)  # who asked goes on; the lock stays with the child
    make_folders(places)
    with places.log.open("ab") as log:
        make_cluster(places, Path(binaries), log)
        set_up_roles(places, Path(binaries), log)
        keeper = Keeper(places, server_command(places, Path(binaries), more), log)
        signal.signal(signal.SIGTERM, keeper.end)
        signal.signal(signal.SIGINT, keeper.end)
        keeper.run()
    alone.close()  # before the lock on users goes with this process: who waits there must find no keeper
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
