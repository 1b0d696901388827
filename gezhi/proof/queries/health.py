"""What `/readyz` says of the proof: how old the last checkpoint is, and the last receipt of every second place."""

from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings

from gezhi.plumbing.health.findings import Finding, Health
from gezhi.proof.rules.lateness import LateProof, late_proof

LAST = """
SELECT extract(epoch FROM clock_timestamp() - max(kept_at))::float FROM proof_checkpoint
"""
BEGUN = """
SELECT extract(epoch FROM clock_timestamp() - min(sealed_at))::float FROM proof_batch
"""
RECEIPTS = """
SELECT receiver, extract(epoch FROM clock_timestamp() - max(received_at))::float FROM proof_receipt GROUP BY receiver
"""


def look_at_proof(cursor: psycopg.Cursor[Any]) -> Finding:
    (checkpoint,) = cursor.execute(LAST).fetchone() or (None,)
    (begun,) = cursor.execute(BEGUN).fetchone() or (None,)
    known: dict[str, float] = dict(cursor.execute(RECEIPTS).fetchall())
    places = [place.rstrip("/") if "://" in place else place for place in settings.GEZHI_ANCHOR_TO]
    receipts = {place: known.get(place) for place in places}
    facts = {"checkpoint_age_s": checkpoint, "receipt_age_s": receipts}
    every_s = settings.GEZHI_PROOF_MINUTES * 60
    match late_proof(begun_s=begun, checkpoint_s=checkpoint, receipts=receipts, every_s=every_s):
        case LateProof(receiver=""):
            zh = "存证检查点过久未签署：请检查签署进程（gezhi signer）和后台作业的日志。"
            en = "nothing has been signed for too long: look at the signer (gezhi signer) and the log of the worker."
            return Finding(Health.WARNING, zh, en, facts)
        case LateProof(receiver=receiver):
            zh = f"第二处 {receiver} 过久没有回执：请检查该处是否可达。"
            en = f"no receipt has come from {receiver} for too long: see whether it can be reached."
            return Finding(Health.WARNING, zh, en, facts)
    return Finding(facts=facts)
