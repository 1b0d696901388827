"""备份与恢复: the database as it is at one moment, the pictures, and the other files of a home; the keys apart.

A backup folder holds any number of backups, each named after its moment, and the pictures of all of them once: a
picture never changes and is named by its hash. The copy of the database is physical, so the change cursors hold in
the restored one; it needs programs of the same major version of PostgreSQL.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.binaries import find_binaries
from gezhi.plumbing.gateways.cluster import NAME, check_version, ensure_owner, make_folders
from gezhi.plumbing.gateways.holding import hold, release
from gezhi.plumbing.gateways.places import owner, places_of
from gezhi.plumbing.gateways.roles import password_file

TOLD: Final = "backup.json"
DATABASE: Final = "database"
FILES: Final = "files"
MEDIA: Final = "media"
SECRET: Final = "secret"  # noqa: S105 - the name of a file
LAST: Final = "last-backup.json"
"""In the home: when the last backup was taken, and where it lies."""
HALF: Final = ".half"
PICTURE: Final = re.compile(r"[0-9a-f]{64}(\.[a-z]{3,4})?")
"""Files with other names are being written just now."""
LEFT_OUT: Final = ("postgres", "serve.", LAST, MEDIA, SECRET)
"""Of a home: what is copied otherwise, belongs to running processes, or is a key."""


class Backup(msgspec.Struct, frozen=True):
    """What `backup.json` says: the moment (UTC, ISO 8601), the version, sizes in bytes."""

    taken_at: str
    version: str
    postgres: str
    database_bytes: int
    pictures: int
    new_pictures: int
    seconds: float


class OwnDatabase(Problem):
    code = "plumbing.backup.own-database"
    status = 409
    title = (
        "数据库由 DATABASE_URL 指定，应由其管理员备份（pg_basebackup、pgBackRest 等）。"
        "图片和其他文件请用 gezhi backup --files-only 备份。"
    )
    title_en = (
        "DATABASE_URL names the database: whoever keeps it backs it up (pg_basebackup, pgBackRest). "
        "For pictures and other files, use `gezhi backup --files-only`."
    )


class TargetInside(Problem):
    code = "plumbing.backup.target-inside"
    status = 422
    title = "备份目录 {target} 在数据目录 {home} 之内：数据目录丢失时备份也会丢失。请另选一处，最好在另一块磁盘上。"
    title_en = "The backup folder {target} lies inside the home {home} and would be lost with it. Choose another place."


class KeysBesideData(Problem):
    code = "plumbing.backup.keys-beside-data"
    status = 422
    title = "密钥目录 {keys} 与数据在一处：谁拿到备份，谁就能冒签。请另选一处。"
    title_en = (
        "The folder {keys} for the keys lies with the data: whoever got the backup could sign. Choose another place."
    )


class NothingKept(Problem):
    code = "plumbing.backup.nothing-kept"
    status = 404
    title = "{home} 中没有数据库。请用 GEZHI_HOME 指明要备份的目录。"
    title_en = "There is no database in {home}. Name the folder that is to be backed up in GEZHI_HOME."


class BackupFailed(Problem):
    code = "plumbing.backup.failed"
    status = 500
    title = "备份未完成，未留下不完整的备份。原因：\n{words}"
    title_en = "The backup was not finished; nothing half-made was left. The reason:\n{words}"


class NoBackup(Problem):
    code = "plumbing.backup.none-there"
    status = 404
    title = "{source} 中没有备份。请指明备份目录，或其中某一次备份（以时间命名的子目录）。"
    title_en = (
        "There is no backup in {source}. Name a backup folder, or one backup in it (a folder named after a moment)."
    )


class Damaged(Problem):
    code = "plumbing.backup.damaged"
    status = 409
    title = "备份 {source} 已损坏，未恢复任何内容：\n{words}"
    title_en = "The backup {source} is damaged; nothing was restored:\n{words}"


class HomeNotEmpty(Problem):
    code = "plumbing.backup.home-not-empty"
    status = 409
    title = "目录 {home} 中已有数据，恢复不会覆盖它。请用 GEZHI_HOME 指定一个空目录。"
    title_en = "There are data in {home}, and restoring never overwrites any. Name an empty folder in GEZHI_HOME."


def take_backup(home: Path, target: Path, *, now: datetime, version: str, programs: Path | None) -> tuple[Path, Backup]:
    """A new backup of a home whose database is up. It bears its final name only when it is whole."""
    started = datetime.now(UTC)
    target = target.expanduser().absolute()
    _check_outside(home, target)
    if not places_of(home).data.exists():
        raise NothingKept(home=str(home))
    hold(home, programs)
    name = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    half = target / f"{name}{HALF}"
    binaries = find_binaries(programs)
    try:
        half.mkdir(parents=True, mode=0o700)
        # Pictures are swept while we copy, and come while we copy: what the database names is in one of both passes.
        new = copy_pictures(home, target)
        _copy_database(home, half / DATABASE, binaries)
        new += copy_pictures(home, target)
        copy_files(home, half / FILES)
        told = Backup(
            taken_at=now.astimezone(UTC).isoformat(),
            version=version,
            postgres=(half / DATABASE / "PG_VERSION").read_text().strip(),
            database_bytes=sum(file.stat().st_size for file in _files_of(half / DATABASE)),
            pictures=sum(1 for _ in _files_of(target / MEDIA / "originals")),
            new_pictures=new,
            seconds=round((datetime.now(UTC) - started).total_seconds(), 1),
        )
        (half / TOLD).write_bytes(msgspec.json.format(msgspec.json.encode(told)) + b"\n")
        done = half.rename(target / name)
        (home / LAST).write_bytes(msgspec.json.encode({"taken_at": told.taken_at, "backup": str(done)}))
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        raise BackupFailed(words=str(error)) from error
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return done, told


def copy_pictures(home: Path, target: Path) -> int:
    """Pictures that the backup folder does not hold yet; how many originals there were among them."""
    _check_outside(home, target)
    new = 0
    for file in _files_of(home / MEDIA):
        there = target / MEDIA / file.relative_to(home / MEDIA)
        if there.exists() or not PICTURE.fullmatch(file.name):
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        half = there.with_name(there.name + HALF)
        try:
            shutil.copyfile(file, half)
        except FileNotFoundError:  # swept meanwhile
            half.unlink(missing_ok=True)
            continue
        half.rename(there)
        new += file.is_relative_to(home / MEDIA / "originals")
    return new


def check_apart(keys: Path, home: Path, target: Path) -> None:
    """Keys lie in no folder that data or backups lie in."""
    if any(keys.resolve().is_relative_to(folder.resolve()) for folder in (home, target)):
        raise KeysBesideData(keys=str(keys))


def copy_keys(home: Path, signer: Path, keys: Path) -> list[str]:
    """The secret that signs sessions and the folder of the signer, readable to their owner only."""
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys.chmod(0o700)
    shutil.copy2(home / SECRET, keys / SECRET)
    (keys / SECRET).chmod(0o600)
    if not signer.is_dir():
        return [SECRET]
    shutil.copytree(signer, keys / "signer", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    return [SECRET, "signer"]


def forget_old(target: Path, keep: int) -> list[str]:
    """Remove all but the newest `keep` backups; their pictures stay, as younger ones may name them."""
    old = list_backups(target)[:-keep] if keep > 0 else []
    for folder in old:
        shutil.rmtree(folder)
    return [folder.name for folder in old]


def list_backups(target: Path) -> list[Path]:
    """The whole backups of a folder, the oldest first."""
    return sorted(folder.parent for folder in target.glob(f"*/{TOLD}") if folder.parent.suffix != HALF)


def restore_backup(
    source: Path, home: Path, *, programs: Path | None, keys: Path | None = None, link: bool = False
) -> Backup:
    """Fill an empty home from a backup (the newest, when a backup folder is named), and start its database.

    `link`: for a copy that is only looked at; its pictures are those of the backup.
    """
    backups = [source] if (source / TOLD).is_file() else list_backups(source)
    if not backups:
        raise NoBackup(source=str(source))
    backup = backups[-1]
    if not _is_empty(home):
        raise HomeNotEmpty(home=str(home))
    told = msgspec.json.decode((backup / TOLD).read_bytes(), type=Backup)
    binaries = find_binaries(programs)
    _verify(backup, binaries)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _restore_database(backup / DATABASE, home, binaries)
    shutil.copytree(backup / FILES, home, dirs_exist_ok=True)
    if (backup.parent / MEDIA).is_dir():
        copy = os.link if link else shutil.copy2
        shutil.copytree(backup.parent / MEDIA, home / MEDIA, dirs_exist_ok=True, copy_function=copy)
    if keys is not None:
        shutil.copy2(keys / SECRET, home / SECRET)
    hold(home, programs)
    return told


def remove_home(home: Path) -> None:
    """Take a restored copy away again, with its database wherever that lies."""
    base = places_of(home).base
    release(home)
    shutil.rmtree(home, ignore_errors=True)  # its keeper stops the database when it misses the lock
    while (base / "data" / "postmaster.pid").exists():
        time.sleep(0.1)
    shutil.rmtree(base, ignore_errors=True)


def _copy_database(home: Path, target: Path, binaries: Path) -> None:
    command: list[str | Path] = [binaries / "pg_basebackup", "-h", places_of(home).socket, "-U", NAME, "-D", target]
    _run(
        [*command, "--checkpoint=fast", "--wal-method=stream", "--no-password"],
        PGPASSFILE=str(password_file(places_of(home))),
    )


def _verify(backup: Path, binaries: Path) -> None:
    try:
        _run([binaries / "pg_verifybackup", backup / DATABASE])
    except BackupFailed as failure:
        raise Damaged(source=str(backup), words=failure.details["words"]) from None


def _restore_database(source: Path, home: Path, binaries: Path) -> None:
    ensure_owner()
    places = places_of(home)
    make_folders(places)
    shutil.copytree(source, places.data, ignore=shutil.ignore_patterns("backup_manifest"))
    places.data.chmod(0o700)
    who = owner()
    if who is not None:
        for path in (places.data, *places.data.rglob("*")):
            os.chown(path, who.pw_uid, who.pw_gid)
    check_version(places, binaries)


def _run(command: list[str | Path], **environment: str) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", **environment},
    )
    if done.returncode:
        raise BackupFailed(words=done.stderr.strip())


def copy_files(home: Path, target: Path) -> list[str]:
    """What else is kept in a home: texts that were sent, what jobs left there."""
    target.mkdir(parents=True, exist_ok=True)
    copied = []
    for path in sorted(home.iterdir()):
        if path.name.startswith(LEFT_OUT) or HALF in path.suffixes:
            continue
        if path.is_dir():
            shutil.copytree(path, target / path.name, dirs_exist_ok=True)
        elif path.is_file():
            shutil.copy2(path, target / path.name)
        copied.append(path.name)
    return copied


def _check_outside(home: Path, target: Path) -> None:
    if target.resolve().is_relative_to(home.resolve()):
        raise TargetInside(target=str(target), home=str(home))


def _is_empty(home: Path) -> bool:
    """Whether nothing was ever kept there; a key and locks are made by whoever only asks."""
    kept = [path for path in home.glob("*") if not path.name.startswith((SECRET, "serve.", "postgres"))]
    return not kept and not places_of(home).data.exists()


def _files_of(folder: Path) -> Iterator[Path]:
    return (Path(below) / name for below, _, names in os.walk(folder) for name in names)
