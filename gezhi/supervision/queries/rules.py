"""督办规定、问责规定 as held by this process: what was never set stands as the preset."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.plumbing.versions import Held
from gezhi.supervision.models import RuleVersion
from gezhi.supervision.rules.accountability_rules import ROWS, AccountabilityRow
from gezhi.supervision.rules.automatic import LEVELS, LevelRow

RULES = "supervision.rules"
LEVEL_KEY = "level-"


class Version(msgspec.Struct, frozen=True):
    """One row as it stands from a day on; who set it."""

    valid_from: date
    row: LevelRow | AccountabilityRow
    changed_by: int
    reason: str


class HeldRules(msgspec.Struct, frozen=True):
    """All versions, newest first."""

    versions: tuple[tuple[str, Version], ...]

    def levels(self, day: date) -> dict[int, LevelRow]:
        rows = dict(LEVELS)
        for row in self._rows(day):
            if isinstance(row, LevelRow):
                rows[row.level] = row
        return rows

    def accountability(self, day: date) -> dict[str, AccountabilityRow]:
        rows = dict(ROWS)
        for row in self._rows(day):
            if isinstance(row, AccountabilityRow):
                rows[row.kind] = row
        return rows

    def _rows(self, day: date) -> list[LevelRow | AccountabilityRow]:
        """Those in force, the oldest first, so that a later one wins."""
        return [one.row for _, one in reversed(self.versions) if one.valid_from <= day]


def key_of(row: LevelRow | AccountabilityRow) -> str:
    return f"{LEVEL_KEY}{row.level}" if isinstance(row, LevelRow) else row.kind.value


def _load() -> HeldRules:
    found = RuleVersion.objects.order_by("-valid_from", "key")
    return HeldRules(tuple((one.key, _version(one)) for one in found))


def _version(one: RuleVersion) -> Version:
    kind: type[LevelRow | AccountabilityRow] = LevelRow if one.key.startswith(LEVEL_KEY) else AccountabilityRow
    return Version(one.valid_from, msgspec.convert(one.document, kind), one.changed_by, one.reason)


_rules = Held(RULES, _load)


def held_rules() -> HeldRules:
    return _rules.get()
