"""版本与审批: draft, submission, approval by somebody else, dates of effect.

A version that is in force ends the day before the next one begins. What was approved is never changed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from gezhi.documents.rules.kinds import Standing, StepKind, VersionState
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank

_BEFORE: dict[StepKind, frozenset[VersionState]] = {
    StepKind.EDITED: frozenset({VersionState.DRAFT}),
    StepKind.SUBMITTED: frozenset({VersionState.DRAFT}),
    StepKind.DISCARDED: frozenset({VersionState.DRAFT}),
    StepKind.WITHDRAWN: frozenset({VersionState.SUBMITTED}),
    StepKind.RETURNED: frozenset({VersionState.SUBMITTED}),
    StepKind.APPROVED: frozenset({VersionState.SUBMITTED}),
    StepKind.ENDED: frozenset({VersionState.APPROVED}),
}
_AFTER: dict[StepKind, VersionState] = {
    StepKind.SUBMITTED: VersionState.SUBMITTED,
    StepKind.DISCARDED: VersionState.DISCARDED,
    StepKind.WITHDRAWN: VersionState.DRAFT,
    StepKind.RETURNED: VersionState.DRAFT,
    StepKind.APPROVED: VersionState.APPROVED,
}


class NotInThisState(Problem):
    code = "documents.versions.not-in-this-state"
    status = 409
    title = "该版本的状态已变化，不能再办理此操作。请刷新页面查看最新状态。"
    title_en = "The version has moved on and this can no longer be done; please reload the page."


class EditedMeanwhile(Problem):
    code = "documents.versions.edited-meanwhile"
    status = 409
    title = "您打开之后，该版本已被他人修改。请刷新页面，核对最新内容后再办理。"
    title_en = "Somebody has changed the version since you opened it; please reload and read it again."


class OwnVersion(Problem):
    code = "documents.versions.own-version"
    status = 403
    title = "不能审批自己起草、修改或提交的版本，请由其他有审批权限的人员办理。"
    title_en = "Nobody approves a version of their own; somebody else with that permission must decide."


class DraftExists(Problem):
    code = "documents.versions.draft-exists"
    status = 409
    title = "该文件已有一个未完成的版本，请继续修改该版本，或先放弃它。"
    title_en = "The document already has an unfinished version: go on with that one, or discard it first."


class DatePast(Problem):
    code = "documents.versions.date-past"
    status = 422
    title = "施行日期 {valid_from} 早于今天，制度不能溯及既往，请改为今天或以后的日期。"
    title_en = "The date of effect {valid_from} lies in the past; rules do not work backwards: choose today or later."


class BeginsLater(Problem):
    code = "documents.versions.begins-later"
    status = 422
    title = "已批准的版本自 {valid_from} 起施行，新版本的施行日期应晚于这一天。"
    title_en = "An approved version takes effect on {valid_from}: the new one must begin after that day."


class EndsBeforeItBegins(Problem):
    code = "documents.versions.ends-before-it-begins"
    status = 422
    title = "废止日期不能早于今天，也不能早于施行日期 {valid_from}。"
    title_en = "The last day can lie neither in the past nor before the date of effect, {valid_from}."


class ReasonMissing(Problem):
    code = "documents.versions.reason-missing"
    status = 422
    title = "请填写理由。"
    title_en = "Please give the reason."


def state_after(kind: StepKind, state: VersionState) -> VersionState:
    """Where a version stands after a step (流转), or `NotInThisState`."""
    if state not in _BEFORE[kind]:
        raise NotInThisState
    return _AFTER.get(kind, state)


def check_edit(seen: int, edit: int) -> None:
    """What somebody decides on is what they have read (版本核对)."""
    if seen != edit:
        raise EditedMeanwhile(field="edit")


def check_decider(user_id: int, writers: Collection[int]) -> None:
    """Nobody approves an own version (审批回避)."""
    if user_id in writers:
        raise OwnVersion


def check_begin(valid_from: date, *, today: date, last_begin: date | None) -> None:
    """A version begins today or later, and after every approved one (施行日期)."""
    if valid_from < today:
        raise DatePast(field="valid_from", valid_from=valid_from)
    if last_begin is not None and valid_from <= last_begin:
        raise BeginsLater(field="valid_from", valid_from=last_begin)


def check_end(last_day: date, *, valid_from: date, valid_to: date | None, today: date) -> None:
    """A version is repealed from a day to come (废止日期); one that already has its end is left alone."""
    if valid_to is not None:
        raise NotInThisState
    if last_day < max(today, valid_from):
        raise EndsBeforeItBegins(field="last_day", valid_from=valid_from)


def check_reason(text: str) -> str:
    if is_blank(text):
        raise ReasonMissing(field="text")
    return text.strip()


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def standing_of(state: VersionState, valid_from: date, valid_to: date | None, *, on: date) -> Standing:
    """What a version is worth on a day (效力状态)."""
    if state is not VersionState.APPROVED:
        return Standing(state.value)
    if valid_to is not None and valid_to < on:
        return Standing.ENDED
    return Standing.UPCOMING if on < valid_from else Standing.IN_FORCE
