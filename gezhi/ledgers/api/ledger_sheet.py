"""审批台账的表格: the columns of a ledger of applications, and what it is narrowed by in words."""

from __future__ import annotations

from gezhi.calendars.rules.limits import UNIT_NAMES, Unit
from gezhi.cases.rules.applications import OUTCOME_NAMES, STEP_NAMES, ApplicationKind, Opinion
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.stages import STATUSES, Status
from gezhi.cases.shapes.presenter import Presenter
from gezhi.kernel.masking import Masking
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.ledgers.queries.ledger import LedgerFilters, LedgerRow
from gezhi.ledgers.rules.effect import PENDING, PENDING_NAMES, effect_of
from gezhi.plumbing.shapes import maybe
from gezhi.plumbing.sheets import Column, wall_time
from gezhi.regions.queries import held_names


def _class_name(row: LedgerRow, presenter: Presenter) -> str:
    found = presenter.class_(row.class_key)
    return found.name.zh if found is not None else ""


def _asker(row: LedgerRow, presenter: Presenter) -> str:
    application = row.application
    return f"{presenter.person(application.asked_by)}（{ROLE_NAMES[Role(application.role)][0]}）"


def _what(row: LedgerRow) -> str:
    application = row.application
    words = KINDS[application.kind].what
    if words is None:
        return application.kind.zh
    until = maybe(application.until)
    unit = UNIT_NAMES[Unit(row.value_unit)][0] if row.value_unit else ""
    return words[0].format(
        more=f"{application.value} {unit}",
        until=f"{wall_time(until):%Y-%m-%d %H:%M}" if until is not None else "",
    )


def _length(row: LedgerRow) -> str:
    """申请时长: how much time was asked for, in words."""
    application = row.application
    if application.value is not None and row.value_unit:
        return f"{application.value} 个{UNIT_NAMES[Unit(row.value_unit)][0]}"
    return f"{-(-(application.until - application.asked) // DAY_S)} 天" if application.until is not None else ""


def _hours_in_all(row: LedgerRow) -> float | None:
    """累计延期: what the unit was granted in this case until then, with this one if it was."""
    application = row.application
    return application.minutes_in_all / 60 if application.kind is ApplicationKind.EXTENSION else None


def _reason_word(row: LedgerRow, presenter: Presenter) -> str:
    application = row.application
    word = presenter.reason(KINDS[application.kind].word, application.reason_code)
    return word.zh if word is not None else ""


def _opinion(number: int, opinion: Opinion, presenter: Presenter) -> str:
    word = "同意" if opinion.granted else "不同意"
    who = (
        f"{STEP_NAMES[opinion.step][0]} {presenter.person(opinion.user)}（{presenter.unit(opinion.organisation).name}）"
    )
    return f"{number}. {who} {wall_time(opinion.at):%Y-%m-%d %H:%M} {word}：{opinion.text}"


def _opinions(row: LedgerRow, presenter: Presenter) -> str:
    application = row.application
    said = [_opinion(at, one, presenter) for at, one in enumerate(application.opinions, 1)]
    if application.deciding:
        said.append(f"{len(said) + 1}. {STEP_NAMES[application.deciding][0]} 待审批")
    return "\n".join(said)


def _hidden(row: LedgerRow, presenter: Presenter) -> Masking:
    return Masking(presenter.secrets(row.senders, row.status))


def _outcome(row: LedgerRow) -> str:
    return OUTCOME_NAMES.get(row.application.outcome or "", PENDING_NAMES)[0]


def _per_cent(share: int | None) -> float | None:
    return None if share is None else share / 1_000


def columns_of(presenter: Presenter) -> tuple[Column[LedgerRow], ...]:
    """The columns of every ledger of applications, with names as one request sees them."""
    return (
        Column("案件编号", 22, lambda row: row.case_no),
        Column("类别", 14, lambda row: _class_name(row, presenter)),
        Column("地点", 26, lambda row: _hidden(row, presenter).wrote(row.place)),
        Column("案件状态", 10, lambda row: STATUSES[Status(row.status)].zh),
        Column("责任单位", 20, lambda row: presenter.unit(row.application.unit).name if row.application.unit else ""),
        Column("申请事项", 22, _what),
        Column("此前获批次数", 12, lambda row: row.application.times),
        Column("申请时长", 14, _length),
        Column("累计延期（小时）", 14, _hours_in_all),
        Column("理由类别", 18, lambda row: _reason_word(row, presenter)),
        Column("申请理由", 36, lambda row: _hidden(row, presenter).said(row.application.reason)),
        Column("证明材料（张）", 13, lambda row: len(row.application.pictures)),
        Column("审批表编号", 18, lambda row: row.application.form_no),
        Column("申请时间", 17, lambda row: maybe(row.application.asked)),
        Column("申请人", 18, lambda row: _asker(row, presenter)),
        Column("是否逾期申请（处置时限后）", 16, lambda row: "逾期申请" if row.application.late else "否"),
        Column("审批意见", 60, lambda row: _hidden(row, presenter).said(_opinions(row, presenter))),
        Column("审批结果", 12, _outcome),
        Column("审批完成时间", 17, lambda row: maybe(row.application.ended)),
        Column("原处置时限", 17, lambda row: maybe(row.application.old_due)),
        Column("新处置时限", 17, lambda row: maybe(row.application.new_due)),
        Column("统计影响", 26, lambda row: effect_of(row.application)[0]),
        Column("申请时占比", 10, lambda row: _per_cent(row.application.share), "per_cent"),
        Column("占比上限", 10, lambda row: _per_cent(row.application.ceiling), "per_cent"),
        Column("推诿", 8, lambda row: "是" if row.application.shirking else ""),
    )


def filters_in_words(filters: LedgerFilters, presenter: Presenter) -> str:
    """What the sheet is narrowed by, as its second line says it."""
    said = []
    if filters.since is not None:
        said.append(f"申请日期自 {wall_time(filters.since):%Y-%m-%d}")
    if filters.until is not None:
        said.append(f"申请日期至 {wall_time(filters.until - 1):%Y-%m-%d}")
    if filters.unit is not None:
        said.append(f"责任单位 {presenter.unit(filters.unit).name}")
    if filters.region:
        said.append(f"区域 {held_names().get(filters.region, filters.region)}")
    if filters.outcome:
        words = PENDING_NAMES if filters.outcome == PENDING else OUTCOME_NAMES[filters.outcome]
        said.append(f"审批结果 {words[0]}")
    if filters.late is not None:
        said.append("只含逾期申请" if filters.late else "不含逾期申请")
    if filters.sought:
        said.append(f"包含“{filters.sought.text}”")
    return "；".join(said) or "全部"
