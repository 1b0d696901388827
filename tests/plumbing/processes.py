"""Looks at real processes: what runs for a home, and waiting for it to end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gezhi.plumbing.gateways.cluster import NAME
from gezhi.plumbing.gateways.places import places_of
from gezhi.plumbing.gateways.roles import OWNER, password_file

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from typing import Any
from gezhi.plumbing.gateways.holding import hold
hold(Path(sys.argv[1]), None, "-c fsync=off -c shared_buffers=32MB")
print("up", flush=True)
sys.stdin.read()
"""


def short_home() -> Path:
    return Path(tempfile.mkdtemp(prefix="gz", dir="/tmp"))


def remove_home(home: Path) -> None:
    base = places_of(home).base
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(home.with_name(f"{home.name}-signer"), ignore_errors=True)
    eventually(lambda: not servers_of(base))
    shutil.rmtree(base, ignore_errors=True)


PATIENCE_S = 300.0
"""How long anything may take on a machine that does much else: it says that something hangs, and measures nothing."""


def eventually(condition: Callable[[], object], seconds: float = PATIENCE_S) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError:
        return b""


def _all_pids() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]


def is_alive(pid: int) -> bool:
    return _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()[:1] not in ([], [b"Z"])


def servers_of(base: Path) -> list[int]:
    """Postmasters whose data lies in `base`."""
    wanted = os.fsencode(base / "data")
    return [pid for pid in _all_pids() if wanted in _read(f"/proc/{pid}/cmdline").split(b"\0") and is_alive(pid)]


def pythons_of(home: Path) -> list[int]:
    """Our own processes that work on this home."""
    wanted = b"GEZHI_HOME=" + os.fsencode(home)
    found = [pid for pid in _all_pids() if wanted in _read(f"/proc/{pid}/environ").split(b"\0")]
    return [pid for pid in found if is_alive(pid) and pid != os.getpid()]


def keeper_of(home: Path) -> list[int]:
    words = [os.fsencode(home), b"gezhi.plumbing.keeper"]
    lines = {pid: _read(f"/proc/{pid}/cmdline").split(b"\0") for pid in _all_pids()}
    return [pid for pid, line in lines.items() if all(word in line for word in words) and is_alive(pid)]


def start_holder(home: Path) -> subprocess.Popen[str]:
    """A process that holds the database of this home until its input is closed."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "up\n"
    return holder


def end(holder: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
    holder.send_signal(how)
    holder.communicate()


def as_owner(home: Path) -> dict[str, Any]:
    """How the owner of the database of a home comes."""
    places = places_of(home)
    return {"host": str(places.socket), "user": OWNER, "dbname": NAME, "passfile": str(password_file(places))}
