"""案件页: one case with everything that its page shows, and exactly what this person may do now."""

from __future__ import annotations

from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.api.picture_remarks import remarks_on
from gezhi.cases.queries.candidates import rostered_at, suggested_unit
from gezhi.cases.queries.case_page import list_entries, list_merged_logs, list_nearby, list_reports, visible_states
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.allowed import part_of
from gezhi.cases.rules.applications.kinds import KIND_OF_WORD
from gezhi.cases.rules.available import available, expected, is_primary, label_of
from gezhi.cases.rules.clocks.lateness import part_due
from gezhi.cases.rules.clocks.runs import Run, runs_of
from gezhi.cases.rules.clocks.stage_spans import StageSpan, rounds_of, stage_spans, stages_of
from gezhi.cases.rules.difficulty import difficulty_of
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.missed import Missed
from gezhi.cases.rules.stages import STAGE_NAMES
from gezhi.cases.rules.state import Assignment, CaseState, Task
from gezhi.cases.rules.steps.acceptance import is_answer_needed
from gezhi.cases.rules.steps.inspection import closing_kind_of
from gezhi.cases.rules.story import pictures_of, title_of
from gezhi.cases.rules.suggestion import SENT_BACK, suggestion_of
from gezhi.cases.shapes.applications import application_out, asking_suggestion, deciding_suggestion
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.reports import open_senders, report_out
from gezhi.cases.shapes.schemas import (
    ActionFormOut,
    ActionOut,
    ActorOut,
    AssignmentOut,
    CaseDetailOut,
    CasePictureOut,
    CaseRowOut,
    ClockRunOut,
    CollectorOut,
    ExpectedOut,
    StageOut,
    StayOut,
    StoryOut,
    TaskOut,
)
from gezhi.cases.shapes.standards import row_out
from gezhi.duties.rules.reason import NOBODY
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import from_e7
from gezhi.people.queries.roster import find_rostered
from gezhi.plumbing.shapes import TextOut, maybe, moment, picture_out
from gezhi.plumbing.sheets import wall_time
from gezhi.policy.rules.reasons import CLOSE
from gezhi.regions.queries import area_name

MISSED_BY = (
    "按值班表，问题上报时在该责任区当班的采集员如下。",
    "By the roster these collectors had the beat when it was reported.",
)
MISSED_BY_NOBODY = (
    "按值班表，问题上报时没有可认定的采集员在该责任区当班：可以认定漏报，但不记到个人。",
    "By the roster nobody who can be charged had the beat then: a miss can be found, and is charged to nobody.",
)


def detail_of(row: Row, actor: Actor, presenter: Presenter) -> CaseDetailOut:
    """Everything of the case page. Statements: log, reports, duplicates; whatever the length of the log."""
    open_senders(row, presenter)
    state, entries = row.state, list_entries(row.id)
    reports = list_reports([report.id for report in state.reports])
    presenter.others = _others(state, actor)
    rounds = rounds_of(entries)
    day = day_of(presenter.now)
    policy, matrix = presenter.registers.policy.on(day), presenter.registers.matrix.on(day)
    presenter.remarks = remarks_on(entries, state, actor, policy)
    presenter.brought = _brought(state, presenter)
    pictures = [picture for entry in entries for picture in _pictures(entry, rounds[entry.seq], presenter)]
    pictures += [picture for sha, picture in presenter.brought.items() if sha not in state.before]
    commands = available(state, actor, policy, matrix=matrix, moment=presenter.now)
    masking = presenter.masking_of(row)
    shown = [report_out(report, state, masking, presenter) for report in reports]
    fields = presenter.row_fields(row)
    detail = CaseDetailOut(
        **fields,
        descriptions=[report.description for report in shown if report.description],
        reports=shown,
        before=[picture for picture in pictures if picture.use in {"before", "verified"}],
        after=[picture for picture in pictures if picture.use in {"after", "inspected"}],
        row=row_out(state.subject, presenter),
        clocks=[presenter.clock(clock) for clock in state.clocks],
        runs=[_run(run) for run in runs_of(entries)],
        tasks=[_task(task, presenter) for task in state.tasks],
        assignments=[_assignment(state, part, presenter) for part in state.assignments],
        applications=[application_out(one, state, presenter) for one in state.applications],
        timeline=_story(entries, presenter),
        actions=[
            _action(word, state, presenter, fields["place"], primary=is_primary(word, [state], commands))
            for word in commands
        ],
        expected=[expected_out(word, state) for word in expected(state) if word not in commands],
        stages=[_stage(span) for span in stage_spans(entries, now=presenter.now)],
        duplicates=_duplicates(row, actor, presenter),
        merged_into=presenter.other(state.merged_into),
        merged_here=[one for case_id in _merged_here(state) if (one := presenter.other(case_id)) is not None],
        closing_kind=state.closing_kind,
        verified=state.verified,
        verify_by_rule=state.verify_by_rule,
        exempt=state.exempt,
        difficulty=difficulty_of(state),
        now=moment(presenter.now),
    )
    return masked(detail, masking)


def _merged_here(state: CaseState) -> list[str]:
    return list(dict.fromkeys(report.came_from for report in state.reports if report.came_from is not None))


def _others(state: CaseState, actor: Actor) -> dict[str, str]:
    """The cases with which this one was merged, by id: the numbers of those that the reader may see."""
    ids = [UUID(one) for one in (*_merged_here(state), state.merged_into) if one is not None]
    return {str(case_id): other.no for case_id, other in visible_states(ids, actor).items()} if ids else {}


def _duplicates(row: Row, actor: Actor, presenter: Presenter) -> list[CaseRowOut]:
    """Cases nearby that may be the same, this one left out: of its class, of a near one, or without a class."""
    state = row.state
    near = (from_e7(state.place.lon), from_e7(state.place.lat))
    alike = list_nearby(*near, actor=actor, class_key=state.subject.class_key, limit=6)
    return [presenter.row(other, near=near) for other in alike if other.id != row.id]


def _task(task: Task, presenter: Presenter) -> TaskOut:
    return TaskOut(
        no=task.no,
        kind=task.kind,
        collector=presenter.person(task.collector),
        issued_at=moment(task.issued),
        answered_at=maybe(task.answered),
        passed=task.passed,
        round=task.round,
    )


def _assignment(state: CaseState, part: Assignment, presenter: Presenter) -> AssignmentOut:
    return AssignmentOut(
        no=part.no,
        unit=presenter.unit(part.unit),
        leading=part.leading,
        level=part.level,
        parent=part.parent,
        round=part.round,
        dispatched_at=moment(part.dispatched),
        due_at=maybe(part_due(state, part)),
        received_at=maybe(part.received),
        handed_over_at=maybe(part.handed_over),
        ended_at=maybe(part.ended),
        end=part.end,
    )


def _action(word: str, state: CaseState, presenter: Presenter, place: str, *, primary: bool) -> ActionOut:
    missed = word == "find_missed"
    suggestion = _who_missed_it(state, presenter) if missed else _suggestion(word, state, presenter, place)
    return ActionOut(command=word, label=_label(word, state), primary=primary, suggestion=suggestion)


def expected_out(word: str, state: CaseState) -> ExpectedOut:
    return ExpectedOut(command=word, label=_label(word, state))


def _label(word: str, state: CaseState) -> TextOut:
    zh, en = label_of(word, state.status)
    return TextOut(zh=zh, en=en)


def _run(run: Run) -> ClockRunOut:
    begun, due, ended = moment(run.begun), moment(run.due), maybe(run.ended)
    return ClockRunOut(kind=run.kind, round=run.round, begun_at=begun, ended_at=ended, due_at=due, late=run.late)


def _stage(span: StageSpan) -> StageOut:
    zh, en = STAGE_NAMES[span.stage]
    return StageOut(
        stage=int(span.stage),
        zh=zh,
        en=en,
        state=span.state,
        stays=[
            StayOut(entered_at=moment(stay.entered), left_at=maybe(stay.left), seconds=stay.seconds, late=stay.late)
            for stay in span.stays
        ],
    )


def _brought(state: CaseState, presenter: Presenter) -> dict[str, CasePictureOut]:
    """The pictures of the cases merged into this one as those had them: by their own author, time and round."""
    logs = list_merged_logs(merged) if (merged := _merged_here(state)) else []
    return {
        picture.sha256: picture.model_copy(update={"merged": True})
        for log in logs
        for entry in log
        for picture in _pictures(entry, rounds_of(log)[entry.seq], presenter)
        if picture.sha256 not in entry.step.moved
    }


def _pictures(entry: Entry, round_: int, presenter: Presenter) -> list[CasePictureOut]:
    return [
        presenter.brought.get(sha)
        or CasePictureOut(
            **dict(picture_out(sha)),
            at=moment(entry.happened),
            by=presenter.person(entry.user),
            use=use,
            round=round_,
            remarks=presenter.remarks.get(sha, []),
        )
        for use, sha in pictures_of(entry.step)
    ]


def _story(entries: list[Entry], presenter: Presenter) -> list[StoryOut]:
    told: list[StoryOut] = []
    rounds, stages = rounds_of(entries), stages_of(entries)
    for at, entry in enumerate(entries):
        step = entry.step
        zh, en = title_of(step)
        unit = (
            next((part.unit for part in step.assignments if part.leading and part.ended is None), None)
            or step.settled_unit
            or step.unit
            or None
        )
        collector = next(
            (task.collector for task in step.tasks if task.answered is None and task.rerouted is None), None
        )
        told.append(
            StoryOut(
                seq=entry.seq,
                kind=step.kind,
                at=moment(entry.recorded),
                happened_at=moment(entry.happened),
                actor=_actor(entry, presenter),
                title=TextOut(zh=zh, en=en),
                stage=int(stages[entry.seq]),
                round=rounds[entry.seq],
                verified=step.verified,
                closing_kind=step.closing_kind,
                old_due_at=maybe(step.application.old_due) if step.application is not None else None,
                new_due_at=maybe(step.application.new_due) if step.application is not None else None,
                status=step.status.value,
                reason=step.reason,
                reason_word=presenter.reason(entry.command, step.reason_code),
                text=None if step.kind == "clock_ran_out" else step.text,
                basis=step.basis,
                source=step.source,
                answers=sorted({answer.text for answer in step.answers}),
                unit=presenter.unit(unit) if unit else None,
                collector=presenter.person(collector) if collector else None,
                results=[{"code": result.code, "passed": result.passed} for result in step.results],
                marks=list(step.marks),
                pictures=_pictures(entry, rounds[entry.seq], presenter),
                due_at=maybe(step.due),
                cost=step.cost,
                took_seconds=entry.recorded - entries[at - 1].recorded if at else None,
                other=presenter.other(step.merged_into or (step.report.came_from if step.report is not None else None)),
                channel=step.report.channel if step.report is not None else None,
                missed=_collector(step.missed, presenter) if step.missed is not None else None,
            )
        )
    return told


def _actor(entry: Entry, presenter: Presenter) -> ActorOut:
    directory = presenter.registers.directory
    post, body = directory.posts.get(entry.post), directory.organisations.get(entry.organisation)
    return ActorOut(
        name=presenter.person(entry.user),
        post=post.title if post is not None else "",
        organisation=body.name if body is not None else "",
    )


def _suggestion(word: str, state: CaseState, presenter: Presenter, place: str) -> ActionFormOut:
    """The next sensible values of a form, with the reason for them."""
    day = day_of(presenter.now)
    policy = presenter.registers.policy.on(day)
    answer_needed = is_answer_needed(state)
    asked = KIND_OF_WORD.get(word)
    if asked is not None:
        return asking_suggestion(asked, state, presenter, day)
    match word:
        case "dispatch":
            return _unit_suggestion(state, presenter)
        case "close":
            kind, (zh, en) = closing_kind_of(state)
            proposed = presenter.registers.policy.reasons.get((CLOSE, kind))
            answer = proposed.answer if proposed is not None and answer_needed else None
            return ActionFormOut(
                kind=kind, reason=TextOut(zh=zh, en=en), answer_needed=answer_needed, answer=answer or None
            )
        case "refuse" | "reject":
            return ActionFormOut(answer_needed=answer_needed)
        case "accept" | "amend":
            return ActionFormOut(
                class_key=state.subject.class_key or None,
                row_key=state.subject.row_key,
                place=place,
            )
        case "decide_application":
            return deciding_suggestion(state, presenter, answer_needed=answer_needed)
        case "hand_over":
            return _crews_result(state, presenter)
        case "register":
            return ActionFormOut(limit_needed=state.subject.limit is None)
        case "confirm":
            return ActionFormOut(inspection_always=policy.inspection_always)
        case _:
            return ActionFormOut()


def _crews_result(state: CaseState, presenter: Presenter) -> ActionFormOut:
    """What the crews have handed up is proof enough for their unit."""
    unit = part_of(presenter.reader, state)
    part = next((one for one in state.open_assignments if one.unit == unit), None)
    shown = len(state.crews_pictures(part)) if part is not None else 0
    if not shown:
        return ActionFormOut(needs_proof=True)
    zh = f"班组已反馈结果并上传照片 {shown} 张，确认后即作为本单位的处置结果，不必另拍；需要时可补充照片。"
    en = f"The crew has handed up its result with {shown} pictures: confirmed, it is your unit's; no other is needed."
    return ActionFormOut(needs_proof=False, reason=TextOut(zh=zh, en=en))


def _who_missed_it(state: CaseState, presenter: Presenter) -> ActionFormOut:
    """Who can have missed it, by the roster; chosen beforehand where it can only be one."""
    spot = state.place.area, state.reported
    found = rostered_at(state, find_rostered([spot])[spot], presenter.reader.user_id)
    collectors = [one for row in found.values() if (one := _collector(row, presenter)) is not None]
    only = next((one for one, row in found.items() if len(found) == 1 and row.entered is None), None)
    zh, en = MISSED_BY if collectors else MISSED_BY_NOBODY
    policy = presenter.registers.policy.on(day_of(presenter.now))
    reason = TextOut(zh=zh, en=en)
    return ActionFormOut(collectors=collectors, collector_id=only, needs_proof=policy.missed_picture, reason=reason)


def _collector(row: Missed, presenter: Presenter) -> CollectorOut | None:
    """Nobody where the roster names nobody."""
    if row.collector is None or row.starts is None or row.ends is None:
        return None
    shift = f"{wall_time(row.starts):%m-%d %H:%M}–{wall_time(row.ends):%H:%M}"
    late, late_en = ("（上报后补登）", " (entered after the report)") if row.entered is not None else ("", "")
    return CollectorOut(
        id=row.collector,
        name=presenter.person(row.collector),
        beat=area_name(presenter.names, row.beat),
        shift=TextOut(zh=shift + late, en=shift + late_en),
    )


def _unit_suggestion(state: CaseState, presenter: Presenter) -> ActionFormOut:
    by_table = suggested_unit(state, presenter.registers, day_of(presenter.now))
    suggestion = suggestion_of(state, by_table)
    if suggestion is None:
        zh, en = NOBODY if by_table is None else SENT_BACK
        return ActionFormOut(reason=TextOut(zh=zh, en=en))
    name = presenter.unit(suggestion.unit_id).name
    reason = TextOut(zh=suggestion.reason, en=suggestion.reason_en)
    return ActionFormOut(unit_id=suggestion.unit_id, unit_name=name, reason=reason)
