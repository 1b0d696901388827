"""A table comes in: what is wrong is named, nothing is entered before all of it is right, then all is."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from gezhi.people.models import User
from gezhi.people.queries import held_directory
from tests.imports.conftest import Office

HEADS = "工号,姓名,岗位编码,手机号,备注"
GOOD = f"{HEADS}\nxiaolin,肖琳,acceptor,13900000021,新入职\n\nguofei,郭飞,beat-1、beat-2,,\n"
BAD = f"{HEADS}\nxiaolin,,acceptor,,\nguofei,郭飞,beat-9,,\nxiaolin,肖琳,acceptor,,\n"


def test_columns_are_known_by_the_words_of_the_field_and_what_is_none_is_left_out(office: Office) -> None:
    run = office.brought("people", GOOD.encode("gb18030"))
    assert [head["column"] for head in run["heads"]] == ["username", "name", "posts", "phone", ""]
    assert (run["state"], run["deeds"], run["made_by"]) == ("taken", ["check"], "何真")


def test_findings_name_row_column_value_and_cure_in_the_words_of_the_file_and_nothing_is_entered(
    office: Office,
) -> None:
    before = User.objects.count()
    run = office.check(office.brought("people", BAD))
    assert (run["state"], run["counts"]["errors"], run["deeds"]) == ("checked", 3, ["check"])
    found = office.of(run, "findings")
    assert [(one["row"], one["column"], one["value"], one["code"]) for one in found] == [
        (2, "姓名", "", "cell.missing"),
        (3, "岗位编码", "beat-9", "reference.missing"),
        (4, "工号", "xiaolin", "key.twice"),
    ]
    assert (found[1]["says"]["zh"], found[1]["cure"]["zh"]) == ("“beat-9”不在 岗位 中", "在 岗位 中补上，或改正此处")
    refused = office.api.call("POST", f"/imports/{run['id']}/apply")
    assert (refused.status_code, refused.json()["code"]) == (409, "imports.run.has-errors")
    assert User.objects.count() == before


def test_a_good_table_shows_what_it_changes_and_is_entered_once(office: Office) -> None:
    run = office.check(office.brought("people", GOOD))
    assert run["counts"] == {
        "rows": 2, "errors": 0, "warnings": 0, "new": 2, "changed": 0, "ended": 0, "unchanged": 0,
    }  # fmt: skip
    first = office.of(run, "changes")[0]
    assert (first["act"], first["row"], first["key"]) == ("add", 2, "xiaolin")
    assert {cell["column"]["zh"]: cell["new"] for cell in first["cells"]}["姓名"] == "肖琳"
    done = office.apply(run)
    assert (done["state"], done["applied_by"], done["failure"]) == ("done", "何真", None)
    directory = held_directory()
    assert directory.users[directory.user_ids["guofei"]].name == "郭飞"
    assert office.api.call("POST", f"/imports/{run['id']}/apply").json()["state"] == "done"
    again = office.check(office.brought("people", GOOD))
    assert (again["counts"]["new"], again["counts"]["unchanged"]) == (0, 2)
    assert office.api.call("POST", f"/imports/{again['id']}/apply").json()["code"] == "imports.run.nothing-to-change"


def test_what_somebody_corrected_is_kept_for_the_next_file(office: Office) -> None:
    table = "人员代号,姓名\nxiaolin,肖琳\n"
    run = office.brought("people", table)
    assert [head["column"] for head in run["heads"]] == ["", "name"]
    body = {"columns": ["", "name"], "effective": run["effective"]}
    refused = office.api.call("POST", f"/imports/{run['id']}/check", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "imports.heads.unclear")
    office.check(run, "username", "name")
    assert [head["column"] for head in office.brought("people", table)["heads"]] == ["username", "name"]


@pytest.mark.parametrize("kind", ["organisations", "posts", "people", "officers", "duties", "area_levels", "holidays"])
def test_what_stands_goes_out_and_comes_in_again_without_a_difference(office: Office, kind: str) -> None:
    run = office.check(office.brought(kind, content_of(office.api.get(f"/api/v1/imports/exports/{kind}.xlsx"))))
    assert run["counts"]["rows"] > 0
    assert [one["says"]["zh"] for one in office.of(run, "findings") if one["level"] == "error"] == []
    assert {name: run["counts"][name] for name in ("new", "changed", "ended")} == {"new": 0, "changed": 0, "ended": 0}


def test_the_rows_go_out_with_what_was_found_beside_them(office: Office) -> None:
    run = office.check(office.brought("people", BAD))
    sheet = content_of(office.api.get(f"/api/v1/imports/{run['id']}/findings.xlsx"))
    rows = list(load_workbook(BytesIO(sheet)).active.values)
    assert rows[2][:4] == ("行号", "检查结果", "工号", "姓名")
    assert rows[3][0] == 2
    assert "姓名 未填写" in rows[3][1]


def test_a_template_has_the_heads_that_an_import_knows(office: Office) -> None:
    run = office.brought("posts", content_of(office.api.get("/api/v1/imports/templates/posts.xlsx")))
    assert "" not in [head["column"] for head in run["heads"]]


def content_of(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)
