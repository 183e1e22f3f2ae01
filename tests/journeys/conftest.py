"""A real browser against the real demo. Nothing here needs the tests' own database.

The demo's data folder is kept between runs: each journey leaves it so that the next run passes too.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.journeys.person import EVERY_WAY, Become, How, Person, step_in
from tests.journeys.site import OUTPUT, Site

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def database() -> None:
    """The site brings its own; the suite's test database stays off."""


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        said = "No chromium on this machine. Install the distribution's package `chromium` to run the journeys."
        pytest.fail(said) if os.environ.get("CI") == "true" else pytest.skip(said)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def become(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Become]:
    """Step into somebody's shoes: `become("leader", How("nn", 360))`. The browser must not complain meanwhile."""
    contexts: list[BrowserContext] = []
    people: list[Person] = []

    def become(key: str, how: How | None = None) -> Person:
        how = how or How()
        height = 740 if how.width < 600 else 900
        context = browser.new_context(
            viewport={"width": how.width, "height": height},
            java_script_enabled=how.javascript,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        people.append(step_in(context, site.address, key, how))
        return people[-1]

    yield become
    if getattr(request.node, "failed", False):
        for number, person in enumerate(people):
            if not person.page.is_closed():
                person.page.screenshot(path=OUTPUT / f"{request.node.name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert [fault for person in people for fault in person.faults] == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that the test failed, so that what it saw is kept as a picture."""
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report


@pytest.fixture(params=EVERY_WAY, ids=str)
def how(request: pytest.FixtureRequest) -> How:
    """Both languages, both widths, with and without JavaScript."""
    chosen: How = request.param
    return chosen
