from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunStatus, SignupStatus
from kompetanse.domains.organisation.types import Role
from tests import make
from tests.make import courses as made
from tests.make import orders as made_orders
from tests.make import plans as made_plans


@pytest.fixture(autouse=True)
def in_the_tests_year(settings: object) -> None:
    at(settings, make.organisation.NOW)


def at(settings: object, moment: datetime) -> None:
    """The web's clock stands where the builders' does."""
    settings.CLOCK_OFFSET = moment - datetime.now(UTC)  # type: ignore[attr-defined]


def client(who: make.Who) -> Client:
    found = Client()
    found.force_login(who.account)
    return found


def text(web: Client, name: str, *args: int, **query: str) -> str:
    answer = web.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return str(answer.content.decode())


class TestEmployee:
    def test_finds_a_course_signs_up_in_one_step_and_withdraws(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region, title="Hjertestarter")
        web = client(kari)

        assert "Hjertestarter" in text(web, "courses.run_list")
        assert "Hjertestarter" not in text(web, "courses.run_list", q="sveising")
        assert "Meld meg på" in text(web, "courses.run", run_id)
        answer = web.post(reverse("courses.ask", args=[run_id]), follow=True)
        assert "sendt til godkjenning" in answer.content.decode()
        assert f"{chief.account.display_name} skal godkjenne" in answer.content.decode()
        again = web.post(reverse("courses.ask", args=[run_id]), follow=True)
        assert "trenger ikke gjøre noe mer" in again.content.decode()

        (row,) = courses.list_own_signups(make.context(kari))
        assert "Melde" in text(web, "courses.withdraw", row.id)
        assert web.post(reverse("courses.withdraw", args=[row.id])).status_code == 302
        assert "Meldt av" in text(web, "courses.own_signups")
        assert "Meld meg på" in text(web, "courses.run", run_id)

    def test_reads_why_the_place_in_the_line_is_what_it_is(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 5)
        run_id = made.run(region, seats=1)
        for who in people:
            made.seat(run_id, chief, who)

        page = text(client(people[4]), "courses.run", run_id)

        assert "Nummer 4 på ventelisten" in page
        assert "Alle plassene er tatt. Køen går etter når hver enkelt meldte seg på." in page
        assert "Du er nummer 4, fordi de som står foran deg" in page
        assert people[0].account.display_name not in page

    def test_after_the_deadline_is_told_what_to_do(self, settings: object) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region)
        at(settings, make.organisation.NOW + timedelta(days=31))
        web = client(kari)

        page = text(web, "courses.run", run_id)
        assert "Meld meg på" not in page
        assert "Ta kontakt med kurskontoret" in page
        answer = web.post(reverse("courses.ask", args=[run_id]))
        assert answer.status_code == 422
        assert "14.04.2027" in answer.content.decode()

    def test_reads_messages(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        made.seat(made.run(region), chief, kari)

        assert "Du har plass" in text(client(kari), "messages.own")
        assert "Du har plass" not in text(client(chief), "messages.own")

    def test_is_turned_away_from_the_offices_pages(self) -> None:
        region = make.region()
        kari = make.employee(region.municipalities[0])
        run_id = made.run(region)
        web = client(kari)

        for name, args in (("participants", [run_id]), ("edit_run", [run_id]), ("new_run", [])):
            assert web.get(reverse(f"courses.{name}", args=args)).status_code == 403
        assert web.post(reverse("courses.open_for_signup", args=[run_id])).status_code == 403
        assert web.post(reverse("courses.run", args=[run_id]), {"act": "cancel", "reason": "x"}).status_code == 403
        assert web.get(reverse("courses.approvals")).status_code == 403

    def test_another_regions_run_is_not_there(self) -> None:
        region, elsewhere = make.region(), make.region()
        web = client(make.employee(region.municipalities[0]))

        assert web.get(reverse("courses.run", args=[made.run(elsewhere)])).status_code == 404


class TestLeader:
    def test_approves_one_declines_one_and_approves_the_rest(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 4)
        run_id = made.run(region, seats=2)
        ids = [made.signup(run_id, who) for who in people]
        web = client(chief)

        page = text(web, "courses.approvals")
        assert "Godkjenn alle 4" in page
        one = web.post(reverse("courses.approve", args=[ids[0]]), follow=True).content.decode()
        assert "er godkjent og har plass" in one
        web.post(reverse("courses.decline", args=[ids[1]]), {"reason": "Ferie"})
        rest = web.post(reverse("courses.approvals"), {"signup": ids[2:]}, follow=True).content.decode()
        assert "2 påmeldinger er godkjent" in rest
        assert "Ingenting venter på deg" in rest
        found = [row.status for row in courses.list_signups(make.system(region), run_id=run_id)]
        assert found == [SignupStatus.SEATED, SignupStatus.DECLINED, SignupStatus.SEATED, SignupStatus.WAITING]

    def test_signs_up_people_with_boxes(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 3)
        run_id = made.run(region, seats=5)
        web = client(chief)
        where = reverse("courses.sign_up_people", args=[run_id])

        assert people[0].account.display_name in text(web, "courses.sign_up_people", run_id)
        empty = web.post(where, {})
        assert empty.status_code == 422
        assert "Kryss av minst én person" in empty.content.decode()
        chosen = [who.employee.pk for who in people[:2] if who.employee]
        assert "2 personer er meldt på" in web.post(where, {"people": chosen}, follow=True).content.decode()
        assert "Har plass" in text(web, "courses.sign_up_people", run_id)

    def test_cannot_sign_up_somebody_elses(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        chief, _ = made.team(town)
        stranger = make.employee(town, make.unit(town))
        run_id = made.run(region)

        answer = client(chief).post(
            reverse("courses.sign_up_people", args=[run_id]),
            {"people": [stranger.employee.pk]},  # type: ignore[union-attr]
        )
        assert answer.status_code == 422
        assert courses.list_signups(make.system(region), run_id=run_id) == []


class TestOffice:
    FORM = {
        "title": "Livredning i vann", "place": "Notodden", "room": "", "starts_at": "2027-05-03T09:00",
        "ends_at": "2027-05-03T15:00", "min_seats": 4, "max_seats": 12, "deadline": "2027-04-20",
    }  # fmt: skip

    def test_plans_changes_opens_and_cancels(self) -> None:
        region = make.region()
        measure_id = made_orders.plan(region)
        web = client(make.office(region))

        assert f"?measure={measure_id}" in text(web, "courses.new_run")
        new = reverse("courses.new_run") + f"?measure={measure_id}"
        assert "Medikamenthåndtering" in web.get(new).content.decode()
        wrong = web.post(new, {**self.FORM, "ends_at": "2027-05-03T08:00"})
        assert wrong.status_code == 422
        assert "slutte etter at det begynner" in wrong.content.decode()
        assert "Livredning i vann" in wrong.content.decode()
        assert web.post(new, self.FORM).status_code == 302
        (run,) = courses.list_runs(make.system(region))
        assert run.starts_at == datetime(2027, 5, 3, 7, 0, tzinfo=UTC)
        edit = reverse("courses.edit_run", args=[run.id])
        assert 'value="2027-05-03T09:00"' in web.get(edit).content.decode()
        assert web.post(edit, {**self.FORM, "max_seats": 14}).status_code == 302
        assert web.post(reverse("courses.open_for_signup", args=[run.id])).status_code == 302
        here = reverse("courses.run", args=[run.id])
        assert web.post(here, {"act": "cancel", "reason": ""}).status_code == 422
        assert web.post(here, {"act": "cancel", "reason": "Bassenget er stengt"}).status_code == 302
        assert "Bassenget er stengt" in web.get(here).content.decode()
        (run,) = courses.list_runs(make.system(region))
        assert (run.status, run.max_seats) == (RunStatus.CANCELLED, 14)

    def test_records_attendance_prints_the_list_and_corrects(self, settings: object) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 3)
        run_id = made.run(region, seats=2)
        ids = courses.ask_for_seats(
            make.context(chief), run_id=run_id, employee_ids=[who.employee.pk for who in people if who.employee]
        )
        web = client(make.office(region))
        assert "fra kursets siste dag" in text(web, "courses.participants", run_id)
        paper = text(web, "courses.participants", run_id, format="print")
        assert "Underskrift" in paper
        assert people[0].account.display_name in paper
        assert people[2].account.display_name not in paper

        at(settings, made.AFTER)
        where = reverse("courses.participants", args=[run_id])
        saved = web.post(where, {"present": ids[:1]}, follow=True).content.decode()
        assert "Oppmøtet er lagret for 2 deltakere" in saved
        assert "BEVIS-" in saved
        refused = web.post(where, {"present": ids[:2]})
        assert refused.status_code == 422
        assert "Skriv kort hvorfor det rettes" in refused.content.decode()
        corrected = web.post(where, {"present": ids[:2], "reason": "Kom litt sent"}, follow=True)
        assert "lagret for 1 deltaker." in corrected.content.decode()
        unchanged = web.post(where, {"present": ids[:2]}, follow=True).content.decode()
        assert "Ingenting var endret" in unchanged
        assert "Se beviset" in text(client(people[0]), "courses.own_signups")


class TestQueries:
    """Lists ask as much for twenty rows as for two."""

    def asked(self, web: Client, url: str) -> int:
        web.get(url)
        with CaptureQueriesContext(connection) as found:
            assert web.get(url).status_code == 200
        return len(found)

    def test_runs(self) -> None:
        region = make.region()
        measure_id = made_orders.plan(region)
        web = client(make.employee(region.municipalities[0]))
        for _ in range(2):
            made.run(region, measure_id=measure_id)
        few = self.asked(web, reverse("courses.run_list"))
        for _ in range(18):
            made.run(region, measure_id=measure_id)
        assert self.asked(web, reverse("courses.run_list")) == few

    def test_people_on_a_run(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 20)
        hr = make.with_role(region, Role.HR, town=region.municipalities[0])
        run_id = made.run(region, seats=10)
        office = make.office(region)
        pages = [
            (client(office), reverse("courses.participants", args=[run_id])),
            (client(chief), reverse("courses.approvals")),
            (client(hr), reverse("courses.approvals")),
            (client(chief), reverse("courses.sign_up_people", args=[run_id])),
            (client(people[0]), reverse("courses.run", args=[run_id])),
        ]
        ids = [made.signup(run_id, who) for who in people[:4]]
        courses.approve_signups(make.context(chief), signup_ids=ids[:2])
        few = [self.asked(*page) for page in pages]
        ids = [made.signup(run_id, who) for who in people[4:]]
        courses.approve_signups(make.context(chief), signup_ids=ids[:12])

        assert [self.asked(*page) for page in pages] == few

    def test_my_courses_and_messages(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        pages = [(client(kari), reverse(name)) for name in ("courses.own_signups", "messages.own")]
        for _ in range(2):
            made.seat(made.run(region, measure_id=measure_id), chief, kari)
        few = [self.asked(*page) for page in pages]
        for _ in range(8):
            made.seat(made.run(region, measure_id=measure_id), chief, kari)
        assert [self.asked(*page) for page in pages] == few


class TestRunList:
    def test_a_cancelled_run_is_not_offered(self) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        run_id = made.run(region, measure_id=measure_id, title="Avlyst kurs")
        made.run(region, measure_id=measure_id, title="Åpent kurs")
        courses.cancel_run(make.system(region), run_id=run_id, reason="Kursholderen er syk")
        web = client(kari)

        page = text(web, "courses.run_list")
        assert "Åpent kurs" in page
        assert "Avlyst kurs" not in page
        assert "Avlyst kurs" in text(web, "courses.run_list", tidligere="1")
        assert "Avlyst kurs" not in text(client(make.office(region)), "results.home")

    def test_the_runs_of_one_measure(self) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        one, (_, other) = made_orders.plan(region), made_plans.adopted_plan(region, year=2028)
        made.run(region, measure_id=one, title="Første tiltak")
        made.run(region, measure_id=other, title="Andre tiltak")

        page = text(client(kari), "courses.run_list", tiltak=str(one))
        assert "Første tiltak" in page
        assert "Andre tiltak" not in page
