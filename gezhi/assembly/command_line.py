"""The command line: `gezhi serve | web | worker | migrate`, and what each capability's `commands` module adds."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gezhi.assembly.doctor import doctor
from gezhi.assembly.keeping import backup, restore
from gezhi.assembly.version import gezhi_version
from gezhi.kernel.problems import Problem
from gezhi.plumbing.terminal import json_option, show, speaks_english


class CommandTable(click.Group):
    """Knows its own commands at once; those of the capabilities when somebody asks for one of them."""

    loaded = False

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            self._load()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def _load(self) -> None:
        if self.loaded:
            return
        self.loaded = True
        set_up_django()
        from gezhi.assembly.capabilities import modules

        for module in modules("commands"):
            found = getattr(module, "commands", None) or [module.group]
            for command in found:
                _look_for_database_first(command, begins=command in getattr(module, "beginning", ()))
                self.add_command(command)


def set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.assembly.settings")
    django.setup()


def with_database(work: Callable[..., Any], *, begins: bool = True) -> Callable[..., Any]:
    """The command runs with Django set up and the database up, whether `serve` runs or not. Where it does not begin
    one, there must be one of this version.
    """

    @functools.wraps(work)
    def run(*args: Any, **options: Any) -> Any:
        set_up_django()
        from gezhi.plumbing.database import find_ready, make_ready

        (make_ready if begins else find_ready)()
        return work(*args, **options)

    return run


def _look_for_database_first(command: click.Command, *, begins: bool) -> None:
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _look_for_database_first(below, begins=begins)
    elif command.callback is not None:
        command.callback = with_database(command.callback, begins=begins)


@click.group(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(gezhi_version(), prog_name="gezhi")
def gezhi() -> None:
    """格治 Gezhi: the open platform for digital urban management (数字化城市管理)."""


@gezhi.command()
def serve() -> None:
    """Run everything: database, web, worker (启动全部服务)."""
    set_up_django()
    from gezhi.assembly.serving import serve_all

    serve_all()


@gezhi.command()
@with_database
def web() -> None:
    """Run the web server alone (仅启动网页服务)."""
    from gezhi.assembly.serving import serve_web
    from gezhi.plumbing.postgres.grants import come_as_serving

    come_as_serving()
    serve_web()


@gezhi.command()
@with_database
def worker() -> None:
    """Run the worker of the queue alone (仅启动后台作业)."""
    from gezhi.assembly.environment import worker_limits
    from gezhi.assembly.settings import ENVIRONMENT
    from gezhi.plumbing.postgres.grants import come_as_serving
    from gezhi.plumbing.postgres.limits import limit_this_process
    from gezhi.plumbing.queue.worker import run_worker
    from gezhi.plumbing.versions import load_all

    come_as_serving()
    limit_this_process(worker_limits(ENVIRONMENT))
    load_all()
    run_worker(ENVIRONMENT.worker_threads)


@gezhi.command()
@click.option(
    "--show", is_flag=True, help="Show the verifier keys and end: to be written down, and given to witnesses."
)
@click.option("--new-origin", is_flag=True, help="After a restored backup: begin a tree that names the old one.")
@click.option("--after", type=click.Path(exists=True, path_type=Path), help="With it: the last checkpoint, as a file.")
@click.option("--new-key", type=click.Choice(["ed25519", "sm2"]), help="Add a key; it signs once the tree names it.")
@click.option("--retire", metavar="ID", help="Give up a key by its id; it signs until the tree says so.")
def signer(*, show: bool, new_origin: bool, after: Path | None, new_key: str | None, retire: str | None) -> None:
    """Run the signer of the proof, or keep its keys (签署进程)."""
    from gezhi.assembly.signing import keep_keys, run_signer

    if show or new_origin or new_key or retire:
        for line in keep_keys(new_origin=new_origin, after=after, new_key=new_key, retire=retire):
            click.echo(line)
        return
    run_signer()


@gezhi.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--log", "logs", multiple=True, required=True, help="Verifier key of the log (`gezhi signer --show`).")
@click.option("--name", default="gezhi-witness", show_default=True, help="Name under which it signs.")
@click.option("--address", default="127.0.0.1", show_default=True)
@click.option("--port", default=8010, show_default=True, type=click.IntRange(0, 65535))
def witness(folder: Path, logs: tuple[str, ...], name: str, address: str, port: int) -> None:
    """Keep and cosign the checkpoints of somebody else's log in FOLDER (见证)."""
    from gezhi.assembly.signing import run_witness

    run_witness(folder, logs, name, (address, port))


@gezhi.command()
@json_option
@with_database
def migrate(*, as_json: bool) -> None:
    """Bring the database to this version (升级数据库结构)."""
    from gezhi.plumbing.database import migrate_database

    show(
        {"applied": migrate_database()},
        as_json=as_json,
        lines=lambda result: [f"applied: {name}" for name in result["applied"]] or ["up to date (无需升级)"],
    )


gezhi.add_command(backup)
gezhi.add_command(doctor)
gezhi.add_command(restore)


def main() -> None:
    try:
        gezhi(prog_name="gezhi")
    except Problem as problem:
        click.echo(f"{problem.text('en' if speaks_english() else 'zh')}\n[{problem.code}]", err=True)
        # 1 would say that something differs, where nothing could be looked at.
        sys.exit(2 if sys.argv[1:2] == ["verify"] else 1)


if __name__ == "__main__":
    main()
