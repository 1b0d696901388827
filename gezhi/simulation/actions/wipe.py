"""Wipe a demonstration (清除演示数据), and nothing but a demonstration."""

from __future__ import annotations

from django.db import connection, transaction

from gezhi.kernel.problems import Problem
from gezhi.plumbing.database import migrate_database
from gezhi.plumbing.versions import forget_all
from gezhi.simulation.actions.create_city import check_free
from gezhi.simulation.queries import get_simulated_city

WAIT = "10s"


class InUseElsewhere(Problem):
    code = "simulation.wipe.in-use"
    status = 409
    title = "演示数据正被其他进程使用，请先停止 gezhi serve 再重建。"
    title_en = "Other processes work on the demo; stop `gezhi serve`, then build it anew."


def wipe_demo() -> None:
    """Empty a database that is marked as a demo and lay its tables anew; refused where it holds anything real."""
    if get_simulated_city() is None:
        check_free()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    forget_all()
    migrate_database()
