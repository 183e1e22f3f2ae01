"""The office plans by templates and works with sessions and checklists; everybody seeks and reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import BlockKind, CourseForm, RunStatus
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import NotFound
from tests import make
from tests.make import courses as made_courses
from tests.make import files
from tests.make import teaching as made

from .test_pages import at, client, text


@pytest.fixture(autouse=True)
def in_the_tests_year(settings: object) -> None:
    at(settings, make.organisation.NOW)


def office(region: make.Region) -> Client:
    return client(make.with_role(region, Role.COURSE_ADMINISTRATOR))


def asked(web: Client, url: str) -> int:
    web.get(url)
    with CaptureQueriesContext(connection) as told:
        assert web.get(url).status_code == 200
    return len(told)


TEMPLATE = {
    "title_nb": "Varme arbeider", "language": "nb", "form": "physical", "theory": "4,5", "practice": "2",
    "min_seats": "5", "max_seats": "20", "evaluation": "short", "reuse": "region", "task_room": "30",
    "requirement_code": "VARME", "required_codes": "hlr",
}  # fmt: skip


class TestOffice:
    def test_makes_a_template_plans_by_it_and_gives_it_sessions_and_blocks(self) -> None:
        region = make.region()
        measure_id = made.measure(region)
        web = office(region)
        answer = web.post(reverse("courses.new_template"), TEMPLATE, follow=True)
        page = answer.content.decode()
        assert "Malen er laget." in page
        assert "6,5 t" in page
        assert "Bestille rom" in page
        (course,) = courses.list_courses(make.system(region))
        plan = reverse("courses.plan_by_template", args=[course.id])
        told = {
            "measure": measure_id, "title": "Varme arbeider, vår", "day": "2027-06-07", "starts": "09:00",
            "ends": "15:30", "more_days": "14.6.2027", "place": "Notodden", "min_seats": 5, "max_seats": 12,
            "municipality": region.municipalities[0].tenant_id, "deadline": "2027-05-20", "room": "Sal 1",
            "video_link": "https://video.example/x",
        }  # fmt: skip
        assert "Varme arbeider" in text(web, "courses.plan_by_template", course.id)
        page = web.post(plan, told, follow=True).content.decode()
        assert "Kurset er planlagt" in page
        assert "Bli med på video" in page
        assert page.count("Endre samlingen") == 2
        (run,) = courses.list_runs(make.system(region))
        sessions = courses.list_sessions(make.system(region), run_id=run.id)
        here = reverse("courses.edit_session", args=[sessions[0].id])
        blocks = {
            "act": "blocks", "b-TOTAL_FORMS": "3", "b-INITIAL_FORMS": "0", "b-0-starts": "09:00", "b-0-ends": "11:00",
            "b-0-kind": "theory", "b-0-title": "Innledning", "b-1-starts": "11:00", "b-1-ends": "12:30",
            "b-1-kind": "practice", "b-2-kind": "theory",
        }  # fmt: skip
        page = web.post(here, blocks, follow=True).content.decode()
        assert "Tidsblokkene er lagret." in page
        assert "3,5 t" in page
        for change, sentence in (
            ({"b-1-ends": "10:00"}, "slutter ikke etter at den begynner"),
            ({"b-1-ends": "16:00"}, "ligger utenfor samlingen, som går 09.00–15.30"),
            ({"b-1-starts": "10:30"}, "overlapper"),
            ({"b-1-ends": ""}, "Skriv både når blokken begynner"),
            ({"b-1-ends": "25:00"}, "Skriv et klokkeslett som 09.30."),
        ):
            answer = web.post(here, {**blocks, **change})
            assert answer.status_code == 422
            assert sentence in answer.content.decode()
            assert 'value="Innledning"' in answer.content.decode()  # what was typed stays
        assert "3,5 t" in text(web, "courses.run", run.id)

    def test_is_told_of_a_time_that_does_not_exist(self) -> None:
        region = make.region()
        run_id = made.run(region, sessions=(made.session(),), deadline=date(2027, 3, 20))
        web = office(region)
        (session,) = courses.list_sessions(make.system(region), run_id=run_id)
        told = {"act": "change", "day": "28.3.2027", "starts": "02.30", "ends": "06:00", "place": "Tinn"}
        answer = web.post(reverse("courses.edit_session", args=[session.id]), told)
        assert answer.status_code == 422
        assert "Klokka 02.30 finnes ikke 28.03.2027" in answer.content.decode()
        told |= {"day": "27.3.2027", "starts": "22.00", "last_day": "28.3.2027"}
        assert web.post(reverse("courses.edit_session", args=[session.id]), told).status_code == 302
        over = {
            "act": "blocks", "b-TOTAL_FORMS": "1", "b-INITIAL_FORMS": "0", "b-0-starts": "23:00", "b-0-ends": "04:00",
            "b-0-kind": "theory",
        }  # fmt: skip
        answer = web.post(reverse("courses.edit_session", args=[session.id]), over)
        assert answer.status_code == 422
        assert "går over timen da klokka stilles" in answer.content.decode()

    def test_adds_removes_and_copies(self) -> None:
        region = make.region()
        run_id = made.run(region)
        web = office(region)
        told = {"day": "2027-06-21", "starts": "09:00", "ends": "12:00", "place": "Tinn", "title": "Ekstra"}
        assert "Ekstra" in web.post(reverse("courses.new_session", args=[run_id]), told, follow=True).content.decode()
        last = courses.list_sessions(make.system(region), run_id=run_id)[-1]
        answer = web.post(reverse("courses.edit_session", args=[last.id]), {"act": "remove"}, follow=True)
        assert "Samlingen er tatt bort." in answer.content.decode()
        overlapping = web.post(reverse("courses.new_session", args=[run_id]), {**told, "day": "2027-06-07"})
        assert overlapping.status_code == 422
        assert "en annen samling" in overlapping.content.decode()
        answer = web.post(reverse("courses.copy", args=[run_id]), {"first_day": "2027-11-08"}, follow=True)
        assert "Dette er kopien" in answer.content.decode()
        assert [run.starts_at for run in courses.list_runs(make.system(region), status=RunStatus.PLANNED)] == [
            made.at("09:00", date(2027, 11, 8))
        ]

    def test_says_in_which_municipality_a_run_is(self) -> None:
        region, elsewhere = make.region(), make.region()
        town = region.municipalities[0]
        run_id = made_courses.run(region)
        web = office(region)
        told = {
            "title": "Nytt navn", "place": "Tinn", "starts_at": "2027-06-07T09:00", "ends_at": "2027-06-07T12:00",
            "min_seats": 1, "max_seats": 4, "deadline": "2027-05-20", "municipality": town.tenant_id,
        }  # fmt: skip
        assert web.post(reverse("courses.edit_run", args=[run_id]), told).status_code == 302
        ctx = make.system(region)
        assert courses.get_teaching(ctx, run_id=run_id).municipality == town.name
        assert "Nytt navn" in text(web, "courses.run_list", kommune=str(town.tenant_id), q="tinn")
        with pytest.raises(NotFound):
            courses.set_municipality(ctx, run_id=run_id, municipality_id=elsewhere.municipalities[0].tenant_id)

    def test_works_through_the_checklist(self, settings: object) -> None:
        region = make.region()
        run_id = made.run(region)
        who = make.with_role(region, Role.COURSE_ADMINISTRATOR)
        web = client(who)
        task_id = courses.list_tasks(make.system(region), run_id=run_id)[0].id
        at(settings, made.at("12:00", date(2027, 5, 1)))
        page = text(web, "courses.urgent")
        assert "Forsinket" in page
        assert "Bestille rom" in page
        assert "Sende kursbevis" not in page
        here = reverse("courses.assign", args=[run_id, task_id])
        assert "Ansvaret er lagret." in web.post(here, {"owner": who.person_id}, follow=True).content.decode()
        assert who.account.display_name in text(web, "courses.urgent")
        web.post(reverse("courses.tick", args=[run_id, task_id]), {"done": "1"})
        assert "Bestille rom" not in text(web, "courses.urgent")
        assert "Gjort" in text(web, "courses.checklist", run_id)
        told = {"title": "<b>Blomster</b>", "due_on": "2027-05-03", "owner": ""}
        assert web.post(reverse("courses.checklist", args=[run_id]), told).status_code == 302
        assert "&lt;b&gt;Blomster&lt;/b&gt;" in text(web, "courses.urgent")

    def test_keeps_material_and_takes_templates_out_of_use(self) -> None:
        region = make.region()
        course_id = made.course(region)
        web, kari = office(region), client(make.employee(region.municipalities[0]))
        here = reverse("courses.template", args=[course_id])
        answer = web.post(here, {"act": "link", "title": "Boka", "url": "javascript:alert(1)"})
        assert answer.status_code == 422
        assert "må begynne med https://" in answer.content.decode()
        assert web.post(here, {"act": "link", "title": "Boka", "url": "https://bok.example/"}).status_code == 302
        from django.core.files.uploadedfile import SimpleUploadedFile

        assert web.post(here, {"act": "paper", "file": SimpleUploadedFile("ark.pdf", files.pdf())}).status_code == 302
        page = text(kari, "courses.template", course_id)
        assert "https://bok.example/" in page
        assert "ark.pdf" in page
        assert "Ta bort" not in page
        paper = next(row for row in courses.get_course(make.system(region), course_id=course_id).materials if row.name)
        assert kari.get(reverse("courses.material", args=[paper.id]))["Content-Type"] == "application/pdf"
        assert web.post(reverse("courses.drop_material", args=[course_id, paper.id])).status_code == 302
        assert web.post(here, {"act": "retire"}).status_code == 302
        assert kari.get(here).status_code == 404
        assert "ute av bruk" in text(web, "courses.template", course_id)
        assert web.get(reverse("courses.plan_by_template", args=[course_id])).status_code == 422

    def test_markup_is_text_and_long_texts_are_refused(self) -> None:
        region = make.region()
        web = office(region)
        bad = {**TEMPLATE, "title_nb": "<script>alert(1)</script>", "description": "<img src=x onerror=alert(1)>"}
        page = web.post(reverse("courses.new_template"), bad, follow=True).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
        answer = web.post(reverse("courses.new_template"), {**TEMPLATE, "description": "x" * 100_000})
        assert answer.status_code == 422
        assert "8000" in answer.content.decode().replace("\xa0", "").replace(" ", "")

    def test_nobody_else_comes_in(self) -> None:
        region, elsewhere = make.region(), make.region()
        run_id = made.run(region)
        (course,) = courses.list_courses(make.system(region))
        session_id = courses.list_sessions(make.system(region), run_id=run_id)[0].id
        kari, stranger = client(make.employee(region.municipalities[0])), office(elsewhere)
        for name, args in (
            ("new_session", [run_id]), ("session", [session_id]), ("copy", [run_id]), ("checklist", [run_id]),
            ("edit_template", [course.id]), ("plan_by_template", [course.id]),
        ):  # fmt: skip
            assert kari.get(reverse(f"courses.{name}", args=args)).status_code == 403, name
            assert stranger.get(reverse(f"courses.{name}", args=args)).status_code == 404, name


class TestEverybody:
    def test_seeks_and_narrows(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        kari = client(make.employee(town))
        made.run(region, title="Hjertestarter", municipality_id=town.tenant_id)
        made.run(region, made.course(region, title_nb="Nettkurs", form=CourseForm.DIGITAL), place="På nett")
        for query, wanted in (
            ({"q": "hjerte"}, "Hjertestarter"), ({"kommune": str(town.tenant_id)}, "Hjertestarter"),
            ({"form": "digital"}, "Nettkurs"), ({"sted": "på n"}, "Nettkurs"),
            ({"fra": "2027-06-07", "til": "10.06.2027", "q": "nett"}, "Nettkurs"),
        ):  # fmt: skip
            page = text(kari, "courses.run_list", **query)
            other = {"Hjertestarter", "Nettkurs"} - {wanted}
            assert wanted in page, query
            assert other.pop() not in page, query
        nonsense = {
            "q": "'\"<script>\x01", "kommune": "x", "form": "x", "fra": "igår", "til": "9999-99-99", "etter": "x-1",
            "tiltak": "²", "krav": "<b>",
        }  # fmt: skip
        assert "<script>\x01" not in text(kari, "courses.run_list", **nonsense)
        assert "Ingen kurs her" in text(kari, "courses.run_list", q="sveising")

    def test_turns_pages_of_fifty_by_the_same_number_of_queries(self) -> None:
        region = make.region()
        web = client(make.employee(region.municipalities[0]))
        course_id, measure_id = made.course(region), made.measure(region)

        def more(count: int) -> None:
            for _ in range(count):
                made.run(region, course_id, measure_id=measure_id, sessions=(made.session(),))

        more(2)
        few = asked(web, reverse("courses.run_list"))
        more(49)
        page = text(web, "courses.run_list", q="legemiddel")
        assert page.count('scope="row"') == 50
        further = page.split('href="?')[1].split('"')[0].replace("&amp;", "&")
        assert "etter=" in further
        assert "q=legemiddel" in further
        second = web.get(reverse("courses.run_list") + "?" + further).content.decode()
        assert second.count('scope="row"') == 1
        assert "Til begynnelsen" in second
        assert asked(web, reverse("courses.run_list")) == few

    def test_reads_what_a_run_teaches_and_what_must_be_there_before(self) -> None:
        region = make.region()
        kari = make.employee(region.municipalities[0])
        course_id = made.course(region, required_codes=("HLR",), contact="Kurskontoret, 31 00 00 00")
        page = text(client(kari), "courses.run", made.run(region, course_id))
        assert "Dette må du ha fra før" in page
        assert "Førstehjelp på arbeidsplassen" in page
        assert "Kunne dele ut legemidler." in page
        assert "Kurskontoret, 31 00 00 00" in page
        assert "Øving" in page
        assert "Notodden" in page
        assert "Meld meg på" in page

    def test_a_runs_page_asks_the_same_for_any_number_of_sessions(self) -> None:
        region = make.region()
        web = client(make.employee(region.municipalities[0]))
        first = made.run(region, sessions=(made.session(),))
        many = made.run(region, sessions=tuple(made.session(made.DAY + timedelta(days=n)) for n in range(12)))
        (course_id,) = {courses.get_teaching(make.system(region), run_id=many).course_id}
        for session in courses.list_sessions(make.system(region), run_id=many):
            day = session.starts_at.date()
            block = made.block(BlockKind.THEORY, "09:00", "10:00", day=day)
            courses.set_blocks(make.system(region), session_id=session.id, blocks=[block])
        assert asked(web, reverse("courses.run", args=[first])) == asked(web, reverse("courses.run", args=[many]))
        assert course_id is not None
        before = asked(web, reverse("courses.template", args=[course_id]))
        for _ in range(3):
            made.run(region, course_id)
        assert asked(web, reverse("courses.template", args=[course_id])) == before

    def test_sees_the_month_and_the_week(self) -> None:
        region = make.region()
        web = client(make.employee(region.municipalities[0]))
        made.run(region, sessions=(made.session(date(2027, 6, 30)), made.session(date(2027, 7, 1))))
        june = text(web, "courses.calendar", dag="2027-06-07")
        assert "juni 2027" in june
        assert june.count("Legemiddelhåndtering, Kongsberg") == 2
        assert "09.00 Legemiddelhåndtering" in june
        week = text(web, "courses.calendar", dag="2027-07-01", vis="uke")
        assert "Uke 26" in week
        assert week.count("Legemiddelhåndtering, Kongsberg") == 2
        assert "Legemiddelhåndtering" not in text(web, "courses.calendar", dag="2027-06-07", vis="uke")
        assert text(web, "courses.calendar", dag="9999-12-31")
        made.run(region, title="Uka etter")  # the seventh and the fourteenth, and nothing between
        assert text(web, "courses.calendar", dag="2027-06-07").count("Uka etter") == 2
        few = asked(web, reverse("courses.calendar") + "?dag=2027-06-07")
        for _ in range(3):
            made.run(region)
        assert asked(web, reverse("courses.calendar") + "?dag=2027-06-07") == few

    def test_a_run_of_before_has_its_one_session(self) -> None:
        region = make.region()
        page = text(client(make.employee(region.municipalities[0])), "courses.run", made_courses.run(region))
        assert "Samlinger" in page
        assert "Storsalen" in page
