"""类别键: a class code is unique only together with its edition and its kind, so all three make its key."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

from gezhi.kernel.problems import Problem

KEY_PATTERN: Final = re.compile(r"(\d{4})-(part|matter)-(\d{4,5})")
MAJOR_DIGITS: Final = 2


class ClassKind(StrEnum):
    """部件 or 事件 (since 2026: 事项)."""

    PART = "part"
    MATTER = "matter"


CLASS_KIND_NAMES: Final = {ClassKind.PART: ("部件", "parts"), ClassKind.MATTER: ("事件", "matters")}
KINDS: Final = tuple(ClassKind)


class MalformedKey(Problem):
    code = "catalog.class-key.malformed"
    status = 422
    title = "类别编号“{key}”格式不对，应为“版本-类型-代码”，例如 2013-part-0101。"
    title_en = "The class key '{key}' is malformed: it is edition-kind-code, such as 2013-part-0101."


class ClassKey(NamedTuple):
    """Edition, kind and code (major and minor digits) of a class; `str()` gives 2013-part-0101."""

    edition: str
    kind: ClassKind
    code: str

    def __str__(self) -> str:
        return f"{self.edition}-{self.kind}-{self.code}"

    @property
    def major_code(self) -> str:
        return self.code[:MAJOR_DIGITS]

    @property
    def minor_code(self) -> str:
        return self.code[MAJOR_DIGITS:]


def parse_class_key(text: str) -> ClassKey:
    """The parts of a key, or `MalformedKey`."""
    match = KEY_PATTERN.fullmatch(text)
    if match is None:
        raise MalformedKey(key=text, field="class_key")
    edition, kind, code = match.groups()
    return ClassKey(edition, ClassKind(kind), code)


def near_classes(key: str) -> str:
    """相近类别: with what the keys of all classes of the same major class begin; nothing for what is no class."""
    match = KEY_PATTERN.fullmatch(key)
    if match is None:
        return ""
    edition, kind, code = match.groups()
    return f"{edition}-{kind}-{code[:MAJOR_DIGITS]}"


def row_key(class_key: str, seq: int) -> str:
    """The key of a standard row of a class: 2013-part-0101-1."""
    return f"{class_key}-{seq}"


def row_number(key: str) -> int:
    """A whole number that stands for a row key, where rows of several registers are kept by number."""
    class_key, _, seq = key.rpartition("-")
    edition, kind, code = parse_class_key(class_key)
    return int(f"{edition}{KINDS.index(kind)}{code:0>5}{int(seq):05}")
