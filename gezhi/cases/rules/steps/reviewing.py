"""复核: the dispatcher looks at what was handed over, before it is inspected or closed."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.commands import AskMore, Confirm
from gezhi.cases.rules.entries import Source, Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.words import limit_words, require_words


def decide_confirm(state: CaseState, command: Confirm, facts: Facts) -> Step:
    """复核通过: the result goes to the inspection, or, where a person says why none is needed, to the closing."""
    ended = facts.end(state, ClockKind.REVIEW)
    if facts.policy.inspection_always or state.major or command.inspection_required:
        return Step(
            kind=EntryKind.CONFIRMED,
            status=Status.TO_INSPECT,
            clocks=(*ended, facts.start(ClockKind.SEND_INSPECTION)),
            source=Source.RULE if facts.policy.inspection_always or state.major else Source.PERSON,
            reason=limit_words("reason", command.reason) or None,
        )
    return Step(
        kind=EntryKind.CONFIRMED,
        status=Status.TO_CLOSE,
        source=Source.PERSON,
        reason=require_words("reason", command.reason),
        clocks=(*ended, facts.start(ClockKind.CLOSING)),
        marks=(Mark.NOT_INSPECTED,),
    )


def decide_ask_more(state: CaseState, command: AskMore, facts: Facts) -> Step:
    """要求补正: the proof is thin, the work is not judged yet; this is not rework."""
    leading = state.leading
    assert leading is not None  # a handled case has its leading assignment open until it is judged
    clocks = (*facts.end(state, ClockKind.REVIEW), *facts.resume(state, ClockKind.HANDLING))
    return Step(
        kind=EntryKind.MORE_ASKED,
        status=Status.HANDLING,
        assignments=(msgspec.structs.replace(leading, handed_over=None),),
        clocks=clocks,
        reason=require_words("reason", command.reason),
        marks=(Mark.MORE_ASKED,),
    )
