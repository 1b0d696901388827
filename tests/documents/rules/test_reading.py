from __future__ import annotations

from datetime import date

import pytest

from gezhi.documents.rules.kinds import Standing
from gezhi.documents.rules.reading import (
    NotAsked,
    NotInForce,
    UnknownRole,
    check_confirmation,
    check_roles,
    list_readers,
)
from gezhi.kernel.permissions import Role
from tests.people.invented import build_directory

MONDAY = date(2026, 3, 2)


def names(roles: list[str], area: str = "") -> list[str]:
    return [reader.name for reader in list_readers(build_directory(), roles, area, on=MONDAY)]


def test_readers_are_all_holders_of_the_roles_each_once() -> None:
    assert names(["acceptor", "dispatcher", "duty-officer"]) == ["安然", "鲍远"]


def test_a_document_of_a_district_is_for_those_who_work_there() -> None:
    assert names(["collector"]) == ["车行", "戴晨", "纪远"]
    assert names(["collector"], "370902") == ["车行", "戴晨"]
    assert names(["collector"], "370903") == []


def test_who_has_left_need_not_read() -> None:
    assert "离任" not in names(["acceptor"])


def test_roles_are_kept_once_in_the_order_of_the_house() -> None:
    assert check_roles(["handler", "collector", "handler"]) == ["collector", "handler"]


@pytest.mark.parametrize("role", ["channel", "system", "mayor"])
def test_a_machine_reads_nothing(role: str) -> None:
    with pytest.raises(UnknownRole):
        check_roles([role])


def test_only_who_was_asked_confirms() -> None:
    check_confirmation(Role.HANDLER, ["handler"], Standing.UPCOMING, bound=True)
    with pytest.raises(NotAsked):
        check_confirmation(Role.LEADER, ["handler"], Standing.IN_FORCE, bound=True)
    with pytest.raises(NotAsked):
        check_confirmation(Role.HANDLER, ["handler"], Standing.IN_FORCE, bound=False)


@pytest.mark.parametrize("standing", [Standing.DRAFT, Standing.SUBMITTED, Standing.ENDED, Standing.DISCARDED])
def test_only_what_is_or_will_be_in_force_is_confirmed(standing: Standing) -> None:
    with pytest.raises(NotInForce):
        check_confirmation(Role.HANDLER, ["handler"], standing, bound=True)
