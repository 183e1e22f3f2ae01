"""The pages of the table: writing together, voting, enclosures, tasks, hearings, the round, and the archive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.models import Task, Vote
from kompetanse.domains.governance.rules.writing import mark
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from kompetanse.foundation.tenancy import tenant_scope
from tests import make
from tests.make import files

from .test_web import World, browser, text


def at_the_table() -> tuple[World, str, dict[int, int]]:
    world = World()
    seats = organisation.list_seats(make.system(world.region), body_id=world.forum.body_id)
    ctx = make.context(world.office, clock.now())
    governance.note_presence(ctx, meeting_id=world.meeting_id, present=[seat.id for seat in seats])
    return world, f"/saker/{world.case_id}/bord/", {seat.person_id: seat.id for seat in seats}


class TestTable:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_opens_for_those_with_a_seat_and_not_for_others(self, language: str) -> None:
        world, url, _seats = at_the_table()

        for who in (world.office, world.forum.chair, world.forum.union):
            assert browser(who, language).get(url).status_code == 200
        assert browser(world.employee, language).get(url).status_code == 403

    def test_two_writers_are_shown_both_texts_and_lose_nothing(self) -> None:
        world, url, _seats = at_the_table()
        client, seen = browser(world.office), mark("")
        first = {"act": "discussion", "part": "discussion", "seen": seen, "text": "Ole sa sitt."}

        assert client.post(url, first).status_code == 302
        reply = client.post(url, {**first, "text": "Kari sa sitt."})

        assert reply.status_code == 422
        html = text(reply)
        assert "Ole sa sitt." in html
        assert "Kari sa sitt." in html
        # Sent once more from the page as it stands now, it goes through.
        assert client.post(url, {**first, "seen": mark("Ole sa sitt."), "text": "Begge."}).status_code == 302
        assert world.case().discussion == "Begge."

    def test_htmx_gets_the_field_back_and_nothing_else(self) -> None:
        world, url, _seats = at_the_table()
        sent = {"act": "discussion", "part": "discussion", "seen": mark(""), "text": "<b>Drøftet</b>"}

        reply = browser(world.office).post(url, sent, headers={"HX-Request": "true", "X-Part": "discussion"})

        html = text(reply)
        assert reply.status_code == 200
        assert "<html" not in html
        assert "&lt;b&gt;Drøftet" in html
        assert mark("<b>Drøftet</b>") in html
        assert "Lagret." in html

    def test_a_vote_from_opening_to_result(self) -> None:
        world, url, seats = at_the_table()
        office, member = browser(world.office), browser(world.forum.member)

        assert office.post(url, {"act": "ballot", "question": "Vedtas listen?"}).status_code == 302
        assert 'name="choice"' in text(member.get(url))
        assert member.post(url, {"act": "vote", "choice": "for"}).status_code == 302
        again = member.post(url, {"act": "vote", "choice": "against"})
        assert again.status_code == 422
        assert "alt stemt" in text(again)
        refused = browser(world.forum.union).post(url, {"act": "vote", "choice": "for"})
        assert "ikke stemmerett" in text(refused)
        show = {"act": "show", "choice": "against", "seat_id": seats[world.forum.chair.person_id]}
        assert office.post(url, show).status_code == 302
        assert office.post(url, {"act": "close"}).status_code == 302

        assert "Falt" in text(member.get(f"/saker/{world.case_id}/"))
        with tenant_scope(make.system(world.region)):
            assert Vote.objects.count() == 2

    def test_a_task_is_given_and_reported_as_done(self) -> None:
        world, url, seats = at_the_table()
        due = world.today + timedelta(days=3)
        task = {"act": "task", "what": "Hente tilbud", "seat_id": seats[world.forum.member.person_id], "due_on": due}

        assert browser(world.office).post(url, task).status_code == 302
        with tenant_scope(make.system(world.region)):
            task_id = Task.objects.get().pk
        owner = browser(world.forum.member)
        assert "Hente tilbud" in text(owner.get("/oppgaver/"))
        done = {"task": task_id, "outcome": "Tre tilbud."}
        assert browser(world.forum.chair).post("/oppgaver/", done).status_code == 403
        assert owner.post("/oppgaver/", done).status_code == 302
        assert "Hente tilbud" not in text(owner.get("/oppgaver/"))
        assert "Tre tilbud." in text(owner.get("/oppgaver/?alle=1"))

    def test_partiality_needs_its_ground(self) -> None:
        world, url, seats = at_the_table()
        sent = {"act": "absence", "seat_id": seats[world.forum.member.person_id], "kind": "partial", "why": ""}

        assert browser(world.office).post(url, sent).status_code == 422
        assert browser(world.office).post(url, {**sent, "why": "Gift med leverandøren."}).status_code == 302
        assert "Inhabil" in text(browser(world.forum.chair).get(url))


class TestPapers:
    def test_an_enclosure_is_attached_and_read(self) -> None:
        world, _url, _seats = at_the_table()
        office = browser(world.office)
        url = f"/saker/{world.case_id}/vedlegg/"

        assert office.post(url, {"act": "announce", "title": "Budsjett"}).status_code == 302
        assert "Ettersendes" in text(office.get(f"/saker/{world.case_id}/"))
        file = SimpleUploadedFile("notat.pdf", files.pdf())
        assert office.post(url, {"act": "attach", "file": file, "title": "Notat"}).status_code == 302
        bad = SimpleUploadedFile("notat.pdf", b"ikke en pdf")
        assert office.post(url, {"act": "attach", "file": bad}).status_code == 422

        page = governance.get_case_page(make.system(world.region), case_id=world.case_id)
        found = browser(world.employee).get(f"/saksvedlegg/{page.documents[1].id}/")
        assert (found.status_code, found["Content-Type"]) == (200, "application/pdf")
        assert browser(world.forum.member).get(url).status_code == 403

    def test_a_hearing_is_opened_and_answered(self) -> None:
        world, _url, _seats = at_the_table()
        leader = browser(make.leader(world.region.municipalities[0]))
        sent = {"act": "hearing", "question": "Er listen riktig?", "due_on": world.today.isoformat()}

        assert browser(world.office).post(f"/saker/{world.case_id}/vedlegg/", sent).status_code == 302
        html = text(leader.get("/horinger/"))
        assert "Er listen riktig?" in html
        hearing = governance.get_case_page(make.system(world.region), case_id=world.case_id).hearing
        assert hearing is not None
        place = html.split('<option value="e')[1].split('"')[0]
        answer = {"hearing": hearing.id, "place": f"e{place}", "text": "Ja, men mer vikar."}
        assert leader.post("/horinger/", answer).status_code == 302
        assert "Ja, men mer vikar." in text(browser(world.employee).get(f"/saker/{world.case_id}/"))
        assert browser(world.employee).get("/horinger/").status_code == 403


class TestAround:
    def test_the_closing_round(self) -> None:
        world, _url, seats = at_the_table()
        url = f"/moter/{world.meeting_id}/felles-bord/"
        own, other = seats[world.forum.member.person_id], seats[world.forum.chair.person_id]
        sent = {"seat": own, "part": "round", "seen": mark(""), "text": "Vi har fått ny leder."}

        member = browser(world.forum.member)
        assert member.post(url, sent).status_code == 302
        assert member.post(url, {**sent, "seat": other}).status_code == 403
        late = browser(world.office).post(url, {**sent, "text": "Noe annet."})
        assert late.status_code == 422
        assert "Vi har fått ny leder." in text(late)
        assert "Noe annet." in text(late)

    def test_order_deputies_draft_and_archive(self) -> None:
        world, _url, _seats = at_the_table()
        office = browser(world.office)
        url = f"/moter/{world.meeting_id}/"
        office.post(url, {"act": "case", "title": "Eventuelt", "proposal": ""})
        second = governance.get_meeting(make.system(world.region), meeting_id=world.meeting_id).cases[1].id

        assert office.post(url, {"act": f"up-{second}"}).status_code == 302
        cases = governance.get_meeting(make.system(world.region), meeting_id=world.meeting_id).cases
        assert [case.id for case in cases] == [second, world.case_id]
        assert office.get(f"/referat/{world.meeting_id}/utkast.pdf").content.startswith(b"%PDF-")
        assert office.get(f"/referat/{world.meeting_id}/arkiv.xml").status_code == 422
        assert office.post(url, {"act": "minutes"}).status_code == 302
        employee = browser(world.employee)
        assert b"<mappe" in employee.get(f"/referat/{world.meeting_id}/arkiv.xml").content
        assert employee.get(f"/referat/{world.meeting_id}/arkiv.json").json()["mappe"]["registrering"]

    def test_a_contact_person_sees_no_more_hearings_than_there_are(self) -> None:
        world, _url, _seats = at_the_table()
        contact = make.with_role(world.region, Role.CONTACT_PERSON, town=world.region.municipalities[0])

        assert "Ingen høringer venter på deg" in text(browser(contact).get("/horinger/"))
