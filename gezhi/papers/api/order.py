"""任务派遣单: what is printed for one unit's part of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.case_page import list_reports
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.state import Assignment, CaseState
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.reports import report_out
from gezhi.cases.shapes.standards import row_out
from gezhi.kernel.masking import Masking
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7
from gezhi.papers.queries import Story, list_picture_files, list_stories, list_surroundings
from gezhi.papers.rules.order_part import duty_word, order_part, requirements
from gezhi.papers.rules.place_sketch import Surroundings, draw_place
from gezhi.papers.shapes import (
    FIELD_NAMES,
    TEMPLATES,
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
MOST_PICTURES = 5


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
    pictures = {row.id: _before(row.state, stories[row.id]) for row in rows}
    files = list_picture_files(sha for used in pictures.values() for sha, _ in used)
    orders = []
    for row in rows:
        story, part, masking = stories[row.id], parts[row.id], presenter.masking_of(row)
        order = masked(
            {
                **_facts(row, masking, presenter),
                **_part(row.state, part, story, presenter),
                "description": words[row.id],
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
        "due": say_moment(clock.due) if clock is not None else "",
        "others": "、".join(others),
    }


def _before(state: CaseState, story: Story) -> list[tuple[str, str]]:
    """The newest pictures of the problem: those of this round first."""
    pairs = [(sha, f"处置前　{say_moment(one.happened)}") for one in story.entries for sha in one.step.before]
    current = set(state.before)
    return [pair for pair in pairs if pair[0] in current][-MOST_PICTURES:]


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
