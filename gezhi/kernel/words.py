"""文字要求: what is asked of words that somebody typed: present, and not too long."""

from __future__ import annotations

import re
import unicodedata

from gezhi.kernel.problems import Problem

MOST_CHARACTERS = 2_000
SHORTER = {"answer": 300}
"""An answer goes out as a text, which has no room for more."""
NAMES: dict[str, tuple[str, str]] = {
    "address": ("位置描述", "Place"),
    "answer": ("答复内容", "Answer"),
    "basis": ("依据", "Basis"),
    "cause": ("问责事由", "Cause"),
    "condition": ("立案条件", "Filing condition"),
    "contractor": ("代整治单位", "Contractor"),
    "demand": ("整改要求", "Demand"),
    "description": ("问题描述", "Description"),
    "form_no": ("审批表编号", "Number of the form"),
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


_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALF = re.compile("[\ud800-\udfff]")
_EDGES = " \t\n\r\v\f\u00a0\u00ad\u180e\u200b-\u200d\u2028\u2029\u2060\u3000\ufeff"
_OUTER = re.compile(f"^[{_EDGES}]+|[{_EDGES}]+$")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Counted by Unicode as letters or signs, and drawn as nothing."""
_NEVER_DRAWN = (range(0x2065, 0x2066), range(0xFDD0, 0xFDF0), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
_PLANE, _LAST_TWO = 0x10000, 0xFFFE


def is_storable(text: str) -> bool:
    """Whether it can be kept: neither NUL, which no column holds, nor half of a character."""
    return "\0" not in text and (text.isascii() or not _HALF.search(text))


def without_direction(text: str) -> str:
    """The text without marks that turn the order in which it is shown (方向控制符)."""
    return text if text.isascii() else _DIRECTION.sub("", text)


def is_blank(text: str) -> bool:
    """空白: nothing in it is seen by itself: blanks, control and invisible characters, marks that combine with
    nothing. A character younger than this Python's tables counts as seen.
    """
    return not any(_is_seen(character) for character in text)


def _is_seen(character: str) -> bool:
    kind, code = unicodedata.category(character), ord(character)
    if kind == "Cn":
        return code % _PLANE < _LAST_TWO and not any(code in unused for unused in _NEVER_DRAWN)
    return kind == "Co" or (kind[0] not in "MZC" and character not in _UNSEEN)


def plain(text: str) -> str:
    """A text as every door takes it: in its own direction, and empty if it is blank."""
    return "" if is_blank(text) else without_direction(text)


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
    words = _OUTER.sub("", plain(value))
    most = SHORTER.get(field, MOST_CHARACTERS)
    if len(words) > most:
        name, name_en = NAMES[field]
        raise WordsTooLong(field=field, name=name, name_en=name_en, most=most, count=len(words))
    return words
