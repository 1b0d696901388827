from __future__ import annotations

from gezhi.simulation.rules.paths import PATHS, count_paths


def test_every_path_is_listed_once_even_where_nobody_took_it() -> None:
    counts = count_paths({"late": 3}, 60)
    assert [one.path for one in counts] == [path.word for path in PATHS]
    assert len({path.word for path in PATHS}) == len(PATHS)
    assert [(one.cases, one.share) for one in counts if one.path == "late"] == [(3, 0.05)]


def test_no_case_at_all_is_no_share() -> None:
    assert {one.share for one in count_paths({}, 0)} == {0.0}
