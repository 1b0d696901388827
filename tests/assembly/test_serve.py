from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gezhi.plumbing.gateways.places import places_of
from gezhi.plumbing.process_ties import birth_of
from tests.plumbing.processes import (
    PATIENCE_S,
    ROOT,
    as_owner,
    eventually,
    keeper_of,
    pythons_of,
    remove_home,
    servers_of,
    short_home,
)


class Installation:
    """One home with its `gezhi serve`, as an administrator meets it."""

    def __init__(self) -> None:
        self.home = short_home()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GEZHI_")},
            "GEZHI_HOME": str(self.home),
            "GEZHI_PORT": str(self.port),
            "GEZHI_WEB_PROCESSES": "1",
            "GEZHI_POSTGRES_OPTIONS": "-c fsync=off -c shared_buffers=32MB",
            "LANG": "en_GB.UTF-8",
        }
        self.supervisor: subprocess.Popen[bytes] | None = None

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gezhi.assembly.command_line", *words]
        environment = {**self.environment, **more}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def start(self) -> None:
        command = [sys.executable, "-m", "gezhi.assembly.command_line", "serve"]
        with (self.home / "serve.log").open("ab") as log:
            self.supervisor = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        assert eventually(self.is_ready), self.log()

    def is_ready(self) -> bool:
        return self.ask("readyz")[0] == 200

    def ask(self, path: str) -> tuple[int, dict[str, Any]]:
        """The status of the answer, 0 where nobody answers, and what it says."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)
        except (OSError, ValueError):
            return 0, {}

    def log(self) -> str:
        return (self.home / "serve.log").read_text()[-2000:]

    def child(self, name: str) -> list[int]:
        """The processes of `web` or `worker`, the eldest first: numbers begin anew on a machine that starts many."""
        found = []
        for pid in pythons_of(self.home):
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if name.encode() in words:
                found.append(pid)
        return sorted(found, key=lambda pid: (int(birth_of(pid) or 0), pid))

    def remains(self) -> list[int]:
        return pythons_of(self.home) + keeper_of(self.home) + servers_of(places_of(self.home).base)

    def end(self, how: signal.Signals) -> None:
        assert self.supervisor is not None
        self.supervisor.send_signal(how)
        self.supervisor.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def place() -> Iterator[Installation]:
    place = Installation()
    yield place
    if place.supervisor is not None and place.supervisor.poll() is None:
        place.end(signal.SIGKILL)
    eventually(lambda: not place.remains())
    remove_home(place.home)


@pytest.fixture
def served(place: Installation) -> Installation:
    if place.supervisor is None or place.supervisor.poll() is not None:
        place.start()
    return place


def test_a_second_start_refuses_and_names_process_and_address(served: Installation) -> None:
    second = served.run("serve")
    assert second.returncode == 1
    assert served.supervisor is not None
    assert str(served.supervisor.pid) in second.stderr
    assert f"http://localhost:{served.port}/desk/" in second.stderr
    assert "assembly.serve.already-serving" in second.stderr


def test_commands_work_while_it_serves(served: Installation) -> None:
    done = served.run("migrate", "--json")
    assert json.loads(done.stdout) == {"applied": []}, done.stderr


def test_looking_into_an_empty_folder_says_that_there_is_no_database_and_makes_none() -> None:
    place = Installation()
    for words in (("verify",), ("proof", "status"), ("export", "log")):
        done = place.run(*words)
        assert (done.returncode, done.stdout) == (2 if words == ("verify",) else 1, "")
        assert done.stderr.splitlines()[-1] == "[plumbing.database.none]"
        assert str(place.home) in done.stderr
    assert not (place.home / "postgres").exists()
    assert not keeper_of(place.home)
    remove_home(place.home)


def test_a_web_process_has_read_the_registers_before_it_answers(served: Installation) -> None:
    look = (
        "import gc, gezhi.assembly.wsgi; from gezhi.plumbing.versions import held_numbers;"
        "numbers = held_numbers({'people.directory', 'cases.local-policy'});"
        "print(min(numbers.values()), len(numbers));"
        "print(gc.get_freeze_count() > 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, env=served.environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["0", "2", "True"], done.stderr


def test_web_and_worker_come_as_a_role_that_owns_nothing_and_none_of_them_as_the_owner(served: Installation) -> None:
    with psycopg.connect(**as_owner(served.home)) as owner:
        asked = "SELECT usename, count(*) FROM pg_stat_activity WHERE application_name = 'gezhi' GROUP BY usename"
        coming = dict(owner.execute(asked).fetchall())
        owned = owner.execute("SELECT count(*) FROM pg_class WHERE relowner = 'gezhi_serving'::regrole").fetchone()
    assert coming["gezhi_serving"] >= 2
    assert coming.get("gezhi", 0) <= 1  # the supervisor, which migrated
    assert owned == (0,)


def test_a_database_of_the_city_is_used_when_it_is_named(served: Installation) -> None:
    """Here the embedded one of another home plays the city's own."""
    socket_folder = places_of(served.home).socket
    url = f"postgresql://gezhi@localhost/gezhi?host={socket_folder}&passfile={as_owner(served.home)['passfile']}"
    home = short_home()
    done = served.run("migrate", "--json", DATABASE_URL=url, GEZHI_HOME=str(home))
    assert json.loads(done.stdout) == {"applied": []}, done.stderr
    assert not keeper_of(home)
    remove_home(home)


def test_a_killed_web_worker_comes_back(served: Installation) -> None:
    main, killed = served.child("web")
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: len(served.child("web")) == 2)
    assert main in served.child("web")
    assert killed not in served.child("web")
    assert eventually(served.is_ready)


def test_a_killed_web_server_leaves_no_orphan_and_comes_back(served: Installation) -> None:
    before = served.child("web")
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: not set(before) & set(served.child("web")))
    assert eventually(served.is_ready)


def test_a_killed_worker_comes_back(served: Installation) -> None:
    before = served.child("worker")
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: served.child("worker") not in ([], before))


def test_a_killed_database_comes_back(served: Installation) -> None:
    before = servers_of(places_of(served.home).base)
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: servers_of(places_of(served.home).base) not in ([], before))
    assert eventually(served.is_ready)


def test_a_killed_keeper_is_replaced(served: Installation) -> None:
    os.kill(keeper_of(served.home)[0], signal.SIGKILL)
    assert eventually(lambda: keeper_of(served.home))
    assert eventually(served.is_ready)


def test_an_unknown_address_of_the_api_is_a_problem_with_a_request_id(served: Installation) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{served.port}/api/v1/nothing")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=30)
    answer = json.load(refusal.value)
    assert refusal.value.headers["Content-Type"] == "application/problem+json"
    assert answer["code"] == "plumbing.address.unknown"
    assert answer["request_id"] == refusal.value.headers["X-Request-Id"]


def test_a_body_of_40_mb_gets_a_clear_answer(served: Installation) -> None:
    url = f"http://127.0.0.1:{served.port}/api/v1/media"
    request = urllib.request.Request(url, data=bytes(40 * 2**20), headers={"Content-Type": "image/jpeg"})
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=30)
    assert refusal.value.code == 413
    assert refusal.value.headers["Connection"] == "close"
    assert json.load(refusal.value)["code"] == "plumbing.body.too-large"


def half_sent(port: int, number: int) -> list[socket.socket]:
    """So many requests that announce a body of which half comes; the server has read the first before the others."""
    head = b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    first = socket.create_connection(("127.0.0.1", port))
    first.sendall(head + b"Expect: 100-continue\r\n\r\n")
    assert first.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
    first.sendall(b"x" * 500)
    others = [socket.create_connection(("127.0.0.1", port)) for _ in range(number - 1)]
    for one in others:
        one.sendall(head + b"\r\n" + b"x" * 500)
    return [first, *others]


def is_open(one: socket.socket) -> bool:
    one.setblocking(False)
    try:
        one.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    return False


def test_half_sent_bodies_held_open_take_no_thread_and_push_out_each_other(served: Installation) -> None:
    held = half_sent(served.port, 300)
    try:
        assert served.ask("healthz")[0] == 200
        url = f"http://127.0.0.1:{served.port}/api/v1/installation"
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert answer.status == 200
        assert eventually(lambda: sum(map(is_open, held)) <= 256)
        assert is_open(held[-1])
        held[0].setblocking(True)
        told = held[0].recv(4096)
        assert told.startswith(b"HTTP/1.1 429 ")
        assert b"assembly.connection.too-many" in told
        assert b"retry-after: 5\r\n" in told
        assert b"connection: close\r\n" in told
    finally:
        for one in held:
            one.close()


@pytest.mark.parametrize(
    "head", [b"x-a: " + b"a" * 65_536 + b"\r\n\r\n", b"x-a: " + b"a" * 40_000], ids=["whole", "half"]
)
def test_a_head_of_64_kb_is_answered_and_ended(served: Installation, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as one:
        one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + head)
        told = one.recv(4096)
        assert told.startswith(b"HTTP/1.1 431 ")
        assert b"connection: close\r\n" in told


def test_kill_9_of_the_supervisor_leaves_nothing_behind(served: Installation) -> None:
    served.end(signal.SIGKILL)
    assert eventually(lambda: not served.remains()), served.remains()


def test_a_start_after_a_kill_serves_and_sigterm_ends_it(served: Installation) -> None:
    served.end(signal.SIGTERM)
    assert eventually(lambda: not served.remains()), served.remains()
    assert not (served.home / "serve.json").exists()


def test_an_unreachable_database_is_a_readable_refusal(place: Installation) -> None:
    done = place.run("migrate", DATABASE_URL="postgresql://gezhi@127.0.0.1:1/gezhi")
    assert done.returncode == 1
    assert "plumbing.database.unreachable" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_settings_are_a_readable_refusal(place: Installation) -> None:
    done = place.run("migrate", GEZHI_PORT="eighty", GEZHI_LOG_LEVEL="loud")
    assert done.returncode == 1
    assert "GEZHI_PORT = 'eighty'" in done.stderr
    assert "GEZHI_LOG_LEVEL = 'loud'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_named(place: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused = place.run("serve", GEZHI_PORT=port)
    assert refused.returncode == 1
    assert port in refused.stderr
    assert "assembly.serve.port-taken" in refused.stderr


def test_a_leftover_of_an_earlier_start_is_ended(place: Installation) -> None:
    leftover = subprocess.Popen(["sleep", "300"])
    ticks = Path(f"/proc/{leftover.pid}/stat").read_text().rpartition(")")[2].split()[19]
    record = {"pid": leftover.pid, "address": "-", "processes": {str(leftover.pid): ticks, str(os.getpid()): "other"}}
    (place.home / "serve.json").write_text(json.dumps(record))
    place.start()
    assert leftover.wait(PATIENCE_S) == -signal.SIGKILL
    place.end(signal.SIGTERM)


def test_what_is_logged_is_signed_by_a_process_of_its_own_and_verifies(served: Installation) -> None:
    assert len(served.child("signer")) == 1

    def standing() -> Any:
        return json.loads(served.run("proof", "status", "--json").stdout)["checkpoint"]

    assert eventually(standing), served.log()
    assert standing()["origin"] in served.run("signer", "--show").stdout
    folder = served.home.with_name(f"{served.home.name}-signer")
    assert folder.stat().st_mode & 0o777 == 0o700
    verified = served.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "签署进程 (signer)：核验 1，差异 0 处" in verified.stdout
