from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from gezhi.duties.rules.duty_row import BadSelector, DutyRowData, ReasonMissing, UnknownClassOrUnit
from gezhi.duties.rules.proposal import (
    AlreadyDecided,
    Decision,
    NotRefused,
    OpinionMissing,
    OutsideReach,
    Overlap,
    OwnProposal,
    Proposed,
    RanOut,
    RowsOverlap,
    UnitNotThere,
    UnknownArea,
)
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import NotFound
from gezhi.people.rules.organisation_kinds import OrganisationKind as Kind
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
from tests.fixtures import FixedClock, FixedIds
from tests.people.invented import START

TODAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)
DAY_S = 86_400
MATTER = "0101"
CASE = UUID(int=77)


class Desk:
    """Who proposes, who decides, and the shortest way to do both."""

    def __init__(self, town: SimpleNamespace, clock: FixedClock, ids: FixedIds) -> None:
        from gezhi.people import actions
        from gezhi.people.queries import get_actor

        posts = [
            PostRow(code="lead", organisation_code="gov", title="分管领导", role=Role.LEADER, valid_from=START),
            PostRow(
                code="lead-east", organisation_code="jd-east", title="分管领导", role=Role.LEADER, valid_from=START
            ),
        ]
        actions.install_posts(posts)
        users = actions.install_people(
            [
                UserRow(username="lin", display_name="林主任", active_from=START, post_codes=("lead",)),
                UserRow(username="qi", display_name="齐主任", active_from=START, post_codes=("lead-east",)),
            ],
            password_hash="!",
        )
        self.town, self.clock, self.ids = town, clock, ids
        self.dispatcher = get_actor(town.users["an"], town.posts["dispatch"], now=clock())
        self.officer = get_actor(town.users["bao"], now=clock())
        self.leader = get_actor(users["lin"], now=clock())
        self.leader_east = get_actor(users["qi"], now=clock())

    def asked(self, **changes: Any) -> Proposed:
        row: dict[str, Any] = {
            "edition": "2013",
            "kind": "matter",
            "selector": MATTER,
            "area_code": "370902004",
            "unit_id": self.town.bodies["parks"],
            "valid_from": TODAY,
        }
        given = {name: changes.pop(name) for name in list(changes) if name in {*row, "valid_to", "basis_kind", "basis"}}
        return Proposed(row=DutyRowData(**{**row, **given}), **{"reason": "联席会议明确", **changes})

    def propose(self, asked: Proposed | None = None, *, by: Actor | None = None, key: UUID | None = None) -> UUID:
        from gezhi.duties.actions import propose_row

        return propose_row(
            asked or self.asked(), by or self.dispatcher, key=key or self.ids(), clock=self.clock, ids=self.ids
        )

    def decide(
        self,
        proposal_id: UUID,
        *,
        granted: bool = True,
        text: str = "同意",
        by: Actor | None = None,
        overlap: Overlap | None = None,
        key: UUID | None = None,
    ) -> UUID:
        from gezhi.duties.actions import decide_proposal

        decision = Decision(proposal_id=proposal_id, granted=granted, text=text, overlap=overlap)
        return decide_proposal(decision, by or self.leader, key=key or self.ids(), clock=self.clock)


@pytest.fixture
def desk(town: SimpleNamespace, clock: FixedClock, ids: FixedIds) -> Desk:
    return Desk(town, clock, ids)


def told(proposal_id: UUID) -> Any:
    from gezhi.duties.models import RowProposal

    return RowProposal.objects.get(id=proposal_id)


def opinions(proposal_id: UUID) -> list[tuple[str, str]]:
    from gezhi.duties.models import ProposalOpinion

    return list(ProposalOpinion.objects.filter(proposal_id=proposal_id).order_by("id").values_list("kind", "text"))


def announced(topic: str) -> list[dict[str, Any]]:
    from gezhi.plumbing.models import AnnouncedEvent

    return [event.payload for event in AnnouncedEvent.objects.filter(topic=topic).order_by("id")]


def unit_of(*codes: str, on: date = TODAY) -> int | None:
    from gezhi.duties.queries import held_duty_table
    from gezhi.duties.rules.assign_unit import find_unit

    found = find_unit(held_duty_table(), f"2013-matter-{MATTER}", codes=codes, on=on)
    return None if found is None else found.unit_id


def test_an_approved_proposal_names_the_unit_at_once_and_tells_whose_case_it_was(desk: Desk) -> None:
    assert unit_of("370902004") is None
    made = desk.propose(desk.asked(case_id=CASE, case_no="370900-2026-000077"))
    assert unit_of("370902004") is None
    desk.decide(made)
    proposal = told(made)
    assert unit_of("370902004") == desk.town.bodies["parks"]
    assert (proposal.state, opinions(made)) == ("approved", [("proposed", "联席会议明确"), ("approved", "同意")])
    (event,) = announced("duties.row-added")
    assert event == {
        "class_key": "2013-matter-0101",
        "area_code": "370902004",
        "unit_id": desk.town.bodies["parks"],
        "case_id": str(CASE),
        "case_no": "370900-2026-000077",
        "proposal_id": str(made),
        "proposed_by": desk.dispatcher.user_id,
    }
    assert (proposal.row.added_because, proposal.row.added_by) == ("联席会议明确", desk.leader.user_id)
    assert (proposal.row.note, proposal.row.platform_level) == ("案件 370900-2026-000077", 1)


def test_a_refused_proposal_stays_with_its_reason_and_is_made_anew(desk: Desk) -> None:
    first = desk.propose()
    desk.decide(first, granted=False, text="请先征求园林处意见")
    assert opinions(first)[-1] == ("refused", "请先征求园林处意见")
    assert unit_of("370902004") is None
    assert announced("duties.row-refused") == [{"proposed_by": desk.dispatcher.user_id, "case_id": None}]
    second = desk.propose(desk.asked(reason="园林处已书面同意", anew_of=first))
    assert told(second).anew_of_id == first
    desk.decide(second)
    assert unit_of("370902004") == desk.town.bodies["parks"]
    with pytest.raises(NotRefused):
        desk.propose(desk.asked(anew_of=second, overlap=Overlap.KEEP))


def test_nobody_decides_their_own_and_nothing_is_decided_twice(desk: Desk) -> None:
    own = desk.propose(by=desk.leader)
    with pytest.raises(OwnProposal):
        desk.decide(own)
    other = desk.propose()
    with pytest.raises(OpinionMissing):
        desk.decide(other, text="  ")
    desk.decide(other, granted=False, text="依据不足")
    with pytest.raises(AlreadyDecided):
        desk.decide(other)


def test_sent_again_both_answer_what_stands(desk: Desk, ids: FixedIds) -> None:
    key, decision_key = ids(), ids()
    made = desk.propose(key=key)
    assert desk.propose(key=key) == made
    desk.decide(made, key=decision_key)
    desk.decide(made, key=decision_key)
    assert len(opinions(made)) == 2
    assert len(announced("duties.row-added")) == 1


def test_the_same_key_of_two_people_makes_two_proposals(desk: Desk, ids: FixedIds) -> None:
    key = ids()
    assert desk.propose(key=key) != desk.propose(desk.asked(area_code="370902"), by=desk.officer, key=key)


def test_who_answers_for_a_district_decides_there_and_not_for_the_city(desk: Desk) -> None:
    desk.decide(desk.propose(), by=desk.leader_east)
    whole = desk.propose(desk.asked(area_code=""))
    with pytest.raises(OutsideReach):
        desk.decide(whole, by=desk.leader_east)
    desk.decide(whole)
    city = desk.propose(desk.asked(area_code="370900", unit_id=desk.town.bodies["roads"]))
    with pytest.raises(NotFound):
        desk.decide(city, by=desk.leader_east)


def test_a_dispatcher_of_a_department_proposes_for_its_own_units_only(desk: Desk, clock: FixedClock) -> None:
    from gezhi.people import actions
    from gezhi.people.queries import get_actor

    (user,) = actions.install_people(
        [UserRow(username="du", display_name="杜派", active_from=START, post_codes=("dispatch-roads",))],
        password_hash="!",
    ).values()
    actor = get_actor(user, now=clock())
    desk.propose(desk.asked(unit_id=desk.town.bodies["roads-crew"]), by=actor)
    with pytest.raises(OutsideReach):
        desk.propose(by=actor)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"selector": "9999"}, UnknownClassOrUnit),
        ({"selector": "井盖"}, BadSelector),
        ({"edition": "1999", "selector": "*"}, UnknownClassOrUnit),
        ({"unit_id": 999_999}, UnknownClassOrUnit),
        ({"area_code": "370902999"}, UnknownArea),
        ({"area_code": "370902003001007"}, UnknownArea),
        ({"anew_of": CASE}, NotFound),
    ],
)
def test_what_is_unknown_is_refused_and_nothing_is_kept(
    desk: Desk, changes: dict[str, Any], problem: type[Exception]
) -> None:
    from gezhi.duties.models import RowProposal

    with pytest.raises(problem):
        desk.propose(desk.asked(**changes))
    assert RowProposal.objects.count() == 0


def test_a_unit_that_no_longer_exists_is_refused_when_asked_and_when_decided(desk: Desk) -> None:
    from gezhi.people import actions
    from gezhi.people.models import Organisation
    from gezhi.people.queries import DIRECTORY
    from gezhi.plumbing.versions import bump

    (gone,) = actions.install_organisations(
        [
            OrganisationRow(
                code="gone",
                name="撤销的单位",
                kind=Kind.DEPARTMENT,
                parent_code="gov",
                valid_from=START,
                valid_to=date(2026, 3, 1),
            )
        ]
    ).values()
    with pytest.raises(UnitNotThere) as caught:
        desk.propose(desk.asked(unit_id=gone))
    assert "撤销的单位" in caught.value.text("zh")
    made = desk.propose()
    Organisation.objects.filter(id=desk.town.bodies["parks"]).update(valid_to=date(2026, 3, 1))
    bump(DIRECTORY)
    with pytest.raises(UnitNotThere):
        desk.decide(made)
    assert told(made).state == "pending"


def test_a_row_in_the_way_is_named_and_ends_on_the_day_before(desk: Desk) -> None:
    from gezhi.duties.models import DutyRow

    old = DutyRow.objects.get(kind="matter", area_code="370902003")
    same = {"selector": "*", "area_code": "370902003", "unit_id": desk.town.bodies["roads"], "valid_from": TOMORROW}
    with pytest.raises(RowsOverlap) as caught:
        desk.propose(desk.asked(**same))
    assert f"责任清单第 {old.id} 行" in caught.value.text("zh")
    desk.decide(desk.propose(desk.asked(**same, overlap=Overlap.END)))
    old.refresh_from_db()
    assert (old.valid_to, old.ended_because, old.ended_by) == (TODAY, "联席会议明确", desk.leader.user_id)
    assert unit_of("370902003", on=TODAY) == desk.town.bodies["parks"]
    assert unit_of("370902003", on=TOMORROW) == desk.town.bodies["roads"]


def test_a_row_kept_beside_a_new_one_speaks_again_when_that_ends(desk: Desk) -> None:
    from gezhi.duties.models import DutyRow

    same = {"selector": "*", "area_code": "370902003", "unit_id": desk.town.bodies["roads"], "valid_to": TOMORROW}
    desk.decide(desk.propose(desk.asked(**same, overlap=Overlap.KEEP)))
    assert DutyRow.objects.get(kind="matter", area_code="370902003", valid_from=START).valid_to is None
    assert unit_of("370902003", on=TOMORROW) == desk.town.bodies["roads"]
    assert unit_of("370902003", on=date(2026, 3, 4)) == desk.town.bodies["parks"]


def test_a_row_that_came_in_between_is_shown_to_the_one_who_decides(desk: Desk) -> None:
    first = desk.propose()
    second = desk.propose(desk.asked(unit_id=desk.town.bodies["roads"]), by=desk.officer)
    desk.decide(first)
    with pytest.raises(RowsOverlap):
        desk.decide(second)
    desk.decide(second, overlap=Overlap.KEEP)
    assert unit_of("370902004") == desk.town.bodies["roads"]


def test_a_late_approval_counts_from_its_own_day_and_one_too_late_not_at_all(desk: Desk, clock: FixedClock) -> None:
    late = desk.propose()
    ended = desk.propose(desk.asked(area_code="370902", valid_to=TOMORROW))
    clock.advance(3 * DAY_S)
    desk.decide(late)
    assert told(late).row.valid_from == date(2026, 3, 5)
    with pytest.raises(RanOut):
        desk.decide(ended)


def test_lists_are_narrowed_to_the_reader_and_take_two_statements(
    desk: Desk, statement_count: Callable[[], Any]
) -> None:
    from gezhi.duties.queries import ProposalFilter, count_pending, list_proposals
    from gezhi.duties.rules.proposal import ProposalState

    street = desk.propose()
    city = desk.propose(desk.asked(area_code="370900"))
    desk.decide(street, granted=False, text="不同意")
    with statement_count() as counted:
        everything = list_proposals(ProposalFilter(), desk.leader, limit=10)
    assert [one.id for one in everything] == [city, street]
    assert counted.total == 2
    assert [one.id for one in list_proposals(ProposalFilter(), desk.leader_east, limit=10)] == [street]
    pending = ProposalFilter(state=ProposalState.PENDING)
    assert [one.id for one in list_proposals(pending, desk.leader, limit=10)] == [city]
    assert [one.id for one in list_proposals(ProposalFilter(before_id=city), desk.leader, limit=10)] == [street]
    assert (count_pending(desk.leader), count_pending(desk.leader_east)) == (1, 0)


def test_proposals_are_found_by_the_case_that_caused_them(desk: Desk) -> None:
    from gezhi.duties.queries import ProposalFilter, list_proposals

    made = desk.propose(desk.asked(case_id=CASE))
    desk.propose(desk.asked(area_code="370902"))
    assert [one.id for one in list_proposals(ProposalFilter(case_id=CASE), desk.leader, limit=10)] == [made]
