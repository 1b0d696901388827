"""检查规则: every kind of finding by its code, which never changes: how grave it is, what it says, what to do."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """An error keeps a city from being founded; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class FindingKind(msgspec.Struct, frozen=True):
    """Sentences have places for file, column, value, and what the rule adds."""

    level: Severity
    zh: str
    en: str
    cure_zh: str
    cure_en: str


def error(zh: str, en: str, cure_zh: str, cure_en: str) -> FindingKind:
    return FindingKind(Severity.ERROR, zh, en, cure_zh, cure_en)


def warning(zh: str, en: str, cure_zh: str, cure_en: str) -> FindingKind:
    return FindingKind(Severity.WARNING, zh, en, cure_zh, cure_en)


FILES = {
    "file.missing": error(
        "缺少文件 {file}", "the file {file} is missing", "补上该文件，至少要有表头", "add it, if only with its header"
    ),
    "file.unknown": warning(
        "不认识文件 {file}，未读取", "{file} is no file of a city folder and was not read",
        "核对文件名，或移出文件夹", "check its name, or move it elsewhere",
    ),
    "file.encoding": error(
        "{file} 既不是 UTF-8 也不是 GB18030 编码", "{file} is encoded neither in UTF-8 nor in GB18030",
        "用编辑器另存为 UTF-8", "save it as UTF-8",
    ),
    "file.malformed": error(
        "格式有误，无法读取（{value}）", "cannot be read ({value})",
        "核对引号、括号和逗号", "check quotes, brackets and commas",
    ),
    "column.unknown": error(
        "不认识的列 {column}", "the column {column} is not known", "可用的列：{known}", "columns that there are: {known}"
    ),
    "column.missing": error("缺少列 {column}", "the column {column} is missing", "补上该列", "add it"),
    "column.twice": error("列 {column} 出现两次", "the column {column} stands twice", "删去一列", "delete one"),
    "row.too-long": error(
        "本行比表头多出内容“{value}”", "the row is longer than the header, by “{value}”",
        "内容含逗号时须加引号", "put cells that hold a comma in quotes",
    ),
}  # fmt: skip

CELLS = {
    "cell.missing": error("{column} 未填写", "{column} is empty", "填写该列", "fill it in"),
    "cell.bad-date": error(
        "“{value}”不是日期", "“{value}” is no date", "写成 2027-01-31", "write it like 2027-01-31"
    ),
    "cell.bad-number": error(
        "“{value}”不是大于零的整数", "“{value}” is no whole number above zero", "改为整数", "write a whole number"
    ),
    "cell.bad-code": error(
        "“{value}”不是{form_zh}", "“{value}” is not {form_en}", "核对代码，数字前的 0 不可丢失",
        "check the code; leading zeros must stay",
    ),
    "cell.bad-hours": error(
        "“{value}”不是时段", "“{value}” are no hours", "写成 08:30-12:00 14:00-18:00", "write 08:30-12:00 14:00-18:00"
    ),
    "cell.too-long": error(
        "“{value}”超过 {most} 字", "“{value}” has more than {most} characters", "缩短", "shorten it"
    ),
    "cell.bad-form": error(
        "“{value}”不是{form_zh}", "“{value}” is not {form_en}", "按这样的写法改正", "write it in that way"
    ),
    "cell.unseen": error(
        "{column} 中有看不见的字符", "{column} holds characters that cannot be seen", "清除后重新填写",
        "clear the cell and type it anew",
    ),
    "cell.repeated": error("{column} 中“{value}”写了两次", "{column} says “{value}” twice", "删去一个", "delete one"),
    "cell.unknown-word": error(
        "{column} 不能是“{value}”", "{column} cannot be “{value}”", "可用：{known}", "one of: {known}"
    ),
    "key.twice": error(
        "“{value}”与第 {first} 行重复", "“{value}” stands in row {first} already", "删去一行，或改用别的标识",
        "delete one, or give it another key",
    ),
    "reference.missing": error(
        "“{value}”不在 {target} 中", "“{value}” is not in {target}", "在 {target} 中补上，或改正此处",
        "add it to {target}, or correct it here",
    ),
    "dates.reversed": error(
        "截止日期 {value} 早于开始日期 {first}", "ends on {value}, before it begins on {first}", "改正日期",
        "correct the dates",
    ),
    "dates.outlive-owner": error(
        "有效期超出所属的“{value}”（{owner_from} 至 {owner_to}）",
        "lasts longer than “{value}”, to which it belongs ({owner_from} to {owner_to})", "改正 from、to",
        "correct from and to",
    ),
}  # fmt: skip

SETTINGS = {
    "setting.missing": error("缺少 {column}", "{column} is missing", "按说明补上", "add it"),
    "setting.unknown": error(
        "不认识的设置 {column}", "there is no setting {column}", "核对拼写，或删去", "check the spelling, or delete it"
    ),
    "setting.invalid": error(
        "{column} 的内容不对：{value}", "{column} is not right: {value}", "按说明改正", "correct it"
    ),
    "setting.refused": error("{zh}", "{en}", "按提示改正", "do as it says"),
}  # fmt: skip

REGISTERS = {
    "tree.ring": error(
        "“{value}”的上级关系成环：{ring}", "what “{value}” belongs to leads in a ring: {ring}", "改正其中一个上级",
        "correct one of them",
    ),
    "code.foreign": error(
        "代码 {value} 不在 {within} 之内", "the code {value} does not lie in {within}",
        "核对代码和上级；他市的数据请删去", "check code and container; delete what belongs to another city",
    ),
    "class.unknown": error(
        "{edition} 版目录没有类别 {value}", "the edition {edition} has no class {value}",
        "用小类代码、两位大类代码或 *", "use the code of a class, of a major class (two digits), or *",
    ),
    "duty.superseded": warning(
        "“{value}”自 {since} 起由第 {by} 行另行规定，本行却没有在此之前截止",
        "row {by} says otherwise about “{value}” from {since} on, but this one does not end before it",
        "把 to 填为前一天，或删去其中一行", "let it end on the day before, or delete one of them",
    ),
    "class.without-unit": warning(
        "类别 {value} {name} 在 {count} 个街道没有责任单位（如 {example}），届时转待确权",
        "nobody answers for {value} {name} in {count} streets (such as {example}); cases there will have no owner",
        "在 duties.csv 中补上", "add it to duties.csv",
    ),
    "unit.without-account": warning(
        "责任单位“{value}”及其上级没有处置人员，派去的案件无人接收",
        "neither the unit “{value}” nor a body above it has a handler; nobody receives what is dispatched to it",
        "在 posts.csv 和 people.csv 中补上处置岗位和人员", "add a handler's post and a person",
    ),
    "person.without-post": warning(
        "“{value}”没有岗位，不能登录", "“{value}” holds no post and cannot sign in", "填写 posts", "fill in posts"
    ),
    "role.missing": warning(
        "没有人担任{zh}，案件办不下去", "nobody is {en}; cases will not go on", "补上岗位和人员", "add a post and a person"
    ),
    "administrator.missing": error(
        "自 {value} 起没有人担任系统管理员，谁也不能登录", "nobody is an administrator on {value}; no one could sign in",
        "补上 role 为 administrator 的岗位及其人员", "add a post with the role administrator, and a person who holds it",
    ),
    "effective.later": warning(
        "生效日期 {value} 未到，在此之前谁也不能登录", "{value} lies ahead; before it nobody can sign in",
        "改为今天或更早的日期", "choose today or an earlier day",
    ),
}  # fmt: skip

SHAPES = {
    "ground.missing": error(
        "既没有 ground/grids.geojson，也没有 ground.json", "there is neither ground/grids.geojson nor ground.json",
        "提供单元网格，或提供生成网格的参数", "bring the unit grids, or what they are to be generated from",
    ),
    "shape.broken": error(
        "{value} 不是有效的面{zh}", "{value} is no valid polygon{en}", "在制图软件中修复几何",
        "repair it in a map program",
    ),
    "shape.other-system": error(
        "坐标系 {value} 的基准 {datum} 没有通用的转换参数", "nothing generally leads from {value} ({datum}) to CGCS2000",
        "在 city.toml 的 [ground] 中写明七参数 helmert，或转换为 CGCS2000 后导出",
        "state the seven parameters as helmert in [ground] of city.toml, or convert it to CGCS2000",
    ),
    "shape.not-degrees": error(
        "{value} 的坐标不在中国境内", "{value} lies outside China", "核对坐标系、带号和中央经线",
        "check the system, its zone and its meridian",
    ),
    "shape.outside": error(
        "{value} 超出 {within} 的边界 {by_m2:.0f} 平方米", "{value} reaches {by_m2:.0f} m² beyond {within}",
        "修正边界", "correct the border",
    ),
    "shape.overlap": error(
        "网格 {value} 重叠 {by_m2:.0f} 平方米", "the grids {value} overlap by {by_m2:.0f} m²", "修正边界",
        "correct the border",
    ),
    "shape.gap": warning(
        "{value} 处有 {by_m2:.0f} 平方米没有网格{zh}", "{by_m2:.0f} m² at {value} have no grid{en}", "补上网格，或核对社区边界",
        "add grids, or check the border",
    ),
    "shape.area": warning(
        "网格 {value} 的面积 {by_m2:.0f} 平方米，超出常用范围",
        "the grid {value} has {by_m2:.0f} m², which is uncommonly small or large", "核对划分",
        "check its delineation",
    ),
    "community.without-grid": warning(
        "社区 {value} 没有单元网格，其中的问题无法定位", "the community {value} has no grid; nothing is located in it",
        "补上网格", "add grids",
    ),
}  # fmt: skip

FOLDER_KINDS: dict[str, FindingKind] = {**FILES, **CELLS, **SETTINGS, **REGISTERS, **SHAPES}
