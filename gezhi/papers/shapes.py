"""How papers say things: moments in local time, limits, names. Papers are official and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.utils.timezone import get_default_timezone

from gezhi.calendars.rules.limits import UNIT_NAMES, Limit, Unit
from gezhi.cases.rules.clocks.clock import Clock
from gezhi.cases.rules.state import CaseState
from gezhi.cases.shapes.presenter import Presenter
from gezhi.catalog.rules.class_key import CLASS_KIND_NAMES, ClassKind
from gezhi.kernel.moments import DAY_S, HOUR_S, MINUTE_S
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7

TEMPLATES = Path(__file__).resolve().parent / "presets"


def say_moment(at: int | None) -> str:
    """2026-09-03 14:05, in the city's time; nothing for no moment."""
    return "" if at is None else f"{datetime.fromtimestamp(at, get_default_timezone()):%Y-%m-%d %H:%M}"


def say_limit(value: int | None, unit: str | None) -> str:
    return "" if value is None or unit is None else f"{value} {UNIT_NAMES[Unit(unit)][0]}"


def say_span(seconds: int) -> str:
    """A length of time as people say it, to the minute."""
    days, rest = divmod(seconds, DAY_S)
    hours, rest = divmod(rest, HOUR_S)
    parts = [(days, "天"), (hours, "小时"), (rest // MINUTE_S, "分")]
    return "".join(f"{value}{word}" for value, word in parts if value) or "不足 1 分钟"


def say_class(state: CaseState, presenter: Presenter) -> str:
    entry = presenter.class_(state.subject.class_key)
    if entry is None:
        return ""
    return f"{CLASS_KIND_NAMES[ClassKind(entry.kind)][0]} · {entry.major_name.zh} › {entry.name.zh}"


def say_region(state: CaseState, presenter: Presenter) -> str:
    names = presenter.region(state)
    return " ".join(name for name in (names.county, names.street, names.community) if name)


def say_grid(state: CaseState) -> str:
    return "（网格之外）" if state.place.outside else state.place.area


def say_point(state: CaseState) -> str:
    return f"{from_e7(state.place.lon):.6f}, {from_e7(state.place.lat):.6f}"


def say_printed(actor: Actor, presenter: Presenter) -> str:
    """Who printed it and when: at the foot of every page."""
    body = presenter.unit(actor.organisation_id).name
    return f"{say_moment(presenter.now)} 由{body} {actor.name} 打印"


def say_channel(state: CaseState, presenter: Presenter, *, complaint: bool) -> str:
    zh, _ = presenter.channel(state.channel)
    return f"{zh}（群众投诉优先办理）" if complaint else zh


def say_clock_limit(clock: Clock, presenter: Presenter) -> str:
    """What a clock grants, in its own unit; an approved extension is in it."""
    calendar = presenter.registers.calendars.by_name.get(clock.calendar)
    if calendar is None:
        return ""
    one = calendar.ticks(Limit(1, Unit(clock.unit), clock.calendar))
    value = round(clock.limit / one, 1)
    return f"{value:g} {UNIT_NAMES[Unit(clock.unit)][0]}"


def say_pictures(pictures: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Pictures (hash, words) as a template names them."""
    return [{"file": f"{sha}.jpg", "words": words} for sha, words in pictures]
