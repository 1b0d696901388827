"""Doors: routers whose every operation names its permission, and the small things every door needs.

`people` decides, `assembly` plugs the decision in with `set_authority`; until then only what is public opens.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, Protocol, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpRequest, QueryDict
from ninja import Router as NinjaRouter
from ninja.operation import Operation, PathView
from ninja.utils import check_csrf

from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_storable
from gezhi.plumbing.postgres.acting import act_for

Second = Annotated[int, msgspec.Meta(ge=-62_000_000_000, le=253_000_000_000)]
"""A moment in a cursor, in seconds: within the years that a date can say, in every time zone."""
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
BOUNDED: dict[Any, Any] = {
    int: Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)],
    str: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")],
}
"""What a cursor may carry as a number or as words: nothing that a column cannot hold."""

LONGEST_NAME = 60
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "What is sent again under it is done once; other content under it is refused (422).",
}


def answers_file(*kinds: str) -> dict[str, Any]:
    """`openapi_extra` of an operation whose answer is a file of one of these media types."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {"responses": {200: {"description": "The file", "content": content}}}


View = TypeVar("View", bound=Callable[..., Any])
Authority = Callable[[HttpRequest, Permission], Actor | None]
"""Answers who asks, or raises the Problem that says why not. None: nobody known, good for public operations only."""


class Decorator(Protocol):
    def __call__(self, view: View, /) -> View: ...


class SignInNeeded(Problem):
    code = "plumbing.doors.sign-in-needed"
    status = 401
    title = "请先登录。"
    title_en = "Please sign in first."


class SessionExpired(Problem):
    code = "plumbing.doors.session-expired"
    status = 401
    title = "登录已过期，请重新登录；已填写的内容会保留。"
    title_en = "Your session has expired; please sign in again. What you typed is kept."


class CsrfFailed(Problem):
    code = "plumbing.doors.csrf-failed"
    status = 403
    title = "安全校验未通过，请刷新页面后重试。"
    title_en = "The security check failed; please reload the page and try again."


class BadCursor(Problem):
    code = "plumbing.doors.bad-cursor"
    status = 400
    title = "翻页位置无效，请从第一页重新查询。"
    title_en = "The page cursor is not valid; please start from the first page."


class UnknownParameter(Problem):
    code = "plumbing.doors.unknown-parameter"
    status = 422
    title = "本接口没有查询参数 {name}；可用的参数：{known}。请改正后重新查询。"
    title_en = "There is no query parameter {name} here; those that exist: {known}. Please mend it and ask again."


class ParameterTwice(Problem):
    code = "plumbing.doors.parameter-twice"
    status = 422
    title = "查询参数 {name} 只能给一个值。请只保留一个后重新查询。"
    title_en = "The query parameter {name} takes one value; please leave one and ask again."


class BadParameter(Problem):
    code = "plumbing.doors.bad-parameter"
    status = 422
    title = "查询参数 {name} 中含有空字符，请删去后重新查询。"
    title_en = "The query parameter {name} holds a NUL character; please remove it and ask again."


def _nobody(request: HttpRequest, permission: Permission) -> Actor | None:  # noqa: ARG001
    return None


_authority: Authority = _nobody


def set_authority(authority: Authority) -> None:
    """Plug in who decides (`assembly` does it once)."""
    global _authority  # noqa: PLW0603
    _authority = authority


class Gate:
    """Stands before one operation: asks the authority for its permission, and lets no query parameter pass unread."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        self.parameters: dict[str, bool] = {}
        """The names that the operation reads from the query, and whether each takes several values."""

    def __call__(self, request: HttpRequest) -> bool:
        by_session = settings.SESSION_COOKIE_NAME in request.COOKIES and "Authorization" not in request.headers
        if by_session and request.method not in SAFE_METHODS and check_csrf(request) is not None:
            raise CsrfFailed
        try:
            actor = _authority(request, self.permission)
        except SignInNeeded:
            actor = None
        if actor is None and self.permission is not Permission.PUBLIC:
            raise SessionExpired if by_session else SignInNeeded
        if actor is not None:
            act_for(actor.user_id, actor.post_id)
        request.actor = actor  # type: ignore[attr-defined]
        self._refuse_unread(request.GET)
        return True

    def _refuse_unread(self, query: QueryDict) -> None:
        """A misspelt filter, or the first of two values, would else be left out without a word."""
        for name, values in query.lists():
            if name not in self.parameters:
                known = ", ".join(sorted(self.parameters)) or "–"
                raise UnknownParameter(field=name[:LONGEST_NAME], name=name[:LONGEST_NAME], known=known)
            if len(values) > 1 and not self.parameters[name]:
                raise ParameterTwice(field=name, name=name)
            if not all(map(is_storable, values)):
                raise BadParameter(field=name, name=name)


class Router(NinjaRouter):
    """A router that refuses an operation without `permission=`.

    An operation that changes something takes an Idempotency-Key (`request_keys.command_id_of`), or says with `repeats=`
    why it may be sent again as it is; a guard test looks. Names on the wire are the aliases: `class`, not `class_`.
    """

    def get(self, path: str, *, permission: Permission, **options: Any) -> Decorator:  # type: ignore[override]
        return self.api_operation(["GET"], path, permission=permission, **options)

    def post(self, path: str, *, permission: Permission, **options: Any) -> Decorator:  # type: ignore[override]
        return self.api_operation(["POST"], path, permission=permission, **options)

    def put(self, path: str, *, permission: Permission, **options: Any) -> Decorator:  # type: ignore[override]
        return self.api_operation(["PUT"], path, permission=permission, **options)

    def patch(self, path: str, *, permission: Permission, **options: Any) -> Decorator:  # type: ignore[override]
        return self.api_operation(["PATCH"], path, permission=permission, **options)

    def delete(self, path: str, *, permission: Permission, **options: Any) -> Decorator:  # type: ignore[override]
        return self.api_operation(["DELETE"], path, permission=permission, **options)

    def api_operation(  # type: ignore[override]
        self, methods: list[str], path: str, *, permission: Permission, repeats: str = "", **options: Any
    ) -> Decorator:
        extra = {"x-permission": permission.value, **options.pop("openapi_extra", {})}
        if repeats:
            extra["x-repeats"] = repeats
        elif not SAFE_METHODS.issuperset(methods):
            extra["parameters"] = [*extra.get("parameters", []), KEY_HEADER]
        options.setdefault("by_alias", True)
        return super().api_operation(methods, path, auth=Gate(permission), openapi_extra=extra, **options)

    def add_api_operation(self, path: str, methods: list[str], view_func: Callable[..., Any], **options: Any) -> None:
        gate = options.get("auth")
        if not isinstance(gate, Gate):
            message = f"{methods} {path} names no permission"
            raise TypeError(message)
        super().add_api_operation(path, methods, view_func, **options)
        operation = next(one for _, one in operations_of(self.path_operations) if gate in one.auth_callbacks)
        for model in operation.models:
            if model.__ninja_param_source__ == "query":
                several = model.__ninja_collection_fields__
                gate.parameters |= {name: name in several for name in model.__ninja_flatten_map__}


def permission_of(operation: Operation) -> Permission | None:
    """The permission that an operation asks for; None if it names none (a guard test walks all routes)."""
    for callback in operation.auth_callbacks:
        if isinstance(callback, Gate):
            return callback.permission
    return None


def operations_of(paths: dict[str, PathView]) -> list[tuple[str, Operation]]:
    return [(path, operation) for path, view in paths.items() for operation in view.operations]


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; SignInNeeded where nobody is known (a public operation that still wants a name)."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise SignInNeeded
    return actor


def optional_actor_of(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def encode_cursor(*values: str | int | None) -> str:
    """Where a keyset page ended, as one opaque word for `next_cursor`."""
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def decode_cursor(cursor: str, *types: Any) -> tuple[Any, ...]:
    """The values behind a cursor, of exactly these types: `at, public_id = decode_cursor(cursor, Second, UUID)`.

    Whoever forges one gets BadCursor: a number fits into a column, a `Second` is a moment that a date can say.
    """
    checked = tuple(BOUNDED.get(one, one) for one in types)
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values: tuple[Any, ...] = msgspec.json.decode(raw, type=tuple.__class_getitem__(checked))
    except (binascii.Error, msgspec.DecodeError, UnicodeError, ValueError) as error:
        raise BadCursor(field="cursor") from error
    return values
