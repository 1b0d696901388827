"""Turns hand-overs and sheets into what goes out."""

from __future__ import annotations

from typing import Any

from gezhi.cases.shapes.faces import FacesPresenter
from gezhi.cases.shapes.presenter import Presenter
from gezhi.desks.api.shifts.schemas import (
    DoneOut,
    HandoverOut,
    PassedOnOut,
    SaidOut,
    SheetCaseOut,
    SheetOut,
    SheetQueueOut,
    TakenOverOut,
    TurnOut,
)
from gezhi.desks.rules.shifts.handover import Handover, Said, Turn
from gezhi.desks.rules.shifts.sheet import PassedOn, Sheet, SheetCase, SheetQueue, cases_of
from gezhi.plumbing.shapes import TextOut, maybe, moment


def turn_out(turn: Turn, presenter: Presenter) -> TurnOut:
    return TurnOut(
        starts_at=moment(turn.starts_at),
        ends_at=moment(turn.ends_at),
        people=[presenter.person(user) for user in turn.people],
    )


def maybe_turn(turn: Turn | None, presenter: Presenter) -> TurnOut | None:
    return turn_out(turn, presenter) if turn is not None else None


def handover_fields(handover: Handover, presenter: Presenter) -> dict[str, Any]:
    accepted = handover.accepted
    return {
        "id": handover.id,
        "organisation": presenter.unit(handover.organisation_id).name,
        "role": handover.role.value,
        "starts_at": moment(handover.starts_at),
        "ends_at": moment(handover.ends_at),
        "state": handover.state.value,
        "late": handover.late,
        "by": presenter.person(handover.signed.user_id),
        "signed_at": moment(handover.signed.at),
        "accepted_by": presenter.person(accepted.user_id) if accepted is not None else None,
        "accepted_at": maybe(accepted.at if accepted is not None else None),
    }


def handover_out(handover: Handover, presenter: Presenter) -> HandoverOut:
    return HandoverOut(**handover_fields(handover, presenter))


def said_out(said: Said, presenter: Presenter) -> SaidOut:
    by = presenter.person(said.user_id)
    return SaidOut(seq=said.seq, kind=said.kind.value, by=by, at=moment(said.at), text=said.text)


def sheet_out(sheet: Sheet, presenter: FacesPresenter) -> SheetOut:
    """`presenter` knows the cases of the sheet."""
    taken = sheet.taken_over
    shown = SheetOut(
        made_at=moment(sheet.made),
        open=sheet.open,
        overdue=sheet.overdue,
        taken_over=TakenOverOut(
            handover_id=taken.handover_id, by=taken.by, open=taken.open, passed_on=_passed_on(taken.passed_on)
        )
        if taken is not None
        else None,
        done=[DoneOut(kind=one.kind, label=TextOut(zh=one.zh, en=one.en), count=one.count) for one in sheet.done],
        queues=[_queue(queue, presenter) for queue in sheet.queues],
        late=[_line(one, presenter) for one in sheet.late],
        supervised=[_line(one, presenter) for one in sheet.supervised],
        supervised_count=sheet.supervised_count,
        weather=sheet.weather,
        notes=sheet.notes,
        passed_on=_passed_on(sheet.passed_on),
    )
    return presenter.about(shown, *cases_of(sheet))


def _queue(queue: SheetQueue, presenter: FacesPresenter) -> SheetQueueOut:
    return SheetQueueOut(
        queue=queue.key,
        label=TextOut(zh=queue.zh, en=queue.en),
        count=queue.count,
        overdue=queue.overdue,
        soon=queue.soon,
        urgent=[_line(one, presenter) for one in queue.urgent],
    )


def _line(one: SheetCase, presenter: FacesPresenter) -> SheetCaseOut:
    return SheetCaseOut(
        id=one.id,
        no=one.no,
        class_name=TextOut(zh=one.class_zh, en=one.class_en),
        place=presenter.masking_about(one.id).wrote(one.address),
        due_at=maybe(one.due),
        late=one.late,
        clock=one.clock,
    )


def _passed_on(passed_on: tuple[PassedOn, ...]) -> list[PassedOnOut]:
    return [PassedOnOut(text=one.text, case_id=one.case_id, case_no=one.case_no) for one in passed_on]
