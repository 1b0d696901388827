"""目录版本: which edition of the classes is in force on a day. Old editions end; none is wiped."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.kernel.problems import Problem


class NoEditionInForce(Problem):
    code = "catalog.editions.none-in-force"
    status = 409
    title = "{day} 没有施行中的部件事件目录，请先启用一个版本。"
    title_en = "No edition of the catalogue is in force on {day}: put one in force first."


class UnknownEdition(Problem):
    code = "catalog.editions.unknown"
    status = 422
    title = "没有目录版本“{edition}”，请从已安装的版本中选择。"
    title_en = "There is no edition '{edition}' of the catalogue: choose an installed one."


class EditionPeriod(msgspec.Struct, frozen=True):
    """From when to when a city works by an edition."""

    edition: str
    valid_from: date
    valid_to: date | None = None


def edition_on(periods: tuple[EditionPeriod, ...], day: date) -> str:
    """The edition in force on a day, or `NoEditionInForce`."""
    for period in periods:
        if period.valid_from <= day and (period.valid_to is None or day <= period.valid_to):
            return period.edition
    raise NoEditionInForce(day=day.isoformat())
