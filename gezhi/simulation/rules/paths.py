"""办理路径: the ways through the life-cycle that a demonstration must show, and how each is seen in the log."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Path(msgspec.Struct, frozen=True):
    """A path by its word; `sql` says which log entry shows that a case took it. No entry shows two paths. `rare`
    ones are
    few by nature: less than one case in a hundred.
    """

    word: str
    zh: str
    sql: str
    rare: bool = False


class PathCount(msgspec.Struct, frozen=True):
    """How many cases took a path, and what share of all cases that is."""

    path: str
    name: str
    cases: int
    share: float


def _kind(word: str, zh: str, kind: str) -> Path:
    return Path(word, zh, f"kind = '{kind}'")


def _rare(kind: str, zh: str) -> Path:
    return Path(kind, zh, f"kind = '{kind}'", rare=True)


PATHS: tuple[Path, ...] = (
    _kind("self_handled", "自行处置", "self_handled"),
    _kind("verified", "核实", "verification_completed"),
    _kind("refused", "不予受理", "refused"),
    _kind("merged", "并案", "merged"),
    _kind("report_added", "并入上报", "report_added"),
    _kind("amended", "更正案卷", "amended"),
    _kind("rejected", "不予立案", "rejected"),
    _kind("given_back", "退回", "given_back"),
    _kind("unowned", "待确权", "marked_unowned"),
    _kind("owner_settled", "确权", "owner_settled"),
    Path("sent_anew", "重新派遣", "kind = 'dispatched' AND text LIKE '%\"dispatched_again\"%'"),
    _kind("recalled", "撤回派遣", "recalled"),
    _kind("send_back_asked", "申请回退", "send_back_asked"),
    _kind("sent_back", "同意回退", "send_back_granted"),
    _kind("send_back_refused", "不同意回退", "send_back_refused"),
    _kind("assigned", "下派班组", "assigned"),
    _kind("handed_up", "班组上报", "handed_up"),
    _rare("revoked", "收回下派"),
    _kind("part_received", "协办、班组签收", "part_received"),
    _kind("extension_asked", "申请延期", "extension_asked"),
    _kind("extended", "同意延期", "extension_granted"),
    _rare("extension_refused", "不同意延期"),
    _kind("suspension_asked", "申请缓办", "suspension_asked"),
    Path("suspended", "同意缓办", "kind = 'suspension_granted'", rare=True),
    _rare("suspension_refused", "不同意缓办"),
    _rare("resumed", "提前恢复"),
    _rare("woken", "到期恢复"),
    _kind("void_asked", "申请作废", "void_asked"),
    _rare("void_granted", "同意作废"),
    _rare("void_refused", "不同意作废"),
    _kind("passed_on", "逐级审批", "application_passed_on"),
    _rare("application_withdrawn", "撤回申请"),
    _rare("application_expired", "逾期未批失效"),
    Path("overtaken", "申请自行失效", "kind = 'handed_over' AND text LIKE '%\"outcome\":\"lapsed\"%'", rare=True),
    _rare("major_listed", "列为重大案件"),
    _rare("major_reported", "报告进展"),
    _rare("major_changed", "调整销号期限"),
    _rare("major_struck_off", "销号"),
    _rare("supervised", "督办"),
    _rare("supervision_answered", "答复督办"),
    _rare("supervision_lifted", "解除督办"),
    _kind("more_asked", "要求补正", "more_asked"),
    _kind("inspected", "核查通过", "inspection_passed"),
    _kind("failed_inspection", "核查未通过", "inspection_failed"),
    _kind("closing_declined", "不予结案", "closing_declined"),
    Path("late", "超时结案", "kind = 'closed' AND text LIKE '%\"marks\":[\"late\"]%'"),
    _kind("closed_in_time", "按时结案", "closed"),
    _rare("appealed", "申诉"),
    _rare("appeal_granted", "同意申诉"),
    _rare("appeal_refused", "不同意申诉"),
    _kind("reopened", "重新处置", "reopened"),
    _kind("task_rerouted", "改派采集员", "task_rerouted"),
    _kind("reminded", "催办", "reminded"),
    _kind("noted", "备注", "noted"),
    _kind("found_missed", "认定漏报", "found_missed"),
    _kind("ran_out", "时限超过", "clock_ran_out"),
)


def count_paths(counts: Mapping[str, int], total: int) -> list[PathCount]:
    """In the order of the life-cycle, with a share of all cases; paths that nobody took are in it with none."""
    return [
        PathCount(path.word, path.zh, counts.get(path.word, 0), counts.get(path.word, 0) / total if total else 0.0)
        for path in PATHS
    ]
