"""台账表格: a ledger as an Excel sheet, written row by row so that fifty thousand rows need little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gezhi.cases.api.suggest import UNIT_NAMES
from gezhi.cases.queries.ledger import LedgerFilters, LedgerRow
from gezhi.cases.rules.applications import OUTCOME_NAMES, Opinion
from gezhi.cases.rules.applications.effect import PENDING, PENDING_NAMES, effect_of
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.stages import STATUSES, Status
from gezhi.cases.shapes.applications import step_name
from gezhi.cases.shapes.presenter import Presenter
from gezhi.kernel.moments import CHINA_OFFSET_S
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.regions.queries import held_names

MOST_ROWS = 50_000
MOMENT_FORMAT = "yyyy-mm-dd hh:mm"
PER_CENT_FORMAT = "0.0%"
LONGEST_TEXT = 32_767  # of a cell
HEADS_AT = 2  # title, filters, then the heads
Value = str | int | float | datetime | None


class TooManyRows(Problem):
    code = "cases.ledger.too-many-rows"
    status = 422
    title = "符合条件的记录超过 {most} 条，一张表放不下；请缩短时间范围或按单位分别导出。"
    title_en = "More than {most} rows fit these filters; choose a shorter period or one unit."


class Column(NamedTuple):
    """One column: its head, its width in characters, and the value of a row."""

    head: str
    width: int
    value: Callable[[LedgerRow, Presenter], Value]
    form: str = "plain"


def wall_time(at: int | None) -> datetime | None:
    """A moment as the clock on the wall shows it; a sheet knows no time zones."""
    return (
        None if at is None else datetime.fromtimestamp(at, UTC).replace(tzinfo=None) + timedelta(seconds=CHINA_OFFSET_S)
    )


def _class_name(row: LedgerRow, presenter: Presenter) -> str:
    found = presenter.class_(row.class_key)
    return found.name if found is not None else ""


def _asker(row: LedgerRow, presenter: Presenter) -> str:
    application = row.application
    return f"{presenter.person(application.asked_by)}（{ROLE_NAMES[Role(application.role)][0]}）"


def _what(row: LedgerRow, _: Presenter) -> str:
    application = row.application
    words = KINDS[application.kind].what
    if words is None:
        return application.kind.zh
    until = wall_time(application.until)
    return words[0].format(
        more=f"{application.value} {UNIT_NAMES.get(row.value_unit or '', [''])[0]}",
        until=f"{until:%Y-%m-%d %H:%M}" if until is not None else "",
    )


def _opinion(number: int, opinion: Opinion, presenter: Presenter) -> str:
    word = "同意" if opinion.granted else "不同意"
    who = f"{step_name(opinion.step)} {presenter.person(opinion.user)}（{presenter.unit(opinion.organisation).name}）"
    return f"{number}. {who} {wall_time(opinion.at):%Y-%m-%d %H:%M} {word}：{opinion.text}"


def _opinions(row: LedgerRow, presenter: Presenter) -> str:
    application = row.application
    said = [_opinion(at, one, presenter) for at, one in enumerate(application.opinions, 1)]
    if application.deciding:
        said.append(f"{len(said) + 1}. {step_name(application.deciding)} 待审批")
    return "\n".join(said)


def _outcome(row: LedgerRow, _: Presenter) -> str:
    return OUTCOME_NAMES.get(row.application.outcome or "", PENDING_NAMES)[0]


def _per_cent(share: int | None) -> float | None:
    return None if share is None else share / 1_000


COLUMNS: tuple[Column, ...] = (
    Column("案件编号", 22, lambda row, _: row.case_no),
    Column("类别", 14, _class_name),
    Column("地点", 26, lambda row, _: row.place),
    Column("案件状态", 10, lambda row, _: STATUSES[Status(row.status)].zh),
    Column("责任单位", 20, lambda row, p: p.unit(row.application.unit).name if row.application.unit else ""),
    Column("申请事项", 22, _what),
    Column("此前获批次数", 12, lambda row, _: row.application.times),
    Column("申请理由", 36, lambda row, _: row.application.reason, "wrapped"),
    Column("证明材料（张）", 13, lambda row, _: len(row.application.pictures)),
    Column("申请时间", 17, lambda row, _: wall_time(row.application.asked), "moment"),
    Column("申请人", 18, _asker),
    Column("是否逾期申请", 12, lambda row, _: "逾期申请" if row.application.late else "否"),
    Column("审批意见", 60, _opinions, "wrapped"),
    Column("审批结果", 12, _outcome),
    Column("审批完成时间", 17, lambda row, _: wall_time(row.application.ended), "moment"),
    Column("原处置时限", 17, lambda row, _: wall_time(row.application.old_due), "moment"),
    Column("新处置时限", 17, lambda row, _: wall_time(row.application.new_due), "moment"),
    Column("统计影响", 26, lambda row, _: effect_of(row.application)[0]),
    Column("当月占比", 10, lambda row, _: _per_cent(row.application.share), "per_cent"),
    Column("占比上限", 10, lambda row, _: _per_cent(row.application.ceiling), "per_cent"),
    Column("推诿", 8, lambda row, _: "是" if row.application.shirking else ""),
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
    if filters.words:
        said.append(f"包含“{filters.words}”")
    return "；".join(said) or "全部"


def write_sheet(filters: LedgerFilters, rows: Iterable[LedgerRow], presenter: Presenter, *, asked_by: str) -> IO[bytes]:
    """The sheet in a temporary file, wound back to its beginning."""
    file = TemporaryFile()  # noqa: SIM115 - the answer to the request closes it
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, forms = book.add_worksheet(f"{filters.kind.zh}台账"), _formats(book)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
    made = f"导出：{asked_by or '系统'}，{wall_time(presenter.now):%Y-%m-%d %H:%M}"
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{filters.kind.zh}审批台账", forms["title"])
    sheet.write_string(1, 0, f"筛选条件：{filters_in_words(filters, presenter)}。{made}", forms["plain"])
    for at, column in enumerate(COLUMNS):
        sheet.write_string(HEADS_AT, at, column.head, forms["head"])
    last = HEADS_AT
    for last, row in enumerate(rows, HEADS_AT + 1):
        for at, column in enumerate(COLUMNS):
            _write(sheet, (last, at), column.value(row, presenter), forms[column.form])
    sheet.freeze_panes(HEADS_AT + 1, 1)
    sheet.autofilter(HEADS_AT, 0, last, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADS_AT)
    book.close()
    file.seek(0)
    return file


def _formats(book: Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#ECEEF2", "text_wrap": True, **top}),
        "plain": book.add_format(top),
        "wrapped": book.add_format({"text_wrap": True, **top}),
        "moment": book.add_format({"num_format": MOMENT_FORMAT, "align": "left", **top}),
        "per_cent": book.add_format({"num_format": PER_CENT_FORMAT, **top}),
    }


def _write(sheet: Worksheet, at: tuple[int, int], value: Value, form: Format) -> None:
    """Words always as words: what begins with “=” is no formula."""
    match value:
        case None:
            sheet.write_blank(*at, None, form)
        case str():
            sheet.write_string(*at, value[:LONGEST_TEXT], form)
        case datetime():
            sheet.write_datetime(*at, value, form)
        case _:
            sheet.write_number(*at, value, form)
