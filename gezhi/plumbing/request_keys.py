"""键值 (Idempotency-Key): what is sent again is done once, and a key that stands for something else is refused.

A key belongs to its user, whether they come by session or by token. The first request under it gives it an id (of a
command, a deed, a step), and whoever keeps the log or the register knows by that id what was done. A key is bound
before the work is begun and stays bound if the work is refused; it is new again after GEZHI_KEY_DAYS, under another
id, so that no id ever stands in a log twice.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.timezone import localtime

from gezhi.kernel.moments import DAY_S
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import Clock, system_clock
from gezhi.plumbing.database import prepared_cursor
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.register_rows import Doing

LONGEST_KEY = 200
LONGEST_SECRET = 64

# The claim need not wait for the disk: the work is committed after it, and what is durable after it makes it durable.
CLAIM = """
    INSERT INTO plumbing_used_key AS used (key, command_id, digest, used_for, used_at)
    SELECT %(key)s::uuid, %(command_id)s::uuid, %(digest)s::bytea, %(used_for)s::text, to_timestamp(%(now)s::bigint)
    FROM set_config('synchronous_commit', coalesce(%(commit)s::text, current_setting('synchronous_commit')), true)
    ON CONFLICT (key) DO UPDATE SET command_id = excluded.command_id, digest = excluded.digest,
        used_for = excluded.used_for, used_at = excluded.used_at
    WHERE used.used_at <= to_timestamp(%(over)s::bigint)
    RETURNING command_id, digest, used_for, used_at
"""
LOOK = "SELECT command_id, digest, used_for, used_at FROM plumbing_used_key WHERE key = %(key)s"
SWEEP = "DELETE FROM plumbing_used_key WHERE used_at <= to_timestamp(%s)"


class BadIdempotencyKey(Problem):
    code = "plumbing.doors.bad-idempotency-key"
    status = 400
    title = "Idempotency-Key 无效：应为 1 至 200 个字符。"
    title_en = "The Idempotency-Key is not valid: it has 1 to 200 characters."


class IdempotencyKeyReused(Problem):
    code = "plumbing.doors.idempotency-key-reused"
    status = 422
    title = (
        "这个 Idempotency-Key 已于 {used_at} 用于另一项提交（{used_for}），本次内容没有办理。"
        "请先核对上次的结果；要提交新的内容，请换用新的 Idempotency-Key。"
    )
    title_en = (
        "This Idempotency-Key was used for something else at {used_at} ({used_for}); nothing was done now. "
        "Look what came of that; what is new needs a new Idempotency-Key."
    )


class _Used(NamedTuple):
    command_id: UUID
    digest: bytes
    used_for: str
    used_at: datetime


def command_id_of(request: HttpRequest, *, apart: tuple[str, ...] = (), clock: Clock = system_clock) -> UUID:
    """The id under which the work of this request is done: the same for the same request sent again.

    Called when the input is known to be good. `apart` names what is no part of the content: what somebody had seen, and
    the list of a batch, whose parts are judged one by one; the same key may come with more of them.
    """
    text, fresh = request.headers.get("Idempotency-Key"), system_ids()
    if text is None:
        return fresh
    if not 1 <= len(text) <= LONGEST_KEY:
        raise BadIdempotencyKey(field="Idempotency-Key")
    key = uuid5(NAMESPACE_URL, f"gezhi:{actor_of(request).user_id}:{text}")
    digest = digest_of(request, apart=apart)
    used = _claim(key, fresh, digest, f"{request.method} {request.path}", clock())
    if used.digest != digest:
        said = localtime(used.used_at).strftime("%Y-%m-%d %H:%M:%S")
        raise IdempotencyKeyReused(field="Idempotency-Key", used_at=said, used_for=used.used_for)
    return used.command_id


def doing_of(request: HttpRequest) -> Doing:
    """Who acts on a register, and under which key."""
    return Doing(actor=actor_of(request), key=command_id_of(request), clock=system_clock, ids=system_ids)


def digest_of(request: HttpRequest, *, apart: tuple[str, ...] = ()) -> bytes:
    """What a request asks for: address and content, the order of JSON's names aside. Keyed with the secret of this
    installation, so that it tells nothing of who reported.
    """
    digest = blake2b(digest_size=32, key=settings.SECRET_KEY.encode()[:LONGEST_SECRET])
    digest.update(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        digest.update(msgspec.json.encode(sorted(request.POST.lists())))
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(msgspec.json.encode([name, file.name, file.size]))
                digest.update(b"".join(file.chunks()))
                file.seek(0)
    else:
        digest.update(_plain(request.body, apart))
    return digest.digest()


def _plain(body: bytes, apart: tuple[str, ...]) -> bytes:
    try:
        content: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError):
        return body
    if isinstance(content, dict):
        content = {name: value for name, value in content.items() if name not in apart}
    return msgspec.json.encode(content, order="deterministic")


def _claim(key: UUID, command_id: UUID, digest: bytes, used_for: str, now: int) -> _Used:
    values: dict[str, Any] = {
        "key": key,
        "command_id": command_id,
        "digest": digest,
        "used_for": used_for,
        "now": now,
        "over": now - settings.GEZHI_KEY_DAYS * DAY_S,
        "commit": None if connection.in_atomic_block else "off",
    }
    with prepared_cursor() as cursor:
        while True:  # swept between claim and look, it is free
            for sql in (CLAIM, LOOK):
                cursor.execute(sql, values)
                if (row := cursor.fetchone()) is not None:
                    return _Used(row[0], bytes(row[1]), row[2], row[3])


def sweep_keys(*, now: int) -> int:
    """Wipe keys that are new again. Gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [now - settings.GEZHI_KEY_DAYS * DAY_S])
        return int(cursor.rowcount)
