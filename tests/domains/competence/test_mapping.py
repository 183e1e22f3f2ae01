from __future__ import annotations

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import TextMapping
from kompetanse.domains.competence.types import NotInRegister, State, UnknownRequirement
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made


class TestListUnmapped:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.who = make.employee(self.town)
        self.ctx = make.context(make.with_role(self.world, Role.CONTACT_PERSON, town=self.town))

    def test_gives_each_text_once_with_its_count_and_a_guess_with_its_reason(self) -> None:
        another = make.employee(self.town)
        made.sync(
            self.town,
            made.register_row(self.who, "Arbeidsvarsling kurs 1"),
            made.register_row(another, "ARBEIDSVARSLING kurs 1", row=3),
            made.register_row(self.who, "Noe helt ukjent xyz", row=4),
        )
        rows = competence.list_unmapped(self.ctx, self.town.tenant_id)
        assert [row.count for row in rows] == [2, 1]
        assert rows[0].requirement_code == "VARSLING1"
        assert rows[0].score > 0.75
        assert rows[0].reason
        assert rows[1].requirement_code is None

    def test_leans_on_what_people_have_confirmed_before(self) -> None:
        made.sync(self.town, made.register_row(self.who, "Onsdagskveld på Lia"))
        competence.confirm_mapping(self.ctx, self.town.tenant_id, "Onsdagskveld på Lia", "HLR")
        made.sync(self.other, made.register_row(make.employee(self.other), "Onsdagskveld på Lia"))
        office = make.context(make.office(self.world))
        row = competence.list_unmapped(office, self.other.tenant_id)[0]
        assert (row.requirement_code, row.score) == ("HLR", 1.0)

    def test_refuses_a_leader_and_another_municipality(self) -> None:
        with pytest.raises(Refused):
            competence.list_unmapped(make.context(make.leader(self.town)), self.town.tenant_id)
        with pytest.raises(NotFound):
            competence.list_unmapped(self.ctx, self.other.tenant_id)


class TestConfirmMapping:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town = self.world.municipalities[0]
        self.who = make.employee(self.town)
        self.ctx = make.context(make.with_role(self.world, Role.HR, town=self.town))
        made.sync(self.town, made.register_row(self.who, "Delegert medisin"))

    def status(self, code: str) -> State:
        page = competence.get_person_competence(self.ctx, employee_id=made.of(self.who).id)
        return next(row.state for row in page.statuses if row.requirement_code == code)

    def mappings(self) -> int:
        with tenant_scope(make.system(self.world)):
            return TextMapping.objects.filter(replaced_at=None).count()

    def test_lets_nothing_count_before_somebody_has_said_so(self) -> None:
        assert self.status("LEGEMIDDEL") is State.MISSING
        page = competence.get_person_competence(self.ctx, employee_id=made.of(self.who).id)
        assert page.waiting == 1
        assert competence.confirm_mapping(self.ctx, self.town.tenant_id, "Delegert medisin", "LEGEMIDDEL") == 1
        assert self.status("LEGEMIDDEL") is State.HELD
        assert competence.list_unmapped(self.ctx, self.town.tenant_id) == []

    def test_remembers_at_the_next_import(self) -> None:
        competence.confirm_mapping(self.ctx, self.town.tenant_id, "Delegert medisin", "LEGEMIDDEL")
        later = make.employee(self.town)
        made.sync(
            self.town,
            made.register_row(self.who, "Delegert medisin"),
            made.register_row(later, "delegert  MEDISIN", row=3),
        )
        assert competence.list_unmapped(self.ctx, self.town.tenant_id) == []
        page = competence.get_person_competence(self.ctx, employee_id=made.of(later).id)
        assert next(r.state for r in page.statuses if r.requirement_code == "LEGEMIDDEL") is State.HELD

    def test_takes_no_requirement_for_an_answer(self) -> None:
        competence.confirm_mapping(self.ctx, self.town.tenant_id, "Delegert medisin", None)
        assert competence.list_unmapped(self.ctx, self.town.tenant_id) == []
        assert self.status("LEGEMIDDEL") is State.MISSING
        page = competence.get_person_competence(self.ctx, employee_id=made.of(self.who).id)
        assert page.waiting == 0

    def test_lets_a_later_answer_stand(self) -> None:
        competence.confirm_mapping(self.ctx, self.town.tenant_id, "Delegert medisin", None)
        competence.confirm_mapping(self.ctx, self.town.tenant_id, "Delegert medisin", "LEGEMIDDEL")
        assert self.status("LEGEMIDDEL") is State.HELD
        assert self.mappings() == 1

    def test_refuses_unknown_words_and_requirements(self) -> None:
        with pytest.raises(NotInRegister):
            competence.confirm_mapping(self.ctx, self.town.tenant_id, "Står ikke der", "HLR")
        with pytest.raises(UnknownRequirement):
            competence.confirm_mapping(self.ctx, self.town.tenant_id, "Delegert medisin", "FINNES-IKKE")
        assert self.mappings() == 0

    def test_refuses_others(self) -> None:
        for who in (make.leader(self.town), self.who, make.with_role(self.world, Role.FORUM_MEMBER)):
            with pytest.raises((Refused, NotFound)):
                competence.confirm_mapping(make.context(who), self.town.tenant_id, "Delegert medisin", "LEGEMIDDEL")
        assert self.mappings() == 0


class TestConfirmSuggestions:
    def test_confirms_only_what_scores_as_high_as_the_person_chose(self) -> None:
        made.register()
        world = make.region()
        town = world.municipalities[0]
        who = make.employee(town)
        ctx = make.context(make.with_role(world, Role.HR, town=town))
        for title in ("Varme arbeider", "Legemiddelhåndtering", "Noe helt ukjent xyz"):
            made.sync(town, made.register_row(who, title))
        scores = {row.text: row.score for row in competence.list_unmapped(ctx, town.tenant_id)}
        high = [text for text, score in scores.items() if score >= 0.9]
        assert high
        assert competence.confirm_suggestions(ctx, town.tenant_id, 0.9) == len(high)
        left = {row.text for row in competence.list_unmapped(ctx, town.tenant_id)}
        assert left == set(scores) - set(high)
        assert "Noe helt ukjent xyz" in left

    def test_refuses_a_leader(self) -> None:
        town = make.region().municipalities[0]
        with pytest.raises(Refused):
            competence.confirm_suggestions(make.context(make.leader(town)), town.tenant_id, 0.5)
