"""接口的拒绝: what an operation may be refused with, written into `openapi.json`: one shape of problem, and the statuses.

Which ones follows from what an operation is: whether it is public, changes something, takes a body or names something.
"""

from __future__ import annotations

from typing import Any

from ninja import Schema

WORDS = {
    400: "The request cannot be understood: its form, its host name, a page cursor.",
    401: "Nobody is signed in, or the session has expired.",
    403: "The post lacks the permission, or the security check of a session failed.",
    404: "There is no such thing, or it lies outside what the user may see.",
    405: "The address does not support this method.",
    408: "The body came too slowly or broke off.",
    409: "What is asked for does not fit the state of things.",
    413: "The body or a file in it is too large.",
    415: "The body or a file in it is of a kind that is not taken.",
    422: "Something in the input is wrong, or a query parameter is unknown; `field` and `details` say what.",
    429: "Too many requests; `Retry-After` says when to come again.",
    431: "The head of the request is too large.",
    503: "Something behind the platform is slow, busy or away; `Retry-After` says when to come again.",
    507: "The disk of the server is full.",
}
ALWAYS = {400, 404, 405, 408, 422, 429, 431, 503}
WITH_BODY = {413, 415, 507}
SAFE = {"get", "head", "options", "trace"}
COME_AGAIN = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer", "minimum": 1}}}


class ProblemOut(Schema):
    """A refusal (RFC 9457). `code` is stable; `title` and `detail` are in the user's language."""

    type: str
    code: str
    title: str
    title_zh: str
    title_en: str
    status: int
    detail: str
    field: str | None
    request_id: str
    details: dict[str, Any]


def refusals_of(method: str, operation: dict[str, Any]) -> set[int]:
    """The statuses that an operation may be refused with."""
    statuses = set(ALWAYS)
    if operation["x-permission"] != "public":
        statuses |= {401, 403, 409}
    if method not in SAFE:
        statuses |= {401, 403, 409}
    if "requestBody" in operation:
        statuses |= WITH_BODY
    return statuses


def document_refusals(schema: dict[str, Any]) -> None:
    """Add the refusals to every operation of an OpenAPI description."""
    shape = ProblemOut.model_json_schema()
    schema["components"]["schemas"]["ProblemOut"] = shape
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    schema["components"]["responses"] = {
        f"Refused{status}": {
            "description": words,
            "content": content,
            **({"headers": COME_AGAIN} if status in {429, 503} else {}),
        }
        for status, words in WORDS.items()
    }
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            for status in sorted(refusals_of(method, operation)):
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Refused{status}"})
