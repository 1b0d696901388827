"""目录版本: which edition of the classes is in force on a day. Old editions end; none is wiped."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import msgspec

from gezhi.catalog.rules.standard_row import in_force
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


class AlreadyInForce(Problem):
    code = "catalog.editions.already-in-force"
    status = 422
    title = "{day} 已经施行目录版本 {edition}，请选择另一个版本。"
    title_en = "Edition {edition} is in force on {day} already: choose another one."


class SwitchTooEarly(Problem):
    code = "catalog.editions.switch-too-early"
    status = 422
    title = "版本只能从一天的零时起切换，最早自明天（{day}）起，请改选日期。"
    title_en = "Editions change at midnight, from tomorrow ({day}) on: choose another day."


class PeriodBeginsLater(Problem):
    code = "catalog.editions.period-begins-later"
    status = 409
    title = "已有自 {day} 或更晚起施行的版本，请选择更晚的施行日期。"
    title_en = "An edition already comes into force on {day} or later: choose a later date."


class EditionHead(msgspec.Struct, frozen=True):
    """目录版本: which standard it is, and how many digits its minor classes have."""

    code: str
    standard: str
    title: str
    title_en: str
    minor_digits: int


class EditionSwitch(msgspec.Struct, frozen=True):
    """版本切换: by which edition the city works from a day on."""

    edition: str


class EditionPeriod(msgspec.Struct, frozen=True):
    """From when to when a city works by an edition."""

    edition: str
    valid_from: date
    valid_to: date | None = None


def edition_on(periods: tuple[EditionPeriod, ...], day: date) -> str:
    """The edition in force on a day, or `NoEditionInForce`."""
    for period in periods:
        if in_force(period, day):
            return period.edition
    raise NoEditionInForce(day=day.isoformat())


def check_switch(
    periods: tuple[EditionPeriod, ...], edition: str, *, known: Collection[str], valid_from: date, today: date
) -> None:
    """Refuse a switch to what is unknown or holds already, within a day that has begun, or before one that is settled
    for later.
    """
    if edition not in known:
        raise UnknownEdition(edition=edition, field="edition")
    if valid_from <= today:
        raise SwitchTooEarly(day=(today + timedelta(days=1)).isoformat(), field="valid_from")
    last = max((period.valid_from for period in periods), default=date.min)
    if last >= valid_from:
        raise PeriodBeginsLater(day=last.isoformat(), field="valid_from")
    if periods and edition_on(periods, valid_from) == edition:
        raise AlreadyInForce(edition=edition, day=valid_from.isoformat(), field="edition")
