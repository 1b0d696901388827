"""交接班表 on paper, as it was signed."""

from __future__ import annotations

from typing import Any

from gezhi.cases.shapes.faces import FacesPresenter
from gezhi.desks.rules.shifts.handover import Handover, HandoverKind
from gezhi.desks.rules.shifts.sheet import Sheet, SheetCase, cases_of
from gezhi.kernel.permissions import Actor, Role
from gezhi.papers.shapes import FIELD_NAMES, TEMPLATES, say_moment, say_printed
from gezhi.plumbing.paper.setting import lacks, set_paper
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES

SHIFT = TEMPLATES / "shift.typ"
DESK_NAMES = {Role.ACCEPTOR: "受理席", Role.DUTY_OFFICER: "值班长席", Role.DISPATCHER: "派遣席"}
SAID = {
    HandoverKind.SIGNED: "交班签字",
    HandoverKind.ASKED: "接班提问",
    HandoverKind.ANSWERED: "交班答复",
    HandoverKind.ACCEPTED: "接班签字",
}


def print_sheet(handover: Handover, sheet: Sheet, actor: Actor, presenter: FacesPresenter) -> bytes:
    """The sheet with both signatures; what is not signed yet has room for a pen."""
    accepted = handover.accepted
    taken = sheet.taken_over
    data = {
        "printed": say_printed(actor, presenter),
        "issuer": presenter.unit(handover.organisation_id).name,
        "desk": DESK_NAMES[handover.role],
        "from": say_moment(handover.starts_at),
        "until": say_moment(handover.ends_at),
        "made": say_moment(sheet.made),
        "weather": sheet.weather,
        "notes": sheet.notes,
        "open": sheet.open,
        "overdue": sheet.overdue,
        "taken": {"by": taken.by, "open": taken.open, "passed_on": [one.text for one in taken.passed_on]}
        if taken is not None
        else None,
        "done": [{"name": one.zh, "count": one.count} for one in sheet.done],
        "queues": [
            {
                "name": one.zh,
                "count": one.count,
                "overdue": one.overdue,
                "soon": one.soon,
                "urgent": [_line(line, presenter) for line in one.urgent],
            }
            for one in sheet.queues
        ],
        "late": [_line(one, presenter) for one in sheet.late],
        "supervised": [_line(one, presenter) for one in sheet.supervised],
        "supervised_count": sheet.supervised_count,
        "passed_on": [{"text": one.text, "no": one.case_no or ""} for one in sheet.passed_on],
        "said": [
            {
                "kind": SAID[one.kind],
                "who": presenter.person(one.user_id),
                "at": say_moment(one.at),
                "text": one.text,
            }
            for one in handover.said
        ],
        "signed": {"who": presenter.person(handover.signed.user_id), "at": say_moment(handover.signed.at)},
        "late_signed": handover.late,
        "accepted": {"who": presenter.person(accepted.user_id), "at": say_moment(accepted.at)}
        if accepted is not None
        else None,
    }
    shown = presenter.about(data, *cases_of(sheet))
    return set_paper(SHIFT, {**shown, "lacks": lacks(shown, FIELD_NAMES)})


def _line(one: SheetCase, presenter: FacesPresenter) -> dict[str, Any]:
    return {
        "no": one.no,
        "class": one.class_zh,
        "address": presenter.masking_about(one.id).wrote(one.address),
        "due": say_moment(one.due),
        "late": one.late,
        "clock": CLOCK_NAMES[one.clock][0] if one.clock is not None else "",
    }
