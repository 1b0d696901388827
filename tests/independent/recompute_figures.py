"""独立复算: a second reckoning of who is charged, of applications, shares and ledgers, written from the pages alone:
docs/log-format.md and docs/chapters/{cases,approvals,ledgers}.md. Nothing of the product is imported.

python tests/independent/recompute_figures.py LOG CITY [--answers FILE]

LOG is what `gezhi export log` wrote. CITY says what the city has set: approvals, bodies and shifts. ANSWERS is what the
API says of the same moment: `now`, and rows of `cases`, `pages` of some, `ledgers`, `shares` by month. Prints what was
compared and every difference; ends with 1 where there is one.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]
DAY = 86_400
TASKS = {"verification", "inspection"}
SUPERVISION, COMMAND, GOVERNMENT = "supervision-centre", "command-centre", "government"
# Clocks of a desk: whose it is, which stage that centre performs, who answers where nobody is on shift.
DESKS = {
    **dict.fromkeys(("acceptance", "send_verification"), (SUPERVISION, 1, "duty-officer")),
    "registration": (SUPERVISION, 2, "duty-officer"),
    **dict.fromkeys(("send_inspection", "closing"), (SUPERVISION, 6, "duty-officer")),
    "dispatch": (COMMAND, 3, "dispatcher"),
    "review": (COMMAND, 5, "dispatcher"),
}
STAGE = {
    **dict.fromkeys(("registered", "unowned"), 3),
    **dict.fromkeys(("dispatched", "handling", "suspended"), 4),
    "handled": 5,
    **dict.fromkeys(("to_inspect", "inspecting", "to_close", "closed"), 6),
}


def prefix(region: str) -> str:
    """A code of GB/T 2260 without the noughts that stand for a whole province or city."""
    return region.removesuffix("00").removesuffix("00") if len(region) == 6 else region


def top(part: Row) -> bool:
    return not part.get("parent")


class City:
    """What the city has set, and who was on shift."""

    def __init__(self, told: Row) -> None:
        self.approvals: dict[str, Row] = told["approvals"]
        self.slack: int = told["slack"]
        self.platforms: dict[str, list[list[int]]] = told["platforms"]
        bodies = [{**body, "region": prefix(body["region"])} for body in told["bodies"]]
        self.bodies: list[Row] = sorted(bodies, key=lambda body: (-len(body["region"]), body["id"]))
        self.shifts: dict[int, list[Row]] = defaultdict(list)
        for shift in sorted(told["shifts"], key=lambda shift: shift["begins"]):
            self.shifts[shift["organisation"]].append(shift)

    def body(self, kind: str, place: Row, stage: int) -> int | None:
        """The body of a kind, of a level that performs the stage, that answers for a place: the narrowest region."""
        codes = [place.get(name) or "" for name in ("area", "community", "street", "county")]
        regions = [one for one in self.platforms if any(code.startswith(one) for code in codes)]
        levels = self.platforms[max(regions, key=len)] if regions and kind != GOVERNMENT else []
        performing = [level for level, stages in enumerate(levels, 1) if stage in stages]
        fitting = (body for body in self.bodies if body["kind"] == kind and codes[0].startswith(body["region"]))
        return next((body["id"] for body in fitting if not performing or body["level"] in performing), None)

    def officer(self, body: int | None, at: int) -> int | None:
        """值班长 on shift at a desk; where shifts overlap, the later start counts."""
        held = [one for one in self.shifts.get(body or 0, ()) if one["begins"] <= at < one["ends"]]
        return next((one["user"] for one in reversed(held) if one["role"] == "duty-officer"), None)


class Case:
    """What is known of a case so far, folded as docs/log-format.md says."""

    def __init__(self, first: Row) -> None:
        self.id, self.number = first["case"], first["step"]["number"]
        self.status, self.seq, self.round, self.closed = "", 0, 1, 0
        self.clocks: dict[str, Row] = {}
        self.parts: dict[int, Row] = {}
        self.tasks: dict[int, Row] = {}
        self.applications: dict[int, Row] = {}
        self.subject: Row = {}
        self.place: Row = {}
        self.before: tuple[dict[str, Row], dict[int, Row]] = ({}, {})

    def fold(self, entry: Row) -> None:
        step, kind = entry["step"], entry["step"]["kind"]
        if kind == "dispatched":
            self.before = (dict(self.clocks), dict(self.parts))
        self.seq, self.status, self.round = entry["seq"], step["status"], step.get("round", self.round)
        self.place, self.subject = step.get("place", self.place), step.get("subject", self.subject)
        self.clocks |= {one["kind"]: one for one in step.get("clocks", ())}
        self.parts |= {one["no"]: one for one in step.get("assignments", ())}
        self.tasks |= {one["no"]: one for one in step.get("tasks", ())}
        self.applications |= {one["no"]: one for one in [step.get("application")] if one}
        self.closed = entry["recorded"] if kind == "closed" else 0 if kind == "reopened" else self.closed
        if kind == "dispatch_undone":
            self.clocks, self.parts = self.before

    @property
    def leading(self) -> Row | None:
        parts = [part for part in self.parts.values() if part.get("leading", True) and top(part)]
        return max(parts, key=lambda part: ("ended" not in part, part.get("ended", 0), part["no"]), default=None)

    def line_of(self, unit: int | None) -> set[int | None]:
        """A unit with those whose parts of this case it went on with."""
        line, more = {unit}, {unit}
        while more:
            more = {part["unit"] for part in self.parts.values() if part.get("successor") in line} - line
            line |= more
        return line

    @property
    def task(self) -> Row | None:
        return next((one for one in self.tasks.values() if not one.get("answered") and not one.get("rerouted")), None)

    @property
    def pending(self) -> Row | None:
        return next((one for one in self.applications.values() if not one.get("outcome")), None)

    @property
    def working(self) -> Row | None:
        helping = self.clocks.get("helping")
        return helping if helping is not None and "ended" not in helping else self.clocks.get("handling")

    def out(self, at: int) -> list[Row]:
        return [one for one in self.clocks.values() if "since" in one and not one.get("raised") and one["due"] < at]


class Charges:
    """超时记账: each clock is charged to whoever held the work at its due moment."""

    def __init__(self, city: City, case: Case) -> None:
        self.city, self.case = city, case

    def differences(self, entry: Row) -> Iterator[str]:
        out = self.case.out(entry["recorded"])
        if sorted(entry["step"]["text"].split(",")) != sorted(one["kind"] for one in out):
            yield f"ran out: {entry['step']['text']}"
        names = ("clock", "organisation", "role", "user")
        told = [tuple(charge.get(name) for name in names) for charge in entry["step"].get("charges", ())]
        mine = [(one["kind"], *holder) for one in out for holder in self._holders(one["kind"], one["due"])]
        if sorted(told, key=str) != sorted(mine, key=str):
            yield f"charges: {mine} and not {told}"

    def _holders(self, kind: str, at: int) -> list[tuple[int | None, str | None, int | None]]:
        case = self.case
        if kind in DESKS:
            body, stage, role = DESKS[kind]
            return [self._desk(self.city.body(body, case.place, stage), role, at)]
        if kind == "unowned":
            return [(self.city.body(GOVERNMENT, case.place, 3), None, None)]
        if kind in TASKS and case.task is not None:
            return [(None, "collector", case.task["collector"])]
        if kind in {"receipt", "handling"} and case.leading is not None:
            return [(case.leading["unit"], "handler", None)]
        if kind == "helping":
            waited = [one for one in case.parts.values() if not one.get("ended") and not one.get("handed_over")]
            return [(one["unit"], "handler", None) for one in waited if top(one)]
        return [self._decider(case.pending, at)] if kind == "approval" and case.pending is not None else []

    def _desk(self, body: int | None, role: str, at: int) -> tuple[int | None, str, int | None]:
        officer = self.city.officer(body, at)
        return (body, role, None) if officer is None else (body, "duty-officer", officer)

    def _decider(self, pending: Row, at: int) -> tuple[int | None, str | None, int | None]:
        role, place = pending["steps"][len(pending.get("opinions", ()))], self.case.place
        if role == "unit":
            crew = next(one for one in self.case.parts.values() if one["unit"] == pending["unit"] and not top(one))
            return (self.case.parts[crew["parent"]]["unit"], "handler", None)
        if role == "leader":
            return (self.city.body(GOVERNMENT, place, 0), role, None)
        if role == "dispatcher":
            return (self.city.body(COMMAND, place, 3), role, None)
        body = self.city.body(SUPERVISION, place, STAGE[self.case.status])
        return self._desk(body, role, at) if role == "duty-officer" else (body, role, None)


class Reckoning:
    """Goes through a log once."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.cases: dict[str, Case] = {}
        self.counted: Counter[str] = Counter()
        self.granted: dict[tuple[int, str], list[int]] = defaultdict(list)
        self.dispatched: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        self.asked: list[tuple[Row, str]] = []
        self.looked: list[tuple[str, Row, int]] = []

    def differences(self, lines: Iterable[bytes]) -> Iterator[str]:
        undone: set[tuple[str, int]] = set()
        given: list[tuple[str, Row]] = []
        for line in lines:
            entry = json.loads(line)["entry"]
            case = self.cases.get(entry["case"]) or self.cases.setdefault(entry["case"], Case(entry))
            kind = entry["step"]["kind"]
            for what in self._entry(case, entry):
                yield f"{case.number} entry {entry['seq']}: {what}"
            case.fold(entry)
            self.counted["entries"] += 1
            if kind in {"dispatched", "assigned", "succeeded"}:
                given.append((case.id, entry))
            elif kind == "dispatch_undone":
                undone.add((case.id, entry["step"]["undoes"]))
        for case_id, entry in given:
            if (case_id, entry["seq"]) not in undone:
                for part in entry["step"].get("assignments", ()):
                    if part["dispatched"] != entry["recorded"]:
                        continue
                    self.dispatched[part["unit"]].append((entry["recorded"], case_id, self.cases[case_id].number))
        for parts in self.dispatched.values():
            parts.sort()
        self.asked = [(one, case.id) for case in self.cases.values() for one in case.applications.values()]
        yield from self._shares()

    def _entry(self, case: Case, entry: Row) -> Iterator[str]:
        step = entry["step"]
        if step["kind"] == "clock_ran_out":
            self.counted["charges"] += len(step.get("charges", ()))
            yield from Charges(self.city, case).differences(entry)
        if "application" in step:
            self.counted["steps of applications"] += 1
            yield from self._application(case, step["application"], step, entry["recorded"])

    def _application(self, case: Case, told: Row, step: Row, at: int) -> Iterator[str]:
        before = case.applications.get(told["no"])
        if before is None or any(told.get(name) != before.get(name) for name in ("share", "above", "steps")):
            self.looked.append((f"{case.number} entry {case.seq + 1}", told, at))
        if before is None:
            clock = case.working
            stopped = at if clock is None else clock.get("ended") or clock.get("paused") or at
            mine = {
                "no": len(case.applications) + 1,
                "asked": at,
                "old_due": clock["due"] if clock is not None else None,
                "times": sum(
                    (one["kind"], one.get("outcome")) == (told["kind"], "granted")
                    and one.get("unit") in case.line_of(told.get("unit"))
                    for one in case.applications.values()
                    if one["asked"] >= case.closed
                ),
                "late": clock is not None and told["kind"] != "appeal" and stopped > clock["due"],
            }
        else:
            mine = {name: before.get(name) for name in ("asked", "times", "unit", "value", "asked_by", "until")}
            ended = {one["unit"] for one in step.get("assignments", ()) if "successor" in one}
            if step["kind"] == "succeeded" and (before.get("unit") in ended or not ended):
                mine["unit"] = step["unit"]
            mine["ended"] = at if told.get("outcome") else None
            if step["kind"] == "extension_granted":
                mine["new_due"] = next(one["due"] for one in step["clocks"] if one["kind"] in {"handling", "helping"})
        for name, value in mine.items():
            if (told.get(name) or 0) != (value or 0):
                yield f"application.{name} at {step['kind']}: {value} and not {told.get(name)}"

    # Shares

    def given_to(self, unit: int, since: int, until: int) -> int:
        """Cases dispatched to a unit from a moment to (not including) another; each counts once."""
        parts = self.dispatched[unit]
        return len({case for _, case, _ in parts[bisect_left(parts, (since,)) : bisect_left(parts, (until,))]})

    def granted_to(self, unit: int, kind: str, since: int, until: int) -> int:
        granted = self.granted[unit, kind]
        return bisect_left(granted, until) - bisect_left(granted, since)

    def _shares(self) -> Iterator[str]:
        """占比 at each look: when it was asked for and by the last step. What lies within the slack of
        that moment may count or not: in a working city the same second, in a simulated one, worked in slices, days.
        """
        for one, _ in self.asked:
            if one.get("outcome") == "granted":
                self.granted[one.get("unit", 0), one["kind"]].append(one["ended"])
        for moments in self.granted.values():
            moments.sort()
        for where, one, at in self.looked:
            row, unit, kind = self.city.approvals[one["kind"]], one.get("unit", 0), one["kind"]
            since, ends = at - row["share_days"] * DAY, (at - self.city.slack, at + self.city.slack + 1)
            own = one.get("outcome") == "granted"
            few, many = (self.granted_to(unit, kind, since, end) + 1 for end in ends)
            fewest, most = (self.given_to(unit, since, end) for end in ends)
            self.counted["shares"] += 1
            least, largest = per_mille(few, most), max(per_mille(many - own, fewest), 1_000 * (not fewest) * many)
            if not least <= (one.get("share") or 0) <= largest:
                yield f"{where}: share {least} to {largest} and not {one.get('share')}"
            above = {is_above(row, granted, given) for granted in (few, many - own) for given in (fewest, most)}
            if one.get("above", False) not in above:
                yield f"{where}: above {above}"


def per_mille(granted: int, given: int) -> int:
    return granted * 1_000 // given if given else 0


def is_above(row: Row, granted: int, given: int) -> bool:
    """Too many: per mille above the ceiling; of a unit that was given few cases more than one."""
    if not row["ceiling"]:
        return False
    return granted > 1 if given < row["share_base"] else granted * 1_000 // given > row["ceiling"]


def moment(text: str | None) -> int | None:
    return None if text is None else int(datetime.fromisoformat(text).timestamp())


def moments_of(row: Row) -> Row:
    """The moments of a row of the API by their names in the log."""
    return {name.removesuffix("_at"): moment(value) for name, value in row.items() if name.endswith("_at")}


def _shown_first(clock: Row) -> tuple[bool, bool, int]:
    overdue = clock["kind"] == "handling" and clock.get("raised", False)
    return clock["kind"] == "approval", not overdue, clock["due"]


class Answers:
    """What the API says of the same moment."""

    def __init__(self, told: Row, reckoning: Reckoning) -> None:
        self.told, self.reckoning, self.counted = told, reckoning, reckoning.counted
        self.now = moment(told["now"]) or 0

    def differences(self) -> Iterator[str]:
        yield from self._rows()
        yield from self._pages()
        yield from self._ledgers()
        for month in self.told["shares"]:
            yield from self._month(month)

    def _compare(self, where: str, mine: Row, theirs: Row) -> Iterator[str]:
        for name, value in mine.items():
            self.counted["values of answers"] += 1
            if value != theirs.get(name):
                yield f"{where}.{name}: {value} and not {theirs.get(name)}"

    def _rows(self) -> Iterator[str]:
        """Work list: the running clock that is due first, the handling before others once its running out is on record;
        the whole case never, an approval where nothing else runs. A suspension is never red.
        """
        seen = set()
        for row in self.told["cases"]:
            case = self.reckoning.cases[row["id"]]
            seen.add(case.id)
            running = [one for name, one in case.clocks.items() if "since" in one and name != "whole"]
            clock = min(running, key=_shown_first, default=None)
            mine = {"no": case.number, "status": case.status, "round": case.round, "seq": case.seq}
            mine |= {"due": clock["due"] if clock else None, "class": case.subject.get("class_key")}
            if clock:
                red = clock["due"] < self.now and clock["kind"] != "suspension"
                light = "red" if red else "yellow" if clock["warn"] <= self.now else "green"
                mine |= {"clock": clock["kind"], "light": light}
            shown = row["clock"] or {}
            theirs = {**row, "due": moment(row["due_at"]), "class": (row["class"] or {}).get("key")}
            yield from self._compare(f"list {case.number}", mine, {**theirs, "clock": shown.get("kind")})
        if len(seen) != len(self.reckoning.cases):
            yield f"list: {len(seen)} of {len(self.reckoning.cases)} cases"

    def _pages(self) -> Iterator[str]:
        """Case pages: every clock and every part."""
        for page in self.told["pages"]:
            case = self.reckoning.cases[page["id"]]
            clocks = {one["kind"]: one for one in page["clocks"]}
            for name, clock in case.clocks.items():
                mine = {"due": clock["due"], "warn": clock["warn"], "late": clock.get("late", False)}
                mine |= {"ended": clock.get("ended"), "started": clock.get("since")}
                theirs = moments_of(clocks.get(name, {})) | {"late": clocks.get(name, {}).get("late")}
                yield from self._compare(f"page {case.number} {name}", mine, theirs)
            parts = {one["no"]: one for one in page["assignments"]}
            for no, part in case.parts.items():
                names = ("dispatched", "received", "handed_over", "ended")
                mine = {name: part.get(name) for name in names} | {"end": part.get("end"), "round": part["round"]}
                theirs = parts.get(no, {})
                yield from self._compare(f"page {case.number} part {no}", mine, theirs | moments_of(theirs))

    def _ledgers(self) -> Iterator[str]:
        rows = {(row["case_id"], row["no"]): row for row in self.told["ledgers"]}
        if len(rows) != len(self.reckoning.asked):
            yield f"ledgers: {len(rows)} rows and not {len(self.reckoning.asked)}"
        plain = ("kind", "outcome", "value", "share", "ceiling")
        moments = {"asked_at": "asked", "ended_at": "ended", "until_at": "until"}
        moments |= {"old_due_at": "old_due", "new_due_at": "new_due"}
        for one, case_id in self.reckoning.asked:
            row, case = rows.get((case_id, one["no"]), {}), self.reckoning.cases[case_id]
            mine = {name: one.get(name) for name in plain} | {"steps": one["steps"], "times": one.get("times", 0)}
            mine |= {name: one.get(name, False) for name in ("late", "exempt", "shirking")}
            mine |= {name: one.get(source) for name, source in moments.items()}
            mine |= {"is_above": one.get("above", False), "case_no": case.number, "status": case.status}
            mine |= {"unit": one.get("unit"), "opinions": len(one.get("opinions", ()))}
            theirs = row | {name: moment(row.get(name)) for name in moments}
            theirs |= {"unit": (row.get("unit") or {}).get("id"), "opinions": len(row.get("opinions", ()))}
            yield from self._compare(f"ledger {case.number}/{one['no']}", mine, theirs)

    def _month(self, told: Row) -> Iterator[str]:
        """占比控制: granted by the date of the decision, per mille of the cases dispatched, both in the calendar month."""
        year, month = map(int, told["month"].split("-"))
        since, until = month_begins(year, month), month_begins(year + month // 12, month % 12 + 1)
        units = {unit["unit_id"]: unit for unit in told["items"]}
        reckoning = self.reckoning
        wanted = {unit for unit in reckoning.dispatched if reckoning.given_to(unit, since, until)}
        wanted |= {one["unit"] for one, _ in reckoning.asked if one.get("unit") and since <= one["asked"] < until}
        if not wanted <= set(units):
            yield f"shares {told['month']}: units {sorted(wanted - set(units))} are missing"
        asked: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for one, _ in reckoning.asked:
            if since <= one["asked"] < until:
                asked[one.get("unit", 0), one["kind"]].append(one)
        for unit_id, unit in units.items():
            given = reckoning.given_to(unit_id, since, until)
            yield from self._compare(f"shares {told['month']} unit {unit_id}", {"given": given}, unit)
            for kind in unit["kinds"]:
                mine = self._kind(unit_id, kind["kind"], given, asked[unit_id, kind["kind"]], (since, until))
                yield from self._compare(f"shares {told['month']} unit {unit_id} {kind['kind']}", mine, kind)

    def _kind(self, unit: int, kind: str, given: int, asked: list[Row], month: tuple[int, int]) -> Row:
        row, reckoning = self.reckoning.city.approvals[kind], self.reckoning
        granted, outcomes = reckoning.granted_to(unit, kind, *month), Counter(one.get("outcome") for one in asked)
        since = self.now - row["share_days"] * DAY
        lately = reckoning.granted_to(unit, kind, since, self.now + 1), reckoning.given_to(unit, since, self.now + 1)
        share = granted * 1_000 // max(given, 1)
        state = "few" if given < row["share_base"] else "warning" if 0 < row["warning"] <= share else "ok"
        return {
            "asked": len(asked),
            "granted": granted,
            "refused": outcomes["refused"],
            "pending": outcomes[None],
            "late": sum(one.get("late", False) for one in asked),
            "share": share,
            "state": "above" if is_above(row, granted, given) else state,
            "granted_lately": lately[0],
            "given_lately": lately[1],
            "next_is_above": is_above(row, lately[0] + 1, lately[1]),
        }


def month_begins(year: int, month: int) -> int:
    return int(datetime.fromisoformat(f"{year}-{month:02d}-01T00:00:00+08:00").timestamp())


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(description="Reckon charges, applications, shares and ledgers of a log again.")
    asked.add_argument("log", type=Path, help="what `gezhi export log` wrote")
    asked.add_argument("city", type=Path, help="what the city has set, as JSON")
    asked.add_argument("--answers", type=Path, help="what the API says of the same moment, as JSON")
    given = asked.parse_args(arguments)
    reckoning = Reckoning(City(json.loads(given.city.read_bytes())))
    with given.log.open("rb") as lines:
        found = list(reckoning.differences(lines))
    if given.answers is not None:
        found += Answers(json.loads(given.answers.read_bytes()), reckoning).differences()
    for difference in found:
        print(difference)  # noqa: T201
    counted = ", ".join(f"{number} {name}" for name, number in reckoning.counted.items())
    print(f"{len(reckoning.cases)} cases, {counted}, {len(found)} differences")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
