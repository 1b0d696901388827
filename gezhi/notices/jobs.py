"""Jobs of notices: the loop that sends messages, and the daily sweep."""

from __future__ import annotations

import structlog

from gezhi.notices.actions import claim_message, mark_failed, mark_sent, sweep_old
from gezhi.notices.gateways import SendFailed, SmsGateway, gateway_in_use
from gezhi.plumbing.clock import Clock, system_clock
from gezhi.plumbing.queue import every, periodic

log = structlog.get_logger(__name__)

AT_ONCE = 50


@every(2.0, name="notices.send-messages")
def send_messages() -> bool:
    return send_waiting(gateway_in_use(), clock=system_clock)


def send_waiting(gateway: SmsGateway, *, clock: Clock) -> bool:
    """短信发送: one after the other, each claimed, sent and marked by itself. True when more may be waiting.

    The call outside holds no transaction and no lock. A gateway that is away is asked once in a round.
    """
    for _ in range(AT_ONCE):
        message = claim_message(clock=clock)
        if message is None:
            return False
        try:
            reference = gateway.send(message)
        except SendFailed as failure:
            state = mark_failed(message, failure.reason, for_good=failure.for_good, clock=clock)
            log.warning("notices.message-failed", id=str(message.id), state=state.value, attempts=message.attempts)
            if not failure.for_good:
                return False
        else:
            mark_sent(message, reference, clock=clock)
    return True


@periodic("40 3 * * *", name="notices.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001
    notices, phones = sweep_old(clock=system_clock)
    log.info("notices.swept", notices=notices, phones=phones)
