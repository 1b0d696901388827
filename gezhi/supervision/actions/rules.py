"""督办规定、问责规定: a new version of a row from a day on; earlier versions stay. And the key lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.registers import held_registers
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound, Problem
from gezhi.kernel.words import require_words
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.register_rows import Doing
from gezhi.plumbing.versions import bump
from gezhi.regions.queries import held_names
from gezhi.supervision.models import KeyList, RuleVersion, Watch
from gezhi.supervision.queries.key_lists import unknown_numbers
from gezhi.supervision.queries.rules import RULES, held_rules, key_of
from gezhi.supervision.rules.accountability_rules import AccountabilityRow, check_row
from gezhi.supervision.rules.automatic import LevelRow, check_levels
from gezhi.supervision.rules.key_lists import KeyListRow, UnknownChoice, check_key_list

MOST_SAID = 20


class AlreadyEnded(Problem):
    code = "supervision.key-lists.already-ended"
    status = 409
    title = "这份重点清单已经终止。"
    title_en = "This key list has ended already."


@transaction.atomic
def put_rules_in_force(
    rows: Sequence[LevelRow | AccountabilityRow],
    *,
    valid_from: date,
    clock: Clock,
    changed_by: int = 0,
    approved_by: int | None = None,
    reason: str = "",
) -> None:
    """These rows from a day on; the same day again replaces what was entered for it."""
    levels = {row.level: row for row in rows if isinstance(row, LevelRow)}
    check_levels({**held_rules().levels(valid_from), **levels})
    for row in rows:
        if isinstance(row, AccountabilityRow):
            check_row(row)
        RuleVersion.objects.update_or_create(
            key=key_of(row),
            valid_from=valid_from,
            defaults={
                "document": msgspec.to_builtins(row),
                "changed_by": changed_by,
                "approved_by": approved_by,
                "changed_at": as_datetime(clock()),
                "reason": reason,
            },
        )
    Watch.objects.all().delete()
    bump(RULES)


@transaction.atomic
def set_key_list(row: KeyListRow, *, doing: Doing) -> KeyList:
    """设立重点清单; sent again under the same id it stays as it is."""
    before = KeyList.objects.filter(id=row.id).first()
    if before is not None:
        return before
    now = doing.clock()
    check_key_list(row, doing.actor.scope, today=day_of(now))
    _check_known(row, doing.actor)
    return KeyList.objects.create(
        id=row.id,
        title=row.title.strip(),
        classes=list(row.classes),
        regions=list(row.regions),
        case_nos=list(row.case_nos),
        begins=row.begins,
        level=row.level,
        requirement=row.requirement.strip(),
        reply_value=row.reply.value,
        reply_unit=row.reply.unit,
        scope_regions=list(doing.actor.scope.regions),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        made_by=doing.actor.user_id,
        made_role=doing.actor.role.value,
        made_at=as_datetime(now),
    )


def _check_known(row: KeyListRow, actor: Actor) -> None:
    """Whatever the list names exists; the words of the refusal say what does not."""
    classes, names = held_registers().catalog.classes, held_names()
    unknown = {
        "case_nos": unknown_numbers(row.case_nos, actor),
        "classes": [one for one in row.classes if not any(key.startswith(one) for key in classes)],
        "regions": [one for one in row.regions if one not in names],
    }
    for field, missing in unknown.items():
        if missing:
            raise UnknownChoice(field=field, what="、".join(missing[:MOST_SAID]))


@transaction.atomic
def end_key_list(list_id: UUID, reason: str, *, doing: Doing) -> KeyList:
    """终止重点清单: orders that it has given stand."""
    key_list = KeyList.objects.select_for_update().filter(id=list_id).first()
    if key_list is None or not _reaches(key_list, doing):
        raise NotFound
    words = require_words("reason", reason)
    if key_list.ended_at is not None:
        if (key_list.ended_by, key_list.ended_because) == (doing.actor.user_id, words):
            return key_list  # sent again
        raise AlreadyEnded
    key_list.ended_because = words
    key_list.ended_by, key_list.ended_at = doing.actor.user_id, as_datetime(doing.clock())
    key_list.save(update_fields=["ended_because", "ended_by", "ended_at"])
    return key_list


def _reaches(key_list: KeyList, doing: Doing) -> bool:
    """Whether the scope of whoever set the list lies in the actor's."""
    own = doing.actor.scope.regions
    return all(any(region.startswith(one) for one in own) for region in key_list.scope_regions)
