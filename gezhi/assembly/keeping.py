"""`gezhi backup` and `gezhi restore` (备份与恢复)."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from gezhi.assembly.environment import read_environment
from gezhi.assembly.version import gezhi_version
from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways import backup as backups
from gezhi.plumbing.terminal import json_option, show

FOLDER = click.Path(path_type=Path, file_okay=False)


class CopyDiffers(Problem):
    code = "assembly.backup.copy-differs"
    status = 409
    title = "备份 {backup} 已写完，但在恢复出的副本上核验未通过：\n{words}"
    title_en = "The backup {backup} was written, but a copy restored from it was not found to be right:\n{words}"


@click.command()
@click.argument("target", type=FOLDER)
@click.option("--keys", type=FOLDER, help="Also copy the keys, to this other folder: never beside the data.")
@click.option("--keep", type=click.IntRange(min=1), help="Remove all but so many of the newest backups afterwards.")
@click.option(
    "--files-only", is_flag=True, help="Only pictures and other files, where DATABASE_URL names the database."
)
@click.option("--verify", is_flag=True, help="Restore a copy beside it, run `gezhi verify` on that, and remove it.")
@json_option
def backup(target: Path, *, keys: Path | None, keep: int | None, files_only: bool, verify: bool, as_json: bool) -> None:
    """Back up this installation while it runs (运行中备份).

    TARGET holds any number of backups and their pictures once; best on another disk.
    """
    environment, result = read_environment(), dict[str, Any]()
    home = environment.home
    if keys is not None:
        backups.check_apart(keys, home, target)
        result["keys"] = backups.copy_keys(home, environment.folder_of_signer, keys)
    if files_only:
        result |= {
            "new_pictures": backups.copy_pictures(home, target),
            "files": backups.copy_files(home, target / "files"),
        }
    elif environment.database_url is not None:
        raise backups.OwnDatabase
    else:
        folder, told = backups.take_backup(
            home, target, now=datetime.now(UTC), version=gezhi_version(), programs=environment.postgres_bin
        )
        result |= {"backup": str(folder), "told": told}
        if verify:
            result["verified"] = _verified_copy(folder, environment.postgres_bin)
    if keep is not None:
        result["removed"] = backups.forget_old(target, keep)
    show(result, as_json=as_json, lines=_lines)


@click.command()
@click.argument("source", type=FOLDER)
@click.option("--keys", type=FOLDER, help="The folder that the keys were copied to.")
@json_option
def restore(source: Path, *, keys: Path | None, as_json: bool) -> None:
    """Fill the empty GEZHI_HOME from a backup (恢复备份): SOURCE is a backup folder or one backup in it."""
    environment = read_environment()
    if environment.database_url is not None:
        raise backups.OwnDatabase
    told = backups.restore_backup(source, environment.home, programs=environment.postgres_bin, keys=keys)
    show(
        {"home": str(environment.home), "told": told},
        as_json=as_json,
        lines=lambda _: [
            f"已恢复 {told.taken_at} 的备份到 {environment.home} (restored). 请运行 gezhi verify 核验，再运行 gezhi serve。"
        ],
    )


def _verified_copy(backup_folder: Path, programs: Path | None) -> str:
    """What `gezhi verify` says of a copy that was restored from this backup."""
    copy = backup_folder.with_name(f"{backup_folder.name}.half")
    command = [sys.executable, "-m", "gezhi.assembly.command_line", "verify"]
    try:
        backups.restore_backup(backup_folder, copy, programs=programs, link=True)
        environment = {**os.environ, "GEZHI_HOME": str(copy)}
        done = subprocess.run(  # noqa: S603 - our own program
            command, env=environment, capture_output=True, text=True, check=False
        )
    finally:
        backups.remove_home(copy)
    if done.returncode:
        raise CopyDiffers(backup=str(backup_folder), words=(done.stdout + done.stderr).strip())
    return done.stdout.strip()


def _lines(result: dict[str, Any]) -> list[str]:
    lines = []
    if "told" in result:
        told = result["told"]
        lines.append(
            f"已备份到 {result['backup']}：数据库 {told.database_bytes / 2**20:.0f} MB，图片 {told.pictures} 张"
            f"（新增 {told.new_pictures}），用时 {told.seconds} 秒 (backed up)"
        )
    elif "files" in result:
        lines.append(f"已复制图片 {result['new_pictures']} 张及其他文件 (files copied)")
    if "keys" in result:
        lines.append(f"密钥已另存：{'、'.join(result['keys'])} (keys copied)")
    else:
        lines.append("密钥不在备份中；用 --keys 另存到别处 (keys are not in it; --keys copies them elsewhere)")
    if "verified" in result:
        lines.append(f"恢复出的副本已核验 (a restored copy was verified):\n{result['verified']}")
    lines += [f"已删除旧备份 {name} (removed)" for name in result.get("removed", [])]
    return lines
