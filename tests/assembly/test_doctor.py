from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gezhi.assembly.doctor import look_at_backups, look_at_faces, look_at_home, look_at_settings
from gezhi.assembly.environment import Environment
from gezhi.plumbing.health.findings import Finding, Health

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text("signs sessions")
    (tmp_path / "secret").chmod(0o600)
    return tmp_path


def standings(found: dict[str, Finding]) -> dict[str, Health]:
    return {name: one.standing for name, one in found.items()}


def test_a_home_in_order_has_nothing_wrong(home: Path) -> None:
    assert standings(dict(look_at_home(home))) == {"home": Health.OK, "keys": Health.OK}


def test_a_home_that_is_not_there_is_told_with_the_setting_that_names_it(tmp_path: Path) -> None:
    found = dict(look_at_home(tmp_path / "nowhere"))
    assert standings(found) == {"home": Health.FAILED}
    assert "GEZHI_HOME" in found["home"].zh
    assert not (tmp_path / "nowhere").exists()


def test_a_key_that_others_may_read_is_told_with_what_to_run(home: Path) -> None:
    (home / "secret").chmod(0o644)
    found = dict(look_at_home(home))
    assert found["keys"].standing is Health.FAILED
    assert "chmod 600" in found["keys"].zh


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"demo": True}, {}),
        ({"debug": True, "demo": True}, {"debug": Health.FAILED}),
        ({"demo": True, "hosts": ["cg.example.gov.cn"], "https": True}, {"demo": Health.FAILED}),
        ({"hosts": ["cg.example.gov.cn"]}, {"https": Health.WARNING, "texts": Health.WARNING}),
        ({"hosts": ["cg.example.gov.cn"], "https": True}, {"texts": Health.WARNING}),
    ],
)
def test_settings_that_no_real_city_should_leave_are_told(settings: dict[str, object], told: dict[str, Health]) -> None:
    assert standings(dict(look_at_settings(Environment(**settings)))) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("taken_at", "there", "standing"),
    [
        ("2026-11-29T20:00:00+00:00", True, Health.OK),
        ("2026-11-29T20:00:00+00:00", False, Health.WARNING),
        ("2026-11-27T07:00:00+00:00", True, Health.WARNING),
    ],
)
def test_a_backup_is_good_while_it_is_young_and_there(
    home: Path, tmp_path: Path, taken_at: str, *, there: bool, standing: Health
) -> None:
    folder = tmp_path if there else tmp_path / "gone"
    (home / "last-backup.json").write_text(json.dumps({"taken_at": taken_at, "backup": str(folder)}))
    assert look_at_backups(home, NOW).standing is standing


def test_a_home_that_was_never_backed_up_is_told(home: Path) -> None:
    assert "gezhi backup" in look_at_backups(home, NOW).zh


def test_pages_that_are_not_built_are_told(tmp_path: Path) -> None:
    assert look_at_faces(tmp_path).standing is Health.FAILED
