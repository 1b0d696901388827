"""What is asked of the words of a register: present, and not too long."""

from __future__ import annotations

from gezhi.kernel.problems import Problem

MOST_CHARACTERS = 2_000
NAMES: dict[str, tuple[str, str]] = {
    "requirement": ("督办要求", "Requirement"),
    "reason": ("理由", "Reason"),
    "text": ("说明", "Text"),
    "cause": ("问责事由", "Cause"),
    "demand": ("整改要求", "Demand"),
    "result": ("整改结果", "Result"),
    "plan": ("处置方案", "Plan"),
    "title": ("名称", "Title"),
    "basis": ("依据", "Basis"),
    "to": ("报送单位", "Reported to"),
    "contractor": ("代整治单位", "Contractor"),
    "participants": ("参会单位", "Participants"),
}


class WordsMissing(Problem):
    code = "supervision.words.missing"
    status = 422
    title = "请填写“{name}”。"
    title_en = "“{name_en}” must be filled in."


class WordsTooLong(Problem):
    code = "supervision.words.too-long"
    status = 422
    title = "“{name}”最多 {most} 字，现有 {count} 字，请精简；您填写的内容没有丢失。"
    title_en = "“{name_en}” may have {most} characters; it has {count}. Nothing that you typed is lost."


def require_words(field: str, value: str) -> str:
    """The text without outer blanks; a Problem for none or too many characters."""
    name, name_en = NAMES[field]
    words = value.strip()
    if not words:
        raise WordsMissing(field=field, name=name, name_en=name_en)
    if len(words) > MOST_CHARACTERS:
        raise WordsTooLong(field=field, name=name, name_en=name_en, most=MOST_CHARACTERS, count=len(words))
    return words
