"""Backups of a home whose database is up, restored into another, with the real programs of PostgreSQL."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from gezhi.plumbing.gateways import backup as backups
from gezhi.plumbing.gateways.holding import hold, release
from gezhi.plumbing.gateways.places import places_of
from tests.plumbing.processes import as_owner, remove_home, short_home

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.timeout(300)


def asked(home: Path, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(**as_owner(home), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def put_picture(home: Path, content: bytes) -> str:
    sha = hashlib.sha256(content).hexdigest()
    file = home / "media" / "originals" / sha[:2] / sha[2:4] / sha
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return sha


def files_in(folder: Path) -> set[str]:
    return {str(Path(below, name).relative_to(folder)) for below, _, names in os.walk(folder) for name in names}


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    home = short_home()
    hold(home, None, "-c fsync=off -c shared_buffers=32MB")
    (home / "secret").write_text("signs sessions")
    asked(home, "CREATE TABLE kept (number int, at xid8 DEFAULT pg_current_xact_id())")
    asked(home, "INSERT INTO kept SELECT generate_series(1, 1000)")
    put_picture(home, b"one")
    (home / "messages.jsonl").write_text("{}\n")
    yield home
    release(home)
    remove_home(home)


@pytest.fixture
def target() -> Iterator[Path]:
    folder = short_home()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def fresh() -> Iterator[Path]:
    folder = short_home()
    yield folder
    release(folder)
    remove_home(folder)


def back_up(home: Path, target: Path, now: datetime = NOW) -> tuple[Path, backups.Backup]:
    return backups.take_backup(home, target, now=now, version="0.1", programs=None)


def test_a_restored_home_has_the_rows_the_pictures_and_the_other_files_but_no_key(
    home: Path, target: Path, fresh: Path
) -> None:
    folder, told = back_up(home, target)
    (home / "media" / "originals" / "half.1.2").write_bytes(b"half")
    assert (told.pictures, told.new_pictures) == (1, 1)
    assert "secret" not in {name.rpartition("/")[2] for name in files_in(target)}
    backups.restore_backup(folder, fresh, programs=None)
    rows = "SELECT count(*), sum(number), max(at)::text FROM kept"
    assert asked(fresh, rows) == asked(home, rows)
    assert (fresh / "messages.jsonl").read_text() == "{}\n"
    assert files_in(fresh / "media") == {name for name in files_in(home / "media") if "half" not in name}


def test_transactions_of_a_restored_home_come_after_those_it_was_backed_up_with(
    home: Path, target: Path, fresh: Path
) -> None:
    """Whoever reads on from where they were finds what changes from now on."""
    back_up(home, target)
    backups.restore_backup(target, fresh, programs=None)
    [(later,)] = asked(fresh, "SELECT pg_current_xact_id() > (SELECT max(at) FROM kept)")
    assert later is True


def test_a_second_backup_holds_pictures_once_and_the_newest_is_restored(home: Path, target: Path, fresh: Path) -> None:
    back_up(home, target)
    put_picture(home, b"two")
    _, told = back_up(home, target, LATER)
    assert told.new_pictures == 1
    assert backups.restore_backup(target, fresh, programs=None).taken_at == LATER.isoformat()
    assert [folder.name for folder in backups.list_backups(target)] == ["2026-11-30T080000Z", "2026-11-30T090000Z"]
    assert backups.forget_old(target, 1) == ["2026-11-30T080000Z"]


def test_a_damaged_backup_is_named_and_nothing_is_restored(home: Path, target: Path, fresh: Path) -> None:
    folder, _ = back_up(home, target)
    victim = folder / "database" / "PG_VERSION"
    victim.write_text("17\n")
    with pytest.raises(backups.Damaged) as refusal:
        backups.restore_backup(target, fresh, programs=None)
    assert "PG_VERSION" in refusal.value.text("zh")
    assert not places_of(fresh).data.exists()


def test_a_home_with_data_is_never_overwritten(home: Path, target: Path) -> None:
    back_up(home, target)
    with pytest.raises(backups.HomeNotEmpty):
        backups.restore_backup(target, home, programs=None)


def test_a_folder_without_a_backup_is_told(target: Path, fresh: Path) -> None:
    with pytest.raises(backups.NoBackup):
        backups.restore_backup(target, fresh, programs=None)


def test_a_backup_inside_the_home_is_refused(home: Path) -> None:
    with pytest.raises(backups.TargetInside):
        back_up(home, home / "backups")


def test_keys_are_copied_to_a_place_of_their_own(home: Path, target: Path) -> None:
    with pytest.raises(backups.KeysBesideData):
        backups.check_apart(target / "keys", home, target)
    apart = short_home()
    backups.check_apart(apart, home, target)
    signer = target / "of-the-signer"
    assert backups.copy_keys(home, signer, apart) == ["secret"]
    signer.mkdir()
    (signer / "key").write_text("signs heads")
    assert backups.copy_keys(home, signer, apart) == ["secret", "signer"]
    assert (apart / "secret").stat().st_mode & 0o077 == 0
    assert (apart / "signer" / "key").read_text() == "signs heads"
    shutil.rmtree(apart)


def test_a_backup_that_fails_leaves_nothing_half_made(
    home: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "find_binaries", lambda _: Path("/nonexistent"))
    with pytest.raises(backups.BackupFailed):
        back_up(home, target)
    assert not [name for name in files_in(target) if not name.startswith("media/")]
    assert backups.list_backups(target) == []


def test_a_folder_that_is_no_home_is_told_before_a_database_is_made_there(target: Path) -> None:
    empty = short_home()
    with pytest.raises(backups.NothingKept):
        back_up(empty, target)
    shutil.rmtree(empty)
