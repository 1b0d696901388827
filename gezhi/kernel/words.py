"""文字要求: what is asked of words that somebody typed: present, and not too long."""

from __future__ import annotations

from gezhi.kernel.problems import Problem

MOST_CHARACTERS = 2_000
NAMES: dict[str, tuple[str, str]] = {
    "address": ("位置描述", "Place"),
    "answer": ("答复内容", "Answer"),
    "basis": ("依据", "Basis"),
    "cause": ("问责事由", "Cause"),
    "contractor": ("代整治单位", "Contractor"),
    "demand": ("整改要求", "Demand"),
    "description": ("问题描述", "Description"),
    "participants": ("参会单位", "Participants"),
    "plan": ("处置方案", "Plan"),
    "reason": ("理由", "Reason"),
    "requirement": ("督办要求", "Requirement"),
    "result": ("整改结果", "Result"),
    "text": ("说明", "Remark"),
    "title": ("名称", "Title"),
    "to": ("报送单位", "Reported to"),
}
"""What each field is called in a refusal."""


class WordsMissing(Problem):
    code = "kernel.words.missing"
    status = 422
    title = "请填写“{name}”。"
    title_en = "“{name_en}” must be filled in."


class WordsTooLong(Problem):
    code = "kernel.words.too-long"
    status = 422
    title = "“{name}”最多 {most} 字，现有 {count} 字，请精简；您填写的内容没有丢失。"
    title_en = "“{name_en}” may have {most} characters; it has {count}. Nothing that you typed is lost."


def require_words(field: str, value: str) -> str:
    """The text without outer blanks; a Problem for none or too many characters."""
    words = limit_words(field, value)
    if not words:
        name, name_en = NAMES[field]
        raise WordsMissing(field=field, name=name, name_en=name_en)
    return words


def limit_words(field: str, value: str) -> str:
    """The text without outer blanks, which may be empty; a Problem for too many characters."""
    words = value.strip()
    if len(words) > MOST_CHARACTERS:
        name, name_en = NAMES[field]
        raise WordsTooLong(field=field, name=name, name_en=name_en, most=MOST_CHARACTERS, count=len(words))
    return words
