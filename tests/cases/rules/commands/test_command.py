"""What a command says when it says no more than it must, and what it may not say."""

from __future__ import annotations

import ast
import inspect
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.commands.command import Reasoned, Sender, Submission
from gezhi.cases.rules.commands.intake import AddReport, SelfHandle
from gezhi.cases.rules.commands.remarks import LiftSupervision
from gezhi.cases.rules.decide import HANDLERS
from tests.cases.world import ACCEPTOR
from tests.guards.source import PACKAGE

SALT = "5a" * 32
FLAGS = ("wants_answer", "keep_secret", "by_call")
SENT: dict[str, Any] = {"report_id": "r1", "channel": "hotline", "lon": 1_180_000_000, "lat": 360_000_000}
NOTHING_MORE: dict[str, Any] = {
    "address": "",
    "class_key": None,
    "row_key": None,
    "pictures": (),
    "reachable": False,
    "by_call": False,
}
NOTHING_SEEN: dict[str, Any] = {"pictures": (), "lon": None, "lat": None, "text": ""}
SHORTEST: tuple[tuple[type[Command], dict[str, Any], dict[str, Any]], ...] = (
    (commands.Report, SENT, NOTHING_MORE),
    (SelfHandle, SENT, {**NOTHING_MORE, "after": ()}),
    (
        AddReport,
        {"report_id": "r1", "channel": "web"},
        {"moved": None, "pictures": (), "reachable": False, "by_call": False},
    ),
    (commands.RequireVerification, {}, {"collector_id": None, "reason": ""}),
    (commands.CompleteVerification, {"real": True}, NOTHING_SEEN),
    (commands.Accept, {"class_key": "c"}, {"row_key": None, "address": None, "lon": None, "lat": None}),
    (commands.Refuse, {"reason": "不属于", "reason_code": "other"}, {"answer": ""}),
    (commands.Merge, {"into": "another", "reason": "重复", "reason_code": "other"}, {"answer": ""}),
    (commands.GiveBack, {"reason": "类别有误", "reason_code": "other"}, {}),
    (commands.DeclineClosing, {"reason": "照片不清", "reason_code": "other"}, {}),
    (commands.Reopen, {"reason": "回访未解决", "reason_code": "other"}, {}),
    (commands.Register, {}, {"limit": None, "unit": None, "closing": (), "reason": ""}),
    (commands.Reject, {"reason": "不立案", "reason_code": "other"}, {"answer": ""}),
    (
        commands.Amend,
        {"reason": "更正"},
        {"class_key": None, "row_key": None, "address": None, "lon": None, "lat": None},
    ),
    (
        commands.CorrectContact,
        {"report_id": "r1", "reason": "听错"},
        {"reachable": False, "by_call": False, "again": False},
    ),
    (commands.Dispatch, {"unit_id": 5}, {"helpers": (), "reason": ""}),
    (commands.SettleOwner, {"unit_id": 5, "basis": "纪要", "reason": "会商", "manner": "meeting"}, {"cost": None}),
    (commands.Assign, {"unit_id": 5}, {"text": ""}),
    (commands.HandOver, {}, NOTHING_SEEN),
    (commands.Confirm, {}, {"inspection_required": True, "reason": ""}),
    (commands.SendInspection, {}, {"collector_id": None}),
    (commands.CompleteInspection, {}, {**NOTHING_SEEN, "results": ()}),
    (commands.Close, {"kind": "normal"}, {"answer": ""}),
    (commands.FindMissed, {"basis": "巡查轨迹", "reason": "公众先报"}, {"collector_id": None, "pictures": ()}),
    (commands.Supervise, {"order": "d1", "level": 1, "text": "尽快", "due": 9}, {"kind": "supervisor"}),
    (LiftSupervision, {"order": "d1", "text": "已办结"}, {"remaining": 0}),
)


@pytest.mark.parametrize(("command", "said", "meant"), SHORTEST, ids=[one.__name__ for one, *_ in SHORTEST])
def test_what_a_command_leaves_out_means_nothing_more(
    command: type[Command], said: dict[str, Any], meant: dict[str, Any]
) -> None:
    read = msgspec.convert(said, command)
    assert {name: getattr(read, name) for name in read.__struct_fields__} == {**said, **meant}


def test_every_other_command_has_to_say_everything() -> None:
    every = {getattr(commands, name) for name in commands.__all__} - {Command, Sender, Submission}
    others = every - {command for command, *_ in SHORTEST}
    assert [one for one in others for field in msgspec.structs.fields(one) if not field.required] == []


def test_a_word_that_a_command_does_not_know_is_refused_and_none_is_given_by_place() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"text": "已联系", "txet": ""}, commands.Note)
    with pytest.raises(TypeError):
        commands.Note("已联系")  # type: ignore[call-arg]


def test_what_was_commanded_or_sent_is_not_changed_afterwards() -> None:
    submission = Submission(case_id=UUID(int=1), command_id=UUID(int=2), command=commands.RunOut(), actor=ACCEPTOR)
    for one in (commands.Note(text="已联系"), Sender(salt=SALT), submission):
        with pytest.raises(AttributeError):
            setattr(one, one.__struct_fields__[0], None)


def test_nothing_is_known_of_a_sender_and_of_the_moment_unless_it_is_said() -> None:
    assert msgspec.to_builtins(Sender(salt=SALT)) == {
        "salt": SALT,
        "description": "",
        "sender_no": "",
        "name": "",
        "phone": "",
        "wants_answer": False,
        "keep_secret": False,
        "by_call": False,
    }
    sent = Submission(case_id=UUID(int=1), command_id=UUID(int=2), command=commands.RunOut(), actor=ACCEPTOR)
    assert (sent.sender, sent.happened, sent.recorded, sent.seen_seq) == (None, None, None, None)


@pytest.mark.parametrize(
    ("phone", "wants", "told"),
    [("13900000000", True, True), ("13900000000", False, False), ("", True, False), ("", False, False)],
)
def test_who_is_told_what_comes_of_it_asked_for_it_and_left_a_number(phone: str, wants: bool, told: bool) -> None:
    assert Sender(salt=SALT, phone=phone, wants_answer=wants).reachable is told


@pytest.mark.parametrize(
    ("phone", "asked", "called"),
    [("13900000000", False, False), ("13900000000", True, True), ("0371-67180000", False, True), ("", True, False)],
)
def test_who_asked_for_a_call_or_cannot_be_texted_is_called(phone: str, asked: bool, called: bool) -> None:
    assert Sender(salt=SALT, phone=phone, wants_answer=True, by_call=asked).called is called
    assert not Sender(salt=SALT, phone=phone, wants_answer=False, by_call=asked).called


def test_the_digest_of_the_words_is_taken_over_salt_and_words_in_the_order_of_their_names() -> None:
    sender = Sender(salt=SALT, description="井盖“坏”了\n", sender_no="X1", name="王", phone="139", keep_secret=True)
    first = '{"description":"井盖“坏”了\\n","keep_secret":true,"name":"王",'
    words = first + '"phone":"139","sender_no":"X1","wants_answer":false}'
    assert sender.digest == sha256(bytes.fromhex(SALT) + words.encode()).hexdigest()
    words = '{"by_call":true,' + words[1:]  # said only where it is so
    called = msgspec.structs.replace(sender, by_call=True)
    assert called.digest == sha256(bytes.fromhex(SALT) + words.encode()).hexdigest()


@pytest.mark.parametrize("name", Sender.__struct_fields__[1:])
def test_any_other_word_or_salt_gives_another_digest(name: str) -> None:
    sender = Sender(salt=SALT, description="井盖坏了")
    assert msgspec.structs.replace(sender, **{name: True if name in FLAGS else "x"}).digest != sender.digest
    assert msgspec.structs.replace(sender, salt="00" * 32).digest != sender.digest


GATHERED = PACKAGE / "cases" / "actions" / "gather.py"


def fields_read(path: Path) -> set[str]:
    """The fields of a command that this file reads."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "command"
    }


@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: kind.__name__)
def test_no_field_of_a_command_is_passed_over(kind: type[Command]) -> None:
    """A field is read where the command is decided, or where its facts are gathered; of every list of reasons, once."""
    handler: Any = HANDLERS[kind]
    decided = inspect.getfile(handler.func if isinstance(handler, partial) else handler)
    read = set[str]().union(*map(fields_read, (Path(decided), Path(inspect.getfile(kind)), GATHERED)))
    assert set(kind.__struct_fields__) - read - set(Reasoned.__struct_fields__) == set()
