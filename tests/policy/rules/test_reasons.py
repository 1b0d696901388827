"""The closed lists of reasons: what may be chosen, what stands in the entry, what a city may set."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.commands.command import Reasoned
from gezhi.cases.rules.decide import HANDLERS
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ClosingKind
from gezhi.kernel.words import WordsMissing
from gezhi.policy.rules.reasons import (
    CLOSE,
    OTHER,
    BadReasons,
    Reason,
    UnknownReason,
    check_reasons,
    own_lists,
    reason_code,
)
from tests.cases.world import ACCEPTOR, DISPATCHER, DUTY_OFFICER, POLICY, REASONS, ROADS_MAN, Walk

GIVEN: tuple[tuple[Status, Command, Any, str], ...] = (
    (Status.REPORTED, commands.Refuse(reason="归物业管理", reason_code="not-ours"), ACCEPTOR, "not-ours"),
    (Status.REPORTED, commands.Refuse(reason="归物业管理", reason_code="other"), ACCEPTOR, "other"),
    (Status.ACCEPTED, commands.Reject(reason="很轻微", reason_code="below-standard"), DUTY_OFFICER, "below-standard"),
    (Status.ACCEPTED, commands.GiveBack(reason="应为井盖", reason_code="wrong-class"), DUTY_OFFICER, "wrong-class"),
    (
        Status.REGISTERED,
        commands.GiveBack(reason="没有单位", reason_code="not-to-dispatch"),
        DISPATCHER,
        "not-to-dispatch",
    ),
    (Status.TO_CLOSE, commands.DeclineClosing(reason="仍有残留", reason_code="not-met"), DUTY_OFFICER, "not-met"),
    (Status.CLOSED, commands.Reopen(reason="又坏了", reason_code="recurred"), DUTY_OFFICER, "recurred"),
)


@pytest.mark.parametrize(("status", "command", "actor", "code"), GIVEN, ids=lambda one: getattr(one, "word", ""))
def test_the_code_stands_in_the_entry_beside_the_words(status: Status, command: Command, actor: Any, code: str) -> None:
    walk = Walk.to(status).do(command, actor)
    assert (walk.last.reason_code, walk.last.reason) == (code, command.reason)  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", KINDS.values(), ids=lambda rule: rule.kind.value)
def test_what_is_asked_for_keeps_its_code_until_it_is_decided(rule: Any) -> None:
    codes = [one.code for one in REASONS if one.command == rule.word and one.code not in rule.preset.form_for]
    walk = Walk.to(Status.CLOSED if rule.word == "appeal" else Status.HANDLING)
    parts = {"value": 1, "until": walk.moment + 5 * 86_400}
    own = {part.name: parts[part.name] for part in rule.parts}
    ask = rule.command(reason="见附件", reason_code=codes[0], pictures=(walk.picture(),), **own)
    walk.do(ask, ROADS_MAN)
    assert (walk.last.reason_code, walk.now.applications[0].reason_code) == (codes[0], codes[0])
    walk.decide(granted=False)
    assert walk.last.application is not None
    assert walk.last.application.reason_code == codes[0]


def test_a_code_that_the_list_does_not_have_is_refused_at_the_field() -> None:
    for code in ("no-such", "below-standard"):
        with pytest.raises(UnknownReason) as found:
            Walk.to(Status.REPORTED).do(commands.Refuse(reason="不归我们", reason_code=code), ACCEPTOR)
        assert found.value.field == "reason_code"


def test_nothing_stands_in_for_a_reason_that_nobody_chose_and_the_refusal_names_what_there_is() -> None:
    walk = Walk.to(Status.TO_CLOSE)
    for code in ("", "not-ours"):
        with pytest.raises(UnknownReason) as found:
            walk.do(commands.DeclineClosing(reason="仍有残留", reason_code=code), DUTY_OFFICER)
        assert (found.value.status, found.value.field) == (422, "reason_code")
        assert "not-met（未达到结案条件）、thin-evidence（" in found.value.text()
    with pytest.raises(WordsMissing):
        walk.do(commands.DeclineClosing(reason="　", reason_code=OTHER), DUTY_OFFICER)


def test_a_city_gives_a_command_its_own_list_and_keeps_the_others() -> None:
    own = (Reason(command="refuse", code="metro", zh="地铁管理范围", en="The metro's"), *_others("refuse"))
    lists = own_lists(REASONS, own)
    check_reasons(REASONS, own)
    assert [one.code for one in lists if one.command == "refuse"] == ["metro", "other"]
    assert [one for one in lists if one.command == "reject"] == [one for one in REASONS if one.command == "reject"]
    walk = Walk(policy=replace(POLICY, reasons=lists)).report()
    assert walk.do(commands.Refuse(reason="地铁口", reason_code="metro"), ACCEPTOR).last.reason_code == "metro"


def _others(command: str) -> tuple[Reason, ...]:
    return tuple(one for one in REASONS if (one.command, one.code) == (command, OTHER))


def test_every_command_with_a_list_takes_a_code_and_every_list_has_another() -> None:
    words = {str(one.__struct_config__.tag) for one in HANDLERS if issubclass(one, Reasoned)}
    assert words == {one.command for one in REASONS} - {CLOSE}
    check_reasons(REASONS, ())
    assert [reason_code(REASONS, word, OTHER) for word in sorted(words)] == [OTHER] * len(words)
    assert {one.code for one in REASONS if one.command == CLOSE} <= set(ClosingKind)


WITHOUT_OTHER = tuple(one for one in REASONS if (one.command, one.code) != ("reject", OTHER))


def test_whoever_is_told_that_nothing_is_done_is_told_it_in_whole_sentences() -> None:
    told = [
        one.answer for one in REASONS if one.command in ("refuse", "reject", "ask_void", CLOSE) and one.code != OTHER
    ]
    assert told
    assert [answer for answer in told if not answer.endswith("感谢您的监督。")] == []


@pytest.mark.parametrize(
    "bad",
    [
        (*REASONS, REASONS[0]),
        (*REASONS, replace(REASONS[0], code="Not ours")),
        (*REASONS, replace(REASONS[0], command="dance")),
        (*REASONS, replace(REASONS[0], code="blank", zh="　")),
        WITHOUT_OTHER,
        (*WITHOUT_OTHER, Reason(command=CLOSE, code=OTHER, zh="其他", en="Other")),
    ],
    ids=["twice", "code", "command", "name", "no other", "another where none belongs hides nothing"],
)
def test_a_list_that_cannot_be_chosen_from_is_refused(bad: tuple[Reason, ...]) -> None:
    with pytest.raises(BadReasons) as found:
        check_reasons(REASONS, bad)
    assert found.value.field == "reasons"
