"""成批修订: rows that are proposed or decided together, all of them or none; which one was refused is said."""

from __future__ import annotations

from uuid import UUID, uuid5

from gezhi.kernel.problems import Problem

MOST = 200


class OneOfSeveral(Problem):
    code = "duties.several.one-refused"
    status = 409
    title = "第 {number} 项没有通过：{why_zh} 整批都没有提交，请改正后重新提交。"
    title_en = "Number {number} was refused: {why_en} None of them was stored; correct it and send all again."


def refused_of(number: int, why: Problem, *, at: str = "") -> OneOfSeveral:
    """`number` counts from one; `at`: what that one is about."""
    return OneOfSeveral(field="rows", number=number, at=at, why=why.code, why_zh=why.text("zh"), why_en=why.text("en"))


def key_of(key: UUID, number: int) -> UUID:
    """The key of one of them, so that the whole can be sent again."""
    return uuid5(key, str(number))
