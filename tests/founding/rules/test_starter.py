"""起步文件夹: of any city of the country it is a folder without errors, in which the city's own words stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
import shapely

from gezhi.founding.queries import read_city_divisions, read_shipped, read_templates
from gezhi.founding.rules.check_folder import Checked, check_folder
from gezhi.founding.rules.starter import SOURCE, starter_folder
from gezhi.founding.rules.starter_ground import starter_ground

TODAY = date(2026, 12, 1)


def folder(code: str, ground: Mapping[str, str] | None = None) -> dict[str, str]:
    return starter_folder(read_city_divisions(code), read_templates(), on=TODAY, ground=ground or {}, source="某处")


def checked(files: Mapping[str, str]) -> Checked:
    return check_folder({name: text.encode() for name, text in files.items()}, read_shipped(), today=TODAY)


@pytest.mark.parametrize(
    ("code", "name", "bodies"),
    [
        ("330782", "义乌市", {"义乌市人民政府", "稠城街道办事处", "佛堂镇人民政府"}),
        ("420100", "武汉市", {"武汉市城市运行监督中心", "江岸区综合行政执法局", "大智街道办事处"}),
        ("110000", "北京市", {"北京市人民政府", "东城区人民政府", "东华门街道办事处"}),
        ("441900", "东莞市", {"东莞市人民政府", "石碣镇人民政府"}),
        ("650104", "新市区", {"新市区人民政府"}),
    ],
)
def test_a_starter_folder_lacks_only_its_ground_and_its_people(code: str, name: str, bodies: set[str]) -> None:
    files = folder(code)
    report = checked(files).report
    assert {one.code for one in report.findings if one.level == "error"} == {"ground.missing"}
    assert {one.code for one in report.findings} == {"ground.missing", "role.missing", "unit.without-account"}
    assert f'name = "{name}"' in files["city.toml"]
    named = {line.split(",")[1] for line in files["organisations.csv"].splitlines()}
    assert bodies <= named


def test_with_outlines_it_is_ready_to_be_founded() -> None:
    files = folder("330782", starter_ground({"330782": shapely.box(119.8, 29.1, 120.2, 29.5)}))
    city = checked(files).city
    assert city is not None
    assert city.generated is not None
    assert (city.code, city.effective, city.source) == ("330782", TODAY, f"{SOURCE}；某处")
    assert [one.username for one in city.people] == ["admin"]


def test_the_folder_says_which_divisions_to_look_at_first() -> None:
    assert "古荡街道（330106007）" in folder("330100")["README.md"]
    assert "核对的区划" not in folder("330782")["README.md"]
    for code in ("330100", "330782"):
        assert all("$" not in text for text in folder(code).values())
