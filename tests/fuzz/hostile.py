"""Every place of every operation filled with every value that nobody should send, the rest of it as allowed."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import requests
import schemathesis

from gezhi.kernel.permissions import Permission, Role
from gezhi.people.rules.policy import GRANTS
from tests.fuzz.checking import Tally, check
from tests.fuzz.examples import Examples, changed, places
from tests.fuzz.values import IN_ADDRESS, IN_BODY, KEYS, in_query, percent

PLACE = re.compile(r"\{(\w+)\}")
OF_OWN = {"/api/v1/session/password", "/api/v1/session/account/tokens/{token_id}"}
"""Only what is certain to be refused is sent there: who asks would be gone."""
AT_LAST = "/api/v1/people/acts"
"""It ends posts, of those who ask too."""
Ids = dict[str, list[Any]]


class Sent(NamedTuple):
    path: str
    method: str
    address: str
    """With the query, percent-encoded."""
    headers: Mapping[str, Any]
    body: bytes | None = None


class Requests:
    """All requests for one operation. `ids` are real ones of the whole city, whosever they are, by parameter."""

    def __init__(self, description: dict[str, Any], path: str, method: str, ids: Ids) -> None:
        self.examples, self.path, self.method, self.ids = Examples(description), path, method, ids
        operation = description["paths"][path][method]
        self.parameters = operation.get("parameters", [])
        content = operation.get("requestBody", {}).get("content", {})
        self.is_form = "multipart/form-data" in content
        schema = content.get("application/json", {}).get("schema")
        self.bodies = [self.examples.one(one) for one in self.examples.choices(schema)] if schema else [None]
        self.needed = {
            one["name"]: str(self.value_of(one))
            for one in self.parameters
            if one["in"] == "query" and one.get("required")
        }
        self.turn = itertools.count()

    def value_of(self, parameter: dict[str, Any]) -> Any:
        known = self.ids.get(parameter["name"])
        return known[0] if known else self.examples.one(parameter["schema"])

    def filled(self, name: str = "", value: str = "") -> str:
        """The address with real ids, another of them every time; `name` has this value."""
        turn = next(self.turn)

        def fill(place: re.Match[str]) -> str:
            if place[1] == name:
                return value
            known = self.ids.get(place[1], ["x"])
            return quote(str(known[turn % len(known)]), safe="")

        return PLACE.sub(fill, self.path)

    def address(self, query: dict[str, str] | None = None) -> str:
        words = urlencode({**self.needed, **(query or {})})
        return f"{self.filled()}?{words}" if words else self.filled()

    def __iter__(self) -> Iterator[Sent]:
        yield from self.in_address()
        yield from self.in_head()
        if self.is_form:
            yield from (Sent(self.path, self.method, self.address(), *form) for form in forms())
        for body in self.bodies:
            if body is not None:
                yield from self.in_body(body)

    def send(self, address: str, body: Any = None, **headers: Any) -> Sent:
        body = self.bodies[0] if body is None else body
        text = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        return Sent(self.path, self.method, address, {**kind, **headers}, text)

    def in_address(self) -> Iterator[Sent]:
        for one in self.parameters:
            if one["in"] == "query":
                rest = {name: text for name, text in self.needed.items() if name != one["name"]}
                for value in [*in_query(one["name"]), *(str(known).encode() for known in self.ids["any"])]:
                    words = f"{urlencode(rest)}&{one['name']}={percent(value)}"
                    yield self.send(f"{self.filled()}?{words}")
            elif one["in"] == "path":
                wrong = [value for kind in IN_ADDRESS.values() for value in kind if value not in {b"..", b""}]
                for value in [*wrong, *(str(known).encode() for known in self.ids["any"])]:
                    yield self.send(self.filled(one["name"], percent(value)))
        for word in ("stauts=open", "limit[]=1", "%00=1", "%ED%A0%80=%ED%A0%80", "cursor=x&cursor=y", "&&=&", "="):
            yield self.send(f"{self.filled()}?{word}")

    def in_head(self) -> Iterator[Sent]:
        for key in KEYS if any(one["in"] == "header" for one in self.parameters) else ():
            yield self.send(self.address(), **{"Idempotency-Key": key})
        for name, value in (("Accept-Language", b"\xff;q=nan"), ("Cookie", b"gezhi_session=\xff; gezhi_language=x")):
            yield self.send(self.address(), **{name: value})
        for kind in ("text/plain", "application/json; charset=utf-16", "multipart/form-data", "application/xml"):
            yield Sent(self.path, self.method, self.address(), {"Content-Type": kind}, b"\xff\xfe{\x00}\x00")

    def in_body(self, body: Any) -> Iterator[Sent]:
        for _ in range(len(self.ids["any"])):
            yield self.send(self.address(), body)
        wrong = [value for kind in IN_BODY.values() for value in kind]
        for place in places(body):
            for value in [*wrong, *self.ids["any"]]:
                yield self.send(self.address(), changed(body, place, value))
        yield self.send(self.address(), {**body, "nobody knows": 1} if isinstance(body, dict) else body)


def forms() -> Iterator[tuple[dict[str, str], bytes]]:
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    for name in ("file", "fi\x00le", "other", "\udcff"):
        for file in ("a.png", "a\x00.png", "../../a", "\udcff" * 300, ""):
            for content in (b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"\xff\xd8\xff" + b"\x00" * 200_000):
                head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
                yield kind, head.encode("utf-8", "surrogateescape") + content + b"\r\n--b--\r\n"


def roles_for(permission: str, roles: list[str]) -> list[str]:
    """Who gets as far as the values; everybody where all do, or none."""
    return [role for role in roles if Permission(permission) in GRANTS[Role(role)]] or roles


def send_hostile(port: int, tokens: dict[str, str], ids: Ids, tallies: dict[str, Tally], every: int = 1) -> None:
    """Each request once, by one after the other of the roles that may. `every`: of so many requests one."""
    root = f"http://127.0.0.1:{port}"
    description = requests.get(f"{root}/api/v1/openapi.json", timeout=60).json()
    operations = schemathesis.openapi.from_url(f"{root}/api/v1/openapi.json")
    sessions = {role: requests.Session() for role in tokens}
    for path, methods in sorted(description["paths"].items(), key=lambda one: one[0] == AT_LAST):
        for method, operation in methods.items():
            wanted = Requests(description, path, method, ids)
            may = itertools.cycle(roles_for(operation["x-permission"], sorted(tokens)))
            all_of_it = [one for one in wanted if not (path in OF_OWN and is_allowed(one, wanted))]
            for sent in all_of_it[::every]:
                role = next(may)
                headers = {"Authorization": f"Bearer {tokens[role]}", **sent.headers}
                request = requests.Request(sent.method.upper(), root, headers=headers, data=sent.body)
                prepared = sessions[role].prepare_request(request)
                prepared.url = root + sent.address
                answer = sessions[role].send(prepared, timeout=120, allow_redirects=False)
                check(operations[path][method.upper()].Case(), answer, tallies[role], sent.address)


def is_allowed(sent: Sent, wanted: Requests) -> bool:
    return not wanted.bodies[0] or sent.body == json.dumps(wanted.bodies[0]).encode()
