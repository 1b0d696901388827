"""操作权限: may this person give this command to this case now, and if not, why not."""

from __future__ import annotations

from gezhi.cases.rules.stages import STATUSES, Status, find_transition, transitions_of
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.role_names import say_roles

TASK_COMMANDS = frozenset({"complete_verification", "complete_inspection"})
LAST_UNIT_COMMANDS = frozenset({"appeal"})
# A handler acts for a part that their unit has now, but in these: there it is enough to see the case.
WITHOUT_OWN_PART = frozenset({"decide_application", "withdraw_application", "note", "answer_supervision"})


class NotInThisStatus(Problem):
    code = "cases.stages.not-in-this-status"
    status = 409
    title = "案件现处于“{status_name}”，不能{command_name}。请刷新后按现有操作办理。"
    title_en = "The case is now “{status_en}”; “{command_en}” is not possible. Refresh and use the actions shown."


class RoleMayNot(Problem):
    code = "cases.stages.role-may-not"
    status = 403
    title = "“{command_name}”应由{roles}办理，您当前的岗位不能办理。"
    title_en = "“{command_en}” is done by {roles_en}; your present post may not."


class OutsideScope(Problem):
    code = "cases.scope.outside"
    status = 403
    title = "案件不在您当前岗位的管辖范围内。"
    title_en = "The case lies outside the scope of your present post."


class NotYourTask(Problem):
    code = "cases.scope.not-your-task"
    status = 403
    title = "这项任务已派给其他采集员，请由其本人反馈，或请受理员改派。"
    title_en = "This task was given to another collector; they answer it, or an acceptor gives it to somebody else."


class NotYourOrder(Problem):
    code = "cases.scope.not-your-order"
    status = 403
    title = "案件没有派给贵单位，或贵单位的处置已经结束。"
    title_en = "The case was not dispatched to your unit, or your unit's part has ended."


def is_in_scope(actor: Actor, codes: tuple[str, ...], units: tuple[int, ...]) -> bool:
    """Whether a case at these region codes, worked on by these units, lies in a person's scope."""
    scope = actor.scope
    if not scope.only_own_work and any(code.startswith(region) for region in scope.regions for code in codes):
        return True
    return any(unit in scope.organisations for unit in units)


def part_of(actor: Actor, state: CaseState) -> int | None:
    """The unit in whose name this person works on the case: one with an open assignment inside their organisation;
    their very own before those below it, the leading one before helpers.
    """
    mine = [
        part
        for part in state.open_assignments
        if part.unit in actor.scope.organisations or part.unit == actor.organisation_id
    ]
    mine.sort(key=lambda part: (part.unit != actor.organisation_id, part.level, not part.leading, part.no))
    return mine[0].unit if mine else None


def last_unit_of(actor: Actor, state: CaseState) -> int | None:
    """The unit that handled the case last, where it is this person's own."""
    last = state.last_leading
    return last.unit if last is not None and last.unit in (actor.organisation_id, *actor.scope.organisations) else None


def check_allowed(word: str, state: CaseState | None, actor: Actor) -> None:
    """Raise the Problem that says why this person may not give this command now; silent where they may."""
    transition = find_transition(word, state.status if state is not None else None)
    if transition is None:
        raise _not_in_status(word, state.status if state is not None else None)
    if actor.role not in transition.roles:
        raise RoleMayNot(command_name=transition.zh, command_en=transition.en, **say_roles(*transition.roles))
    if state is None or actor.role is Role.SYSTEM:
        return
    problem = _not_theirs(word, state, actor)
    if problem is not None:
        raise problem


def _not_theirs(word: str, state: CaseState, actor: Actor) -> Problem | None:
    """Why a command of the right role and status is not this person's."""
    if word in TASK_COMMANDS:
        task = state.open_task
        return None if task is not None and task.collector == actor.user_id else NotYourTask()
    if word in LAST_UNIT_COMMANDS:
        return None if last_unit_of(actor, state) is not None else NotYourOrder()
    if actor.role is Role.HANDLER and word not in WITHOUT_OWN_PART:
        return None if part_of(actor, state) is not None else NotYourOrder()
    return None if word == "add_report" or is_visible(actor, state) else OutsideScope()


def is_visible(actor: Actor, state: CaseState) -> bool:
    """Whether the case lies in the person's scope, or they reported it or hold a task in it."""
    units = tuple(part.unit for part in state.assignments)
    mine = any(task.collector == actor.user_id for task in state.tasks) or any(
        report.by == actor.user_id for report in state.reports
    )
    return mine or is_in_scope(actor, state.codes, units)


def _not_in_status(word: str, status: Status | None) -> NotInThisStatus:
    row = transitions_of(word)[0]
    named = STATUSES[status] if status is not None else None
    return NotInThisStatus(
        command_name=row.zh,
        command_en=row.en,
        status_name=named.zh if named else "尚未上报",
        status_en=named.en if named else "not yet reported",
    )
