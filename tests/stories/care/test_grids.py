"""网格调整: the administrator splits a grid on the map from tomorrow on, sees what comes of it, and takes it back."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn


def largest_grid(page: Page) -> dict[str, Any]:
    box = page.request.get("/api/v1/map/extent").json()["bbox"]
    window = ",".join(str(value) for value in box)
    features = page.request.get(f"/api/v1/map/layers/grids?bbox={window}&zoom=16").json()["features"]
    largest: dict[str, Any] = max((one["properties"] for one in features), key=lambda told: told["area_m2"])
    return largest


def test_an_administrator_splits_a_grid_and_withdraws_it(sign_in: SignIn, live_city: LiveCity) -> None:
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/grids")
    expect(page.get_by_text("还没有拆分、合并过网格。")).to_be_visible()
    grid = largest_grid(page)
    page.get_by_label("网格编码").fill("12")
    page.get_by_role("button", name="定位").click()
    expect(page.get_by_role("alert").filter(has_text="应为 15 位")).to_be_visible()
    page.get_by_label("网格编码").fill(grid["code"])
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{grid['area_m2']:,} 平方米")).to_be_visible()
    page.get_by_role("button", name="画切割线").click()
    region = page.get_by_role("region", name="单元网格地图")
    box = region.bounding_box()
    assert box is not None
    for share in (0.02, 0.98):
        region.click(position={"x": box["width"] * share, "y": box["height"] / 2})
    expect(page.get_by_text(re.compile("将成为 2 个新网格"))).to_be_visible()
    page.get_by_role("button", name="保存变更").click()
    expect(page.get_by_role("alert").filter(has_text="理由").first).to_be_visible()
    page.get_by_label("理由").fill("新建道路穿过")
    page.keyboard.press("Enter")
    change = page.get_by_role("listitem").filter(has_text="新建道路穿过")
    expect(change).to_contain_text(re.compile(f"拆分.*{grid['code']}"))
    change.get_by_role("button", name="撤销变更").click()
    page.get_by_label("撤销的理由").fill("划错了")
    page.keyboard.press("Enter")
    expect(change).to_contain_text(re.compile("已撤销.*划错了"))
