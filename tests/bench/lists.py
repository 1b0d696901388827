"""Work lists, queue counts and map windows over many cases, against SQL that a person would write for the same rows."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection

from gezhi.cases.models import Case
from gezhi.kernel.permissions import Actor, Role
from gezhi.plumbing.versions import CHECK_EVERY_S
from tests.bench.city import somebody, token_of
from tests.bench.measures import Measure, median, percentile
from tests.bench.processor import served_seconds
from tests.bench.statements import Statement, milliseconds_of, statements
from tests.fixtures import ApiClient

COLUMNS = "id, complaint, due_at, reported_at, closed_at, picture, state::text"
LATE = "count(*) FILTER (WHERE due_at < now()), count(*) FILTER (WHERE warn_at <= now() AND due_at >= now())"
OPEN = "status NOT IN ('refused','merged','self_handled','rejected','closed','voided')"
DUE, NEWEST = "complaint DESC, due_at NULLS LAST, id", "reported_at DESC, id DESC"
LAST_CLOSED = "coalesce(closed_at, '-infinity') DESC, id DESC"
PAGE = 50
WARM = 20
MOST_MS, MOST_TIMES = 15.0, 2.0


@dataclass(frozen=True)
class View:
    """What a person asks for, and the bare SQL of it."""

    name: str
    actor: Actor
    path: str
    bare: tuple[str, ...]


def _page(name: str, actor: Actor, query: str, where: str, order: str = DUE) -> View:
    """A page with its count to a thousand."""
    rows = f"SELECT {COLUMNS} FROM cases_case WHERE {where} ORDER BY {order} LIMIT {PAGE + 1}"
    count = f"SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE {where} LIMIT 1001) x"
    return View(name, actor, f"/cases?limit={PAGE}&{query}", (rows, count))


def _one(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def page_views() -> list[View]:
    """Pages of every kind of post, queue, filter and order."""
    acceptor, leader, channel = somebody(Role.ACCEPTOR), somebody(Role.LEADER), somebody(Role.CHANNEL)
    dispatcher, officer = somebody(Role.DISPATCHER), somebody(Role.DUTY_OFFICER)
    handler = _busiest(Role.HANDLER, "SELECT unnest(unit_ids) AS who FROM cases_case WHERE " + OPEN)
    collector = _busiest(Role.COLLECTOR, "SELECT collector_id AS who FROM cases_case WHERE collector_id IS NOT NULL")
    (unit,) = handler.scope.organisations[:1]
    had_part = f"(unit_ids && '{{{unit}}}' OR former_unit_ids && '{{{unit}}}')"
    city = f"area_code LIKE '{acceptor.scope.regions[0]}%'"
    kind = _one("SELECT class_key FROM cases_case GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    street = _one("SELECT left(area_code, 9) FROM cases_case GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    words = "SELECT left(address, 4) FROM cases_case GROUP BY 1 ORDER BY count(*) "
    rare, frequent = _one(words + "LIMIT 1"), _one(words + "DESC LIMIT 1")
    number = _one("SELECT no FROM cases_case ORDER BY id DESC OFFSET 100 LIMIT 1")
    return [
        _page("acceptor: verifying", acceptor, "queue=verifying", f"status = 'verifying' AND {city}"),
        _page("duty officer: accepted", officer, "queue=accepted", f"status = 'accepted' AND {city}"),
        _page("dispatcher: handled", dispatcher, "queue=handled", f"status = 'handled' AND {city}"),
        _page("dispatcher: unowned, red", dispatcher, "status=unowned&light=red",
              f"status = 'unowned' AND due_at < now() AND {city}"),
        _page("handler: handling", handler, "queue=handling", f"status = 'handling' AND unit_ids && '{{{unit}}}'"),
        _page("handler: all open", handler, "queue=all_open", f"{OPEN} AND {had_part}"),
        _page("handler: finished", handler, "queue=finished&sort=newest",
              f"NOT ({OPEN}) AND {had_part}", NEWEST),
        _page("collector: my inspections", collector, "queue=my_inspect",
              f"status = 'inspecting' AND collector_id = {collector.user_id}"),
        _page("collector: my reports", collector, "queue=my_reports&sort=newest",
              f"reported_by = {collector.user_id}", NEWEST),
        _page("channel: my reports", channel, "queue=my_reports&sort=newest",
              f"reported_by = {channel.user_id}", NEWEST),
        _page("leader: all open", leader, "queue=all_open", f"{OPEN} AND {city}"),
        _page("leader: finished, last closed", leader, "queue=finished&sort=closed",
              f"NOT ({OPEN}) AND {city}", LAST_CLOSED),
        _page("leader: one street, newest", leader, f"region={street}&sort=newest",
              f"area_code LIKE '{street}%'", NEWEST),
        _page("leader: one class, newest", leader, f"class_key={kind}&sort=newest",
              f"class_key = '{kind}' AND {city}", NEWEST),
        _page("acceptor: all, newest", acceptor, "sort=newest", city, NEWEST),
        _page("acceptor: all, most urgent", acceptor, "sort=due", city),
        _page("acceptor: red", acceptor, "light=red", f"due_at < now() AND {city}"),
        _page("acceptor: search a rare word", acceptor, f"q={quote(rare)}&sort=newest", _like(rare), NEWEST),
        _page("acceptor: search a frequent word", acceptor, f"q={quote(frequent)}&sort=newest",
              _like(frequent), NEWEST),
        _page("acceptor: search a number", acceptor, f"q={number}&sort=newest", f"no ILIKE '%{number}%'", NEWEST),
    ]  # fmt: skip


def _like(word: str) -> str:
    return f"(no ILIKE '%{word}%' OR address ILIKE '%{word}%')"


def _busiest(role: Role, work: str) -> Actor:
    """The holder of the role with most of this work: the worst page. At night a small city may have none of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT who FROM ({work}) w GROUP BY who ORDER BY count(*) DESC LIMIT 1")
        row = cursor.fetchone()
    if row is None:
        return somebody(role)
    who = int(row[0])
    return somebody(role, user=who) if role is Role.COLLECTOR else somebody(role, organisation=who)


def count_views() -> list[View]:
    """The workbench of a post: three numbers for every queue."""
    handler = _busiest(Role.HANDLER, "SELECT unnest(unit_ids) AS who FROM cases_case WHERE " + OPEN)
    unit = handler.scope.organisations[0]
    own = f"(unit_ids && '{{{unit}}}' OR former_unit_ids && '{{{unit}}}')"
    city = f"area_code LIKE '{somebody(Role.ACCEPTOR).scope.regions[0]}%'"
    grouped = f"SELECT status, asking IS NOT NULL, count(*), {LATE} FROM cases_case WHERE {OPEN} AND %s GROUP BY 1, 2"
    roles = (Role.ACCEPTOR, Role.DISPATCHER, Role.LEADER)
    views = [View(f"{role.value}: queues", somebody(role), "/queues", (grouped % city,)) for role in roles]
    return [*views, View("handler: queues", handler, "/queues", (grouped % own,))]


def window_views() -> list[View]:
    """Map windows: the whole city gathered, a neighbourhood one by one."""
    leader = somebody(Role.LEADER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(lon), min(lat), max(lon), max(lat), avg(lon), avg(lat) FROM cases_case")
        west, south, east, north, lon, lat = cursor.fetchone()
    near = (lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01)
    found = []
    for name, box, zoom, query, where in (
        ("leader: the city's open cases", (west, south, east, north), 11, "queue=all_open", OPEN),
        ("leader: open cases nearby", (lon - 0.05, lat - 0.05, lon + 0.05, lat + 0.05), 13, "queue=all_open", OPEN),
        ("leader: a neighbourhood's open cases", near, 16, "queue=all_open", OPEN),
    ):  # fmt: skip
        group = "id" if zoom > 15 else f"floor(lon / {(box[2] - box[0]) / 24}), floor(lat / {(box[3] - box[1]) / 24})"
        bare = (
            "SELECT avg(lon), avg(lat), count(*), min(due_at), min(warn_at), min(id::text), min(status), min(class_key)"
            f" FROM cases_case WHERE lon BETWEEN {box[0]} AND {box[2]} AND lat BETWEEN {box[1]} AND {box[3]}"
            f" AND {where} GROUP BY {group}"
        )
        path = f"/cases/map?bbox={','.join(map(str, box))}&zoom={zoom}&{query}"
        found.append(View(name, leader, path, (bare,)))
    return found


@dataclass(frozen=True)
class Seen:
    """One view as it was measured."""

    name: str
    ours_ms: float
    bare_ms: float
    statements: int
    median_ms: float
    p95_ms: float
    processor_ms: float

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.bare_ms

    def line(self) -> str:
        return (
            f"{self.name:<38} {self.ours_ms:8.2f} ms : {self.bare_ms:8.2f} ms = {self.ratio:5.2f}"
            f"   {self.statements} statements"
            f"   HTTP median {self.median_ms:5.1f}, p95 {self.p95_ms:5.1f}, processor {self.processor_ms:4.1f} ms"
        )


def see(view: View, port: int, tokens: dict[int, str], calls: int) -> Seen:
    """Statements and their time inside PostgreSQL, then the time over HTTP of one caller."""
    headers = {"Authorization": f"Bearer {tokens[view.actor.post_id]}"}
    client = ApiClient()
    client.call("GET", view.path, None, **headers)
    with statements() as sent:
        answer = client.call("GET", view.path, None, **headers)
    assert answer.status_code == 200, answer.content
    bare: list[Statement] = [(sql, None) for sql in view.bare]
    ours = milliseconds_of(sent)
    bare_ms, before = milliseconds_of(bare), served_seconds()
    took = _over_http(port, view.path, headers, calls)
    processor_ms = 1_000 * (served_seconds() - before) / (calls + min(WARM, calls))
    return Seen(view.name, ours, bare_ms, len(sent), median(took), percentile(took, 0.95), processor_ms)


def _over_http(port: int, path: str, headers: dict[str, str], calls: int) -> list[float]:
    """Milliseconds of each request of one caller over one kept connection."""
    caller, took = http.client.HTTPConnection("127.0.0.1", port), []
    for _ in range(min(WARM, calls) + calls):
        started = time.perf_counter()
        caller.request("GET", f"/api/v1{path}", headers=headers)
        answer = caller.getresponse()
        answer.read()
        took.append(1_000 * (time.perf_counter() - started))
        assert answer.status == 200, answer.status
    caller.close()
    return took[-calls:]


def measure_lists(port: int, calls: int) -> Iterator[Measure]:
    """One pair of measures for each kind of view; the worst of its kind counts."""
    kinds = {"pages": page_views(), "queue counts": count_views(), "map windows": window_views()}
    actors = {view.actor.post_id: view.actor for views in kinds.values() for view in views}
    tokens = {post: token_of(actor) for post, actor in actors.items()}
    cases = Case.objects.count()
    time.sleep(CHECK_EVERY_S)  # until the server looks for new tokens
    for kind, views in kinds.items():
        seen = [see(view, port, tokens, calls) for view in views]
        lines = "\n".join(one.line() for one in seen)
        worst = max(one.ratio for one in seen)
        how = "times the bare SQL inside PostgreSQL, worst"
        yield Measure(f"{kind}, {cases:,} cases", worst, MOST_TIMES, "at most", how, lines)
        slowest = max(one.p95_ms for one in seen)
        yield Measure(f"{kind} over HTTP", slowest, MOST_MS, "at most", "ms, 95th percentile of one caller, worst")
