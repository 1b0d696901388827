from __future__ import annotations

from typing import Any

import pytest

from gezhi.people.rules.care.wording import Line, lines_of
from tests.people.rules.care.planned import TODAY, city, plan
from tests.people.rules.care.test_bodies import changed, changed_post
from tests.people.rules.care.test_people import ended, put_out, took_up

ROLE = ("海城市监督中心 受理岗", "受理岗, Haicheng supervision centre")


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (ended("an"), Line(("账号最后一天", "Last day of the account"), ("长期", "open"), ("2026-03-02",) * 2)),
        (
            put_out("an", "accept"),
            Line((f"安然 {ROLE[0]}：最后一天", f"安然, {ROLE[1]}: Last day"), ("长期", "open"), ("2026-03-02",) * 2),
        ),
        (
            changed("jd-east", parent_id=city().organisation_ids["zh"]),
            Line(
                ("上级机构", "Body above"), ("海城市监督中心", "Haicheng supervision centre"), ("海城市指挥中心",) * 2
            ),
        ),
        (changed_post("crew", establishment=3), Line(("编制", "Establishment"), ("—", "—"), ("3", "3"))),
    ],
)
def test_a_change_is_told_with_what_stood_there_and_what_will(act: Any, line: Line) -> None:
    assert lines_of(city(), plan(act).rows) == [line]


def test_whoever_is_taken_up_is_named_though_they_are_not_there_yet() -> None:
    told = lines_of(city(), plan(took_up()).rows)
    assert [line.after[0] for line in told] == ["xin", "辛苦", "中文", str(TODAY), str(TODAY)]
    assert told[-1].label[0] == "辛苦 市政养护队 处置岗：生效日"
