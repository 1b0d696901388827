"""/ownerless/meetings: 联席会议 with agenda and decisions."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from gezhi.cases.rules.stages import Status
from gezhi.cases.shapes.faces import CaseOut
from gezhi.kernel.permissions import Actor, Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import moment, page_of
from gezhi.supervision import actions
from gezhi.supervision.actions.ownerless import Called
from gezhi.supervision.api.ownerless import decided_of
from gezhi.supervision.api.router import router
from gezhi.supervision.api.schemas_in import AgendaIn, MeetingDecisionIn, MeetingIn, MeetingsAsked, PutOffIn
from gezhi.supervision.queries.book import list_events
from gezhi.supervision.queries.ownerless import get_meeting, list_meetings
from gezhi.supervision.rules.available import acts_on_meeting
from gezhi.supervision.rules.meetings import (
    EVENT_NAMES,
    AgendaItem,
    Decision,
    Meeting,
)
from gezhi.supervision.shapes.presenter import Presenter
from gezhi.supervision.shapes.schemas import AgendaItemOut, MeetingDetailOut, MeetingOut, MeetingPageOut

READ, ACT = Permission.SUPERVISION_READ, Permission.CASES_ACT


def meeting_out(meeting: Meeting, presenter: Presenter, actor: Actor) -> MeetingOut:
    faces = presenter.faces
    statuses = {one: Status(faces[one].status) for one in cases_of(meeting) if one in faces}
    shown = MeetingOut(
        id=meeting.id,
        no=meeting.no,
        title=meeting.title,
        held_on=meeting.held_on,
        place=meeting.place,
        participants=meeting.participants,
        called_at=moment(meeting.called_at),
        called_by=presenter.person(meeting.called_by),
        organisation=presenter.unit(meeting.organisation_id).name,
        agenda=[_item(item, presenter) for item in meeting.agenda],
        settled=sum(item.decision is Decision.SETTLED for item in meeting.agenda),
        acts=list(acts_on_meeting(meeting, actor, statuses)),
    )
    return presenter.about(shown, *cases_of(meeting))


def cases_of(meeting: Meeting) -> tuple[UUID, ...]:
    return tuple(item.case_id for item in meeting.agenda)


def _item(item: AgendaItem, presenter: Presenter) -> AgendaItemOut:
    case: CaseOut = presenter.case(item.case_id, item.case_no, "", "")
    return AgendaItemOut(case=case, decision=item.decision, text=item.text)


def detail_of(meeting: Meeting, actor: Actor) -> MeetingDetailOut:
    presenter = Presenter(actor, cases_of(meeting), now=system_clock())
    events = presenter.events(list_events(meeting.id), EVENT_NAMES)
    return presenter.about(
        MeetingDetailOut(**dict(meeting_out(meeting, presenter, actor)), events=events), *cases_of(meeting)
    )


@router.get("/ownerless/meetings", permission=READ, response=MeetingPageOut)
def get_meetings(request: HttpRequest, asked: Annotated[MeetingsAsked, Query()]) -> MeetingPageOut:
    """联席会议, the latest first."""
    actor = actor_of(request)
    meetings = list_meetings(actor, after=_after(asked.cursor), case_id=asked.case_id, limit=asked.limit + 1)
    page, next_cursor = page_of(
        meetings, asked.limit, lambda last: encode_cursor(last.held_on.isoformat(), str(last.id))
    )
    presenter = Presenter(actor, (one for meeting in page for one in cases_of(meeting)), now=system_clock())
    return MeetingPageOut(
        items=[meeting_out(one, presenter, actor) for one in page],
        next_cursor=next_cursor,
    )


def _after(cursor: str) -> tuple[date, UUID] | None:
    if not cursor:
        return None
    on, last = decode_cursor(cursor, date, UUID)
    return on, last


@router.get("/ownerless/meetings/{uuid:meeting_id}", permission=READ, response=MeetingDetailOut)
def read_meeting(request: HttpRequest, meeting_id: UUID) -> MeetingDetailOut:
    actor = actor_of(request)
    return detail_of(get_meeting(meeting_id, actor), actor)


@router.post("/ownerless/meetings", permission=ACT, response=MeetingDetailOut)
def call(request: HttpRequest, asked: MeetingIn) -> MeetingDetailOut:
    """召集联席会议 on cases without owner."""
    called = Called(
        title=asked.title,
        held_on=asked.held_on,
        participants=asked.participants,
        place=asked.place,
        case_ids=tuple(asked.case_ids),
    )
    return detail_of(actions.call_meeting(called, doing=doing_of(request)), actor_of(request))


@router.post("/ownerless/meetings/{uuid:meeting_id}/agenda", permission=ACT, response=MeetingDetailOut)
def add(request: HttpRequest, meeting_id: UUID, asked: AgendaIn) -> MeetingDetailOut:
    """列入议题."""
    return detail_of(actions.add_to_agenda(meeting_id, asked.case_ids, doing=doing_of(request)), actor_of(request))


@router.post("/ownerless/meetings/{uuid:meeting_id}/decisions", permission=ACT, response=MeetingDetailOut)
def decide(request: HttpRequest, meeting_id: UUID, asked: MeetingDecisionIn) -> MeetingDetailOut:
    """会议决定: the owner of one case; the case goes back to the dispatcher with it."""
    meeting = actions.decide_in_meeting(meeting_id, asked.case_id, decided_of(asked), doing=doing_of(request))
    return detail_of(meeting, actor_of(request))


@router.post("/ownerless/meetings/{uuid:meeting_id}/put-off", permission=ACT, response=MeetingDetailOut)
def put_off(request: HttpRequest, meeting_id: UUID, asked: PutOffIn) -> MeetingDetailOut:
    """留待再议."""
    meeting = actions.put_off_in_meeting(meeting_id, asked.case_id, asked.text, doing=doing_of(request))
    return detail_of(meeting, actor_of(request))
