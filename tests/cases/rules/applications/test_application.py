import pytest

from gezhi.cases.rules.applications.application import OUTCOME_NAMES, STEP_NAMES, UNIT, ApplicationOutcome
from gezhi.kernel.role_names import ROLE_NAMES


def test_every_outcome_has_a_name_in_both_languages() -> None:
    assert {
        "granted": ("同意", "Granted"),
        "refused": ("不同意", "Refused"),
        "withdrawn": ("已撤回", "Withdrawn"),
        "lapsed": ("自行失效", "Lapsed"),
        "expired": OUTCOME_NAMES[ApplicationOutcome.EXPIRED],
    } == OUTCOME_NAMES
    assert all(zh and en for zh, en in OUTCOME_NAMES.values())


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_step_bears_the_name_of_the_role_that_decides(role: str) -> None:
    assert STEP_NAMES[role] == ROLE_NAMES[role]  # type: ignore[index]


def test_a_step_of_the_unit_above_a_crew_bears_its_name() -> None:
    assert STEP_NAMES[UNIT] == ("上级单位", "unit above")
