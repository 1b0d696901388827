from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from gezhi.plumbing.limits.heavy import SettingBusy, setting_slot
from gezhi.plumbing.paper.setting import set_paper
from gezhi.plumbing.postgres.acting import act_for, for_nobody_yet
from gezhi.plumbing.sheets import Column, answer_sheet


def paper(folder: Path) -> Any:
    template = folder / "sheet.typ"
    template.write_text('#json("data.json").words', encoding="utf-8")
    return set_paper(template, {"words": "abc"})


def sheet(_: Path) -> Any:
    return answer_sheet("台账", (Column("编号", 9, lambda row: row),), ["1"], now=0, asked_by="")


def held_by(user_id: int, until: Event) -> Thread:
    """Somebody else, in a thread of their own, at work on a long sheet."""
    begun = Event()

    def hold() -> None:
        with for_nobody_yet():
            act_for(user_id, 1)
            with setting_slot():
                begun.set()
                until.wait(30)

    thread = Thread(target=hold)
    thread.start()
    assert begun.wait(30)
    return thread


@pytest.mark.parametrize("make", [paper, sheet])
def test_who_has_one_in_the_making_or_comes_when_all_are_taken_is_refused_at_once(
    make: Callable[[Path], Any], tmp_path: Path
) -> None:
    done = Event()
    with for_nobody_yet():
        act_for(7, 1)
        others = [held_by(7, done)]
        try:
            with pytest.raises(SettingBusy) as refusal:
                make(tmp_path)
            assert (refusal.value.status, refusal.value.retry_after_s) == (429, 3)
            act_for(8, 1)
            assert make(tmp_path)
            others.append(held_by(9, done))
            with pytest.raises(SettingBusy):
                make(tmp_path)
        finally:
            done.set()
            for other in others:
                other.join()
        assert make(tmp_path)
