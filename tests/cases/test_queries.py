"""What is read of cases beside their lists: late ones, neighbours, pictures, the unit of a row; on PostgreSQL."""

from __future__ import annotations

from django.db import connection

from gezhi.cases.queries.case_page import list_nearby
from gezhi.cases.queries.lateness import PAST_DUE
from gezhi.cases.queries.states import find_pictures
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.lateness import is_past_due
from gezhi.cases.rules.stages import AT_UNIT, Status
from gezhi.cases.shapes.presenter import last_leading
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.plumbing.models import PictureLook, SamePicture
from tests.cases.busy_city import every_case
from tests.cases.city import LITTER, ROAD, City
from tests.cases.world import DISPATCHER, HOUR, ROADS, ROADS_MAN, Walk
from tests.fixtures import StatementCount

EVERYWHERE = Actor(1, 1, Role.ADMINISTRATOR, 1, Scope(regions=("",)))
NOBODY = Actor(1, 1, Role.ACCEPTOR, 1, Scope())
PART = "2026-part-01001"


def test_what_is_late_to_the_database_is_late_to_the_rules(busy: City) -> None:
    states = {case_id: busy.state(case_id) for case_id in every_case()}
    assert {status for one in states.values() if (status := one.status) in AT_UNIT}  # some can become late
    for later in (0, 7_200, 30 * 86_400):
        now = busy.clock() + later
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, {PAST_DUE} FROM cases_case c", {"now": now})
            assert dict(cursor.fetchall()) == {one: is_past_due(state, now) for one, state in states.items()}


def test_cases_around_a_point_come_nearest_first_and_only_from_the_scope(busy: City) -> None:
    here = busy.spot("990101100", 5)
    ids = [busy.begin(busy.reported(here, lon=round(here.lon * 1e7) + 2_000 * step)) for step in (0, 2, 1)]
    found = list_nearby(here.lon, here.lat, actor=EVERYWHERE, class_key=LITTER, metres=50)
    assert [row.id for row in found] == [ids[0], ids[2], ids[1]]
    assert list_nearby(here.lon, here.lat, actor=NOBODY) == []
    near, another = (list_nearby(here.lon, here.lat, actor=EVERYWHERE, class_key=one) for one in (ROAD, PART))
    assert {row.id for row in near} >= set(ids)  # of the same major class
    assert another == []


def test_a_picture_made_from_one_in_evidence_is_found_with_its_case_in_one_statement(
    busy: City, statement_count: StatementCount
) -> None:
    case_id = busy.begin()
    (earlier,) = busy.state(case_id).before
    copy, other = busy.picture(), busy.picture()
    SamePicture.objects.create(sha256=copy, earlier=earlier, changed=0.25)
    with statement_count() as counted:
        found = find_pictures([copy, other, earlier])
    assert counted.total == 1
    (same,) = found[copy].same
    assert (same.sha256, same.changed, same.case_id) == (earlier, 0.25, str(case_id))
    assert same.case == busy.state(case_id)
    assert (found[copy].used_by, found[other].same, found[earlier].used_by) == (None, (), str(case_id))
    assert not found[copy].waits


def test_a_picture_that_is_handed_in_before_it_was_looked_for_is_looked_for_then(busy: City) -> None:
    sha256 = busy.picture()
    PictureLook.objects.create(sha256=sha256, keys=[1, 2], sought=[1, 2])
    assert find_pictures([sha256])[sha256].waits
    busy.begin(busy.reported(pictures=(sha256,)))
    assert not find_pictures([sha256])[sha256].waits


def test_a_voided_case_keeps_its_unit_in_the_row() -> None:
    voided = (
        Walk.to(Status.HANDLING)
        .do(AskVoid(reason="重复立案", reason_code="other"), ROADS_MAN)
        .granted(answer="已作废")
        .now
    )
    part = last_leading(voided)
    assert part is not None
    assert (voided.status, voided.leading, part.unit) == (Status.VOIDED, None, ROADS)
    sent_back = Walk.to(Status.DISPATCHED).do(commands.Recall(reason="派错"), DISPATCHER, after=HOUR).now
    assert last_leading(sent_back) is None  # nobody has it
