from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.models import Need
from kompetanse.domains.needs.types import (
    DeadlineHasPassed,
    DelegateIsUnknown,
    JoinNeedsTwo,
    NeedIsNotHere,
    NeedIsNotJoined,
    NeedIsWithdrawn,
    NeedsAreWaiting,
    NeedStatus,
    NothingToApprove,
    RoundAct,
    RoundHasChanged,
    RoundHasNoTitle,
    RoundIsApproved,
    RoundIsOpen,
    RoundStatus,
    Stage,
    Step,
    WhyIsMissing,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import needs as make_needs


class Place:
    """A municipality with a sector, two units in it, and those who take part in a round."""

    def __init__(self) -> None:
        self.region = make.region(municipalities=2)
        self.town = self.region.municipalities[0]
        self.sector = make.unit(self.town, "Helse")
        self.home = make.unit(self.town, "Hjemmetjenesten", parent=self.sector)
        self.ward = make.unit(self.town, "Sykehjemmet", parent=self.sector)
        self.manager = make.context(make.leader(self.town, self.home))
        self.other_manager = make.context(make.leader(self.town, self.ward))
        self.above = make.context(make.leader(self.town, self.sector))
        self.contact_person = make.with_role(self.region, Role.CONTACT_PERSON, town=self.town)
        self.contact = make.context(self.contact_person)
        self.chief = make.context(make.with_role(self.region, Role.CHIEF_EXECUTIVE, town=self.town))
        self.round_id = needs.open_round(
            self.contact, tenant_id=self.town.tenant_id, title="Behov for 2028", deadline=date(2027, 5, 1)
        )

    def told(self, title: str = "Palliasjon", people: int | None = 5, *, at: str = "home") -> int:
        ctx = self.manager if at == "home" else self.other_manager
        return make_needs.need(
            self.region, self.town, title, at=self.home if at == "home" else self.ward, people=people, ctx=ctx
        )

    def seen(self, ctx: Context | None = None) -> str:
        return next(it.seen for it in needs.list_rounds(ctx or self.chief) if it.id == self.round_id)

    def stored(self, need_id: int) -> Need:
        return make_needs.stored_need(self.region, need_id)

    def in_pools(self) -> frozenset[int]:
        return frozenset().union(*make_needs.membership(self.region).values())


@pytest.fixture
def place() -> Place:
    return Place()


class TestOpening:
    def test_needs_told_before_and_elsewhere_go_straight(self) -> None:
        region = make.region(municipalities=2)
        before = make_needs.need(region, region.municipalities[0])
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=region.municipalities[0]))
        needs.open_round(contact, tenant_id=region.municipalities[0].tenant_id, title="2028", deadline=date(2027, 5, 1))
        inside = make_needs.need(region, region.municipalities[0])
        elsewhere = make_needs.need(region, region.municipalities[1])

        assert frozenset().union(*make_needs.membership(region).values()) == {before, elsewhere}
        assert make_needs.stored_need(region, inside).status == NeedStatus.IN_ROUND

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            ({"title": "  "}, RoundHasNoTitle),
            ({"deadline": date(2027, 3, 14)}, DeadlineHasPassed),
            ({}, RoundIsOpen),
        ],
    )
    def test_refuses_what_makes_no_sense(self, place: Place, told: dict[str, object], error: type[DomainError]) -> None:
        asked = {"tenant_id": place.town.tenant_id, "title": "Ny", "deadline": date(2027, 6, 1)} | told
        with pytest.raises(error):
            needs.open_round(place.contact, **asked)  # type: ignore[arg-type]
        assert len(needs.list_rounds(place.contact)) == 1

    def test_refuses_leaders_and_other_municipalities(self, place: Place) -> None:
        far = place.region.municipalities[1]
        near = make.context(make.with_role(place.region, Role.CONTACT_PERSON, town=far))
        for ctx, tenant_id in ((place.above, place.town.tenant_id), (near, place.town.tenant_id)):
            with pytest.raises((Refused, NotFound)):
                needs.open_round(ctx, tenant_id=tenant_id, title="Min", deadline=date(2027, 6, 1))


class TestTheWayUp:
    def test_from_a_unit_by_the_sector_to_the_list_and_into_the_region(self, place: Place) -> None:
        need_id = place.told()
        assert needs.what_became_of(place.manager, need_id=need_id).words.text().startswith("Meldt. Ligger hos lederen")
        assert place.in_pools() == frozenset()

        needs.pass_on(place.above, need_ids=[need_id], comment="Viktig")
        assert "kommunens liste" in needs.what_became_of(place.manager, need_id=need_id).words.text()
        assert needs.approve_round(place.chief, round_id=place.round_id, seen=place.seen()) == 1

        assert place.in_pools() == {need_id}
        assert needs.what_became_of(place.manager, need_id=need_id).stage is Stage.ALONE
        trail = needs.get_need_trail(place.manager, need_id=need_id)
        assert [(it.act, it.text) for it in trail.notes] == [
            (RoundAct.TOLD, ""), (RoundAct.PASSED, "Viktig"), (RoundAct.APPROVED, ""),
        ]  # fmt: skip

    def test_a_sectors_own_need_goes_straight_to_the_list(self, place: Place) -> None:
        need_id = make_needs.need(place.region, place.town, at=place.sector, ctx=place.above)
        assert place.stored(need_id).step == Step.LIST

    def test_what_the_leader_above_tells_for_a_unit_does_not_wait_for_themselves(self, place: Place) -> None:
        need_id = make_needs.need(place.region, place.town, at=place.home, ctx=place.above)
        assert place.stored(need_id).step == Step.LIST

    def test_is_sent_back_put_right_and_told_again(self, place: Place) -> None:
        need_id = place.told()
        needs.send_back(place.above, need_id=need_id, why="Hvor mange gjelder det egentlig?")

        fate = needs.what_became_of(place.manager, need_id=need_id)
        assert (fate.stage, "Sendt tilbake" in fate.words.text()) == (Stage.RETURNED, True)
        with pytest.raises(NeedIsNotHere):
            needs.pass_on(place.above, need_ids=[need_id])
        needs.tell_again(place.manager, need_id=need_id, title="Palliasjon hjemme", people=8)

        stored = place.stored(need_id)
        assert (stored.title, stored.people, stored.step) == ("Palliasjon hjemme", 8, Step.SECTOR)

    def test_goes_from_the_list_back_to_the_leader_above(self, place: Place) -> None:
        need_id = place.told()
        needs.pass_on(place.above, need_ids=[need_id])
        needs.send_back(place.contact, need_id=need_id, why="Se dette sammen med skolen")
        assert place.stored(need_id).step == Step.SECTOR

    def test_the_leader_above_withdraws_with_a_reason(self, place: Place) -> None:
        need_id = place.told()
        needs.withdraw_need(place.above, need_id=need_id, why="Løst i egen enhet")
        assert "Løst i egen enhet" in needs.what_became_of(place.manager, need_id=need_id).words.text()

    def test_is_told_and_passed_on_without_a_reason_but_not_sent_back(self, place: Place) -> None:
        need_id = place.told()
        with pytest.raises(WhyIsMissing):
            needs.send_back(place.above, need_id=need_id, why="  ")
        with pytest.raises(WhyIsMissing):
            needs.comment_need(place.above, need_id=need_id, text="")
        needs.comment_need(place.above, need_id=need_id, text="Ser på det")
        assert needs.get_need_trail(place.manager, need_id=need_id).notes[-1].text == "Ser på det"

    @pytest.mark.parametrize("who", ["manager", "other_manager"])
    def test_is_not_weighed_by_those_who_ask(self, place: Place, who: str) -> None:
        need_id = place.told()
        with pytest.raises(Refused):
            needs.pass_on(getattr(place, who), need_ids=[need_id])
        needs.pass_on(place.above, need_ids=[need_id])
        with pytest.raises(Refused):  # on the list it is the municipality's, not the sector's
            needs.send_back(place.above, need_id=need_id, why="Angret")
        assert place.stored(need_id).step == Step.LIST


class TestJoining:
    def test_keeps_who_asked_and_answers_each(self, place: Place) -> None:
        one, two = place.told("Palliasjon", 5), place.told("Lindrende omsorg", 3, at="ward")
        whole = needs.join_needs(place.above, need_ids=[one, two], title="Palliasjon")

        stored = place.stored(whole)
        assert (stored.people, stored.unit_id, stored.composed) == (8, place.sector.pk, True)
        parts = needs.get_need_trail(place.above, need_id=whole).parts
        assert [(part.need_id, part.unit_name, part.people) for part in parts] == [
            (one, "Hjemmetjenesten", 5), (two, "Sykehjemmet", 3),
        ]  # fmt: skip
        needs.pass_on(place.above, need_ids=[whole])
        needs.approve_round(place.chief, round_id=place.round_id, seen=place.seen())
        assert place.in_pools() == {whole}
        fate = needs.what_became_of(place.other_manager, need_id=two)
        assert (fate.stage, fate.pool_id) == (Stage.ALONE, make_needs.pool_of(place.region, whole))
        assert fate.by_way_of is not None
        assert "Palliasjon" in fate.by_way_of.text()
        assert [it.fate.stage for it in needs.list_news(place.other_manager, most=5)] == [Stage.ALONE]

    def test_a_part_taken_back_takes_its_people_with_it(self, place: Place) -> None:
        one, two = place.told(people=5), place.told(people=3, at="ward")
        whole = needs.join_needs(place.above, need_ids=[one, two])
        needs.withdraw_need(place.manager, need_id=one)
        assert place.stored(whole).people == 3
        needs.withdraw_need(place.other_manager, need_id=two)
        assert place.stored(whole).status == NeedStatus.WITHDRAWN

    def test_joined_needs_are_joined_with_more(self, place: Place) -> None:
        one, two, three = (place.told(people=n) for n in (1, 2, 4))
        whole = needs.join_needs(place.above, need_ids=[one, two])
        bigger = needs.join_needs(place.above, need_ids=[whole, three])
        assert place.stored(bigger).people == 7
        assert {it.need_id for it in needs.get_need_trail(place.above, need_id=bigger).parts} == {one, two, three}

    def test_is_taken_apart_and_sent_back(self, place: Place) -> None:
        one, two = place.told(), place.told(at="ward")
        whole = needs.join_needs(place.above, need_ids=[one, two])
        needs.take_apart(place.above, need_id=whole, why="Ikke like nok")
        assert [place.stored(it).step for it in (one, two)] == [Step.SECTOR, Step.SECTOR]
        again = needs.join_needs(place.above, need_ids=[one, two])
        needs.send_back(place.above, need_id=again, why="Hør med hverandre")
        assert [place.stored(it).step for it in (one, two)] == [Step.RETURNED, Step.RETURNED]
        assert place.stored(again).status == NeedStatus.WITHDRAWN

    def test_refuses_one_alone_and_what_lies_elsewhere(self, place: Place) -> None:
        one, two = place.told(), place.told(at="ward")
        needs.pass_on(place.above, need_ids=[two])
        with pytest.raises(JoinNeedsTwo):
            needs.join_needs(place.contact, need_ids=[one])
        with pytest.raises(JoinNeedsTwo):
            needs.join_needs(place.contact, need_ids=[one, two])
        with pytest.raises(NeedIsNotJoined):
            needs.take_apart(place.above, need_id=one)
        with pytest.raises(NotFound):
            needs.join_needs(place.above, need_ids=[one, 10**9])

    def test_a_withdrawn_whole_answers_its_parts(self, place: Place) -> None:
        one, two = place.told(), place.told(at="ward")
        whole = needs.join_needs(place.above, need_ids=[one, two])
        needs.withdraw_need(place.above, need_id=whole, why="Ikke nå")
        assert "Ikke nå" in needs.what_became_of(place.manager, need_id=one).words.text()
        with pytest.raises(NeedIsWithdrawn):
            needs.withdraw_need(place.manager, need_id=one)


class TestApproving:
    def test_refuses_all_but_the_chief_executive_and_whom_they_delegate_to(self, place: Place) -> None:
        needs.pass_on(place.above, need_ids=[place.told()])
        far = place.region.municipalities[1]
        neighbour = make.context(make.with_role(place.region, Role.CHIEF_EXECUTIVE, town=far))
        for ctx in (place.manager, place.above, place.contact, make.context(make.office(place.region)), neighbour):
            with pytest.raises((Refused, NotFound)):
                needs.approve_round(ctx, round_id=place.round_id, seen=place.seen())
        assert needs.list_rounds(place.contact)[0].status is RoundStatus.OPEN

        needs.delegate_approval(place.chief, round_id=place.round_id, person_id=place.contact_person.person_id)
        assert needs.approve_round(place.contact, round_id=place.round_id, seen=place.seen()) == 1

    def test_a_delegation_taken_back_counts_no_more(self, place: Place) -> None:
        needs.pass_on(place.above, need_ids=[place.told()])
        needs.delegate_approval(place.chief, round_id=place.round_id, person_id=place.contact_person.person_id)
        needs.delegate_approval(place.chief, round_id=place.round_id, person_id=None)
        with pytest.raises(Refused):
            needs.approve_round(place.contact, round_id=place.round_id, seen=place.seen())
        with pytest.raises(DelegateIsUnknown):
            needs.delegate_approval(place.chief, round_id=place.round_id, person_id=place.manager.actor.person_id)
        with pytest.raises(Refused):
            needs.delegate_approval(place.contact, round_id=place.round_id, person_id=place.contact_person.person_id)

    def test_refuses_a_list_that_has_changed_is_empty_or_leaves_somebody_waiting(self, place: Place) -> None:
        with pytest.raises(NothingToApprove):
            needs.approve_round(place.chief, round_id=place.round_id, seen=place.seen())
        first, waits = place.told(), place.told("Excel", at="ward")
        needs.pass_on(place.above, need_ids=[first])
        seen = place.seen()
        with pytest.raises(NeedsAreWaiting):
            needs.approve_round(place.chief, round_id=place.round_id, seen=seen)
        needs.pass_on(place.above, need_ids=[late := place.told("Førstehjelp")])
        with pytest.raises(RoundHasChanged):
            needs.approve_round(place.chief, round_id=place.round_id, seen=seen)
        assert place.in_pools() == frozenset()

        needs.approve_round(place.chief, round_id=place.round_id, seen=place.seen(), leave_out=True)
        assert place.in_pools() == {first, late}
        assert "Ikke sendt videre" in needs.what_became_of(place.other_manager, need_id=waits).words.text()

    def test_changes_nothing_after_it(self, place: Place) -> None:
        one, two, three = place.told(), place.told(at="ward"), place.told("Excel")
        whole = needs.join_needs(place.above, need_ids=[one, two])
        needs.pass_on(place.above, need_ids=[whole, three])
        needs.approve_round(place.chief, round_id=place.round_id, seen=place.seen())
        before = make_needs.membership(place.region)

        for act in (
            lambda: needs.approve_round(place.chief, round_id=place.round_id, seen=place.seen()),
            lambda: needs.send_back(place.contact, need_id=whole, why="For sent"),
            lambda: needs.join_needs(place.contact, need_ids=[whole, three]),
            lambda: needs.take_apart(place.contact, need_id=whole),
            lambda: needs.withdraw_need(place.manager, need_id=one),
            lambda: needs.withdraw_need(place.manager, need_id=three),
            lambda: needs.delegate_approval(place.chief, round_id=place.round_id, person_id=None),
        ):
            with pytest.raises(RoundIsApproved):
                act()
        assert make_needs.membership(place.region) == before
        assert not needs.get_need(place.manager, need_id=three).may_withdraw
        needs.withdraw_need(place.chief, need_id=three, why="Bestilt selv")
        assert place.in_pools() == {whole}

    def test_the_next_round_can_be_opened(self, place: Place) -> None:
        needs.pass_on(place.above, need_ids=[place.told()])
        needs.approve_round(place.chief, round_id=place.round_id, seen=place.seen())
        needs.open_round(
            place.contact, tenant_id=place.town.tenant_id, title="Behov for 2029", deadline=date(2028, 5, 1)
        )
        assert [it.status for it in needs.list_rounds(place.contact)] == [RoundStatus.OPEN, RoundStatus.APPROVED]


class TestAtOnce:
    def test_two_who_approve_at_once_approve_once(self, place: Place) -> None:
        needs.pass_on(place.above, need_ids=[place.told()])
        seen, ready = place.seen(), threading.Barrier(2)
        answers: list[int | str] = []

        def approve() -> None:
            ready.wait()
            try:
                answers.append(needs.approve_round(place.chief, round_id=place.round_id, seen=seen))
            except RoundIsApproved:
                answers.append("refused")
            finally:
                connection.close()

        threads = [threading.Thread(target=approve) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(map(str, answers)) == ["1", "refused"]
        with tenant_scope(make.system(place.region)):
            assert Need.objects.filter(status=NeedStatus.REPORTED).count() == 1
        assert organisation.list_municipalities(frozenset({place.town.tenant_id}))
