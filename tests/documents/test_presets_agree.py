"""What the shipped rule texts say of limits, shares and deciders is what the presets do."""

from __future__ import annotations

from importlib.resources import files

import pytest

from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.supervision.rules.automatic import LEVELS

DIGITS = "零一二三四五六七八九"
SHARES = ApplicationKind.EXTENSION, ApplicationKind.SUSPENSION, ApplicationKind.VOID, ApplicationKind.APPEAL


def text_of(name: str) -> str:
    return files("gezhi.documents").joinpath("presets", f"{name}.md").read_text(encoding="utf-8")


def in_words(number: int) -> str:
    """Up to 100, as a rule text writes it."""
    if number == 100:
        return "一百"
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, DIGITS[tens] + "十")
    return ten + (DIGITS[ones] if ones or not tens else "")


def article(name: str, number: int) -> str:
    lines = text_of(name).splitlines()
    (found,) = [line for line in lines if line.startswith(f"第{in_words(number)}条 ")]
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_the_handbook_names_the_levels_of_supervision_as_they_are_ordered(level: int) -> None:
    row = LEVELS[level]
    late = f"百分之{in_words(row.share // 10)}且不少于{in_words(row.hours)}个工作时"
    count = "两" if row.reply.value == 2 else in_words(row.reply.value)
    unit = {"work_hour": "工作时", "work_day": "工作日"}[row.reply.unit]
    assert late in article("command-handbook", 14)
    assert f"{count}个{unit}内答复" in article("command-handbook", 14)


def test_the_plan_names_warning_and_ceiling_of_the_shares() -> None:
    said = article("operation-plan", 23)
    (warning,), (ceiling,) = ({MATRIX[kind].warning for kind in SHARES}, {MATRIX[kind].ceiling for kind in SHARES})
    assert f"百分之{in_words(warning // 10)}" in said
    assert f"超过百分之{in_words(ceiling // 10)}" in said
    assert f"回退的占比上限为百分之{in_words(MATRIX[ApplicationKind.SEND_BACK].ceiling // 10)}" in said


def test_the_assessment_rules_name_the_days_and_the_base_of_the_shares() -> None:
    said = article("assessment-rules.2", 14)
    (days,), (base,) = ({row.share_days for row in MATRIX.values()}, {row.share_base for row in MATRIX.values()})
    assert f"近{in_words(days)}日" in said
    assert f"派遣不足{in_words(base)}件" in said


def test_the_plan_names_who_decides() -> None:
    def names(chain: tuple[str, ...]) -> list[str]:
        return [ROLE_NAMES[Role(role)][0] for role in chain]

    first, second = names(MATRIX[ApplicationKind.APPEAL].steps)
    assert f"由{first}和{second}先后决定" in article("operation-plan", 22)
    first, second = names(MATRIX[ApplicationKind.EXTENSION].steps)
    assert f"由{first}提出意见、{second}决定" in article("operation-plan", 19)
    assert MATRIX[ApplicationKind.EXTENSION].steps_again[-1] == Role.LEADER
    first, _ = names(MATRIX[ApplicationKind.SUSPENSION].steps)
    assert f"由{first}提出意见、分管领导决定" in article("operation-plan", 20)
    first, _ = names(MATRIX[ApplicationKind.VOID].steps)
    assert f"由{first}提出意见、分管领导决定" in article("operation-plan", 21)


def test_the_plan_bounds_an_extension_as_the_matrix_does() -> None:
    row = MATRIX[ApplicationKind.EXTENSION]
    said = article("operation-plan", 19)
    assert (row.longest, "不超过原时限的一半" in said) == (50, True)
    assert (row.most_granted, "准予延期不超过两次" in said) == (2, True)
    assert row.before_deadline
    assert row.needs_proof
    assert "在时限届满以前附证明材料" in said
    assert (row.longest_in_all, "累计延长不超过原时限" in said) == (100, True)
    assert (row.form_again, "第二次申请附盖章的申请表" in said) == (True, True)


def test_the_plan_says_for_which_send_back_a_sealed_form_is_needed() -> None:
    row = MATRIX[ApplicationKind.SEND_BACK]
    said = article("operation-plan", 18)
    first, second = [ROLE_NAMES[Role(role)][0] for role in row.steps_form]
    assert (row.form_for, "认为不需要处置的，附盖章的申请表" in said) == (("no-need",), True)
    assert f"由{first}提出意见、{second}决定" in said
