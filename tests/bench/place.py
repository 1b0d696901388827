"""The installation that is measured: a temporary home with durable settings, a city in it, the real web server."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_S = 60


def point_to(home: Path) -> None:
    """Everything that this process and its children do from here on concerns this home, with durable settings."""
    for name in [name for name in os.environ if name.startswith("GEZHI_") or name == "DATABASE_URL"]:
        if name != "GEZHI_POSTGRES_BIN":
            del os.environ[name]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ |= {
        "GEZHI_HOME": str(home),
        "GEZHI_PORT": str(port),
        "GEZHI_HOSTS": "localhost,127.0.0.1,testserver",
        "GEZHI_LOG_LEVEL": "WARNING",
        "GEZHI_DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "gezhi.assembly.settings",
    }


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A home of its own, with its database up; nothing of it is left afterwards."""
    home = Path(tempfile.mkdtemp(prefix="gzbench", dir="/tmp"))
    point_to(home)
    import django

    django.setup()
    from django.db import connections

    from gezhi.plumbing.database import make_ready, migrate_database
    from gezhi.plumbing.gateways.holding import release, wait_until_gone
    from gezhi.plumbing.gateways.places import places_of

    base = places_of(home).base
    try:
        make_ready()
        migrate_database()
        yield home
    finally:
        connections.close_all()
        release(home)
        shutil.rmtree(home, ignore_errors=True)
        wait_until_gone(base)
        shutil.rmtree(base, ignore_errors=True)


def web_port() -> int:
    return int(os.environ["GEZHI_PORT"])


@contextmanager
def web_server() -> Iterator[int]:
    """`gezhi web` as an administrator starts it; gives its port."""
    command = [sys.executable, "-m", "gezhi.assembly.command_line", "web"]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        deadline = time.monotonic() + START_S
        while not _answers(web_port()):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the web server does not answer")
            time.sleep(0.1)
        yield web_port()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return True
    except urllib.error.HTTPError as error:
        return error.code != 503
    except OSError:
        return False
