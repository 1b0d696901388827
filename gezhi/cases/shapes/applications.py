"""申请的样子: an application as it goes out, and what the forms of asking and deciding need to know."""

from __future__ import annotations

from datetime import date
from typing import Any

from gezhi.cases.rules.applications import Application, ApplicationKind, ApplicationOutcome, Opinion
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.state import CaseState
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.schemas import ActionFormOut, ApplicationOut, CasePictureOut, OpinionOut
from gezhi.plumbing.shapes import maybe, moment, picture_out


def opinion_out(opinion: Opinion, presenter: Presenter) -> OpinionOut:
    return OpinionOut(
        step=opinion.step,
        by=presenter.person(opinion.user),
        organisation=presenter.unit(opinion.organisation).name,
        at=moment(opinion.at),
        granted=opinion.granted,
        text=opinion.text,
    )


def application_out(application: Application, state: CaseState, presenter: Presenter) -> ApplicationOut:
    """One application with its opinions."""
    value_unit = state.subject.unit if application.value is not None else None
    return ApplicationOut(**application_fields(application, value_unit, presenter))


def application_fields(application: Application, value_unit: str | None, presenter: Presenter) -> dict[str, Any]:
    return {
        "no": application.no,
        "kind": application.kind,
        "unit": presenter.unit(application.unit) if application.unit else None,
        "asked_by": presenter.person(application.asked_by),
        "asked_at": moment(application.asked),
        "late": application.late,
        "times": application.times,
        "reason": application.reason,
        "reason_word": presenter.reason(KINDS[application.kind].word, application.reason_code),
        "form_no": application.form_no,
        "minutes_in_all": application.minutes_in_all,
        "pictures": [_proof(sha, application, presenter) for sha in application.pictures],
        "steps": list(application.steps),
        "opinions": [opinion_out(opinion, presenter) for opinion in application.opinions],
        "outcome": application.outcome,
        "ended_at": maybe(application.ended),
        "value": application.value,
        "value_unit": value_unit,
        "until_at": maybe(application.until),
        "old_due_at": maybe(application.old_due),
        "new_due_at": maybe(application.new_due),
        "share": application.share,
        "ceiling": application.ceiling,
        "is_above": application.above,
        "shirking": application.shirking,
        "exempt": application.exempt,
    }


def _proof(sha: str, application: Application, presenter: Presenter) -> CasePictureOut:
    return CasePictureOut(
        **dict(picture_out(sha)),
        at=moment(application.asked),
        by=presenter.person(application.asked_by),
        use="proof",
        round=0,
        remarks=presenter.remarks.get(sha, []),
    )


def asking_suggestion(kind: ApplicationKind, state: CaseState, presenter: Presenter, day: date) -> ActionFormOut:
    """What the form of an application says beforehand: how much may be asked for, what proof is needed, who decides."""
    row = presenter.registers.matrix.on(day)[kind]
    granted = sum(one.kind is kind and one.outcome is ApplicationOutcome.GRANTED for one in state.applications)
    return ActionFormOut(
        needs_proof=row.needs_proof,
        form_for=list(row.form_for),
        form_needed=row.needs_form(times=granted, reason_code=""),
        most_granted=row.most_granted,
        steps=list(row.steps),
        **KINDS[kind].form_facts(row, state),
    )


def deciding_suggestion(state: CaseState, presenter: Presenter, *, answer_needed: bool) -> ActionFormOut:
    """What is to be decided, as the form shows it."""
    pending = state.pending
    if pending is None:
        return ActionFormOut()
    last, rule = len(pending.opinions) + 1 == len(pending.steps), KINDS[pending.kind]
    proposed = presenter.registers.policy.reasons.get((rule.word, pending.reason_code))
    return ActionFormOut(
        answer=proposed.answer or None if proposed is not None else None,
        application=application_out(pending, state, presenter),
        is_last=last,
        may_shirk=rule.may_shirk,
        answer_needed=rule.answers_senders and last and answer_needed,
    )
