"""The database of this installation, ready before anything asks it."""

from __future__ import annotations

from django.conf import settings
from django.db import OperationalError, connection

from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.binaries import OLDEST_MAJOR, TooOld
from gezhi.plumbing.gateways.holding import hold


class Unreachable(Problem):
    code = "plumbing.database.unreachable"
    status = 503
    title = "无法连接 DATABASE_URL 指明的数据库：{reason}"
    title_en = "The database named by DATABASE_URL cannot be reached: {reason}"


def make_ready() -> None:
    """Start and hold the embedded database, or look whether the named one can be used. Every process calls it first."""
    if settings.GEZHI_EMBEDDED:
        hold(settings.GEZHI_HOME, settings.GEZHI_POSTGRES_BIN, settings.GEZHI_POSTGRES_OPTIONS)
        return
    try:
        connection.ensure_connection()
        major = connection.pg_version // 10_000  # type: ignore[attr-defined]
    except OperationalError as error:
        raise Unreachable(reason=str(error).strip()) from error
    if major < OLDEST_MAJOR:
        raise TooOld(found=major, needed=OLDEST_MAJOR)
