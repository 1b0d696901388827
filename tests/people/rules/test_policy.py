from __future__ import annotations

import pytest

from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.people.rules.policy import GRANTS, PERMISSION_NAMES, decide_access


def actor(role: Role, *, scope: Scope | None = None) -> Actor:
    return Actor(1, 1, role, 1, Scope(regions=("4101",)) if scope is None else scope)


P = Permission


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        (Role.COLLECTOR, P.CASES_REPORT, True),
        (Role.COLLECTOR, P.REPORTERS_READ, False),
        (Role.ACCEPTOR, P.REPORTERS_READ, True),
        (Role.DUTY_OFFICER, P.REPORTERS_READ, True),
        (Role.DISPATCHER, P.REPORTERS_READ, False),
        (Role.DISPATCHER, P.CASES_REPORT, False),
        (Role.DISPATCHER, P.PROOF_READ, False),
        (Role.DISPATCHER, P.DUTIES_READ, True),
        (Role.HANDLER, P.REPORTERS_READ, False),
        (Role.HANDLER, P.CASES_ACT, True),
        (Role.SUPERVISOR, P.REPORTERS_READ, False),
        (Role.SUPERVISOR, P.PROOF_READ, True),
        (Role.LEADER, P.CASES_ACT, True),
        (Role.ADMINISTRATOR, P.SETTINGS_WRITE, True),
        (Role.ADMINISTRATOR, P.PROOF_READ, True),
        (Role.ADMINISTRATOR, P.CASES_ACT, False),
        (Role.ADMINISTRATOR, P.REPORTERS_READ, False),
        (Role.CHANNEL, P.CASES_REPORT, True),
        (Role.CHANNEL, P.CASES_ACT, False),
        (Role.CHANNEL, P.PEOPLE_READ, False),
    ],
)
def test_a_post_may_do_what_its_row_says(role: Role, permission: Permission, *, allowed: bool) -> None:
    assert decide_access(actor(role), permission).allowed is allowed


def test_only_the_keeper_of_the_system_changes_settings() -> None:
    assert {role for role, granted in GRANTS.items() if P.SETTINGS_WRITE in granted} == {
        Role.ADMINISTRATOR,
        Role.SYSTEM,
    }


def test_the_tables_name_every_role_and_every_permission() -> None:
    assert set(GRANTS) == set(ROLE_NAMES) == set(Role)
    assert set(PERMISSION_NAMES) == set(Permission)


@pytest.mark.parametrize("role", list(Role))
def test_every_post_may_do_what_signed_in_users_may(role: Role) -> None:
    assert decide_access(actor(role), P.SIGNED_IN).allowed
    assert decide_access(actor(role), P.PUBLIC).allowed


def test_nobody_may_do_what_is_public_and_nothing_else() -> None:
    assert decide_access(None, P.PUBLIC).allowed
    for permission in set(Permission) - {P.PUBLIC}:
        assert decide_access(None, permission).code == "people.policy.not-signed-in"


def test_a_refusal_names_the_post_and_the_posts_that_may() -> None:
    answer = decide_access(actor(Role.HANDLER), P.REPORTERS_READ)
    assert answer.code == "people.policy.not-granted"
    assert answer.why_zh == ("您当前的岗位是处置人员，没有“查看举报人信息”的权限；具有该权限的岗位：受理员、值班长。")
    assert answer.why_en == (
        "Your post is that of handler, which may not see who reported; posts that may: acceptor, duty officer."
    )


def test_an_empty_scope_is_refused_with_its_reason_instead_of_an_empty_page() -> None:
    answer = decide_access(actor(Role.COLLECTOR, scope=Scope(only_own_work=True)), P.CASES_READ)
    assert answer.code == "people.policy.scope-empty"
    assert decide_access(actor(Role.COLLECTOR, scope=Scope()), P.CATALOG_READ).allowed
    assert decide_access(actor(Role.HANDLER, scope=Scope(organisations=(7,))), P.CASES_READ).allowed
