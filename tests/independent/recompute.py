"""独立复算: a second reckoning of every clock and round of a log, written from the pages alone: docs/log-format.md,
docs/life-cycle.md and docs/chapters/{calendars,cases,approvals}.md. Nothing of the product is imported.

python tests/independent/recompute.py LOG CITY

LOG is what `gezhi export log` wrote. CITY says what the city has set: calendars, limits and approvals.
Prints what was compared and every difference; ends with 1 where there is one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
DAY, ZONE = 86_400, 28_800
NATURAL = {"minute": 60, "urgent_hour": 3_600, "urgent_day": DAY}
FINISHED = {"refused", "merged", "self_handled", "rejected", "voided", "closed"}
WAY = ("acceptance", "registration", "dispatch", "handling", "review", "send_inspection", "inspection", "closing")
BESIDE = {"verification": "acceptance", "unowned": "dispatch", "helping": "review"}
OF_UNIT = ("handling", "helping", "receipt")
# What an entry ends and what it starts, where that is all it does.
SIMPLE: dict[str, tuple[tuple[str, ...], str]] = {
    "accepted": (("acceptance", "send_verification"), "registration"),
    "registered": (("registration",), "dispatch"),
    "marked_unowned": (("dispatch",), "unowned"),
    "owner_settled": (("unowned",), "dispatch"),
    "received": (("receipt",), ""),
    "inspection_sent": (("send_inspection",), "inspection"),
    "inspection_passed": (("inspection",), "closing"),
    "inspection_failed": (("inspection",), "dispatch"),
    "closing_declined": (("closing",), "send_inspection"),
    "closed": (("closing", "handling"), ""),
    "reopened": (("approval",), "dispatch"),
}
ASKED = ("send_back_asked", "extension_asked", "suspension_asked", "void_asked", "appealed")
REFUSED = ("send_back_refused", "extension_refused", "suspension_refused", "void_refused", "appeal_refused")
# Kinds of entries that do the same to the clocks.
WORDS = (
    dict.fromkeys(ASKED, "asked")
    | dict.fromkeys((*REFUSED, "application_expired", "application_withdrawn"), "undecided")
    | dict.fromkeys(("void_granted", "appeal_granted"), "granted")
    | {"resumed": "woken"}
)
NAMES = {"parts": "assignments", "tasks": "tasks"}
TASK_CLOCK = {"verify": "verification", "inspect": "inspection"}


class Calendar:
    """工作日历: working periods day by day. A tick is a second; for work days every day counts the same number."""

    def __init__(self, told: Row, off: set[date], worked: set[date]) -> None:
        self.told, self.off, self.worked = told, off, worked
        self.days: dict[int, tuple[tuple[int, int], ...]] = {}
        lengths = [length(hours) for table in told["timetables"] for hours in table["weekdays"] if hours]
        self.day_ticks = min(lengths)

    def periods(self, day: int) -> tuple[tuple[int, int], ...]:
        if day not in self.days:
            self.days[day] = tuple(
                (day * DAY - ZONE + begin, day * DAY - ZONE + end) for begin, end in spans(self._hours(day))
            )
        return self.days[day]

    def _hours(self, day: int) -> str:
        at = date(1970, 1, 1) + timedelta(days=day)
        tables = sorted(self.told["timetables"], key=lambda table: "season" not in table)
        table = next(one for one in tables if "season" not in one or in_season(at, *one["season"]))
        weekdays: list[str] = table["weekdays"]
        if not self.told.get("keeps_public_holidays", True):
            return weekdays[at.weekday()]
        if at in self.off:
            return ""
        own = weekdays[at.weekday()]
        if at not in self.worked:
            return own
        weekday = next(hours for hours in weekdays if hours)
        return own if own and length(own) >= length(weekday) else weekday

    def ticks(self, value: int, unit: str) -> int:
        return value * (self.day_ticks if unit == "work_day" else NATURAL.get(unit, 3_600))

    def add(self, start: int, unit: str, ticks: int) -> int:
        """The first moment by which so many ticks have passed."""
        if unit in NATURAL or ticks == 0:
            return start + ticks
        day = (start + ZONE) // DAY
        left = ticks + self._ticks(day, self._worked(day, start), unit)
        while left < 0 or left > (whole := self._ticks(day, self._worked(day, (day + 1) * DAY - ZONE), unit)):
            if left < 0:
                day -= 1
                left += self._ticks(day, self._worked(day, (day + 1) * DAY - ZONE), unit)
            else:
                left, day = left - whole, day + 1
        worked = self._worked_of(day, left, unit)
        for begin, end in self.periods(day):
            if worked <= end - begin and (worked or begin >= start):
                return max(begin + worked, start) if ticks > 0 else begin + worked
            worked -= end - begin
        return self.add((day + 1) * DAY - ZONE, unit, 0)

    def elapsed(self, start: int, end: int, unit: str) -> int:
        if unit in NATURAL:
            return end - start
        first, last = (start + ZONE) // DAY, (end + ZONE) // DAY
        whole = sum(self._ticks(day, self._worked(day, (day + 1) * DAY - ZONE), unit) for day in range(first, last))
        return (
            whole
            + self._ticks(last, self._worked(last, end), unit)
            - self._ticks(first, self._worked(first, start), unit)
        )

    def _worked(self, day: int, until: int) -> int:
        return sum(max(0, min(end, until) - begin) for begin, end in self.periods(day))

    def _ticks(self, day: int, worked: int, unit: str) -> int:
        long = sum(end - begin for begin, end in self.periods(day))
        if unit == "work_hour" or not long:
            return worked
        return -(-worked * min(self.day_ticks, long) // long)

    def _worked_of(self, day: int, ticks: int, unit: str) -> int:
        long = sum(end - begin for begin, end in self.periods(day))
        return ticks if unit == "work_hour" or not long else ticks * long // min(self.day_ticks, long)


def spans(hours: str) -> list[tuple[int, int]]:
    ends = [[int(part[:2]) * 3_600 + int(part[3:]) * 60 for part in span.split("-")] for span in hours.split()]
    return [(begin, end) for begin, end in ends]


def length(hours: str) -> int:
    return sum(end - begin for begin, end in spans(hours))


def in_season(at: date, begin: str, end: str) -> bool:
    return begin <= at.strftime("%m-%d") <= end if begin <= end else not end < at.strftime("%m-%d") < begin


class City:
    """What the city has set."""

    def __init__(self, told: Row) -> None:
        off, worked = ({date.fromisoformat(day) for day in told[name]} for name in ("off", "worked"))
        self.calendars = {name: Calendar(one, off, worked) for name, one in told["calendars"].items()}
        self.limits: dict[str, list[Any]] = told["limits"]
        self.approvals: dict[str, Row] = told["approvals"]
        self.warn, self.rework = told["warn_percent"], told["rework_percent"]

    # Clocks: a dict as the log has it, with its defaults filled in.

    def run(self, clock: Row, at: int) -> Row:
        calendar, left = self.calendars[clock["calendar"]], clock["limit"] - clock["used"]
        clock = {**clock, "since": at, "paused": None, "ended": None, "late": False}
        if left <= 0:
            return clock
        warn = clock["limit"] * self.warn // 100 - clock["used"]
        clock["due"] = calendar.add(at, clock["unit"], left)
        clock["warn"] = calendar.add(at, clock["unit"], warn) if warn > 0 else at
        return clock

    def start(self, kind: str, limit: list[Any], at: int) -> Row:
        value, unit, calendar = limit
        ticks = self.calendars[calendar].ticks(value, unit)
        return self.run(filled({"kind": kind, "calendar": calendar, "unit": unit, "limit": ticks}), at)

    def used(self, clock: Row, at: int) -> int:
        if clock["since"] is None:
            return int(clock["used"])
        passed = self.calendars[clock["calendar"]].elapsed(clock["since"], at, clock["unit"])
        return int(clock["used"] + max(0, passed))

    def pause(self, clock: Row, at: int) -> Row:
        if clock["since"] is None:
            return clock
        late = at > clock["due"]
        used = self.used(clock, at)
        return {**clock, "used": used, "since": None, "paused": at, "late": late, "raised": clock["raised"] and late}

    def end(self, clock: Row, at: int) -> Row:
        if clock["ended"] is not None:
            return clock
        clock = self.pause(clock, at)
        return {**clock, "ended": clock["paused"], "paused": None, "late": clock["paused"] > clock["due"]}

    def resume(self, clock: Row, at: int, *, gives_back: bool = True) -> Row:
        if clock["since"] is not None or clock["ended"] is not None:
            return clock
        if not gives_back:
            clock = {**clock, "used": self.used({**clock, "since": clock["paused"]}, at)}
        return self.run(clock, at)


DEFAULTS: Row = {"used": 0, "since": None, "paused": None, "ended": None, "late": False, "raised": False}


def filled(clock: Row) -> Row:
    return {**DEFAULTS, **{name: value for name, value in clock.items() if name != "provisional"}}


class Case:
    """One case, entry by entry; what the log says is taken over after it was compared, so that a difference is told
    once.
    """

    def __init__(self, city: City, first: Row) -> None:
        self.city, self.id, self.number, self.reported = city, first["case"], first["step"]["number"], first["recorded"]
        self.status, self.round, self.seq, self.over = "", 1, 0, 0
        self.clocks: dict[str, Row] = {}
        self.parts: dict[int, Row] = {}
        self.tasks: dict[int, Row] = {}
        self.subject: Row = {}
        self.place: Row = {}
        self.rework = 0
        self.before: Row = {}

    @property
    def leading(self) -> Row | None:
        parts = [part for part in self.parts.values() if part.get("leading", True) and top(part)]
        return max(parts, key=lambda part: ("ended" not in part, part.get("ended", 0), part["no"]), default=None)

    def take(self, entry: Row) -> Iterator[str]:
        step = entry["step"]
        kind = step["kind"]
        self.subject = step.get("subject") or self.subject
        self.place = step.get("place") or self.place
        if kind == "dispatched":
            self.before = {"seq": entry["seq"], "case": {**vars(self)}, "parts": dict(self.parts)}
        wanted = After(self, entry).clocks()
        folded = self.before["case"]["clocks"] if kind == "dispatch_undone" else self.clocks
        told = {**folded, **{one["kind"]: filled(one) for one in step.get("clocks", ())}}
        for name in sorted({*wanted, *told}):
            for field in sorted({*wanted.get(name, {}), *told.get(name, {})}):
                mine, theirs = (clocks.get(name, {}).get(field) for clocks in (wanted, told))
                if mine != theirs:
                    yield f"clock/{name}.{field} at {kind}: {mine} and not {theirs}"
        yield from self._fold(entry, told)

    def _fold(self, entry: Row, told: dict[str, Row]) -> Iterator[str]:
        step, at = entry["step"], entry["recorded"]
        kind = step["kind"]
        self.over += self.overrun(told, at)
        self.clocks, self.status, self.seq = told, step["status"], entry["seq"]
        self.rework = step.get("rework_unit", self.rework)
        if (("round" in step) != (kind in {"inspection_failed", "reopened"})) or step.get("round", 0) not in {
            0,
            self.round + 1,
        }:
            yield f"round at {kind}: {step.get('round')} after {self.round}"
        self.round = step.get("round", self.round)
        for name in ("parts", "tasks"):
            getattr(self, name).update({one["no"]: one for one in step.get(NAMES[name], ())})
        if kind == "dispatch_undone":
            kept = self.before["case"]
            self.over, self.rework, self.parts = kept["over"], kept["rework"], self.before["parts"]
        running = next((told[one] for one in OF_UNIT[:2] if one in told and told[one]["since"] is not None), None)
        for part in self.parts.values():
            if running and not part.get("ended") and not part.get("handed_over") and part.get("due") != running["due"]:
                yield f"part.due at {kind}: {running['due']} and not {part.get('due')}"
        task = self.task
        if task is not None and task.get("due") != told[TASK_CLOCK[task["kind"]]]["due"]:
            yield f"task.due at {kind}: {task.get('due')}"
        if kind == "closed" and step.get("closing_kind") in {"normal", "late"}:
            handling = told["handling"]
            if (handling["ended"] > handling["due"]) != (step["closing_kind"] == "late"):
                yield f"closed as {step['closing_kind']}"

    @property
    def task(self) -> Row | None:
        return next((one for one in self.tasks.values() if not one.get("answered") and not one.get("rerouted")), None)

    def out(self, at: int) -> list[Row]:
        return [
            one for one in self.clocks.values() if one["since"] is not None and not one["raised"] and one["due"] < at
        ]

    def limit(self) -> list[Any]:
        return [self.subject["limit"], self.subject["unit"], self.subject["calendar"]]

    def overrun(self, after: dict[str, Row], at: int) -> int:
        over = 0
        for name in (*BESIDE, *WAY):
            old, new = self.clocks.get(name), after.get(name)
            if old and new and old["since"] is not None and new["since"] != old["since"]:
                due = new["due"] if new["since"] is None else old["due"]
                over += max(0, (new["ended"] or new["paused"] or at) - max(due, old["since"]))
        return over


class After:
    """The clocks after an entry: by the kind of the entry, then what follows from them."""

    def __init__(self, case: Case, entry: Row) -> None:
        self.case, self.city, self.step, self.at = case, case.city, entry["step"], entry["recorded"]
        self.now = dict(case.clocks)
        self.application: Row = self.step.get("application", {})
        self.row: Row = self.city.approvals.get(self.application.get("kind", ""), {})
        # What is asked of the own unit alone stops nothing.
        self.stops = bool(self.row.get("stops_clock")) and self.application.get("steps") != ["unit"]

    def clocks(self) -> dict[str, Row]:
        kind = self.step["kind"]
        if kind in SIMPLE:
            ended, begun = SIMPLE[kind]
            self.end(*ended)
            if begun:
                self.start(begun)
        else:
            change = getattr(self, f"_{WORDS.get(kind, kind)}", None)  # a remark changes none
            if change is not None:
                change()
        if self.step["status"] in FINISHED:
            self.end(*(one for one in self.now if one not in {"approval", "whole"}))
        if kind not in {"clock_ran_out", "dispatch_undone"}:
            self._bind()
            whole = self._whole()
            self.now.update({"whole": whole} if whole else {})
        return self.now

    def end(self, *kinds: str, at: int | None = None) -> None:
        at = self.at if at is None else at
        self.now.update({one: self.city.end(self.now[one], at) for one in kinds if one in self.now})

    def start(self, name: str, limit: list[Any] | None = None) -> None:
        self.now[name] = self.city.start(name, limit or self.city.limits[name], self.at)

    def pause(self, *kinds: str, at: int | None = None) -> None:
        for one in kinds:
            if one in self.now and self.now[one]["since"] is not None:
                moment = self.at if at is None else max(at, self.now[one]["since"])
                self.now[one] = self.city.pause(self.now[one], moment)

    def resume(self, *kinds: str, gives_back: bool = True) -> None:
        handed_over = self.case.leading is not None and self.case.leading.get("handed_over")
        for one in kinds:
            if one in self.now and not (one == "handling" and handed_over):
                self.now[one] = self.city.resume(self.now[one], self.at, gives_back=gives_back)

    def _reported(self) -> None:
        self.start("acceptance")
        if self.step.get("verify_by_rule"):
            self.start("send_verification")

    def _verification_required(self) -> None:
        self.pause("acceptance")
        self.end("send_verification")
        self.start("verification")

    def _verification_completed(self) -> None:
        self.end("verification")
        self.resume("acceptance")

    def _task_rerouted(self) -> None:
        self.start("verification" if self.step["status"] == "verifying" else "inspection")

    def _given_back(self) -> None:
        to_acceptance = self.step["status"] == "reported"
        self.end("registration" if to_acceptance else "dispatch")
        self.start("acceptance" if to_acceptance else "registration")

    def _dispatched(self) -> None:
        """The handling: the rest to the same unit, for rework a share of the limit at least; anew to another."""
        self.end("dispatch")
        self.start("receipt")
        clock, last = self.now.get("handling"), self.case.leading
        had_it = last and last.get("successor", last["unit"])
        if clock is None or had_it != self.step["assignments"][0]["unit"] or clock["ended"]:
            self.start("handling", self.case.limit())
            return
        if self.case.rework:
            least = clock["limit"] * self.city.rework // 100
            clock = {**clock, "used": min(clock["used"], clock["limit"] - least), "raised": False}
        self.now["handling"] = self.city.run(clock, self.at) if clock["since"] is None else clock

    def _recalled(self) -> None:
        self.end("receipt", "helping", *(["approval"] if self.application else []))
        self.pause("handling")
        if self.now["dispatch"]["ended"] is not None:
            self.now["dispatch"] = self.city.run(self.now["dispatch"], self.now["dispatch"]["ended"])

    def _dispatch_undone(self) -> None:
        self.now = dict(self.case.before["case"]["clocks"])

    def _handed_over(self) -> None:
        if self.application:
            self._undecided()
        handed = next(one for one in self.step["assignments"] if one.get("handed_over") == self.at and top(one))
        if handed.get("leading", True):
            if self.step["status"] == "handling":
                self.now["helping"] = {**self.now["handling"], "kind": "helping"}
            self.pause("handling")
        if self.step["status"] == "handled":
            self.end("helping")
            self.start("review")

    def _succeeded(self) -> None:
        """Who had handed over and now leads what a helper has not handed over works on."""
        leading = (one for one in self.step.get("assignments", ()) if one.get("leading", True))
        works = any(not {"ended", "handed_over"} & set(one) for one in leading)
        if works and self.now.get("helping", DEFAULTS)["since"] is not None:
            self.end("helping")
            self.now["handling"] = self.city.resume(self.now["handling"], self.at)

    def _confirmed(self) -> None:
        self.end("review")
        self.start("send_inspection" if self.step["status"] == "to_inspect" else "closing")

    def _more_asked(self) -> None:
        self.end("review")
        self.now["handling"] = self.city.resume(self.now["handling"], self.at)

    def _clock_ran_out(self) -> None:
        self.now.update({one["kind"]: {**one, "raised": True} for one in self.case.out(self.at)})

    def _asked(self) -> None:
        if self.stops:
            self.pause(*OF_UNIT)
        self._application_passed_on()

    def _application_passed_on(self) -> None:
        self.start("approval", self.row["within"])

    def _undecided(self) -> None:
        """Ended without effect: the waiting was the unit's own time where the matrix says so."""
        self.end("approval")
        if self.stops and self.case.status in {"dispatched", "handling"}:
            self.resume(*OF_UNIT, gives_back=self.row["refusal_gives_time_back"])

    def _granted(self) -> None:
        self.end("approval")

    def _send_back_granted(self) -> None:
        self.end("approval")
        if self.application["steps"] != ["unit"]:
            self.end("receipt", at=self._effective())
            self.end("helping")
            self.pause("handling", at=self._effective())
            self.start("dispatch")

    def _extension_granted(self) -> None:
        self.end("approval")
        helping = self.now.get("helping")
        clock = self.now["handling"] if helping is None or helping["ended"] is not None else helping
        clock = self.city.resume(clock, self.at)
        more = self.city.calendars[clock["calendar"]].ticks(self.application["value"], clock["unit"])
        clock = {**clock, "limit": clock["limit"] + more, "raised": False}
        self.now[clock["kind"]] = self.city.run(clock, clock["since"])

    def _suspension_granted(self) -> None:
        self.end("approval")
        self.pause(*OF_UNIT, at=self._effective())
        until, clock = self.application["until"], {"kind": "suspension", "unit": "urgent_hour", "since": self.at}
        clock |= {"calendar": self.now["handling"]["calendar"], "limit": until - self.at, "due": until, "warn": until}
        self.now["suspension"] = filled(clock)

    def _effective(self) -> int:
        """What was asked for in time counts from the asking."""
        return self.at if self.application.get("late") else int(self.application["asked"])

    def _woken(self) -> None:
        self.end("suspension", at=min(self.at, self.now["suspension"]["due"]))
        self.resume(*OF_UNIT)

    def _deadlines_recomputed(self) -> None:
        for name, clock in self.now.items():
            if clock["since"] is not None and name not in {"whole", "suspension"}:
                fresh = self.city.run(clock, clock["since"])
                raised = clock["raised"] and fresh["due"] <= max(clock["due"], self.at)
                self.now[name] = {**fresh, "raised": raised}

    def _amended(self) -> None:
        """Another limit: what was used stays used."""
        clock, old = self.now.get("handling"), self.step.get("old_subject")
        if clock is None or old is None or clock["ended"] is not None:
            return
        at = clock["since"] if clock["since"] is not None else clock["paused"]
        value, unit, calendar = self.case.limit()
        days = self.city.calendars
        same = old["calendar"] == calendar and (old["unit"] in NATURAL) == (unit in NATURAL)
        extra = clock["limit"] - days[calendar].ticks(old["limit"], old["unit"]) if same else 0
        limit = days[calendar].ticks(value, unit) + extra
        clock = {**clock, "calendar": calendar, "unit": unit, "limit": limit, "raised": False}
        clock["due"] = clock["warn"] = days[calendar].add(at, unit, limit - clock["used"])
        moved = self.city.run(clock, at)
        if clock["since"] is None:
            moved |= {"since": None, "paused": at, "late": at > moved["due"]}
        self.now["handling"] = moved

    def _bind(self) -> None:
        """A receipt is never due after the handling."""
        receipt, handling = self.now.get("receipt"), self.now.get("handling")
        if receipt and handling and receipt["since"] is not None and handling["since"] is not None:
            due = min(receipt["due"], handling["due"])
            self.now["receipt"] = {**receipt, "due": due, "warn": min(receipt["warn"], due)}

    def _full(self, now: dict[str, Row], subject: list[Any], rework: int) -> int | None:
        """When the case is through if the stage that runs and all ahead take their full limits."""
        name = next((one for one in (*BESIDE, *WAY) if one in now and now[one]["since"] is not None), None)
        if name is None:
            return None
        due = int(max(now[name]["due"], now[name]["since"]))
        for stage in WAY[WAY.index(BESIDE[name]) if name in BESIDE else WAY.index(name) + 1 :]:
            clock = now.get(stage)
            value, unit, calendar = subject if stage == "handling" else self.city.limits[stage]
            left = self.city.calendars[calendar].ticks(value, unit)
            if clock is not None and clock["paused"] is not None:
                least = clock["limit"] * self.city.rework // 100 if rework and stage == "handling" else 0
                calendar, unit, left = clock["calendar"], clock["unit"], max(clock["limit"] - clock["used"], least)
            due = self.city.calendars[calendar].add(due, unit, left)
        return due

    def _whole(self) -> Row | None:
        now, step, at, case = self.now, self.step, self.at, self.case
        whole = now.get("whole")
        if step["status"] in FINISHED:
            return whole and self.city.end(whole, at)
        if not case.subject.get("limit") or (whole is None and step["status"] in {"reported", "verifying"}):
            return whole
        if not step.get("clocks") and "subject" not in step:
            return whole
        full = self._full(now, case.limit(), step.get("rework_unit", case.rework))
        if full is None:
            return whole and self.city.pause(whole, at)
        allowed = full - case.over - case.overrun(now, at)
        if whole is None:
            due = case.reported
            for stage in WAY:
                value, unit, calendar = case.limit() if stage == "handling" else self.city.limits[stage]
                days = self.city.calendars[calendar]
                due = days.add(due, unit, days.ticks(value, unit))
            begun = {"kind": "whole", "calendar": case.subject["calendar"], "unit": "urgent_hour"}
            whole = filled({**begun, "limit": 0, "due": due, "warn": due, "since": case.reported})
        elif whole["since"] is None:
            whole = self.city.run(whole, at)
        shorter = 0
        if step["kind"] in {"amended", "deadlines_recomputed"}:
            old = step.get("old_subject") or case.subject
            before = self._full(case.clocks, [old["limit"], old["unit"], old["calendar"]], case.rework)
            shorter = max(0, before - full) if before is not None else 0
        due = max(whole["due"] - shorter, allowed)
        limit = whole["used"] + due - whole["since"] if due > whole["since"] else whole["limit"]
        warn = min(due, whole["since"] + max(0, limit * self.city.warn // 100 - whole["used"]))
        raised = whole["raised"] and due <= max(whole["due"], at)
        return {**whole, "limit": limit, "due": due, "warn": warn, "raised": raised}


def top(part: Row) -> bool:
    return not part.get("parent")


class Reckoning:
    """Goes through a log once."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.cases: dict[str, Case] = {}
        self.counted: Counter[str] = Counter()

    def differences(self, lines: Iterable[bytes]) -> Iterator[str]:
        for line in lines:
            entry = json.loads(line)["entry"]
            case = self.cases.get(entry["case"]) or self.cases.setdefault(entry["case"], Case(self.city, entry))
            self._count(entry)
            for what in case.take(entry):
                yield f"{case.number} entry {entry['seq']}: {what}"

    def _count(self, entry: Row) -> None:
        step = entry["step"]
        self.counted["entries"] += 1
        self.counted["clock values"] += len(step.get("clocks", ()))
        self.counted["rounds"] += "round" in step
        self.counted["tasks"] += len(step.get("tasks", ()))


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(description="Reckon the clocks of an exported log again.")
    asked.add_argument("log", type=Path, help="what `gezhi export log` wrote")
    asked.add_argument("city", type=Path, help="what the city has set, as JSON")
    given = asked.parse_args(arguments)
    reckoning = Reckoning(City(json.loads(given.city.read_bytes())))
    found = 0
    with given.log.open("rb") as lines:
        for difference in reckoning.differences(lines):
            found += 1
            print(difference)  # noqa: T201
    counted = ", ".join(f"{number} {name}" for name, number in reckoning.counted.items())
    print(f"{len(reckoning.cases)} cases, {counted}, {found} differences")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
