"""写法: what a cell must look like, as the forms in the browser ask for it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gezhi.kernel.phones import read_phone
from gezhi.kernel.problems import Problem
from gezhi.people.rules.username import is_username


class Form(msgspec.Struct, frozen=True):
    """`fits` tells whether a text has it; its names stand in the finding."""

    fits: Callable[[str], bool]
    zh: str
    en: str


def _is_phone(text: str) -> bool:
    try:
        read_phone(text)
    except Problem:
        return False
    return True


FORMS: dict[str, Form] = {
    "username": Form(
        is_username,
        "登录名：至少 2 位字母、数字或 . _ @ -，以字母或数字开头",
        "a user name: two or more letters, digits or . _ @ -, beginning with a letter or digit",
    ),
    "phone": Form(_is_phone, "电话号码：手机 11 位，座机加区号", "a telephone number: a landline has its area code"),
}
