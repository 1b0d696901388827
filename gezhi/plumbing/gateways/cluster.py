"""One embedded cluster: made once, started with durable settings, reachable by a Unix socket only."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import IO, Any

from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.binaries import major_of
from gezhi.plumbing.gateways.places import ROOT_BASE, SYSTEM_USER, Places, owner

NAME = "gezhi"
BUILTIN_LOCALE_SINCE = 17
MB = 2**20
SMALLEST_BUFFERS_MB = 64
LARGEST_BUFFERS_MB = 1024


class OtherVersion(Problem):
    code = "plumbing.database.other-version"
    status = 503
    title = (
        "数据目录 {data} 由 PostgreSQL {kept} 创建，当前程序为 {found} 版。请换用原版本程序，或用 pg_upgrade 升级数据。"
    )
    title_en = (
        "The data in {data} was made by PostgreSQL {kept}, the programs are version {found}. "
        "Use programs of that version, or bring the data over with pg_upgrade."
    )


class UnsafeFolder(Problem):
    code = "plumbing.database.unsafe-folder"
    status = 503
    title = "套接字目录 {folder} 属于其他用户，数据库未启动。请删除该目录后重试。"
    title_en = "The socket folder {folder} belongs to somebody else; nothing was started. Remove it and try again."


def check_version(places: Places, binaries: Path) -> None:
    """Programs of one major version never touch data of another."""
    file = places.data / "PG_VERSION"
    if file.is_file():
        kept, major = int(file.read_text().split(".")[0]), major_of(binaries)
        if kept != major:
            raise OtherVersion(data=str(places.data), kept=kept, found=major)


def ensure_owner() -> None:
    """As root: the system user that PostgreSQL runs as, made where it is missing (`nobody` where that fails)."""
    current = owner()
    if current is not None and current.pw_name != SYSTEM_USER and shutil.which("useradd"):
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, capture_output=True, check=False)


def make_folders(places: Places) -> None:
    """All closed to others; never a parent folder's permissions changed."""
    who = owner()
    if who is not None:
        ROOT_BASE.mkdir(parents=True, exist_ok=True)
        ROOT_BASE.chmod(0o755)
    for folder in (places.base, places.socket.parent, places.socket):
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if made and who is not None:
            os.chown(folder, who.pw_uid, who.pw_gid)
        if folder.stat().st_uid not in {os.geteuid(), who.pw_uid if who else os.geteuid()}:
            raise UnsafeFolder(folder=str(folder))


def make_cluster(places: Places, binaries: Path, log: IO[Any]) -> None:
    """Initdb beside the final folder and renamed at the end, so that a half-made cluster is never taken for one."""
    if (places.data / "PG_VERSION").is_file():
        return
    fresh = places.data.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    locale = ["--locale=C.UTF-8"]
    if major_of(binaries) >= BUILTIN_LOCALE_SINCE:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    initdb: list[str | Path] = [
        binaries / "initdb",
        "-D",
        fresh,
        "-U",
        NAME,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-instructions",
    ]
    subprocess.run([*initdb, *locale], check=True, stdout=log, stderr=log, **as_owner(places))
    single: list[str | Path] = [binaries / "postgres", "--single", "-D", fresh, "postgres"]
    statement = f"CREATE DATABASE {NAME}\n"
    subprocess.run(single, input=statement, text=True, check=True, stdout=log, stderr=log, **as_owner(places))
    fresh.rename(places.data)


def as_owner(places: Places) -> dict[str, Any]:
    """Keywords of a child process: as the system user when we are root, in a folder that it may enter.

    Little environment goes along: what libpq would read from ours must not reach the server.
    """
    who = owner()
    child: dict[str, Any] = {"cwd": places.base, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}}
    if who is not None:
        child |= {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    return child


def server_command(places: Places, binaries: Path, more: str) -> list[str]:
    """The server in the foreground. `more` are further options of the administrator; the last word counts."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(places.socket),
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{_buffers_mb()}MB",
        "max_wal_size": "512MB",
        "wal_compression": "on",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "fsync": "on",
        "synchronous_commit": "on",
        "shared_preload_libraries": "pg_stat_statements",
        "max_connections": "100",
    }
    command = [str(binaries / "postgres"), "-D", str(places.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return command + shlex.split(more)


def _buffers_mb() -> int:
    """An eighth of the machine's memory, within limits."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MB
    return max(SMALLEST_BUFFERS_MB, min(LARGEST_BUFFERS_MB, memory // 8))
