from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import (
    Equivalence,
    Requirement,
    RequirementTarget,
    RequirementVersion,
    TopicName,
)
from kompetanse.domains.competence.operations import register as loading
from kompetanse.domains.competence.queries.register import FILE
from kompetanse.domains.competence.types import (
    EquivalenceGoesInCircle,
    UnknownRequirement,
    UnknownTopic,
    Verified,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made


def state() -> list[object]:
    return [
        sorted(Requirement.objects.values_list()),
        sorted(RequirementVersion.objects.values_list("pk", "requirement_id", "withdrawn_at")),
        sorted(RequirementTarget.objects.values_list()),
        sorted(Equivalence.objects.values_list()),
        sorted(TopicName.objects.values_list("pk", "topic_id", "name")),
    ]


class TestLoadRegister:
    def test_loads_the_43_requirements_each_with_a_target_and_both_names(self) -> None:
        assert competence.load_register() == 43
        rows = RequirementVersion.objects.filter(withdrawn_at=None, recorded_by=FILE).select_related("requirement")
        assert rows.count() == 43
        assert all(row.requirement.name_nb and row.requirement.name_nn and row.reference for row in rows)
        assert not rows.filter(targets=None).exists()

    def test_changes_nothing_the_second_time(self) -> None:
        competence.load_register()
        before = state()
        competence.load_register()
        assert state() == before

    def test_refuses_a_requirement_that_would_cover_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        competence.load_register()
        before = state()
        read = loading._read

        def circular(name: str) -> list[dict[str, str]]:
            rows = read(name)
            for row in rows:
                if name == "requirements.csv" and row["code"] == "STILLAS-OVER":
                    row["satisfied_by"] = "STILLAS-5"
            return rows

        monkeypatch.setattr(loading, "_read", circular)
        with pytest.raises(EquivalenceGoesInCircle):
            competence.load_register()
        assert state() == before

    def test_keeps_names_that_people_have_taught(self) -> None:
        competence.load_register()
        world = make.region()
        ctx = make.context(make.office(world))
        competence.teach_topic_name(ctx, "HLR", "Hjertestarterkveld")
        competence.load_register()
        hlr = next(topic for topic in competence.list_topics() if topic.code == "HLR")
        assert "Hjertestarterkveld" in hlr.names


class TestListRequirements:
    def test_finds_by_other_names_and_by_what_it_rests_on(self) -> None:
        made.register()
        assert "VARME" in [row.code for row in competence.list_requirements(text="sveising")]
        assert {row.code for row in competence.list_requirements(source_type="vegnormal")} == {
            "VARSLING1",
            "VARSLING2",
            "VARSLING3",
        }
        assert competence.list_requirements(text="finnes ikke slik") == []

    def test_shows_the_name_in_the_readers_form(self) -> None:
        made.register()
        with translation.override("nn"):
            assert competence.find_requirement("VOLD").name == "Opplæring i risiko for vald og truslar"
        with translation.override("nb"):
            assert competence.find_requirement("VOLD").name == "Opplæring i risiko for vold og trusler"

    def test_keeps_the_mark_of_what_is_not_checked(self) -> None:
        made.register()
        assert competence.find_requirement("VOLD").verified is Verified.UNCHECKED
        assert competence.find_requirement("BARNEVERN-2031").valid_from == date(2031, 1, 1)

    def test_refuses_an_unknown_code(self) -> None:
        with pytest.raises(UnknownRequirement):
            competence.find_requirement("FINNES-IKKE")


class TestGetRequirement:
    def test_tells_what_covers_it_and_what_it_covers(self) -> None:
        made.register()
        page = competence.get_requirement(requirement_id=competence.find_requirement("STILLAS-9").id)
        assert [row.code for row in page.satisfied_by] == ["STILLAS-OVER"]
        assert {row.code for row in page.satisfies} == {"STILLAS-5", "STILLAS-BRUK"}

    def test_refuses_an_unknown_id(self) -> None:
        with pytest.raises(NotFound):
            competence.get_requirement(requirement_id=0)


class TestTeachTopicName:
    def test_refuses_those_who_do_not_keep_the_topics(self) -> None:
        made.register()
        world = make.region()
        ctx = make.context(make.with_role(world, Role.HR, town=world.municipalities[0]))
        with pytest.raises(Refused):
            competence.teach_topic_name(ctx, "HLR", "Noe annet")
        assert not TopicName.objects.filter(name="Noe annet").exists()

    def test_refuses_an_unknown_topic(self) -> None:
        made.register()
        with pytest.raises(UnknownTopic):
            competence.teach_topic_name(make.context(make.office(make.region())), "INGEN", "Navn")
