"""kill -9 of the web server, the worker and PostgreSQL: what was answered as done is done."""

from __future__ import annotations

import os
import signal
import time
import uuid

from playwright.sync_api import Error, Page

from tests.journeys.person import Become, Person
from tests.journeys.site import Site
from tests.journeys.test_office import call_off, plan_course

LONGEST = 60  # seconds until the site answers again
PATIENCE = 240  # until what the dead worker left is put back and carried on


def kill(site: Site, what: str) -> None:
    """kill -9 of the processes below the demo's supervisor whose command line holds the words, all at once."""
    hit = [pid for pid, command in site.processes().items() if what in command]
    assert hit, f"no process with «{what}» below the demo"
    for pid in hit:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def wait_for(page: Page, address: str) -> None:
    deadline = time.monotonic() + LONGEST
    while True:
        try:
            answer = page.goto(address)
            if answer is not None and answer.status == 200:
                return
        except Error:
            pass
        assert time.monotonic() < deadline, f"{address} did not come back"
        time.sleep(0.5)


def letters_about(leader: Person, title: str) -> int:
    """The event of the sign-up has been carried to its handler: the one who is to approve has been written to."""
    leader.goto("/meldinger/")
    return leader.page.locator("main .card").filter(has_text=title).count()


class TestKilled:
    """An employee's sign-up was answered as done, and in the same moment the power goes."""

    def test_web_server(self, become: Become, site: Site) -> None:
        lose(become, site, "granian")

    def test_worker(self, become: Become, site: Site) -> None:
        lose(become, site, "kompetanse worker")

    def test_database(self, become: Become, site: Site) -> None:
        lose(become, site, "bin/postgres")

    def test_everything_at_once(self, become: Become, site: Site) -> None:
        lose(become, site, "bin/postgres", "kompetanse worker", "granian")


def lose(become: Become, site: Site, *what: str) -> None:
    title = f"Strømbrudd {uuid.uuid4().hex[:8]}"
    office, leader, employee = become("office"), become("leader"), become("employee")
    plan_course(office, title)
    employee.page.goto(office.page.url)
    employee.press("Meld meg på")
    employee.is_told("Påmeldingen er sendt til godkjenning. Nummeret i køen er ditt mens du venter.")
    for words in what:
        kill(site, words)
    wait_for(employee.page, office.page.url)
    employee.sees("Venter på godkjenning")  # what was answered is there
    deadline = time.monotonic() + PATIENCE
    while letters_about(leader, title) == 0:
        assert time.monotonic() < deadline, "the event of the sign-up was not carried on"
        time.sleep(2)
    office.page.reload()
    call_off(office)
    assert letters_about(leader, title) == 1  # carried once
    for person in (office, leader, employee):
        person.faults.clear()  # a browser that meets a dead server says so
