"""How papers say things: moments in local time, limits, names. Papers are official and in Chinese."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.utils.timezone import get_default_timezone

from gezhi.calendars.rules.limits import UNIT_NAMES, Limit, Unit
from gezhi.cases.rules.clocks.clock import Clock
from gezhi.cases.rules.entries import Charge, Entry
from gezhi.cases.rules.state import CaseState
from gezhi.cases.rules.story import pictures_of
from gezhi.cases.shapes.presenter import Presenter
from gezhi.catalog.rules.class_key import CLASS_KIND_NAMES, ClassKind
from gezhi.kernel.moments import DAY_S, HOUR_S, MINUTE_S
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.plumbing.shapes import WordOut
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES

TEMPLATES = Path(__file__).resolve().parent / "presets"
FIELD_NAMES = {
    "address": "问题位置",
    "region": "问题位置",
    "description": "问题描述",
    "senders": "上报人",
    "class": "问题类别",
    "condition": "立案条件",
    "closing": "结案条件",
    "again": "返工缘由",
    "requirement": "处置要求",
    "issuer": "单位名称",
    "unit": "责任单位",
    "others": "其他单位",
    "dispatcher": "派遣人员",
    "channel": "问题来源",
    "assignments": "派遣与处置单位",
    "tasks": "核实与核查",
    "results": "核实与核查",
    "applications": "申请与审批",
    "supervision": "督办与重大案件",
    "story": "办理经过",
    "printed": "页脚",
    "weather": "天气",
    "notes": "值班记事",
    "taken": "接班时",
    "passed_on": "交办事项",
    "queues": "各队列待办",
    "late": "各队列待办",
    "supervised": "督办在办",
    "said": "提问与答复",
    "signed": "签字",
    "accepted": "签字",
}
"""What the fields of the papers' data are called on paper, where people or registers may have written in them."""


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


def say_charge(charge: Charge, presenter: Presenter) -> str:
    """超时记账: to which body, post and person a clock is charged, as far as each can be named."""
    body = presenter.unit(charge.organisation).name if charge.organisation is not None else ""
    post = ROLE_NAMES[charge.role][0] if charge.role is not None else ""
    person = presenter.person(charge.user) if charge.user is not None else ""
    return f"{CLOCK_NAMES[charge.clock][0]}超时，计入：{' '.join(filter(None, (body, post, person))) or '无'}"


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


PICTURE_USES = {"before": "处置前", "verified": "核实", "after": "处置后", "inspected": "核查"}


def captioned(
    entries: Iterable[Entry], uses: Collection[str], rounds: Mapping[int, int], presenter: Presenter
) -> list[tuple[str, str]]:
    """Pictures (hash, words) of an entry: what they show, in which round where there are several, when, by whom."""
    several = max(rounds.values(), default=1) > 1
    told = []
    for entry in entries:
        when, who = say_moment(entry.happened), presenter.person(entry.user)
        round_ = f"第 {rounds[entry.seq]} 轮" if several else ""
        told += [
            (sha, "　".join(filter(None, (round_ + PICTURE_USES[use], when, who))))
            for use, sha in pictures_of(entry.step)
            if use in uses
        ]
    return told


def say_again(entry: Entry, round_: int, conditions: Iterable[WordOut], presenter: Presenter) -> str:
    """返工缘由: which round failed or was reopened, when and by whom, what is not met, and their words."""
    names, step = {one.key: one.zh for one in conditions}, entry.step
    what = "核查未通过" if step.kind == "inspection_failed" else "结案后重新处置"
    unmet = [names.get(one.code, one.code) for one in step.results if not one.passed]
    lines = (
        f"第 {round_} 轮{what}（{say_moment(entry.recorded)}，{presenter.person(entry.user)}）",
        f"未达到：{'；'.join(unmet)}" if unmet else "",
        step.reason,
        step.text,
    )
    return "\n".join(filter(None, lines))


def say_pictures(pictures: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Pictures (hash, words) as a template names them."""
    return [{"file": f"{sha}.jpg", "words": words} for sha, words in pictures]
