"""文件与图层的检查规则: what may be wrong with files of Excel and of shapes."""

from __future__ import annotations

from gezhi.founding.rules.finding_kinds import FindingKind, error, warning

FILE_KINDS: dict[str, FindingKind] = {
    "file.twice": error(
        "{file} 与 {value} 同时存在", "{file} stands beside {value}", "只保留一个", "keep one of them"
    ),
    "file.unreadable": error("{zh}", "{en}", "用原软件打开核对后重新导出", "open it where it was made, and save it anew"),
    "file.empty": error("{file} 中没有图形", "{file} holds no shapes", "重新导出，或删去该文件", "save it anew, or delete it"),
    "cell.padded": warning(
        "“{value}”丢失了前导 0，按“{whole}”读取", "“{value}” has lost its leading zeros and is read as “{whole}”",
        "把该列设为文本格式", "make the column one of text",
    ),
    "shape.ended": warning(
        "网格 {value} 已于 {last} 终止，未读取", "the grid {value} ended on {last} and was not read", "无需处理",
        "nothing is to be done",
    ),
    "shape.multi-part": error(
        "网格 {value} 由几块组成", "the grid {value} is in several pieces", "各块单独编码，或删去多余的块",
        "give each its own code, or delete what is too much",
    ),
    "shape.hole": error(
        "网格 {value} 中有孔", "the grid {value} has a hole", "把孔另划为网格，或并入", "make the hole a grid, or fill it"
    ),
    "shape.sliver": warning(
        "网格 {value} 是狭长的碎面（{by_m2:.0f} 平方米）", "the grid {value} is a narrow rest ({by_m2:.0f} m²)",
        "并入相邻网格", "join it to a neighbour",
    ),
    "shape.twin": error(
        "网格 {value} 图形相同", "the grids {value} have the same shape", "删去重复的一个", "delete one of them"
    ),
    "shape.across": warning(
        "网格 {value} 跨越 {within} 的边界 {by_m2:.0f} 平方米",
        "the grid {value} crosses the border of {within} by {by_m2:.0f} m²",
        "核对代码所属的社区和边界", "check to which community it belongs, and the border",
    ),
    "shape.area-differs": warning(
        "网格 {value} 登记面积 {written:.0f}，实测 {by_m2:.0f} 平方米",
        "the grid {value} measures {by_m2:.0f} m², but {written:.0f} is written down", "以实测为准，单位为平方米",
        "the measured one counts; the unit is m²",
    ),
    "shape.no-system": error(
        "{file} 没有说明坐标系", "{file} does not say its system", "补上 .prj，或在 city.toml 的 [ground] 中写 {zh}",
        "add its .prj, or write in [ground] of city.toml: {en}",
    ),
    "shape.unknown-system": error(
        "不认识坐标系 {value}", "the system {value} is not known",
        "在 city.toml 的 [ground] 中写明 EPSG 代码或 PROJ 参数", "state an EPSG code or PROJ string in [ground] of city.toml",
    ),
    "shape.swapped": error(
        "{value} 的横纵坐标颠倒", "the axes of {value} are swapped", "导出时经度（东坐标）在前",
        "save it with the longitude (easting) first",
    ),
    "shape.shifted": error(
        "网格像是 {zh} 坐标：现有 {as_m2:.0f} 平方米落在边界之外，还原后只有 {left_m2:.0f}",
        "the grids seem to be in {en}: {as_m2:.0f} m² lie beyond their borders as they are, {left_m2:.0f} if it is so",
        '在 city.toml 的 [ground] 中写 grids = "{value}"；确非如此，写 grids = "cgcs2000"',
        'write grids = "{value}" in [ground] of city.toml, or grids = "cgcs2000" if it is not so',
    ),
}  # fmt: skip
