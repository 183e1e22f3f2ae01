from __future__ import annotations

import pytest
from django.core import mail

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence import handlers
from kompetanse.domains.competence.events import DispensationGiven
from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import MessageRow
from kompetanse.domains.organisation.types import Role, WrittenForm
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import competence as proof
from tests.make import courses as made
from tests.make.competence import TODAY

CODE = "LEGEMIDDEL"


@pytest.fixture(autouse=True)
def register() -> None:
    proof.register()
    mail.outbox = []


def letters(who: make.Who) -> list[MessageRow]:
    return list(messages.list_messages(make.context(who)))


class TestDispensation:
    def test_is_told_of_and_told_when_it_is_taken_back(self) -> None:
        region = make.region()
        _chief, (kari, *_) = made.team(region.municipalities[0])
        number = proof.dispensation(kari, CODE)
        (given,) = letters(kari)
        assert given.subject.startswith("Du har fått dispensasjon: ")
        assert f"http://127.0.0.1:8000/kompetanse/dispensasjon/{number}/" in given.body
        assert "Ingen kvalifiserte søkere" not in given.body

        competence.withdraw_dispensation(make.system(region), dispensation_id=number, why="Hemmelig grunn")
        newest = next(row for row in letters(kari) if row.id != given.id)
        assert newest.subject.startswith("Dispensasjonen er trukket tilbake: ")
        assert "Hemmelig grunn" not in newest.body
        assert len(letters(kari)) == len(mail.outbox) == 2

    def test_is_told_once_however_often_the_event_is_carried(self) -> None:
        region = make.region()
        _chief, (kari, *_) = made.team(region.municipalities[0])
        number = proof.dispensation(kari, CODE)
        post = proof.of_post(kari)
        event = DispensationGiven(
            tenant_id=post.tenant_id, dispensation_id=number, employee_id=post.employee_id, unit_id=post.unit_id,
            requirement_code=CODE, valid_from=TODAY, valid_to=TODAY,
        )  # fmt: skip
        ctx = make.system(region)
        with tenant_scope(ctx):
            handlers.write_letters(ctx, event)
        assert len(letters(kari)) == len(mail.outbox) == 1
        with pytest.raises(Refused):
            competence.list_letters(make.context(kari), event=event)


class TestClaim:
    def test_reaches_the_leader_and_the_answer_reaches_the_person(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        yes, no = proof.claim(kari, CODE, issuer="Hemmelig skole"), proof.claim(ola, CODE)
        told = letters(chief)
        assert len(told) == 2
        assert all(row.subject.startswith("Et bevis venter på deg: ") for row in told)
        first = next(row for row in told if f"/bevis/{yes}/svar/" in row.body)
        assert proof.of(kari).name in first.body
        assert "Hemmelig skole" not in first.body
        assert letters(kari) == []

        seen = competence.verify_claim(make.context(chief), evidence_id=yes)
        competence.decline_claim(make.context(chief), evidence_id=no, why="Hemmelig grunn")
        (answer,), (refusal,) = letters(kari), letters(ola)
        assert answer.subject.startswith("Beviset ditt er bekreftet: ")
        assert f"/bevis/{seen}/" in answer.body
        assert refusal.subject.startswith("Beviset ditt ble ikke bekreftet: ")
        assert "Hemmelig grunn" not in refusal.body
        assert len(letters(chief)) == 2

    def test_of_a_leader_reaches_the_one_above_and_else_hr(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        chief, _people = made.team(town, 0)
        hr = make.with_role(region, Role.HR, town=town)
        proof.claim(chief, "GDPR")
        assert [row.subject.split(":")[0] for row in letters(hr)] == ["Et bevis venter på deg"]
        above = make.leader(town, town.root)
        proof.claim(chief, "GDPR", TODAY)
        assert len(letters(above)) == len(letters(hr)) == 1
        assert letters(chief) == []

    def test_is_written_in_nynorsk_where_the_municipality_is(self) -> None:
        region = make.region(written_form=WrittenForm.NYNORSK)
        chief, (kari, *_) = made.team(region.municipalities[0])
        claim = proof.claim(kari, CODE)
        assert letters(chief)[0].subject.startswith("Eit bevis ventar på deg: ")
        competence.verify_claim(make.context(chief), evidence_id=claim)
        assert letters(kari)[0].subject.startswith("Beviset ditt er stadfesta: ")
