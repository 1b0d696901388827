"""打印: orders, the case file, and the digest by which paper is checked against the log."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

from gezhi.cases.queries.case_page import visible_case
from gezhi.cases.shapes.presenter import Presenter
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.papers.api.case_file import print_case_file
from gezhi.papers.api.order import print_orders
from gezhi.papers.queries import get_digest, list_visible
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.paper.setting import PDF, pdf_response
from gezhi.plumbing.shapes import moment

router = Router(tags=["papers"])

MOST_ORDERS = 50


class OrdersIn(BaseModel):
    model_config = {"extra": "forbid"}

    ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ORDERS)]


class DigestOut(BaseModel):
    seq: int
    digest: str
    recorded_at: datetime


@router.get("/cases/{uuid:case_id}/order.pdf", permission=Permission.CASES_READ, openapi_extra=PDF)
def print_order(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """派遣单 of the acting unit, or of the leading one."""
    actor = actor_of(request)
    row = visible_case(case_id, actor)
    pdf = print_orders([row], actor, Presenter(actor, now=system_clock()), address=_case_page(request))
    return pdf_response(pdf, f"派遣单-{row.state.no}")


@router.post("/cases/orders.pdf", permission=Permission.CASES_READ, openapi_extra=PDF, repeats="it only reads")
def print_many_orders(request: HttpRequest, asked: OrdersIn) -> HttpResponse:
    """Orders of several cases in one file, in the order given."""
    actor = actor_of(request)
    presenter = Presenter(actor, now=system_clock())
    rows = list_visible(asked.ids, actor)
    case_ids = list(dict.fromkeys(asked.ids))
    if len(rows) < len(case_ids):
        raise NotFound
    pdf = print_orders([rows[one] for one in case_ids], actor, presenter, address=_case_page(request))
    return pdf_response(pdf, f"派遣单-{len(case_ids)}件")


@router.get("/cases/{uuid:case_id}/case-file.pdf", permission=Permission.CASES_READ, openapi_extra=PDF)
def print_whole_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """案卷 with the whole story."""
    actor = actor_of(request)
    row = visible_case(case_id, actor)
    pdf = print_case_file(row, actor, Presenter(actor, now=system_clock()), address=_case_page(request))
    return pdf_response(pdf, f"案卷-{row.state.no}")


@router.get("/cases/{uuid:case_id}/digests/{int:seq}", permission=Permission.CASES_READ, response=DigestOut)
def read_digest(request: HttpRequest, case_id: UUID, seq: int) -> DigestOut:
    """The digest of one entry of the log, to be compared with what a printed file says."""
    visible_case(case_id, actor_of(request))
    entry = get_digest(case_id, seq)
    if entry is None:
        raise NotFound
    return DigestOut(seq=seq, digest=entry[0], recorded_at=moment(entry[1]))


def _case_page(request: HttpRequest) -> str:
    return request.build_absolute_uri("/desk/cases/")
