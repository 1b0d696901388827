"""What a story may ask for: the living city and a browser that is signed in as somebody of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    StorageState,
    expect,
    sync_playwright,
)

from gezhi.assembly.faces import DESK
from tests.guards.source import ROOT
from tests.stories.browser import FLAGS, find_browser
from tests.stories.city import Account, LiveCity, living_city
from tests.stories.pages.sign_in import SignInPage

PICTURES = ROOT / "test-output" / "stories"
DESK_SIZE = {"width": 1440, "height": 900}
PHONE_SIZE = {"width": 390, "height": 844}
PATIENCE_MS = 60_000


def tell_error(message: ConsoleMessage) -> None:
    if message.type == "error":
        sys.stderr.write(f"{message.location['url']}: {message.text}\n")


def tell_crash(error: Error) -> None:
    sys.stderr.write(f"{error}\n")


SignIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.story)


@pytest.fixture(scope="session")
def live_city() -> Iterator[LiveCity]:
    """The invented city with nothing reported yet, served as an administrator serves it."""
    if not (DESK / "index.html").is_file():
        pytest.fail("The desk is not built: run `make test`, or `npm ci && npm run build` in web/.", pytrace=False)
    with living_city("yunting") as city:
        yield city


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ends with its module: while it is there a loop runs in this process, and other tests can run none of theirs."""
    found = find_browser()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=found.executable, args=FLAGS, env={**os.environ, **found.environment}
        )
        expect.set_options(timeout=PATIENCE_MS)
        yield running
        running.close()


@pytest.fixture
def new_context(browser: Browser, live_city: LiveCity, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a page in a session of its own; pages of a failed test leave their picture in test-output/stories."""
    contexts: list[BrowserContext] = []
    crashes: list[str] = []

    def note_crash(response: Response) -> None:
        if response.status >= 500:
            crashes.append(f"{response.request.method} {response.url}: {response.status}")

    def open_page(size: dict[str, int] = DESK_SIZE, *, left: StorageState | None = None) -> Page:
        context = browser.new_context(
            base_url=live_city.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": size["width"], "height": size["height"]},
            reduced_motion="reduce",  # every frame is drawn by the processor
            storage_state=left,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", tell_error)
        page.on("pageerror", tell_crash)
        page.on("response", note_crash)
        page.set_default_timeout(PATIENCE_MS)
        return page

    failed_before = request.session.testsfailed
    yield open_page
    for number, context in enumerate(contexts):
        if request.session.testsfailed > failed_before:
            for page in context.pages:
                page.screenshot(path=PICTURES / f"{request.node.name}-{number}.png")
        context.close()
    assert crashes == []


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """What the browser of each who has signed in by the form keeps of it."""
    return {}


@pytest.fixture
def sign_in(new_context: Callable[..., Page], sessions: dict[str, StorageState]) -> SignIn:
    """A page on the workbench of somebody of the city, who signs in once and is known from then on."""

    def enter(account: Account, size: dict[str, int] = DESK_SIZE) -> Page:
        page = new_context(size, left=sessions.get(account.username))
        if account.username in sessions:
            page.goto("/desk/")
        else:
            SignInPage(page).open().enter(account.username, account.password)
            sessions[account.username] = page.context.storage_state()
        return page

    return enter
