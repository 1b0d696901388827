"""`docs/settings.md`: every setting of an installation, from the typed environment."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from annotated_types import Ge, Le
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from gezhi.assembly.environment import Environment

HEAD = """\
# Settings 环境变量

Settings are environment variables, checked when Gezhi starts: every wrong one is named in one message. Words in a list
are parted by commas. A yes is `1`, `true` or `yes`.

Written by `make generated`; do not edit.

| variable | kind | default | meaning |
|---|---|---|---|
"""


def settings_page() -> str:
    return HEAD + "".join(
        f"| `{_variable(name, field)}` | {_kind(field)} | {_default(field)} | {field.description or ''} |\n"
        for name, field in Environment.model_fields.items()
    )


def _variable(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias or f"GEZHI_{name.upper()}")


def _kind(field: FieldInfo) -> str:
    words = [word for word in get_args(field.annotation) if isinstance(word, str)]
    if words:
        return " ".join(f"`{word}`" for word in words)
    limits = {type(one): one for one in field.metadata if isinstance(one, Ge | Le)}
    if limits:
        low, high = limits.get(Ge), limits.get(Le)
        return f"{getattr(low, 'ge', '')} … {getattr(high, 'le', '')}"
    known = {bool: "yes or no", str: "text", SecretStr: "text", Path: "folder", int: "number"}
    kinds = [known[kind] for kind in (field.annotation, *get_args(field.annotation)) if kind in known]
    return "list" if "list" in str(field.annotation) else (kinds or ["address"])[0]


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined or value in (None, "", []) or isinstance(value, SecretStr):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{','.join(value) if isinstance(value, list) else value}`"
