"""What is told when the database did not do what was asked: the truth, and after how long another try makes sense."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

from gezhi.kernel.problems import Problem
from gezhi.plumbing.postgres.room import own_database_lacks_room


class DatabaseAway(Problem):
    code = "plumbing.database.away"
    status = 503
    retry_after_s = 5
    title = "数据库连接中断，请稍后重试。刚才的操作是否生效，请刷新页面核对。"
    title_en = (
        "The connection to the database was lost; please try again shortly. "
        "Reload the page to see whether your last step was taken."
    )


class DatabaseCrowded(Problem):
    code = "plumbing.database.crowded"
    status = 503
    retry_after_s = 5
    title = "数据库连接数已满，您的操作没有生效，请稍后重试。"
    title_en = "The database has no free connection; nothing was changed, please try again shortly."


class DatabaseSlow(Problem):
    code = "plumbing.database.slow"
    status = 503
    retry_after_s = 30
    title = "数据库处理超时，本次操作已中止，没有生效。请缩小查询范围，或稍后重试。"
    title_en = (
        "The database took too long and was stopped; nothing was changed. Ask for less at once, or try again later."
    )


class DatabaseBusy(Problem):
    code = "plumbing.database.busy"
    status = 503
    retry_after_s = 2
    title = "其他操作正在处理同一数据，您的操作没有生效，请稍后重试。"
    title_en = "Somebody else is working on the same data; nothing was changed, please try again in a moment."


class DatabaseFull(Problem):
    code = "plumbing.database.full"
    status = 507
    title = "数据库所在的磁盘已满，您的操作没有生效。请联系系统管理员清理磁盘或扩容，然后重试。"
    title_en = (
        "The disk of the database is full; nothing was changed. "
        "Ask the administrator to free or add space, then try again."
    )


BY_SQLSTATE: dict[str, type[Problem]] = {
    "57014": DatabaseSlow,  # statement_timeout
    "25P03": DatabaseSlow,  # idle_in_transaction_session_timeout
    "55P03": DatabaseBusy,  # lock_timeout
    "40P01": DatabaseBusy,  # a deadlock, of which this was the victim
    "40001": DatabaseBusy,
    "53100": DatabaseFull,
    "53300": DatabaseCrowded,
}


def refusal_of(error: BaseException) -> Problem | None:
    """The problem behind an error of the database, None where it is a mistake of ours. One that has no state comes
    from a connection that is gone.
    """
    state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    if state in BY_SQLSTATE:
        return BY_SQLSTATE[state]()
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    # Refused before there is a connection, no state comes along.
    if "too many clients" in str(error):
        return DatabaseCrowded()
    return DatabaseFull() if own_database_lacks_room() else DatabaseAway()
