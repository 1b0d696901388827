"""What is signed stands on a page of its own, and the proof of one case is taken away and verified elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from tests.independent import verify_proof
from tests.stories.city import LiveCity
from tests.stories.conftest import PHONE_SIZE, SignIn
from tests.stories.led_cases import lead_case
from tests.stories.pages.case_page import CasePage

REGION = "990101001"
SIGN_NOW = """
from gezhi.assembly.command_line import with_database

@with_database
def sign_now():
    from django.conf import settings
    from gezhi.plumbing.clock import system_clock
    from gezhi.proof.actions import keep_up
    from gezhi.proof.gateways.signer_socket import SocketSigner

    keep_up(SocketSigner(settings.GEZHI_SIGNER_SOCKET), every_s=0, clock=system_clock)

sign_now()
"""


def test_the_page_says_what_is_signed_by_which_key_and_the_proof_of_a_case_verifies_by_it(
    sign_in: SignIn, live_city: LiveCity, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = lead_case(live_city, Status.HANDLING, region=REGION)
    live_city.run(SIGN_NOW)

    keeper = sign_in(live_city.somebody(Role.ADMINISTRATOR))
    keeper.goto("/desk/proof")
    main = keeper.get_by_role("main")
    expect(main.get_by_role("heading", name="存证情况")).to_be_visible()
    expect(main.get_by_role("status").filter(has_text="已签名覆盖到")).to_contain_text("按时签名")
    expect(main).to_contain_text("没有设置第二处")
    key = main.get_by_text(re.compile(r"^[\w-]+/1\+[0-9a-f]{8}\+")).first.inner_text().strip()

    page = CasePage(sign_in(live_city.somebody(Role.SUPERVISOR))).open(case.id)
    with page.page.expect_download() as download:
        page.history.get_by_role("button", name="存证凭证").click()
    assert download.value.suggested_filename == f"存证凭证-{case.no}.tlog-proof"
    file = tmp_path / "one.tlog-proof"
    download.value.save_as(file)
    assert verify_proof.main([str(file), "--key", key]) == 0
    assert capsys.readouterr().out.startswith(f"case {case.id} had entry ")


def test_before_the_first_signature_the_button_says_when_to_come_again(sign_in: SignIn, live_city: LiveCity) -> None:
    live_city.run(SIGN_NOW)  # the next batch is minutes away
    case = lead_case(live_city, Status.REPORTED, region=REGION)
    page = CasePage(sign_in(live_city.somebody(Role.SUPERVISOR), PHONE_SIZE)).open(case.id)
    page.history.get_by_role("button", name="存证凭证").click()
    expect(page.history.get_by_role("alert")).to_contain_text("案件尚未存证")
