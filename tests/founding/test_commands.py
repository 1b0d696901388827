from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner, Result

from gezhi.founding.actions import Founded
from gezhi.founding.gateways import FolderTooLarge, read_folder
from gezhi.founding.queries import read_city_divisions, read_templates
from gezhi.founding.rules.starter import starter_folder
from gezhi.founding.rules.starter_ground import starter_ground
from gezhi.people.models import Organisation
from gezhi.people.queries import day_of
from gezhi.plumbing.clock import system_clock
from tests.assembly.test_serve import Installation
from tests.founding.folders import TODAY, YIWU, clean, spoilt
from tests.plumbing.processes import ROOT, remove_home


def run(folder: Path, *words: str, language: str = "zh") -> Result:
    from gezhi.founding.commands import found

    return CliRunner(env={"GEZHI_LANGUAGE": language}).invoke(found, [str(folder), *words])


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, raw in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


@pytest.mark.django_db
def test_a_folder_is_founded_and_the_password_is_shown_once(tmp_path: Path) -> None:
    first = run(YIWU, "--json")
    told = json.loads(first.stdout)
    assert (first.exit_code, told["founded"], told["errors"], told["city"]["name"]) == (0, True, 0, "义乌市")
    assert told["counts"] == {
        "divisions": 8,
        "grids": 12,
        "organisations": 8,
        "posts": 12,
        "people": 11,
        "duties": 6,
        "calendars": 1,
    }
    password = told["administrator"]["password"]
    assert (told["administrator"]["administrator"], len(password)) == ("hezhen", 16)

    again = run(YIWU)
    assert again.exit_code == 0
    assert "与登记数据相同，没有要改的。" in again.stdout
    assert password not in again.stdout


@pytest.mark.django_db
def test_a_check_writes_nothing_and_speaks_the_language_of_the_terminal() -> None:
    chinese, english = run(YIWU, "--check"), run(YIWU, "--check", language="en")
    assert (chinese.exit_code, english.exit_code) == (0, 0)
    assert "错误 0 处，提醒 0 处" in chinese.stdout
    assert "0 errors, 0 warnings" in english.stdout
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_grids_that_will_be_generated_are_not_told_as_none(tmp_path: Path) -> None:
    ground = starter_ground({"330782": shapely.box(119.8, 29.1, 120.2, 29.5)})
    files = starter_folder(read_city_divisions("330782"), read_templates(), on=TODAY, ground=ground, source="某处")
    told = run(laid(tmp_path, {name: text.encode() for name, text in files.items()}), "--check").stdout
    assert "文件夹中没有单元网格：按区县边界自动划分，标为模拟生成" in told.splitlines()


@pytest.mark.django_db
def test_one_wrong_row_is_told_by_file_and_row_and_nothing_is_entered(tmp_path: Path) -> None:
    result = run(laid(tmp_path, spoilt("duties.csv", "sanitation", "lvhua2")))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        (
            "duties.csv:4 [unit] 错误: “lvhua2”不在 organisations.csv 中；"
            "在 organisations.csv 中补上，或改正此处 (reference.missing)"
        ),
        "错误 1 处，提醒 0 处（其中 0 处未逐条列出）",
        "未写入任何数据，请先改正错误。",
    ]
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_warning_keeps_no_city_from_being_founded(tmp_path: Path) -> None:
    result = run(laid(tmp_path, spoilt("people.csv", "冯宇,choucheng", "冯宇,")), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["founded"], told["warnings"]) == (0, True, 2)


@pytest.mark.django_db
def test_a_long_list_says_how_much_of_it_is_left_out(tmp_path: Path) -> None:
    people = clean()["people.csv"] + b"".join(b"p%d,%d,nowhere,,,,\n" % (one, one) for one in range(1_200))
    result = run(laid(tmp_path, clean() | {"people.csv": people}), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["errors"], told["left_out"], len(told["findings"])) == (1, 1_200, 200, 1_000)


def test_a_folder_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "people.csv").open("wb") as file:
        file.truncate(500_000_001)
    with pytest.raises(FolderTooLarge):
        read_folder(tmp_path)


def test_hidden_files_and_those_that_a_spreadsheet_leaves_open_are_no_part_of_a_folder(tmp_path: Path) -> None:
    laid(tmp_path, {"people.csv": b"1", ".DS_Store": b"2", "~$people.csv": b"3", "ground/grids.geojson": b"4"})
    (tmp_path / "old").mkdir()
    assert read_folder(tmp_path) == {"people.csv": b"1", "ground/grids.geojson": b"4"}


@pytest.fixture
def place() -> Iterator[Installation]:
    installation = Installation()
    yield installation
    remove_home(installation.home)


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_nothing_and_the_next_one_founds_the_city(place: Installation) -> None:
    assert place.run("migrate").returncode == 0
    killer = (
        "import os, signal\n"
        "from gezhi.assembly import command_line\n"
        "command_line.set_up_django()\n"
        "from gezhi.founding.actions import founding\n"
        "founding.install_area_levels = lambda rows: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"command_line.gezhi(['found', {str(YIWU)!r}])\n"
    )
    environment = {**os.environ, **place.environment}
    killed = subprocess.run([sys.executable, "-c", killer], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr[-2000:]

    done = place.run("found", str(YIWU), "--json")
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["founded"] is True
    accounts = json.loads(place.run("accounts", "--json").stdout)
    assert len(accounts) == 11
    verified = place.run("verify", "--json")
    assert (verified.returncode, json.loads(verified.stdout)["differences"]) == (0, 0)


@pytest.mark.django_db
def test_a_city_of_another_province_is_founded_from_its_starter_folder(tmp_path: Path) -> None:
    """滨江区 of Hangzhou, which is small: its outline comes from the package of the demo."""
    begun = run(tmp_path / "city", "--starter", "--code", "330108", "--json")
    assert begun.exit_code == 0, begun.output
    told = json.loads(begun.stdout)
    assert (told["name"], told["outlines"]) == ("滨江区", 1)
    founded = json.loads(run(tmp_path / "city", "--json").stdout)
    assert (founded["founded"], founded["errors"]) == (True, 0)
    assert founded["administrator"]["administrator"] == "admin"


def test_a_starter_folder_takes_the_place_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    refused = run(tmp_path, "--starter", "--code", "620200")
    assert "已有文件" in str(refused.exception)
    assert [one.name for one in tmp_path.iterdir()] == ["kept.txt"]


@pytest.mark.parametrize("words", [("--starter",), ("--code", "620200"), ("--check", "--code", "620200")])
def test_starter_and_code_go_together(tmp_path: Path, words: tuple[str, ...]) -> None:
    refused = run(tmp_path, *words)
    assert refused.exit_code == 2
    assert "--starter" in refused.output


def test_a_changed_folder_is_shown_by_a_check_and_applied_without_it(yiwu: Founded, tmp_path: Path) -> None:
    folder = laid(tmp_path, spoilt("duties.csv", ",sanitation,", ",enforcement,"))
    day = day_of(system_clock())
    shown = run(folder, "--check")
    assert shown.exit_code == 2
    assert "责任清单：新增 0，变更 3，终止 0，相同 3，保留 0，待定 0，系统另有 0" in shown.stdout
    assert f"  ~ 2026/matter/06010/ 自 {day}: unit sanitation → enforcement (duties.csv:4)" in shown.stdout
    assert run(folder, "--check", language="en").exit_code == 2
    done = json.loads(run(folder, "--json").stdout)
    assert (done["applied"], done["errors"], done["kinds"]["duties"]["changes"]) == (True, 0, 3)
    assert done["kinds"]["duties"]["rows"][0]["cells"][0] == {
        "column": "unit",
        "old": "sanitation",
        "new": "enforcement",
    }
    again = run(folder, "--check")
    assert (again.exit_code, "与登记数据相同，没有要改的。" in again.stdout) == (0, True)


def test_what_a_folder_does_not_apply_again_is_told(yiwu: Founded, tmp_path: Path) -> None:
    told = json.loads(run(laid(tmp_path, spoilt("divisions.csv", "柳青社区", "柳青新村")), "--check", "--json").stdout)
    assert [(one["code"], one["file"]) for one in told["findings"]] == [("file.not-applied", "divisions.csv")]
    wrong = run(
        laid(tmp_path, spoilt("city.toml", "source =", 'complete = ["holidays"]\nsource =')), "--check", "--json"
    )
    assert (wrong.exit_code, json.loads(wrong.stdout)["totals"]) == (1, {"complete.unknown": 1})


def test_one_table_is_imported_whole_or_not_at_all(yiwu: Founded, tmp_path: Path) -> None:
    from gezhi.founding.commands import import_file

    def given(text: str, *words: str) -> Result:
        (tmp_path / "levels.csv").write_text(text, "gb18030")
        return CliRunner().invoke(import_file, ["area_levels", str(tmp_path / "levels.csv"), "--json", *words])

    wrong = given("area,level\n330782001,C\n330799,A\n")
    told = json.loads(wrong.stdout)
    assert (wrong.exit_code, told["applied"], told["totals"]) == (1, False, {"reference.missing": 1})
    assert given("area,level\n330782001,C\n", "--check").exit_code == 2
    done = given("area,level\n330782001,C\n", "--on", "2099-01-01")
    assert (done.exit_code, json.loads(done.stdout)["kinds"]["area_levels"]["changes"]) == (0, 1)
    assert given("area,level\n330782001,C\n", "--check").exit_code == 0
