"""Jobs of the proof: the batch every few minutes, and handing over. Each has a thread of its own and blocks nobody."""

from __future__ import annotations

import structlog
from django.conf import settings

from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.queue import every
from gezhi.proof.actions import hand_to_folder, hand_to_witness, keep_up
from gezhi.proof.gateways.receivers import FolderReceiver, receivers_of
from gezhi.proof.gateways.signer_socket import SocketSigner
from gezhi.proof.rules.keys import parse_verifier_key

log = structlog.get_logger(__name__)

MINUTE_S = 60


@every(10.0, name="proof.checkpoint")
def checkpoint() -> bool:
    """存证检查点."""
    try:
        signer = SocketSigner(settings.GEZHI_SIGNER_SOCKET)
        kept = keep_up(signer, every_s=settings.GEZHI_PROOF_MINUTES * MINUTE_S, clock=system_clock)
    except Problem as refusal:
        log.warning("proof.not-signed", code=refusal.code, reason=refusal.text())
        return False
    if kept is not None:
        log.info("proof.signed", origin=kept.origin, size=kept.size)
    return False


@every(10.0, name="proof.hand-over")
def hand_over() -> bool:
    """移交第二处: one after the other; one that is away keeps nobody else waiting longer than its time limit."""
    keys = [parse_verifier_key(text) for text in settings.GEZHI_ANCHOR_KEYS]
    more = False
    for receiver in receivers_of(settings.GEZHI_ANCHOR_TO):
        try:
            if isinstance(receiver, FolderReceiver):
                more = hand_to_folder(receiver, clock=system_clock) or more
            else:
                hand_to_witness(receiver, keys, clock=system_clock)
        except Problem as refusal:
            log.warning("proof.not-handed-over", code=refusal.code, reason=refusal.text())
    return more
