"""地方规定: puts a version in force from a day on; earlier versions stay, decisions of earlier days rest on them."""

from __future__ import annotations

from datetime import date

import msgspec
from django.db import transaction

from gezhi.plumbing.versions import bump
from gezhi.policy.models import LocalPolicyVersion
from gezhi.policy.queries import POLICY, PRESET_REASONS
from gezhi.policy.rules.channels import check_channels
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.policy.rules.reasons import check_reasons


def check_local_policy(policy: LocalPolicy) -> None:
    check_channels(policy.channels)
    check_reasons(PRESET_REASONS, policy.reasons)


@transaction.atomic
def put_local_policy_in_force(
    node: str,
    policy: LocalPolicy,
    *,
    valid_from: date,
    changed_by: int = 0,
    approved_by: int | None = None,
    reason: str = "",
) -> None:
    """The policy of a node from this day on; the same day again replaces what was entered for it."""
    check_local_policy(policy)
    by = {"changed_by": changed_by, "approved_by": approved_by, "reason": reason}
    LocalPolicyVersion.objects.update_or_create(
        node=node, valid_from=valid_from, defaults={"document": msgspec.to_builtins(policy), **by}
    )
    bump(POLICY)
