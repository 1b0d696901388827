from __future__ import annotations

from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES, say_roles


def test_every_role_has_one_name_in_each_language() -> None:
    assert set(ROLE_NAMES) == set(Role)
    for names in zip(*ROLE_NAMES.values(), strict=True):
        assert len(set(names)) == len(Role)


def test_a_refusal_names_several_roles_in_both_languages() -> None:
    assert say_roles(Role.DUTY_OFFICER, Role.LEADER) == {"roles": "值班长、领导", "roles_en": "duty officer, leader"}
