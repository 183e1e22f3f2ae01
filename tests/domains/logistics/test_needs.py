from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kompetanse.domains.courses import api as courses
from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.models import ParticipantNeed
from kompetanse.domains.logistics.types import KEEP_DAYS, ConsentIsMissing, Need, PeopleAreImpossible, RunIsOver
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import Municipality
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import privacy
from kompetanse.foundation.models import Deed, OutboxEvent
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import courses as it
from tests.make import logistics as make_logistics
from tests.make.organisation import NOW
from tests.make.queries import counted


class World:
    """A run with participants from two municipalities."""

    def __init__(self, people: int = 3) -> None:
        self.region = make.region(municipalities=2)
        self.run_id = it.run(self.region, seats=30)
        self.people = []
        for town in self.region.municipalities:
            _chief, members = it.team(town, people)
            self.people += members
        for who in self.people:
            it.signup(self.run_id, who)
        self.office = make.context(make.office(self.region))

    @property
    def system(self) -> Context:
        return make.system(self.region)

    def tell(self, who: make.Who, *needs: Need, other: str = "") -> None:
        courses.tell_own_needs(make.context(who), run_id=self.run_id, needs=needs, other=other, consent=True)

    def kept(self) -> list[ParticipantNeed]:
        with tenant_scope(self.system):
            return list(ParticipantNeed.objects.filter(run_id=self.run_id))


class TestCounts:
    def test_say_how_many_and_never_who(self) -> None:
        world = World()
        for who in world.people[:2]:
            world.tell(who, Need.NUTS, Need.GLUTEN)
        world.tell(world.people[5], Need.NUTS, Need.OTHER, other="Sitte ved døren")
        page = logistics.get_needs(world.office, run_id=world.run_id)
        assert [(row.need, row.people) for row in page.counts] == [
            (Need.GLUTEN, 2), (Need.NUTS, 3), (Need.OTHER, 1),
        ]  # fmt: skip
        assert page.others == ("Sitte ved døren",)
        assert not any(who.account.display_name in repr(page) for who in world.people)

    @pytest.mark.parametrize(
        "role",
        [Role.HR, Role.CONTACT_PERSON, Role.LEADER, Role.EMPLOYEE, Role.SYSTEM_ADMINISTRATOR, Role.CHIEF_EXECUTIVE,
         Role.FORUM_MEMBER, Role.UNION_REPRESENTATIVE],
    )  # fmt: skip
    def test_are_for_the_office_alone(self, role: Role) -> None:
        world = World()
        world.tell(world.people[0], Need.NUTS)
        municipal = role in (Role.HR, Role.CONTACT_PERSON, Role.LEADER, Role.EMPLOYEE)
        who = make.with_role(world.region, role, town=world.region.municipalities[0] if municipal else None)
        with pytest.raises(Refused):
            logistics.get_needs(make.context(who), run_id=world.run_id)
        assert not logistics.list_catering(make.context(who), run_id=world.run_id)
        assert courses.get_logistics(make.context(who), run_id=world.run_id).needs is None

    def test_nobody_reads_a_colleagues_and_no_neighbour_has_it_in_sight(self) -> None:
        world = World()
        kari, ola, neighbour = world.people[0], world.people[1], world.people[3]
        world.tell(kari, Need.NUTS)
        for other in (ola, neighbour):
            assert logistics.get_own_needs(make.context(other), run_id=world.run_id).needs == ()
        with tenant_scope(make.context(neighbour)):
            assert not ParticipantNeed.objects.exists()
        assert logistics.get_own_needs(make.context(kari), run_id=world.run_id).needs == (Need.NUTS,)

    def test_nobody_tells_or_deletes_for_another(self) -> None:
        world = World()
        kari, ola = world.people[:2]
        world.tell(kari, Need.NUTS)
        far = world.people[4].employee
        assert far is not None
        told: dict[str, Any] = {
            "region_id": world.region.tenant_id, "run_id": world.run_id, "run_ends_on": NOW.date(),
            "needs": [Need.EGG], "consent": True,
        }  # fmt: skip
        with pytest.raises(NotFound):
            logistics.tell_needs(make.context(ola), tenant_id=far.tenant_id, **told)
        with pytest.raises(NotFound):
            logistics.tell_needs(world.system, tenant_id=far.tenant_id, **told)  # the system needs nothing
        with pytest.raises(Refused):
            logistics.forget_needs(
                make.context(ola), region_id=world.region.tenant_id, run_id=world.run_id, person_id=kari.person_id
            )
        with pytest.raises(Refused):
            logistics.follow_run(
                make.context(ola),
                region_id=world.region.tenant_id,
                run_id=world.run_id,
                ends_on=NOW.date(),
                sessions={},
            )
        contact = make.with_role(world.region, Role.CONTACT_PERSON, town=world.region.municipalities[0])
        with pytest.raises(Refused):
            logistics.order_catering(
                make.context(contact), region_id=world.region.tenant_id, run_id=world.run_id, session_id=1,
                starts_at=make_logistics.DAY, people=10, what="Lunsj",
            )  # fmt: skip
        assert len(world.kept()) == 1

    def test_ask_the_same_of_two_and_of_twenty(self) -> None:
        for people in (1, 10):
            world = World(people)
            for who in world.people:
                world.tell(who, Need.NUTS)
            with tenant_scope(world.office), counted() as asked:
                assert logistics.get_needs(world.office, run_id=world.run_id).counts[0].people == 2 * people
            assert len(asked) == 2


class TestKept:
    def test_are_deleted_days_after_the_run(self) -> None:
        world = World()
        world.tell(world.people[0], Need.NUTS)
        (row,) = world.kept()
        for days, left in ((KEEP_DAYS, 1), (KEEP_DAYS + 1, 0)):
            later = system_context("test", set(world.region.tenants), NOW + timedelta(days=40 + days))
            assert later.today == row.run_ends_on + timedelta(days=days)
            organisation.forget_past(later, tenant_id=row.tenant_id)
            assert len(world.kept()) == left

    def test_the_day_follows_the_run(self) -> None:
        world = World()
        world.tell(world.people[0], Need.NUTS)
        run = courses.get_run(world.office, run_id=world.run_id).run
        told = it.run_input(run.measure_id, seats=30, starts_at=run.starts_at + timedelta(days=9))
        courses.change_run(world.office, run_id=world.run_id, run=told)
        assert world.kept()[0].run_ends_on == (run.ends_at + timedelta(days=9)).date()

    def test_who_withdraws_leaves_nothing(self) -> None:
        world = World()
        for who in world.people[:2]:
            world.tell(who, Need.NUTS)
        (row,) = courses.list_own_signups(make.context(world.people[0]))
        courses.withdraw(make.context(world.people[0]), signup_id=row.id)  # told by its event
        assert [kept.person_id for kept in world.kept()] == [world.people[1].person_id]

    def test_leave_no_mark_in_deeds_or_events(self) -> None:
        world = World()
        with tenant_scope(world.system):
            before = (Deed.objects.count(), OutboxEvent.objects.count())
        world.tell(world.people[0], Need.NUTS, Need.OTHER, other="Særlig hensyn")
        with tenant_scope(world.system):
            assert (Deed.objects.count(), OutboxEvent.objects.count()) == before

    def test_are_in_what_a_person_can_see_is_kept_about_them(self) -> None:
        world = World()
        world.tell(world.people[0], Need.NUTS)
        with tenant_scope(make.context(world.people[0])):
            found = privacy.export_person(world.people[0].person_id)
        assert found["logistics.ParticipantNeed"][0]["need"] == "nuts"

    def test_need_a_yes_and_a_run_that_is_not_over(self) -> None:
        world = World()
        kari = world.people[0]
        with pytest.raises(ConsentIsMissing):
            courses.tell_own_needs(make.context(kari), run_id=world.run_id, needs=[Need.NUTS])
        with pytest.raises(RunIsOver):
            courses.tell_own_needs(
                make.context(kari, NOW + timedelta(days=60)), run_id=world.run_id, needs=[Need.NUTS], consent=True
            )
        assert not world.kept()


class TestCatering:
    def test_is_ordered_once_for_a_gathering_and_changed(self) -> None:
        world = World()
        (session,) = courses.list_sessions(world.office, run_id=world.run_id)
        for people in (10, 12):
            courses.cater_for_session(
                world.office, run_id=world.run_id, session_id=session.id, people=people, what="Lunsj"
            )
        (row,) = logistics.list_catering(world.office, run_id=world.run_id)
        assert (row.people, row.what) == (12, "Lunsj")
        with pytest.raises(PeopleAreImpossible):
            courses.cater_for_session(world.office, run_id=world.run_id, session_id=session.id, people=0, what="x")
        logistics.cancel_catering(world.office, catering_id=row.id)
        assert not logistics.list_catering(world.office, run_id=world.run_id)


class TestSuggestions:
    def test_are_free_big_enough_usable_and_the_nearest_first(self) -> None:
        world = World()
        near = make_logistics.room(world.region, "Nær", place="Kongsberg", capacity=40)
        far = make_logistics.room(world.region, "Fjern", place="Rjukan", capacity=40)
        small = make_logistics.room(world.region, "Liten", place="Kongsberg", capacity=5)
        homes = {}
        for town, place in zip(world.region.municipalities, ("Kongsberg", "Notodden"), strict=True):
            with tenant_scope(world.system):
                Municipality.objects.filter(pk=town.tenant_id).update(centre=place)
            homes[town.tenant_id] = 3
        times = {1: (make_logistics.DAY, make_logistics.DAY + timedelta(hours=2))}
        found = logistics.suggest(world.office, times=times, people=30, homes=homes)[1].rooms
        assert [(row.room.resource.id, row.minutes, row.is_checked) for row in found] == [
            (near, round(35 / 2), True), (far, round((95 + 70) / 2), False),
        ]  # fmt: skip
        make_logistics.booked(world.region, near)
        again = logistics.suggest(world.office, times=times, people=30, homes=homes)[1].rooms
        assert [row.room.resource.id for row in again] == [far]
        assert small not in {row.room.resource.id for row in found}
