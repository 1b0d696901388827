"""文件与图层的检查规则: what may be wrong with files of Excel and of shapes."""

from __future__ import annotations

from gezhi.founding.rules.finding_kinds import FindingKind, error, warning

FILE_KINDS: dict[str, FindingKind] = {
    "file.twice": error(
        "{file} 与 {value} 同时存在", "{file} stands beside {value}", "只保留一个", "keep one of them"
    ),
    "file.unreadable": error("{zh}", "{en}", "用原软件打开核对后重新导出", "open it where it was made, and save it anew"),
    "cell.padded": warning(
        "“{value}”丢失了前导 0，按“{whole}”读取", "“{value}” has lost its leading zeros and is read as “{whole}”",
        "把该列设为文本格式", "make the column one of text",
    ),
}  # fmt: skip
