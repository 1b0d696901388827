"""核验报告: what `gezhi verify` says: per part what was looked at and what differs, what is covered, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import IntEnum, StrEnum

import msgspec


class PartName(StrEnum):
    """Parts of a verification, in their order."""

    CASES = "cases"
    REGISTERS = "registers"
    PICTURES = "pictures"
    TREE = "tree"
    CHECKPOINTS = "checkpoints"
    RECEIPTS = "receipts"
    SIGNER = "signer"
    ELSEWHERE = "elsewhere"


PART_NAMES: dict[PartName, tuple[str, str]] = {
    PartName.CASES: ("案件日志、案卷与台账", "case logs, rows and ledgers"),
    PartName.REGISTERS: ("登记簿", "registers"),
    PartName.PICTURES: ("照片文件", "files of pictures"),
    PartName.TREE: ("存证树", "tree"),
    PartName.CHECKPOINTS: ("检查点与签名", "checkpoints and signatures"),
    PartName.RECEIPTS: ("回执", "receipts"),
    PartName.SIGNER: ("签署进程", "signer"),
    PartName.ELSEWHERE: ("第二处", "second places"),
}


class Outcome(IntEnum):
    """Exit codes."""

    FINE = 0
    DIFFERS = 1
    UNKNOWN = 2


class Difference(msgspec.Struct, frozen=True):
    """Where, what, and where it is one of values: the field, what must stand there and what does."""

    where: str
    kind: str
    zh: str
    en: str
    seq: int | None = None
    field: str = ""
    expected: str = ""
    found: str = ""

    @property
    def line(self) -> str:
        at = f" 第 {self.seq} 条" if self.seq is not None else ""
        values = f"；{self.field}：应为 {self.expected or '–'}，实为 {self.found or '–'}" if self.field else ""
        return f"{self.where}{at}：{self.zh} ({self.en}){values} [{self.kind}]"


class Part(msgspec.Struct, frozen=True):
    """One part. `failed` says why it could not be looked at, or not to its end."""

    name: PartName
    checked: int = 0
    differences: tuple[Difference, ...] = ()
    failed: str = ""

    @property
    def zh(self) -> str:
        return PART_NAMES[self.name][0]

    @property
    def line(self) -> str:
        zh, en = PART_NAMES[self.name]
        state = f"未能核验：{self.failed}" if self.failed else f"差异 {len(self.differences)} 处"
        return f"{zh} ({en})：核验 {self.checked}，{state}"


class Cover(msgspec.Struct, frozen=True):
    """Up to where everything is signed, and who elsewhere has it."""

    origin: str = ""
    size: int = 0
    until: int = 0
    receivers: int = 0
    receipts: tuple[str, ...] = ()
    unnamed: int = 0


class Uncovered(msgspec.Struct, frozen=True):
    """What the verification cannot say, and why."""

    zh: str
    en: str


class Report(msgspec.Struct, frozen=True):
    parts: tuple[Part, ...]
    cover: Cover
    uncovered: tuple[Uncovered, ...]

    @property
    def outcome(self) -> Outcome:
        if any(part.differences for part in self.parts):
            return Outcome.DIFFERS
        return Outcome.UNKNOWN if any(part.failed for part in self.parts) else Outcome.FINE


ALWAYS: Sequence[Uncovered] = (
    Uncovered(
        "通知、会话、后台作业和检索副本不在存证之内：它们可以正当变化，不作考核依据",
        "notices, sessions, jobs and copies for searching are not under proof: they may rightly change, and nobody is"
        " judged by them",
    ),
    Uncovered(
        "录入时即不真实的内容：存证只说明此后没有改动",
        "what was untrue when it was entered: the proof says only that it was not changed since",
    ),
)
NO_CHECKPOINT = Uncovered("尚无检查点：任何内容都没有签名", "there is no checkpoint yet: nothing is signed")
NO_SECOND_PLACE = Uncovered(
    "没有第二处的检查点：掌握数据库和签署目录的人可以全部重写；请设置 GEZHI_ANCHOR_TO，或用 --anchors 指明",
    "there is no checkpoint from elsewhere: whoever holds database and signer can write all of it anew; set"
    " GEZHI_ANCHOR_TO, or name a place by --anchors",
)
NO_KEY = Uncovered(
    "验签公钥取自存证树本身；请用 --key 给出另行抄录的公钥",
    "the keys are those that the tree itself names; give by --key the one that you wrote down elsewhere",
)
NO_SIGNER = Uncovered(
    "签署进程没有应答，未与其最后签署的树核对", "the signer does not answer: its last head was not compared"
)


def unnamed_tail(count: int) -> Uncovered:
    return Uncovered(
        f"最近 {count} 条日志尚未进入存证树：下一批之前可被截去而不留痕迹",
        f"the last {count} entries are in no batch yet: until the next one they can be cut off without a trace",
    )


def unsigned_tail(count: int) -> Uncovered:
    return Uncovered(f"存证树最后 {count} 条尚未签名", f"the last {count} leaves of the tree are not signed yet")


def lost_tree(origin: str, signed: int, kept: int) -> Uncovered:
    return Uncovered(
        f"存证树 {origin} 曾签到 {signed} 条，本库只有 {kept} 条：恢复备份时丢失的部分无从核验，新树已载明此事",
        f"{signed} leaves of the tree {origin} were signed, and {kept} are here: what a restored backup lost cannot be"
        " verified; the tree that follows says so",
    )


def report_lines(report: Report, most: int) -> Iterable[str]:
    """For a reader: a line for each part, its first differences, then what is covered and what is not.

    What was bent may hold signs that move a terminal's cursor: they are written out.
    """
    return map(shown, _lines(report, most))


def shown(text: str) -> str:
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _lines(report: Report, most: int) -> Iterable[str]:
    for part in report.parts:
        yield part.line
        yield from (f"  {one.line}" for one in part.differences[:most])
        if len(part.differences) > most:
            yield f"  … 另有 {len(part.differences) - most} 处，用 --json 查看全部"
    cover = report.cover
    if cover.size:
        yield f"已签名覆盖 (covered)：{cover.origin}，{cover.size} 条，截至 {_moment(cover.until)}"
        yield f"第二处回执 (receipts)：{len(cover.receipts)} / {cover.receivers}"
        yield from (f"  {line}" for line in cover.receipts)
    yield "未覆盖 (not covered)："
    yield from (f"  {one.zh} ({one.en})" for one in report.uncovered)


def _moment(at: int) -> str:
    """In UTC, so that a report reads the same everywhere."""
    try:
        return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError, OSError):
        return str(at)
