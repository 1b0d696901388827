"""Whatever stands in a parameter of any address, or in a cursor of any list, it is refused or answered, never a 500;
and what is too early, too late or nothing to be seen is so in one way everywhere.
"""

from __future__ import annotations

import ast
import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

import pytest
from django.db import transaction
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.errors import PydanticInvalidForJsonSchema

from gezhi.assembly.api import build_api
from gezhi.kernel.permissions import Permission, Role
from gezhi.people.rules.policy import GRANTS
from gezhi.plumbing.doors import operations_of
from tests.fixtures import ApiClient
from tests.guards.source import ROOT
from tests.guards.test_routes import PLACE, tokens

__all__ = ["tokens"]

NUMBERS = ["1e308", "-1e9", "1e10", "1025", "inf", "-inf", "nan", "-1", "0", str(2**31), str(2**63), str(10**40)]
MOMENTS = [
    *("0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00"),
    *("-99999999999999", "1e308", "nan", "2026-02-30"),
]
WORDS = ["\x00", "a\x00b", "%", "\\", "_", "'", "\ud800", "٣", "9" * 400, "-", ",", ".", "{}", "[]", "null"]
WINDOWS = [
    *("nan,nan,nan,nan", "-inf,-inf,inf,inf", "1e308,1e308,1e309,1e309", "114,35,113,34", "113,34,114", "0,0,0,0"),
    "-180,-90,180,90",
]
IDS = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]
VALUES: list[Any] = [
    *(0, -1, 2**31, 2**63, -(2**63), 10**30, 10**18, 253402300800, -62135596801, 1.5, None),
    *("", "\x00", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "infinity", IDS[0]),
]
NEEDED = {
    "bbox": "113,34,114,35",
    "zoom": "14",
    "lon": "113.6",
    "lat": "34.7",
    "cursor": "1",
    "permission": "cases.read",
    "month": "2026-03",
    "edition": "2013",
    "class_key": "2013-part-0101",
    "command": "note",
    "code": "410103",
    "kind": "part",
}


def cursor_of(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def cursors() -> Iterator[str]:
    """Wrong in shape, and right in shape with values at and beyond their ends."""
    yield from ("!", "=", "W10", "bnVsbA", "e30", "\x00", "9" * 80, f"{2**64}", f"1.{'f' * 32}.{10**19}", "-1")
    for value in VALUES:
        yield cursor_of(value)
        yield cursor_of(value, IDS[1])
        yield cursor_of(value, 7)
        yield cursor_of(True, str(value), IDS[0])
    yield cursor_of(7, 2**63)
    yield cursor_of(7, IDS[0], 2**63)
    yield cursor_of(True, "9999-12-31T23:59:59-12:00", IDS[0])


def bad_values(name: str, schema: dict[str, Any]) -> list[str]:
    kinds = {one.get("type") for one in schema.get("anyOf", [schema])}
    formats = {one.get("format") for one in schema.get("anyOf", [schema])}
    if name in {"cursor", "read_to"}:
        return list(cursors())
    if name == "bbox":
        return WINDOWS
    if kinds & {"number", "integer"}:
        return NUMBERS
    if formats & {"date", "date-time"}:
        return MOMENTS
    return WORDS


def tried() -> Iterator[tuple[str, str, str, str]]:
    """Path, permission, parameter and value, for every parameter of every address that reads."""
    for path, operations in build_api().get_openapi_schema(path_prefix="")["paths"].items():
        operation = operations.get("get")
        if operation is None:
            continue
        asked = [one for one in operation.get("parameters", []) if one["in"] == "query"]
        needed = {one["name"]: NEEDED.get(one["name"], IDS[0]) for one in asked if one["required"]}
        for one in asked:
            for value in bad_values(one["name"], one["schema"]):
                sent = {**needed, one["name"]: value}
                query = "&".join(f"{name}={quote(text, errors='surrogatepass')}" for name, text in sent.items())
                yield f"{path}?{query}", operation["x-permission"], one["name"], value
        for one in operation.get("parameters", []):
            if one["in"] == "path" and one["schema"].get("type") == "integer":
                for value in NUMBERS:
                    yield path.replace(f"{{{one['name']}}}", value), operation["x-permission"], one["name"], value


def role_for(permission: str) -> Role:
    if permission in {Permission.PUBLIC, Permission.SIGNED_IN}:
        return Role.ADMINISTRATOR
    return next(role for role in Role if Permission(permission) in GRANTS[role])


def test_no_parameter_and_no_cursor_ends_in_a_500(api: ApiClient, tokens: dict[Role, str]) -> None:
    api.raise_request_exception = False
    wrong, number = [], 0
    for path, permission, name, value in tried():
        filled = PLACE.sub(lambda place: IDS[0] if "id" in place[1] else "1", path)
        with transaction.atomic():  # what the database refuses must not spoil the next
            answer = api.call("GET", filled, Authorization=f"Bearer {tokens[role_for(permission)]}")
            transaction.set_rollback(True)
        number += 1
        if answer.status_code >= 500:
            wrong.append(f"{path.partition('?')[0]} {name}={value!r}: {answer.status_code}")
    assert wrong == []
    assert number > 1000


def shapes_of_bodies() -> dict[str, dict[str, Any]]:
    """Every shape that may come in with a body, by its name."""
    schema = build_api().get_openapi_schema(path_prefix="")
    found: dict[str, dict[str, Any]] = {}

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            name = str(node.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found[name] = schema["components"]["schemas"][name]
                walk(found[name])
            for one in node.values():
                walk(one)

    for operations in schema["paths"].values():
        for operation in operations.values():
            walk({kind: body["schema"] for kind, body in operation.get("requestBody", {}).get("content", {}).items()})
    return found


def test_no_body_takes_a_field_that_nobody_knows() -> None:
    found = shapes_of_bodies()
    assert {"Credentials", "LanguageChoice", "ReportIn", "ContactIn"} <= found.keys()
    objects = {name: shape for name, shape in found.items() if shape.get("type") == "object"}
    assert [name for name, shape in objects.items() if shape.get("additionalProperties") is not False] == []


FORMS = [
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"x"),
    ("multipart/form-data; boundary=" + "b" * 300, b"x"),
    ("multipart/form-data; boundary=\u00e9", b"x"),
    ("multipart/form-data; boundary=b; charset=nothing", b"--b\r\n\r\nx\r\n--b--"),
    ("multipart/form-data; boundary=b", b""),
    ("multipart/form-data; boundary=b", b"--b"),
    ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=file; filename=a"),
    (
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=file; filename=\r\n\r\nx\r\n--b--",
    ),
    (
        "multipart/form-data; boundary=b",
        (
            b"--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--b--"
        ),
    ),
    ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=file\r\n\r\nno file\r\n--b--"),
    ("multipart/form-data; boundary=b", b"--b\r\n" + b"X: y\r\n" * 5000 + b"\r\n\r\nx\r\n--b--"),
    (
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n" * 1500 + b"--b--",
    ),
    (
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n\r\n" * 150 + b"--b--",
    ),
    ("multipart/mixed; boundary=b", b"--b--"),
    ("application/x-www-form-urlencoded", b"a=%ff&" * 2000),
    ("application/json; charset=nothing", b"{}"),
    ("application/json", b"\xff\xfe"),
    ("application/json", b"[" * 100_000),
    ("application/json", b'{"a": 1e999}'),
    ("application/json", b'{"a": NaN}'),
    ("application/json", rb'{"\ud800": 1}'),
    ("application/json", rb'{"a": "\udc00\ud800"}'),
    ("application/json", '{"a": 1}'.encode("utf-16")),
    ("application/json", b'{"a": ' + b"9" * 5000 + b"}"),
    ("", b"x"),
]


@pytest.mark.parametrize("path", ["/media", f"/documents/versions/{IDS[0]}/file", "/cases", "/session"])
def test_no_form_and_no_text_that_cannot_be_read_ends_in_a_500(
    api: ApiClient, tokens: dict[Role, str], path: str
) -> None:
    api.raise_request_exception = False
    wrong = []
    for kind, body in FORMS:
        for role in (Role.COLLECTOR, Role.ADMINISTRATOR):
            headers = {"Authorization": f"Bearer {tokens[role]}"}
            with transaction.atomic():
                answer = api.generic("POST", f"/api/v1{path}", body, content_type=kind, headers=headers)
                transaction.set_rollback(True)
            if not 400 <= answer.status_code < 500 or answer["Content-Type"] != "application/problem+json":
                wrong.append(f"{kind[:60]} {body[:60]!r}: {answer.status_code}")
    assert wrong == []


NO_MOMENTS = [
    "0001-01-01T00:00:00+08:00",
    "9999-12-31T23:59:59Z",
    "-99999999999",
    -99999999999,
    1e300,
    "2026-11-30T09:00:00",
]
NO_DAYS = ["0001-01-01", "9999-12-31", "1899-12-31"]


def fields_of(model: Any, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    """Every field of a model and of the models inside it."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{name}", field
        for inner in models_in(field.annotation):
            yield from fields_of(inner, seen)


def models_in(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from models_in(one)


def takes(adapter: TypeAdapter[Any], value: Any) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def test_every_moment_and_day_that_comes_in_is_bounded_and_names_its_offset() -> None:
    wrong, number, seen = list[str](), 0, set[Any]()
    for _, router in build_api()._routers:
        for _, operation in operations_of(router.path_operations):
            for model in operation.models:
                for name, field in fields_of(model, seen):
                    adapter = TypeAdapter[Any](field.rebuild_annotation())
                    try:
                        schema = adapter.json_schema()
                    except PydanticInvalidForJsonSchema:
                        continue
                    formats = {one.get("format") for one in schema.get("anyOf", [schema])}
                    bad = NO_MOMENTS if "date-time" in formats else NO_DAYS if "date" in formats else []
                    number += bool(bad)
                    wrong += [f"{name}: {value}" for value in bad if takes(adapter, value)]
    assert wrong == []
    assert number > 30


SEARCHES = {
    "gezhi/duties/queries/table.py",  # an empty filter narrows nothing
}


def strips(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "strip"
        and not node.args
    )


def asked_by_strip(file: Path) -> Iterator[int]:
    """Lines where a stripped text is asked whether it is empty."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        tests: list[ast.expr] = []
        match node:
            case ast.UnaryOp(op=ast.Not()):
                tests = [node.operand]
            case ast.BoolOp():
                tests = list(node.values)
            case ast.If() | ast.IfExp() | ast.While():
                tests = [node.test]
            case ast.Call(func=ast.Name(id="bool")):
                tests = list(node.args)
        yield from (one.lineno for one in tests if strips(one))


def test_no_rule_takes_what_strip_leaves_for_words() -> None:
    found = {
        f"{path}:{line}"
        for file in sorted((ROOT / "gezhi").rglob("*.py"))
        if (path := str(file.relative_to(ROOT))) not in SEARCHES
        for line in asked_by_strip(file)
    }
    assert found == set()


def test_a_text_that_is_asked_by_strip_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text("if not reason.strip():\n    pass\nx = bool(a.strip()) and b\ny = a and b.strip()\nz = a.strip()\n")
    assert sorted(asked_by_strip(file)) == [1, 3, 4]
