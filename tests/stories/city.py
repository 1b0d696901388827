"""The invented city under a real `gezhi serve`, for the browser to walk through."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from tempfile import TemporaryDirectory

from gezhi.kernel.permissions import Role
from tests.assembly.test_serve import Installation
from tests.guards.source import ROOT
from tests.plumbing.processes import PATIENCE_S, remove_home

PASSWORD = "harbour-lantern-41"
PREPARE = """
import json, sys
from datetime import date, timedelta
from gezhi.assembly.command_line import with_database

@with_database
def prepare(preset, password):
    from gezhi.people.queries import held_directory
    from gezhi.plumbing.clock import system_clock
    from gezhi.plumbing.database import migrate_database
    from gezhi.plumbing.versions import forget_all
    from gezhi.simulation.actions.create_city import CityToBuild, create_city
    from gezhi.simulation.rules.duty_plan import Period

    migrate_database()
    first = date.fromtimestamp(system_clock()) - timedelta(days=1)
    create_city(CityToBuild(preset=preset, period=Period(first, 2), password=password), clock=system_clock)
    forget_all()
    directory = held_directory()
    people = []
    for user in directory.users.values():
        for post in directory.posts_of(user.id, date.fromtimestamp(system_clock())):
            people.append({
                "username": user.username,
                "role": post.role,
                "name": user.name,
                "organisation": directory.organisations[post.organisation_id].name,
                "regions": list(directory.regions_of(post)),
            })
    print(json.dumps(people))

prepare(*sys.argv[1:])
"""


FORKS = """
import json, os, sys
from gezhi.assembly.command_line import with_database

@with_database
def load():
    import tests.cases.city
    from django.db import connection
    from gezhi.plumbing.versions import load_all

    load_all()
    connection.close()  # a fork must not speak on it

load()
for line in sys.stdin:
    script, words, told, complained = json.loads(line)
    child = os.fork()
    if child:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    for file, stream in ((told, 1), (complained, 2)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream)
    sys.argv = ["-c", *words]
    exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})
    break
"""


class Machine:
    """Where an administrator's scripts run: Python and Django are loaded once, every script is a fork of that."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-c", FORKS]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, script: str, *words: str) -> str:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        with TemporaryDirectory() as folder:
            told, complained = Path(folder) / "told", Path(folder) / "complained"
            stdin.write(json.dumps([script, words, str(told), str(complained)]) + "\n")
            stdin.flush()
            assert stdout.readline() == "0\n", complained.read_text()[-4000:]
            return told.read_text()

    def end(self) -> None:
        self.process.communicate()


@dataclass(frozen=True)
class Account:
    """Somebody of the city, with the post that they hold."""

    username: str
    name: str
    role: Role
    organisation: str
    regions: tuple[str, ...]
    password: str = PASSWORD


@dataclass(frozen=True)
class LiveCity:
    """Where the city answers, and who works there."""

    address: str
    people: tuple[Account, ...]
    environment: Mapping[str, str]
    machine: Machine

    def run(self, script: str, *words: str) -> str:
        """What an administrator does at the machine itself, beside the running service; answers with what it prints."""
        return self.machine.run(script, *words)

    def somebody(self, role: Role, *, organisation: str = "", region: str = "") -> Account:
        """The first who holds a post of this role, in this organisation, over this region or a part of it."""
        for one in self.people:
            fits = one.role is role and organisation in {"", one.organisation}
            if fits and any(region.startswith(code) or code.startswith(region) for code in one.regions):
                return one
        message = f"nobody is {role.value} in {organisation or 'any organisation'} over {region or 'any region'}"
        raise LookupError(message)


@contextmanager
def living_city(preset: str) -> Iterator[LiveCity]:
    """A home of its own with the city of this preset, served on a free port until the end."""
    place, machine = Installation(), None
    try:
        prepared = subprocess.run(
            [sys.executable, "-c", PREPARE, preset, PASSWORD],
            cwd=ROOT,
            env={**place.environment, "GEZHI_DEMO": "yes"},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert prepared.returncode == 0, prepared.stderr[-4000:]
        people = json.loads(prepared.stdout.splitlines()[-1])
        place.environment["GEZHI_DEMO"] = "yes"
        place.start()
        accounts = (Account(**{**one, "role": Role(one["role"]), "regions": tuple(one["regions"])}) for one in people)
        machine = Machine(place.environment)
        yield LiveCity(f"http://127.0.0.1:{place.port}", tuple(accounts), place.environment, machine)
    finally:
        if machine is not None:
            machine.end()
        if place.supervisor is not None and place.supervisor.poll() is None:
            place.end(SIGTERM)
        remove_home(place.home)
