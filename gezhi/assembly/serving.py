"""`gezhi serve`: one supervisor, and signer, web and worker as children that end with it, however it ends."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import structlog
from django.conf import settings
from django.db import connections

from gezhi.assembly.settings import ENVIRONMENT
from gezhi.assembly.web_processes import WebProcesses, listen
from gezhi.kernel.problems import Problem
from gezhi.plumbing.database import make_ready, migrate_database
from gezhi.plumbing.gateways.holding import is_kept
from gezhi.plumbing.gateways.whole_file import sweep_halves
from gezhi.plumbing.process_ties import FileLock, birth_of, is_running, tied_to_me

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 0.2
OWNERS_ALONE = "GEZHI_OWNER_URL"
END_WITHIN_S = 7.0
STEADY_S = 30.0
LONGEST_PAUSE_S = 5.0
ASK_READY_EVERY_S = 15.0
ANSWER_WITHIN_S = 3.0


class AlreadyServing(Problem):
    code = "assembly.serve.already-serving"
    status = 409
    title = "该目录的服务已在运行：进程 {pid}，地址 {address}。请先停止它，或另设 GEZHI_HOME。"
    title_en = (
        "This home is being served already: process {pid} at {address}. Stop it first, or name another GEZHI_HOME."
    )


class PortTaken(Problem):
    code = "assembly.serve.port-taken"
    status = 409
    title = "端口 {port} 已被其他程序占用，请用 GEZHI_PORT 另设端口。"
    title_en = "Port {port} is used by another program; name another one in GEZHI_PORT."


def address() -> str:
    host = "localhost" if ENVIRONMENT.address in {"127.0.0.1", "0.0.0.0", "::"} else ENVIRONMENT.address  # noqa: S104
    return f"http://{host}:{ENVIRONMENT.port}/desk/"


@dataclass
class Child:
    """One child process, started anew when it dies: at once the first time, later and later when it keeps dying."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    start_at: float = field(default_factory=time.monotonic)

    def look(self) -> bool:
        """True when it was started just now."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            log.warning("serve.child-ended", child=self.name, code=self.process.returncode)
            self.pause = 0.2 if now - self.started > STEADY_S else min(max(self.pause, 0.2) * 2, LONGEST_PAUSE_S)
            self.start_at, self.process = now + self.pause, None
        if self.process is None and now >= self.start_at:
            self._start()
            return True
        return False

    def _start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "gezhi.assembly.command_line", self.name],
            stdin=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name != OWNERS_ALONE},
            start_new_session=True,  # Ctrl-C reaches the supervisor only, which ends its children in order
            preexec_fn=tied_to_me(signal.SIGKILL),  # noqa: PLW1509 - this process has one thread
        )
        self.started = time.monotonic()

    def ask_to_end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        if self.process is not None:
            try:
                self.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Readiness:
    """Asks `/readyz` now and then and says in the log what is not well, and when it is well again."""

    def __init__(self) -> None:
        self.look_at = time.monotonic() + ASK_READY_EVERY_S
        self.failed: dict[str, str] = {}

    def look(self) -> None:
        if time.monotonic() < self.look_at:
            return
        failed = _failed_parts()
        for name in failed.keys() - self.failed.keys():
            log.error("serve.not-ready", part=name, says=failed[name])
        for name in self.failed.keys() - failed.keys():
            log.warning("serve.ready-again", part=name)
        self.failed, self.look_at = failed, time.monotonic() + ASK_READY_EVERY_S


def _failed_parts() -> dict[str, str]:
    url = f"http://{_reachable()}:{ENVIRONMENT.port}/readyz"
    request = urllib.request.Request(url, headers={"Host": ENVIRONMENT.hosts[0]})
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_WITHIN_S):  # noqa: S310
            return {}
    except urllib.error.HTTPError as refusal:
        checks = json.load(refusal).get("checks", {})
        return {name: check["en"] for name, check in checks.items() if check.get("standing") == "failed"}
    except (OSError, ValueError, http.client.HTTPException) as error:
        return {"web": f"does not answer: {error}"}


class Supervisor:
    def __init__(self, home: Path) -> None:
        self.record = home / "serve.json"
        self.home = home
        signer = [Child("signer")] if ENVIRONMENT.signer_socket is None else []
        self.children = [*signer, Child("web"), Child("worker")]
        self.ending = False
        self.readiness = Readiness()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._end)
        told = False
        while not self.ending:
            started = [child for child in self.children if child.look()]
            if started:
                self._write_record()
            if ENVIRONMENT.database_url is None and not is_kept(self.home):
                self._find_new_keeper()
            if not told and self._answers():
                told = True
                click.echo(f"格治 Gezhi: {address()}")
            self.readiness.look()
            time.sleep(LOOK_EVERY_S)
        deadline = time.monotonic() + END_WITHIN_S
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.wait_or_kill(deadline)
        self.record.unlink(missing_ok=True)

    def _end(self, *_: object) -> None:
        self.ending = True

    def _find_new_keeper(self) -> None:
        try:
            make_ready()
        except Problem as problem:
            log.warning("serve.no-database", problem=str(problem))

    def _answers(self) -> bool:
        try:
            with socket.create_connection((_reachable(), ENVIRONMENT.port), timeout=0.2):
                return True
        except OSError:
            return False

    def _write_record(self) -> None:
        pids = [os.getpid(), *(child.process.pid for child in self.children if child.process is not None)]
        births = {str(pid): birth_of(pid) for pid in pids}
        self.record.write_text(json.dumps({"pid": os.getpid(), "address": address(), "processes": births}))


def serve_all() -> None:
    """Refuse when this home is served already; end what an earlier start left; migrate; run until asked to end."""
    home = ENVIRONMENT.home
    lock = FileLock(home / "serve.lock")
    earlier = _read_record(home)
    if not lock.try_lock():
        raise AlreadyServing(pid=earlier.get("pid", "?"), address=earlier.get("address", "?"))
    _end_leftovers(earlier.get("processes", {}))
    _refuse_taken_port()
    make_ready()
    migrate_database()
    mark_demo()
    from gezhi.plumbing import media

    sweep_halves(media.halves())
    Supervisor(home).run()
    lock.close()


def mark_demo() -> None:
    """A database with a demo city is served as one, however it is started: its accounts share a known password."""
    from gezhi.simulation.queries import get_simulated_city

    if get_simulated_city() is not None:
        os.environ["GEZHI_DEMO"] = "1"
        settings.GEZHI_DEMO = True


def serve_web() -> None:
    """The web server: this process loads everything once, its workers share it and end with it (see wsgi.py)."""
    from gezhi.assembly import urls  # noqa: F401 - loaded once, shared with the workers that are forked
    from gezhi.plumbing.versions import load_all

    _refuse_taken_port()
    mark_demo()
    load_all()  # read once, shared like the code
    connections.close_all()  # no worker may inherit an open one
    WebProcesses(listen(ENVIRONMENT.address, ENVIRONMENT.port), ENVIRONMENT.web_processes).run()


def _reachable() -> str:
    return "127.0.0.1" if ENVIRONMENT.address in {"0.0.0.0", "::"} else ENVIRONMENT.address  # noqa: S104


def _refuse_taken_port() -> None:
    family = socket.AF_INET6 if ":" in ENVIRONMENT.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ENVIRONMENT.address, ENVIRONMENT.port))
        except OSError as error:
            raise PortTaken(port=ENVIRONMENT.port) from error


def _read_record(home: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((home / "serve.json").read_text())
    except (OSError, ValueError):
        return {}
    return record


def _end_leftovers(processes: dict[str, str]) -> None:
    """Kill what an earlier start recorded and still runs; a number that another program got meanwhile is left alone."""
    ours = [int(pid) for pid, birth in processes.items() if is_running(int(pid)) and birth_of(int(pid)) == birth]
    for pid in ours:
        log.warning("serve.leftover-killed", pid=pid)
        os.kill(pid, signal.SIGKILL)
    _wait_for(lambda: not any(is_running(pid) for pid in ours), END_WITHIN_S)


def _wait_for(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
