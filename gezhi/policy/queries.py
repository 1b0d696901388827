"""The local policy as held by this process: one look, no statement unless a version has been put in force."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import msgspec

from gezhi.plumbing.versions import Held
from gezhi.policy.models import LocalPolicyVersion
from gezhi.policy.rules.channels import Channel
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.reasons import Reason, own_lists, read_reasons

POLICY = "cases.local-policy"
PRESET_REASONS = read_reasons(files("gezhi.policy").joinpath("presets/reasons.csv").read_text("utf-8"))


def _with_presets(policy: LocalPolicy) -> LocalPolicy:
    return msgspec.structs.replace(policy, reasons=own_lists(PRESET_REASONS, policy.reasons))


PRESET_POLICY = _with_presets(LocalPolicy())


class HeldPolicy(msgspec.Struct, frozen=True):
    """The versions of the local policy of this node, newest first. `channels`, `reasons` (by command and code): every
    one that there is or was, as it was called last: old cases keep the name of theirs.
    """

    node: str
    versions: tuple[tuple[date, LocalPolicy], ...]
    channels: dict[str, Channel]
    reasons: dict[tuple[str, str], Reason]

    def on(self, day: date) -> LocalPolicy:
        return next((policy for valid_from, policy in self.versions if valid_from <= day), PRESET_POLICY)


def _load_policy() -> HeldPolicy:
    rows = list(LocalPolicyVersion.objects.order_by("-valid_from").values_list("node", "valid_from", "document"))
    node = rows[0][0] if rows else ""
    versions = tuple(
        (valid_from, _with_presets(msgspec.convert(document, LocalPolicy))) for _, valid_from, document in rows
    )
    named = (PRESET_POLICY, *(policy for _, policy in reversed(versions)))
    return HeldPolicy(
        node,
        versions,
        {one.code: one for policy in named for one in policy.channels},
        {(one.command, one.code): one for policy in named for one in policy.reasons},
    )


_policy = Held(POLICY, _load_policy)


def held_policy() -> HeldPolicy:
    return _policy.get()
