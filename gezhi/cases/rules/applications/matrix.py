"""审批矩阵: the presets of all kinds, and what a row that a city sets must hold.

Nobody may be given more by a city than the preset knows: neither other askers nor other statuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gezhi.cases.rules.applications.application import names_of
from gezhi.cases.rules.applications.approval_row import PER_MILLE, ApprovalRow
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem

DECIDERS = (Role.DISPATCHER, Role.DUTY_OFFICER, Role.ACCEPTOR, Role.SUPERVISOR, Role.LEADER)


class BadApprovalRow(Problem):
    code = "cases.approval-matrix.bad-row"
    status = 422
    title = "“{kind_name}”的审批规定有误：{what}。"
    title_en = "The approval row of “{kind_en}” is wrong: {what_en}."


MATRIX: Mapping[ApplicationKind, ApprovalRow] = MappingProxyType({kind: rule.preset for kind, rule in KINDS.items()})


Faults = tuple[tuple[bool, str, str], ...]


def check_row(row: ApprovalRow) -> ApprovalRow:
    """A row that can be worked with, or the Problem that says what is wrong with it."""
    for wrong, what, what_en in (*_faults_of_chains(row), *_faults_of_bounds(row)):
        if wrong:
            raise BadApprovalRow(**names_of(row.kind), what=what, what_en=what_en)
    return row


def _faults_of_chains(row: ApprovalRow) -> Faults:
    deciders = {role.value for role in DECIDERS}
    return (
        (not row.steps, "至少要有一个审批步骤", "at least one step must decide"),
        (
            any(step not in deciders for step in (*row.steps, *row.steps_again, *row.above_ceiling, *row.steps_form)),
            "审批步骤只能是派遣员、值班长、受理员、督察员或领导",
            "a step is a dispatcher, duty officer, acceptor, supervisor or leader",
        ),
        (
            any(
                len(set(chain)) < len(chain)
                for chain in (row.steps, row.steps_again, row.above_ceiling, row.steps_form)
            ),
            "同一岗位不能审批两次",
            "no post decides twice",
        ),
        (
            row.ceiling > 0 and any(chain and not set(row.above_ceiling) - set(chain) for chain in row.chains),
            "设占比上限的，须另有岗位在超过上限时加审",
            "a ceiling needs a post that decides in addition above it",
        ),
    )


def _faults_of_bounds(row: ApprovalRow) -> Faults:
    widest = MATRIX[row.kind]
    return (
        (
            not row.askers or not set(row.askers) <= set(widest.askers),
            "申请岗位超出本类申请的范围",
            "these posts cannot ask for this",
        ),
        (
            not row.statuses or not set(row.statuses) <= set(widest.statuses),
            "案件状态超出本类申请的范围",
            "it cannot be asked for at these statuses",
        ),
        (
            row.exempts and KINDS[row.kind].exempt_effect is None,
            "只有申诉获批后可以免计超时",
            "only a granted appeal leaves a case out of lateness",
        ),
        (
            KINDS[row.kind].longest_in is not None and row.longest <= 0,
            "须写明最长可批多少",
            "state the most that can be granted",
        ),
        (
            not 0 <= row.warning <= row.ceiling <= PER_MILLE,
            "预警线不能高于上限，上限不能超过 100%",
            "the warning lies above the ceiling, or the ceiling above 100 %",
        ),
    )
