"""立案结案规范修订: a standard row as a proposal says it: a new one, a changed one, or one that ends."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.calendars.rules.limits import Limit
from gezhi.catalog.rules.catalog import Catalog, UnknownRow
from gezhi.catalog.rules.standard_row import in_force, plain
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words

MOST_WORDS = 140


class AmendedRow(msgspec.Struct, frozen=True):
    """`row_key`: the row that stands; empty for a new one. Limits by area level; `closing` by code."""

    class_key: str
    row_key: str = ""
    condition_zh: str = ""
    condition_en: str = ""
    limit: Limit | None = None
    level_limits: dict[str, Limit] = msgspec.field(default_factory=dict)
    closing: tuple[str, ...] = ()
    season: str = ""
    ended: bool = False


class ConditionTaken(Problem):
    code = "catalog.amended-row.condition-taken"
    status = 409
    title = "该类别已有立案条件“{condition}”，请修改原有的一行；按季节区分的请写明季节。"
    title_en = "The class has the condition '{condition}' already: change that row, or state another season."


class LimitMissing(Problem):
    code = "catalog.amended-row.limit-missing"
    status = 422
    title = "请填写处置时限，写成数字加单位，如 2紧急工作时、4工作时、3工作日。"
    title_en = "State the limit as a number with its unit, such as 2 urgent hours, 4 work hours, 3 work days."


class RowTooYoung(Problem):
    code = "catalog.amended-row.too-young"
    status = 409
    title = "这一行自 {day} 起施行，修订须自其后的日期起施行。"
    title_en = "This row holds from {day} on; a change of it begins later."


def standing_amended_row(catalog: Catalog, key: str, on: date) -> AmendedRow:
    """The row of this key as it is on a day; of the key of a class one that is still empty."""
    if key in catalog.classes:
        return AmendedRow(key)
    row = catalog.row(key)
    return AmendedRow(
        class_key=row.class_key,
        row_key=key,
        condition_zh=row.condition_zh,
        condition_en=row.condition_en,
        limit=row.limit,
        level_limits={one.level: one.limit for one in row.level_limits if in_force(one, on)},
        closing=row.closing_codes,
        season=row.season,
        ended=not in_force(row, on),
    )


def check_amended_row(row: AmendedRow, catalog: Catalog, *, on: date) -> None:
    """Refuse a row of another class, one that is no change of what stands, and a condition that the class has."""
    rows = catalog.rows_of(row.class_key, on)
    if row.row_key:
        held = catalog.row_for(row.class_key, row.row_key)
        if held.is_gap_default:
            raise UnknownRow(key=row.row_key, field="row_key")
        if held.valid_from >= on:
            raise RowTooYoung(day=held.valid_from.isoformat(), field="valid_from")
    if row.ended:
        return
    require_words("condition", row.condition_zh)
    if row.limit is None:
        raise LimitMissing(field="limit")
    wanted = plain(row.condition_zh), row.season
    others = (one for one in rows if one.key != row.row_key and not one.is_gap_default)
    if any((plain(one.condition_zh), one.season) == wanted for one in others):
        raise ConditionTaken(condition=row.condition_zh, field="condition")
