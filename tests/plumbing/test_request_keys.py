"""An Idempotency-Key belongs to its user and to what was asked for, and is new again after its time."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.plumbing.models import UsedKey
from gezhi.plumbing.request_keys import (
    BadIdempotencyKey,
    IdempotencyKeyReused,
    command_id_of,
    digest_of,
    doing_of,
    sweep_keys,
)
from tests.fixtures import FixedClock

NOTE = {"command": "note", "text": "已电话联系"}
COMMANDS, OTHER_CASE = "/api/v1/cases/1/commands", "/api/v1/cases/2/commands"
KEPT_S = settings.GEZHI_KEY_DAYS * 86_400


def ask(
    body: Any = NOTE, *, path: str = COMMANDS, method: str = "POST", user: int = 7, key: str | None = "42", **sent: Any
) -> HttpRequest:
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    headers = {} if key is None else {"Idempotency-Key": key}
    request = RequestFactory().generic(method, path, text, content_type="application/json", headers=headers)
    actor = Actor(user_id=user, post_id=1, role=Role.ACCEPTOR, organisation_id=1, scope=Scope())
    request.actor = actor  # type: ignore[attr-defined]
    return request


def upload(content: bytes, *, name: str = "a.pdf") -> HttpRequest:
    """Each has a boundary of its own, as browsers send it."""
    file = SimpleUploadedFile(name, content)
    request = RequestFactory().post("/api/v1/documents/versions/1/file", {"file": file})
    request.actor = ask().actor  # type: ignore[attr-defined]
    return request


SAME = {
    "sent again": ask(),
    "written in another order": ask('{ "text": "已电话联系",\n "command": "note" }'),
    "with escapes": ask(json.dumps(NOTE, ensure_ascii=True)),
}
OTHER = {
    "other words": ask({**NOTE, "text": "没有联系上"}),
    "another command": ask({"command": "refuse", "reason": "已电话联系", "reason_code": "other"}),
    "one field more": ask({**NOTE, "seq": 3}),
    "another case": ask(path=OTHER_CASE),
    "another route": ask(path="/api/v1/cases"),
    "another method": ask(method="PUT"),
    "another query": ask(path=f"{COMMANDS}?x=1"),
    "a list": ask([NOTE]),
    "no JSON at all": ask("note"),
    "bytes of no text": ask(b"\xff\xfe"),
    "no body": ask(""),
}


@pytest.mark.parametrize("case", SAME)
def test_the_same_content_under_a_key_has_the_same_id(db: None, case: str) -> None:
    assert command_id_of(ask()) == command_id_of(SAME[case])


@pytest.mark.parametrize("case", OTHER)
def test_other_content_under_a_used_key_is_refused_and_the_conflict_is_named(db: None, case: str) -> None:
    first = command_id_of(ask(), clock=FixedClock())
    with pytest.raises(IdempotencyKeyReused) as refusal:
        command_id_of(OTHER[case], clock=FixedClock())
    assert (refusal.value.status, refusal.value.field) == (422, "Idempotency-Key")
    assert refusal.value.details == {"used_at": "2026-03-02 09:00:00", "used_for": f"POST {COMMANDS}"}
    assert command_id_of(ask(), clock=FixedClock()) == first


def test_keys_of_two_people_never_meet(db: None) -> None:
    ids = [command_id_of(ask(user=user)) for user in (7, 8, 7)]
    assert ids[0] == ids[2] != ids[1]
    assert command_id_of(ask({**NOTE, "text": "别人的"}, user=9)) not in ids


def test_without_a_key_each_request_is_new_and_nothing_is_kept(db: None) -> None:
    assert command_id_of(ask(key=None)) != command_id_of(ask(key=None))
    assert UsedKey.objects.count() == 0


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_has_1_to_200_characters(db: None, key: str) -> None:
    with pytest.raises(BadIdempotencyKey):
        command_id_of(ask(key=key))


def test_a_key_is_new_again_after_its_time_under_an_id_that_no_log_has(db: None) -> None:
    clock, other = FixedClock(), ask({**NOTE, "text": "一周以后"})
    first = command_id_of(ask(), clock=clock)
    clock.advance(KEPT_S - 1)
    assert command_id_of(ask(), clock=clock) == first
    clock.advance(1)
    second = command_id_of(other, clock=clock)
    assert second != first
    assert command_id_of(other, clock=clock) == second


def test_keys_are_swept_when_their_time_is_over(db: None) -> None:
    clock = FixedClock()
    command_id_of(ask(), clock=clock)
    assert sweep_keys(now=clock.advance(KEPT_S - 1)) == 0
    assert sweep_keys(now=clock.advance(1)) == 1


def test_a_batch_may_come_again_with_more_parts_and_not_with_another_command(db: None) -> None:
    def batch(*cases: int, text: str = "已电话联系") -> HttpRequest:
        return ask({"command": {**NOTE, "text": text}, "cases": [{"id": one} for one in cases]})

    first = command_id_of(batch(1, 2), apart=("cases",))
    assert command_id_of(batch(2, 3), apart=("cases",)) == first
    with pytest.raises(IdempotencyKeyReused):
        command_id_of(batch(1, 2, text="另一句"), apart=("cases",))


def test_a_file_is_known_again_by_its_name_and_content(db: None) -> None:
    assert digest_of(upload(b"%PDF 1")) == digest_of(upload(b"%PDF 1"))
    different = [upload(b"%PDF 1"), upload(b"%PDF 2"), upload(b"%PDF 1", name="b.pdf")]
    assert len({digest_of(one) for one in different}) == 3
    request = upload(b"%PDF 1")
    digest_of(request)
    assert request.FILES["file"].read() == b"%PDF 1"  # type: ignore[union-attr]


def test_the_digest_tells_nothing_without_the_secret_of_the_installation(settings: Any, db: None) -> None:
    before = digest_of(ask())
    settings.SECRET_KEY = "another"
    assert digest_of(ask()) != before


def test_who_acts_on_a_register_does_it_under_the_same_id(db: None) -> None:
    doing = doing_of(ask())
    assert (doing.actor.user_id, doing.key) == (7, command_id_of(ask()))
    assert isinstance(doing.key, UUID)


def test_inside_a_transaction_a_claim_is_as_durable_as_the_work(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        command_id_of(ask())
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
