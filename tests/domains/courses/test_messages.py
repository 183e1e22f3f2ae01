from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import handlers
from kompetanse.domains.courses.events import SignupSettled
from kompetanse.domains.courses.rules import MOVED, OFFER_EXPIRED, REPLACED, Ground, Occasion, letters
from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import MessageState
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import Employee, Leadership
from kompetanse.domains.organisation.types import Role, WrittenForm
from kompetanse.foundation.tenancy import tenant_scope
from tests import make
from tests.make import courses as made


@pytest.fixture(autouse=True)
def empty_box() -> None:
    mail.outbox = []


class TestTellPerson:
    def test_tells_who_asked_who_must_answer_and_who_got_a_seat(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=1)
        first, second = made.signup(run_id, kari), made.signup(run_id, ola)
        courses.approve_signups(make.context(chief), signup_ids=[first, second])

        subjects = [row.subject for row in messages.list_messages(make.context(chief))]
        assert subjects == ["En påmelding venter på deg: Medikamenthåndtering vår"] * 2
        (seated,) = messages.list_messages(make.context(kari))
        assert seated.subject == "Du har plass: Medikamenthåndtering vår"
        assert "24.04.2027 kl. 11.00" in seated.body
        (waiting,) = messages.list_messages(make.context(ola))
        assert "du er nummer 1 på ventelisten" in waiting.body
        assert str(Ground.FULL) in waiting.body

        courses.withdraw(make.context(kari), signup_id=first)
        assert messages.list_messages(make.context(ola))[0].subject.startswith("Du har plass")

    def test_sends_each_once_however_often_the_event_is_carried(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        signup_id = made.seat(made.run(region), chief, kari)
        assert [m.to for m in mail.outbox] == [[kari.employee.email]]  # type: ignore[union-attr]

        ctx = make.system(region)
        row = courses.get_signup(ctx, signup_id=signup_id)
        event = SignupSettled(
            tenant_id=row.tenant_id, run_id=row.run_id, signup_id=signup_id, status="seated", why=row.why
        )
        with tenant_scope(ctx):
            handlers.tell_person(ctx, event)

        (message,) = messages.list_messages(make.context(kari))
        assert message.state is MessageState.SENT
        messages.send_waiting(tenant_id=row.tenant_id)
        assert len(mail.outbox) == 1

    def test_writes_nynorsk_to_a_nynorsk_municipality(self) -> None:
        region = make.region(written_form=WrittenForm.NYNORSK)
        chief, (kari, *_) = made.team(region.municipalities[0])
        made.seat(made.run(region), chief, kari)

        (message,) = messages.list_messages(make.context(kari))
        assert "Kan du ikkje kome?" in message.body
        assert letters.GROUNDS_NN[Ground.FREE] in message.body

    def test_keeps_the_message_where_there_is_no_address(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        with tenant_scope(make.system(region)):
            Employee.objects.filter(pk=kari.employee.pk).update(email="")  # type: ignore[union-attr]
        made.seat(made.run(region), chief, kari)

        assert [row.state for row in messages.list_messages(make.context(kari))] == [MessageState.KEPT]
        assert mail.outbox == []

    def test_tells_the_reason_of_a_no_and_of_a_cancelled_run(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        run_id = made.run(region)
        courses.decline_signup(make.context(chief), signup_id=made.signup(run_id, kari), reason="Vi er for få på vakt")
        made.seat(run_id, chief, ola)
        courses.cancel_run(make.system(region), run_id=run_id, reason="Kursholderen er syk")

        assert "Vi er for få på vakt" in messages.list_messages(make.context(kari))[0].body
        assert "Kursholderen er syk" in messages.list_messages(make.context(ola))[0].body


class TestTellApprover:
    """Somebody is always told: leader, leader above, HR and contact person, the office, at last the one who asked."""

    def test_the_acting_leader_before_the_ordinary(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        chief, (kari, acting, _) = made.team(town)
        with tenant_scope(make.system(region)):
            Leadership.objects.create(
                tenant_id=town.tenant_id, unit=kari.post.unit, employee=acting.employee,  # type: ignore[union-attr]
                is_acting=True, valid_from="2027-01-01",
            )  # fmt: skip
        made.signup(made.run(region), kari)

        assert _subjects(acting) == ["En påmelding venter på deg: Medikamenthåndtering vår"]
        assert _subjects(chief) == []

    def test_the_leader_above_when_the_leader_asks(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        top, (chief, _) = make.leader(town, town.root), made.team(town, 0)
        hr = make.with_role(region, Role.HR, town=town)
        made.signup(made.run(region), chief)

        assert _subjects(top) == ["En påmelding venter på deg: Medikamenthåndtering vår"]
        assert _subjects(chief) == _subjects(hr) == []

    def test_hr_and_the_contact_person_where_no_leader_is(self) -> None:
        region = make.region(municipalities=2)
        town, near = region.municipalities
        kari = make.employee(town, make.unit(town))
        told = [make.with_role(region, role, town=town) for role in (Role.HR, Role.CONTACT_PERSON)]
        others = [make.with_role(region, Role.HR, town=near), make.office(region)]
        made.signup(made.run(region), kari)

        for who in told:
            (letter,) = messages.list_messages(make.context(who))
            assert letter.subject == "En påmelding uten leder venter på deg: Medikamenthåndtering vår"
            assert kari.employee.name in letter.body  # type: ignore[union-attr]
        assert [_subjects(who) for who in (*others, kari)] == [[], [], []]
        assert sorted(m.to for m in mail.outbox) == sorted([w.employee.email] for w in told)  # type: ignore[union-attr]

    def test_only_hr_whose_role_reaches_the_unit(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        here, elsewhere = make.unit(town), make.unit(town)
        kari, near, far = make.employee(town, here), make.employee(town), make.employee(town)
        for who, unit in ((near, here), (far, elsewhere)):
            organisation.give_role(
                make.system(region), tenant_id=town.tenant_id, person_id=who.person_id, role=Role.HR,
                unit_id=unit.pk, valid_from=date(2021, 1, 1),
            )  # fmt: skip
        made.signup(made.run(region), kari)

        assert len(_subjects(near)) == 1
        assert _subjects(far) == []

    def test_the_office_where_hr_asks_for_themselves(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        office = make.office(region)
        hr = make.with_role(region, Role.HR, town=town)
        signup_id = made.signup(made.run(region), hr)

        assert _subjects(hr) == []
        assert _subjects(office) == ["En påmelding uten leder venter på deg: Medikamenthåndtering vår"]
        courses.approve_signup(make.context(office), signup_id=signup_id)

    def test_the_one_who_asked_where_nobody_else_is(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        kari = make.employee(town, make.unit(town))
        made.signup(made.run(region), kari)

        assert _subjects(kari) == ["Ingen kan godkjenne påmeldingen ennå: Medikamenthåndtering vår"]


def _subjects(who: make.Who) -> list[str]:
    return [row.subject for row in messages.list_messages(make.context(who))]


class TestLetters:
    def test_every_occasion_and_ground_has_both_written_forms(self) -> None:
        assert all({"nb", "nn"} <= set(forms) for forms in letters.TEXTS.values())
        assert set(letters.TEXTS) == set(Occasion)
        assert set(letters.GROUNDS_NN) == {ground.value for ground in Ground} | {OFFER_EXPIRED, MOVED, REPLACED}
