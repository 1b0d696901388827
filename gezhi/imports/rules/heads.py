"""表头识别: by which heads a column is known, and which column stands where in a file that somebody brings.

Beside our own names stand those of the field and the abbreviations of its standards (GB/T 30428.1, GB/T 30428.2,
GB/T 47678.5). A head is compared without blanks, brackets and case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from gezhi.imports.rules.kinds import TABLE_OF, ImportKind
from gezhi.kernel.problems import Problem
from gezhi.kernel.searching import fold

HEAD_WITHIN: Final = 10
"""Above the heads stand a title and a remark, seldom more."""
_BESIDE = re.compile(r"[\s()（）\[\]【】*＊:：、/／_-]+")

_FROM = ("生效日期", "First day", "起始日期", "开始日期", "启用日期", "初始时间", "ORDate")
_TO = ("终止日期", "Last day", "截止日期", "结束日期", "停用日期", "终止时间", "DEDate")
_NAME_EN = ("英文名称", "English name")
_AREA = ("区域", "Area", "区域代码", "区划代码", "单元网格标识码", "单元网格编码", "BGCode", "BGID", "SZDYWGBSM")
_UNIT_CODE = ("部门代码", "单位代码", "主管部门代码", "ZGBMDM", "DeptCode1", "DeptCode")


def _area_of_level(*signs: str) -> tuple[str, ...]:
    """一类区域, 一类 and such, as tables head the limit of an area level."""
    forms = ("{}类区域处置时限", "{}类区域", "{}类", "{}级区域", "{}类时限")
    return tuple(form.format(sign) for sign in signs for form in forms)


HEADS: Final[dict[ImportKind, dict[str, tuple[str, ...]]]] = {
    ImportKind.ORGANISATIONS: {
        "key": ("机构编码", "Code", "机构代码", "机构标识", "统一社会信用代码", *_UNIT_CODE),
        "name": ("机构名称", "Name", "单位名称", "部门名称", "主管部门名称", "ZGBMMC", "DeptName1", "DeptName", "机构"),
        "name_en": _NAME_EN,
        "kind": ("机构类别", "Kind", "机构类型", "单位类型", "单位性质"),
        "level": ("平台级别", "Level of the platform", "平台层级"),
        "parent": ("上级机构编码", "Code of the parent", "上级机构", "上级单位", "上级部门代码", "上级机构代码"),
        "region": ("所属区划", "Division", "区划代码", "行政区划代码", "所在街道代码", "SZJDDM"),
        "from": _FROM,
        "to": _TO,
    },
    ImportKind.POSTS: {
        "key": ("岗位编码", "Code", "岗位代码", "岗位标识"),
        "organisation": ("机构编码", "Organisation", "所属机构", "所属机构编码", "所属单位", "机构代码", *_UNIT_CODE),
        "role": ("岗位类别", "Role", "角色", "岗位角色", "岗位类型"),
        "title": ("岗位名称", "Title", "岗位", "职务"),
        "title_en": ("英文名称", "English title"),
        "regions": ("责任区域", "Areas", "区域代码", "管辖区域", "责任区", "责任区编码", "责任网格", "BGCode"),
        "from": _FROM,
        "to": _TO,
    },
    ImportKind.PEOPLE: {
        "username": ("账号", "Account", "用户名", "登录名", "工号", "人员编码"),
        "name": ("姓名", "Name", "人员姓名", "采集员"),
        "posts": ("岗位编码", "Codes of the posts", "岗位", "岗位代码", "任职岗位"),
        "phone": ("手机号", "Telephone", "手机", "手机号码", "联系电话", "电话"),
        "language": ("界面语言", "Language", "语言"),
        "from": _FROM,
        "to": _TO,
    },
    ImportKind.OFFICERS: {
        "organisation": ("机构编码", "Organisation", "所属机构", "机构代码", *_UNIT_CODE),
        "kind": ("责任人类别", "Kind", "责任人类型"),
        "username": ("账号", "Account", "用户名", "登录名"),
        "from": _FROM,
    },
    ImportKind.DUTIES: {
        "kind": ("类型", "Kind", "部件事件", "管理对象", "大类类型"),
        "classes": ("类别代码", "Classes", "小类代码", "类别", "事项代码", "SXDM", "部件事件代码"),
        "area": _AREA,
        "unit": ("责任单位编码", "Unit", "责任单位", "责任主体", "养护单位代码", "YHDWDM", "DeptCode3", *_UNIT_CODE),
        "from": _FROM,
        "to": _TO,
        "basis_kind": ("依据类别", "Kind of basis", "依据类型"),
        "basis": ("依据", "Basis", "确权依据"),
        "edition": ("目录版本", "Edition", "版本"),
    },
    ImportKind.AREA_LEVELS: {
        "area": _AREA,
        "level": ("区域等级", "Level", "等级", "管理等级", "管理等级代码"),
        "from": _FROM,
        "to": _TO,
    },
    ImportKind.HOLIDAYS: {
        "calendar": ("工作日历", "Calendar", "日历"),
        "date": ("日期", "Day"),
        "kind": ("放假或上班", "Off or worked", "类型", "安排"),
        "hours": ("工作时段", "Hours", "时段"),
        "name": ("名称", "Name", "节日", "说明"),
    },
    ImportKind.STANDARD_ROWS: {
        "edition": ("目录版本", "Edition", "版本"),
        "kind": ("类型", "Kind", "部件事件", "管理对象", "大类类型"),
        "code": ("小类代码", "Class", "类别代码", "代码", "事项代码", "SXDM", "XLDM", "部件事件代码", "小类编码"),
        "name": ("小类名称", "Class name", "类别名称", "小类", "类别", "XLMC", "事项名称", "名称"),
        "condition": ("立案条件", "Filing condition", "立案规范", "立案标准", "问题描述"),
        "condition_en": ("英文立案条件", "Filing condition in English"),
        "defects": ("缺陷", "Defects", "缺陷类型"),
        "limit": ("处置时限", "Limit", "处理时限", "处置时间", "时限", "一般区域", "其他区域"),
        "limit_a": ("A类区域时限", "Limit in areas A", *_area_of_level("A", "一", "甲")),
        "limit_b": ("B类区域时限", "Limit in areas B", *_area_of_level("B", "二", "乙")),
        "limit_c": ("C类区域时限", "Limit in areas C", *_area_of_level("C", "三", "丙")),
        "closing": ("结案条件", "Closing conditions", "结案规范", "结案标准"),
        "season": ("季节", "Season", "适用季节", "时段"),
        "calendar": ("工作日历", "Calendar", "日历"),
        "from": _FROM,
        "to": _TO,
    },
}
"""The first is what a template and an export say, the second its English."""


class Head(msgspec.Struct, frozen=True):
    """表头: a head as it stands in the file, and the column that it is taken for; empty: not imported."""

    head: str
    column: str = ""


class ColumnsUnclear(Problem):
    code = "imports.heads.unclear"
    status = 422
    title = "列对应有误：{names}。每个必填列须对应文件中的一列，同一列不能对应两次。"
    title_en = (
        "These columns are not clear: {names}. Each column that is needed stands for one of the file, none for two."
    )


OF_SHAPES: Final[dict[str, tuple[str, ...]]] = {
    "code": ("单元网格标识码", "Code"),
    "geometry": ("形状", "Shape"),
    "area": ("面积（平方米）", "Area (m²)"),
}


def name_of(kind: ImportKind, column: str) -> tuple[str, str]:
    """What a column is called, in Chinese and English."""
    zh, en, *_ = HEADS.get(kind, OF_SHAPES)[column]
    return zh, en


def plain_head(text: str) -> str:
    return _BESIDE.sub("", fold(text))


def guess_heads(
    kind: ImportKind, rows: Sequence[tuple[int, Sequence[str]]], kept: Mapping[str, str]
) -> tuple[int, list[Head]]:
    """The number of the row with the heads, and what each is taken for. `kept`: as somebody corrected them before.

    It is the row among the first in which most are known; of several the upper one.
    """
    best, told = 0, list[Head]()
    most = -1
    for number, cells in rows[:HEAD_WITHIN]:
        heads = _told(kind, cells, kept)
        known = sum(bool(one.column) for one in heads)
        if known > most:
            best, told, most = number, heads, known
    return best, told


def check_columns(kind: ImportKind, columns: Sequence[str]) -> None:
    """Refuse a mapping in which a column is unknown, stands twice, or is needed and does not stand at all."""
    table = TABLE_OF[kind]
    known = {one.name for one in table.columns}
    taken = [name for name in columns if name]
    wrong = {name for name in taken if name not in known or taken.count(name) > 1}
    wrong |= {one.name for one in table.columns if one.needed and one.name not in taken}
    if wrong:
        names = "、".join(name_of(kind, name)[0] if name in known else name for name in sorted(wrong))
        raise ColumnsUnclear(field="columns", names=names)


def _told(kind: ImportKind, cells: Sequence[str], kept: Mapping[str, str]) -> list[Head]:
    """Each column goes to the head that names it best: corrected before, our own name, then in the order of names."""
    plain = [plain_head(cell) for cell in cells]
    places: dict[int, str] = {}
    for at, text in enumerate(plain):
        column = kept.get(text)
        if text and column is not None and column not in places.values():
            places[at] = column
    for column, names in HEADS[kind].items():
        if column in places.values():
            continue
        for name in (column, *names):
            wanted = plain_head(name)
            found = [at for at, text in enumerate(plain) if text == wanted and at not in places and text not in kept]
            if found:
                places[found[0]] = column
                break
    return [Head(cell, places.get(at, "")) for at, cell in enumerate(cells)]
