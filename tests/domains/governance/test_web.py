from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.models import Case, Goal, Meeting
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from kompetanse.foundation.tenancy import tenant_scope
from tests import make
from tests.make import governance as gov


def browser(who: make.Who, language: str = "nb") -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["sprak"] = language
    return client


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


def hidden(html: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="(\d+)"', html)
    assert found, f"no hidden {name}"
    return found[1]


class World:
    """A region with a forum that meets today, with one case on the agenda."""

    def __init__(self) -> None:
        self.region = make.region()
        self.forum = gov.forum(self.region)
        self.office = make.office(self.region)
        self.employee = make.employee(self.region.municipalities[0])
        self.today = make.context(self.office, clock.now()).today
        self.meeting_id = gov.meeting(self.region, self.forum.body_id, held_on=self.today)
        self.case_id = gov.case(self.region, body_id=self.forum.body_id, meeting_id=self.meeting_id)

    def case(self) -> Case:
        with tenant_scope(make.system(self.region)):
            found: Case = Case.objects.get(pk=self.case_id)
            return found


class TestMeetings:
    def test_the_office_calls_a_meeting(self) -> None:
        world = World()

        reply = browser(world.office).post(
            "/moter/",
            {"body_id": world.forum.body_id, "held_on": "2027-05-04", "place": "Notodden", "notice": "Velkommen"},
        )

        with tenant_scope(make.system(world.region)):
            meeting = Meeting.objects.latest("id")
        assert (reply.status_code, reply["Location"]) == (302, f"/moter/{meeting.id}/")
        assert (meeting.place, meeting.notice) == ("Notodden", "Velkommen")

    def test_a_member_reads_and_is_not_offered_to_call(self) -> None:
        world = World()

        html = text(browser(world.forum.member).get("/moter/"))

        assert f"/moter/{world.meeting_id}/" in html
        assert 'name="held_on"' not in html

    def test_what_is_wrong_is_said_and_nothing_is_made(self) -> None:
        world = World()

        reply = browser(world.office).post(
            "/moter/", {"body_id": world.forum.body_id, "held_on": "tull", "place": "Notodden"}
        )

        assert reply.status_code == 422
        assert 'value="Notodden"' in text(reply)
        with tenant_scope(make.system(world.region)):
            assert Meeting.objects.count() == 1


class TestMeeting:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_everybody_in_the_region_reads_it(self, language: str) -> None:
        world = World()

        for who in (world.employee, world.forum.union, world.forum.chair, world.office):
            reply = browser(who, language).get(f"/moter/{world.meeting_id}/")
            assert reply.status_code == 200
            assert "Sak 001/" in text(reply)

    def test_another_region_does_not(self) -> None:
        world = World()
        stranger = make.office(make.region())

        assert browser(stranger).get(f"/moter/{world.meeting_id}/").status_code == 404
        assert browser(stranger).get(f"/saker/{world.case_id}/").status_code == 404
        assert browser(stranger).post(f"/moter/{world.meeting_id}/", {"act": "minutes"}).status_code == 404

    def test_the_table_during_a_meeting(self) -> None:
        """Attendance, a new case, a decision and the minutes, one after another."""
        world = World()
        client = browser(world.office)
        url = f"/moter/{world.meeting_id}/"
        html = text(client.get(url))
        seats = re.findall(r'name="present" value="(\d+)"', html)

        presence = {"act": "presence", "version": hidden(html, "version"), "present": seats[:2]}
        assert client.post(url, presence).status_code == 302
        assert client.post(url, {"act": "case", "title": "Eventuelt", "proposal": ""}).status_code == 302
        name = f"sak{world.case_id}"
        decision = {
            "act": f"decide-{world.case_id}", f"{name}-version": hidden(html, f"{name}-version"),
            f"{name}-decision_text": "Listen vedtas.", f"{name}-dissent": "Tinn var uenig.",
        }  # fmt: skip
        assert client.post(url, decision).status_code == 302
        assert client.post(url, {"act": "minutes"}).status_code == 302

        html = text(client.get(url))
        assert "Listen vedtas." in html
        assert "Tinn var uenig." in html
        assert "2 var til stede" in html
        assert 'name="act"' not in html
        pdf = browser(world.employee).get(f"/referat/{world.meeting_id}.pdf?form=nn")
        assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
        assert pdf.content.startswith(b"%PDF")
        assert b"Til stades" in pdf.content

    def test_a_waiting_case_is_put_on_the_agenda(self) -> None:
        world = World()
        waiting = gov.case(world.region, body_id=world.forum.body_id)

        reply = browser(world.office).post(f"/moter/{world.meeting_id}/", {"act": f"agenda-{waiting}"})

        assert reply.status_code == 302
        page = governance.get_meeting(make.system(world.region), meeting_id=world.meeting_id)
        assert [case.id for case in page.cases] == [world.case_id, waiting]

    def test_minutes_without_attendance_are_refused_with_what_to_do(self) -> None:
        world = World()

        reply = browser(world.office).post(f"/moter/{world.meeting_id}/", {"act": "minutes"})

        assert reply.status_code == 422
        assert "Før opp hvem som var til stede" in text(reply)

    def test_an_employee_s_decision_is_refused(self) -> None:
        world = World()
        name = f"sak{world.case_id}"
        decision = {
            "act": f"decide-{world.case_id}", f"{name}-version": "2", f"{name}-decision_text": "Jeg bestemmer",
        }  # fmt: skip

        browser(world.employee).post(f"/moter/{world.meeting_id}/", decision)
        reply = browser(world.employee).post(
            f"/saker/{world.case_id}/",
            {"act": "decide", **{key: value for key, value in decision.items() if key != "act"}},
        )

        assert reply.status_code == 422
        assert world.case().status == CaseStatus.OPEN

    @pytest.mark.parametrize("act", ["agenda-x", "decide-", "decide-99999999", "agenda-99999999", "tull"])
    def test_nonsense_changes_nothing(self, act: str) -> None:
        world = World()
        before = world.case().version

        reply = browser(world.office).post(f"/moter/{world.meeting_id}/", {"act": act})

        assert reply.status_code in (200, 404, 422)
        assert world.case().version == before


class TestCase:
    def test_the_second_secretary_keeps_what_was_typed_and_can_save_it(self) -> None:
        world = World()
        url = f"/saker/{world.case_id}/"
        first, second = browser(world.office), browser(make.office(world.region))
        seen = hidden(text(second.get(url)), "version")

        assert first.post(url, {"act": "papers", "version": seen, "title": "Min", "proposal": "A"}).status_code == 302
        reply = second.post(url, {"act": "papers", "version": seen, "title": "Din", "proposal": "B"})

        html = text(reply)
        assert reply.status_code == 422
        assert "Noen andre har lagret Sak 001/" in html
        assert 'value="Din"' in html
        assert world.case().title == "Min"

        again = {"act": "papers", "version": hidden(html, "version"), "title": "Din", "proposal": "B"}
        assert second.post(url, again).status_code == 302
        assert world.case().title == "Din"

    def test_a_union_representative_is_heard(self) -> None:
        world = World()
        url = f"/saker/{world.case_id}/"
        client = browser(world.forum.union)

        assert client.post(url, {"act": "view", "text": "Vi er <b>bekymret</b>."}).status_code == 302

        html = text(browser(world.office).get(url))
        assert "Vi er &lt;b&gt;bekymret&lt;/b&gt;." in html
        assert "Fagforbundet" in html
        assert f"{world.forum.union.account.display_name} (Fagforbundet): Vi er" in html.partition("union_view")[2]

    def test_a_withdrawn_case_cannot_be_decided_from_an_old_page(self) -> None:
        world = World()
        url = f"/saker/{world.case_id}/"
        client = browser(world.office)
        seen = client.get(url)
        version = hidden(text(seen), "version")
        governance.withdraw_case(make.system(world.region), case_id=world.case_id, why="Uaktuell")
        name = f"sak{world.case_id}"

        reply = client.post(
            url, {"act": "decide", f"{name}-version": version, f"{name}-decision_text": "Vedtatt likevel"}
        )

        assert reply.status_code == 422
        assert "er trukket og kan ikke avgjøres" in text(reply)
        assert "Vedtatt likevel" in text(reply)
        assert world.case().status == CaseStatus.WITHDRAWN

    def test_it_is_withdrawn_with_a_reason(self) -> None:
        world = World()
        url = f"/saker/{world.case_id}/"
        client = browser(world.office)
        version = hidden(text(client.get(url)), "version")

        client.post(url, {"act": "withdraw", "version": version, "why": "Slått sammen med en annen sak"})

        assert world.case().status == CaseStatus.WITHDRAWN
        assert "Slått sammen med en annen sak" in text(client.get(url))

    def test_a_case_on_no_agenda_is_closed_to_employees(self) -> None:
        world = World()
        loose = gov.case(world.region, body_id=world.forum.body_id)

        assert browser(world.employee).get(f"/saker/{loose}/").status_code == 403
        assert browser(world.forum.union).get(f"/saker/{loose}/").status_code == 200

    def test_ids_are_used_once_on_the_page(self) -> None:
        world = World()

        for url in (f"/saker/{world.case_id}/", f"/moter/{world.meeting_id}/", "/mal/", "/moter/"):
            ids = re.findall(r'\sid="([^"]+)"', text(browser(world.office).get(url)))
            assert len(ids) == len(set(ids)), sorted(one for one in set(ids) if ids.count(one) > 1)


class TestGoals:
    def test_the_office_sets_a_goal_and_a_frame(self) -> None:
        world = World()
        client = browser(world.office)
        goal = {
            "act": "goal", "tenant_id": world.region.tenant_id, "title_nb": "Flere fagarbeidere",
            "title_nn": "Fleire fagarbeidarar", "decision_reference": "RR 3/26", "valid_from": "2026-01-01",
        }  # fmt: skip
        frame = {
            "act": "frame", "tenant_id": world.region.tenant_id, "year": "2027", "limit": "1 250 000",
            "decision_reference": "RR 4/26",
        }  # fmt: skip

        assert client.post("/mal/", goal).status_code == 302
        assert client.post("/mal/", frame).status_code == 302

        html = text(browser(world.employee, "nn").get("/mal/"))
        assert "Fleire fagarbeidarar" in html
        assert "1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in html

    def test_what_is_wrong_is_said_and_nothing_is_kept(self) -> None:
        world = World()
        goal = {
            "act": "goal", "tenant_id": world.region.tenant_id, "title_nb": "Mål", "decision_reference": "1",
            "valid_from": "2027-01-01", "valid_to": str(world.today - timedelta(days=3650)),
        }  # fmt: skip

        reply = browser(world.office).post("/mal/", goal)

        assert reply.status_code == 422
        assert "Sluttdatoen er før startdatoen" in text(reply)
        with tenant_scope(make.system(world.region)):
            assert not Goal.objects.exists()

    def test_an_employee_is_offered_no_form(self) -> None:
        world = World()

        html = text(browser(world.employee).get("/mal/"))

        assert 'name="title_nb"' not in html

    def test_a_contact_person_may_set_only_the_own_municipality_s(self) -> None:
        world = World()
        town = world.region.municipalities[0]
        client = browser(make.with_role(world.region, Role.CONTACT_PERSON, town=town))

        reply = client.post(
            "/mal/",
            {
                "act": "goal", "tenant_id": world.region.tenant_id, "title_nb": "Mål", "decision_reference": "1",
                "valid_from": "2027-01-01",
            },
        )  # fmt: skip

        assert reply.status_code == 422
        assert town.name in text(client.get("/mal/"))
