"""上报的样子: one sender's report as it goes out; who sent it is masked unless the post may know."""

from __future__ import annotations

from gezhi.cases.models import SentReport
from gezhi.cases.rules.channels import BY_COLLECTOR
from gezhi.cases.rules.state import CaseState
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.schemas import ReportOut
from gezhi.kernel.masking import mask_name, mask_phone
from gezhi.kernel.permissions import Actor, Permission
from gezhi.plumbing.shapes import maybe


def report_out(report: SentReport, state: CaseState, actor: Actor, presenter: Presenter) -> ReportOut:
    """One report; who sent it is masked unless the post may know."""
    ref = next(one for one in state.reports if one.id == str(report.id))
    open_book = Permission.REPORTERS_READ in actor.permissions and not report.keep_secret
    by = presenter.person(ref.by) if ref.by and not report.name and report.channel == BY_COLLECTOR else report.name
    return ReportOut(
        id=report.id,
        channel=report.channel,
        at=report.sent_at,
        sender=by if open_book or report.channel == BY_COLLECTOR else mask_name(by),
        phone=report.phone if open_book else mask_phone(report.phone),
        masked=not open_book and bool(report.name or report.phone),
        description=report.description,
        wants_answer=report.wants_answer,
        answered_at=maybe(ref.answered),
    )
