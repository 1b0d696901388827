"""What an answer must be, and cursors that nobody was given."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from datetime import date
from typing import Any

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


FORGED = [
    "x",
    "%00",
    "A" * 5000,
    *map(
        _cursor,
        (
            "",
            "null",
            "[]",
            "{}",
            "[1]",
            "[1,1]",
            '["a","b"]',
            "[99999999999999999,1]",
            "[-99999999999999999,1]",
            "[1e308,1]",
            '[1,"00000000-0000-0000-0000-000000000000"]',
            '[99999999999999999,"00000000-0000-0000-0000-000000000000"]',
            '["9999-99-99",1]',
            "[null,null]",
            "[[[[1]]]]",
        ),
    ),
]


def lists_of(description: dict[str, Any]) -> list[str]:
    """The paths without places of all lists that take a cursor."""
    asked = {path: operations.get("get", {}).get("parameters", []) for path, operations in description["paths"].items()}
    return [path for path, names in asked.items() if "{" not in path and any(one["name"] == "cursor" for one in names)]


def forged_cursors(port: int, token: str) -> list[str]:
    """Every list asked with every forged cursor: what answered neither a page nor a refusal."""
    root = f"http://127.0.0.1:{port}"
    with urllib.request.urlopen(f"{root}/api/v1/openapi.json") as answer:
        paths = lists_of(json.load(answer))
    faults = []
    for path in paths:
        for cursor in FORGED:
            request = urllib.request.Request(
                f"{root}{path}?cursor={cursor}", headers={"Authorization": f"Bearer {token}"}
            )
            try:
                with urllib.request.urlopen(request) as answer:
                    status = answer.status
            except urllib.error.HTTPError as error:
                status = error.code
            if status not in {200, 400, 403, 409, 422}:
                faults.append(f"{status} {path} {cursor[:40]}")
    return faults


def tokens_by_role(today: date) -> dict[str, str]:
    """A token of one person in each role."""
    from django.db.models import Q

    from gezhi.people.actions.tokens import create_token
    from gezhi.people.models import Appointment
    from gezhi.plumbing.clock import system_clock

    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    tokens: dict[str, str] = {}
    for one in Appointment.objects.filter(standing, valid_from__lte=today).select_related("post").order_by("id"):
        if one.post.role not in tokens:
            tokens[one.post.role] = create_token(one.user_id, name="fuzz", clock=system_clock)
    return tokens
