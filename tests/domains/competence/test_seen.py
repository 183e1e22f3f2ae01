from __future__ import annotations

from datetime import timedelta

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Sighting
from kompetanse.domains.competence.types.documents import Sight
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW
from tests.make.queries import counted


class World:
    def setup_method(self) -> None:
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town)
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)

    def note(self, ctx: Context, what: Sight = Sight.COMPETENCE) -> None:
        employee = made.of(self.who)
        competence.note_sighting(
            ctx, tenant_id=employee.tenant_id, employee_id=employee.id, person_id=self.who.person_id, what=what
        )

    def seen(self) -> list[tuple[str, str, list[str]]]:
        rows = competence.list_sightings(make.context(self.who))
        return [(row.viewer, row.role, [one.value for one in row.what]) for row in rows]


class TestNoteSighting(World):
    def test_writes_one_row_for_each_viewer_and_day(self) -> None:
        ctx = make.context(self.leader)
        for what in (Sight.COMPETENCE, Sight.EVIDENCE, Sight.COMPETENCE):
            self.note(ctx, what)
        hr = make.with_role(self.world, Role.HR, town=self.town)
        self.note(make.context(hr), Sight.DOCUMENT)
        assert sorted(self.seen()) == sorted(
            [
                (ctx.actor.name, "leader", ["competence", "evidence"]),
                (make.context(hr).actor.name, "hr", ["document"]),
            ]
        )
        self.note(ctx.at(NOW + timedelta(days=1)))
        with tenant_scope(make.system(self.world)):
            assert Sighting.objects.filter(employee_id=made.of(self.who).id).count() == 3

    def test_is_one_statement(self) -> None:
        ctx = make.context(self.leader)
        with counted() as asked:
            self.note(ctx)
        assert len([one for one in asked if "competence_sighting" in str(one)]) == 1

    def test_does_not_note_ones_own_looking_nor_the_systems(self) -> None:
        self.note(make.context(self.who))
        self.note(make.system(self.world))
        assert self.seen() == []

    def test_is_told_to_nobody_but_the_one_it_is_about(self) -> None:
        self.note(make.context(self.leader))
        assert competence.list_sightings(make.context(self.leader)) == ()
        assert competence.list_sightings(make.context(make.employee(self.town, self.unit))) == ()

    def test_cannot_be_written_into_another_municipality(self) -> None:
        far = make.region().municipalities[0]
        stranger = make.leader(far)
        with pytest.raises(Exception, match="row-level security"):
            self.note(make.context(stranger))
        assert self.seen() == []


class TestForgetSightings(World):
    def test_forgets_after_a_year(self) -> None:
        ctx, system = make.context(self.leader), make.system(self.world)
        self.note(ctx.at(NOW - timedelta(days=366)))
        self.note(ctx.at(NOW - timedelta(days=365)), Sight.EVIDENCE)
        assert [what for _, _, what in self.seen()] == [["evidence"]]
        assert competence.forget_sightings(system) == 1
        assert competence.forget_sightings(system) == 0

    def test_is_the_systems_work(self) -> None:
        self.note(make.context(self.leader).at(NOW - timedelta(days=400)))
        with pytest.raises(Refused):
            competence.forget_sightings(make.context(make.with_role(self.world, Role.SYSTEM_ADMINISTRATOR)))
        with tenant_scope(make.system(self.world)):
            assert Sighting.objects.filter(employee_id=made.of(self.who).id).exists()
