"""Bodies read as JSON, and what may stand in any of their texts and numbers, for every door alike.

Strict UTF-8, so that no half of a surrogate pair and no NaN comes in, nor back in a refusal.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja.parser import Parser

from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_storable, plain

BIGGEST = 2**63


class NotJson(Problem):
    code = "plumbing.body.not-json"
    status = 400
    title = "提交的内容不是有效的 JSON（UTF-8 编码），没有办理：{reason}。请改正后重新提交。"
    title_en = "What was sent is no valid JSON in UTF-8, nothing was done: {reason}. Please mend it and send it again."


class BadText(Problem):
    code = "plumbing.body.bad-text"
    status = 422
    title = "“{name}”中含有无法保存的字符（空字符或残缺的字符），请删去后重新提交。"
    title_en = (
        "“{name}” holds a character that cannot be kept (NUL, or half of one); please remove it and send it again."
    )


class NumberTooLarge(Problem):
    code = "plumbing.body.number-too-large"
    status = 422
    title = "“{name}”的数值超出范围，请改正后重新提交。"
    title_en = "The number “{name}” is beyond every bound; please mend it and send it again."


class JsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return read_content(msgspec.json.decode(request.body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _told(request.body, error) from error


def read_content(content: Any) -> Any:
    """What was sent, every text as `plain` leaves it; refused by its name where it holds what nothing can keep."""
    root: list[Any] = [content]
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        path, node = waiting.pop()
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            where = "body" if node is root else f"{path}.{key}"
            if isinstance(key, str) and not is_storable(key):
                raise BadText(field=path, name=path)
            match value:
                case str():
                    node[key] = _text(value, where)
                case dict() | list():
                    waiting.append((where, value))
                case int() if not -BIGGEST <= value < BIGGEST:
                    raise NumberTooLarge(field=where, name=_name(where))
    return root[0]


def _text(text: str, where: str) -> str:
    if not is_storable(text):
        raise BadText(field=where, name=_name(where))
    return plain(text)


def _name(where: str) -> str:
    return where.rpartition(".")[2]


def _told(body: bytes, error: Exception) -> Problem:
    """Where in the content the fault lies, if it is half of a character; else what is wrong with the whole."""
    try:
        read_content(json.loads(body))
    except BadText as problem:
        return problem
    except (ValueError, RecursionError):
        pass
    return NotJson(reason=str(error)[:200])
