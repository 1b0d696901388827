"""联席会议: who met when, which cases without owner were on the agenda, and what was decided on each."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from gezhi.kernel.deeds import Deed, Record
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words

KEEPERS = (Role.DISPATCHER, Role.DUTY_OFFICER, Role.SUPERVISOR, Role.LEADER)
MOST_ON_AGENDA = 100


class Decision(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    PUT_OFF = "put_off"


DECISION_NAMES: dict[str, tuple[str, str]] = {
    Decision.OPEN: ("待议", "To be discussed"),
    Decision.SETTLED: ("已明确责任单位", "Owner settled"),
    Decision.PUT_OFF: ("留待再议", "Put off"),
}
EVENT_NAMES: dict[str, tuple[str, str]] = {
    "called": ("召集会议", "Called"),
    "agenda_changed": ("调整议题", "Agenda changed"),
    "decided": ("形成决定", "Decided"),
}


class AgendaItem(msgspec.Struct, frozen=True):
    """议题: one case; `text` is what was said on it."""

    case_id: UUID
    case_no: str
    decision: Decision = Decision.OPEN
    text: str = ""


class Meeting(Record, frozen=True, kw_only=True):
    """联席会议. `area`: the region prefix of whoever called it."""

    no: str
    title: str
    held_on: date
    place: str
    participants: str
    area_code: str
    organisation_id: int
    called_at: int
    called_by: int
    agenda: tuple[AgendaItem, ...] = ()


class NotAKeeper(Problem):
    code = "supervision.meetings.not-a-keeper"
    status = 403
    title = "联席会议由派遣员、值班长、督察员或领导登记。"
    title_en = "Dispatchers, duty officers, supervisors and leaders keep the joint meetings."


class AgendaTooLong(Problem):
    code = "supervision.meetings.agenda-too-long"
    status = 422
    title = "议题应为 1 至 {most} 件案件。"
    title_en = "The agenda holds 1 to {most} cases."


class NotOnAgenda(Problem):
    code = "supervision.meetings.not-on-agenda"
    status = 409
    title = "本案不在这次会议的议题中，或已有决定；请先列入议题。"
    title_en = "The case is not on the agenda of this meeting, or was decided on; put it on first."


def check_keeper(actor: Actor) -> None:
    if actor.role not in KEEPERS:
        raise NotAKeeper


def check_agenda(cases: int) -> None:
    if not 1 <= cases <= MOST_ON_AGENDA:
        raise AgendaTooLong(field="case_ids", most=MOST_ON_AGENDA)


def decide_add(meeting: Meeting, fresh: tuple[AgendaItem, ...]) -> Deed:
    """列入议题: cases that are on it already stay as they are."""
    known = {item.case_id for item in meeting.agenda}
    agenda = (*meeting.agenda, *(item for item in fresh if item.case_id not in known))
    check_agenda(len(agenda))
    return Deed("agenda_changed", "", {"agenda": agenda})


def decide_item(meeting: Meeting, case_id: UUID, decision: Decision, text: str) -> Deed:
    """决定: once for each case."""
    item = next((one for one in meeting.agenda if one.case_id == case_id), None)
    if item is None or item.decision is Decision.SETTLED:
        raise NotOnAgenda
    decided = msgspec.structs.replace(item, decision=decision, text=require_words("text", text))
    agenda = tuple(decided if one.case_id == case_id else one for one in meeting.agenda)
    return Deed("decided", f"{item.case_no}：{decided.text}", {"agenda": agenda})
