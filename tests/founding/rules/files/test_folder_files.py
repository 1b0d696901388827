from __future__ import annotations

import pytest

from gezhi.founding.rules.files.folder_files import find_form, forms_of
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.contents import Sheet
from gezhi.kernel.problems import NotFound


def test_a_table_may_be_one_of_excel_and_settings_have_one_form() -> None:
    assert forms_of("people.csv") == ("people.csv", "people.xlsx", "people.xls")
    assert forms_of("city.toml") == ("city.toml",)


def test_what_is_found_in_another_form_is_called_by_its_name_from_then_on() -> None:
    findings, sheet = Findings(), Sheet([])
    assert find_form("people.csv", {"people.xls": sheet}, findings) is sheet
    findings.add("cell.missing", "people.csv", row=2, column="name")
    assert [one.file for one in findings.report().findings] == ["people.xls"]
    assert find_form("posts.csv", {"people.xls": sheet}, findings) is None


@pytest.mark.parametrize(("other", "told"), [("people.xls", 1), ("people.xlsx", 1), ("posts.xlsx", 0)])
def test_two_forms_of_one_table_are_told_once(other: str, told: int) -> None:
    findings = Findings()
    assert find_form("people.csv", {other: Sheet([]), "people.csv": b"a"}, findings) == b"a"
    assert findings.totals["file.twice"] == told


def test_why_a_file_cannot_be_read_is_told_in_both_languages() -> None:
    findings = Findings()
    find_form("people.csv", {"people.xlsx": NotFound()}, findings)
    (one,) = findings.report().findings
    assert (one.code, one.file, one.says["en"]) == ("file.unreadable", "people.xlsx", NotFound.title_en.rstrip("."))
