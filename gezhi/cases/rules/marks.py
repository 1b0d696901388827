"""标记: what of a step is counted for its case, and by the figures over many. A mark may be added, never renamed."""

from __future__ import annotations

from enum import StrEnum

from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.kernel.application_kinds import ApplicationKind


class Mark(StrEnum):
    """Each time it stands in an entry it counts once more. Of what is asked for and decided, the mark is the kind of
    the entry.
    """

    GAP = "gap"
    VERIFICATION = "verification"
    REROUTED = "rerouted"
    VERIFIED = "verified"
    FOUND_UNTRUE = "found_untrue"
    GIVEN_BACK = "given_back"
    AMENDED = "amended"
    UNOWNED = "unowned"
    OWNER_SETTLED = "owner_settled"
    DISPATCHED_AGAIN = "dispatched_again"
    RECALLED = "recalled"
    MORE_ASKED = "more_asked"
    NOT_INSPECTED = "not_inspected"
    REWORK = "rework"
    LATE = "late"
    CLOSING_DECLINED = "closing_declined"
    REOPENED = "reopened"
    RAN_OUT = "ran_out"
    REMINDED = "reminded"
    MISSED = "missed"
    MISSED_WITHDRAWN = "missed_withdrawn"
    SUPERVISED = "supervised"
    MAJOR = "major"
    STRUCK_OFF = "struck_off"
    APPEALED = "appealed"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    APPLICATION_EXPIRED = "application_expired"
    SHIRKING = "shirking"
    RESUMED = "resumed"
    WOKEN = "woken"

    # The entries of every kind of application, under their own words.
    _ignore_ = "kind"
    for kind in EntryKind:
        if kind.name.rpartition("_")[0] in ApplicationKind.__members__:
            vars()[kind.name] = kind.value
