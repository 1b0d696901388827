"""The server's clock errs: everybody hears of it at the desk, and who may release it finds the door."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from gezhi.kernel.permissions import Role
from tests.stories.city import LiveCity
from tests.stories.conftest import SignIn

PUT_BACK = """
import time
from datetime import timedelta
from django.utils.timezone import now
from gezhi.plumbing.models import ClockState

until = time.monotonic() + 60
while not ClockState.objects.filter(stopped_at__isnull=False).exists():
    assert time.monotonic() < until, "nobody stopped the clocks"
    ClockState.objects.update(good_at=now() + timedelta(hours=2))  # as if it had been two hours later before
    time.sleep(2)
"""


def test_stopped_clocks_are_told_to_everybody_and_released_by_an_administrator(
    sign_in: SignIn, live_city: LiveCity
) -> None:
    live_city.run(PUT_BACK)
    officer = sign_in(live_city.somebody(Role.DUTY_OFFICER))
    told = officer.get_by_role("status").filter(has_text="等系统管理员核对服务器时间")
    expect(told).to_contain_text(re.compile(r"\d\d:\d\d 起"))
    expect(officer.get_by_role("button", name="核对后放行")).to_have_count(0)

    administrator = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    alarm = administrator.get_by_role("alert").filter(has_text="按时钟办理的工作已停止")
    expect(alarm).to_contain_text("时钟被调慢")
    alarm.get_by_role("button", name="核对后放行").click()
    dialog = administrator.get_by_role("dialog", name="核对后放行")
    expect(dialog).to_contain_text("停止于")
    dialog.get_by_label("核对情况").fill("已与国家授时中心核对，服务器时间正确")
    dialog.get_by_role("button", name="时间正确，放行").click()
    expect(alarm).to_have_count(0)
    officer.reload()
    expect(officer.get_by_role("navigation").first).to_be_visible()
    expect(told).to_have_count(0)
