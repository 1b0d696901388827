"""Commands of the plumbing: what is stuck in the outbox; pictures compared anew."""

from __future__ import annotations

import click
from django.conf import settings

from gezhi.plumbing import outbox
from gezhi.plumbing.postgres.grants import grant_statements
from gezhi.plumbing.same_pictures import register
from gezhi.plumbing.terminal import json_option, show


@click.group()
def events() -> None:
    """Announced events that wait (公告事件)."""


@events.command()
@json_option
def stuck(*, as_json: bool) -> None:
    """Events that a listener refused several times, with its error."""
    show(
        outbox.list_stuck(),
        as_json=as_json,
        lines=lambda rows: [f"{row.number} {row.topic} {row.key} ×{row.attempts}: {row.error}" for row in rows],
    )


@events.command()
@json_option
def retry(*, as_json: bool) -> None:
    """Try everything that waits again at once."""
    show({"retried": outbox.retry_stuck()}, as_json=as_json, lines=lambda result: [f"retried: {result['retried']}"])


@click.command()
@click.option("--role", help="The role that web and worker come as; the one of DATABASE_URL if left out.")
def grants(role: str | None) -> None:
    """Print what the owner grants the serving role after every migration (打印数据库授权语句)."""
    click.echo(grant_statements(role or settings.GEZHI_SERVING["USER"]))


@click.group()
def pictures() -> None:
    """Stored pictures (照片)."""


@pictures.command("look-again")
@json_option
def look_again(*, as_json: bool) -> None:
    """Find anew which pictures are the same; for after a restore, or a version that sees better."""
    seen = sum(1 for _ in register.look_again())
    show({"seen": seen}, as_json=as_json, lines=lambda result: [f"seen: {result['seen']}"])


commands = [events, grants, pictures]
