"""数据导入: a table with two wrong rows is sent, corrected, imported; the person is found among the organisations."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from gezhi.kernel.permissions import Role
from gezhi.plumbing.versions import CHECK_EVERY_S
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn

HEADS = "工号,姓名,岗位编码,手机号"
POST = """
import json
from gezhi.assembly.command_line import with_database

@with_database
def find():
    from gezhi.kernel.permissions import Role
    from gezhi.people.queries import held_directory

    post = next(one for one in held_directory().posts.values() if one.role is Role.ACCEPTOR)
    print(json.dumps([post.code, post.organisation_id]))

find()
"""
GRIDS = """
import json
from gezhi.assembly.command_line import with_database

@with_database
def show():
    import shapely
    from gezhi.people.queries import day_of
    from gezhi.plumbing.clock import system_clock
    from gezhi.regions.queries import grids_of_communities, held_regions

    community = max(code for code in held_regions() if len(code) == 12)
    grids = grids_of_communities([community], on=day_of(system_clock()))
    one = min(grids)
    rest = (code for code in grids if code != one)
    other = next(code for code in rest if shapely.union(grids[one], grids[code]).geom_type == "Polygon")
    shapes = {code: shape for code, shape in grids.items() if code not in (one, other)}
    shapes[f"{community}900"] = shapely.union(grids[one], grids[other])
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": json.loads(shapely.to_geojson(shape))}
        for code, shape in shapes.items()
    ]
    print(json.dumps({"type": "FeatureCollection", "features": features}))

show()
"""


def send(page: Page, name: str, *lines: str) -> None:
    page.goto("/desk/imports")
    expect(page.get_by_role("link", name="下载模板")).to_have_attribute("href", "/api/v1/imports/templates/people.xlsx")
    table = "\n".join((HEADS, *lines)).encode("gb18030")
    page.get_by_label("选择文件").last.set_input_files({"name": name, "mimeType": "text/csv", "buffer": table})
    expect(page.get_by_role("heading", name=name)).to_contain_text("待检查")
    page.get_by_role("button", name="检查").click()


def test_a_table_with_wrong_rows_is_corrected_and_imported_and_the_person_is_there(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    code, body = json.loads(live_city.run(POST))
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    send(page, "新进人员.csv", f"hejing,,{code},13900000031", "luyao,陆遥,no-such-post,")
    result = page.get_by_role("region", name="检查结果")
    expect(result.locator("li.row")).to_have_count(2)
    expect(result.locator("li.row").first).to_contain_text("姓名 未填写")
    expect(result.locator("li.row").last).to_contain_text("第 3 行")
    expect(page.get_by_role("button", name="导入", exact=True)).to_have_count(0)
    send(page, "新进人员（改）.csv", f"hejing,何静,{code},13900000031", f"luyao,陆遥,{code},")
    difference = page.get_by_role("region", name="与现有登记的差异")
    expect(difference.locator("li.row")).to_have_count(2)
    expect(difference.locator("li.row").first).to_contain_text("何静")
    page.get_by_role("button", name="导入", exact=True).click()
    page.reload()
    expect(page.get_by_role("heading", name="新进人员（改）.csv")).to_contain_text("已导入")
    page.get_by_role("link", name="← 数据导入").click()
    expect(page.get_by_role("list", name="导入记录").get_by_role("listitem")).to_have_count(2)
    page.wait_for_timeout(int(CHECK_EVERY_S * 1_000) + 500)  # every process reads the directory anew by then
    page.goto(f"/desk/people?body={body}")
    expect(page.get_by_role("main")).to_contain_text("何静")


def test_grids_of_a_community_are_compared_on_the_map_and_taken_over_by_a_second_person(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    file = live_city.run(GRIDS).encode()
    page = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    page.goto("/desk/imports")
    page.get_by_label("导入内容").click(force=True)
    page.get_by_role("option", name="单元网格").click()
    page.get_by_label("选择文件").last.set_input_files(
        {"name": "网格.geojson", "mimeType": "application/geo+json", "buffer": file}
    )
    expect(page.get_by_role("heading", name="网格.geojson")).to_contain_text("待检查")
    page.get_by_role("button", name="检查").click()
    difference = page.get_by_role("region", name="与现有登记的差异")
    expect(difference.locator("li.row")).to_have_count(3)
    expect(page.get_by_role("region", name="差异地图").locator("canvas")).to_be_visible()
    leader = sign_in(live_city.somebody(Role.LEADER))
    leader.goto(page.url)
    leader.get_by_role("button", name="导入", exact=True).click()
    expect(leader.get_by_role("heading", name="网格.geojson")).to_contain_text("已导入")
