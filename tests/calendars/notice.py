"""An invented notice for 2027 as an administrator copies it, and shapes made of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from gezhi.calendars.rules.year_plan import PlannedDay, YearPlan

BASIS = "国办发明电〔2026〕9号"
HOLIDAYS = (
    ("元旦", "2027-01-01", 3),
    ("春节", "2027-02-05", 8),
    ("清明", "2027-04-03", 3),
    ("劳动节", "2027-05-01", 5),
    ("端午", "2027-06-09", 1),
    ("中秋", "2027-09-15", 1),
    ("国庆节", "2027-10-01", 7),
)
SWAPPED = ("2027-02-14", "2027-02-20", "2027-05-08", "2027-10-09")


def days_off() -> Iterable[PlannedDay]:
    for name, first, length in HOLIDAYS:
        for at in range(length):
            yield PlannedDay(date.fromisoformat(first) + timedelta(days=at), worked=False, name=name)


def worked(day: str, name: str = "调休") -> PlannedDay:
    return PlannedDay(date.fromisoformat(day), worked=True, name=name)


def notice(*more: PlannedDay, without: Iterable[str] = (), **changes: Any) -> YearPlan:
    left = {date.fromisoformat(day) for day in without}
    days = [*days_off(), *map(worked, SWAPPED), *more]
    given = {"year": 2027, "basis": BASIS, "days": tuple(one for one in days if one.on not in left), **changes}
    return YearPlan(**given)


def sent(plan: YearPlan) -> dict[str, Any]:
    days = [{"on": one.on.isoformat(), "worked": one.worked, "name": one.name} for one in plan.days]
    return {"days": days, "basis": plan.basis, "reason": plan.reason}
