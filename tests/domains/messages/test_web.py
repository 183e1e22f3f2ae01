from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import icalendar
import pytest
from django.test import Client

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import Channel, Letter, TextHasChanged, UnknownPlace
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.contracts import world as worlds
from tests.make import courses as made_courses
from tests.make import messages as made

SEATED: dict[str, Any] = {"kind": "courses.seated", "language": "nb"}


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with worlds.on_the_day():
        yield


def client(who: make.Who) -> Client:
    found = Client()
    found.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return found


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


class TestOwn:
    def test_choosing_and_the_secret_address(self) -> None:
        region = make.region()
        chief, (kari, *_) = made_courses.team(region.municipalities[0])
        run_id = made_courses.run(region)
        signup_id = made_courses.seat(run_id, chief, kari)
        me = client(kari)
        assert "Du har plass: Medikamenthåndtering vår" in text_of(me.get("/meldinger/"))
        assert me.post("/meldinger/", {"act": "channel", "channel": "here"}).status_code == 302
        assert messages.get_reach(make.context(kari)).channel is Channel.HERE
        refused = me.post("/meldinger/", {"act": "channel", "channel": "sms"})
        assert refused.status_code == 422

        shown = text_of(me.post("/meldinger/", {"act": "open"}))
        found = re.search(r"http://127\.0\.0\.1:8000(/kalender/[^<]+\.ics)", shown)
        assert found is not None
        first = found[1]
        answer = Client().get(first)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        event: Any
        (event,) = icalendar.Calendar.from_ical(answer.content.decode()).walk("VEVENT")
        assert str(event["uid"]).startswith(f"signup-{signup_id}-session-")
        assert first not in text_of(me.get("/meldinger/"))

        second = messages.open_feed(make.context(kari))
        assert Client().get(first).status_code == 404
        assert Client().get(f"/kalender/{second}.ics").status_code == 200
        messages.close_feed(make.context(kari))
        for gone in (f"/kalender/{second}.ics", "/kalender/x.ics", f"/kalender/1-{'a' * 43}.ics"):
            assert Client().get(gone).status_code == 404
        with pytest.raises(Refused):
            messages.open_feed(make.system(region))


class TestFollowing:
    def test_the_office_sees_states_and_never_what_was_said(self) -> None:
        region = make.region()
        office = make.office(region)
        chief, (kari, *_) = made_courses.team(region.municipalities[0])
        run_id = made_courses.run(region)
        made_courses.seat(run_id, chief, kari)
        town = region.municipalities[0]
        message = made.kept(region, made.write(region, town, kari, about=f"run-{run_id}"))
        messages.note_bounce(make.system(region), tenant_id=town.tenant_id, message_id=message.pk, why="550 5.1.1")
        shown = text_of(client(office).get(f"/kurs/{run_id}/meldinger/"))
        assert "Adressen virker ikke" in shown
        assert kari.employee.name in shown  # type: ignore[union-attr]
        assert "Velkommen" not in shown
        assert "Du har plass" not in shown
        assert "Sendt" in text_of(client(office).get("/meldinger/tilstand/"))
        assert client(kari).get(f"/kurs/{run_id}/meldinger/").status_code == 403

    def test_hr_puts_an_address_right_in_two_clicks(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        hr, kari = make.with_role(region, Role.HR, town=town), make.employee(town)
        message = made.kept(region, made.write(region, town, kari))
        messages.note_bounce(make.system(region), tenant_id=town.tenant_id, message_id=message.pk, why="550 5.1.1")
        shown = text_of(client(hr).get("/meldinger/adresser/"))
        action = re.search(r'action="(/meldinger/adresser/\d+/virker/)"', shown)
        assert action is not None
        done = client(hr).post(action[1], follow=True)
        assert "1 melding sendes på nytt." in text_of(done)
        assert "Alle adresser virker" in text_of(done)


class TestTexts:
    def test_the_region_writes_in_its_own_words_and_goes_back(self) -> None:
        region = make.region()
        office = make.office(region)
        chief, (kari, ola, per) = made_courses.team(region.municipalities[0])
        run_id = made_courses.run(region, seats=3)
        page, here = client(office), "/meldinger/tekster/courses.seated/nb/"
        assert "Har fått plass" in text_of(page.get("/meldinger/tekster/"))
        told = {"version": 0, "subject": "Velkommen til {kurs}", "body": "Hei {navn}! {hvorfor}"}
        shown = text_of(page.post(here, {**told, "act": "preview"}))
        assert "Velkommen til Medikamenthåndtering vår" in shown
        assert "Hei Kari Nordmann!" in shown
        assert page.post(here, {**told, "act": "save"}).status_code == 302
        made_courses.seat(run_id, chief, kari)
        assert messages.list_messages(make.context(kari))[0].subject == "Velkommen til Medikamenthåndtering vår"

        wrong = page.post(here, {**told, "version": 1, "body": "Hei {fornavn}", "act": "save"})
        assert wrong.status_code == 422
        assert "{fornavn} er ikke noe vi kan fylle ut" in text_of(wrong)
        stale = page.post(here, {**told, "act": "save"})
        assert stale.status_code == 422
        assert "Noen andre har endret teksten" in text_of(stale)
        assert page.post(here, {"act": "reset"}).status_code == 302
        made_courses.seat(run_id, chief, ola)
        assert messages.list_messages(make.context(ola))[0].subject.startswith("Du har plass")
        assert page.get("/meldinger/tekster/courses.nothing/nb/").status_code == 404
        assert client(per).get(here).status_code == 403

    def test_through_the_door(self) -> None:
        region, other = make.region(), make.region()
        office = make.context(make.office(region))
        with pytest.raises(UnknownPlace):
            messages.change_text(office, region_id=region.tenant_id, **SEATED, letter=Letter("{x}", "y"), version=0)
        messages.change_text(office, region_id=region.tenant_id, **SEATED, letter=Letter("x", "y"), version=0)
        with pytest.raises(TextHasChanged):
            messages.change_text(office, region_id=region.tenant_id, **SEATED, letter=Letter("x", "z"), version=0)
        with pytest.raises(Refused):
            messages.change_text(office, region_id=other.tenant_id, **SEATED, letter=Letter("x", "y"), version=0)
        kari = make.context(make.employee(region.municipalities[0]))
        with pytest.raises(Refused):
            messages.reset_text(kari, region_id=region.tenant_id, **SEATED)
        assert messages.get_text(office, region_id=region.tenant_id, **SEATED).letter == Letter("x", "y")
        messages.reset_text(office, region_id=region.tenant_id, **SEATED)
        with pytest.raises(NotFound):
            messages.reset_text(office, region_id=region.tenant_id, **SEATED)
        messages.tell_of_failing(make.system(region), failing_id=10**12)
