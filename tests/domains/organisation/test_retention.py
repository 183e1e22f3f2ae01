"""What is past its time goes; nothing younger, and nothing about others."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Evidence, TextMapping
from kompetanse.domains.competence.types import EvidenceInput, EvidenceSource
from kompetanse.domains.courses.models import Signup
from kompetanse.domains.governance.models import CaseView
from kompetanse.domains.governance.types import ViewKind
from kompetanse.domains.messages.models import Message
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation import tasks
from kompetanse.domains.organisation.models import (
    Account,
    Affiliation,
    Employee,
    Leadership,
    Membership,
    Person,
    Post,
    RoleAssignment,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import retention
from kompetanse.foundation.models import Deed, Delivery, OutboxEvent
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import courses as made
from tests.make import governance as made_governance

LONG_AGO = date(2016, 6, 30)
TWO_YEARS_AGO = date(2025, 3, 1)


def left(region: make.Region, who: make.Who, day: date = LONG_AGO) -> None:
    """The person's posts are over on a day, as the register tells it."""
    with tenant_scope(make.system(region)):
        Post.objects.filter(employee=who.employee).update(valid_from=date(2010, 1, 1), valid_to=day)
        Leadership.objects.filter(employee=who.employee).update(valid_from=date(2010, 1, 1), valid_to=day)


def of(town: make.Town) -> Context:
    return system_context("test of retention", organisation.list_tenants()[town.tenant_id], make.organisation.NOW)


def forget(town: make.Town) -> dict[str, int]:
    return organisation.forget_past(of(town), tenant_id=town.tenant_id)


def is_there(region: make.Region, model: type[Model], **wanted: object) -> bool:
    with tenant_scope(make.system(region)):
        return bool(model._default_manager.filter(**wanted).exists())


def shown(region: make.Region, who: make.Who) -> int:
    """Somebody has completed a course. Gives the evidence's id."""
    assert who.employee is not None
    return competence.record_evidence(
        make.system(region),
        EvidenceInput(
            tenant_id=who.employee.tenant_id, employee_id=who.employee.pk, requirement_code=None, title="HLR",
            completed_on=date(2015, 5, 5), source=EvidenceSource.COURSE,
        ),
    )  # fmt: skip


class TestEmployees:
    def test_who_left_long_ago_goes_with_all_about_them(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        gone, stays = make.leader(town), make.employee(town)
        evidence = shown(region, gone), shown(region, stays)
        left(region, gone)

        counts = forget(town)

        assert counts == {
            "competence.Evidence": 1, "organisation.Account": 1, "organisation.Affiliation": 1,
            "organisation.Employee": 1, "organisation.Leadership": 1, "organisation.Person": 1, "organisation.Post": 1,
        }  # fmt: skip
        assert not is_there(region, Employee, person_id=gone.person_id)
        assert not Person.objects.filter(pk=gone.person_id).exists()
        assert not Account.objects.filter(person_id=gone.person_id).exists()
        assert [is_there(region, Evidence, pk=pk) for pk in evidence] == [False, True]
        assert is_there(region, Employee, person_id=stays.person_id)
        assert is_there(region, Post, employee=stays.employee)

    def test_nothing_younger_goes(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.employee(town)
        evidence = shown(region, who)
        left(region, who, date(2022, 3, 15))  # five years to the day on the day of the test

        forget(town)

        assert is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]
        assert is_there(region, Evidence, pk=evidence)
        with tenant_scope(make.system(region)):
            Post.objects.filter(employee=who.employee).update(valid_to=LONG_AGO)
            Post.objects.create(
                tenant_id=town.tenant_id, employee=who.employee, unit=town.units[0], employee_number="2",
                position_title="Vikar", valid_from=date(2026, 1, 1),
            )  # fmt: skip
        forget(town)
        assert is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]
        assert is_there(region, Evidence, pk=evidence)
        with tenant_scope(make.system(region)):  # the former post is past its own time
            assert [post.position_title for post in Post.objects.filter(employee=who.employee)] == ["Vikar"]

    def test_a_young_row_about_them_keeps_them(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        _, (kari, *_) = made.team(town)
        made.signup(made.run(region), kari)
        left(region, kari)

        forget(town)

        assert is_there(region, Employee, pk=kari.employee.pk)  # type: ignore[union-attr]

    def test_history_about_others_stays(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        chief, (kari, *_) = made.team(town)
        signup_id = made.signup(made.run(region), kari)
        left(region, chief)

        forget(town)

        assert not is_there(region, Employee, pk=chief.employee.pk)  # type: ignore[union-attr]
        assert is_there(region, Signup, pk=signup_id, approver=None, employee=kari.employee)
        assert is_there(region, Deed, actor_person_id=kari.person_id)

    def test_a_post_in_another_municipality_keeps_that_ones_rows(self) -> None:
        region = make.region(municipalities=2)
        town, near = region.municipalities
        gone = make.employee(town)
        same = make.employee(near, person_id=gone.person_id)
        left(region, gone)
        Person.objects.filter(pk=gone.person_id).update(identity_hash=f"merke-{gone.person_id}")

        for _ in range(2):
            forget(town)
            forget(near)

        assert not is_there(region, Employee, pk=gone.employee.pk)  # type: ignore[union-attr]
        assert is_there(region, Employee, pk=same.employee.pk)  # type: ignore[union-attr]
        assert is_there(region, Post, employee=same.employee)
        assert Person.objects.get(pk=gone.person_id).identity_hash == f"merke-{gone.person_id}"
        assert Account.objects.filter(person_id=gone.person_id).exists()
        belongs = Affiliation.objects.filter(person_id=gone.person_id).values_list("tenant_id", flat=True)
        assert list(belongs) == [near.tenant_id]

    def test_the_archive_keeps_who_said_what_and_lets_go_of_the_mark(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.employee(town)
        case_id = made_governance.case(region)
        with tenant_scope(make.system(region)):
            CaseView.objects.create(
                tenant_id=region.tenant_id, case_id=case_id, person_id=who.person_id, name="Kari", text="Enig",
                kind=ViewKind.MEMBER, stated_at=make.organisation.NOW,
            )  # fmt: skip
        Person.objects.filter(pk=who.person_id).update(identity_hash=f"merke-{who.person_id}")
        left(region, who)

        forget(town)

        assert is_there(region, CaseView, person_id=who.person_id)
        assert Person.objects.get(pk=who.person_id).identity_hash is None

    def test_somebody_without_any_post_is_let_be(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.employee(town)
        with tenant_scope(make.system(region)):
            Post.objects.filter(employee=who.employee).delete()
        forget(town)
        assert is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]
        assert Account.objects.filter(person_id=who.person_id).exists()


class TestWaysIn:
    def test_the_account_goes_a_year_after_with_its_sessions(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who, other = make.employee(town), make.employee(town)
        keys = []
        for account in (who.account, other.account):
            store = SessionStore()
            store["_auth_user_id"] = str(account.pk)
            store.create()
            keys.append(store.session_key)
        left(region, who, TWO_YEARS_AGO)

        assert forget(town) == {"organisation.Account": 1, "organisation.Affiliation": 1}

        assert is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]
        assert [Session.objects.filter(pk=key).exists() for key in keys] == [False, True]

    def test_a_standing_role_keeps_the_way_in(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.with_role(region, Role.UNION_REPRESENTATIVE, town=town)
        left(region, who)

        forget(town)
        assert Account.objects.filter(person_id=who.person_id).exists()
        assert not is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]

        with tenant_scope(make.system(region)):
            RoleAssignment.objects.filter(person_id=who.person_id).update(
                valid_from=date(2010, 1, 1), valid_to=LONG_AGO
            )
        while forget(town):
            pass
        assert not Account.objects.filter(person_id=who.person_id).exists()
        assert not Person.objects.filter(pk=who.person_id).exists()

    def test_a_new_adviser_without_employment_is_let_be(self) -> None:
        region = make.region()
        who = make.office(region)
        ctx = system_context("test of retention", {region.tenant_id}, make.organisation.NOW)
        organisation.forget_past(ctx, tenant_id=region.tenant_id)
        assert Account.objects.filter(person_id=who.person_id).exists()


class TestOwnClocks:
    def test_letters_and_roles_go_each_in_their_time(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.with_role(region, Role.HR, town=town)
        with tenant_scope(make.system(region)):
            RoleAssignment.objects.filter(person_id=who.person_id).update(
                valid_from=date(2010, 1, 1), valid_to=LONG_AGO
            )
            for cause, year in (("old", 2024), ("new", 2026)):
                Message.objects.create(
                    tenant_id=town.tenant_id, person_id=who.person_id, cause=cause, language="nb", subject="Hei",
                    body="Hei", written_at=datetime(year, 3, 1, tzinfo=UTC),
                )  # fmt: skip

        assert forget(town) == {"messages.Message": 1, "organisation.RoleAssignment": 1}
        assert is_there(region, Message, cause="new", person_id=who.person_id)

    def test_words_of_a_municipality_that_left(self) -> None:
        region = make.region(municipalities=2)
        town, near = region.municipalities
        with tenant_scope(make.system(region)):
            for place in (town, near):
                TextMapping.objects.create(
                    tenant_id=place.tenant_id, text="kaffekurs", confirmed_by="Kari", confirmed_at=make.organisation.NOW
                )
        Membership.objects.filter(municipality_id=town.tenant_id).update(valid_to=LONG_AGO, valid_from=LONG_AGO)

        assert forget(town) == {"competence.TextMapping": 1}
        assert forget(near) == {}
        assert is_there(region, TextMapping, tenant_id=near.tenant_id)


class TestTheRun:
    def test_twice_gives_the_same_and_one_deed(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        left(region, make.employee(town))

        first, second = forget(town), forget(town)

        assert first
        assert second == {}
        with tenant_scope(make.system(region)):
            (deed,) = Deed.objects.filter(tenant_id=town.tenant_id, event="PastForgotten")
        assert deed.details == {"counts": first}

    def test_small_steps_come_to_the_same(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        people = [make.employee(town) for _ in range(5)]
        for who in people:
            shown(region, who)
            left(region, who)
        told = organisation.count_past(of(town), tenant_id=town.tenant_id)

        steps = []
        while counts := organisation.forget_past(of(town), tenant_id=town.tenant_id, most=2):
            steps.append(counts)

        assert [step["organisation.Employee"] for step in steps] == [2, 2, 1]
        for label in ("organisation.Employee", "organisation.Post", "competence.Evidence", "organisation.Affiliation"):
            assert sum(step[label] for step in steps) == told[label] == 5
        assert not Person.objects.filter(pk__in=[who.person_id for who in people]).exists()

    def test_counting_changes_nothing(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.employee(town)
        left(region, who)
        ctx = of(town)
        assert organisation.count_past(ctx, tenant_id=town.tenant_id) == organisation.count_past(
            ctx, tenant_id=town.tenant_id
        )
        assert is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]

    def test_is_for_the_clock_alone(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.employee(town)
        left(region, who)
        ctx = make.context(make.with_role(region, Role.HR, town=town))
        with pytest.raises(Refused):
            organisation.forget_past(ctx, tenant_id=town.tenant_id)
        assert is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]

    def test_the_nights_task_goes_through_every_tenant(self, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.CLOCK_OFFSET = make.organisation.NOW - datetime.now(UTC)  # type: ignore[attr-defined]
        regions = [make.region(), make.region()]
        people = [make.employee(region.municipalities[0]) for region in regions]
        for region, who in zip(regions, people, strict=True):
            left(region, who)
        # All there are, but for the hundreds that other tests have left in this database.
        ours = frozenset[int]().union(*(region.tenants for region in regions))
        everyone = organisation.list_tenants()
        assert ours <= everyone.keys()
        monkeypatch.setattr(organisation, "list_tenants", lambda: {one: everyone[one] for one in sorted(ours)})

        tasks.forget_past()

        for region, who in zip(regions, people, strict=True):
            assert not is_there(region, Employee, pk=who.employee.pk)  # type: ignore[union-attr]


class TestTheMachinery:
    def test_what_was_delivered_long_ago_goes_and_nothing_younger(self) -> None:
        events = [
            OutboxEvent.objects.create(
                tenant_id=1, type="test", occurred_at=datetime(year, 1, 1, tzinfo=UTC), correlation_id="test",
                delivered_at=datetime(year, 1, 1, tzinfo=UTC) if is_delivered else None,
            )
            for year, is_delivered in ((2020, True), (2020, False), (2027, True))
        ]  # fmt: skip
        Delivery.objects.create(event=events[0], handler="test")

        organisation.forget_technical(system_context("test of retention", set(), make.organisation.NOW))

        left = [OutboxEvent.objects.filter(pk=event.pk).exists() for event in events]
        assert left == [False, True, True]


class TestTheWayOutOfTheLedger:
    def test_deletes_nothing_of_somebody_who_works_here(self) -> None:
        region = make.region()
        who = make.employee(region.municipalities[0])
        evidence = shown(region, who)
        with tenant_scope(make.system(region)):
            assert retention.forget_append_only(Evidence, [who.employee.pk]) == 0  # type: ignore[union-attr]
        assert is_there(region, Evidence, pk=evidence)

    def test_stops_at_the_border(self) -> None:
        region, other = make.region(), make.region()
        who = make.employee(region.municipalities[0])
        evidence = shown(region, who)
        left(region, who)
        with tenant_scope(make.system(other)):
            assert retention.forget_append_only(Evidence, [who.employee.pk]) == 0  # type: ignore[union-attr]
        assert is_there(region, Evidence, pk=evidence)

    def test_there_is_none_out_of_the_archive(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE %s ORDER BY 1", [r"%\_forget"])
            found = [name for (name,) in cursor.fetchall()]
        # Meetings, minutes and plans are archive; these are about people, told again every month,
        # or money whose time is past.
        assert found == [
            "competence_certificate_forget",
            "competence_document_forget",
            "competence_evidence_forget",
            "competence_publishedgap_forget",
            "competence_unitcount_forget",
            "courses_rundecision_forget",
            "courses_runmove_forget",
            "courses_runtermschoice_forget",
            "courses_seatdecision_forget",
            "foundation_deed_forget",
            "settlements_basenumber_forget",
            "settlements_invoice_forget",
        ]
