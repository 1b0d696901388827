from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from gezhi.plumbing import keeper
from gezhi.plumbing.gateways import holding
from gezhi.plumbing.gateways.cluster import OtherVersion, UnsafeFolder, make_folders
from gezhi.plumbing.gateways.holding import DoesNotStart, hold, release
from gezhi.plumbing.gateways.places import ROOT_BASE, places_of
from tests.plumbing.processes import (
    as_owner,
    end,
    eventually,
    is_alive,
    keeper_of,
    remove_home,
    servers_of,
    short_home,
    start_holder,
)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    home = short_home()
    yield home
    remove_home(home)


def answer_of(home: Path) -> int:
    with psycopg.connect(**as_owner(home)) as connection:
        [(answer,)] = connection.execute("SELECT 42").fetchall()
        return int(answer)


def answers(home: Path) -> bool:
    try:
        return answer_of(home) == 42
    except psycopg.OperationalError:
        return False


def all_gone(home: Path) -> bool:
    return not keeper_of(home) and not servers_of(places_of(home).base)


def test_after_kill_9_of_the_last_holder_neither_keeper_nor_server_stays(home: Path) -> None:
    holder = start_holder(home)
    assert answer_of(home) == 42
    end(holder, signal.SIGKILL)
    assert eventually(lambda: all_gone(home))


def test_two_holders_share_one_server_and_the_first_to_go_does_not_take_it_away(home: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(start_holder, [home, home])
    assert len(servers_of(places_of(home).base)) == 1
    assert len(keeper_of(home)) == 1
    server = servers_of(places_of(home).base)
    end(first)
    assert not eventually(lambda: servers_of(places_of(home).base) != server, seconds=2.0)
    assert answer_of(home) == 42
    end(second)
    assert eventually(lambda: all_gone(home))


def test_a_server_killed_alone_comes_back_for_its_holders(home: Path) -> None:
    holder = start_holder(home)
    with psycopg.connect(**as_owner(home)):
        os.kill(servers_of(places_of(home).base)[0], signal.SIGKILL)
        assert eventually(lambda: answers(home))
    end(holder)
    assert eventually(lambda: all_gone(home))


def test_a_keeper_killed_alone_takes_the_server_along_and_the_next_holder_finds_a_new_one(home: Path) -> None:
    holder = start_holder(home)
    os.kill(keeper_of(home)[0], signal.SIGKILL)
    another = start_holder(home)
    assert answer_of(home) == 42
    assert len(servers_of(places_of(home).base)) == 1
    end(holder)
    end(another)
    assert eventually(lambda: all_gone(home))


def test_starts_and_ends_that_race_never_pull_the_database_away(home: Path) -> None:
    def come_and_go(times: int) -> int:
        good = 0
        for _ in range(times):
            holder = start_holder(home)
            good += answer_of(home) == 42
            end(holder, signal.SIGTERM)
        return good

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(come_and_go, [3, 3, 3])) == [3, 3, 3]
    assert eventually(lambda: all_gone(home))


def test_the_server_listens_on_no_network_and_writes_durably(home: Path) -> None:
    holder = start_holder(home)
    with psycopg.connect(**as_owner(home)) as connection:
        settings: dict[str, str] = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
    end(holder)
    assert settings["listen_addresses"] == ""
    assert settings["jit"] == "off"
    assert settings["synchronous_commit"] == "on"
    assert settings["shared_preload_libraries"] == "pg_stat_statements"
    assert places_of(home).socket.stat().st_mode & 0o777 == 0o700


def test_data_of_another_major_version_is_refused_with_both_versions_named() -> None:
    home = short_home()
    places = places_of(home)
    places.data.mkdir(parents=True)
    (places.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(OtherVersion) as refusal:
        hold(home)
    assert refusal.value.details["kept"] == 14
    assert "14" in refusal.value.text("zh")
    remove_home(home)


def test_a_long_home_gets_a_short_socket_path() -> None:
    above = short_home()
    home = above / ("x" * 120)
    assert len(os.fsencode(places_of(home).socket / ".s.PGSQL.5432")) < 107
    shutil.rmtree(above)


@pytest.mark.skipif(os.geteuid() != 0, reason="others keep the database in the home itself")
def test_a_home_that_is_moved_takes_its_database_along_and_leaves_none_to_the_next() -> None:
    above = short_home()
    before = places_of(above / "before").data
    assert places_of(above / "before").data == before
    (above / "before").rename(above / "after")
    assert places_of(above / "after").data == before
    assert places_of(above / "before").data != before
    shutil.rmtree(above)


@pytest.mark.skipif(os.geteuid() != 0, reason="others keep the database in the home itself")
def test_a_home_of_an_earlier_version_keeps_the_database_it_has() -> None:
    home = short_home()
    earlier = ROOT_BASE / hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    (earlier / "data").mkdir(parents=True)
    (home / "postgres.users.lock").touch()
    assert places_of(home).base == earlier
    shutil.rmtree(home)
    home.mkdir()
    assert places_of(home).base != earlier
    shutil.rmtree(home)
    shutil.rmtree(earlier)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else")
def test_a_socket_folder_of_somebody_else_is_refused() -> None:
    home = short_home()
    places = places_of(home)
    places.socket.mkdir(parents=True)
    os.chown(places.socket, 65534, 65534)
    with pytest.raises(UnsafeFolder):
        make_folders(places)
    remove_home(home)


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    home = short_home()
    monkeypatch.setattr(holding, "WAIT_S", 4.0)
    with pytest.raises(DoesNotStart) as refusal:
        hold(home, None, "-c max_connections=many")
    release(home)
    assert "max_connections" in refusal.value.text("en")
    remove_home(home)


def test_a_server_that_hangs_after_its_keeper_was_killed_does_not_hold_the_data_for_ever(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = start_holder(home)
    places = places_of(home)
    (server,) = servers_of(places.base)
    os.kill(server, signal.SIGSTOP)
    os.kill(keeper_of(home)[0], signal.SIGKILL)
    assert eventually(lambda: not keeper_of(home))
    monkeypatch.setattr(keeper, "LEFTOVER_ENDS_WITHIN_S", 0.2)
    assert keeper.leftover_server(places) == server
    with (home / "keeper.log").open("ab") as log:
        keeper.Keeper(places, [], log)._end_leftover()
    assert eventually(lambda: not is_alive(server))
    assert keeper.leftover_server(places) is None
    end(holder)
    another = start_holder(home)
    assert answer_of(home) == 42
    end(another)


def test_a_process_that_hangs_over_a_killed_server_does_not_hold_the_data_for_ever(home: Path) -> None:
    holder = start_holder(home)
    (server,) = servers_of(places_of(home).base)
    child = int(Path(f"/proc/{server}/task/{server}/children").read_text().split()[0])
    os.kill(child, signal.SIGSTOP)  # as one that waits for a lock which nobody will ever give up
    os.kill(server, signal.SIGKILL)
    assert eventually(lambda: not is_alive(child))
    assert eventually(lambda: answers(home))
    assert "a process of a server that is gone" in places_of(home).log.read_text()
    end(holder)


def test_of_a_server_that_lives_nothing_is_an_orphan_nor_is_another_program_in_its_folder(home: Path) -> None:
    holder = start_holder(home)
    places = places_of(home)
    assert keeper.orphans_of(places) == []
    end(holder)
    assert eventually(lambda: all_gone(home))
    with subprocess.Popen(["sleep", "60"], cwd=places.data) as other:
        assert keeper.orphans_of(places) == []
        other.kill()


def test_another_program_under_the_number_of_an_earlier_server_is_left_alone(home: Path) -> None:
    places = places_of(home)
    assert eventually(lambda: all_gone(home))
    (places.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert keeper.leftover_server(places) is None
    (places.data / "postmaster.pid").unlink()
