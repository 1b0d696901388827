"""A city in which a case stands at every status of the ordinary way."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.cases.city import ROAD, ROAD_ROW, City
from tests.fixtures import FixedClock

ORDINARY = (
    Status.REPORTED,
    Status.ACCEPTED,
    Status.REGISTERED,
    Status.DISPATCHED,
    Status.HANDLING,
    Status.HANDLED,
    Status.TO_INSPECT,
    Status.INSPECTING,
    Status.TO_CLOSE,
    Status.CLOSED,
)


def begin_all() -> City:
    """A case at every status of the ordinary way, in the west, some in the east, one merged, one asking to go back."""
    city = City(FixedClock())
    for status in ORDINARY:
        city.at(status)
    for status in (Status.REPORTED, Status.HANDLING):
        spot = city.spot("990102001", 3)
        city.lead(city.begin(city.reported(spot), city.collector("990102001")), status)
    goes_on, merged = city.begin(), city.begin(city.call(), city.actor(Role.ACCEPTOR))
    city.do(merged, commands.Merge(into=str(goes_on), reason="重复", reason_code="other"), city.actor(Role.ACCEPTOR))
    asking = city.at(Status.HANDLING, class_key=ROAD, row_key=ROAD_ROW)
    unit = city.state(asking).leading
    assert unit is not None
    city.do(asking, AskSendBack(reason="非本单位", reason_code="other"), city.handler_of(unit.unit))
    return city


def every_case() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case ORDER BY id")
        return [row[0] for row in cursor.fetchall()]
