"""任务派遣单: what is printed for one unit's part of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.case_page import list_reports
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.lateness import part_due
from gezhi.cases.rules.clocks.stage_spans import rounds_of
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.reports import report_out
from gezhi.cases.shapes.standards import row_out
from gezhi.kernel.masking import Masking
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7
from gezhi.papers.queries import Story, list_picture_files, list_stories, list_surroundings
from gezhi.papers.rules.order_part import done_again_for, duty_word, order_part, requirements
from gezhi.papers.rules.place_sketch import Surroundings, draw_place
from gezhi.papers.shapes import (
    FIELD_NAMES,
    TEMPLATES,
    captioned,
    say_again,
    say_channel,
    say_class,
    say_clock_limit,
    say_grid,
    say_moment,
    say_pictures,
    say_point,
    say_printed,
    say_region,
)
from gezhi.plumbing.paper.setting import lacks, qr_drawing, set_paper

ORDER = TEMPLATES / "order.typ"
MOST_PICTURES, MOST_FAILED = 5, 2


def print_orders(rows: Sequence[Row], actor: Actor, presenter: Presenter, *, address: str) -> bytes:
    """One page for each case, in the order given. Statements: logs, reports, pictures, streets,
    grids. `address`: of a case page,
    without the id.
    """
    parts = {row.id: order_part(row.state, actor) for row in rows}
    stories = list_stories({row.id: row for row in rows})
    points = {row.id: (from_e7(row.state.place.lon), from_e7(row.state.place.lat)) for row in rows}
    around = list_surroundings(points, on=day_of(presenter.now))
    words = _descriptions(rows, presenter)
    again = {row.id: done_again_for(stories[row.id].entries) for row in rows}
    pictures = {row.id: _shown(stories[row.id], again[row.id], presenter) for row in rows}
    files = list_picture_files(sha for used in pictures.values() for sha, _ in used)
    orders = []
    for row in rows:
        story, part, masking = stories[row.id], parts[row.id], presenter.masking_of(row)
        order = masked(
            {
                **_facts(row, masking, presenter),
                **_part(row.state, part, story, presenter),
                "description": words[row.id],
                "again": _again(row.state, story, again[row.id], presenter),
                "requirement": "\n".join(requirements(story.entries, part)),
                "sketch": _sketch(row.state, around[row.id]),
                "pictures": say_pictures(pictures[row.id]),
                "code": qr_drawing(f"{address}{row.id}"),
                "digest": {"seq": story.last.seq, "hash": story.digest},
            },
            masking,
        )
        orders.append({**order, "lacks": lacks(order, FIELD_NAMES)})
    return set_paper(ORDER, {"printed": say_printed(actor, presenter), "orders": orders}, files)


def _facts(row: Row, masking: Masking, presenter: Presenter) -> dict[str, Any]:
    state = row.state
    standard = row_out(state.subject, presenter)
    return {
        "no": state.no,
        "round": state.round,
        "channel": say_channel(state, presenter, complaint=row.complaint),
        "class": say_class(state, presenter),
        "address": masking.wrote(state.place.address),
        "region": say_region(state, presenter),
        "grid": say_grid(state),
        "point": say_point(state),
        "condition": standard.condition.zh,
        "closing": [one.zh for one in standard.closing],
    }


def _part(state: CaseState, part: Assignment, story: Story, presenter: Presenter) -> dict[str, Any]:
    clock = state.clock(ClockKind.HANDLING)
    by = next(
        (entry for entry in story.entries if any(one.no == part.no for one in entry.step.assignments)), story.last
    )
    others = [
        f"{presenter.unit(one.unit).name}（{duty_word(one)}）" for one in state.open_assignments if one.no != part.no
    ]
    return {
        "issuer": presenter.unit(by.organisation).name,
        "order_no": f"{state.no}-{part.no}",
        "copy": part.received is not None,
        "dispatcher": presenter.person(by.user),
        "unit": presenter.unit(part.unit).name,
        "duty": duty_word(part),
        "dispatched": say_moment(part.dispatched),
        "limit": say_clock_limit(clock, presenter) if clock is not None else "",
        "due": say_moment(part_due(state, part) or clock.due) if clock is not None else "",
        "others": "、".join(others),
    }


def _again(state: CaseState, story: Story, entry: Entry | None, presenter: Presenter) -> str:
    if entry is None:
        return ""
    round_ = rounds_of(story.entries)[entry.seq]
    return say_again(entry, round_, row_out(state.subject, presenter).closing, presenter)


def _shown(story: Story, again: Entry | None, presenter: Presenter) -> list[tuple[str, str]]:
    """The newest pictures of the problem, and those of the inspection that failed last."""
    rounds = rounds_of(story.entries)
    failed = captioned([again], {"inspected"}, rounds, presenter)[-MOST_FAILED:] if again is not None else []
    before = captioned(story.entries, {"before"}, rounds, presenter)
    return [*before[-(MOST_PICTURES - len(failed)) :], *failed]


def _sketch(state: CaseState, around: Surroundings) -> str:
    place = state.place
    own = None if place.outside else place.area
    return draw_place(from_e7(place.lon), from_e7(place.lat), around, own_grid=own)


def _descriptions(rows: Sequence[Row], presenter: Presenter) -> Mapping[UUID, str]:
    """What the senders wrote, without who they are; one statement for all."""
    reports = {str(one.id): one for one in list_reports([ref.id for row in rows for ref in row.state.reports])}
    words = {}
    for row in rows:
        masking = presenter.masking_of(row)
        sent = [reports[ref.id] for ref in row.state.reports if ref.id in reports]
        shown = [report_out(one, row.state, masking, presenter).description for one in sent]
        words[row.id] = "\n".join(filter(None, shown))
    return words
