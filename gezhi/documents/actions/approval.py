"""Submission and approval (提交与审批), and the end of a version that nothing follows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from gezhi.calendars.rules.office_days import day_of
from gezhi.documents.actions.steps import done_before, lock_document, lock_version, move_on, write_step
from gezhi.documents.models import Version
from gezhi.documents.queries import list_writers
from gezhi.documents.rules.kinds import StepKind, VersionState
from gezhi.documents.rules.versions import (
    check_begin,
    check_decider,
    check_edit,
    check_end,
    check_reason,
    day_before,
    state_after,
)
from gezhi.people.queries import as_datetime
from gezhi.plumbing.register_rows import Doing


@transaction.atomic
def submit_version(version_id: UUID, *, seen_edit: int, doing: Doing) -> Version:
    """Hand a draft to those who approve (提交审批)."""
    if (before := done_before(doing.key)) is not None:
        return before
    version = lock_version(version_id, doing)
    state_after(StepKind.SUBMITTED, VersionState(version.state))
    check_edit(seen_edit, version.edit)
    _check_begin(version, doing)
    move_on(version, StepKind.SUBMITTED, doing)
    return version


@transaction.atomic
def withdraw_version(version_id: UUID, *, doing: Doing) -> Version:
    """Take a submitted version back to write on (撤回修改)."""
    if (before := done_before(doing.key)) is not None:
        return before
    version = lock_version(version_id, doing)
    move_on(version, StepKind.WITHDRAWN, doing)
    return version


@transaction.atomic
def decide_version(version_id: UUID, *, granted: bool, text: str, seen_edit: int, doing: Doing) -> Version:
    """Approve a version or return it with a reason (审批); the one before ends the day before this one begins."""
    if (before := done_before(doing.key)) is not None:
        return before
    version = lock_version(version_id, doing)
    kind = StepKind.APPROVED if granted else StepKind.RETURNED
    state_after(kind, VersionState(version.state))
    check_decider(doing.actor.user_id, list_writers(version.id))
    check_edit(seen_edit, version.edit)
    if granted:
        _check_begin(version, doing)
        end_earlier(version)
        version.approved_at = as_datetime(doing.clock())
        version.state = VersionState.APPROVED
        version.save(update_fields=["approved_at", "state"])
        write_step(version, kind, doing, text=text.strip())
    else:
        move_on(version, kind, doing, text=check_reason(text))
    return version


@transaction.atomic
def end_version(version_id: UUID, *, last_day: date, text: str, doing: Doing) -> Version:
    """Repeal a version that no other follows (废止): its last day, and why."""
    if (before := done_before(doing.key)) is not None:
        return before
    reason = check_reason(text)
    version = lock_version(version_id, doing)
    state_after(StepKind.ENDED, VersionState(version.state))
    check_end(last_day, valid_from=version.valid_from, valid_to=version.valid_to, today=day_of(doing.clock()))
    version.valid_to = last_day
    version.save(update_fields=["valid_to"])
    write_step(version, StepKind.ENDED, doing, text=reason)
    return version


def end_earlier(version: Version) -> None:
    """What is in force ends the day before; what was to end earlier keeps its day."""
    last_day = day_before(version.valid_from)
    earlier = Version.objects.filter(document_id=version.document_id, state=VersionState.APPROVED)
    earlier.filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).update(valid_to=last_day)


def _check_begin(version: Version, doing: Doing) -> None:
    lock_document(version.document_id, doing)
    approved = Version.objects.filter(document_id=version.document_id, state=VersionState.APPROVED)
    last_begin = approved.aggregate(last=Max("valid_from"))["last"]
    check_begin(version.valid_from, today=day_of(doing.clock()), last_begin=last_begin)
