"""上报的样子: one sender's report as it goes out; who sent it is masked unless the post may know."""

from __future__ import annotations

from gezhi.cases.models import SentReport
from gezhi.cases.queries.rows import Row
from gezhi.cases.queries.senders import find_opened
from gezhi.cases.rules.senders.secrecy import needs_reason
from gezhi.cases.rules.state import CaseState
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.schemas import ReportOut
from gezhi.kernel.masking import Masking, Shown, show_name, show_phone
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.shapes import maybe
from gezhi.policy.rules.channels import BY_COLLECTOR


def open_senders(row: Row, presenter: Presenter) -> None:
    """Let the presenter show those senders of a case for whom its reader gave a reason a short while ago."""
    reader, status = presenter.reader, row.state.status
    asking = {one.report_id for one in row.senders if needs_reason(status, keep_secret=one.keep_secret)}
    if asking and Permission.REPORTERS_READ in reader.permissions:
        presenter.opened |= find_opened(reader, asking, now=presenter.now)


def report_out(report: SentReport, state: CaseState, masking: Masking, presenter: Presenter) -> ReportOut:
    """One report; who sent it is masked unless the post may know, in its words too."""
    ref = next(one for one in state.reports if one.id == str(report.id))
    shown = presenter.shown(state.status, report.id, secret=report.keep_secret)
    by_staff = report.channel == BY_COLLECTOR and not (report.name or report.phone)
    by = presenter.person(ref.by) if ref.by and by_staff else report.name
    named = bool(report.name or report.phone)
    return ReportOut(
        id=report.id,
        channel=report.channel,
        at=report.sent_at,
        sender=by if by_staff else show_name(by, shown),
        phone=show_phone(report.phone, shown),
        masked=shown is not Shown.OPEN and named,
        secret=report.keep_secret,
        may_open=shown is Shown.PART and named and _may_give_reason(presenter, state, report),
        description=report.description if by_staff else masking.wrote(report.description, shown),
        wants_answer=report.wants_answer,
        by_call=report.by_call,
        answered_at=maybe(ref.answered),
        came_from=presenter.other(ref.came_from),
    )


def _may_give_reason(presenter: Presenter, state: CaseState, report: SentReport) -> bool:
    may = Permission.REPORTERS_READ in presenter.reader.permissions
    return may and needs_reason(state.status, keep_secret=report.keep_secret)
