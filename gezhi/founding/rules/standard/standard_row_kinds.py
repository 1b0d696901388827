"""立案结案规范的检查规则: what may be wrong with a row of the standard."""

from __future__ import annotations

from gezhi.calendars.rules.limit_text import MOST, LimitFault
from gezhi.founding.rules.finding_kinds import FindingKind, error, warning

_CURE = (
    "写成数字加单位，如 2紧急工作时、4工作时、3工作日",
    "write a number and its unit, as 2紧急工作时, 4工作时, 3工作日",
)

STANDARD_ROW_KINDS: dict[str, FindingKind] = {
    "class.not-there": error(
        "{edition} 版目录的{zh}中没有类别“{value}”", "edition {edition} has no class “{value}” among its {en}",
        "填写小类代码；本地扩展的类别先在目录中增加", "write the code of a minor class; add a local one to the catalogue first",
    ),
    "class.major-only": error(
        "“{value}”是大类“{name}”的代码，规范要写到小类", "“{value}” is the code of a major class, “{name}”",
        "每个小类各写一行", "write a row for each of its minor classes",
    ),
    "class.lost-zero": error(
        "“{value}”丢失了前导 0，应为“{whole}”", "“{value}” has lost its leading zeros; it is “{whole}”",
        "改为“{whole}”，并把该列设为文本格式", "write “{whole}”, and make the column one of text",
    ),
    "class.read-as": warning(
        "“{value}”按“{whole}”读取", "“{value}” is read as “{whole}”", "用半角数字书写代码", "write codes in half-width digits"
    ),
    "class.other-edition": error(
        "“{value}”不在 {edition} 版目录中，是 {other} 版的“{name}”",
        "“{value}” is not of edition {edition}; it is “{name}” of edition {other}",
        "换成 {edition} 版的代码，或在目录版本一列写 {other}", "use the code of {edition}, or state the edition {other}",
    ),
    "class.other-kind": error(
        "“{value}”在 {edition} 版目录中不是{zh}，是{other_zh}“{name}”",
        "“{value}” is none of the {en} of edition {edition} but of the {other_en}: “{name}”",
        "改正类型或代码", "correct the kind or the code",
    ),
    "class.ended": error(
        "类别“{value}”{name} 在 {on} 不在使用", "the class “{value}” {name} is not in use on {on}",
        "换成在用的类别", "choose a class that is in use",
    ),
    "class.other-name": error(
        "“{value}”与代码不符：{whole} 在 {edition} 版目录中是“{name}”",
        "“{value}” does not fit its code: {whole} is “{name}” in edition {edition}",
        "改正代码或名称", "correct the code or the name",
    ),
    LimitFault.UNREADABLE: error("“{value}”不是时限", "“{value}” is no limit", *_CURE),
    LimitFault.NO_UNIT: error("时限“{value}”没有单位", "the limit “{value}” has no unit", *_CURE),
    LimitFault.NOT_POSITIVE: error("时限“{value}”须大于零", "the limit “{value}” must be above zero", *_CURE),
    LimitFault.TOO_LONG: error(
        f"时限“{{value}}”超过 {MOST}", f"the limit “{{value}}” is above {MOST}", "核对数字，或换用较大的单位",
        "check the number, or use a larger unit",
    ),
    "limit.levels-reversed": warning(
        "{level} 类区域的时限“{value}”比等级较低的 {other} 类区域的“{told}”还长",
        "the limit of areas of level {level}, “{value}”, is longer than “{told}” of the lower level {other}",
        "核对两类区域的时限是否写反", "see whether the two have been exchanged",
    ),
    "condition.unknown": error(
        "“{value}”不在用语表中", "“{value}” is not of the vocabulary", "可用：{known}", "one of: {known}"
    ),
    "condition.same": error(
        "“{value}”与第 {first} 行是同一类别、同一立案条件", "“{value}” is the same condition of the same class as in row {first}",
        "删去一行；分季节的写明季节", "delete one of them; state the season where they differ by it",
    ),
}  # fmt: skip
"""By code; `calendars` says which ways a limit may be wrong."""
