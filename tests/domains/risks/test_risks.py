from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.risks import api as risks
from kompetanse.domains.risks import rules
from kompetanse.domains.risks.models import Mitigation, Risk, RiskAssessment, RiskNote
from kompetanse.domains.risks.types import (
    DueIsPast,
    GradeIsImpossible,
    Level,
    MitigationIsDone,
    OwnerIsUnknown,
    RiskHasChanged,
    RiskInput,
    RiskIsClosed,
    RiskIsOpen,
    RiskStatus,
    TextIsMissing,
    TextIsTooLong,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make import yearwheel as it
from tests.make.organisation import NOW
from tests.make.queries import counted

grades = st.integers(1, 5)


class World:
    def __init__(self) -> None:
        self.region = make.region(municipalities=2)
        self.office = make.office(self.region)
        self.forum = gov.forum(self.region)
        self.member = make.context(self.forum.member)
        self.risk_id = it.risk(self.region, self.office)

    @property
    def system(self) -> Context:
        return make.system(self.region)

    def saved(self) -> Risk:
        with tenant_scope(self.system):
            found: Risk = Risk.objects.get(pk=self.risk_id)
            return found


class TestLevel:
    @given(grades, grades)
    def test_a_step_up_never_makes_a_risk_smaller(self, probability: int, consequence: int) -> None:
        order = list(Level)
        here = order.index(rules.level_of(probability, consequence))
        for p, c in ((min(probability + 1, 5), consequence), (probability, min(consequence + 1, 5))):
            assert order.index(rules.level_of(p, c)) >= here

    def test_the_gravest_consequence_is_never_low(self) -> None:
        assert Level.LOW not in {rules.level_of(probability, 5) for probability in range(1, 6)}

    @pytest.mark.parametrize(("probability", "consequence"), [(0, 3), (3, 6), (-1, -1)])
    def test_there_are_five_by_five(self, probability: int, consequence: int) -> None:
        with pytest.raises(GradeIsImpossible):
            rules.level_of(probability, consequence)


class TestRegister:
    def test_the_gravest_comes_first(self) -> None:
        world = World()
        worst = it.risk(world.region, world.office, "Ingen vikarer", probability=5, consequence=5)
        least = it.risk(world.region, world.office, "Parkering", probability=1, consequence=1)

        assert [row.id for row in risks.list_risks(world.member)] == [worst, world.risk_id, least]

    def test_the_list_asks_the_same_for_any_number_of_risks(self) -> None:
        world = World()
        for number in range(5):
            it.risk(world.region, world.office, f"Risiko {number}")
        with tenant_scope(world.system), counted() as asked:
            assert len(risks.list_risks(world.system)) == 6
        assert len(asked) == 2

    def test_a_forum_member_writes_and_the_others_read(self) -> None:
        world = World()
        town = world.region.municipalities[0]
        risk = RiskInput(title="Avtalen går ut", owner_id=world.forum.member.person_id)
        made = risks.register_risk(
            world.member, region_id=world.region.tenant_id, risk=risk, probability=2, consequence=2
        )
        for who in (make.employee(town), make.with_role(world.region, Role.CONTACT_PERSON, town=town)):
            ctx = make.context(who)
            assert risks.get_risk(ctx, risk_id=made).risk.title == "Avtalen går ut"
            assert risks.get_register(ctx).region_id is None
            with pytest.raises(Refused):
                risks.register_risk(ctx, region_id=world.region.tenant_id, risk=risk, probability=1, consequence=1)
            with pytest.raises(Refused):
                risks.note_risk(ctx, risk_id=made, text="Nei")
        assert not risks.get_risk(world.system, risk_id=made).notes

    def test_another_region_sees_nothing(self) -> None:
        world, other = World(), World()
        assert [row.id for row in risks.list_risks(other.member)] == [other.risk_id]
        with pytest.raises(NotFound):
            risks.get_risk(other.member, risk_id=world.risk_id)

    @pytest.mark.parametrize(
        ("title", "error"), [(" \x00 ", TextIsMissing), ("x" * 201, TextIsTooLong), ("x" * 1_000_000, TextIsTooLong)]
    )
    def test_what_cannot_be_is_refused_and_nothing_is_written(self, title: str, error: type[Exception]) -> None:
        world = World()
        with pytest.raises(error):
            risks.register_risk(
                world.member, region_id=world.region.tenant_id,
                risk=RiskInput(title=title, owner_id=world.office.person_id), probability=1, consequence=1,
            )  # fmt: skip
        with pytest.raises(GradeIsImpossible):
            risks.register_risk(
                world.member, region_id=world.region.tenant_id,
                risk=RiskInput(title="Ny", owner_id=world.office.person_id), probability=6, consequence=1,
            )  # fmt: skip
        assert len(risks.list_risks(world.system)) == 1

    def test_the_database_keeps_the_matrix_too(self) -> None:
        world = World()
        with tenant_scope(world.system), pytest.raises(IntegrityError), transaction.atomic():
            Risk.objects.filter(pk=world.risk_id).update(probability=6)


class TestOwner:
    def test_holds_a_place_in_the_forum_or_the_office(self) -> None:
        world = World()
        outsider = make.employee(world.region.municipalities[0])
        version = world.saved().version
        with pytest.raises(OwnerIsUnknown):
            risks.change_risk(
                world.member, risk_id=world.risk_id, version=version,
                risk=RiskInput(title="Ny", owner_id=outsider.person_id),
            )  # fmt: skip
        risks.change_risk(
            world.member, risk_id=world.risk_id, version=version,
            risk=RiskInput(title="Ny", owner_id=world.forum.chair.person_id),
        )  # fmt: skip
        assert (world.saved().title, world.saved().owner_name) == ("Ny", world.forum.chair.account.display_name)


class TestHistory:
    def test_every_judgement_is_kept(self) -> None:
        world = World()
        later = world.member.at(NOW + timedelta(days=30))
        risks.assess_risk(later, risk_id=world.risk_id, probability=2, consequence=3, why="Avtale på plass")

        page = risks.get_risk(later, risk_id=world.risk_id)

        assert [(row.probability, row.level, row.why) for row in page.assessments] == [
            (2, Level.MEDIUM, "Avtale på plass"),
            (4, Level.HIGH, "Slik det var i fjor."),
        ]
        assert page.risk.level is Level.MEDIUM

    @pytest.mark.parametrize("model", [RiskAssessment, RiskNote])
    def test_is_never_altered_even_by_our_own_code(self, model: type[RiskAssessment | RiskNote]) -> None:
        world = World()
        risks.note_risk(world.member, risk_id=world.risk_id, text="Fulgt opp")
        with tenant_scope(world.system):
            rows = model.objects.filter(risk_id=world.risk_id)
            assert rows.exists()
            for change in (lambda: rows.update(name="En annen"), lambda: rows.delete()):
                with pytest.raises(ProgrammingError), transaction.atomic():
                    change()

    def test_closing_and_opening_again_say_why(self) -> None:
        world = World()
        with pytest.raises(TextIsMissing):
            risks.close_risk(world.member, risk_id=world.risk_id, why=" ")
        assert world.saved().status == RiskStatus.OPEN
        with pytest.raises(RiskIsOpen):
            risks.reopen_risk(world.member, risk_id=world.risk_id, why="Igjen")
        risks.close_risk(world.member, risk_id=world.risk_id, why="Kursholdere er ansatt")
        for act in (
            lambda: risks.assess_risk(world.member, risk_id=world.risk_id, probability=1, consequence=1),
            lambda: risks.note_risk(world.member, risk_id=world.risk_id, text="Mer"),
            lambda: risks.close_risk(world.member, risk_id=world.risk_id, why="Igjen"),
        ):
            with pytest.raises(RiskIsClosed):
                act()
        assert not risks.list_risks(world.member)
        risks.reopen_risk(world.member.at(NOW + timedelta(days=1)), risk_id=world.risk_id, why="En sluttet")
        page = risks.get_risk(world.member, risk_id=world.risk_id)
        assert [note.text for note in page.notes] == ["En sluttet", "Kursholdere er ansatt"]
        assert page.risk.status is RiskStatus.OPEN


class TestMeasures:
    def test_what_is_past_its_date_is_late_until_it_is_done(self) -> None:
        world = World()
        due = date(2027, 4, 1)
        made = risks.add_mitigation(
            world.member, risk_id=world.risk_id, text="Lyse ut stilling", responsible="RKK", due_on=due
        )
        after = world.member.at(NOW + timedelta(days=30))

        assert risks.list_risks(world.member)[0].measures_late == 0
        row = risks.list_risks(after)[0]
        assert (row.measures_open, row.measures_late, row.next_on) == (1, 1, due)
        assert risks.get_risk(after, risk_id=world.risk_id).measures[0].is_late
        risks.finish_mitigation(after, risk_id=world.risk_id, mitigation_id=made)
        assert risks.list_risks(after)[0].measures_late == 0
        with pytest.raises(MitigationIsDone):
            risks.finish_mitigation(after, risk_id=world.risk_id, mitigation_id=made)

    def test_has_a_date_that_comes_and_somebody_who_does_it(self) -> None:
        world = World()
        told = {"text": "Lyse ut", "responsible": "RKK", "due_on": date(2027, 4, 1)}
        for wrong, error in (({"due_on": date(2027, 3, 1)}, DueIsPast), ({"responsible": " "}, TextIsMissing)):
            with pytest.raises(error):
                risks.add_mitigation(world.member, risk_id=world.risk_id, **(told | wrong))  # type: ignore[arg-type]
        with tenant_scope(world.system):
            assert not Mitigation.objects.exists()

    def test_one_risk_s_measure_is_not_another_s(self) -> None:
        world = World()
        made = risks.add_mitigation(
            world.member, risk_id=world.risk_id, text="Lyse ut", responsible="RKK", due_on=date(2027, 4, 1)
        )
        other = it.risk(world.region, world.office)
        with pytest.raises(NotFound):
            risks.finish_mitigation(world.member, risk_id=other, mitigation_id=made)


class TestTwoWriters:
    def test_the_second_is_told_and_nothing_is_overwritten(self) -> None:
        world = World()
        seen = world.saved().version
        risks.assess_risk(world.member, risk_id=world.risk_id, probability=5, consequence=5, version=seen)
        with pytest.raises(RiskHasChanged):
            risks.assess_risk(world.member, risk_id=world.risk_id, probability=1, consequence=1, version=seen)
        with pytest.raises(RiskHasChanged):
            risks.change_risk(
                world.member, risk_id=world.risk_id, version=seen,
                risk=RiskInput(title="Min", owner_id=world.office.person_id),
            )  # fmt: skip
        assert (world.saved().probability, world.saved().title) == (5, "For få kursholdere")


def test_every_place_of_the_matrix_has_a_level() -> None:
    places = [rules.level_of(p, c) for p, c in itertools.product(range(1, 6), repeat=2)]
    assert {level: places.count(level) for level in Level} == {Level.LOW: 8, Level.MEDIUM: 7, Level.HIGH: 10}
