"""The doors of the proof: how it stands, for whoever keeps or supervises; the proof of one case, for whoever sees it.
Verifying is `gezhi verify`.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from gezhi.cases.queries.case_page import visible_case
from gezhi.kernel.permissions import Permission
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of, answers_file
from gezhi.plumbing.shapes import TextOut
from gezhi.proof.queries.changed import list_changed
from gezhi.proof.queries.checkpoints import Kept, Receipt
from gezhi.proof.queries.inclusion import prove_case
from gezhi.proof.queries.signed import find_good_keys
from gezhi.proof.queries.standing import Standing, get_standing
from gezhi.proof.rules.keys import KeyType
from gezhi.proof.rules.lateness import late_proof
from gezhi.proof.rules.report import ALWAYS, NO_CHECKPOINT, NO_SECOND_PLACE

router = Router(tags=["proof"])

MINUTE_S = 60
PROOF = "text/plain"


class SigningKeyOut(BaseModel):
    """验签公钥. `text`: the line that somebody writes down elsewhere and gives to `gezhi verify --key`."""

    id: str
    kind: KeyType
    text: str


class CheckpointOut(BaseModel):
    """检查点. `size`: how many lines are signed. `keys`: whose signature under it fits; none where it was bent, null
    where the tree does not name a key yet, as its next batch will.
    """

    origin: str
    size: int
    signed_at: datetime
    keys: list[SigningKeyOut] | None


class SecondPlaceOut(BaseModel):
    """第二处. `size`: up to which line of the last tree it has everything; `signs`: it answers with a signature of
    its own.
    """

    name: str
    size: int | None
    received_at: datetime | None
    signs: bool
    late: bool


class ProofOut(BaseModel):
    """存证情况. `waiting`: cases and rows of registers changed since the last batch, which the next one names in
    `every_minutes`; `unsigned`: lines of the tree that wait for a signature; `late`: nothing was signed for too long.
    """

    checkpoint: CheckpointOut | None
    covered_until: datetime | None
    every_minutes: int
    late: bool
    waiting: int
    unsigned: int
    places: list[SecondPlaceOut]
    uncovered: list[TextOut]


@router.get("/proof", permission=Permission.PROOF_READ, response=ProofOut)
def get_proof(request: HttpRequest) -> ProofOut:  # noqa: ARG001
    """存证情况: what is signed up to when, by whom, who elsewhere has it, and what is not covered."""
    standing, now = get_standing(), system_clock()
    last = standing.checkpoint
    unproved = [] if last is not None else [NO_CHECKPOINT]
    unproved += [] if any(standing.receipts.values()) else [NO_SECOND_PLACE]
    return ProofOut(
        checkpoint=_checkpoint_out(last) if last is not None else None,
        covered_until=_moment(standing.covered_until),
        every_minutes=settings.GEZHI_PROOF_MINUTES,
        late=_is_late(standing, now),
        waiting=len(list_changed(standing.batch)[0]),
        unsigned=standing.unsigned,
        places=[_place_out(name, one, standing, now) for name, one in standing.receipts.items()],
        uncovered=[TextOut(zh=one.zh, en=one.en) for one in (*unproved, *ALWAYS)],
    )


@router.get(
    "/cases/{uuid:case_id}/record.tlog-proof", permission=Permission.CASES_READ, openapi_extra=answers_file(PROOF)
)
def get_case_proof(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """存证凭证: that the case stands in the signed tree, as a file that verifies without the platform."""
    case = visible_case(case_id, actor_of(request))
    response = HttpResponse(prove_case(case_id).text, content_type=f"{PROOF}; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'存证凭证-{case.state.no}')}.tlog-proof"
    response["Cache-Control"] = "private, no-store"
    return response


def _checkpoint_out(kept: Kept) -> CheckpointOut:
    good = find_good_keys(kept)
    keys = None if good is None else [SigningKeyOut(id=key.id.hex(), kind=key.type, text=key.text) for key in good]
    return CheckpointOut(origin=kept.origin, size=kept.size, signed_at=as_datetime(kept.kept_at), keys=keys)


def _place_out(name: str, receipt: Receipt | None, standing: Standing, now: int) -> SecondPlaceOut:
    return SecondPlaceOut(
        name=name,
        size=(receipt.size if receipt.tree == standing.batch.tree else 0) if receipt is not None else None,
        received_at=_moment(receipt.received_at if receipt is not None else None),
        signs=receipt is not None and receipt.line != "",
        late=_is_late(standing, now, {name: receipt}),
    )


def _is_late(standing: Standing, now: int, receipts: dict[str, Receipt | None] | None = None) -> bool:
    """The signer, or where receipts are given only their places."""

    def age(at: int | None) -> float | None:
        return now - at if at is not None else None

    signed = standing.checkpoint.kept_at if standing.checkpoint is not None else None
    found = late_proof(
        begun_s=age(standing.begun_at),
        checkpoint_s=age(signed) if receipts is None else 0,
        receipts={name: age(one.received_at if one is not None else None) for name, one in (receipts or {}).items()},
        every_s=settings.GEZHI_PROOF_MINUTES * MINUTE_S,
    )
    return found is not None


def _moment(at: int | None) -> datetime | None:
    return as_datetime(at) if at is not None else None
