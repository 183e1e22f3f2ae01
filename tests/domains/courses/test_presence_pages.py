"""Attendance on the pages: the office's, the participant's phone, the trainer's link."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import Mark, Part, SignupStatus
from tests import make
from tests.make import courses as made

from .test_presence import DURING, Course


@pytest.fixture(autouse=True)
def during(settings: object) -> None:
    at(settings, DURING)


def at(settings: object, moment: datetime) -> None:
    settings.CLOCK_OFFSET = moment - datetime.now(UTC)  # type: ignore[attr-defined]


def client(who: make.Who) -> Client:
    found = Client()
    found.force_login(who.account)
    return found


def sent(**more: object) -> dict[str, object]:
    return {"key": str(uuid.uuid4()), "age": 0, **more}


def post(web: Client, where: str, *items: dict[str, object]) -> tuple[int, list[str]]:
    """The status, and for each registration why it was refused; empty where it was kept."""
    answer = web.post(where, json.dumps({"items": items}), content_type="application/json")
    return answer.status_code, [one.get("why", "") for one in answer.json().get("receipts", [])]


class TestParticipant:
    def test_says_i_am_here_with_a_plain_form_once(self) -> None:
        course = Course()
        web, where = client(course.people[0]), reverse("courses.here", args=[course.sessions[1]])
        assert "Registrer at jeg er her" in web.get(reverse("courses.own_signups")).content.decode()
        page = web.get(where, {"kode": course.code(DURING)}).content.decode()
        assert course.code(DURING) in page

        told = {"code": "feil", "key": str(uuid.uuid4())}
        wrong = web.post(where, told)
        assert wrong.status_code == 422
        assert "Koden stemmer ikke" in wrong.content.decode()
        assert course.rows() == []
        for _ in range(2):
            done = web.post(where, {**told, "code": course.code(DURING)}, follow=True)
            assert "Oppmøtet ditt er registrert" in done.content.decode()
        assert len(course.rows()) == 1

    def test_a_phone_sends_what_it_has_kept_and_is_heard_once(self) -> None:
        course = Course()
        web, where = client(course.people[0]), reverse("courses.here", args=[course.sessions[1]])
        one = sent(code=course.code(DURING))
        for _ in range(3):
            assert post(web, where, one) == (200, [""])
        assert len(course.rows()) == 1
        status, (why,) = post(web, where, sent(code="AAAAAA"))
        assert (status, why.startswith("Koden stemmer ikke")) == (200, True)

    def test_hostile_letters_are_answered_and_keep_nothing(self) -> None:
        course = Course()
        web, where = client(course.people[0]), reverse("courses.here", args=[course.sessions[1]])
        for body in ("[]", "{", '{"items": {}}', "null", '{"items":[{"key":{"a":1}}]}', "[" * 5000):
            answer = web.post(where, body, content_type="application/json")
            assert answer.status_code == 422
            assert "Last siden på nytt" in answer.json()["problem"]
        foreigner = client(make.employee(make.region().municipalities[0]))
        assert foreigner.post(where, "{}", content_type="application/json").status_code == 404
        assert foreigner.get(where).status_code == 404
        guarded = Client(enforce_csrf_checks=True)
        guarded.force_login(course.people[0].account)
        assert guarded.post(where, "{}", content_type="application/json").status_code == 403
        assert course.rows() == []


class TestTrainer:
    def link(self, course: Course) -> str:
        return courses.make_trainer_link(course.office, session_id=course.sessions[1], trainer="Per")

    def test_ticks_off_without_an_account_by_form_and_by_phone(self) -> None:
        course = Course()
        word = self.link(course)
        web, where = Client(), reverse("courses.trainer", args=[word])
        page = web.get(where).content.decode()
        for who in course.people:
            assert who.employee is not None
            assert who.employee.name in page
            assert who.employee.email not in page
        assert "no-referrer" in page

        done = web.post(where, {f"part-{course.ids[0]}": "whole", "key": str(uuid.uuid4())}, follow=True)
        assert "Oppmøtet er lagret" in done.content.decode()
        one = sent(signup=course.ids[1], part="part")
        for _ in range(2):
            assert post(web, where, one) == (200, [""])
        assert [(row.part, row.how) for row in course.rows()] == [("whole", "trainer"), ("part", "trainer")]
        again = web.post(where, {f"part-{course.ids[0]}": "none"})
        assert again.status_code == 422
        assert "Skriv kort hvorfor" in again.content.decode()

    def test_the_link_opens_nothing_else(self) -> None:
        course, elsewhere = Course(), Course()
        word = self.link(course)
        web = Client()
        web.get(reverse("courses.trainer", args=[word]))
        for name, args in (
            ("courses.run", [course.run_id]), ("courses.participants", [course.run_id]),
            ("courses.session", [course.sessions[1]]), ("courses.here", [course.sessions[1]]),
        ):  # fmt: skip
            assert web.get(reverse(name, args=args)).status_code == 302  # to the login
        status, (why,) = post(web, reverse("courses.trainer", args=[word]), sent(signup=elsewhere.ids[0]))
        assert (status, elsewhere.rows()) == (200, [])
        assert why
        assert course.code(DURING)[:3] in web.get(reverse("courses.trainer_code", args=[word])).content.decode()

    def test_works_for_one_who_is_logged_in_as_somebody_else(self) -> None:
        course = Course()
        web = client(make.employee(make.region().municipalities[0]))
        where = reverse("courses.trainer", args=[self.link(course)])
        assert web.get(where).status_code == 200
        assert post(web, where, sent(signup=course.ids[0])) == (200, [""])
        assert {deed.actor_name for deed in course.deeds("TrainerLinkUsed")} == {"kursleder via lenke"}

    def test_taken_back_it_says_what_to_do(self) -> None:
        course = Course()
        word = self.link(course)
        office = client(course.member)
        sheet = reverse("courses.sheet", args=[course.run_id])
        (link,) = courses.get_run_sheet(course.office, run_id=course.run_id).links
        assert "Trekk tilbake" in office.get(sheet).content.decode()
        assert office.post(sheet, {"act": "revoke", "link": link.id}).status_code == 302
        for answer in (
            Client().get(reverse("courses.trainer", args=[word])),
            Client().get(reverse("courses.trainer", args=["x"])),
            Client().get(reverse("courses.trainer_code", args=[word])),
        ):
            assert answer.status_code == 422
            assert "Be kurskontoret om en ny" in answer.content.decode()
        status, _ = post(Client(), reverse("courses.trainer", args=[word]), sent(signup=course.ids[0]))
        assert status == 422
        assert course.rows() == []


class TestOffice:
    def test_takes_attendance_session_by_session_and_finishes(self, settings: object) -> None:
        at(settings, made.AFTER)
        course = Course()
        web = client(course.member)
        for session_id in course.sessions:
            where = reverse("courses.session", args=[session_id])
            told = {f"part-{course.ids[0]}": "whole", f"part-{course.ids[1]}": "part", f"minutes-{course.ids[1]}": "90"}
            assert web.post(where, told).status_code == 302
            assert "av kurskontoret" in web.get(where).content.decode()
        bad = web.post(where, {f"part-{course.ids[1]}": "part", f"minutes-{course.ids[1]}": "mange"})
        assert bad.status_code == 422
        assert "Skriv minuttene med tall" in bad.content.decode()

        sheet = reverse("courses.sheet", args=[course.run_id])
        assert web.post(sheet, {"act": "enough", "basis": "hours", "percent": "101"}).status_code == 422
        assert web.post(sheet, {"act": "enough", "basis": "hours", "percent": "80"}).status_code == 302
        done = web.post(sheet, {"act": "finish"}, follow=True).content.decode()
        assert "1 deltaker fikk kompetansen skrevet inn" in done
        assert "180 av 720 minutter" in done
        assert course.statuses() == [SignupStatus.ATTENDED, SignupStatus.ABSENT]
        late = web.post(where, {f"part-{course.ids[1]}": "whole"})
        assert late.status_code == 422
        assert "Skriv kort hvorfor" in late.content.decode()
        body = web.post(reverse("courses.certificates", args=[course.run_id])).content
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            (name,) = archive.namelist()
        assert course.people[0].employee is not None
        assert name.startswith(course.people[0].employee.name)

    def test_makes_a_link_that_is_shown_once(self) -> None:
        course = Course()
        web, sheet = client(course.member), reverse("courses.sheet", args=[course.run_id])
        told = {"act": "link", "session": course.sessions[1], "trainer": "Per", "days": "2"}
        page = web.post(sheet, told).content.decode()
        word = page.split("/kursleder/")[1].split("/")[0]
        assert courses.open_trainer_link(word, now=DURING).sheet.session_id == course.sessions[1]
        assert word not in web.get(sheet).content.decode()
        assert web.post(sheet, {**told, "days": "15"}).status_code == 422

    def test_shows_a_code_that_changes_and_names_nobody(self, settings: object) -> None:
        course = Course()
        web, where = client(course.member), reverse("courses.room_code", args=[course.sessions[1]])
        page = web.get(where).content.decode()
        code = course.code(DURING)
        assert f"{code[:3]} {code[3:]}" in page
        assert '<svg class="qr"' in page
        for who in course.people:
            assert who.account.display_name not in page
        at(settings, DURING + timedelta(minutes=6))
        assert f"{code[:3]} {code[3:]}" not in web.get(where).content.decode()

    def test_puts_somebody_who_came_on_the_list(self) -> None:
        course = Course()
        late = make.employee(course.region.municipalities[0])
        assert late.employee is not None
        web, where = client(course.member), reverse("courses.walk_in", args=[course.run_id])
        assert late.employee.name in web.get(where, {"q": late.employee.name}).content.decode()
        assert web.post(where, {"employee": late.employee.pk, "reason": ""}).status_code == 422
        done = web.post(where, {"employee": late.employee.pk, "reason": "Kom for en syk kollega"}, follow=True)
        assert f"{late.employee.name} står nå på listen" in done.content.decode()
        again = web.post(where, {"employee": late.employee.pk, "reason": "Igjen"})
        assert again.status_code == 422
        assert len(course.statuses()) == 3

    def test_asks_as_many_questions_for_many_as_for_few(self) -> None:
        from tests.make.queries import counted

        course = Course()
        web = client(course.member)
        pages = [reverse("courses.sheet", args=[course.run_id]), reverse("courses.session", args=[course.sessions[0]])]
        before = []
        for where in pages:
            web.get(where)
            with counted() as asked:
                web.get(where)
            before.append(len(asked))
        town = course.region.municipalities[0]
        chief, people = made.team(town, 2)
        ids = [made.seat(course.run_id, chief, who) for who in people]
        courses.tell_presence(
            course.office, session_id=course.sessions[0], marks=[Mark(pk, Part.WHOLE) for pk in (*course.ids, *ids)]
        )
        for where, few in zip(pages, before, strict=True):
            with counted() as asked:
                assert web.get(where).status_code == 200
            assert len(asked) <= few


def test_the_worker_is_served_from_the_top() -> None:
    answer = Client().get("/oppmotearbeider.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert b"caches" in answer.content
